package pb_hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// foiCase is a request (申请) and what its steps add up to.
type foiCase struct {
	foi.Case
	request *core.Record
	steps   []*core.Record // oldest first
	events  []foi.Event    // the same
}

// proposalStep is the id of the step that waits for approval, "" if none does.
func (c foiCase) proposalStep() string {
	for i, e := range slices.Backward(c.events) {
		if e.Do == c.Proposal.Do {
			return c.steps[i].Id
		}
	}
	return ""
}

// foiCounting is what cases are counted with: read once, used for many.
type foiCounting struct {
	calendar workday.Calendar
	terms    []foi.Terms
}

func (p *platform) foiCounting(app core.App) (foiCounting, error) {
	calendar, err := p.calendar(app)
	if err != nil {
		return foiCounting{}, err
	}
	terms, err := foiTerms(app)
	return foiCounting{calendar: calendar, terms: terms}, err
}

func foiTerms(app core.App) (list []foi.Terms, err error) {
	rows, err := app.FindAllRecords(records.FOITerms)
	for _, r := range rows {
		list = append(list, termsOf(r))
	}
	return list, err
}

func termsOf(r *core.Record) foi.Terms {
	n := r.GetInt
	return foi.Terms{From: workday.Date(r.GetString("valid_from")), Answer: n("answer"), Extend: n("extend"), CorrectionNotice: n("correction_notice"),
		Correction: n("correction"), CorrectionMin: n("correction_min"), CorrectionMax: n("correction_max"), ThirdParty: n("third_party"),
		OtherOrgan: n("other_organ"), Confirm: n("confirm"), Archive: n("archive"), Supplement: n("supplement"),
		Yellow: n("yellow"), Orange: n("orange"), Red: n("red")}
}

// foiCaseOf replays a request.
func (p *platform) foiCaseOf(app core.App, request *core.Record) (foiCase, error) {
	counting, err := p.foiCounting(app)
	if err != nil {
		return foiCase{}, err
	}
	cases, err := foiCasesOf(app, counting, request)
	if err != nil {
		return foiCase{}, err
	}
	return cases[0], nil
}

// foiCasesOf replays requests, all with one query.
func foiCasesOf(app core.App, counting foiCounting, requests ...*core.Record) ([]foiCase, error) {
	var steps []*core.Record
	if err := app.RecordQuery(records.FOISteps).AndWhere(dbx.HashExp{"request": anys(idsOf(requests))}).OrderBy("_rowid_").All(&steps); err != nil {
		return nil, err
	}
	of := map[string][]*core.Record{}
	for _, s := range steps {
		of[s.GetString("request")] = append(of[s.GetString("request")], s)
	}
	cases := make([]foiCase, len(requests))
	for i, r := range requests {
		c := foiCase{request: r, steps: of[r.Id]}
		for _, s := range c.steps {
			event, err := foiEventOf(app, s)
			if err != nil {
				return nil, err
			}
			c.events = append(c.events, event)
		}
		var err error
		if c.Case, err = foi.Replay(c.events, counting.calendar, counting.termsOf(c)); err != nil {
			return nil, err
		}
		cases[i] = c
	}
	return cases, nil
}

// termsOf are the periods in force on the day the request was submitted: a case
// keeps what it was counted with.
func (n foiCounting) termsOf(c foiCase) foi.Terms {
	if len(c.events) == 0 {
		return foi.TermsFor(n.terms, "")
	}
	return foi.TermsFor(n.terms, c.events[0].On)
}

// foiEventOf reads a step. Of an answer on the spot, which waits for approval, the
// draft is read too: the approval asks again whether it is complete.
func foiEventOf(app core.App, step *core.Record) (foi.Event, error) {
	text, date := step.GetString, func(field string) workday.Date { return workday.Date(step.GetString(field)) }
	e := foi.Event{Do: foi.Action(text("action")), As: foi.Role(text("role")), By: text("by"), For: text("for"), On: date("on"), Recorded: date("recorded"),
		Reason: text("reason"), Channel: foi.Channel(text("channel")), Party: text("party"), Joint: step.GetBool("joint"), Opinion: foi.Opinion(text("opinion")),
		Items: text("items"), Days: step.GetInt("days"), Until: date("until"), Told: date("told"), Hash: text("hash"),
		Reply: foi.Reply{Outcome: foi.OutcomeCode(text("outcome"))}, Way: text("way"), Agreed: step.GetBool("agreed"),
		Complaint: foi.Remedy(text("complaint")), Result: foi.Result(text("result")), Article: text("article")}
	if raw := text("writers"); raw != "" && raw != "null" {
		if err := step.UnmarshalJSONField("writers", &e.Writers); err != nil {
			return e, err
		}
	}
	if e.Do != foi.AnswerAtOnce || text("reply") == "" {
		return e, nil
	}
	draft, err := app.FindRecordById(records.FOIReplies, text("reply"))
	if err != nil {
		return e, err
	}
	e.Reply, err = replyOf(app, draft)
	return e, err
}
