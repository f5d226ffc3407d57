package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// An article (信息条目) is what stays the same about a disclosure: its school,
// column and index number. What it says is in its versions; what happened to
// it is in its steps. State and dates are derived from the steps.
func init() {
	m.Register(func(app core.App) error {
		schools, err := app.FindCollectionByNameOrId("schools")
		if err != nil {
			return err
		}
		staff, err := app.FindCollectionByNameOrId("staff")
		if err != nil {
			return err
		}
		c := core.NewBaseCollection("articles")
		c.Fields.Add(
			&core.RelationField{Name: "school", CollectionId: schools.Id, MaxSelect: 1, Required: true},
			&core.TextField{Name: "column", Required: true, Pattern: `^[A-Z]\d{4}$`},
			&core.TextField{Name: "title", Max: 200, Presentable: true}, // of the newest version
			&core.SelectField{Name: "state", MaxSelect: 1, Required: true, Values: []string{"draft", "published", "withdrawn"}},
			&core.TextField{Name: "index_number", Max: 60},
			&core.DateField{Name: "published_at"},
			&core.DateField{Name: "first_published_at"},
			&core.DateField{Name: "withdrawn_at"},
			&core.TextField{Name: "withdrawn_reason", Max: 500},
			&core.TextField{Name: "checked_on", Pattern: datePattern},
			&core.RelationField{Name: "author", CollectionId: staff.Id, MaxSelect: 1},
			&core.TextField{Name: "import_key", Max: 64, Hidden: true},
		)
		timestamps(c)
		c.AddIndex("idx_articles_index_number", true, "index_number", "index_number != ''")
		c.AddIndex("idx_articles_import_key", true, "import_key", "import_key != ''")
		c.AddIndex("idx_articles_column", false, "school, `column`, state, published_at, id", "")
		c.AddIndex("idx_articles_school", false, "school, state, published_at, id", "")
		c.AddIndex("idx_articles_everywhere", false, "`column`, state, published_at, id", "")
		c.AddIndex("idx_articles_newest", false, "state, published_at, id", "")
		c.ListRule, c.ViewRule = rule(ofMySchool), rule(ofMySchool)
		// the hook puts the writer's own school on the record
		c.CreateRule = rule(isStaff + ` && @request.auth.school != '' && @request.auth.duties ~ 'editor'`)
		c.DeleteRule = rule(editsSchool) // the hook keeps everything that was ever published
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "articles") })
}
