package pb_hooks

import (
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

const (
	pushPage = "/registry/push"
	// silentAfter is how long a subscriber may take nothing of what waits for it.
	silentAfter = 24 * time.Hour
	// pullsMissed is how long one that used to pull may stay away.
	pullsMissed = 3 * 24 * time.Hour
	// pushKept is how long attempts and ended deliveries are kept.
	pushKept = 90 * 24 * time.Hour
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

// forgetPushed deletes attempts and deliveries that ended long ago. Dead letters stay.
func (p *platform) forgetPushed(tx core.App) error {
	before := dbx.Params{"before": p.options.Now().UTC().Add(-pushKept).Format(records.InstantLayout)}
	for _, sql := range []string{"DELETE FROM push_attempts WHERE at < {:before}",
		"DELETE FROM push_deliveries WHERE state IN ('delivered', 'discarded') AND ended_at < {:before}"} {
		if _, err := tx.DB().NewQuery(sql).Bind(before).Execute(); err != nil {
			return err
		}
	}
	return nil
}
