package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// An exemption (豁免) frees one school from one column for a time. It is asked for
// by the school or set by the bureau, and never deleted; what was refused,
// withdrawn or revoked is final.
func init() {
	triggers := map[string]string{
		"exemptions_no_update": "BEFORE UPDATE ON exemptions WHEN OLD.state IN ('refused', 'withdrawn', 'revoked') BEGIN SELECT RAISE(ABORT, 'the exemption is decided'); END",
		"exemptions_no_delete": "BEFORE DELETE ON exemptions BEGIN SELECT RAISE(ABORT, 'an exemption is kept'); END",
	}
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("exemptions")
		if err := with(app, c, map[string]string{"school": "schools", "asked_by": "staff", "decided_by": "staff", "revoked_by": "staff"}); err != nil {
			return err
		}
		c.Fields.GetByName("school").(*core.RelationField).Required = true
		state := one("state", "asked", "approved", "refused", "withdrawn", "revoked")
		state.Required = true
		c.Fields.Add(
			&core.TextField{Name: "column", Required: true, Pattern: `^[A-Z]\d{4}$`},
			state,
			&core.TextField{Name: "reason", Required: true, Max: 500},
			&core.TextField{Name: "from", Required: true, Pattern: datePattern},
			&core.TextField{Name: "until", Required: true, Pattern: datePattern},
			&core.TextField{Name: "asked_by_name", Max: 50},
			&core.DateField{Name: "asked_at"},
			&core.TextField{Name: "decision", Max: 500},
			&core.TextField{Name: "decided_by_name", Max: 50},
			&core.DateField{Name: "decided_at"},
			&core.TextField{Name: "revoked_by_name", Max: 50},
			&core.DateField{Name: "revoked_at"},
			&core.TextField{Name: "revoked_on", Pattern: datePattern}, // from this day on it no longer holds
			&core.TextField{Name: "revoked_reason", Max: 500},
		)
		timestamps(c)
		c.AddIndex("idx_exemptions_school", false, "school, `column`, state", "")
		c.AddIndex("idx_exemptions_state", false, "state, until", "")
		if err := app.Save(c); err != nil {
			return err
		}
		return makeTriggers(app, triggers)
	}, func(app core.App) error {
		if err := dropTriggers(app, triggers); err != nil {
			return err
		}
		return dropAll(app, "exemptions")
	})
}
