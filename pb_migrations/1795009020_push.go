package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Who is told of what happens to schools (推送): subscribers, the outbox of what
// they are to be told, every attempt to tell them, and what they answered to
// offered corrections. With it the line of each school in the feed that they pull:
// a line that changes gets the next number, which is what their cursor counts.
// Only the server writes any of it.
func init() {
	triggers := map[string]string{
		// the same words under the same id at every attempt
		"push_deliveries_no_update": "BEFORE UPDATE ON push_deliveries WHEN OLD.subscriber != NEW.subscriber OR OLD.number != NEW.number OR OLD.event != NEW.event OR OLD.`key` != NEW.`key`" +
			" OR OLD.lane != NEW.lane OR OLD.body != NEW.body OR OLD.state IN ('delivered', 'discarded') BEGIN SELECT RAISE(ABORT, 'a delivery is final'); END",
		"push_deliveries_no_delete": "BEFORE DELETE ON push_deliveries WHEN OLD.state IN ('waiting', 'dead') BEGIN SELECT RAISE(ABORT, 'what was not delivered is kept'); END",
		"push_attempts_no_update":   "BEFORE UPDATE ON push_attempts BEGIN SELECT RAISE(ABORT, 'an attempt is final'); END",
		"push_outcomes_no_update":   "BEFORE UPDATE ON push_outcomes BEGIN SELECT RAISE(ABORT, 'what was answered is final'); END",
		"push_outcomes_no_delete":   "BEFORE DELETE ON push_outcomes BEGIN SELECT RAISE(ABORT, 'what was answered is kept'); END",
		"push_subscribers_kept":     "BEFORE DELETE ON push_subscribers BEGIN SELECT RAISE(ABORT, 'a subscriber is switched off'); END",
	}
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{pushSubscribers, pushDeliveries, pushAttempts, pushOutcomes, pushFeed} {
			if err := make(app); err != nil {
				return err
			}
		}
		if err := makeTriggers(app, triggers); err != nil {
			return err
		}
		return addNoticeKind(app, "push")
	}, func(app core.App) error {
		if err := dropTriggers(app, triggers); err != nil {
			return err
		}
		if err := dropNoticeKind(app, "push"); err != nil {
			return err
		}
		return dropAll(app, "push_feed", "push_outcomes", "push_attempts", "push_deliveries", "push_subscribers")
	})
}

func pushSubscribers(app core.App) error {
	c := core.NewBaseCollection("push_subscribers")
	c.Fields.Add(
		&core.TextField{Name: "name", Required: true, Max: 60, Presentable: true},
		&core.TextField{Name: "url", Max: 500}, // "": it only pulls
		&core.JSONField{Name: "events", MaxSize: 1000},
		&core.BoolField{Name: "plain_allowed"},   // http
		&core.BoolField{Name: "private_allowed"}, // an address of an office network
		one("state", "active", "paused", "off", "deleted"),
		&core.TextField{Name: "off_reason", Max: 300},
		&core.TextField{Name: "token_hash", Max: 64, Hidden: true}, &core.TextField{Name: "token_end", Max: 4}, // the last characters, to tell tokens apart
		&core.TextField{Name: "old_token_hash", Max: 64, Hidden: true}, &core.DateField{Name: "old_token_until"},
		&core.TextField{Name: "signing_key", Max: 500, Hidden: true}, &core.TextField{Name: "old_signing_key", Max: 500, Hidden: true}, // sealed
		&core.DateField{Name: "old_key_until"},
		&core.DateField{Name: "pulled_at"}, &core.DateField{Name: "delivered_at"}, &core.DateField{Name: "silent_since"},
	)
	timestamps(c)
	c.AddIndex("idx_push_subscribers_token", true, "token_hash", "token_hash != ''")
	c.AddIndex("idx_push_subscribers_old_token", false, "old_token_hash", "old_token_hash != ''")
	return app.Save(c)
}

// pushDeliveries is the outbox. What has the same lane is delivered in the order
// of the numbers.
func pushDeliveries(app core.App) error {
	c := core.NewBaseCollection("push_deliveries")
	if err := with(app, c, map[string]string{"subscriber": "push_subscribers"}); err != nil {
		return err
	}
	c.Fields.GetByName("subscriber").(*core.RelationField).Required = true
	c.Fields.Add(
		&core.NumberField{Name: "number", OnlyInt: true, Required: true},
		&core.TextField{Name: "event", Required: true, Max: 40},
		&core.TextField{Name: "key", Required: true, Max: 200}, // makes it once
		&core.TextField{Name: "lane", Max: 60},                 // code of the school; "district", "test"
		&core.TextField{Name: "body", Required: true, Max: 200000},
		one("state", "waiting", "delivered", "dead", "discarded"),
		&core.NumberField{Name: "tries", OnlyInt: true},                       // since it was last put there
		&core.DateField{Name: "next_at"}, &core.DateField{Name: "held_until"}, // by the worker that is sending it
		&core.DateField{Name: "ended_at"}, // delivered, dead or discarded
		&core.TextField{Name: "reason", Max: 300}, &core.TextField{Name: "by_name", Max: 50},
	)
	timestamps(c)
	c.AddIndex("idx_push_deliveries_once", true, "subscriber, `key`", "")
	c.AddIndex("idx_push_deliveries_number", true, "number", "")
	c.AddIndex("idx_push_deliveries_waiting", false, "subscriber, lane, number", "state = 'waiting'")
	c.AddIndex("idx_push_deliveries_state", false, "subscriber, state, number", "")
	return app.Save(c)
}

func pushAttempts(app core.App) error {
	c := core.NewBaseCollection("push_attempts")
	if err := with(app, c, map[string]string{"delivery": "push_deliveries"}); err != nil {
		return err
	}
	delivery := c.Fields.GetByName("delivery").(*core.RelationField)
	delivery.Required, delivery.CascadeDelete = true, true
	c.Fields.Add(
		&core.DateField{Name: "at", Required: true},
		&core.NumberField{Name: "status", OnlyInt: true}, // 0: no answer
		&core.TextField{Name: "fault", Max: 20},
		&core.NumberField{Name: "took", OnlyInt: true}, // milliseconds
		&core.TextField{Name: "said", Max: 200},        // the beginning of the answer
	)
	c.AddIndex("idx_push_attempts_delivery", false, "delivery, at", "")
	c.AddIndex("idx_push_attempts_at", false, "at", "")
	return app.Save(c)
}

// pushOutcomes: what the registry platform made of a correction that it was offered.
func pushOutcomes(app core.App) error {
	c := core.NewBaseCollection("push_outcomes")
	if err := with(app, c, map[string]string{"subscriber": "push_subscribers", "correction": "school_corrections"}); err != nil {
		return err
	}
	c.Fields.GetByName("subscriber").(*core.RelationField).Required = true
	c.Fields.GetByName("correction").(*core.RelationField).Required = true
	c.Fields.Add(one("outcome", "taken", "refused"), &core.TextField{Name: "note", Max: 500}, &core.DateField{Name: "at", Required: true})
	c.AddIndex("idx_push_outcomes_correction", false, "correction, at", "")
	return app.Save(c)
}

func pushFeed(app core.App) error {
	c := core.NewBaseCollection("push_feed")
	c.Fields.Add(
		&core.TextField{Name: "code", Required: true, Max: 20}, // of the school, which may be gone
		&core.NumberField{Name: "number", OnlyInt: true, Required: true},
		&core.TextField{Name: "line", Max: 50000}, // JSON, without its changed_at
		&core.DateField{Name: "changed_at", Required: true},
	)
	c.AddIndex("idx_push_feed_code", true, "code", "")
	c.AddIndex("idx_push_feed_number", true, "number", "")
	return app.Save(c)
}
