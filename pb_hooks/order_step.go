package pb_hooks

import (
	"fmt"
	"net/http"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// OrderStepBody is a step on a part that somebody asks for. Which fields it needs is
// said by what is refused, at the field of that name.
type OrderStepBody struct {
	Do     string       `json:"do"`
	On     workday.Date `json:"on"` // talk: the day on which it was; "" is today
	Reason string       `json:"reason"`
	Days   int          `json:"days"`
}

func (b OrderStepBody) problem() error {
	if n := utf8.RuneCountInString(b.Reason); n > longestWords {
		return refused("reason", "order_out_of_range", fmt.Sprintf("不能超过 %d 字，现在有 %d 字", longestWords, n))
	}
	return nil
}

// stepOfOrder takes a step on the part of a school and answers with the order as it
// is then.
func (p *platform) stepOfOrder(e *core.RequestEvent) error {
	var body OrderStepBody
	if err := readBody(e, &body); err != nil {
		return err
	}
	if err := body.problem(); err != nil {
		return err
	}
	var desk OrderDesk
	err := e.App.RunInTransaction(func(tx core.App) error {
		// who may what is read here: it may have changed while this waited for its turn
		person, err := tx.FindRecordById(records.Staff, e.Auth.Id)
		if err != nil {
			return err
		}
		c, signers, err := p.visiblePart(tx, person, e.Request.PathValue("id"), e.Request.PathValue("part"))
		if err != nil {
			return err
		}
		event, err := orderSignAs(c.Part, signers, order.Action(body.Do))
		if err != nil {
			return orderRefusal(err)
		}
		event.On, event.Reason, event.Days = body.On, cleanLines(body.Reason), body.Days
		if _, err := p.takeOrder(tx, c, event, actorOf(e)); err != nil {
			return err
		}
		desk, err = p.orderDeskOf(tx, c.paper, person, c.record.Id)
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, desk)
}

// withdrawOrder withdraws every part of an order that is open, all or none.
func (p *platform) withdrawOrder(e *core.RequestEvent) error {
	var body OrderStepBody
	if err := readBody(e, &body); err != nil {
		return err
	}
	if err := body.problem(); err != nil {
		return err
	}
	var desk OrderDesk
	err := e.App.RunInTransaction(func(tx core.App) error {
		person, err := tx.FindRecordById(records.Staff, e.Auth.Id)
		if err != nil {
			return err
		}
		e.Auth = person
		if err := p.mayIssueOrders(tx, e); err != nil {
			return err
		}
		paper, err := tx.FindRecordById(records.Orders, e.Request.PathValue("id"))
		if err != nil {
			return e.NotFoundError("没有这件督办。", nil)
		}
		rows, err := tx.FindAllRecords(records.OrderParts, dbx.HashExp{"order": paper.Id})
		if err != nil {
			return err
		}
		parts, err := p.orderPartsOf(tx, paper, rows...)
		if err != nil {
			return err
		}
		withdrawn := 0
		for _, c := range parts {
			if !c.State.IsOpen() {
				continue
			}
			signers, err := p.orderSigners(tx, person, c.record.GetString("school"))
			if err != nil {
				return err
			}
			event, err := orderSignAs(c.Part, signers, order.Withdraw)
			if err != nil {
				return orderRefusal(err)
			}
			event.Reason = cleanLines(body.Reason)
			if _, err := p.takeOrder(tx, c, event, actorOf(e)); err != nil {
				return err
			}
			withdrawn++
		}
		if withdrawn == 0 {
			return refused("do", "order_not_now", "这件督办已经全部办结或者撤销")
		}
		desk, err = p.orderDeskOf(tx, paper, person, "")
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, desk)
}
