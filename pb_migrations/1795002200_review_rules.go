package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Which reviews a column asks for, by column, stage and ownership of the
// school, from a day on. The two-person form is nowhere allowed at the start:
// the bureau allows it, for columns of low risk.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("review_rules")
		if err := with(app, c, map[string]string{"by": "staff"}); err != nil {
			return err
		}
		c.Fields.Add(
			&core.TextField{Name: "column", Pattern: `^([A-Z](\d{2}){0,2})?$`}, // a code or the beginning of one
			&core.SelectField{Name: "stage", MaxSelect: 1, Values: []string{
				"幼儿园", "小学", "初中", "高中", "九年一贯制", "十二年一贯制", "完全中学", "特殊教育", "中等职业"}},
			&core.SelectField{Name: "ownership", MaxSelect: 1, Values: []string{"公办", "民办"}},
			&core.SelectField{Name: "form", MaxSelect: 1, Required: true, Values: []string{"two_person", "standard", "extended"}},
			&core.NumberField{Name: "workdays", OnlyInt: true, Required: true}, // to finish one review
			&core.TextField{Name: "valid_from", Required: true, Pattern: datePattern},
			&core.TextField{Name: "reason", Max: 200},
		)
		timestamps(c)
		c.AddIndex("idx_review_rules_one", true, "`column`, stage, ownership, valid_from", "")
		c.ListRule, c.ViewRule = rule(isStaff), rule(isStaff)
		c.CreateRule = rule(supervises) // never changed: a new rule holds from a later day
		if err := app.Save(c); err != nil {
			return err
		}
		for _, r := range []map[string]any{
			{"form": "standard", "workdays": 2, "valid_from": "2026-01-01", "reason": "一般栏目：初审、保密审查"},
			{"column": "A04", "form": "extended", "workdays": 2, "valid_from": "2026-01-01", "reason": "招生信息须经校长复审"},
			{"column": "A0801", "form": "extended", "workdays": 2, "valid_from": "2026-01-01", "reason": "收费信息须经校长复审"},
			{"column": "A0802", "form": "extended", "workdays": 2, "valid_from": "2026-01-01", "reason": "收费信息须经校长复审"},
			{"column": "A0405", "form": "standard", "workdays": 2, "valid_from": "2026-01-01", "reason": "校园开放日属一般信息"},
		} {
			record := core.NewRecord(c)
			record.Load(r)
			if err := app.Save(record); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error { return dropAll(app, "review_rules") })
}
