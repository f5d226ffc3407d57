package pb_hooks

import (
	"context"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// withSchool are the states in which time does something to a part.
var withSchool = func() (list []any) {
	for _, s := range order.States() {
		if s.IsWithSchool() {
			list = append(list, string(s))
		}
	}
	return list
}()

// followOrders takes the steps that time takes in every part. It may be called at
// any time and any number of times: what has been done is not done again.
func (p *platform) followOrders(ctx context.Context) {
	p.orderRound.Lock()
	defer p.orderRound.Unlock()
	var ids []string
	if err := p.app.DB().Select("id").From(records.OrderParts).Where(dbx.In("state", withSchool...)).OrderBy("_rowid_").Column(&ids); err != nil {
		p.app.Logger().Error("look for orders that time moves", "error", err)
		return
	}
	for _, id := range ids {
		if ctx.Err() != nil {
			return // the server stops; the next start goes on
		}
		if err := p.followOrder(p.app, id); err != nil {
			p.app.Logger().Error("do what has fallen due in an order", "part", id, "error", err)
		}
	}
}

// followOrder takes the steps that have fallen due in a part, in one transaction in
// which it is read again.
func (p *platform) followOrder(app core.App, id string) error {
	return app.RunInTransaction(func(tx core.App) error {
		record, err := tx.FindRecordById(records.OrderParts, id)
		if err != nil {
			return err
		}
		c, err := p.orderPartOf(tx, record)
		if err != nil {
			return err
		}
		today := workday.Date(p.today())
		for due := c.FallenDue(today); len(due) > 0; due = c.FallenDue(today) { // one step may make another needless
			if c, err = p.takeOrder(tx, c, due[0], p.itself()); err != nil {
				return err
			}
		}
		return nil
	})
}
