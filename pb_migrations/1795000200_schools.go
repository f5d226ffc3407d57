package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("schools")
		c.Fields.Add(
			&core.TextField{Name: "code", Required: true, Pattern: `^[0-9A-Za-z]{4,20}$`},
			&core.TextField{Name: "name", Required: true, Max: 100, Presentable: true},
			&core.TextField{Name: "short_name", Max: 50},
			&core.JSONField{Name: "aliases"},
			&core.TextField{Name: "initials", Max: 60},
			&core.SelectField{Name: "stages", Required: true, MaxSelect: 9, Values: []string{
				"幼儿园", "小学", "初中", "高中", "九年一贯制", "十二年一贯制", "完全中学", "特殊教育", "中等职业"}},
			&core.SelectField{Name: "ownership", MaxSelect: 1, Values: []string{"公办", "民办"}},
			&core.BoolField{Name: "meals"},
			&core.BoolField{Name: "boarding"},
			&core.TextField{Name: "town", Max: 50},
			&core.TextField{Name: "address", Max: 200},
			&core.JSONField{Name: "campuses"},
			&core.TextField{Name: "phone", Max: 100},
			&core.URLField{Name: "website"},
			&core.SelectField{Name: "status", MaxSelect: 1, Required: true, Values: []string{"open", "planned", "merged", "closed"}},
			&core.GeoPointField{Name: "location"},
			&core.FileField{Name: "logo", MaxSelect: 1, MaxSize: 2 << 20, Protected: true, MimeTypes: []string{"image/png", "image/jpeg"}},
		)
		timestamps(c)
		c.AddIndex("idx_schools_code", true, "code", "")
		c.AddIndex("idx_schools_name", true, "name", "")
		c.ListRule = rule(isStaff + ` && id = @request.auth.school`)
		c.ViewRule = rule(isStaff + ` && id = @request.auth.school`)
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "schools") })
}
