package pb_hooks

import (
	"database/sql"
	"errors"
	"net/http"
	"net/url"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/webhook"
)

// PushDeliveryList is one page of what subscribers are told, the newest first.
type PushDeliveryList struct {
	Items   []PushDelivery `json:"items"`
	Total   int            `json:"total"`
	Page    int            `json:"page"`
	PerPage int            `json:"per_page"`
}

// PushDelivery is one delivery in a list.
type PushDelivery struct {
	ID         string `json:"id" db:"id"` // also in the header webhook-id
	Number     int    `json:"number" db:"number"`
	Subscriber string `json:"subscriber" db:"subscriber"` // name
	Event      string `json:"event" db:"event"`
	EventName  string `json:"event_name"`
	School     string `json:"school" db:"school"` // name; "" concerns none
	State      string `json:"state" db:"state"`
	Tries      int    `json:"tries" db:"tries"`
	MadeAt     string `json:"made_at" db:"created"`
	NextAt     string `json:"next_at" db:"next_at"`
	EndedAt    string `json:"ended_at" db:"ended_at"`
	Fault      string `json:"fault" db:"fault"` // of the last attempt, in words
	Reason     string `json:"reason" db:"reason"`
	ByName     string `json:"by_name" db:"by_name"`
}

// PushDeliveryDesk is one delivery with what was sent and what was answered.
type PushDeliveryDesk struct {
	Delivery  PushDelivery  `json:"delivery"`
	Body      string        `json:"body"`
	Attempts  []PushAttempt `json:"attempts"` // the latest first; kept for 90 days
	MayManage bool          `json:"may_manage"`
}

// PushAttempt is one attempt to deliver.
type PushAttempt struct {
	At     string `json:"at" db:"at"`
	Status int    `json:"status" db:"status"` // 0: no answer
	Fault  string `json:"fault" db:"fault"`   // in words; "" was delivered
	Took   int    `json:"took" db:"took"`     // milliseconds
	Said   string `json:"said" db:"said"`
}

const mostDeliveries = 100

// lastFault is that of the last attempt to deliver d; "" is none.
const lastFault = "coalesce((SELECT a.fault FROM push_attempts a WHERE a.delivery = d.id ORDER BY a.at DESC, a._rowid_ DESC LIMIT 1), '')"

// deliveryQuery draws deliveries.
func deliveryQuery(app core.App) *dbx.SelectQuery {
	return app.DB().Select("d.id", "d.number", "s.name AS subscriber", "d.event", "coalesce(nullif(c.short_name, ''), c.name, '') AS school", "d.state", "d.tries", "d.created", "d.next_at", "d.ended_at", "d.reason", "d.by_name",
		lastFault+" AS fault").
		From("push_deliveries d").InnerJoin("push_subscribers s", dbx.NewExp("s.id = d.subscriber")).LeftJoin("schools c", dbx.NewExp("c.code = d.lane"))
}

func (d PushDelivery) inWords() PushDelivery {
	d.EventName, d.Fault = webhook.Event(d.Event).Name(), webhook.Fault(d.Fault).Name()
	return d
}

// listDeliveries answers with a page. Query: subscriber (id), state, event, school (code),
// fault (of the last attempt), page, per_page.
func (p *platform) listDeliveries(e *core.RequestEvent) error {
	if err := p.mayPush(e.App, e, readPush); err != nil {
		return err
	}
	ask := e.Request.URL.Query()
	list := PushDeliveryList{Items: []PushDelivery{}, Page: max(1, number(ask, "page", 1)), PerPage: min(mostDeliveries, max(1, number(ask, "per_page", 20)))}
	where := deliveriesAsked(ask)
	if err := e.App.DB().Select("count(*)").From("push_deliveries d").Where(where).Row(&list.Total); err != nil {
		return err
	}
	var rows []PushDelivery
	if err := deliveryQuery(e.App).Where(where).OrderBy("d.number DESC").Limit(int64(list.PerPage)).Offset(int64((list.Page - 1) * list.PerPage)).All(&rows); err != nil {
		return err
	}
	for _, r := range rows {
		list.Items = append(list.Items, r.inWords())
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, list)
}

func deliveriesAsked(ask url.Values) dbx.Expression {
	asked := dbx.HashExp{}
	for parameter, column := range map[string]string{"subscriber": "d.subscriber", "state": "d.state", "event": "d.event", "school": "d.lane", "fault": lastFault} {
		if value := ask.Get(parameter); value != "" {
			asked[column] = value
		}
	}
	return asked
}

func (p *platform) pushDelivery(e *core.RequestEvent) error {
	if err := p.mayPush(e.App, e, readPush); err != nil {
		return err
	}
	return p.showDelivery(e, e.Request.PathValue("id"))
}

func (p *platform) showDelivery(e *core.RequestEvent, id string) error {
	desk := PushDeliveryDesk{Attempts: []PushAttempt{}}
	err := deliveryQuery(e.App).Where(dbx.HashExp{"d.id": id}).One(&desk.Delivery)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return e.NotFoundError("没有这条投递，请回到“推送”查看。", nil)
	case err != nil:
		return err
	}
	desk.Delivery = desk.Delivery.inWords()
	if err := e.App.DB().Select("body").From(records.PushDeliveries).Where(dbx.HashExp{"id": id}).Row(&desk.Body); err != nil {
		return err
	}
	if err := e.App.DB().Select("at", "status", "fault", "took", "said").From(records.PushAttempts).Where(dbx.HashExp{"delivery": id}).OrderBy("at DESC", "_rowid_ DESC").All(&desk.Attempts); err != nil {
		return err
	}
	for i, a := range desk.Attempts {
		desk.Attempts[i].Fault = webhook.Fault(a.Fault).Name()
	}
	if desk.MayManage, err = p.servesBureau(e.App, e.Auth, managePush...); err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, desk)
}

// testDelivery sends a subscriber one test at once, and answers with what became of it.
func (p *platform) testDelivery(e *core.RequestEvent) error {
	id := ""
	err := e.App.RunInTransaction(func(tx core.App) error {
		if err := p.mayPush(tx, e, managePush); err != nil {
			return err
		}
		s, err := subscriberNamed(tx, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		if s.GetString("url") == "" {
			return refused("url", "url_missing", "这个接收方只取数，没有推送地址")
		}
		id, err = p.putDelivery(tx, s.Id, webhook.Test, testLane, "test/"+core.GenerateDefaultRandomId(), map[string]any{"message": "这是一条测试推送，不需要处理。"})
		if err != nil {
			return err
		}
		return p.doneBy(tx, e, "push_test", s, nil)
	})
	if err != nil {
		return err
	}
	return p.deliverNow(e, id)
}

// deliverNow makes an attempt for somebody who waits for it.
func (p *platform) deliverNow(e *core.RequestEvent, id string) error {
	if _, _, err := p.courier.deliver(id); err != nil {
		return pushKeyProblem(err)
	}
	return p.showDelivery(e, id)
}

// replayDelivery takes a dead letter up again: the same words under the same id, now.
func (p *platform) replayDelivery(e *core.RequestEvent) error {
	id := e.Request.PathValue("id")
	err := p.changeDelivery(e, id, func(tx core.App, d *core.Record) error {
		if _, err := p.takeUp(tx, dbx.HashExp{"id": d.Id}); err != nil {
			return err
		}
		return p.doneBy(tx, e, "push_replay", d, nil)
	})
	if err != nil {
		return err
	}
	return p.deliverNow(e, id)
}

// takeUp puts dead letters back, with all their tries, and counts them.
func (p *platform) takeUp(tx core.App, which dbx.Expression) (int64, error) {
	done, err := tx.DB().Update(records.PushDeliveries, dbx.Params{"state": deliveryWaiting, "tries": 0, "next_at": p.options.Now().UTC().Format(records.InstantLayout), "held_until": "", "ended_at": ""},
		dbx.And(dbx.HashExp{"state": deliveryDead}, which)).Execute()
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// changeDelivery does something to a dead letter on behalf of an administrator.
func (p *platform) changeDelivery(e *core.RequestEvent, id string, do func(tx core.App, d *core.Record) error) error {
	return e.App.RunInTransaction(func(tx core.App) error {
		if err := p.mayPush(tx, e, managePush); err != nil {
			return err
		}
		d, err := tx.FindRecordById(records.PushDeliveries, id)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return e.NotFoundError("没有这条投递，请回到“推送”查看。", nil)
		case err != nil:
			return err
		case d.GetString("state") != deliveryDead:
			return refused("id", "delivery_not_dead", "只有没有送到的死信可以重新投递或者放弃，请刷新页面")
		}
		return do(tx, d)
	})
}

// discardDelivery gives a dead letter up.
func (p *platform) discardDelivery(e *core.RequestEvent) error {
	var body struct {
		Reason string `json:"reason"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	reason := cleanLine(body.Reason)
	id := e.Request.PathValue("id")
	err := p.changeDelivery(e, id, func(tx core.App, d *core.Record) error {
		if reason == "" || utf8.RuneCountInString(reason) > 300 {
			return refused("reason", "reason_missing", "请写明为什么放弃，最多 300 个字")
		}
		d.Load(map[string]any{"state": deliveryDiscarded, "reason": reason, "by_name": e.Auth.GetString("name"), "ended_at": p.options.Now().UTC()})
		if err := tx.Save(d); err != nil {
			return err
		}
		return p.doneBy(tx, e, "push_discard", d, map[string]any{"reason": reason})
	})
	if err != nil {
		return err
	}
	return p.showDelivery(e, id)
}

// replayAll takes up all dead letters of a subscriber; the courier sends them in their order.
func (p *platform) replayAll(e *core.RequestEvent) error {
	return p.changeSubscriber(e, func(tx core.App, r *core.Record, _ *PushSecrets) error {
		count, err := p.takeUp(tx, dbx.And(dbx.HashExp{"subscriber": r.Id}, dbx.NewExp("lane != {:test}", dbx.Params{"test": testLane})))
		if err != nil {
			return err
		}
		return p.doneBy(tx, e, "push_replay_all", r, map[string]any{"count": count})
	})
}
