package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The bureau's figures read again what changed since they were last read.
func init() {
	m.Register(func(app core.App) error {
		return change(app, func(cs []*core.Collection) { cs[0].AddIndex("idx_inquiries_updated", false, "updated", "") }, "inquiries")
	}, func(app core.App) error {
		return change(app, func(cs []*core.Collection) { cs[0].RemoveIndex("idx_inquiries_updated") }, "inquiries")
	})
}
