package pb_hooks

import (
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// orderDesk shows an order. Query: part, the one that is opened.
func (p *platform) orderDesk(e *core.RequestEvent) error {
	paper, err := e.App.FindRecordById(records.Orders, e.Request.PathValue("id"))
	if err != nil {
		if _, err := p.orderReaderOf(e.App, e.Auth); err != nil { // who may read none does not learn which there are
			return err
		}
		return e.NotFoundError("没有这件督办，或者不是发给本校的。", nil)
	}
	desk, err := p.orderDeskOf(e.App, paper, e.Auth, e.Request.URL.Query().Get("part"))
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, desk)
}

// orderDeskOf draws an order for a person: of a school, its own part alone.
func (p *platform) orderDeskOf(app core.App, paper, person *core.Record, opened string) (OrderDesk, error) {
	reader, err := p.orderReaderOf(app, person)
	if err != nil {
		return OrderDesk{}, err
	}
	var rows []*core.Record
	if err := app.RecordQuery(records.OrderParts).AndWhere(dbx.And(dbx.HashExp{"order": paper.Id}, reader.sees())).OrderBy("_rowid_").All(&rows); err != nil {
		return OrderDesk{}, err
	}
	if len(rows) == 0 {
		return OrderDesk{}, router.NewNotFoundError("没有这件督办，或者不是发给本校的。", nil)
	}
	parts, err := p.orderPartsOf(app, paper, rows...)
	if err != nil {
		return OrderDesk{}, err
	}
	t := paper.GetString
	kind := order.Kind(t("kind"))
	desk := OrderDesk{ID: paper.Id, Number: t("number"), Kind: string(kind), KindName: kind.Name(), Title: t("title"), Text: t("text"), Days: paper.GetInt("days"),
		Issued: workday.Date(t("issued")), ByName: t("by_name"), SourceName: order.Source(t("source")).Name(), Occasion: t("occasion"), Link: linkOfOccasion(paper), Parts: []OrderPartLine{}}
	for _, c := range parts {
		line, err := p.orderPartLine(c.record, c.Part, reader)
		if err != nil {
			return desk, err
		}
		desk.Parts = append(desk.Parts, line)
		desk.Counts.add(c.State, isOverdue(c.Part, workday.Date(p.today())))
		if c.record.Id != opened && len(parts) > 1 {
			continue
		}
		if desk.Part, err = p.orderPartDesk(app, c, line, person); err != nil {
			return desk, err
		}
	}
	desk.MayWithdraw = reader.supervises && slices.ContainsFunc(parts, func(c orderPart) bool { return c.State.IsOpen() })
	return desk, nil
}

func (n *OrderCounts) add(s order.State, overdue bool) {
	n.Total++
	into := map[order.State]*int{order.Issued: &n.Issued, order.Acknowledged: &n.Acknowledged, order.Submitted: &n.Submitted, order.Returned: &n.Returned,
		order.Closed: &n.Closed, order.Withdrawn: &n.Withdrawn}[s]
	*into++
	if overdue {
		n.Overdue++
	}
}

// orderPartLine draws a part from its row, and from what its steps add up to as far as
// a row can tell it.
func (p *platform) orderPartLine(r *core.Record, c order.Part, reader orderReader) (OrderPartLine, error) {
	today, date := workday.Date(p.today()), func(field string) workday.Date { return workday.Date(r.GetString(field)) }
	line := OrderPartLine{ID: r.Id, Number: r.GetString("number"), State: string(c.State), StateName: c.State.Name(), AckBy: date("ack_by"), Acknowledged: date("acknowledged"),
		Due: date("due"), Provisional: r.GetBool("provisional"), Reported: date("reported"), Closed: date("closed"), OnTime: r.GetBool("on_time"),
		Level: c.LevelOn(today).Code(), Asked: r.GetBool("asked"), Talk: r.GetBool("talk")}
	if left, ok := c.Left(today); ok {
		line.Left = &left
	}
	line.Mine = reader.isTurn(r)
	d, err := p.directory()
	if err != nil {
		return line, err
	}
	school, _ := d.ByID(r.GetString("school"))
	line.School, line.SchoolCode = school.ShortName, school.Code
	return line, nil
}

// isTurn reports whether a part waits for the person.
func (r orderReader) isTurn(part *core.Record) bool {
	state := order.State(part.GetString("state"))
	if r.school == "" {
		return r.supervises && (state == order.Submitted || part.GetBool("asked") || part.GetBool("talk"))
	}
	return len(r.roles) > 0 && state.IsWithSchool()
}

func (p *platform) orderPartDesk(app core.App, c orderPart, line OrderPartLine, person *core.Record) (*OrderPartDesk, error) {
	signers, err := p.orderSigners(app, person, c.record.GetString("school"))
	if err == nil {
		signers, err = acting(app, person, signers)
	}
	if err != nil {
		return nil, err
	}
	desk := &OrderPartDesk{OrderPartLine: line, Next: c.Next(person.GetString("school") == ""), Ledger: []OrderEntryLine{}, Counted: []DayLine{}, Steps: []OrderStepLine{},
		Files: []FileLine{}, Choices: []Choice{}, ReturnDue: []workday.Date{}, MayUpload: mayAddEvidence(c.Part, signers)}
	if c.IsAsked() {
		desk.AskedDays = c.Extension.Days
	}
	for _, e := range c.Ledger {
		desk.Ledger = append(desk.Ledger, OrderEntryLine{e.On, e.Due, e.Text(), e.Law})
	}
	for _, d := range c.CountedDays() {
		desk.Counted = append(desk.Counted, DayLine{d.Date, string(d.Kind), d.Counted, false, d.Nth, d.Reason(), ""})
	}
	if err := drawOrderSteps(app, c, desk, desk.MayUpload); err != nil {
		return nil, err
	}
	for _, e := range orderChoices(c.Part, signers, workday.Date(p.today())) {
		s, err := order.Find(c.State, e.Do)
		if err != nil {
			return nil, err
		}
		choice := Choice{Do: string(e.Do), Name: e.Do.Name(), As: e.As.Name(), Condition: e.Do.Condition(), Law: s.Law}
		if e.For != "" {
			if choice.InsteadOf, err = nameOf(app, e.For); err != nil {
				return nil, err
			}
		}
		desk.Choices = append(desk.Choices, choice)
		if e.Do == order.Return {
			for n := range order.LongestPeriod {
				desk.ReturnDue = append(desk.ReturnDue, c.Calendar().Add(workday.Date(p.today()), n+1))
			}
		}
	}
	return desk, nil
}

// drawOrderSteps shows what happened, and the evidence: what waits for its report to
// those alone who may still change it.
func drawOrderSteps(app core.App, c orderPart, desk *OrderPartDesk, waiting bool) error {
	var files []*core.Record
	if err := app.RecordQuery(records.OrderFiles).AndWhere(dbx.HashExp{"part": c.record.Id}).OrderBy("_rowid_").All(&files); err != nil {
		return err
	}
	of := func(step string) []FileLine {
		list := []FileLine{}
		for _, f := range files {
			if f.GetString("step") == step {
				list = append(list, FileLine{ID: f.Id, Name: f.GetString("name"), Mime: f.GetString("mime"), Size: f.GetInt("size"), ByName: f.GetString("by_name"),
					Created: f.GetString("created"), Attached: step != ""})
			}
		}
		return list
	}
	for _, s := range c.steps {
		t := s.GetString
		line := OrderStepLine{ID: s.Id, Do: t("action"), Name: order.Action(t("action")).Name(), Role: order.Role(t("role")).Name(), ByName: t("by_name"), ForName: t("for_name"),
			On: workday.Date(t("on")), At: t("at"), Reason: t("reason"), Days: s.GetInt("days"), Norm: order.Norm(t("norm")).Name(), Files: of(s.Id)}
		if kind, ok := letterOfStep(c, order.Action(line.Do)); ok {
			line.Letter = kind.Name()
		}
		desk.Steps = append(desk.Steps, line)
	}
	if waiting {
		desk.Files = of("")
	}
	return nil
}
