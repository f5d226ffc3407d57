package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The open data lists files by age, changes by the steps that made them, and what
// applications brought to light.
func init() {
	m.Register(func(app core.App) error {
		return change(app, func(cs []*core.Collection) {
			cs[0].AddIndex("idx_attachments_newest", false, "created, id", "")
			cs[1].AddIndex("idx_article_steps_public", false, "at, id",
				"action = 'publish' OR action = 'import' OR action = 'withdraw' OR action = 'take_down'"+
					" OR action = 'conclude' OR action = 'expire' OR action = 'archive' OR action = 'confirm'")
			cs[2].AddIndex("idx_foi_steps_article", false, "article", "action = 'propose_publication'")
		}, "attachments", "article_steps", "foi_steps")
	}, func(app core.App) error {
		return change(app, func(cs []*core.Collection) {
			cs[0].RemoveIndex("idx_attachments_newest")
			cs[1].RemoveIndex("idx_article_steps_public")
			cs[2].RemoveIndex("idx_foi_steps_article")
		}, "attachments", "article_steps", "foi_steps")
	})
}
