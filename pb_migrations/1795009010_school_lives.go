package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A school has a life: it is opened, renamed, merged, split, closed and opened
// again. Its row is never deleted; once merged or closed it names its successors
// and its last day. What is corrected here and differs from the registry is a
// row of its own: the value before, why, by whom; what was withdrawn, refused or
// taken over by the registry is final.
func init() {
	triggers := map[string]string{
		"schools_no_delete_of_ended": "BEFORE DELETE ON schools WHEN OLD.status IN ('merged', 'closed') BEGIN SELECT RAISE(ABORT, 'a school that ended keeps its pages'); END",
		"school_corrections_final":   "BEFORE UPDATE ON school_corrections WHEN OLD.state IN ('taken', 'withdrawn', 'refused') BEGIN SELECT RAISE(ABORT, 'the correction is decided'); END",
		"school_corrections_kept":    "BEFORE DELETE ON school_corrections BEGIN SELECT RAISE(ABORT, 'a correction is kept'); END",
	}
	m.Register(func(app core.App) error {
		successors, err := relation(app, "successors", "schools", 20)
		if err != nil {
			return err
		}
		err = change(app, func(cs []*core.Collection) {
			cs[0].Fields.Add(
				&core.TextField{Name: "registry_id", Max: 100},
				&core.TextField{Name: "credit_code", Pattern: `^([0-9A-HJ-NPQRTUWXY]{18})?$`},
				&core.TextField{Name: "level", Max: 50},
				&core.TextField{Name: "principal", Max: 50},
				&core.TextField{Name: "postcode", Pattern: `^(\d{6})?$`},
				day("opened_on"), day("ended_on"), successors,
				&core.JSONField{Name: "origins"}, // field → registry or hand; a correction has a row of its own
			)
			// the registry may give the id of a school that ended to another one
			cs[0].AddIndex("idx_schools_registry_id", true, "registry_id", "registry_id != '' AND status != 'merged' AND status != 'closed'")
		}, "schools")
		if err != nil {
			return err
		}
		c := core.NewBaseCollection("school_corrections")
		if err := with(app, c, map[string]string{"school": "schools", "by": "staff", "decided_by": "staff"}); err != nil {
			return err
		}
		c.Fields.GetByName("school").(*core.RelationField).Required = true
		state := one("state", "proposed", "refused", "active", "taken", "withdrawn")
		state.Required = true
		c.Fields.Add(
			&core.TextField{Name: "field", Required: true, Max: 30},
			&core.TextField{Name: "value", Max: 2000}, &core.TextField{Name: "was", Max: 2000}, // was: what the registry says, last heard
			&core.TextField{Name: "reason", Required: true, Max: 500},
			&core.TextField{Name: "by_name", Max: 50}, &core.DateField{Name: "at"}, state,
			&core.TextField{Name: "decided_by_name", Max: 50}, &core.DateField{Name: "decided_at"}, &core.TextField{Name: "decision", Max: 500},
		)
		timestamps(c)
		c.AddIndex("idx_school_corrections_active", true, "school, field", "state = 'active'")
		c.AddIndex("idx_school_corrections_state", false, "state, school", "")
		if err := app.Save(c); err != nil {
			return err
		}
		return makeTriggers(app, triggers)
	}, func(app core.App) error {
		if err := dropTriggers(app, triggers); err != nil {
			return err
		}
		if err := dropAll(app, "school_corrections"); err != nil {
			return err
		}
		return change(app, func(cs []*core.Collection) {
			cs[0].RemoveIndex("idx_schools_registry_id")
			for _, f := range []string{"registry_id", "credit_code", "level", "principal", "postcode", "opened_on", "ended_on", "successors", "origins"} {
				cs[0].Fields.RemoveByName(f)
			}
		}, "schools")
	})
}
