package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A district sets how many applications and letters one address may send in an
// hour; 0 does not limit. A whole school may sit behind one address.
func init() {
	m.Register(func(app core.App) error {
		err := change(app, func(cs []*core.Collection) {
			cs[0].Fields.Add(&core.NumberField{Name: "filings_per_hour", OnlyInt: true})
		}, "districts")
		if err != nil {
			return err
		}
		_, err = app.DB().NewQuery("UPDATE districts SET filings_per_hour = 60").Execute()
		return err
	}, func(app core.App) error {
		return change(app, func(cs []*core.Collection) { cs[0].Fields.RemoveByName("filings_per_hour") }, "districts")
	})
}
