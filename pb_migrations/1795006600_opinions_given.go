package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Opinions given to a call (意见征集), which is an article. Nothing is kept of who gave one. What they wrote may tell of
// people all the same: it is sealed. Only the server reads and writes them.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("opinions_given")
		if err := with(app, c, map[string]string{"article": "articles"}); err != nil {
			return err
		}
		c.Fields.GetByName("article").(*core.RelationField).Required = true
		c.Fields.Add(
			&core.TextField{Name: "choice", Max: 60},                             // the option in words; "" is none
			&core.TextField{Name: "text", Max: 60000, Hidden: true},              // sealed
			&core.TextField{Name: "form", Required: true, Max: 64, Hidden: true}, // fingerprint of the form that was sent: a resend is the same opinion
			&core.DateField{Name: "at", Required: true},
		)
		c.AddIndex("idx_opinions_given_form", true, "form", "")
		c.AddIndex("idx_opinions_given_article", false, "article, choice", "")
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "opinions_given") })
}
