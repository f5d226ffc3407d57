package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What a broadcast carries beside its text, and what became of it: which schools
// do not take it and why, and when the others were last reminded. Only the
// server writes the latter two.
func init() {
	m.Register(func(app core.App) error {
		return change(app, func(cs []*core.Collection) {
			cs[0].Fields.Add(
				&core.JSONField{Name: "facts", MaxSize: 200000},
				&core.JSONField{Name: "file_names", MaxSize: 10000}, // [{stored, name, size}]: the names people know the files by
				&core.JSONField{Name: "declines", MaxSize: 2 << 20}, // [{school, reason, by_name, at}]
				&core.TextField{Name: "reminded_on", Pattern: datePattern},
			)
		}, "broadcasts")
	}, func(app core.App) error {
		return change(app, func(cs []*core.Collection) {
			remove(cs[0], "facts", "file_names", "declines", "reminded_on")
		}, "broadcasts")
	})
}
