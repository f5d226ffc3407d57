package pb_hooks

import (
	"errors"
	"slices"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// foiAct is a step that somebody wants to take, with what belongs to it and the
// procedure does not ask about.
type foiAct struct {
	foi.Event
	Reply    string       // id of the draft that it is about
	Assignee string       // assign: the person who gets the case, "" if a department without an account
	Email    string       // ask_third_party, consult: where the letter is also mailed to
	Arrival  *foi.Arrival // register: how it reached the school
}

// takeFOI takes a step in a transaction: it is judged, stored with what was told
// at the time, its letter is numbered and written, the request shows where it
// stands, and whoever is next is told. It returns the case as it is then. Errors
// about a field are validation.Errors.
func (p *platform) takeFOI(tx core.App, c foiCase, act foiAct, by actor) (foiCase, *core.Record, error) {
	if act.Recorded == "" {
		act.Recorded = workday.Date(p.today())
	}
	if act.On == "" {
		act.On = act.Recorded
	}
	if err := p.fillAct(tx, c, &act); err != nil {
		return c, nil, err
	}
	after, err := c.Take(act.Event)
	if err != nil {
		return c, nil, foiRefusal(err)
	}
	act.Told, act.Until = toldBy(c.Case, after)
	step, err := p.storeStep(tx, c, act)
	if err != nil {
		return c, nil, err
	}
	became := foiCase{Case: after, request: c.request, steps: append(slices.Clip(c.steps), step), events: append(slices.Clip(c.events), act.Event)}
	if err := p.followStep(tx, c, became, act, step); err != nil {
		return c, nil, err
	}
	settleRequest(became, act)
	if err := tx.Save(became.request); err != nil {
		return c, nil, err
	}
	if err := p.tellOfRequest(tx, c, became, act, step); err != nil {
		return c, nil, err
	}
	done, err := stepDeed(c.request, step)
	if err != nil {
		return c, nil, err
	}
	return became, step, p.audit(tx, by, done)
}

// foiRefusal shows a refusal of the procedure at the field it is about.
func foiRefusal(err error) error {
	var r foi.Refusal
	if !errors.As(err, &r) {
		return err
	}
	field := r.Field
	if field == "" {
		field = "do"
	}
	return validation.Errors{field: fieldError(r)}
}

// toldBy is what a step tells people: the due day, where it moved, and the last
// day that its letter sets.
func toldBy(before, after foi.Case) (told, until workday.Date) {
	if n := len(after.Ledger); n > len(before.Ledger) {
		told = after.Ledger[n-1].Due
	}
	if n := len(after.Inquiries); n > len(before.Inquiries) {
		until = after.Inquiries[n-1].Until
	}
	if after.Correction.Asked != before.Correction.Asked {
		until = after.Correction.Until
	}
	return told, until
}

// fillAct puts on a step what the server knows better than whoever takes it.
func (p *platform) fillAct(tx core.App, c foiCase, act *foiAct) error {
	switch act.Do {
	case foi.SubmitAnswer, foi.AnswerAtOnce:
		draft, err := openDraft(tx, c.request.Id)
		if err != nil {
			return err
		}
		if draft == nil {
			return refused("outcome", "foi_missing", "请先填写并保存答复书")
		}
		if act.Event.Reply, err = replyOf(tx, draft); err != nil {
			return err
		}
		if act.Writers, err = makersOfDraft(tx, draft); err != nil {
			return err
		}
		if c.State == foi.Supplementing && len(c.Answers) > 0 && draft.GetString("supplement") == "" {
			return refused("supplement", "foi_missing", "请写明补充或者更正的内容")
		}
		act.Reply = draft.Id
		act.Hash, err = replyHash(tx, draft)
		return err
	case foi.Assign:
		return nameAssignee(tx, c, act)
	case foi.Archive:
		var err error
		act.Lacking, err = lacking(tx, c)
		return err
	case foi.Register:
		if act.Arrival == nil {
			return nil // the system's
		}
		arrival := *act.Arrival
		arrival.Channel = c.Channel
		if arrival.Arrived == "" {
			arrival.Arrived = c.Submitted
		}
		calendar, err := p.calendar(tx)
		if err != nil {
			return err
		}
		received, problems := foi.ReceivedOn(arrival, calendar, c.Terms(), act.Recorded)
		if len(problems) > 0 {
			return fieldErrors(problems)
		}
		act.On, act.Arrival = received, &arrival
	}
	return nil
}

// nameAssignee lets a case go to somebody of the school only; a department may be
// named without a person.
func nameAssignee(tx core.App, c foiCase, act *foiAct) error {
	if act.Assignee == "" {
		return nil
	}
	person, err := tx.FindRecordById(records.Staff, act.Assignee)
	if err != nil || person.GetString("school") != c.request.GetString("school") || person.GetString("deactivated_at") != "" {
		return refused("assignee", "foi_malformed", "请选择本校在岗的工作人员")
	}
	if act.Party == "" {
		act.Party = person.GetString("name")
	}
	return nil
}

func fieldErrors(problems map[string]error) error {
	errs := validation.Errors{}
	for field, err := range problems {
		errs[field] = fieldError(err)
	}
	return errs
}

func writersOfDraft(draft *core.Record) (writers []string, err error) {
	if raw := draft.GetString("writers"); raw != "" && raw != "null" {
		err = draft.UnmarshalJSONField("writers", &writers)
	}
	return writers, err
}

// makersOfDraft are its writers and who made the redacted copies that go with it:
// they decided what is withheld.
func makersOfDraft(app core.App, draft *core.Record) ([]string, error) {
	makers, err := writersOfDraft(draft)
	if err != nil {
		return nil, err
	}
	files, err := filesOf(app, draft)
	for _, f := range files {
		if by := f.GetString("by"); f.GetString("kind") == fileRedacted && !slices.Contains(makers, by) {
			makers = append(makers, by)
		}
	}
	return makers, err
}

// storeStep writes the step down.
func (p *platform) storeStep(tx core.App, c foiCase, act foiAct) (*core.Record, error) {
	step, err := p.newStep(tx, c, act)
	if err != nil {
		return nil, err
	}
	return step, tx.Save(step)
}

// newStep is a step on a record that is not stored yet.
func (p *platform) newStep(tx core.App, c foiCase, act foiAct) (*core.Record, error) {
	collection, err := tx.FindCachedCollectionByNameOrId(records.FOISteps)
	if err != nil {
		return nil, err
	}
	e, r := act.Event, core.NewRecord(collection)
	r.Load(map[string]any{"request": c.request.Id, "action": string(e.Do), "role": string(e.As), "state": string(c.State), "by": e.By, "for": e.For,
		"on": string(e.On), "recorded": string(e.Recorded), "at": p.options.Now().UTC(), "reason": e.Reason, "channel": string(e.Channel), "party": e.Party,
		"joint": e.Joint, "opinion": string(e.Opinion), "items": e.Items, "days": e.Days, "until": string(e.Until), "told": string(e.Told), "hash": e.Hash,
		"reply": act.Reply, "outcome": string(e.Reply.Outcome), "way": e.Way, "agreed": e.Agreed, "complaint": string(e.Complaint), "result": string(e.Result),
		"article": e.Article, "assignee": act.Assignee})
	for field, list := range map[string][]string{"writers": e.Writers, "lacking": e.Lacking} {
		if len(list) > 0 {
			r.Set(field, list)
		}
	}
	if act.Arrival != nil {
		r.Set("arrival", act.Arrival)
	}
	for field, id := range map[string]string{"by_name": e.By, "for_name": e.For} {
		if id == "" {
			continue
		}
		person, err := tx.FindRecordById(records.Staff, id)
		if err != nil {
			return nil, err
		}
		r.Set(field, person.GetString("name"))
	}
	return r, nil
}

// settleRequest writes on the request what its steps add up to.
func settleRequest(c foiCase, act foiAct) {
	r := c.request
	dispatched := workday.Date("")
	if len(c.Answers) > 0 {
		dispatched = c.Answers[0].Dispatched
	}
	r.Load(map[string]any{"state": string(c.State), "ending": string(c.Ending), "clock": string(c.Clock), "publication": string(c.Publication),
		"outcome": string(c.Outcome()), "proposal": string(c.Proposal.Do), "approver": string(c.Proposal.Approver), "submitted": string(c.Submitted),
		"received": string(c.Received), "due": string(c.Due), "closed": string(c.Closed()), "dispatched": string(dispatched), "provisional": c.Provisional,
		"extended": c.Extension.On != "", "late": c.AnsweredLate(), "department": c.Department})
	r.Set("days_left", 0)
	if left, _ := c.Left(act.Recorded); c.Clock == foi.Paused {
		r.Set("days_left", left)
	}
	if act.Do == foi.Assign {
		r.Set("assignee", act.Assignee)
	}
}
