package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A snapshot also holds what schools that have ended counted in the years they lived
// in: their totals, without a state, a card or columns.
func init() {
	m.Register(func(app core.App) error {
		return change(app, func(cs []*core.Collection) {
			cs[0].Fields.Add(&core.BoolField{Name: "ended"})
		}, "school_days")
	}, func(app core.App) error {
		return change(app, func(cs []*core.Collection) { cs[0].Fields.RemoveByName("ended") }, "school_days")
	})
}
