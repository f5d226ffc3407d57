package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A broadcast (区级下发) is one draft of the bureau for chosen schools. Each
// school gets a draft of its own and brings it through its own review.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("broadcasts")
		if err := with(app, c, map[string]string{"by": "staff"}); err != nil {
			return err
		}
		schools, err := relation(app, "schools", "schools", 2000)
		if err != nil {
			return err
		}
		c.Fields.Add(
			&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true},
			&core.TextField{Name: "column", Required: true, Pattern: `^[A-Z]\d{4}$`},
			&core.TextField{Name: "body", Max: 1 << 20},
			&core.FileField{Name: "files", MaxSelect: 10, MaxSize: 20 << 20, Protected: true},
			&core.TextField{Name: "due_on", Pattern: datePattern},
			&core.TextField{Name: "by_name", Max: 50},
			schools,
			&core.DateField{Name: "sent_at"},
		)
		timestamps(c)
		c.ListRule, c.ViewRule = rule(supervises), rule(supervises)
		c.CreateRule, c.UpdateRule, c.DeleteRule = rule(supervises), rule(supervises+` && sent_at = ''`), rule(supervises+` && sent_at = ''`)
		if err := app.Save(c); err != nil {
			return err
		}
		return change(app, func(cs []*core.Collection) {
			cs[0].Fields.Add(&core.RelationField{Name: "broadcast", CollectionId: c.Id, MaxSelect: 1})
			cs[0].AddIndex("idx_articles_broadcast", true, "broadcast, school", "broadcast != ''")
		}, "articles")
	}, func(app core.App) error {
		err := change(app, func(cs []*core.Collection) {
			cs[0].RemoveIndex("idx_articles_broadcast")
			cs[0].Fields.RemoveByName("broadcast")
		}, "articles")
		if err != nil {
			return err
		}
		return dropAll(app, "broadcasts")
	})
}
