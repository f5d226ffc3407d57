package pb_hooks

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/webhook"
)

// demoPush is one subscriber at an address that no network knows: something
// arrived, something waits, something was given up. Nothing is sent while it is made.
func demoPush() []demoItem {
	return []demoItem{
		{key: "push-subscriber", deeds: []demoDeed{{"6 09:00", "bureau-admin", addedSubscriber}}},
		{key: "push-delivered", school: 1, deeds: []demoDeed{{"5 10:00", "", changedPostcode}, {"5 10:01", "", attempted(1, webhook.Answer{Status: 200, Said: "ok", Took: 84 * time.Millisecond}, deliveryDelivered)}}},
		{key: "push-dead", school: 2, deeds: []demoDeed{{"5 11:00", "", changedPostcode}, {"5 11:01", "", attempted(1, webhook.Answer{Status: 502, Fault: webhook.Broken, Said: "502 Bad Gateway", Took: 130 * time.Millisecond}, deliveryWaiting)},
			{"1 11:30", "", attempted(webhook.MostTries, webhook.Answer{Fault: webhook.Unknown, Took: 5 * time.Millisecond}, deliveryDead)}}},
		{key: "push-waiting", school: 3, deeds: []demoDeed{{"1 16:00", "", changedPostcode}, {"1 16:01", "", attempted(1, webhook.Answer{Fault: webhook.Silent, Took: 15 * time.Second}, deliveryWaiting)}}},
	}
}

func addedSubscriber(d *demoPlay, _ demoItem, who *core.Record) error {
	form := PushForm{Name: "区机构查询平台（演示）", URL: "https://registry.example.invalid/hooks/gongkai"}
	for _, event := range webhook.Events() {
		form.Events = append(form.Events, string(event))
	}
	return d.ask(who, d.p.addSubscriber, "", form)
}

// changedPostcode changes something of the school, which the subscriber is told.
func changedPostcode(d *demoPlay, item demoItem, _ *core.Record) error {
	r, err := d.app.FindRecordById(records.Schools, d.schoolID(item.school))
	if err != nil {
		return err
	}
	r.Set("postcode", fmt.Sprintf("9999%02d", item.school))
	return d.app.Save(r)
}

// attempted is what an attempt to deliver the first news of the school that waits came to.
//
//go:noinline
func attempted(tries int, a webhook.Answer, state string) func(*demoPlay, demoItem, *core.Record) error {
	return func(d *demoPlay, item demoItem, _ *core.Record) error {
		r := &core.Record{}
		err := d.app.RecordQuery(records.PushDeliveries).AndWhere(dbx.HashExp{"lane": d.schools[item.school-1].Code, "state": deliveryWaiting}).OrderBy("number").Limit(1).One(r)
		if err != nil {
			return errors.Join(errors.New("nobody was told of the school"), err)
		}
		if err := keepAttempt(d.app, r.Id, d.now.UTC(), a); err != nil {
			return err
		}
		r.Load(map[string]any{"state": state, "tries": tries, "next_at": d.real.UTC().Add(2 * time.Hour)})
		if state != deliveryWaiting {
			r.Set("ended_at", d.now.UTC())
		}
		if err := d.app.Save(r); err != nil || a.Fault != "" {
			return err
		}
		_, err = d.app.DB().Update(records.PushSubscribers, dbx.Params{"delivered_at": d.now.UTC().Format(records.InstantLayout)}, dbx.HashExp{"id": r.GetString("subscriber")}).Execute()
		return err
	}
}
