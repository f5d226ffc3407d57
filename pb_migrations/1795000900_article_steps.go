package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A step (办理环节) is one action on an article: who did what, when, on which
// exact text. It has no update and no delete rule, and hooks refuse both to
// everybody: the steps are the record.
func init() {
	m.Register(func(app core.App) error {
		articles, err := app.FindCollectionByNameOrId("articles")
		if err != nil {
			return err
		}
		versions, err := app.FindCollectionByNameOrId("article_versions")
		if err != nil {
			return err
		}
		staff, err := app.FindCollectionByNameOrId("staff")
		if err != nil {
			return err
		}
		c := core.NewBaseCollection("article_steps")
		c.Fields.Add(
			&core.RelationField{Name: "article", CollectionId: articles.Id, MaxSelect: 1, Required: true},
			&core.RelationField{Name: "version", CollectionId: versions.Id, MaxSelect: 1},
			&core.SelectField{Name: "action", MaxSelect: 1, Required: true, Values: []string{"publish", "withdraw"}},
			&core.TextField{Name: "reason", Max: 500},
			&core.RelationField{Name: "by", CollectionId: staff.Id, MaxSelect: 1},
			&core.TextField{Name: "hash", Max: 64}, // of the version's text and files
			&core.DateField{Name: "at"},
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		c.AddIndex("idx_article_steps_article", false, "article, at", "")
		c.ListRule, c.ViewRule = rule(articleOfMySchool), rule(articleOfMySchool)
		c.CreateRule = rule(editsArticleOfSchool)
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "article_steps") })
}
