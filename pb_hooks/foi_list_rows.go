package pb_hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

// requestRow is what a list reads of a request: what its steps added up to when
// the last one was taken.
type requestRow struct {
	ID          string       `db:"id"`
	RowID       int64        `db:"row"`
	School      string       `db:"school"`
	Number      string       `db:"number"`
	Subject     string       `db:"subject"`
	Channel     foi.Channel  `db:"channel"`
	State       foi.State    `db:"state"`
	Clock       foi.Clock    `db:"clock"`
	Outcome     string       `db:"outcome"`
	Proposal    foi.Action   `db:"proposal"`
	Approver    foi.Role     `db:"approver"`
	Submitted   workday.Date `db:"submitted"`
	Received    workday.Date `db:"received"`
	Due         workday.Date `db:"due"`
	Dispatched  workday.Date `db:"dispatched"`
	DaysLeft    int          `db:"days_left"`
	Provisional bool         `db:"provisional"`
	Extended    bool         `db:"extended"`
	Late        bool         `db:"late"`
	Department  string       `db:"department"`
	Assignee    string       `db:"assignee"`
}

// rowsOf reads the rows whose numbers a query gives, in its order. The query is
// answered from an index alone; only the rows of the page are read.
func rowsOf(page *dbx.SelectQuery) ([]requestRow, error) {
	var numbers []int64
	if err := page.Column(&numbers); err != nil || len(numbers) == 0 {
		return nil, err
	}
	in := make([]any, len(numbers))
	for i, n := range numbers {
		in[i] = n
	}
	var rows []requestRow
	err := page.Select("id", "_rowid_ AS row", "school", "number", "subject", "channel", "state", "clock", "outcome", "proposal", "approver", "submitted",
		"received", "due", "dispatched", "days_left", "provisional", "extended", "late", "department", "assignee").Where(dbx.In("_rowid_", in...)).OrderBy().Limit(-1).Offset(-1).All(&rows)
	slices.SortStableFunc(rows, func(a, b requestRow) int { return slices.Index(numbers, a.RowID) - slices.Index(numbers, b.RowID) })
	return rows, err
}

// stands is the row as a case, as far as a list needs it.
func (r requestRow) stands() foi.Case {
	return foi.Case{State: r.State, Clock: r.Clock, Due: r.Due, Proposal: foi.Proposal{Event: foi.Event{Do: r.Proposal}, Approver: r.Approver}}
}

// inHand is whose turn it is; an answer that went out waits for nobody.
func (r requestRow) inHand() foi.Role {
	if r.State == foi.Answered && r.Dispatched != "" {
		return ""
	}
	return roleInHand(r.State, r.Proposal, r.Approver)
}

// left is how many working days are left: of a running period those until its due
// day, since what others were asked lies behind it; a paused one stands still.
func (r requestRow) left(calendar workday.Calendar, today workday.Date) (int, bool) {
	switch {
	case r.Clock != foi.Running && r.Clock != foi.Paused:
		return 0, false
	case today > r.Due:
		return -calendar.Count(r.Due, today), true
	case r.Clock == foi.Paused:
		return r.DaysLeft, true
	}
	return calendar.Count(today, r.Due), true
}

func (r requestRow) level(left int, counting bool, today workday.Date, terms foi.Terms) foi.Level {
	switch {
	case !counting:
		return foi.NoLevel
	case today > r.Due:
		return foi.Red
	}
	return foi.LevelOf(left, terms)
}

// requestLines draws the rows of one page.
func (p *platform) requestLines(app core.App, rows []requestRow, person *core.Record, roles []foi.Role) ([]RequestLine, error) {
	lines := []RequestLine{}
	counting, err := p.foiCounting(app)
	if err != nil {
		return nil, err
	}
	directory, err := p.directory()
	if err != nil {
		return nil, err
	}
	today := workday.Date(p.today())
	for _, r := range rows {
		c := r.stands()
		line := RequestLine{ID: r.ID, Number: r.Number, Subject: r.Subject, Channel: r.Channel.Name(), State: string(r.State), StateName: stateInWords(c),
			Submitted: r.Submitted, Received: r.Received, Due: r.Due, Provisional: r.Provisional, Extended: r.Extended, Late: r.Late, Department: r.Department}
		left, isCounting := r.left(counting.calendar, today)
		if isCounting {
			line.Left = &left
		}
		line.Level = r.level(left, isCounting, today, foi.TermsFor(counting.terms, r.Submitted)).Code()
		if o, err := foi.FindOutcome(foi.OutcomeCode(r.Outcome)); err == nil {
			line.Outcome = o.FullName()
		}
		if school, ok := directory.ByID(r.School); ok {
			line.School, line.SchoolCode = school.ShortName, school.Code
		}
		role := r.inHand()
		line.Mine = role != "" && slices.Contains(roles, role) || role == foi.Clerk && r.State != foi.Submitted && r.Assignee == person.Id
		lines = append(lines, line)
	}
	return lines, nil
}

// levelIs is the condition that a period has a level of alarm today.
func (p *platform) levelIs(level string) (dbx.Expression, error) {
	counting, err := p.foiCounting(p.app)
	if err != nil {
		return nil, err
	}
	today := workday.Date(p.today())
	terms := foi.TermsFor(counting.terms, today)
	params := dbx.Params{"today": string(today), "orange": string(counting.calendar.Add(today, terms.Orange)), "yellow": string(counting.calendar.Add(today, terms.Yellow)),
		"few": terms.Orange, "some": terms.Yellow}
	switch level {
	case foi.Red.Code():
		return dbx.NewExp("clock IN ('running', 'paused') AND due < {:today}", params), nil
	case foi.Orange.Code():
		return dbx.NewExp("due >= {:today} AND (clock = 'running' AND due <= {:orange} OR clock = 'paused' AND days_left <= {:few})", params), nil
	case foi.Yellow.Code():
		return dbx.NewExp("due >= {:today} AND (clock = 'running' AND due > {:orange} AND due <= {:yellow} OR clock = 'paused' AND days_left > {:few} AND days_left <= {:some})", params), nil
	case foi.Green.Code():
		return dbx.NewExp("due >= {:today} AND (clock = 'running' AND due > {:yellow} OR clock = 'paused' AND days_left > {:some})", params), nil
	}
	return dbx.NewExp("clock NOT IN ('running', 'paused')"), nil
}
