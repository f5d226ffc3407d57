package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A reading by a command gives signs of life: a server tells by them one that was
// killed from one that is slow.
func init() {
	const alive = "alive_at"
	m.Register(func(app core.App) error {
		return change(app, func(cs []*core.Collection) { cs[0].Fields.Add(&core.DateField{Name: alive}) }, "registry_runs")
	}, func(app core.App) error {
		return change(app, func(cs []*core.Collection) { remove(cs[0], alive) }, "registry_runs")
	})
}
