package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A frozen year is final in the database too. The index finds the few requests
// whose tables need their steps: those with a complaint or a supplementary answer.
func init() {
	m.Register(func(app core.App) error {
		for _, sql := range []string{
			"CREATE TRIGGER foi_tables_no_update BEFORE UPDATE ON foi_tables BEGIN SELECT RAISE(ABORT, 'a frozen table is final'); END",
			"CREATE TRIGGER foi_tables_no_delete BEFORE DELETE ON foi_tables BEGIN SELECT RAISE(ABORT, 'a frozen table is final'); END",
		} {
			if _, err := app.DB().NewQuery(sql).Execute(); err != nil {
				return err
			}
		}
		return change(app, func(cs []*core.Collection) {
			cs[0].AddIndex("idx_foi_steps_after", false, "action, request", "action = 'supplement' OR action = 'complain' OR action = 'decide'")
		}, "foi_steps")
	}, func(app core.App) error {
		for _, name := range []string{"foi_tables_no_update", "foi_tables_no_delete"} {
			if _, err := app.DB().NewQuery("DROP TRIGGER " + name).Execute(); err != nil {
				return err
			}
		}
		return change(app, func(cs []*core.Collection) { cs[0].RemoveIndex("idx_foi_steps_after") }, "foi_steps")
	})
}
