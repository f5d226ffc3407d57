package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A preview link shows one version to whoever has it, for 24 hours. Only the
// hash of its token is kept.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("preview_links")
		version, err := relation(app, "version", "article_versions", 1)
		if err != nil {
			return err
		}
		version.Required, version.CascadeDelete = true, true
		c.Fields.Add(version)
		if err := with(app, c, map[string]string{"by": "staff"}); err != nil {
			return err
		}
		c.Fields.Add(
			&core.TextField{Name: "token_hash", Required: true, Max: 64, Hidden: true},
			&core.DateField{Name: "expires_at", Required: true},
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		c.AddIndex("idx_preview_links_token", true, "token_hash", "")
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "preview_links") })
}
