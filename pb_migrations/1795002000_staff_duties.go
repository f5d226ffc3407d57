package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Staff are administered in the workbench: by the account managers (admin) of
// their school or of the bureau. acts_as is derived: a person's own duties and
// those they stand in for today. Nobody is deleted; who leaves is deactivated.
// Reviewers and everybody at the bureau sign in with a second factor, except in
// a demonstration district, which sends no mail.
func init() {
	const secondFactor = `@collection.districts.demo ?= false && (school = '' || duties ~ '"reviewer"' || duties ~ '"secrecy_reviewer"'` +
		` || duties ~ '"principal"' || duties ~ '"admin"')`
	m.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("staff")
		if err != nil {
			return err
		}
		c.Fields.GetByName("duties").(*core.SelectField).Values = duties
		c.Fields.GetByName("duties").(*core.SelectField).MaxSelect = len(duties)
		c.Fields.Add(
			&core.SelectField{Name: "acts_as", MaxSelect: len(duties), Values: duties},
			&core.DateField{Name: "deactivated_at"},
			&core.DateField{Name: "invited_at"},
		)
		c.OTP.Enabled, c.OTP.Length, c.OTP.Duration = true, 6, 300
		c.MFA.Enabled, c.MFA.Duration, c.MFA.Rule = true, 600, secondFactor
		c.PasswordResetToken.Duration = 24 * 3600 // an invitation is answered the next morning
		c.AuthRule = rule(`deactivated_at = ''`)
		c.ListRule = rule(`id = @request.auth.id || (` + isStaff + ` && school != '' && school = @request.auth.school) || (` + ofTheBureau + `)`)
		c.ViewRule = c.ListRule
		c.UpdateRule = rule(managesStaff + ` && (@request.auth.school = '' || school = @request.auth.school)`)
		c.ManageRule = c.UpdateRule
		if err := app.Save(c); err != nil {
			return err
		}
		_, err = app.DB().NewQuery("UPDATE staff SET acts_as = duties").Execute()
		return err
	}, func(app core.App) error {
		return change(app, func(cs []*core.Collection) {
			c := cs[0]
			c.OTP.Enabled, c.MFA.Enabled, c.MFA.Rule = false, false, ""
			c.AuthRule = rule("")
			c.ListRule, c.ViewRule = rule(`id = @request.auth.id`), rule(`id = @request.auth.id`)
			c.UpdateRule, c.ManageRule = nil, nil
			for _, f := range []string{"acts_as", "deactivated_at", "invited_at"} {
				c.Fields.RemoveByName(f)
			}
		}, "staff")
	})
}
