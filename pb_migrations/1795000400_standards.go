package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The column standard (栏目设置标准): versions, and the columns of each.
func init() {
	m.Register(func(app core.App) error {
		s := core.NewBaseCollection("standards")
		s.Fields.Add(
			&core.TextField{Name: "version", Required: true, Max: 20, Presentable: true},
			&core.TextField{Name: "name", Required: true, Max: 100},
			&core.TextField{Name: "effective_on", Pattern: datePattern},
			&core.SelectField{Name: "state", MaxSelect: 1, Required: true, Values: []string{"draft", "released"}},
		)
		timestamps(s)
		s.AddIndex("idx_standards_version", true, "version", "")
		s.ListRule, s.ViewRule = rule(isStaff), rule(isStaff)
		if err := app.Save(s); err != nil {
			return err
		}
		c := core.NewBaseCollection("columns")
		c.Fields.Add(
			&core.RelationField{Name: "standard", CollectionId: s.Id, MaxSelect: 1, Required: true},
			&core.TextField{Name: "code", Required: true, Pattern: `^[A-Z](\d{2}){0,2}$`},
			&core.TextField{Name: "parent", Pattern: `^([A-Z](\d{2})?)?$`},
			&core.NumberField{Name: "position", OnlyInt: true},
			&core.TextField{Name: "name", Required: true, Max: 50, Presentable: true},
			&core.SelectField{Name: "branch", MaxSelect: 1, Required: true, Values: []string{"信息公开", "办事服务"}},
			&core.BoolField{Name: "leaf"},
			&core.SelectField{Name: "kind", MaxSelect: 1, Values: []string{
				"page", "list", "structured", "attachment", "qa", "interactive", "synced", "generated"}},
			&core.TextField{Name: "audience", Max: 50},
			&core.SelectField{Name: "stages", MaxSelect: 8, Values: []string{
				"幼儿园", "小学", "初中", "高中", "九年一贯制", "完全中学", "特殊教育", "中等职业"}},
			&core.SelectField{Name: "ownership", MaxSelect: 1, Values: []string{"公办", "民办"}},
			&core.SelectField{Name: "condition", MaxSelect: 1, Values: []string{"meals", "boarding"}},
			&core.NumberField{Name: "tier", OnlyInt: true},
			&core.BoolField{Name: "mandatory"},
			&core.BoolField{Name: "term_only"},
			// -1 where the standard sets none: zero is a limit of its own
			&core.NumberField{Name: "freshness_days", OnlyInt: true},
			&core.NumberField{Name: "min_items_per_year", OnlyInt: true},
			&core.NumberField{Name: "disclose_within_workdays", OnlyInt: true},
			&core.NumberField{Name: "publicity_workdays", OnlyInt: true},
			&core.NumberField{Name: "retention_years", OnlyInt: true},
			&core.JSONField{Name: "required_fields"},
			&core.TextField{Name: "basis", Max: 500},
			&core.TextField{Name: "description", Max: 1000},
		)
		timestamps(c)
		c.AddIndex("idx_columns_code", true, "standard, code", "")
		c.ListRule, c.ViewRule = rule(isStaff), rule(isStaff)
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "columns", "standards") })
}
