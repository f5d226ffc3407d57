package pb_migrations

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Annual reports (信息公开工作年度报告): what a school publishes in a year by column
// group as it was frozen, the text of a report, and its steps. Frozen tables and
// steps are final; a report is kept. Only the server writes them.
func init() {
	triggers := map[string]string{
		"annual_tables_no_update":  "BEFORE UPDATE ON annual_tables BEGIN SELECT RAISE(ABORT, 'a frozen table is final'); END",
		"annual_tables_no_delete":  "BEFORE DELETE ON annual_tables BEGIN SELECT RAISE(ABORT, 'a frozen table is final'); END",
		"annual_steps_no_update":   "BEFORE UPDATE ON annual_steps BEGIN SELECT RAISE(ABORT, 'a step is final'); END",
		"annual_steps_no_delete":   "BEFORE DELETE ON annual_steps BEGIN SELECT RAISE(ABORT, 'a step is final'); END",
		"annual_reports_no_delete": "BEFORE DELETE ON annual_reports BEGIN SELECT RAISE(ABORT, 'a report is kept'); END",
	}
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{annualTables, annualReports, annualSteps} {
			if err := make(app); err != nil {
				return err
			}
		}
		for name, body := range triggers {
			if _, err := app.DB().NewQuery("CREATE TRIGGER " + name + " " + body).Execute(); err != nil {
				return err
			}
		}
		return change(app, func(cs []*core.Collection) {
			kind := cs[0].Fields.GetByName("kind").(*core.SelectField)
			kind.Values = append(slices.Clone(kind.Values), "annual")
		}, "notifications")
	}, func(app core.App) error {
		for name := range triggers {
			if _, err := app.DB().NewQuery("DROP TRIGGER " + name).Execute(); err != nil {
				return err
			}
		}
		if _, err := app.DB().NewQuery("DELETE FROM notifications WHERE kind = 'annual'").Execute(); err != nil {
			return err
		}
		err := change(app, func(cs []*core.Collection) {
			kind := cs[0].Fields.GetByName("kind").(*core.SelectField)
			kind.Values = slices.DeleteFunc(slices.Clone(kind.Values), func(v string) bool { return v == "annual" })
		}, "notifications")
		if err != nil {
			return err
		}
		return dropAll(app, "annual_steps", "annual_reports", "annual_tables")
	})
}

// annualTables: 表2-校 of a year of a school as it was on the day it was frozen.
func annualTables(app core.App) error {
	c := core.NewBaseCollection("annual_tables")
	if err := with(app, c, map[string]string{"school": "schools"}); err != nil {
		return err
	}
	c.Fields.GetByName("school").(*core.RelationField).Required = true
	c.Fields.Add(&core.NumberField{Name: "year", OnlyInt: true, Required: true}, &core.JSONField{Name: "groups", MaxSize: 100000},
		&core.TextField{Name: "by_name", Max: 50})
	timestampsOfFinal(c)
	c.AddIndex("idx_annual_tables_year", true, "school, year", "")
	return app.Save(c)
}

// annualReports: the text of a school's report, or without a school the district's.
func annualReports(app core.App) error {
	c := core.NewBaseCollection("annual_reports")
	if err := with(app, c, map[string]string{"school": "schools", "article": "articles"}); err != nil {
		return err
	}
	c.Fields.Add(
		&core.NumberField{Name: "year", OnlyInt: true, Required: true, Presentable: true},
		&core.JSONField{Name: "texts", MaxSize: 300000}, // section → text
		&core.JSONField{Name: "writers", MaxSize: 4000}, // who wrote in it, the last one last
		&core.BoolField{Name: "changed"},                // its text, since the last step
	)
	timestamps(c)
	c.AddIndex("idx_annual_reports_year", true, "school, year", "")
	c.AddIndex("idx_annual_reports_article", true, "article", "article != ''")
	return app.Save(c)
}

func annualSteps(app core.App) error {
	c := core.NewBaseCollection("annual_steps")
	if err := with(app, c, map[string]string{"report": "annual_reports", "by": "staff", "for": "staff"}); err != nil {
		return err
	}
	c.Fields.GetByName("report").(*core.RelationField).Required = true
	c.Fields.Add(
		&core.SelectField{Name: "action", MaxSelect: 1, Required: true, Values: []string{"present", "return", "sign"}},
		&core.TextField{Name: "reason", Max: 500},
		&core.TextField{Name: "by_name", Max: 50}, &core.TextField{Name: "for_name", Max: 50},
		&core.JSONField{Name: "texts", MaxSize: 300000},                                   // what was presented, returned or signed
		&core.TextField{Name: "version", Max: 15}, &core.TextField{Name: "hash", Max: 64}, // sign: the exact text that went to review
		&core.TextField{Name: "foi_table", Max: 15}, &core.TextField{Name: "group_table", Max: 15}, // sign: the frozen tables in it
		&core.DateField{Name: "at"},
	)
	timestampsOfFinal(c)
	c.AddIndex("idx_annual_steps_report", false, "report", "")
	return app.Save(c)
}
