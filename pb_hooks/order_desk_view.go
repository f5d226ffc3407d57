package pb_hooks

import "gongkai/pb_hooks/workday"

// OrderDesk is an order as the bureau sees it, or one school of it: what is asked, how
// far the schools are, and the part that is open on the page.
type OrderDesk struct {
	ID          string          `json:"id"`
	Number      string          `json:"number"`
	Kind        string          `json:"kind"`
	KindName    string          `json:"kind_name"`
	Title       string          `json:"title"`
	Text        string          `json:"text"`
	Days        int             `json:"days"`
	Issued      workday.Date    `json:"issued"`
	ByName      string          `json:"by_name"`
	SourceName  string          `json:"source_name"`
	Occasion    string          `json:"occasion"`
	Link        string          `json:"link"` // the page of what gave occasion to it, or ""
	Counts      OrderCounts     `json:"counts"`
	Parts       []OrderPartLine `json:"parts"`
	Part        *OrderPartDesk  `json:"part"` // null while the bureau has opened none of several
	MayWithdraw bool            `json:"may_withdraw"`
}

// OrderCounts are the parts of an order by where they are.
type OrderCounts struct {
	Total        int `json:"total"`
	Issued       int `json:"issued"`
	Acknowledged int `json:"acknowledged"`
	Submitted    int `json:"submitted"`
	Returned     int `json:"returned"`
	Closed       int `json:"closed"`
	Withdrawn    int `json:"withdrawn"`
	Overdue      int `json:"overdue"` // of those that the school is to act on
}

// OrderPartLine is a school's part in the table of an order.
type OrderPartLine struct {
	ID           string       `json:"id"`
	Number       string       `json:"number"`
	School       string       `json:"school"`
	SchoolCode   string       `json:"school_code"`
	State        string       `json:"state"`
	StateName    string       `json:"state_name"`
	AckBy        workday.Date `json:"ack_by"`
	Acknowledged workday.Date `json:"acknowledged"`
	Due          workday.Date `json:"due"`
	Provisional  bool         `json:"provisional"`
	Reported     workday.Date `json:"reported"`
	Closed       workday.Date `json:"closed"`
	OnTime       bool         `json:"on_time"`
	Left         *int         `json:"left"` // working days; null if the school is not waited for
	Level        string       `json:"level"`
	Asked        bool         `json:"asked"` // an extension waits for its decision
	Talk         bool         `json:"talk"`  // a talk was called for and not held
	Mine         bool         `json:"mine"`  // waits for this person
}

// OrderPartDesk is one part with all that happened, and what the person can do now.
type OrderPartDesk struct {
	OrderPartLine
	Next      string           `json:"next"`
	Ledger    []OrderEntryLine `json:"ledger"`
	Counted   []DayLine        `json:"counted"`
	AskedDays int              `json:"asked_days"` // of the extension that waits
	Steps     []OrderStepLine  `json:"steps"`
	Files     []FileLine       `json:"files"` // that wait for the report they go with
	MayUpload bool             `json:"may_upload"`
	Choices   []Choice         `json:"choices"`
	ReturnDue []workday.Date   `json:"return_due"` // the due day of each number of working days, from 1; empty if nothing is to be returned
}

// OrderEntryLine is one entry of the clock ledger, in words.
type OrderEntryLine struct {
	On   workday.Date `json:"on"`
	Due  workday.Date `json:"due"`
	Text string       `json:"text"`
	Law  string       `json:"law"`
}

// OrderStepLine is one step, with the evidence of a report and the name of the letter
// that can be made of it.
type OrderStepLine struct {
	ID      string       `json:"id"`
	Do      string       `json:"do"`
	Name    string       `json:"name"`
	Role    string       `json:"role"`
	ByName  string       `json:"by_name"`
	ForName string       `json:"for_name"`
	On      workday.Date `json:"on"`
	At      string       `json:"at"`
	Reason  string       `json:"reason"`
	Days    int          `json:"days"`
	Norm    string       `json:"norm"` // in words
	Files   []FileLine   `json:"files"`
	Letter  string       `json:"letter"` // "" if none is made of it
}
