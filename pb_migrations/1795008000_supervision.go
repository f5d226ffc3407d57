package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What was measured of each school at the end of each day (每日快照), and its sum
// over the district. A snapshot is never changed and never counted again: what a
// school was told then can be seen for ever. With it come the two things that the
// measuring must know and nobody had written down: the school vacations of the
// district, and that somebody has checked a whole column (核对确认).
func init() {
	triggers := []struct{ name, sql string }{
		{"school_days_no_update", "BEFORE UPDATE ON school_days BEGIN SELECT RAISE(ABORT, 'a snapshot is final'); END"},
		{"school_days_no_delete", "BEFORE DELETE ON school_days BEGIN SELECT RAISE(ABORT, 'a snapshot is final'); END"},
		{"district_days_no_update", "BEFORE UPDATE ON district_days BEGIN SELECT RAISE(ABORT, 'a snapshot is final'); END"},
		{"district_days_no_delete", "BEFORE DELETE ON district_days BEGIN SELECT RAISE(ABORT, 'a snapshot is final'); END"},
		{"column_checks_no_update", "BEFORE UPDATE ON column_checks BEGIN SELECT RAISE(ABORT, 'a check is final'); END"},
		{"column_checks_no_delete", "BEFORE DELETE ON column_checks BEGIN SELECT RAISE(ABORT, 'a check is final'); END"},
	}
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{schoolDays, districtDays, vacations, columnChecks} {
			if err := make(app); err != nil {
				return err
			}
		}
		for _, t := range triggers {
			if _, err := app.DB().NewQuery("CREATE TRIGGER " + t.name + " " + t.sql).Execute(); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		for _, t := range triggers {
			if _, err := app.DB().NewQuery("DROP TRIGGER " + t.name).Execute(); err != nil {
				return err
			}
		}
		return dropAll(app, "school_days", "district_days", "vacations", "column_checks")
	})
}

func schoolDays(app core.App) error {
	c := core.NewBaseCollection("school_days")
	if err := with(app, c, map[string]string{"school": "schools"}); err != nil {
		return err
	}
	c.Fields.Add(
		day("day"),
		&core.TextField{Name: "standard", Max: 20},       // version that was in force
		&core.TextField{Name: "columns", Max: 5000},      // see compliance.Encode
		&core.JSONField{Name: "figures", MaxSize: 20000}, // see package figures
		&core.NumberField{Name: "score", OnlyInt: true},  // tenths of a point of the card
		&core.TextField{Name: "vetoes", Max: 100},        // "V3 V5"
		&core.JSONField{Name: "lines", MaxSize: 20000},   // of the card, without their evidence
		&core.DateField{Name: "made_at", Required: true}, // later than the day if the server was off that night
	)
	c.AddIndex("idx_school_days_one", true, "school, day", "")
	c.AddIndex("idx_school_days_day", false, "day", "")
	return app.Save(c)
}

func districtDays(app core.App) error {
	c := core.NewBaseCollection("district_days")
	c.Fields.Add(
		day("day"),
		&core.TextField{Name: "standard", Max: 20},
		&core.NumberField{Name: "schools", OnlyInt: true}, // measured
		&core.JSONField{Name: "figures", MaxSize: 20000},
		&core.DateField{Name: "made_at", Required: true},
	)
	c.AddIndex("idx_district_days_day", true, "day", "")
	return app.Save(c)
}

// vacations of the district's schools: clocks of columns that live by the school
// year stand still in them.
func vacations(app core.App) error {
	c := core.NewBaseCollection("vacations")
	c.Fields.Add(
		&core.TextField{Name: "name", Required: true, Max: 30, Presentable: true},
		&core.TextField{Name: "from", Required: true, Pattern: datePattern},
		&core.TextField{Name: "until", Required: true, Pattern: datePattern},
	)
	timestamps(c)
	c.AddIndex("idx_vacations_from", true, "`from`", "")
	c.ListRule, c.ViewRule = rule(isStaff), rule(isStaff)
	c.CreateRule, c.UpdateRule, c.DeleteRule = rule(supervises), rule(supervises), rule(supervises)
	return app.Save(c)
}

// columnChecks: a named person has checked a column and nothing had changed. It
// starts the clock of the column again and changes no date of publication.
func columnChecks(app core.App) error {
	c := core.NewBaseCollection("column_checks")
	if err := with(app, c, map[string]string{"school": "schools", "by": "staff"}); err != nil {
		return err
	}
	c.Fields.Add(
		&core.TextField{Name: "column", Required: true, Pattern: `^[A-Z]\d{4}$`},
		day("on"),
		&core.AutodateField{Name: "created", OnCreate: true},
	)
	c.AddIndex("idx_column_checks_one", true, "school, `column`, `on`", "")
	c.ListRule, c.ViewRule = rule(isStaff+` && (school = @request.auth.school || @request.auth.school = '')`), rule(isStaff+` && (school = @request.auth.school || @request.auth.school = '')`)
	c.CreateRule = rule(isStaff + ` && @request.auth.school != '' && ` + actsEditor)
	return app.Save(c)
}
