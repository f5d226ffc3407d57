package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The bureau's lists of 错敏词, one record a version and never changed, and the
// rescans of everything published that each of them starts.
func init() {
	m.Register(func(app core.App) error {
		lists := core.NewBaseCollection("word_lists")
		if err := with(app, lists, map[string]string{"by": "staff"}); err != nil {
			return err
		}
		lists.Fields.Add(
			&core.NumberField{Name: "number", OnlyInt: true},
			&core.JSONField{Name: "words", MaxSize: 4 << 20}, // [{word, level, instead, note}]
			&core.NumberField{Name: "count", OnlyInt: true},
			&core.TextField{Name: "note", Max: 200},
			&core.TextField{Name: "by_name", Max: 50},
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		lists.AddIndex("idx_word_lists_number", true, "number", "")
		lists.ListRule, lists.ViewRule, lists.CreateRule = rule(ofTheBureau), rule(ofTheBureau), rule(supervises)
		if err := app.Save(lists); err != nil {
			return err
		}
		c := core.NewBaseCollection("rescans")
		if err := with(app, c, map[string]string{"word_list": "word_lists"}); err != nil {
			return err
		}
		c.Fields.Add(
			&core.SelectField{Name: "state", MaxSelect: 1, Required: true, Values: []string{"running", "done", "cancelled"}},
			&core.NumberField{Name: "total", OnlyInt: true},
			&core.NumberField{Name: "done", OnlyInt: true},
			&core.NumberField{Name: "found", OnlyInt: true},
			&core.TextField{Name: "last", Max: 15, Hidden: true}, // the article scanned last: where it goes on after a restart
			&core.DateField{Name: "finished_at"},
		)
		timestamps(c)
		c.ListRule, c.ViewRule = rule(ofTheBureau), rule(ofTheBureau)
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "rescans", "word_lists") })
}
