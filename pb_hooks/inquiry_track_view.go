package pb_hooks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// LetterTrack is a letter as its writer sees it: where it is, what happens next,
// why it is due on that day, what was answered, what they can do now. It names
// nobody who works on it, and says nothing of what is being written.
type LetterTrack struct {
	Number          string             `json:"number"`
	Channel         string             `json:"channel"`
	ChannelName     string             `json:"channel_name"`
	Unit            string             `json:"unit"` // in words
	Title           string             `json:"title"`
	Fields          []LetterField      `json:"fields"`
	State           string             `json:"state"`
	StateName       string             `json:"state_name"`
	Next            string             `json:"next"` // what happens next, in a sentence
	Submitted       workday.Date       `json:"submitted"`
	AcceptBy        workday.Date       `json:"accept_by"`
	Due             workday.Date       `json:"due"`
	Provisional     bool               `json:"provisional"`
	Left            *int               `json:"left"` // working days; null if no period runs
	Ledger          []InquiryEntryLine `json:"ledger"`
	Days            []DayLine          `json:"days"`
	Ground          string             `json:"ground"` // in words, of a refused one
	Right           string             `json:"right"`  // where it belongs
	Said            []SaidLine         `json:"said"`   // before the answer
	Answers         []TrackAnswer      `json:"answers"`
	Ratings         []RatingLine       `json:"ratings"`
	RateBy          workday.Date       `json:"rate_by"` // "" without an answer
	Consent         bool               `json:"consent"` // to publication
	Publication     string             `json:"publication"`
	PublicationName string             `json:"publication_name"`
	History         []HistoryLine      `json:"history"`
	May             LetterMay          `json:"may"`
}

// SaidLine is what the writer was told before the answer: a first reply, or how
// far it is when it takes longer.
type SaidLine struct {
	On   workday.Date `json:"on"`
	Name string       `json:"name"`
	Text string       `json:"text"`
}

// TrackAnswer is one answer that was given.
type TrackAnswer struct {
	On     workday.Date `json:"on"`
	Answer string       `json:"answer"`
	Files  []TrackFile  `json:"files"`
}

// LetterMay is what the writer can do now.
type LetterMay struct {
	Withdraw      bool `json:"withdraw"`
	Urge          bool `json:"urge"`
	Rate          bool `json:"rate"`
	RevokeConsent bool `json:"revoke_consent"`
}

func (p *platform) letterTrackOf(app core.App, c inquiryCase) (LetterTrack, error) {
	desk, err := p.inquiryStands(c)
	if err != nil {
		return LetterTrack{}, err
	}
	for _, draw := range []func(core.App, inquiryCase, *InquiryDesk) error{p.drawLetter, p.drawSaid} {
		if err := draw(app, c, &desk); err != nil {
			return LetterTrack{}, err
		}
	}
	v := LetterTrack{Number: desk.Number, Channel: desk.Channel, ChannelName: desk.ChannelName, Unit: desk.Unit, Title: desk.Title, Fields: desk.Fields,
		State: desk.State, StateName: desk.StateName, Next: c.Next(inquiry.Writer), Submitted: desk.Submitted, AcceptBy: desk.AcceptBy, Due: desk.Due,
		Provisional: desk.Provisional, Left: desk.Left, Ledger: desk.Ledger, Days: desk.Days, Ground: desk.Ground, Said: []SaidLine{}, Answers: []TrackAnswer{},
		Ratings: desk.Ratings, RateBy: c.RateBy(), Consent: c.Consent, Publication: desk.Publication, PublicationName: desk.PubName,
		History: historyOfLetter(c, desk.Steps), May: writerMay(c.Case, workday.Date(p.today()))}
	for _, s := range desk.Steps {
		switch do := inquiry.Action(s.Do); do {
		case inquiry.FirstReply, inquiry.Extend:
			v.Said = append(v.Said, SaidLine{workday.Date(s.On), do.Name(), s.Interim})
		case inquiry.Refuse:
			v.Right = s.Right
		}
	}
	given, err := p.answersToWriter(app, c)
	if err != nil {
		return v, err
	}
	for _, a := range given {
		line := TrackAnswer{On: a.on, Answer: a.text, Files: []TrackFile{}}
		for _, f := range a.files {
			line.Files = append(line.Files, TrackFile{f.Id, f.GetString("name"), f.GetInt("size"), f.GetString("mime")})
		}
		v.Answers = append(v.Answers, line)
	}
	if c.State == inquiry.Merged && len(v.Answers) > 0 {
		v.Next = "这一事项已经答复，请看答复。"
	}
	return v, nil
}

// writerMay is what stands open to the writer today.
func writerMay(c inquiry.Case, today workday.Date) LetterMay {
	can := func(do inquiry.Action) bool {
		e := inquiry.Event{Do: do, As: inquiry.Writer}
		return c.Permits(e) == nil && c.InTime(e, today) == nil
	}
	return LetterMay{can(inquiry.Withdraw), can(inquiry.Urge), can(inquiry.Rate), can(inquiry.RevokeConsent)}
}

// toWriter is an answer that was given, with its files.
type toWriter struct {
	on    workday.Date
	text  string
	files []*core.Record
}

// answersToWriter are the answers that the writer of a letter reads, oldest first:
// of one that was merged, those of the letter that it went into.
func (p *platform) answersToWriter(app core.App, c inquiryCase) ([]toWriter, error) {
	c, err := p.answeredIn(app, c)
	if err != nil {
		return nil, err
	}
	return p.answersOfCase(app, c)
}

// answersOfCase are the answers that were given to a letter itself, oldest first.
func (p *platform) answersOfCase(app core.App, c inquiryCase) (list []toWriter, err error) {
	for _, a := range c.Answers {
		text, err := textWithHash(app, c.record.Id, a.Hash)
		if err != nil {
			return nil, err
		}
		content, err := p.contentOf(text)
		if err != nil {
			return nil, err
		}
		given := toWriter{on: a.On, text: content.Answer}
		for _, id := range text.GetStringSlice("files") {
			f, err := app.FindRecordById(records.InquiryFiles, id)
			if err != nil {
				return nil, err
			}
			given.files = append(given.files, f)
		}
		list = append(list, given)
	}
	return list, nil
}

// answeredIn is the case in which a letter is answered: its own, or the one that it
// was merged into, which may itself have been merged since. One that turned out to
// be confidential answers only those that are.
func (p *platform) answeredIn(app core.App, c inquiryCase) (inquiryCase, error) {
	isOpen := !c.record.GetBool("confidential")
	for c.State == inquiry.Merged { // into one that was not merged itself: there are no rings
		record := &core.Record{}
		err := app.RecordQuery(records.Inquiries).AndWhere(dbx.HashExp{"number": c.Into}).Limit(1).One(record)
		if err != nil {
			return c, err
		}
		if c, err = p.inquiryCaseOf(app, record); err != nil {
			return c, err
		}
	}
	if isOpen && c.record.GetBool("confidential") {
		c.Answers = nil
	}
	return c, nil
}
