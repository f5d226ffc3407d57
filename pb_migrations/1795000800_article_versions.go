package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A version is one exact text with its files. It may be written on until a step
// takes it; then it is frozen, and a change is a new version.
func init() {
	m.Register(func(app core.App) error {
		articles, err := app.FindCollectionByNameOrId("articles")
		if err != nil {
			return err
		}
		attachments, err := app.FindCollectionByNameOrId("attachments")
		if err != nil {
			return err
		}
		staff, err := app.FindCollectionByNameOrId("staff")
		if err != nil {
			return err
		}
		c := core.NewBaseCollection("article_versions")
		c.Fields.Add(
			&core.RelationField{Name: "article", CollectionId: articles.Id, MaxSelect: 1, Required: true, CascadeDelete: true},
			&core.NumberField{Name: "number", OnlyInt: true},
			&core.BoolField{Name: "frozen"},
			&core.TextField{Name: "title", Max: 200},
			&core.TextField{Name: "source", Max: 100},
			&core.TextField{Name: "doc_number", Max: 100},
			&core.TextField{Name: "created_on", Pattern: datePattern},
			&core.TextField{Name: "valid_until", Pattern: datePattern},
			&core.TextField{Name: "summary", Max: 200},
			&core.JSONField{Name: "facts", MaxSize: 200000},
			&core.RelationField{Name: "attachments", CollectionId: attachments.Id, MaxSelect: 50},
			&core.RelationField{Name: "author", CollectionId: staff.Id, MaxSelect: 1},
			&core.TextField{Name: "hash", Max: 64},
			&core.TextField{Name: "body", Max: 1 << 20}, // last, so that lists need not read past it
		)
		timestamps(c)
		c.AddIndex("idx_article_versions_number", true, "article, number", "")
		c.AddIndex("idx_article_versions_open", true, "article", "frozen = FALSE")
		c.ListRule, c.ViewRule = rule(articleOfMySchool), rule(articleOfMySchool)
		c.CreateRule, c.UpdateRule = rule(editsArticleOfSchool), rule(editsArticleOfSchool)
		if err := app.Save(c); err != nil {
			return err
		}
		articles.Fields.Add(&core.RelationField{Name: "published", CollectionId: c.Id, MaxSelect: 1})
		return app.Save(articles)
	}, func(app core.App) error {
		articles, err := app.FindCollectionByNameOrId("articles")
		if err != nil {
			return err
		}
		articles.Fields.RemoveByName("published")
		if err := app.Save(articles); err != nil {
			return err
		}
		return dropAll(app, "article_versions")
	})
}
