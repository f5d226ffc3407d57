package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Templates of answers (答复模板) to letters of a category: the district's for every
// unit, and a school's own. One that is no longer used is deactivated, and stays.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("answer_templates")
		if err := with(app, c, map[string]string{"school": "schools"}); err != nil { // "" is the district
			return err
		}
		category := one("category", inquiryCategories...)
		category.Required = true
		c.Fields.Add(
			category,
			&core.TextField{Name: "title", Required: true, Max: 60, Presentable: true},
			&core.TextField{Name: "text", Required: true, Max: 2000},
			&core.BoolField{Name: "deactivated"},
		)
		timestamps(c)
		c.AddIndex("idx_answer_templates_school", false, "school, category", "")
		c.ListRule = rule(isStaff + ` && (school = '' || ` + ofMySchool + `)`)
		c.ViewRule = c.ListRule
		const actsClerk = `@request.auth.acts_as ~ '"clerk"'`
		// the hook puts the school on it
		c.CreateRule = rule(`(` + isStaff + ` && @request.auth.school != '' && ` + actsClerk + `) || (` + supervises + `)`)
		c.UpdateRule = rule(`(` + ofMySchool + ` && ` + actsClerk + `) || (school = '' && ` + supervises + `)`)
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "answer_templates") })
}
