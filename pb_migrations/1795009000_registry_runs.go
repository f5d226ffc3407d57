package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The connection to the district's register of institutions (区机构查询平台): where
// the list of schools is read from, what each reading found, what people decided on
// every line of it, and what they want remembered. Only the server writes any of it;
// a run that ended and a line that was decided are final.
func init() {
	triggers := map[string]string{
		"registry_runs_no_update": "BEFORE UPDATE ON registry_runs WHEN OLD.state IN ('failed', 'applied', 'dismissed', 'cancelled')" +
			" BEGIN SELECT RAISE(ABORT, 'a run that ended is final'); END",
		"registry_runs_no_delete":  "BEFORE DELETE ON registry_runs BEGIN SELECT RAISE(ABORT, 'a run is kept'); END",
		"registry_lines_no_update": "BEFORE UPDATE ON registry_lines WHEN OLD.decision IN ('accepted', 'refused') BEGIN SELECT RAISE(ABORT, 'a decision is final'); END",
		"registry_lines_no_delete": "BEFORE DELETE ON registry_lines WHEN OLD.decision IN ('accepted', 'refused') BEGIN SELECT RAISE(ABORT, 'a decision is kept'); END",
	}
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{registrySources, registryRuns, registryLines, registryChoices} {
			if err := make(app); err != nil {
				return err
			}
		}
		for name, body := range triggers {
			if _, err := app.DB().NewQuery("CREATE TRIGGER " + name + " " + body).Execute(); err != nil {
				return err
			}
		}
		return addNoticeKind(app, "registry")
	}, func(app core.App) error {
		for name := range triggers {
			if _, err := app.DB().NewQuery("DROP TRIGGER " + name).Execute(); err != nil {
				return err
			}
		}
		if err := dropNoticeKind(app, "registry"); err != nil {
			return err
		}
		return dropAll(app, "registry_choices", "registry_lines", "registry_runs", "registry_sources")
	})
}

func registrySources(app core.App) error {
	c := core.NewBaseCollection("registry_sources")
	schedule := one("schedule", "off", "daily", "hours")
	schedule.Required = true
	c.Fields.Add(
		&core.TextField{Name: "name", Required: true, Max: 60},
		&core.TextField{Name: "kind", Required: true, Max: 20},
		&core.JSONField{Name: "config", MaxSize: 100_000},
		sealedText("secrets", 20_000),
		schedule,
		&core.NumberField{Name: "hour", OnlyInt: true},  // of the day, for daily
		&core.NumberField{Name: "every", OnlyInt: true}, // hours, for hours
		&core.BoolField{Name: "private_allowed"},        // it may be read at an address of the office
		&core.JSONField{Name: "rules", MaxSize: 20_000}, // of automatic acceptance
		&core.JSONField{Name: "shares", MaxSize: 2_000}, // of the schools, above which a set stops; none are the usual ones
		&core.NumberField{Name: "silent_days", OnlyInt: true},
		&core.JSONField{Name: "memory", MaxSize: 1_000_000, Hidden: true}, // what the last good run left for the next: ETag and the like, which fields came, who was missing
		&core.DateField{Name: "tried_at"},                                 // when a run last began
		&core.DateField{Name: "good_at"},                                  // when the last good one ended
		&core.DateField{Name: "applied_at"},                               // since when nothing is left open of a good one
		&core.NumberField{Name: "failures", OnlyInt: true},                // in a row
		&core.BoolField{Name: "active"},
	)
	timestamps(c)
	c.AddIndex("idx_registry_sources_name", true, "name", "")
	return app.Save(c)
}

func registryRuns(app core.App) error {
	c := core.NewBaseCollection("registry_runs")
	if err := with(app, c, map[string]string{"by": "staff", "released_by": "staff", "source": "registry_sources"}); err != nil {
		return err
	}
	c.Fields.GetByName("source").(*core.RelationField).Required = true
	state, occasion := one("state", "running", "ready", "stopped", "partly", "applied", "failed", "dismissed", "cancelled"), one("occasion", "person", "schedule", "upload", "command")
	state.Required, occasion.Required = true, true
	c.Fields.Add(state, occasion,
		one("step", "waiting", "reading", "comparing", "storing"), // of a run in progress
		&core.NumberField{Name: "pages", OnlyInt: true},
		&core.NumberField{Name: "rows", OnlyInt: true},
		&core.BoolField{Name: "dry"},                                      // nothing is accepted by rule
		&core.BoolField{Name: "unchanged"},                                // the source said that nothing changed
		&core.BoolField{Name: "partial"},                                  // only what changed was sent: who is missing has not vanished
		&core.NumberField{Name: "same", OnlyInt: true},                    // schools about which nothing changed
		&core.JSONField{Name: "feedback", MaxSize: 500_000},               // what the register should take over from here
		&core.JSONField{Name: "memory", MaxSize: 1_000_000, Hidden: true}, // for the next run, if this one turns out good
		&core.TextField{Name: "fault", Max: 60},
		&core.TextField{Name: "sentence", Max: 2000}, // what went wrong, or how it ended
		&core.TextField{Name: "shape", Max: 2000},    // how the fields of the source changed
		&core.TextField{Name: "stop", Max: 2000},     // why it stopped and asks
		&core.TextField{Name: "release_reason", Max: 500},
		&core.TextField{Name: "released_by_name", Max: 50},
		&core.DateField{Name: "released_at"},
		&core.TextField{Name: "by_name", Max: 50},
		&core.FileField{Name: "file", MaxSelect: 1, MaxSize: 20 << 20, Protected: true},
		&core.TextField{Name: "file_name", Max: 200},
		&core.FileField{Name: "answer", MaxSelect: 1, MaxSize: 20 << 20, Protected: true, Hidden: true}, // the rows as they were read, to compare them again
		&core.DateField{Name: "began_at"},
		&core.DateField{Name: "finished_at"}, // the reading, not the decisions
	)
	timestamps(c)
	c.AddIndex("idx_registry_runs_source", false, "source, created", "")
	c.AddIndex("idx_registry_runs_state", false, "state", "")
	c.AddIndex("idx_registry_runs_alone", true, "source", "state = 'running'") // one at a time
	return app.Save(c)
}

func registryLines(app core.App) error {
	c := core.NewBaseCollection("registry_lines")
	if err := with(app, c, map[string]string{"decided_by": "staff", "run": "registry_runs", "school": "schools"}); err != nil {
		return err
	}
	c.Fields.GetByName("run").(*core.RelationField).Required = true
	decision := one("decision", "pending", "postponed", "accepted", "refused")
	decision.Required = true
	c.Fields.Add(decision,
		&core.NumberField{Name: "position", OnlyInt: true},
		&core.TextField{Name: "kind", Required: true, Max: 20},
		&core.TextField{Name: "basis", Max: 20},
		&core.TextField{Name: "reason", Max: 1000},
		&core.TextField{Name: "name", Max: 200},        // as the source writes it, or of the school that vanished
		&core.TextField{Name: "key", Max: 500},         // the same in every run that finds the same
		&core.TextField{Name: "row_key", Max: 500},     // of the row
		&core.BoolField{Name: "asks"},                  // there is something to decide
		&core.JSONField{Name: "line", MaxSize: 60_000}, // as it was compared
		one("choice", "same", "new", "ignore"),         // which school a row is
		&core.TextField{Name: "rule", Max: 60},         // by which it was accepted
		&core.TextField{Name: "decided_by_name", Max: 50},
		&core.DateField{Name: "decided_at"},
		&core.DateField{Name: "applied_at"},
		one("outcome", "applied", "stale", "failed"),
		&core.TextField{Name: "sentence", Max: 1000}, // of the outcome
	)
	timestamps(c)
	c.AddIndex("idx_registry_lines_run", true, "run, position", "")
	c.AddIndex("idx_registry_lines_school", false, "school, applied_at", "applied_at != ''")
	c.AddIndex("idx_registry_lines_key", false, "run, key", "")
	return app.Save(c)
}

// registryChoices are what a person decided that later runs keep to: which school a
// row is, and what of it is not wanted as long as the source says the same.
func registryChoices(app core.App) error {
	c := core.NewBaseCollection("registry_choices")
	if err := with(app, c, map[string]string{"by": "staff", "school": "schools", "source": "registry_sources"}); err != nil {
		return err
	}
	c.Fields.GetByName("source").(*core.RelationField).Required = true
	choice := one("choice", "same", "new", "ignore", "refused")
	choice.Required = true
	c.Fields.Add(choice,
		&core.TextField{Name: "key", Required: true, Max: 500}, // of the row, or of the line that was refused
		&core.TextField{Name: "kind", Max: 20},
		&core.TextField{Name: "name", Max: 200},
		&core.TextField{Name: "by_name", Max: 50},
		&core.DateField{Name: "at"},
	)
	timestamps(c)
	c.AddIndex("idx_registry_choices_key", true, "source, key", "")
	return app.Save(c)
}
