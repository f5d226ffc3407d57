package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The order of what is newest holds no more than the order. One that held all that a
// list needs drew the lists of a single school and column to it: the planner, which
// sees a sample, took walking through the whole district for the shorter way.
func init() {
	m.Register(func(app core.App) error {
		err := change(app, func(cs []*core.Collection) {
			cs[0].AddIndex("idx_articles_newest", false, "state, published_at, id", "")
		}, "articles")
		if err != nil {
			return err
		}
		return analyze(app, "articles")
	}, nil)
}
