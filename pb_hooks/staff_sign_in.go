package pb_hooks

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// bindSignIn: PocketBase checks the password, then the code it mailed. What it
// leaves open is closed here: guessing at codes, codes for whoever asks, mail to
// people who left, sessions without end, and a superuser who signs in as somebody
// else.
func bindSignIn(app core.App, p *platform) {
	unknown := new(strangers)
	app.OnRecordAuthWithPasswordRequest(records.Staff).BindFunc(func(e *core.RecordAuthWithPasswordRequestEvent) error {
		if e.Record == nil {
			if err := unknown.count(strings.ToLower(e.Identity), p.options.Now()); err != nil {
				return err
			}
			return e.Next()
		}
		return p.guessing(e.RequestEvent, e.Record, e.Next)
	})
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		se.Router.BindFunc(p.countCodes)
		return se.Next()
	})
	app.OnRecordRequestOTPRequest(records.Staff).BindFunc(p.askForCode)
	app.OnRecordAuthRequest(records.Staff).BindFunc(p.letIn)
	app.OnRecordRequestPasswordResetRequest(records.Staff).BindFunc(func(e *core.RecordRequestPasswordResetRequestEvent) error {
		if e.Record.GetString("deactivated_at") != "" {
			return e.NoContent(http.StatusNoContent) // the same answer as to everybody
		}
		return e.Next()
	})
	app.OnRecordConfirmPasswordResetRequest(records.Staff).BindFunc(func(e *core.RecordConfirmPasswordResetRequestEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		return forgetGuesses(e.App, e.Record.Id) // the mailbox has proved who it is
	})
	// the address is where codes and links go; only the account's manager or a
	// superuser changes it
	app.OnRecordRequestEmailChangeRequest(records.Staff).BindFunc(func(e *core.RecordRequestEmailChangeRequestEvent) error {
		return e.ForbiddenError("邮箱由区信息中心更改。", nil)
	})
	app.OnRecordRequestVerificationRequest(records.Staff).BindFunc(func(e *core.RecordRequestVerificationRequestEvent) error {
		return e.NoContent(http.StatusNoContent) // an invitation verifies the address
	})
	// after acts_as is derived (acts_as.go), in the same save
	app.OnRecordUpdate(records.Staff).Bind(&hook.Handler[*core.RecordEvent]{Func: askSecondFactor, Priority: 1})
}

// guessing counts an attempt and enters what became of it.
func (p *platform) guessing(e *core.RequestEvent, person *core.Record, try func() error) error {
	g, err := p.countGuess(e.App, person.Id)
	if err != nil {
		return err
	}
	err = try()
	if errors.Is(err, apis.ErrMFA) {
		if failed := g.takeBack(e.App); failed != nil {
			return failed
		}
	}
	return p.enterFailure(e, person, err)
}

// countCodes counts guesses at a mailed code. PocketBase's own limit is per
// address of the network and its hook runs for right codes only, so this stands
// before the route.
func (p *platform) countCodes(e *core.RequestEvent) error {
	if e.Request.Pattern != "POST /api/collections/{collection}/auth-with-otp" {
		return e.Next()
	}
	var form struct {
		OTPId string `json:"otpId" form:"otpId"`
	}
	if err := readBody(e, &form); err != nil {
		return err
	}
	otp, err := e.App.FindOTPById(form.OTPId)
	if err != nil {
		return e.Next() // which refuses: there is nothing to guess at
	}
	person, err := e.App.FindRecordById(otp.CollectionRef(), otp.RecordRef())
	if err != nil || person.Collection().Name != records.Staff {
		return e.Next()
	}
	return p.guessing(e, person, e.Next)
}

// askForCode mails a code only to somebody who has given their password: a code
// alone opens nothing, and nobody can fill a stranger's mailbox.
func (p *platform) askForCode(e *core.RecordCreateOTPRequestEvent) error {
	var form struct {
		MFAId string `json:"mfaId" form:"mfaId"`
	}
	if err := readBody(e.RequestEvent, &form); err != nil {
		return err
	}
	if form.MFAId == "" {
		form.MFAId = e.Request.URL.Query().Get("mfaId")
	}
	mfa, err := e.App.FindMFAById(form.MFAId)
	if err != nil || e.Record == nil || mfa.RecordRef() != e.Record.Id || mfa.Method() != core.MFAMethodPassword ||
		mfa.HasExpired(e.Collection.MFA.DurationTime()) {
		return e.BadRequestError("请先输入邮箱和密码，再获取验证码。", nil)
	}
	if until := e.Record.GetDateTime("locked_until").Time(); p.options.Now().Before(until) {
		return p.lockedOut(e.App, e.Record.Id)
	}
	if !e.App.Settings().SMTP.Enabled {
		return e.Error(http.StatusServiceUnavailable, "平台还没有配置邮件，无法发送登录验证码，请联系区信息中心。", nil)
	}
	return e.Next()
}

// letIn is asked whenever a token is about to be given. One is given for a
// sign-in only: not to a superuser for somebody else, and not in exchange for an
// older one, or a session would never end. The day of it is kept.
func (p *platform) letIn(e *core.RecordAuthRequestEvent) error {
	switch {
	case e.AuthMethod == "" && e.HasSuperuserAuth():
		return e.ForbiddenError("不能以他人的名义登录：办理记录上要是本人。", nil)
	case e.AuthMethod == "":
		return e.ForbiddenError("登录到时间会结束，请重新登录。", nil)
	}
	if err := e.Next(); err != nil {
		return err
	}
	return errors.Join(forgetGuesses(e.App, e.Record.Id), p.keepSignIn(e.App, e.Record.Id))
}

// keepSignIn keeps the day of somebody's last sign-in, past the hooks: it is no
// change of the account.
func (p *platform) keepSignIn(app core.App, person string) error {
	_, err := app.DB().Update(records.Staff, dbx.Params{"signed_in_on": p.today()}, dbx.NewExp("id = {:id} AND signed_in_on < {:day}", dbx.Params{"id": person, "day": p.today()})).Execute()
	return err
}

// askSecondFactor signs a person out who is given a duty that asks for a second
// factor: the session they have was opened without one.
func askSecondFactor(e *core.RecordEvent) error {
	if e.Record.GetString("school") == "" || isGuarded(e.Record.Original()) || !isGuarded(e.Record) {
		return e.Next()
	}
	district, err := e.App.FindRecordById(records.Districts, records.DistrictID)
	if err != nil {
		return err
	}
	if !district.GetBool("demo") {
		e.Record.RefreshTokenKey()
	}
	return e.Next()
}

func isGuarded(person *core.Record) bool {
	return slices.ContainsFunc(person.GetStringSlice("acts_as"), func(d string) bool { return slices.Contains(guardedDuties, publication.Duty(d)) })
}
