package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// How often visitors found an article helpful or not, had the same question, took
// its form. Sums only: nothing is kept of who said it or when.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("article_counts")
		if err := with(app, c, map[string]string{"article": "articles"}); err != nil {
			return err
		}
		article := c.Fields.GetByName("article").(*core.RelationField)
		article.Required, article.CascadeDelete = true, true
		kind := one("kind", "helpful", "unhelpful", "same_question", "download")
		kind.Required = true
		c.Fields.Add(kind, &core.NumberField{Name: "n", OnlyInt: true})
		c.AddIndex("idx_article_counts_once", true, "article, kind", "")
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "article_counts") })
}
