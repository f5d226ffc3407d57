package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What the platform finds when it looks at its own pages as a visitor does: how
// long they take, and which links lead nowhere. Only the server writes them. Day
// sums are kept for ever: they are what a school is judged by.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{probeHours, probeDays, probeLinks, probeRuns} {
			if err := make(app); err != nil {
				return err
			}
		}
		_, err := app.DB().NewQuery("CREATE TRIGGER probe_days_no_delete BEFORE DELETE ON probe_days BEGIN SELECT RAISE(ABORT, 'a day that was measured is kept'); END").Execute()
		return err
	}, func(app core.App) error {
		if _, err := app.DB().NewQuery("DROP TRIGGER probe_days_no_delete").Execute(); err != nil {
			return err
		}
		return dropAll(app, "probe_runs", "probe_links", "probe_days", "probe_hours")
	})
}

// visitSums are what is kept of the visits of an hour or a day.
func visitSums() []core.Field {
	return []core.Field{
		&core.NumberField{Name: "visits", OnlyInt: true},
		&core.NumberField{Name: "failed", OnlyInt: true}, // no page, or none within 15 seconds
		&core.NumberField{Name: "slow", OnlyInt: true},   // over 6 seconds
		&core.NumberField{Name: "slowest", OnlyInt: true},
		&core.TextField{Name: "spread", Max: 200}, // counts by duration
	}
}

func ofSchool(app core.App, c *core.Collection) error {
	if err := with(app, c, map[string]string{"school": "schools"}); err != nil {
		return err
	}
	c.Fields.GetByName("school").(*core.RelationField).Required = true
	return nil
}

func probeHours(app core.App) error {
	c := core.NewBaseCollection("probe_hours")
	if err := ofSchool(app, c); err != nil {
		return err
	}
	c.Fields.Add(&core.TextField{Name: "hour", Required: true, Pattern: `^\d{4}-\d{2}-\d{2} \d{2}$`})
	c.Fields.Add(visitSums()...)
	c.Fields.Add(&core.JSONField{Name: "faults", MaxSize: 10000}) // [{path, status, ms}]
	c.AddIndex("idx_probe_hours_once", true, "hour, school", "")
	return app.Save(c)
}

func probeDays(app core.App) error {
	c := core.NewBaseCollection("probe_days")
	if err := ofSchool(app, c); err != nil {
		return err
	}
	c.Fields.Add(
		&core.TextField{Name: "day", Required: true, Pattern: `^\d{4}-\d{2}-\d{2}$`},
		&core.NumberField{Name: "hours", OnlyInt: true}, // in which there were visits
	)
	c.Fields.Add(visitSums()...)
	c.AddIndex("idx_probe_days_once", true, "school, day", "")
	c.AddIndex("idx_probe_days_day", false, "day", "")
	return app.Save(c)
}

func probeLinks(app core.App) error {
	c := core.NewBaseCollection("probe_links")
	if err := ofSchool(app, c); err != nil {
		return err
	}
	if err := with(app, c, map[string]string{"article": "articles"}); err != nil {
		return err
	}
	c.Fields.GetByName("article").(*core.RelationField).CascadeDelete = true
	place := one("place", "body", "facts", "whole", "file", "home", "website")
	kind := one("kind", "internal", "external", "intranet", "script", "disk", "other", "wechat", "file")
	state := one("state", "unchecked", "fine", "suspect", "broken", "foreign")
	place.Required, kind.Required, state.Required = true, true, true
	c.Fields.Add(place, kind, state,
		&core.TextField{Name: "url", Required: true, Max: 2000},
		&core.NumberField{Name: "status", OnlyInt: true},
		&core.TextField{Name: "fault", Max: 20},
		&core.NumberField{Name: "tries", OnlyInt: true}, // failed looks in a row
		&core.DateField{Name: "found_at"},
		&core.DateField{Name: "broken_since"},
		&core.DateField{Name: "checked_at"},
		&core.DateField{Name: "due_at"}, // when to look again; of external ones
	)
	c.AddIndex("idx_probe_links_once", true, "school, article, place, url", "")
	c.AddIndex("idx_probe_links_article", false, "article", "")
	c.AddIndex("idx_probe_links_url", false, "url", "kind = 'external'")
	c.AddIndex("idx_probe_links_due", false, "kind, due_at", "")
	return app.Save(c)
}

func probeRuns(app core.App) error {
	c := core.NewBaseCollection("probe_runs")
	if err := with(app, c, map[string]string{"school": "schools", "by": "staff"}); err != nil {
		return err
	}
	state, phase := one("state", "running", "done", "cancelled"), one("phase", "homes", "pages", "external")
	state.Required, phase.Required = true, true
	c.Fields.Add(state, phase,
		&core.TextField{Name: "day", Required: true, Pattern: `^\d{4}-\d{2}-\d{2}$`},
		&core.TextField{Name: "last", Max: 15}, // the school or article looked at last: where it goes on after a restart
		&core.NumberField{Name: "total", OnlyInt: true},
		&core.NumberField{Name: "done", OnlyInt: true},
		&core.NumberField{Name: "asked", OnlyInt: true}, // addresses elsewhere
		&core.BoolField{Name: "alone"},                  // no address elsewhere could be reached
		&core.TextField{Name: "by_name", Max: 50},
		&core.DateField{Name: "finished_at"},
	)
	timestamps(c)
	c.AddIndex("idx_probe_runs_state", false, "state, created", "")
	return app.Save(c)
}
