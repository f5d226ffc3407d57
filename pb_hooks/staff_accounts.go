package pb_hooks

import (
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// inviteStaff makes an account with a password that nobody knows, and sends its
// owner a link to set one.
func (p *platform) inviteStaff(e *core.RequestEvent) error {
	var form struct {
		Email  string   `json:"email"`
		Name   string   `json:"name"`
		School string   `json:"school"`
		Duties []string `json:"duties"`
	}
	if err := readBody(e, &form); err != nil {
		return err
	}
	if form.School == "" {
		form.School = e.Auth.GetString("school")
	}
	if !mayManage(e.Auth, form.School) {
		return e.ForbiddenError("只有账号管理员可以邀请本校人员。", nil)
	}
	person, err := p.newAccount(e, map[string]any{"email": strings.ToLower(strings.TrimSpace(form.Email)), "name": strings.TrimSpace(form.Name),
		"school": form.School, "duties": form.Duties})
	if err != nil {
		return asRefusal(e, err)
	}
	return p.deliver(e, person, invitation)
}

// newAccount stores an account that counts as invited, before the mail goes out:
// a server that dies in between sends one mail at most.
func (p *platform) newAccount(e *core.RequestEvent, fields map[string]any) (person *core.Record, err error) {
	c, err := e.App.FindCachedCollectionByNameOrId(records.Staff)
	if err != nil {
		return nil, err
	}
	person = core.NewRecord(c)
	person.Load(fields)
	person.SetRandomPassword()
	person.Set("invited_at", p.options.Now().UTC())
	return person, e.App.RunInTransaction(func(tx core.App) error {
		if err := mayInvite(tx, person.Email(), person.GetString("school")); err != nil {
			return err
		}
		if err := tx.Save(person); err != nil {
			return err
		}
		if err := p.doneBy(tx, e, "invite", person, nil); err != nil {
			return err
		}
		return p.oneLetter(person)
	})
}

// mayInvite says in a manager's words what the database would say in its own.
func mayInvite(app core.App, email, school string) error {
	if school != "" {
		at, err := app.FindRecordById(records.Schools, school)
		if err != nil {
			return validation.Errors{"school": validation.NewError("school_unknown", "没有这所学校")}
		}
		if hasEnded(at.GetString("status")) {
			return validation.Errors{"school": validation.NewError("school_has_ended", "这所学校已经合并或撤销，不能再邀请人员")}
		}
	}
	if email == "" {
		return validation.Errors{"email": validation.NewError("email_missing", "请填写邮箱")}
	}
	if _, err := app.FindAuthRecordByEmail(records.Staff, email); err == nil {
		return validation.Errors{"email": validation.NewError("email_taken", "这个邮箱已有账号；如果已停用，可以恢复使用")}
	}
	return nil
}

// asRefusal answers what is wrong with the input at its fields.
func asRefusal(e *core.RequestEvent, err error) error {
	if fields, ok := err.(validation.Errors); ok {
		return e.BadRequestError("", fields)
	}
	return err
}

// changeAccount loads an account that the person asking may manage, changes it
// and stores it, all in one transaction.
func (p *platform) changeAccount(e *core.RequestEvent, action string, change func(tx core.App, person *core.Record) error) (person *core.Record, err error) {
	outer := e.App
	defer func() { e.App = outer }()
	err = outer.RunInTransaction(func(tx core.App) error {
		e.App = tx
		if person, err = visible(e, records.Staff, e.Request.PathValue("id")); err != nil {
			return err
		}
		if !mayManage(e.Auth, person.GetString("school")) {
			return e.ForbiddenError("只有账号管理员可以管理账号。", nil)
		}
		if err := change(tx, person); err != nil {
			return err
		}
		if err := tx.Save(person); err != nil {
			return err
		}
		return p.doneBy(tx, e, action, person, nil)
	})
	return person, asRefusal(e, err)
}

func (p *platform) inviteAgain(e *core.RequestEvent) error {
	person, err := p.changeAccount(e, "invite", func(_ core.App, person *core.Record) error {
		switch {
		case person.GetString("deactivated_at") != "":
			return e.BadRequestError("账号已停用，请先恢复使用。", nil)
		case person.Verified():
			return e.BadRequestError("对方已经设置过密码，不需要再邀请；忘记密码时请用“重置密码”。", nil)
		}
		person.RefreshTokenKey() // the links sent before open nothing any more
		person.Set("invited_at", p.options.Now().UTC())
		return p.oneLetter(person)
	})
	if err != nil {
		return err
	}
	return p.deliver(e, person, invitation)
}

// resetStaff takes the old password away, signs the person out everywhere and
// sends them a link to set a new one.
func (p *platform) resetStaff(e *core.RequestEvent) error {
	person, err := p.changeAccount(e, "reset", func(_ core.App, person *core.Record) error {
		if person.GetString("deactivated_at") != "" {
			return e.BadRequestError("账号已停用，请先恢复使用。", nil)
		}
		person.SetRandomPassword()
		person.Set("failed_sign_ins", 0)
		person.Set("locked_until", "")
		return p.oneLetter(person)
	})
	if err != nil {
		return err
	}
	return p.deliver(e, person, reset)
}

// deactivateStaff closes an account for good or for a while: its owner is signed
// out at once, and what they stood in for, or had others stand in for, ends.
func (p *platform) deactivateStaff(e *core.RequestEvent) error {
	var form struct {
		Reason string `json:"reason"`
	}
	if err := readBody(e, &form); err != nil {
		return err
	}
	reason := strings.TrimSpace(form.Reason)
	person, err := p.changeAccount(e, "deactivate", func(tx core.App, person *core.Record) error {
		switch {
		case person.Id == e.Auth.Id:
			return e.ForbiddenError("不能停用自己的账号，请由另一位账号管理员办理。", nil)
		case person.GetString("deactivated_at") != "":
			return e.BadRequestError("账号已经停用。", nil)
		case reason == "":
			return validation.Errors{"reason": validation.NewError("reason_missing", "请填写停用原因")}
		}
		person.Set("deactivated_at", p.options.Now().UTC())
		person.Set("deactivated_reason", reason)
		return p.endStandIns(tx, person.Id)
	})
	if err != nil {
		return err
	}
	return answerStaff(e, person)
}

func (p *platform) reactivateStaff(e *core.RequestEvent) error {
	person, err := p.changeAccount(e, "reactivate", func(_ core.App, person *core.Record) error {
		if person.GetString("deactivated_at") == "" {
			return e.BadRequestError("账号没有停用。", nil)
		}
		person.Set("deactivated_at", "")
		person.Set("deactivated_reason", "")
		return nil
	})
	if err != nil {
		return err
	}
	return answerStaff(e, person)
}

// answerStaff answers with the account as its manager sees it.
func answerStaff(e *core.RequestEvent, person *core.Record) error {
	person.IgnoreEmailVisibility(true)
	return e.JSON(200, person)
}
