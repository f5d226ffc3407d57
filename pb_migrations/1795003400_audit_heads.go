package pb_migrations

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The auditors are told the head of the audit every day, and look rows up by
// who did something.
func init() {
	const kind = "audit"
	m.Register(func(app core.App) error {
		return change(app, func(cs []*core.Collection) {
			kinds := cs[0].Fields.GetByName("kind").(*core.SelectField)
			kinds.Values = append(slices.Clone(kinds.Values), kind)
			cs[1].AddIndex("idx_audit_log_actor", false, "actor, number", "")
		}, "notifications", "audit_log")
	}, func(app core.App) error {
		if _, err := app.DB().NewQuery("DELETE FROM notifications WHERE kind = 'audit'").Execute(); err != nil {
			return err
		}
		return change(app, func(cs []*core.Collection) {
			kinds := cs[0].Fields.GetByName("kind").(*core.SelectField)
			kinds.Values = slices.DeleteFunc(slices.Clone(kinds.Values), func(v string) bool { return v == kind })
			cs[1].RemoveIndex("idx_audit_log_actor")
		}, "notifications", "audit_log")
	})
}
