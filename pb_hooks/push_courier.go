package pb_hooks

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/probe"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/webhook"
)

const (
	// held is for how long a delivery that is being sent is left alone by others:
	// longer than an attempt takes. If whoever sends it dies, it is sent again under
	// the same id.
	held = 2 * time.Minute
	// roundLasts is how long one subscriber is served in a round; the rest is for the next.
	roundLasts = 50 * time.Second
)

// courier delivers what waits in the outbox of subscribers.
type courier struct {
	p     *platform
	round sync.Mutex      // one round at a time: the next minute comes before a slow one ends
	ctx   context.Context // ends when the server stops
	stop  context.CancelFunc
}

func newCourier(p *platform) *courier {
	ctx, stop := context.WithCancel(context.Background())
	return &courier{p: p, ctx: ctx, stop: stop}
}

// untilStopped takes back what a server that died was sending, and ends what is being
// sent when this one stops.
func (c *courier) untilStopped(ctx context.Context) {
	if _, err := c.p.app.NonconcurrentDB().Update(records.PushDeliveries, dbx.Params{"held_until": ""}, dbx.NewExp("state = 'waiting' AND held_until != ''")).Execute(); err != nil {
		c.p.app.Logger().Error("take back what was being sent", "error", err)
	}
	<-ctx.Done()
	c.stop()
	c.round.Lock()
	defer c.round.Unlock()
}

// work delivers what is due, to every subscriber at its own pace.
func (c *courier) work() {
	if !c.round.TryLock() {
		return
	}
	defer c.round.Unlock()
	var subscribers []string
	err := c.p.app.DB().NewQuery("SELECT id FROM push_subscribers s WHERE s.state = 'active' AND EXISTS (SELECT 1 FROM push_deliveries d WHERE d.subscriber = s.id AND d.state = 'waiting')").Column(&subscribers)
	if err != nil {
		c.p.app.Logger().Error("look for deliveries", "error", err)
		return
	}
	var all sync.WaitGroup
	for _, id := range subscribers {
		all.Go(func() {
			if err := c.serve(id); err != nil {
				c.p.app.Logger().Error("deliver to a subscriber", "subscriber", id, "error", err)
			}
		})
	}
	all.Wait()
}

// serve delivers what is due to one subscriber, until it does not take it.
func (c *courier) serve(subscriber string) error {
	for end := time.Now().Add(roundLasts); c.ctx.Err() == nil && time.Now().Before(end); {
		id, err := c.next(subscriber)
		if err != nil || id == "" {
			return err
		}
		a, sent, err := c.deliver(id)
		if err != nil || !sent || a.Fault.IsOfSubscriber() {
			return err
		}
	}
	return nil
}

// next is the delivery that is due next to a subscriber that is active still: the
// first of its lane. "" is none. A moment that is further off than any wait was written
// by a clock that ran ahead, and holds nothing up.
func (c *courier) next(subscriber string) (id string, err error) {
	now := c.p.options.Now().UTC()
	err = c.p.app.DB().NewQuery("SELECT d.id FROM push_deliveries d JOIN push_subscribers s ON s.id = d.subscriber AND s.state = 'active' WHERE d.subscriber = {:subscriber} AND d.state = 'waiting'" +
		" AND (d.next_at <= {:now} OR d.next_at > {:waits}) AND (d.held_until <= {:now} OR d.held_until > {:held}) AND NOT EXISTS (SELECT 1 FROM push_deliveries e WHERE e.subscriber = d.subscriber AND e.lane = d.lane AND e.state = 'waiting' AND e.number < d.number)" +
		" ORDER BY d.number LIMIT 1").Bind(dbx.Params{"subscriber": subscriber, "now": now.Format(records.InstantLayout),
		"waits": now.Add(webhook.LongestWait).Format(records.InstantLayout), "held": now.Add(held).Format(records.InstantLayout)}).Row(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return id, err
}

// parcelPushed is a delivery on its way.
type parcelPushed struct {
	delivery, subscriber *core.Record
	header               http.Header
}

// deliver makes one attempt and records what became of it. sent is false if
// somebody else holds the delivery, or it no longer waits.
func (c *courier) deliver(id string) (a webhook.Answer, sent bool, err error) {
	pushed, err := c.hold(id)
	if err != nil || pushed == nil {
		return a, false, err
	}
	permits := probe.IsPublic
	if pushed.subscriber.GetBool("private_allowed") {
		permits = isPublicOrPrivate
	}
	a = c.p.options.Push.Send(c.ctx, pushed.subscriber.GetString("url"), pushed.header, []byte(pushed.delivery.GetString("body")), permits)
	if a.Fault != "" && c.ctx.Err() != nil {
		return a, false, nil // we stopped, not they: it is sent again when nobody holds it any more
	}
	return a, true, c.record(pushed, a)
}

// isPublicOrPrivate also permits what offices use, but no address of the local
// link, where clouds keep the secrets of their machines.
func isPublicOrPrivate(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.IsPrivate() || ip.IsLoopback() || probe.IsPublic(ip)
}

// hold takes a delivery for an attempt: nobody else sends it meanwhile.
func (c *courier) hold(id string) (*parcelPushed, error) {
	var pushed *parcelPushed
	err := c.p.app.RunInTransaction(func(tx core.App) error {
		d, err := tx.FindRecordById(records.PushDeliveries, id)
		if err != nil || d.GetString("state") != deliveryWaiting {
			return err
		}
		if left := d.GetDateTime("held_until").Time().Sub(c.p.options.Now()); left > 0 && left <= held {
			return nil
		}
		s, err := tx.FindRecordById(records.PushSubscribers, d.GetString("subscriber"))
		if err != nil || s.GetString("state") == pushDeleted {
			return err
		}
		header, err := c.p.signed(s, d)
		if err != nil {
			return err
		}
		d.Set("held_until", c.p.options.Now().UTC().Add(held))
		pushed = &parcelPushed{d, s, header}
		return tx.Save(d)
	})
	if err != nil {
		return nil, err
	}
	return pushed, nil
}

// signed are the headers of an attempt now. A key that is being replaced signs too.
func (p *platform) signed(subscriber, delivery *core.Record) (http.Header, error) {
	fields := []string{"signing_key"}
	if subscriber.GetDateTime("old_key_until").Time().After(p.options.Now()) {
		fields = append(fields, "old_signing_key")
	}
	var keys []webhook.Key
	for _, field := range fields {
		text, err := p.unseal(subscriber, field)
		if err != nil {
			return nil, err
		}
		key, err := webhook.ParseKey(text)
		if err != nil {
			return nil, fmt.Errorf("the %s of %s: %w", field, subscriber.Id, err)
		}
		keys = append(keys, key)
	}
	return webhook.Headers(delivery.Id, p.options.Now(), []byte(delivery.GetString("body")), keys...), nil
}

// record stores an attempt and what follows from it.
func (c *courier) record(pushed *parcelPushed, a webhook.Answer) error {
	now := c.p.options.Now().UTC()
	return c.p.app.RunInTransaction(func(tx core.App) error {
		d, err := tx.FindRecordById(records.PushDeliveries, pushed.delivery.Id) // anew: it may have been discarded meanwhile
		if err != nil {
			return err
		}
		if err := keepAttempt(tx, d.Id, now, a); err != nil {
			return err
		}
		if a.Fault == "" {
			if _, err := tx.DB().Update(records.PushSubscribers, dbx.Params{"delivered_at": now.Format(records.InstantLayout)}, dbx.HashExp{"id": pushed.subscriber.Id}).Execute(); err != nil {
				return err
			}
		}
		if d.GetString("state") != deliveryWaiting {
			return nil
		}
		d.Load(map[string]any{"held_until": "", "tries": d.GetInt("tries") + 1})
		c.judge(d, a, now)
		if err := tx.Save(d); err != nil {
			return err
		}
		switch {
		case a.Fault == webhook.Gone:
			return c.p.switchOff(tx, pushed.subscriber.Id)
		case d.GetString("state") == deliveryDead && d.GetString("lane") != testLane:
			return c.p.tellOfDead(tx, pushed.subscriber)
		}
		return nil
	})
}

// judge decides what becomes of a delivery after an attempt. A test that somebody
// asked for is tried once.
func (c *courier) judge(d *core.Record, a webhook.Answer, now time.Time) {
	if a.Fault == "" {
		d.Load(map[string]any{"state": deliveryDelivered, "ended_at": now})
		return
	}
	wait, again := webhook.Backoff(d.GetInt("tries"), rand.Float64(), a.Wait)
	if d.GetString("lane") == testLane {
		again = false
	}
	if !again {
		d.Load(map[string]any{"state": deliveryDead, "ended_at": now})
		return
	}
	d.Set("next_at", now.Add(wait))
}

func keepAttempt(tx core.App, delivery string, at time.Time, a webhook.Answer) error {
	_, err := tx.DB().Insert(records.PushAttempts, dbx.Params{"id": core.GenerateDefaultRandomId(), "delivery": delivery, "at": at.Format(records.InstantLayout),
		"status": a.Status, "fault": string(a.Fault), "took": a.Took.Milliseconds(), "said": a.Said}).Execute()
	return err
}
