package pb_hooks

import (
	"bytes"
	"html/template"
	"net/http"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/mailer"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/records"
)

// accountMail is a mail with a link to set a password.
type accountMail struct {
	subject string
	opening string
	told    string // to the manager, when it went out
	body    *template.Template
}

var (
	invitation = accountMail{"请启用您的工作台账号", "为您开通了信息公开工作台账号。", "邀请邮件已发出，链接 24 小时内有效。", linkLetter}
	reset      = accountMail{"请重新设置工作台密码", "重置了您的工作台密码，原密码已失效，已登录的设备已全部退出。", "重置邮件已发出，链接 24 小时内有效。原密码已失效，对方已全部退出登录。", linkLetter}

	linkLetter = template.Must(template.New("letter").Parse(`<p>{{.Name}}，您好：</p>
<p>{{.By}}在“{{.Site}}”{{.Opening}}登录邮箱：{{.Email}}。</p>
<p><a href="{{.Link}}">点这里设置密码</a></p>
<p>如果点不开，请把下面的地址复制到浏览器：<br>{{.Link}}</p>
<p>链接 24 小时内有效，只能使用一次，请勿转发。过期后请联系账号管理员重新发送。</p>
<p>如果您不清楚这封邮件的来由，请联系本单位的账号管理员，不要点击链接。</p>
`))
)

// deliver sends the link. Where the platform has no mail it goes to the manager,
// once, who hands it over; where sending fails it does not: the manager sends
// again.
func (p *platform) deliver(e *core.RequestEvent, person *core.Record, l accountMail) error {
	token, err := person.NewPasswordResetToken()
	if err != nil {
		return err
	}
	settings := e.App.Settings()
	link := strings.TrimSuffix(settings.Meta.AppURL, "/") + "/workbench/set-password?token=" + url.QueryEscape(token)
	sent, said := "mail", l.told
	if !settings.SMTP.Enabled {
		sent, said = "link", "平台还没有配置邮件，没有发出邮件。请把下面的链接当面或用可靠的方式交给对方：24 小时内有效，只显示这一次，不要转发给别人。"
	} else if err := send(e, person, l, link); err != nil {
		e.App.Logger().Error("mail a link to set a password", "staff", person.Id, "error", err)
		if err := p.notSent(e.App, person); err != nil {
			return err
		}
		sent, said = "failed", "邮件没有发出去（邮件服务器没有接收）。账号已保存，请稍后重新发送，或联系区信息中心检查邮件设置。"
	}
	person.WithCustomData(true)
	person.Set("sent", sent)
	person.Set("message", said)
	if sent == "link" {
		person.Set("link", link)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return answerStaff(e, person)
}

// oneLetter allows one letter a minute to one person, however often and by
// however many managers the button is pressed. It is asked inside of the
// transaction that stores the change, and those come one after the other.
func (p *platform) oneLetter(person *core.Record) error {
	now := p.options.Now()
	if last, sent := p.app.Store().Get(letterKey(person)).(time.Time); sent && now.Sub(last) < time.Minute {
		return router.NewApiError(http.StatusTooManyRequests, "刚刚已经给对方发过链接，请一分钟后再试。", nil)
	}
	p.app.Store().Set(letterKey(person), now)
	return nil
}

func letterKey(person *core.Record) string { return "letter/" + person.Id }

// notSent lets the manager see that an invitation is still to be sent, and send
// it at once.
func (p *platform) notSent(app core.App, person *core.Record) error {
	p.app.Store().Remove(letterKey(person))
	if person.Verified() {
		return nil
	}
	person.Set("invited_at", "")
	return app.RunInTransaction(func(tx core.App) error {
		stored, err := tx.FindRecordById(records.Staff, person.Id)
		if err != nil {
			return err
		}
		stored.Set("invited_at", "")
		return tx.Save(stored)
	})
}

func send(e *core.RequestEvent, person *core.Record, l accountMail, link string) error {
	district, err := e.App.FindRecordById(records.Districts, records.DistrictID)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	err = l.body.Execute(&body, map[string]string{"Name": person.GetString("name"), "By": e.Auth.GetString("name"), "Site": district.GetString("site_name"),
		"Opening": l.opening, "Email": person.Email(), "Link": link})
	if err != nil {
		return err
	}
	meta := e.App.Settings().Meta
	return e.App.NewMailClient().Send(&mailer.Message{From: mail.Address{Name: meta.SenderName, Address: meta.SenderAddress},
		To: []mail.Address{{Address: person.Email()}}, Subject: l.subject, HTML: body.String()})
}
