package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Staff are the people of the schools and the bureau. They are never superusers.
func init() {
	m.Register(func(app core.App) error {
		schools, err := app.FindCollectionByNameOrId("schools")
		if err != nil {
			return err
		}
		c, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return err
		}
		c.Name = "staff"
		c.Fields.RemoveByName("avatar")
		c.Fields.Add(
			&core.TextField{Name: "name", Required: true, Max: 50, Presentable: true},
			&core.RelationField{Name: "school", CollectionId: schools.Id, MaxSelect: 1},
			// the duties that the procedures name; a person may hold several
			&core.SelectField{Name: "duties", MaxSelect: 7, Values: []string{
				"editor", "reviewer", "secrecy_reviewer", "clerk", "officer", "principal", "supervisor"}},
			&core.NumberField{Name: "failed_sign_ins", OnlyInt: true, Hidden: true},
			&core.DateField{Name: "locked_until", Hidden: true},
			&core.PasswordField{Name: "password", System: true, Hidden: true, Required: true, Min: 10, Max: 71},
		)
		c.OAuth2.Enabled = false
		c.PasswordAuth.IdentityFields = []string{"email"}
		c.AuthToken.Duration = 8 * 3600 // a working day
		c.ListRule, c.ViewRule = rule(`id = @request.auth.id`), rule(`id = @request.auth.id`)
		c.CreateRule, c.UpdateRule, c.DeleteRule = nil, nil, nil // accounts are made in the dashboard
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("staff")
		if err != nil {
			return err
		}
		c.Name = "users"
		for _, f := range []string{"school", "duties", "failed_sign_ins", "locked_until"} {
			c.Fields.RemoveByName(f)
		}
		return app.Save(c)
	})
}
