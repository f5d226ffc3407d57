package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// How far a school is with a batch of drafts is counted in an index alone, also of
// 50,000; what came along is listed in the order in which it came without sorting.
func init() {
	indexes := func(batch, items string) func(core.App) error {
		return func(app core.App) error {
			return change(app, func(cs []*core.Collection) {
				cs[0].RemoveIndex("idx_articles_batch")
				cs[0].AddIndex("idx_articles_batch", false, batch, "batch != ''")
				cs[1].RemoveIndex("idx_import_items_batch")
				cs[1].AddIndex("idx_import_items_batch", false, items, "")
			}, "articles", "import_items")
		}
	}
	m.Register(indexes("batch, state, stage", "batch"), indexes("batch", "batch, id"))
}
