package pb_hooks

import (
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/throttle"
)

const (
	pushPage = "/registry/push"
	// silentAfter is how long a subscriber may take nothing of what waits for it.
	silentAfter = 24 * time.Hour
	// pullsMissed is how long one that used to pull may stay away.
	pullsMissed = 3 * 24 * time.Hour
	// pushKept is how long attempts and ended deliveries are kept.
	pushKept = 90 * 24 * time.Hour
	// roundsKept is how long a cursor of the feed is good that nobody went on from.
	roundsKept = 400 * 24 * time.Hour
	// tokenEnds is how long before its end people are told of an old token in use.
	tokenEnds = 6 * time.Hour
)

// tellAdmins tells the administrators of the bureau once of something.
func (p *platform) tellAdmins(tx core.App, key, title string) error {
	people, err := p.peopleOf(tx, "", publication.Admin)
	if err != nil {
		return err
	}
	return notify(tx, people, notification{Kind: "push", Key: key, Title: clip(title, 300), Link: pushPage})
}

// switchOff ends the deliveries to a subscriber that wants nothing more (410). What
// waits stays until somebody decides.
func (p *platform) switchOff(tx core.App, id string) error {
	s, err := tx.FindRecordById(records.PushSubscribers, id)
	if err != nil {
		return err
	}
	s.Load(map[string]any{"state": pushOff, "off_reason": "对方答复 410，表示不再接收"})
	if err := tx.Save(s); err != nil {
		return err
	}
	return p.tellAdmins(tx, "push_off/"+id+"/"+p.options.Now().UTC().Format(records.InstantLayout), "推送已停止："+s.GetString("name")+"表示不再接收")
}

// tellOfDead tells, once a day, that something was given up.
func (p *platform) tellOfDead(tx core.App, subscriber *core.Record) error {
	return p.tellAdmins(tx, "push_dead/"+subscriber.Id+"/"+p.today(), "推送失败："+subscriber.GetString("name")+"有投递进入死信，请查看后重新投递")
}

// oncePerDay holds back what would be written at every request of a flood.
var oncePerDay = throttle.Pace{Count: 1, Per: 24 * time.Hour, AtOnce: 1}

// tellOfFlood tells, once a day, that a subscriber pulls more often than it may.
func (p *platform) tellOfFlood(app core.App, s *core.Record, now time.Time) error {
	if p.doors.floods.Take(s.Id, oncePerDay, now) > 0 {
		return nil
	}
	return app.RunInTransaction(func(tx core.App) error {
		return p.tellAdmins(tx, "push_flood/"+s.Id+"/"+p.today(), "取数太频繁："+s.GetString("name")+"，超过的已拒绝，请与对方核对")
	})
}

// followPush looks which subscribers are silent, and forgets what is older than is kept.
func (p *platform) followPush() {
	if err := p.app.RunInTransaction(p.lookForSilentSubscribers); err != nil {
		p.app.Logger().Error("look for silent subscribers", "error", err)
	}
	if err := p.app.RunInTransaction(p.forgetPushed); err != nil {
		p.app.Logger().Error("forget old deliveries", "error", err)
	}
}

// lookForSilentSubscribers tells once when a subscriber falls silent, and takes the
// task back when it is heard again.
func (p *platform) lookForSilentSubscribers(tx core.App) error {
	var list []*core.Record
	if err := tx.RecordQuery(records.PushSubscribers).AndWhere(dbx.HashExp{"state": pushActive}).All(&list); err != nil {
		return err
	}
	for _, s := range list {
		if usesEndingToken(s, p.options.Now()) {
			if err := p.tellAdmins(tx, "push_old_token/"+s.Id+"/"+s.GetString("old_token_until"), "旧令牌就要失效，对方还在用："+s.GetString("name")); err != nil {
				return err
			}
		}
		why, err := p.silenceOf(tx, s)
		if err != nil {
			return err
		}
		was := s.GetString("silent_since") != ""
		if (why != "") == was {
			continue
		}
		var since any = ""
		if why != "" {
			since = p.options.Now().UTC()
		}
		s.Set("silent_since", since)
		if err := tx.Save(s); err != nil {
			return err
		}
		if why != "" {
			if err := p.tellAdmins(tx, "push_silent/"+s.Id+"/"+p.today(), why+"："+s.GetString("name")); err != nil {
				return err
			}
		}
	}
	return nil
}

// usesEndingToken reports whether a subscriber pulled last with a token that was
// replaced and soon ends.
func usesEndingToken(s *core.Record, now time.Time) bool {
	left := s.GetDateTime("old_token_until").Time().Sub(now)
	used := s.GetDateTime("old_token_used_at").Time()
	return left > 0 && left <= tokenEnds && !used.IsZero() && !used.Before(s.GetDateTime("pulled_at").Time())
}

// silenceOf is in what a subscriber is silent; "" if it is not.
func (p *platform) silenceOf(app core.App, s *core.Record) (string, error) {
	now := p.options.Now().UTC()
	waits, err := app.CountRecords(records.PushDeliveries, dbx.And(dbx.HashExp{"subscriber": s.Id, "state": deliveryWaiting},
		dbx.NewExp("created < {:before}", dbx.Params{"before": now.Add(-silentAfter).Format(records.InstantLayout)})))
	if err != nil {
		return "", err
	}
	pulled := s.GetDateTime("pulled_at").Time()
	switch {
	case waits > 0:
		return "推送一天没有送到", nil
	case !pulled.IsZero() && now.Sub(pulled) > pullsMissed:
		return "三天没有来取数", nil
	}
	return "", nil
}

// forgetPushed deletes attempts and deliveries that ended long ago, and rounds of the
// feed that nobody counts from any more. Dead letters stay.
func (p *platform) forgetPushed(tx core.App) error {
	now := p.options.Now().UTC()
	before := func(kept time.Duration) dbx.Params {
		return dbx.Params{"before": now.Add(-kept).Format(records.InstantLayout)}
	}
	for _, old := range []struct {
		sql  string
		kept time.Duration
	}{
		{"DELETE FROM push_attempts WHERE at < {:before}", pushKept},
		{"DELETE FROM push_deliveries WHERE state IN ('delivered', 'discarded') AND ended_at < {:before}", pushKept},
		{"DELETE FROM push_rounds WHERE at < {:before} AND id NOT IN (SELECT round FROM push_feed)", roundsKept},
	} {
		if _, err := tx.DB().NewQuery(old.sql).Bind(before(old.kept)).Execute(); err != nil {
			return err
		}
	}
	return nil
}
