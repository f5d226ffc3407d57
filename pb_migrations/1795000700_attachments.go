package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

const (
	articleOfMySchool    = isStaff + ` && @request.auth.school != '' && article.school = @request.auth.school`
	editsArticleOfSchool = articleOfMySchool + ` && @request.auth.duties ~ 'editor'`
)

// Attachments (附件). Both files are protected: what is published goes out
// through the public site, which asks whether it is.
func init() {
	m.Register(func(app core.App) error {
		articles, err := app.FindCollectionByNameOrId("articles")
		if err != nil {
			return err
		}
		c := core.NewBaseCollection("attachments")
		c.Fields.Add(
			&core.RelationField{Name: "article", CollectionId: articles.Id, MaxSelect: 1, Required: true, CascadeDelete: true},
			&core.FileField{Name: "file", MaxSelect: 1, Required: true, MaxSize: 20 << 20, Protected: true},
			&core.FileField{Name: "thumb", MaxSelect: 1, MaxSize: 1 << 20, Protected: true},
			&core.TextField{Name: "name", Max: 150, Presentable: true},
			&core.TextField{Name: "alt", Max: 200},
			&core.TextField{Name: "mime", Max: 100},
			&core.TextField{Name: "label", Max: 30},
			&core.NumberField{Name: "size", OnlyInt: true},
			&core.NumberField{Name: "width", OnlyInt: true},
			&core.NumberField{Name: "height", OnlyInt: true},
			&core.TextField{Name: "sha256", Max: 64},
		)
		timestamps(c)
		c.AddIndex("idx_attachments_article", false, "article", "")
		c.ListRule, c.ViewRule = rule(articleOfMySchool), rule(articleOfMySchool)
		c.CreateRule, c.UpdateRule, c.DeleteRule = rule(editsArticleOfSchool), rule(editsArticleOfSchool), rule(editsArticleOfSchool)
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "attachments") })
}
