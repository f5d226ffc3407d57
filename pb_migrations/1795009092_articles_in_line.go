package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Lists over the district read the line of an article from an index that holds it
// whole. Only a query that names its condition is given it (records/list.go).
func init() {
	const line = "idx_articles_line"
	m.Register(func(app core.App) error {
		err := change(app, func(cs []*core.Collection) {
			cs[0].AddIndex(line, false, "state, published_at, id, school, `column`, index_number, published", "published_at != ''")
		}, "articles")
		if err != nil {
			return err
		}
		return analyze(app, "articles")
	}, func(app core.App) error {
		return change(app, func(cs []*core.Collection) { cs[0].RemoveIndex(line) }, "articles")
	})
}
