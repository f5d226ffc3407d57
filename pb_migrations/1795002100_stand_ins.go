package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A stand-in (代理): somebody fills a colleague's duty from a day until a day.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("stand_ins")
		if err := with(app, c, map[string]string{"school": "schools", "absent": "staff", "stand_in": "staff", "by": "staff"}); err != nil {
			return err
		}
		c.Fields.Add(
			&core.SelectField{Name: "duty", MaxSelect: 1, Required: true, Values: duties[:6]},
			&core.TextField{Name: "from", Required: true, Pattern: datePattern},
			&core.TextField{Name: "until", Required: true, Pattern: datePattern},
			&core.TextField{Name: "reason", Max: 200},
		)
		timestamps(c)
		c.AddIndex("idx_stand_ins_stand_in", false, "stand_in, until", "")
		c.ListRule = rule(isStaff + ` && school = @request.auth.school || ` + ofTheBureau)
		c.ViewRule = c.ListRule
		// the hook puts the school on it and asks who may
		c.CreateRule, c.UpdateRule = rule(isStaff), rule(isStaff+` && (school = @request.auth.school || @request.auth.school = '')`)
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "stand_ins") })
}
