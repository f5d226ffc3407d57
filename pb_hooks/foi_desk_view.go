package pb_hooks

import (
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

// RequestDesk is a request as the people of the school and the bureau see it:
// where it is, why it is due on that day, what was asked, and what the person can
// do now. The applicant is masked.
type RequestDesk struct {
	ID          string          `json:"id"`
	Number      string          `json:"number"`
	School      string          `json:"school"`
	SchoolCode  string          `json:"school_code"`
	State       string          `json:"state"`
	StateName   string          `json:"state_name"`
	Ending      string          `json:"ending"`
	EndingName  string          `json:"ending_name"`
	Clock       string          `json:"clock"`
	ClockName   string          `json:"clock_name"`
	Publication string          `json:"publication"`
	Outcome     string          `json:"outcome"`
	OutcomeName string          `json:"outcome_name"`
	Next        string          `json:"next"`    // what happens next, in a sentence
	Channel     string          `json:"channel"` // in words
	ChannelCode string          `json:"channel_code"`
	Submitted   workday.Date    `json:"submitted"`
	Received    workday.Date    `json:"received"`
	CountedFrom workday.Date    `json:"counted_from"`
	NoticeBy    workday.Date    `json:"notice_by"` // last day to ask for a correction
	Due         workday.Date    `json:"due"`
	Provisional bool            `json:"provisional"`
	Left        *int            `json:"left"` // working days; null if no period runs
	Level       string          `json:"level"`
	Ledger      []LedgerLine    `json:"ledger"`
	Days        []DayLine       `json:"days"`
	Proposal    *ProposalLine   `json:"proposal"` // what waits for approval
	Asked       AskedFor        `json:"asked"`
	Versions    int             `json:"versions"` // of the application: 2 after a correction
	Inquiries   []InquiryLine   `json:"inquiries"`
	Correction  *CorrectionLine `json:"correction"`
	Steps       []StepLine      `json:"steps"`
	Letters     []LetterLine    `json:"letters"`
	Files       []FileLine      `json:"files"`
	Draft       *ReplyDraft     `json:"draft"`     // being written
	InReview    *ReplyDraft     `json:"in_review"` // waits for a sign-off, or was answered with
	Choices     []Choice        `json:"choices"`
	MayOpen     bool            `json:"may_open"`  // who applied: with a reason
	MayWrite    bool            `json:"may_write"` // the draft and the files
	Department  string          `json:"department"`
	Assignee    string          `json:"assignee"`
	Rating      int             `json:"rating"`
	RatingNote  string          `json:"rating_note"`
	Purged      bool            `json:"purged"`
	Terms       map[string]int  `json:"terms"`      // periods a form needs: extend, correction, correction_min, correction_max
	Colleagues  []Colleague     `json:"colleagues"` // whom it can be assigned to
}

// LedgerLine is one entry of the clock ledger, in words.
type LedgerLine struct {
	foi.Entry
	Text string `json:"text"`
}

// DayLine is one day of the answer period, with why it is counted or not.
type DayLine struct {
	Date    workday.Date `json:"date"`
	Kind    string       `json:"kind"`
	Counted bool         `json:"counted"`
	Paused  bool         `json:"paused"`
	Nth     int          `json:"nth"`
	Reason  string       `json:"reason"`
	Law     string       `json:"law"`
}

// ProposalLine is a step that waits for approval.
type ProposalLine struct {
	Step     string `json:"step"` // its id: who agrees says to which
	Do       string `json:"do"`
	Name     string `json:"name"`
	Approver string `json:"approver"`
	ByName   string `json:"by_name"`
	Reason   string `json:"reason"`
	Items    string `json:"items"`
	Party    string `json:"party"`
	Days     int    `json:"days"`
}

// AskedFor is what was asked for, by whom as far as it may be seen, and how it is
// to be delivered.
type AskedFor struct {
	Class    string   `json:"class"`
	Person   Person   `json:"person"` // masked
	Subject  string   `json:"subject"`
	Details  string   `json:"details"`
	IndexNo  string   `json:"index_no"`
	Purpose  string   `json:"purpose"`
	Forms    []string `json:"forms"`
	Ways     []string `json:"ways"`
	AnyWay   bool     `json:"any_way"`
	Help     bool     `json:"help"`
	Proofs   int      `json:"proofs"`
	Mandates int      `json:"mandates"`
	Papers   int      `json:"papers"`
}

// InquiryLine is one letter that asks for an opinion.
type InquiryLine struct {
	Party   string       `json:"party"`
	Third   bool         `json:"third"`
	Joint   bool         `json:"joint"`
	About   string       `json:"about"`
	Sent    workday.Date `json:"sent"`
	Until   workday.Date `json:"until"`
	Closed  workday.Date `json:"closed"`
	Opinion string       `json:"opinion"`
	Reason  string       `json:"reason"`
}

// CorrectionLine is the one request to correct.
type CorrectionLine struct {
	Items     string       `json:"items"`
	Asked     workday.Date `json:"asked"`
	Until     workday.Date `json:"until"`
	Corrected workday.Date `json:"corrected"`
}

// StepLine is one step that was taken.
type StepLine struct {
	ID      string `json:"id"`
	Do      string `json:"do"`
	Name    string `json:"name"`
	Role    string `json:"role"`
	ByName  string `json:"by_name"`
	ForName string `json:"for_name"`
	On      string `json:"on"`
	At      string `json:"at"`
	Reason  string `json:"reason"`
	Items   string `json:"items"`
	Party   string `json:"party"`
	Opinion string `json:"opinion"`
	Days    int    `json:"days"`
	Until   string `json:"until"`
	Outcome string `json:"outcome"`
	Way     string `json:"way"`
}

// LetterLine is one letter of the case.
type LetterLine struct {
	ID            string `json:"id"`
	Kind          string `json:"kind"`
	Name          string `json:"name"`
	Number        string `json:"number"`
	Dated         string `json:"dated"`
	Recipient     string `json:"recipient"`
	Party         string `json:"party"`
	Sha256        string `json:"sha256"`
	DeliveredOn   string `json:"delivered_on"`
	DeliveredWay  string `json:"delivered_way"`
	DeliveredNote string `json:"delivered_note"`
	DeliveredBy   string `json:"delivered_by"`
	Mail          string `json:"mail"`      // state of the mail that told of it, "" if none
	MailNote      string `json:"mail_note"` // what became of the mail, in words
}

// FileLine is one file of the case.
type FileLine struct {
	ID         string `json:"id"`
	Kind       string `json:"kind"`
	Name       string `json:"name"`
	Mime       string `json:"mime"`
	Size       int    `json:"size"`
	Pages      int    `json:"pages"`
	RedactedOf string `json:"redacted_of"`
	ByName     string `json:"by_name"`
	Created    string `json:"created"`
	Attached   bool   `json:"attached"` // to a draft that was submitted: stays
}

// Choice is a step that the person can take now.
type Choice struct {
	Do        string `json:"do"`
	Name      string `json:"name"`
	As        string `json:"as"`
	InsteadOf string `json:"instead_of"` // name of the colleague
	Condition string `json:"condition"`
	Approver  string `json:"approver"` // whose approval it will wait for
	Document  string `json:"document"`
	Letter    bool   `json:"letter"` // a letter goes out, at once or once others agreed: it can be previewed
	Law       string `json:"law"`
}

// Colleague is somebody of the school whom a case can be assigned to.
type Colleague struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}
