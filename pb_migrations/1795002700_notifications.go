package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A notification tells one person of one event, once: the key names the event.
// Mail follows from it. A mail is a record of its own, one for what it is about
// (a day's digest, one urgent event): it is made, and what it tells is marked
// with mailed_at, before the mail goes out, so that a crash cannot send it
// twice. What became of it stands in its state and error, for the dashboard.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("notifications")
		staff, err := relation(app, "staff", "staff", 1)
		if err != nil {
			return err
		}
		staff.Required, staff.CascadeDelete = true, true
		mail, err := mails(app)
		if err != nil {
			return err
		}
		c.Fields.Add(staff,
			&core.TextField{Name: "key", Required: true, Max: 120},
			&core.SelectField{Name: "kind", MaxSelect: 1, Required: true, Values: []string{
				"to_review", "returned", "published", "withheld", "withdrawn", "finding", "broadcast", "stand_in", "concluded"}},
			&core.TextField{Name: "title", Required: true, Max: 300, Presentable: true},
			&core.TextField{Name: "link", Max: 200}, // path in the workbench
			&core.BoolField{Name: "urgent"},
			&core.DateField{Name: "read_at"},
			&core.DateField{Name: "mailed_at", Hidden: true},
			&core.RelationField{Name: "mail", CollectionId: mail.Id, MaxSelect: 1, Hidden: true},
		)
		timestamps(c)
		c.AddIndex("idx_notifications_event", true, "staff, `key`", "")
		c.AddIndex("idx_notifications_unmailed", false, "mailed_at, staff", "mailed_at = ''")
		mine := isStaff + ` && staff = @request.auth.id`
		c.ListRule, c.ViewRule, c.UpdateRule = rule(mine), rule(mine), rule(mine) // the hook lets only read_at change
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "notifications", "mails") })
}

// mails are those of the platform to its staff. Only the server writes them, and
// only the dashboard shows them.
func mails(app core.App) (*core.Collection, error) {
	c := core.NewBaseCollection("mails")
	staff, err := relation(app, "staff", "staff", 1)
	if err != nil {
		return nil, err
	}
	staff.CascadeDelete = true
	c.Fields.Add(staff, // nobody: the round of a day's digests is done
		&core.TextField{Name: "key", Required: true, Max: 120, Presentable: true},
		&core.SelectField{Name: "kind", MaxSelect: 1, Required: true, Values: []string{"digest", "urgent", "round"}},
		// sending; sent; refused by the mail server and to be tried again; failed for good; unknown: it may have arrived,
		// so it is not sent again; skipped: there is no mail server, or nothing left to say
		&core.SelectField{Name: "state", MaxSelect: 1, Required: true, Values: []string{"sending", "sent", "refused", "failed", "unknown", "skipped"}},
		&core.NumberField{Name: "tries", OnlyInt: true},
		&core.DateField{Name: "at"},      // of the last try
		&core.DateField{Name: "next_at"}, // of the next one, if it was refused
		&core.TextField{Name: "error", Max: 500},
	)
	timestamps(c)
	c.AddIndex("idx_mails_once", true, "staff, `key`", "")
	c.AddIndex("idx_mails_open", false, "state, next_at", "state = 'sending' OR state = 'refused'")
	return c, app.Save(c)
}
