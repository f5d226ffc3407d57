package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Two folders may each have a file of the same name, and both may be moving in: a batch
// belongs to the source whose items it holds, not to its name.
func init() {
	const arriving = "idx_import_batches_arriving"
	index := func(unique bool) func(core.App) error {
		return func(app core.App) error {
			return change(app, func(cs []*core.Collection) {
				cs[0].RemoveIndex(arriving)
				cs[0].AddIndex(arriving, unique, "school, source", "state = 'arriving'")
			}, "import_batches")
		}
	}
	m.Register(index(false), index(true))
}
