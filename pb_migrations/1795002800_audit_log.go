package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The audit: every action of staff and superusers, each row chained to the one
// before by its hash (GB/T 22239 安全审计). The triggers refuse change and
// deletion to every program that opens the database, the SQL console included.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("audit_log")
		c.Fields.Add(
			&core.NumberField{Name: "number", OnlyInt: true, Required: true},
			&core.TextField{Name: "at", Required: true, Max: 30},
			&core.TextField{Name: "actor", Max: 40}, // staff/…, _superusers/…, or server
			&core.TextField{Name: "actor_name", Max: 100},
			&core.TextField{Name: "via", Max: 20},
			&core.TextField{Name: "action", Required: true, Max: 60},
			&core.TextField{Name: "collection", Max: 60},
			&core.TextField{Name: "record", Max: 60},
			&core.TextField{Name: "detail", Max: 8000},
			&core.TextField{Name: "address", Max: 60},
			&core.TextField{Name: "previous", Max: 64},
			&core.TextField{Name: "hash", Required: true, Max: 64},
		)
		c.AddIndex("idx_audit_log_number", true, "number", "")
		c.AddIndex("idx_audit_log_record", false, "record", "")
		c.ListRule = rule(ofTheBureau + ` && @request.auth.acts_as ~ '"auditor"'`)
		c.ViewRule = c.ListRule
		if err := app.Save(c); err != nil {
			return err
		}
		for _, q := range []string{
			"CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
			"CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
		} {
			if _, err := app.DB().NewQuery(q).Execute(); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		for _, q := range []string{"DROP TRIGGER audit_log_no_update", "DROP TRIGGER audit_log_no_delete"} {
			if _, err := app.DB().NewQuery(q).Execute(); err != nil {
				return err
			}
		}
		return dropAll(app, "audit_log")
	})
}
