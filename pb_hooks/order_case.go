package pb_hooks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// orderPart is a school's part of an order and what its steps add up to.
type orderPart struct {
	order.Part
	paper  *core.Record // the order
	record *core.Record
	steps  []*core.Record // oldest first
	events []order.Event
}

// orderPartOf replays a part.
func (p *platform) orderPartOf(app core.App, record *core.Record) (orderPart, error) {
	paper, err := app.FindRecordById(records.Orders, record.GetString("order"))
	if err != nil {
		return orderPart{}, err
	}
	parts, err := p.orderPartsOf(app, paper, record)
	if err != nil {
		return orderPart{}, err
	}
	return parts[0], nil
}

// orderPartsOf replays parts of an order, all with one query.
func (p *platform) orderPartsOf(app core.App, paper *core.Record, list ...*core.Record) ([]orderPart, error) {
	calendar, err := p.calendar(app)
	if err != nil {
		return nil, err
	}
	var steps []*core.Record
	if err := app.RecordQuery(records.OrderSteps).AndWhere(dbx.HashExp{"part": anys(idsOf(list))}).OrderBy("_rowid_").All(&steps); err != nil {
		return nil, err
	}
	of := map[string][]*core.Record{}
	for _, s := range steps {
		of[s.GetString("part")] = append(of[s.GetString("part")], s)
	}
	parts := make([]orderPart, len(list))
	for i, r := range list {
		c := orderPart{paper: paper, record: r, steps: of[r.Id]}
		for _, s := range c.steps {
			c.events = append(c.events, orderEventOf(s))
		}
		if c.Part, err = order.Replay(c.events, calendar); err != nil {
			return nil, err
		}
		parts[i] = c
	}
	return parts, nil
}

func orderEventOf(step *core.Record) order.Event {
	text, date := step.GetString, func(field string) workday.Date { return workday.Date(step.GetString(field)) }
	return order.Event{Do: order.Action(text("action")), As: order.Role(text("role")), By: text("by"), For: text("for"), On: date("on"), Recorded: date("recorded"),
		Reason: text("reason"), Days: step.GetInt("days"), Norm: order.Norm(text("norm")), Told: date("told")}
}

// standingOf is a part as its row has it.
func standingOf(r *core.Record, calendar workday.Calendar) order.Part {
	date := func(field string) workday.Date { return workday.Date(r.GetString(field)) }
	return order.Standing(order.State(r.GetString("state")), date("ack_by"), date("acknowledged"), date("due"), calendar)
}

// inWordsOfOrder names a part to the staff.
func inWordsOfOrder(c orderPart) string {
	return c.paper.GetString("number") + " " + c.paper.GetString("title")
}
