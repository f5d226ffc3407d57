package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A notification tells one person of one event, once: the key names the event.
// Mail follows from it; mailed_at is set before a mail goes out, so that a
// crash cannot send it twice.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("notifications")
		staff, err := relation(app, "staff", "staff", 1)
		if err != nil {
			return err
		}
		staff.Required, staff.CascadeDelete = true, true
		c.Fields.Add(staff,
			&core.TextField{Name: "key", Required: true, Max: 120},
			&core.SelectField{Name: "kind", MaxSelect: 1, Required: true, Values: []string{
				"to_review", "returned", "published", "withheld", "withdrawn", "finding", "broadcast", "stand_in", "concluded"}},
			&core.TextField{Name: "title", Required: true, Max: 300, Presentable: true},
			&core.TextField{Name: "link", Max: 200}, // path in the workbench
			&core.BoolField{Name: "urgent"},
			&core.DateField{Name: "read_at"},
			&core.DateField{Name: "mailed_at", Hidden: true},
		)
		timestamps(c)
		c.AddIndex("idx_notifications_event", true, "staff, `key`", "")
		c.AddIndex("idx_notifications_unmailed", false, "mailed_at, staff", "mailed_at = ''")
		mine := isStaff + ` && staff = @request.auth.id`
		c.ListRule, c.ViewRule, c.UpdateRule = rule(mine), rule(mine), rule(mine) // the hook lets only read_at change
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "notifications") })
}
