package pb_hooks

import (
	"slices"
	"unicode"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// bindStaff: what an account manager may change, which duties a person may hold
// (staff_duties.go), how one signs in (staff_sign_in.go, staff_guesses.go) and
// what a password must be.
func bindStaff(app core.App, p *platform) {
	app.OnRecordCreateRequest(records.Staff).BindFunc(guardNewStaff)
	app.OnRecordUpdateRequest(records.Staff).BindFunc(guardStaff)
	app.OnRecordEnrich(records.Staff).BindFunc(hideReason)
	app.OnRecordUpdate(records.Staff).BindFunc(inTx(p.keepStaffInOrder))
	app.OnRecordValidate(records.Staff).BindFunc(p.checkDuties)
	app.OnRecordValidate(records.Staff).BindFunc(checkPassword)
	bindSignIn(app, p)
}

// Fields of an account that no record request fills, whoever sends it: they
// follow from what was done.
var staffDerived = []string{"acts_as", "deactivated_at", "deactivated_reason", "invited_at", "failed_sign_ins", "locked_until", "signed_in_on"}

// guardNewStaff: accounts are made by an invitation (staff_accounts.go) or, the
// first ones, by a superuser in the dashboard, who vouches for the address. So
// unverified always means that nobody has used the account yet.
func guardNewStaff(e *core.RecordRequestEvent) error {
	for _, f := range staffDerived {
		e.Record.Set(f, nil)
	}
	e.Record.SetVerified(true)
	return e.Next()
}

// guardStaff: the collection's rule says whose account a manager may change;
// this says what of it. A password is its owner's alone: whoever could set it
// could sign in the owner's name.
func guardStaff(e *core.RecordRequestEvent) error {
	before := e.Record.Original()
	for _, f := range staffDerived {
		e.Record.SetRaw(f, before.GetRaw(f))
	}
	if e.Record.GetString("school") != before.GetString("school") { // only together with the school, see endSchool
		return validation.Errors{"school": validation.NewError("school_is_final", "账号不能换到别的学校，请停用后在新学校邀请")}
	}
	if e.Auth == nil || e.Auth.Collection().Name != records.Staff {
		return e.Next()
	}
	for _, f := range []string{"verified", "emailVisibility"} {
		e.Record.SetRaw(f, before.GetRaw(f))
	}
	if v, ok := e.Record.GetRaw("password").(*core.PasswordFieldValue); ok && v.Plain != "" {
		return validation.Errors{"password": validation.NewError("password_is_own", "密码只能由本人通过邮件里的链接设置")}
	}
	if e.Record.Email() != before.Email() && before.Verified() {
		return validation.Errors{"email": validation.NewError("email_in_use", "账号启用后邮箱不能在这里更改，请联系区信息中心")}
	}
	if e.Auth.Id == e.Record.Id && !sameDuties(e.Record, before) {
		return e.ForbiddenError("不能更改自己的职责，请由另一位账号管理员办理。", nil)
	}
	return e.Next()
}

// hideReason keeps why somebody left (an illness, a dispute) to those who manage
// accounts; colleagues see that they left.
func hideReason(e *core.RecordEnrichEvent) error {
	if auth := e.RequestInfo.Auth; !e.RequestInfo.HasSuperuserAuth() && (auth == nil || !mayManage(auth, e.Record.GetString("school"))) {
		e.Record.Hide("deactivated_reason")
	}
	return e.Next()
}

// mayManage reports whether a person manages the accounts of a school ("" is
// the bureau): an account manager those of their own place, the bureau's all.
func mayManage(person *core.Record, school string) bool {
	return slices.Contains(person.GetStringSlice("acts_as"), string(publication.Admin)) &&
		(person.GetString("school") == "" || person.GetString("school") == school)
}

// sameDuties compares without regard to order.
func sameDuties(a, b *core.Record) bool {
	return slices.Equal(slices.Sorted(slices.Values(a.GetStringSlice("duties"))), slices.Sorted(slices.Values(b.GetStringSlice("duties"))))
}

// checkPassword asks for three of four kinds of characters; the length is the
// field's own rule.
func checkPassword(e *core.RecordEvent) error {
	v, ok := e.Record.GetRaw("password").(*core.PasswordFieldValue)
	if !ok || v.Plain == "" {
		return e.Next()
	}
	if kinds(v.Plain) < 3 {
		return validation.Errors{"password": validation.NewError("password_too_simple", "密码要包含大写字母、小写字母、数字、符号中的至少三种")}
	}
	return e.Next()
}

func kinds(password string) int {
	var upper, lower, digit, other int
	for _, r := range password {
		switch {
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return upper + lower + digit + other
}
