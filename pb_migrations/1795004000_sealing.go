package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Sealing has a row for each data key that personal data may be sealed with. Its
// probe tells whether the key at hand is the one, and nothing of the key: the
// server does not start without the keys of all rows. Only the server writes
// rows, and only the dashboard shows them.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("sealing")
		c.Fields.Add(
			&core.TextField{Name: "key_id", Required: true, Pattern: `^[0-9a-f]{8}$`, Presentable: true},
			&core.TextField{Name: "probe", Required: true, Max: 100},
		)
		timestamps(c)
		c.AddIndex("idx_sealing_key", true, "key_id", "")
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "sealing") })
}
