package pb_hooks

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// countedCase is a request as statistics see it.
type countedCase struct {
	foi.AnnualCase
	Channel foi.Channel
	Ending  foi.Ending
	Late    bool // answered after its due day
	Rating  int  // 1–5; 0 is none
}

// schoolCases are the counted cases of one school, and what was done against its answers.
type schoolCases struct {
	cases    []countedCase
	disputes []foi.Dispute
}

// countedCases reads what was received until a day, by school: what the steps add
// up to stands on each request, and only where an answer was supplemented later
// are they read themselves. school "" is all.
func (p *platform) countedCases(app core.App, school string, until workday.Date) (map[string]*schoolCases, error) {
	read := &caseReading{of: map[string]*schoolCases{}, where: dbx.NewExp("1 = 1")}
	if school != "" {
		read.where = dbx.HashExp{"foi_requests.school": school}
	}
	if err := read.requests(app, until); err != nil {
		return nil, err
	}
	return read.of, p.after(app, read, until)
}

type caseReading struct {
	where dbx.Expression
	of    map[string]*schoolCases
	at    map[string]*countedCase // by id
}

func (read *caseReading) school(id string) *schoolCases {
	s, ok := read.of[id]
	if !ok {
		s = &schoolCases{}
		read.of[id] = s
	}
	return s
}

func (read *caseReading) requests(app core.App, until workday.Date) (err error) {
	rows, err := app.DB().Select("id", "school", "received", "closed", "outcome", "class", "ending", "channel", "late", "rating").From(records.FOIRequests).
		Where(dbx.And(read.where, dbx.NewExp("received != '' AND received <= {:until}", dbx.Params{"until": string(until)}))).OrderBy("received", "number").Rows()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var c countedCase
		var school string
		if err := rows.Scan(&c.ID, &school, &c.ReceivedOn, &c.ClosedOn, &c.Outcome, &c.Class, &c.Ending, &c.Channel, &c.Late, &c.Rating); err != nil {
			return err
		}
		c.Void = c.Ending == foi.WasVoid
		read.school(school).cases = append(read.school(school).cases, c)
	}
	read.at = map[string]*countedCase{}
	for _, s := range read.of {
		for i := range s.cases {
			read.at[s.cases[i].ID] = &s.cases[i]
		}
	}
	return rows.Err()
}

// after reads what happened after answers: complaints, and supplementary answers,
// of which the outcome counts only from their day on.
func (p *platform) after(app core.App, read *caseReading, until workday.Date) error {
	var steps []struct {
		Request, School, Action, On, Complaint, Result string
	}
	err := app.DB().Select("foi_steps.request", "foi_requests.school", "foi_steps.action", "foi_steps.on", "foi_steps.complaint", "foi_steps.result").
		From(records.FOISteps).InnerJoin(records.FOIRequests, dbx.NewExp("foi_requests.id = foi_steps.request")).
		// the condition of the index, word for word
		Where(dbx.And(read.where, dbx.NewExp("(foi_steps.action = 'supplement' OR foi_steps.action = 'complain' OR foi_steps.action = 'decide') AND foi_requests.ending != 'void'"))).
		OrderBy("foi_steps._rowid_").All(&steps)
	if err != nil {
		return err
	}
	type last struct{ n, place int }
	open, supplemented := map[string]last{}, map[string]bool{}
	for _, s := range steps {
		school, l := read.school(s.School), open[s.Request]
		switch foi.Action(s.Action) {
		case foi.Supplement:
			supplemented[s.Request] = true
		case foi.Decide:
			school.disputes[l.place].ConcludedOn, school.disputes[l.place].Result = workday.Date(s.On), foi.Result(s.Result)
		case foi.Complain:
			l = last{l.n + 1, len(school.disputes)}
			open[s.Request] = l
			school.disputes = append(school.disputes, foi.Dispute{ID: disputeID(s.Request, l.n), Remedy: foi.Remedy(s.Complaint), AcceptedOn: workday.Date(s.On)})
		}
	}
	return p.outcomesBy(app, read, slices.Sorted(maps.Keys(supplemented)), until)
}

// outcomesBy puts on supplemented cases the outcome as it stood on a day.
func (p *platform) outcomesBy(app core.App, read *caseReading, ids []string, until workday.Date) error {
	counting, err := p.foiCounting(app)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(ids, 500) {
		requests, err := app.FindRecordsByIds(records.FOIRequests, some)
		if err != nil {
			return err
		}
		cases, err := foiCasesOf(app, counting, requests...)
		if err != nil {
			return err
		}
		for _, c := range cases {
			if counted, ok := read.at[c.request.Id]; ok && c.Closed() <= until {
				counted.Outcome = c.OutcomeBy(until)
			}
		}
	}
	return nil
}

// disputeID names the first complaint of a case by the case, a further one by its
// number behind it.
func disputeID(request string, n int) string {
	if n == 1 {
		return request
	}
	return fmt.Sprintf("%s/%d", request, n)
}

func (c *schoolCases) annual() []foi.AnnualCase {
	list := make([]foi.AnnualCase, len(c.cases))
	for i, one := range c.cases {
		list[i] = one.AnnualCase
	}
	return list
}
