package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// index_serials holds the last serial of each school, column and year, so that
// an index number (索引号, 条例 art. 12) is never given out twice.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("index_serials")
		c.Fields.Add(
			&core.TextField{Name: "prefix", Required: true, Max: 50}, // school-column-year
			&core.NumberField{Name: "last", OnlyInt: true},
		)
		c.AddIndex("idx_index_serials_prefix", true, "prefix", "")
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "index_serials") })
}
