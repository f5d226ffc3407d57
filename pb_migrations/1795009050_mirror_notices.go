package pb_migrations

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A notice of the read-only mirror, for when it cannot be written.
func init() {
	m.Register(func(app core.App) error {
		return change(app, func(cs []*core.Collection) {
			kind := cs[0].Fields.GetByName("kind").(*core.SelectField)
			kind.Values = append(slices.Clone(kind.Values), "mirror")
		}, "notifications")
	}, func(app core.App) error {
		if _, err := app.DB().NewQuery("DELETE FROM notifications WHERE kind = 'mirror'").Execute(); err != nil {
			return err
		}
		return change(app, func(cs []*core.Collection) {
			kind := cs[0].Fields.GetByName("kind").(*core.SelectField)
			kind.Values = slices.DeleteFunc(slices.Clone(kind.Values), func(v string) bool { return v == "mirror" })
		}, "notifications")
	})
}
