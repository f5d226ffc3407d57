package pb_hooks

import (
	"fmt"
	"net/http"
	"time"
	"unicode"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/records"
)

// Sign-in is locked for a while after some failures (GB/T 22239-2019 身份鉴别).
const (
	maxFailedSignIns = 5
	lockedFor        = 15 * time.Minute
)

func bindStaff(app core.App, now func() time.Time) {
	app.OnRecordAuthWithPasswordRequest(records.Staff).BindFunc(func(e *core.RecordAuthWithPasswordRequestEvent) error {
		return countFailures(e, now)
	})
	app.OnRecordValidate(records.Staff).BindFunc(checkPassword)
}

// countFailures locks an account that somebody is guessing at. It counts only
// accounts that exist; guessing at names is slowed by the rate limit.
func countFailures(e *core.RecordAuthWithPasswordRequestEvent, now func() time.Time) error {
	if e.Record == nil {
		return e.Next()
	}
	if until := e.Record.GetDateTime("locked_until").Time(); now().Before(until) {
		minutes := int(until.Sub(now()).Minutes()) + 1
		return router.NewApiError(http.StatusTooManyRequests, fmt.Sprintf("密码输错次数过多，账号已锁定，请 %d 分钟后再试或联系管理员。", minutes), nil)
	}
	if e.Record.ValidatePassword(e.Password) {
		if e.Record.GetInt("failed_sign_ins") == 0 {
			return e.Next()
		}
		e.Record.Set("failed_sign_ins", 0)
		if err := e.App.Save(e.Record); err != nil {
			return err
		}
		return e.Next()
	}
	failed := e.Record.GetInt("failed_sign_ins") + 1
	if failed >= maxFailedSignIns {
		e.Record.Set("locked_until", now().UTC().Add(lockedFor))
		failed = 0
	}
	e.Record.Set("failed_sign_ins", failed)
	if err := e.App.Save(e.Record); err != nil {
		return err
	}
	return e.Next() // which refuses in its own words, the same for a name that does not exist
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
