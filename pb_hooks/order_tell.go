package pb_hooks

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/order"
)

// kindOrder is the kind of what staff are told of an order, and of what waits for
// them.
const kindOrder = "order"

// toldOfOrder is who is told of a step, beside whoever took it.
var toldOfOrder = map[order.Action][]order.Role{
	order.Issue: {order.Principal, order.Officer}, order.Return: {order.Principal, order.Officer}, order.Close: {order.Principal, order.Officer},
	order.Withdraw: {order.Principal, order.Officer}, order.Talk: {order.Principal, order.Officer}, order.GrantExtend: {order.Principal, order.Officer},
	order.DeclineExtend: {order.Principal, order.Officer}, order.Remind: {order.Principal, order.Officer}, order.Recount: {order.Principal, order.Officer}, order.Succeed: {order.Principal, order.Officer},
	order.Submit: {order.Bureau}, order.AskExtension: {order.Bureau},
	order.Escalate: {order.Principal, order.Officer, order.Bureau}, order.CallTalk: {order.Bureau, order.Principal},
}

// tellOfOrder tells whom a step concerns.
func (p *platform) tellOfOrder(tx core.App, c orderPart, e order.Event, step *core.Record) error {
	what := e.Do.Name()
	switch e.Do {
	case order.Issue:
		what = "收到" + order.Kind(c.paper.GetString("kind")).Name()
	case order.Escalate:
		what = e.Norm.Name() + "已经逾期"
	}
	n := notification{Kind: kindOrder, Key: "order/" + step.Id, Link: linkOfPart(c.record), Title: clip(what+"："+inWordsOfOrder(c), 300),
		Urgent: e.Do == order.Escalate || e.Do == order.CallTalk}
	for _, role := range toldOfOrder[e.Do] {
		people, err := p.peopleOfOrder(tx, c.record.GetString("school"), role)
		if err != nil {
			return err
		}
		if err := notify(tx, slices.DeleteFunc(people, func(id string) bool { return id == e.By }), n); err != nil {
			return err
		}
	}
	return nil
}

// linkOfPart is the page of a part in the workbench.
func linkOfPart(part *core.Record) string {
	return "/supervision/orders/" + part.GetString("order") + "?part=" + part.Id
}
