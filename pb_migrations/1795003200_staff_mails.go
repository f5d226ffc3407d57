package pb_migrations

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The mails of an account, in Chinese; why an account was closed; a limit on
// what sends mail without a sign-in. The second factor follows what somebody
// may do today: who stands in for a reviewer reviews. The bureau, which manages
// accounts of all schools, sees the list of them.
func init() {
	const (
		secondFactor = `@collection.districts.demo ?= false && (school = '' || acts_as ~ '"reviewer"' || acts_as ~ '"secrecy_reviewer"'` +
			` || acts_as ~ '"principal"' || acts_as ~ '"admin"')`
		ownDuties = `@collection.districts.demo ?= false && (school = '' || duties ~ '"reviewer"' || duties ~ '"secrecy_reviewer"'` +
			` || duties ~ '"principal"' || duties ~ '"admin"')`
	)
	limits := []core.RateLimitRule{
		// per address; a whole district may sit behind one
		{Label: "staff:requestOTP", MaxRequests: 30, Duration: 60},
		{Label: "staff:requestPasswordReset", MaxRequests: 10, Duration: 60},
	}
	code := core.EmailTemplate{Subject: "登录验证码 {OTP}", Body: `<p>{RECORD:name}，您好：</p>
<p>您正在登录信息公开工作台，验证码：<strong>{OTP}</strong>，5 分钟内有效。</p>
<p>请勿把验证码告诉任何人，工作人员不会向您索取。</p>
<p>如果不是您本人在登录，说明您的密码可能已泄露，请立即联系账号管理员重置密码。</p>
`}
	forgotten := core.EmailTemplate{Subject: "请重新设置工作台密码", Body: `<p>{RECORD:name}，您好：</p>
<p>有人为您的信息公开工作台账号申请重新设置密码。</p>
<p><a class="btn" href="{APP_URL}/workbench/set-password?token={TOKEN}" target="_blank" rel="noopener">设置新密码</a></p>
<p>如果点不开，请把下面的地址复制到浏览器：<br>{APP_URL}/workbench/set-password?token={TOKEN}</p>
<p>链接 24 小时内有效，只能使用一次，请勿转发。如果不是您本人申请的，不用理会，原密码仍然有效。</p>
`}
	m.Register(func(app core.App) error {
		err := change(app, func(cs []*core.Collection) {
			c := cs[0]
			c.Fields.Add(&core.TextField{Name: "deactivated_reason", Max: 200})
			c.OTP.EmailTemplate, c.ResetPasswordTemplate = code, forgotten
			c.AuthAlert.Enabled = false
			c.MFA.Rule = secondFactor
			schools := cs[1]
			schools.ListRule = rule(isStaff + ` && (id = @request.auth.school || @request.auth.school = '')`)
			schools.ViewRule = schools.ListRule
		}, "staff", "schools")
		if err != nil {
			return err
		}
		// accounts made so far were made in the dashboard, by somebody who knew the
		// address; from now on unverified means that an invitation is not answered
		if _, err := app.DB().NewQuery("UPDATE staff SET verified = TRUE").Execute(); err != nil {
			return err
		}
		s := app.Settings()
		s.RateLimits.Rules = append(slices.Clone(limits), s.RateLimits.Rules...)
		return app.Save(s)
	}, func(app core.App) error {
		s := app.Settings()
		s.RateLimits.Rules = slices.DeleteFunc(s.RateLimits.Rules, func(r core.RateLimitRule) bool {
			return r.Label == limits[0].Label || r.Label == limits[1].Label
		})
		if err := app.Save(s); err != nil {
			return err
		}
		return change(app, func(cs []*core.Collection) {
			cs[0].Fields.RemoveByName("deactivated_reason")
			cs[0].MFA.Rule = ownDuties // the mails stay: PocketBase keeps its own ones to itself
			cs[1].ListRule, cs[1].ViewRule = rule(isStaff+` && id = @request.auth.school`), rule(isStaff+` && id = @request.auth.school`)
		}, "staff", "schools")
	})
}
