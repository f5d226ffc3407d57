package pb_hooks

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/records"
)

// demoOrders are orders of the bureau in every state, with every step that people and
// the system take. An item with a school is the part of that school; they are played
// in the order of time.
func demoOrders() []demoItem {
	const menus, plans, fees, old, budget, silent, asked = "按周公布学生食谱", "补齐校园安全应急预案", "更正收费公示的标准和依据", "清理已经过期的招生信息", "公开本年度预算", "公开教师培训安排", "说明逾期的原因并尽快答复"
	return []demoItem{
		{key: "order/menus", title: menus, text: "在“膳食管理”栏目按周公布食谱，周一上午 9 时前更新；补齐本学期已经过去的各周。", deeds: []demoDeed{orderIssued("8 09:00", order.Rectification, 10, 1, 2, 3)}},
		{key: "order/menus/1", school: 1, title: menus, deeds: []demoDeed{orderTaken("7 10:00", "officer", order.Acknowledge, "", 0),
			orderTaken("4 15:00", "principal", order.Submit, "已经补齐本学期食谱，并指定总务处每周一更新。", 0), orderTaken("3 10:00", "supervisor", order.Close, "", 0)}},
		{key: "order/menus/2", school: 2, title: menus, deeds: []demoDeed{orderTaken("6 11:00", "principal", order.Acknowledge, "", 0),
			orderTaken("4 16:00", "principal", order.Submit, "已经公布本周食谱。", 0), orderTaken("2 09:30", "supervisor", order.Return, "只有本周的食谱，请补齐第 1 至第 10 周。", 5)}},
		{key: "order/menus/3", school: 3, title: menus, deeds: []demoDeed{orderFell("5 00:05")}},
		{key: "order/plans", title: plans, text: "公开防汛、消防、食品安全三项应急预案的最新版本。", deeds: []demoDeed{orderIssued("5 09:20", order.Supervision, 8, 1)}},
		{key: "order/plans/1", school: 1, title: plans, deeds: []demoDeed{orderTaken("4 09:00", "officer", order.Acknowledge, "", 0),
			orderTaken("1 14:00", "officer", order.Submit, "三项预案已经全部公开，每项都注明了修订日期。", 0)}},
		{key: "order/fees", title: fees, text: "收费公示没有写明批准文号，请更正，并核对各项标准。", deeds: []demoDeed{orderIssued("6 09:10", order.Rectification, 8, 2)}},
		{key: "order/fees/2", school: 2, title: fees, deeds: []demoDeed{orderTaken("5 09:00", "officer", order.Acknowledge, "", 0),
			orderTaken("1 11:00", "officer", order.AskExtension, "批准文件存放在档案馆，需要调档。", 5)}},
		{key: "order/old", title: old, text: "把已经过期的招生信息转为历史信息。", deeds: []demoDeed{orderIssued("4 09:00", order.Supervision, 10, 1, 2)}},
		{key: "order/old/2", school: 2, title: old, deeds: []demoDeed{orderTaken("4 10:00", "officer", order.Acknowledge, "", 0)}},
		{key: "order/old/1", school: 1, title: old, deeds: []demoDeed{orderTaken("3 09:00", "supervisor", order.Withdraw, "学校已经自行清理，不需要督办。", 0)}},
		{key: "order/budget", title: budget, text: "公开本年度预算，附三公经费说明。", deeds: []demoDeed{orderIssued("25 09:00", order.Rectification, 5, 2)}},
		{key: "order/budget/2", school: 2, title: budget, deeds: []demoDeed{orderFell("22 00:05"), orderTaken("20 10:00", "principal", order.Acknowledge, "", 0), orderFell("19 00:05"), orderFell("9 00:05"),
			orderTaken("8 14:00", "supervisor", order.Talk, "约谈校长，要求三日内公开预算，并落实专人。", 0), orderTaken("5 15:00", "principal", order.Submit, "预算已经公开。", 0),
			orderTaken("4 10:00", "supervisor", order.Close, "", 0)}},
		{key: "order/silent", title: silent, text: "公开本学期教师培训的安排和经费。", deeds: []demoDeed{orderIssued("20 09:00", order.Supervision, 5, 3)}},
		{key: "order/silent/3", school: 3, title: silent, deeds: []demoDeed{orderTaken("19 09:00", "officer", order.Acknowledge, "", 0), orderFell("18 00:05"),
			orderTaken("16 09:00", "officer", order.AskExtension, "负责老师外出培训。", 10), orderTaken("16 15:00", "supervisor", order.DeclineExtend, "材料已经具备，请按期公开。", 0),
			orderFell("14 00:05"), orderFell("4 00:05")}},
		{key: "order/asked", title: asked, text: "这件申请临近期限，请尽快答复申请人，并说明为什么拖延。", deeds: []demoDeed{orderOfRequest("9 09:00", 1, 6)}},
		{key: "order/asked/1", school: 1, title: asked, deeds: []demoDeed{orderTaken("8 09:00", "officer", order.Acknowledge, "", 0),
			orderTaken("5 09:00", "officer", order.AskExtension, "正在征求第三方意见。", 3), orderTaken("5 14:00", "supervisor", order.GrantExtend, "", 2),
			orderTaken("2 10:00", "principal", order.Submit, "已经答复申请人，并调整了内部时限。", 0), orderTaken("1 10:00", "supervisor", order.Close, "", 0)}},
	}
}

// orderIssued: the supervisor issues an order to the schools with these numbers.
func orderIssued(when string, kind order.Kind, days int, schools ...int) demoDeed {
	return demoDeed{when, "supervisor", func(d *demoPlay, item demoItem, who *core.Record) error {
		body := OrderBody{Kind: string(kind), Title: item.title, Text: item.text, Days: days}
		for _, n := range schools {
			if n <= len(d.schools) {
				body.Schools = append(body.Schools, d.schools[n-1].Code)
			}
		}
		if len(body.Schools) == 0 { // a small demonstration
			return nil
		}
		return d.ask(who, d.p.makeOrder, "", body)
	}}
}

// orderOfRequest: the supervisor issues an order about the first request of a school.
func orderOfRequest(when string, school, days int) demoDeed {
	return demoDeed{when, "supervisor", func(d *demoPlay, item demoItem, who *core.Record) error {
		request := &core.Record{}
		if err := d.app.RecordQuery(records.FOIRequests).AndWhere(dbx.HashExp{"school": d.schoolID(school)}).OrderBy("number").Limit(1).One(request); err != nil {
			return fmt.Errorf("a request to refer to: %w", err)
		}
		return d.ask(who, d.p.makeOrder, "", OrderBody{Kind: string(order.Supervision), Title: item.title, Text: item.text, Days: days, Source: string(order.FromRequest), Ref: request.Id,
			Schools: []string{d.schools[school-1].Code}})
	}}
}

// orderOf is the part of an order that an item is about.
func (d *demoPlay) orderOf(item demoItem) (*core.Record, error) {
	paper, err := d.app.FindFirstRecordByData(records.Orders, "title", item.title)
	if err != nil {
		return nil, err
	}
	part := &core.Record{}
	err = d.app.RecordQuery(records.OrderParts).AndWhere(dbx.HashExp{"order": paper.Id, "school": d.schoolID(item.school)}).Limit(1).One(part)
	return part, err
}

// orderTaken: somebody takes a step on a part.
//
//go:noinline
func orderTaken(when, post string, do order.Action, reason string, days int) demoDeed {
	return demoDeed{when, post, func(d *demoPlay, item demoItem, who *core.Record) error {
		part, err := d.orderOf(item)
		if err != nil {
			return err
		}
		e, err := d.request(who, part.GetString("order"), OrderStepBody{Do: string(do), Reason: reason, Days: days})
		if err != nil {
			return err
		}
		e.Request.SetPathValue("part", part.Id)
		return d.p.stepOfOrder(e)
	}}
}

// orderFell: the system takes what falls due on that day.
func orderFell(when string) demoDeed {
	return demoDeed{when, "", func(d *demoPlay, item demoItem, _ *core.Record) error {
		part, err := d.orderOf(item)
		if err != nil {
			return err
		}
		return d.p.followOrder(d.app, part.Id)
	}}
}
