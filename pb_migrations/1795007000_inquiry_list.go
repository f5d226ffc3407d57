package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The list of letters is read from the newest on, and from an index alone: the
// bureau asks about all units at once.
func init() {
	m.Register(func(app core.App) error {
		return change(app, func(cs []*core.Collection) {
			cs[0].RemoveIndex("idx_inquiries_submitted")
			cs[0].AddIndex("idx_inquiries_list", false, "submitted, unit, state, clock, channel, category, rating, redone, title", "")
		}, "inquiries")
	}, func(app core.App) error {
		return change(app, func(cs []*core.Collection) {
			cs[0].RemoveIndex("idx_inquiries_list")
			cs[0].AddIndex("idx_inquiries_submitted", false, "submitted", "")
		}, "inquiries")
	})
}
