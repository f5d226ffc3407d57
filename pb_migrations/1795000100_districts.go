package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// districts has one record: what the platform says about itself.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("districts")
		c.Fields.Add(
			&core.TextField{Name: "code", Required: true, Pattern: `^\d{6}$`}, // 行政区划代码
			&core.TextField{Name: "name", Required: true, Max: 50},
			&core.TextField{Name: "site_name", Required: true, Max: 100},
			&core.TextField{Name: "host", Max: 100},
			&core.TextField{Name: "operator", Max: 100},
			&core.TextField{Name: "contact", Max: 100},
			&core.TextField{Name: "address", Max: 200},
			&core.TextField{Name: "icp_number", Max: 50},
			&core.TextField{Name: "police_number", Max: 50},
			&core.TextField{Name: "site_id_code", Max: 20},
			&core.TextField{Name: "privacy_statement", Max: 20000},
			&core.NumberField{Name: "search_per_minute", OnlyInt: true},
			&core.BoolField{Name: "demo"},
		)
		timestamps(c)
		if err := app.Save(c); err != nil {
			return err
		}
		r := core.NewRecord(c)
		r.Load(map[string]any{
			"id": "district0000000", "code": "000000", "name": "本区", "site_name": "中小学信息公开与办事服务平台", "search_per_minute": 60,
			"privacy_statement": "本平台公开浏览和检索无需登录，不使用跟踪技术，不向第三方提供访问记录。\n服务器访问日志仅用于安全审计，保存不少于六个月，到期自动删除。\n如发现页面含有个人信息，请按页面下方的联系方式告知，我们将及时核实处理。",
		})
		return app.Save(r)
	}, func(app core.App) error { return dropAll(app, "districts") })
}
