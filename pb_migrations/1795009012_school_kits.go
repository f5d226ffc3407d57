package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What was laid out for a new school, so that it can be told and taken back.
func init() {
	m.Register(func(app core.App) error {
		return change(app, func(cs []*core.Collection) { cs[0].Fields.Add(&core.JSONField{Name: "kit", MaxSize: 4000}) }, "schools")
	}, func(app core.App) error {
		return change(app, func(cs []*core.Collection) { cs[0].Fields.RemoveByName("kit") }, "schools")
	})
}
