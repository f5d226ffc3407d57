package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What a school is silent in (沉默预警): one open row for each school and kind,
// which ends by itself, and the mornings on which it was looked for. So that it is
// known, the day of everybody's last sign-in is kept; only the server reads it. Of
// those before today the audit knows.
func init() {
	triggers := map[string]string{
		"silences_no_update": "BEFORE UPDATE ON silences WHEN OLD.ended_at != '' BEGIN SELECT RAISE(ABORT, 'a silence that ended is final'); END",
		"silences_no_delete": "BEFORE DELETE ON silences BEGIN SELECT RAISE(ABORT, 'a silence is kept'); END",
	}
	m.Register(func(app core.App) error {
		if err := silences(app); err != nil {
			return err
		}
		for name, body := range triggers {
			if _, err := app.DB().NewQuery("CREATE TRIGGER " + name + " " + body).Execute(); err != nil {
				return err
			}
		}
		err := change(app, func(cs []*core.Collection) {
			cs[0].Fields.Add(&core.TextField{Name: "signed_in_on", Pattern: datePattern, Hidden: true})
		}, "staff")
		if err != nil {
			return err
		}
		// instants are UTC, the day is the district's
		_, err = app.DB().NewQuery("UPDATE staff SET signed_in_on = coalesce((SELECT date(max(a.at), '+8 hours') FROM audit_log a" +
			" WHERE a.action = 'sign_in' AND a.collection = 'staff' AND a.record = staff.id), '')").Execute()
		if err != nil {
			return err
		}
		return addNoticeKind(app, "silence")
	}, func(app core.App) error {
		for name := range triggers {
			if _, err := app.DB().NewQuery("DROP TRIGGER " + name).Execute(); err != nil {
				return err
			}
		}
		if err := dropNoticeKind(app, "silence"); err != nil {
			return err
		}
		if err := change(app, func(cs []*core.Collection) { cs[0].Fields.RemoveByName("signed_in_on") }, "staff"); err != nil {
			return err
		}
		return dropAll(app, "silences", "silence_rounds")
	})
}

func silences(app core.App) error {
	c := core.NewBaseCollection("silences")
	if err := with(app, c, map[string]string{"school": "schools", "noted_by": "staff"}); err != nil {
		return err
	}
	c.Fields.GetByName("school").(*core.RelationField).Required = true
	c.Fields.Add(
		one("kind", "duty", "requests", "letters", "sign_in", "reviews", "publication", "mail", "invitation"),
		day("since"),
		&core.NumberField{Name: "count", OnlyInt: true}, // cases, people or duties; as of the last morning
		&core.TextField{Name: "detail", Max: 2000},
		&core.DateField{Name: "nudged_at"}, &core.DateField{Name: "task_at"}, &core.DateField{Name: "ended_at"},
		&core.TextField{Name: "noted", Max: 500}, // by the bureau, last
		&core.DateField{Name: "noted_at"},
	)
	timestamps(c)
	c.AddIndex("idx_silences_open", true, "school, kind", "ended_at = ''")
	c.AddIndex("idx_silences_ended", false, "ended_at, school", "")
	if err := app.Save(c); err != nil {
		return err
	}
	round := core.NewBaseCollection("silence_rounds")
	round.Fields.Add(day("day"), &core.NumberField{Name: "schools", OnlyInt: true})
	timestamps(round)
	round.AddIndex("idx_silence_rounds_day", true, "day", "")
	return app.Save(round)
}
