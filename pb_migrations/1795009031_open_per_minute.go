package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A district sets how many requests of open data one address may make in a minute;
// 0 does not limit. A whole school may sit behind one address, and the pages of its
// visitors ask too.
func init() {
	m.Register(func(app core.App) error {
		err := change(app, func(cs []*core.Collection) {
			cs[0].Fields.Add(&core.NumberField{Name: "open_per_minute", OnlyInt: true})
		}, "districts")
		if err != nil {
			return err
		}
		_, err = app.DB().NewQuery("UPDATE districts SET open_per_minute = 6000").Execute()
		return err
	}, func(app core.App) error {
		return change(app, func(cs []*core.Collection) { cs[0].Fields.RemoveByName("open_per_minute") }, "districts")
	})
}
