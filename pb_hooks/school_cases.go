package pb_hooks

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/records"
)

// openCases are what is open at a school, the oldest first.
type openCases struct {
	requests []*core.Record
	letters  []*core.Record
	offered  []*core.Record // letters of others, on their way to the school
	parts    []*core.Record // of orders
}

func openCasesOf(app core.App, school string) (c openCases, err error) {
	for _, q := range []struct {
		collection, place string
		states            []any
		into              *[]*core.Record
	}{
		{records.FOIRequests, "school", anys(foi.Succession()), &c.requests},
		{records.Inquiries, "unit", anys(inquiry.Succession()), &c.letters},
		{records.Inquiries, "offered", anys([]inquiry.State{inquiry.Transferring}), &c.offered},
		{records.OrderParts, "school", anys(order.Succession()), &c.parts},
	} {
		if err := app.RecordQuery(q.collection).AndWhere(dbx.HashExp{q.place: school, "state": q.states}).OrderBy("_rowid_").All(q.into); err != nil {
			return c, err
		}
	}
	return c, nil
}

// passOnCases lets what is open at a school that ended go on where the person who
// ended it said: each case that is named there, all others at its cases_to. Number,
// query code, days and steps stay; the step of the system says what happened.
func (p *platform) passOnCases(tx core.App, by actor, school *core.Record, to map[string]string) error {
	open, err := openCasesOf(tx, school.Id)
	if err != nil {
		return err
	}
	taker, err := takerOf(tx, school)
	if err != nil {
		return err
	}
	what, err := endingInWords(tx, school)
	if err != nil {
		return err
	}
	for _, r := range open.offered { // whoever has it chooses anew
		if err := p.passOnLetter(tx, by, r, r.GetString("unit")); err != nil {
			return err
		}
	}
	for _, r := range open.letters {
		if err := p.passOnLetter(tx, by, r, cmp.Or(to[r.Id], taker, bureauUnit)); err != nil {
			return err
		}
	}
	if taker == "" { // refuseWithoutTaker left none; what came later is heard by the bureau
		return nil
	}
	for _, r := range open.requests {
		if err := p.passOnRequest(tx, by, r, cmp.Or(to[r.Id], taker), what); err != nil {
			return err
		}
	}
	for _, r := range open.parts {
		if err := p.passOnPart(tx, by, r, cmp.Or(to[r.Id], taker), what); err != nil {
			return err
		}
	}
	return nil
}

// needTaker counts what only a school can go on with; letters go to the bureau.
func (c openCases) needTaker() int { return len(c.requests) + len(c.parts) }

// takerOf is the school that goes on with what is open at one that ended: whoever was
// named then, or who goes on with theirs if it has ended since. "" is the bureau.
func takerOf(app core.App, ended *core.Record) (string, error) {
	seen := []string{ended.Id}
	for {
		next := ended.GetString("cases_to")
		if next == "" || slices.Contains(seen, next) {
			return "", nil
		}
		school, err := app.FindRecordById(records.Schools, next)
		if err != nil {
			return "", err
		}
		if !hasEnded(school.GetString("status")) {
			return next, nil
		}
		seen, ended = append(seen, next), school
	}
}

// refuseWithoutTaker asks for a school that goes on with what the bureau does not
// do itself.
func refuseWithoutTaker(open openCases, taker string) error {
	if open.needTaker() == 0 || taker != "" {
		return nil
	}
	return refused("cases_to", "taker_missing", fmt.Sprintf("还有 %d 件申请、%d 件督办没有办结，请选择由哪所学校继续办理", len(open.requests), len(open.parts)))
}

func (p *platform) passOnRequest(tx core.App, by actor, request *core.Record, to, what string) error {
	name, err := schoolName(tx, to)
	if err != nil {
		return err
	}
	c, err := p.foiCaseOf(tx, request)
	if err != nil {
		return err
	}
	request.Load(map[string]any{"school": to, "assignee": ""})
	_, _, err = p.takeFOI(tx, c, foiAct{Event: foi.Event{Do: foi.Succeed, As: foi.System, Party: name, Reason: what}}, by)
	return err
}

func (p *platform) passOnLetter(tx core.App, by actor, letter *core.Record, to string) error {
	c, err := p.inquiryCaseOf(tx, letter)
	if err != nil {
		return err
	}
	_, _, err = p.takeInquiry(tx, c, inquiryAct{Event: inquiry.Event{Do: inquiry.Succeed, As: inquiry.System, Unit: to}}, by)
	return err
}

func (p *platform) passOnPart(tx core.App, by actor, part *core.Record, to, what string) error {
	name, err := schoolName(tx, to)
	if err != nil {
		return err
	}
	c, err := p.orderPartOf(tx, part)
	if err != nil {
		return err
	}
	part.Set("school", to)
	_, err = p.takeOrder(tx, c, order.Event{Do: order.Succeed, As: order.System, Reason: what + "，由" + name + "继续办理"}, by)
	return err
}

func schoolName(app core.App, id string) (string, error) {
	school, err := app.FindRecordById(records.Schools, id)
	if err != nil {
		return "", err
	}
	return school.GetString("name"), nil
}

// followEndedSchools passes on what came to life again at a school after it ended:
// a complaint about an answer, a low rating.
func (p *platform) followEndedSchools() {
	ended, err := p.app.FindRecordsByFilter(records.Schools, "status = 'merged' || status = 'closed'", "code", 0, 0)
	if err != nil {
		p.app.Logger().Error("look for schools that ended", "error", err)
		return
	}
	for _, school := range ended {
		if school.GetString("cases_to") == "" && school.GetString("ended_on") == "" {
			continue // ended before the platform knew of it
		}
		if err := p.app.RunInTransaction(func(tx core.App) error { return p.passOnCases(tx, p.itself(), school, nil) }); err != nil {
			p.app.Logger().Error("pass on what is open at a school that ended", "school", school.Id, "error", err)
		}
	}
}
