package pb_hooks

import "gongkai/pb_hooks/workday"

// InquiryDesk is a letter as the people of its unit and the bureau see it: where
// it is, why it is due on that day, what was written, what is answered, and what
// the person can do now. The writer is masked.
type InquiryDesk struct {
	ID           string             `json:"id"`
	Number       string             `json:"number"`
	Unit         string             `json:"unit"`      // in words
	UnitCode     string             `json:"unit_code"` // of a school; "bureau"
	WrittenTo    string             `json:"written_to"`
	How          string             `json:"how"` // how it came in
	HowName      string             `json:"how_name"`
	Offered      string             `json:"offered"` // in words: it is being transferred to
	Channel      string             `json:"channel"`
	ChannelName  string             `json:"channel_name"`
	Category     string             `json:"category"`
	CategoryName string             `json:"category_name"`
	Urgent       bool               `json:"urgent"`
	Confidential bool               `json:"confidential"`
	Title        string             `json:"title"`
	Fields       []LetterField      `json:"fields"`
	Writer       string             `json:"writer"` // masked: 王**家长
	Anonymous    bool               `json:"anonymous"`
	MayPublish   bool               `json:"may_publish"` // the writer agrees
	Papers       int                `json:"papers"`
	Suspicions   []string           `json:"suspicions"`
	State        string             `json:"state"`
	StateName    string             `json:"state_name"`
	Clock        string             `json:"clock"`
	Publication  string             `json:"publication"`
	PubName      string             `json:"publication_name"`
	Article      string             `json:"article"`
	Question     string             `json:"question"` // the article that it was made a question in
	Next         string             `json:"next"`
	Submitted    workday.Date       `json:"submitted"`
	AcceptBy     workday.Date       `json:"accept_by"`
	FirstReplyBy workday.Date       `json:"first_reply_by"`
	FirstReplied workday.Date       `json:"first_replied"`
	Due          workday.Date       `json:"due"`
	Provisional  bool               `json:"provisional"`
	Left         *int               `json:"left"` // working days; null if no period runs
	Level        string             `json:"level"`
	Ledger       []InquiryEntryLine `json:"ledger"`
	Days         []DayLine          `json:"days"`
	Department   string             `json:"department"`
	Assignee     string             `json:"assignee"`
	Ground       string             `json:"ground"` // in words, of a refused one
	Into         string             `json:"into"`
	Answers      []AnswerLine       `json:"answers"`
	Ratings      []RatingLine       `json:"ratings"`
	Orders       []OrderLine        `json:"orders"`
	Steps        []InquiryStepLine  `json:"steps"`
	Draft        *TextView          `json:"draft"`     // the answer being written
	InReview     *TextView          `json:"in_review"` // the answer that waits for its review
	Selection    *TextView          `json:"selection"` // what is, or is to be, published
	Files        []FileLine         `json:"files"`
	Choices      []Choice           `json:"choices"`
	Options      InquiryOptions     `json:"options"`
	MayOpen      bool               `json:"may_open"`   // who wrote: with a reason
	MayWrite     bool               `json:"may_write"`  // the answer and its files
	MaySelect    bool               `json:"may_select"` // what is to be published
	MayNote      bool               `json:"may_note"`
	MayQuestion  bool               `json:"may_question"` // make a question of it
	Purged       bool               `json:"purged"`
}

// LetterField is one field of the form as it was filled in.
type LetterField struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Text string `json:"text"`
}

// InquiryEntryLine is one entry of the clock ledger, in words.
type InquiryEntryLine struct {
	On   workday.Date `json:"on"`
	Kind string       `json:"kind"`
	Due  workday.Date `json:"due"`
	Text string       `json:"text"`
	Law  string       `json:"law"`
}

// AnswerLine is one answer that was given.
type AnswerLine struct {
	On     workday.Date `json:"on"`
	Answer string       `json:"answer"`
	InTime bool         `json:"in_time"`
	RateBy workday.Date `json:"rate_by"`
	Files  []string     `json:"files"`
}

// RatingLine is one rating.
type RatingLine struct {
	On     workday.Date `json:"on"`
	Rating int          `json:"rating"`
	Name   string       `json:"name"`
	Reason string       `json:"reason"`
}

// OrderLine is one order of the bureau (督办).
type OrderLine struct {
	On      workday.Date `json:"on"`
	Until   workday.Date `json:"until"`
	Reason  string       `json:"reason"`
	Reply   string       `json:"reply"`
	Replied workday.Date `json:"replied"`
	Closed  workday.Date `json:"closed"`
}

// InquiryStepLine is one step that was taken.
type InquiryStepLine struct {
	ID         string `json:"id"`
	Do         string `json:"do"`
	Name       string `json:"name"`
	Role       string `json:"role"`
	ByName     string `json:"by_name"`
	ForName    string `json:"for_name"`
	On         string `json:"on"`
	At         string `json:"at"`
	Reason     string `json:"reason"`
	Right      string `json:"right"`
	Interim    string `json:"interim"`
	Unit       string `json:"unit"`
	Department string `json:"department"`
	Category   string `json:"category"`
	Ground     string `json:"ground"`
	Days       int    `json:"days"`
	Into       string `json:"into"`
	Rating     string `json:"rating"`
	Norm       string `json:"norm"`
	Until      string `json:"until"`
}

// InquiryOptions are what the forms of the steps choose from.
type InquiryOptions struct {
	Colleagues []Colleague `json:"colleagues"` // whom it can be assigned to
	Grounds    []NamedCode `json:"grounds"`
	Categories []NamedCode `json:"categories"`
	Extend     int         `json:"extend"`  // working days at most
	Complex    int         `json:"complex"` // if the principal decides; 0: no more than that
}

// NamedCode is a choice by its code.
type NamedCode struct {
	Code string `json:"code"`
	Name string `json:"name"`
}
