package pb_hooks

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// mailRoom is how much a mail carries, in bytes of files: many mail servers take
// 25 MB, and a mail is a third larger than what is in it.
const mailRoom = 15 << 20

// sendOutbox sends the mails to people outside that wait, and again those that
// were refused.
func (m *postman) sendOutbox() error {
	list, err := m.p.app.FindRecordsByFilter(records.FOIMails, "state = 'waiting' || (state = 'refused' && next_at <= {:now})", "@rowid", 0, 0,
		dbx.Params{"now": m.p.options.Now().UTC().Format(records.InstantLayout)})
	if err != nil {
		return err
	}
	for _, r := range list {
		if err := m.mailOutside(r); err != nil {
			m.p.app.Logger().Error("mail to somebody outside", "mail", r.Id, "error", err)
		}
	}
	return nil
}

func (m *postman) mailOutside(r *core.Record) error {
	d, err := m.p.directory()
	if err != nil {
		return err
	}
	switch {
	case d.District.Demo:
		return m.skip(r, "演示平台不向外发送邮件")
	case !m.p.app.Settings().SMTP.Enabled: // it must not go out when there is a mail server, months later
		return m.skip(r, "平台没有配置邮件服务器")
	}
	what, err := m.p.parcelOf(r)
	if err != nil {
		return err // nothing went out: the next round tries again
	}
	reserved, err := m.reserveOutside(r.Id)
	if err != nil || reserved == nil {
		return err
	}
	m.send(reserved, what)
	request := reserved.GetString("request")
	if reserved.GetString("state") != mailSent || request == "" {
		return nil
	}
	return m.p.followRequest(request) // an answer may be delivered by it
}

// reserveOutside records that a mail is about to go out; nil if another process
// just sends it.
func (m *postman) reserveOutside(id string) (*core.Record, error) {
	var reserved *core.Record
	err := m.p.app.RunInTransaction(func(tx core.App) error {
		r, err := tx.FindRecordById(records.FOIMails, id)
		if err != nil || r.GetString("state") != mailWaiting && !m.isDueAgain(r) {
			return err
		}
		reserved = r
		_, err = m.begin(tx, r)
		return err
	})
	if err != nil {
		return nil, err
	}
	return reserved, nil
}

// parcelOf opens what a mail says and what goes with it: the letter, and with an
// answer its files, as far as a mail carries them.
func (p *platform) parcelOf(r *core.Record) (what parcel, err error) {
	what.subject = r.GetString("subject")
	if what.to, err = p.unseal(r, "recipient"); err != nil {
		return what, err
	}
	if what.text, err = p.unseal(r, "content"); err != nil || r.GetString("letter") == "" {
		return what, err
	}
	letter, err := p.app.FindRecordById(records.FOILetters, r.GetString("letter"))
	if err != nil {
		return what, err
	}
	var docx bytes.Buffer
	if err := p.openUpload(context.Background(), &docx, letter, "docx", letter.GetString("docx")); err != nil {
		return what, err
	}
	what.attached = map[string][]byte{letterFileName(letter): docx.Bytes()}
	files, err := p.filesWith(letter)
	if err != nil {
		return what, err
	}
	size := 0
	for _, f := range files {
		size += f.GetInt("size")
	}
	if size > mailRoom {
		what.text += "\n答复的附件太大，没有随信附上，请在查询页下载。\n"
		return what, nil
	}
	for _, f := range files {
		content, err := p.openFile(context.Background(), f)
		if err != nil {
			return what, err
		}
		name := f.GetString("name")
		for what.attached[name] != nil {
			name = "_" + name
		}
		what.attached[name] = content
	}
	return what, nil
}

// filesWith are the files of the answer that a letter gives, never the original of
// a redacted copy; none of another letter.
func (p *platform) filesWith(letter *core.Record) ([]*core.Record, error) {
	request, err := p.app.FindRecordById(records.FOIRequests, letter.GetString("request"))
	if err != nil {
		return nil, err
	}
	letters, err := answerLettersIn(p.app, request.Id)
	if err != nil {
		return nil, err
	}
	n := slices.IndexFunc(letters, func(l *core.Record) bool { return l.Id == letter.Id })
	if n < 0 {
		return nil, nil
	}
	c, err := p.foiCaseOf(p.app, request)
	if err != nil {
		return nil, err
	}
	given, err := answersGiven(p.app, c)
	if err != nil || n >= len(given) {
		return nil, err
	}
	files, err := filesOf(p.app, given[n])
	if err != nil {
		return nil, err
	}
	return withoutOriginals(p.app, request.Id, files)
}

// answerMailedOn is the day on which the last answer, which the applicant wanted
// by e-mail, was taken by the mail server; "" if it was not, or its delivery is
// recorded already.
func answerMailedOn(app core.App, c foiCase) (workday.Date, error) {
	if c.State != foi.Answered || c.Answers[len(c.Answers)-1].Dispatched != "" {
		return "", nil
	}
	asked, err := latestApplication(app, c.request.Id)
	if err != nil || !slices.Contains(asked.GetStringSlice("ways"), string(foi.ByEmail)) {
		return "", err
	}
	letters, err := answerLettersIn(app, c.request.Id)
	if err != nil || len(letters) == 0 {
		return "", err
	}
	mail := &core.Record{}
	err = app.RecordQuery(records.FOIMails).AndWhere(dbx.HashExp{"request": c.request.Id, "letter": letters[len(letters)-1].Id, "state": mailSent}).Limit(1).One(mail)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return workday.Date(dayOf(mail.GetDateTime("at").Time())), err
}

// tellUnreached tells the clerk that a mail did not reach somebody, or that nobody
// knows: another way must be found.
func (p *platform) tellUnreached(tx core.App, mail *core.Record) error {
	what := ""
	switch mail.GetString("state") {
	case mailFailed:
		what = "邮件没有送达，请用其他方式告知（" + mail.GetString("subject") + "）"
	case mailUnknown:
		what = "不知道邮件是否送达，请与对方核对（" + mail.GetString("subject") + "）"
	default:
		return nil
	}
	if letter := mail.GetString("inquiry"); letter != "" {
		return p.tellUnreachedWriter(tx, mail, letter, what)
	}
	request, err := tx.FindRecordById(records.FOIRequests, mail.GetString("request"))
	if err != nil {
		return err
	}
	people, err := p.peopleOf(tx, request.GetString("school"), publication.Clerk)
	if err != nil {
		return err
	}
	return notify(tx, people, noticeOf(request, "request", "foi_mail/"+mail.Id, what))
}

var mailWords = map[string]string{mailWaiting: "邮件等待发送", mailSending: "邮件正在发送", mailSent: "邮件已发出", mailRefused: "邮件服务器没有接收，稍后再发",
	mailFailed: "邮件没有送达，请用其他方式告知", mailUnknown: "不知道邮件是否送达，请与对方核对", mailSkipped: "没有发送邮件"}

// mailInWords is what became of a mail, and why where there is something to know.
func mailInWords(mail *core.Record) string {
	words := mailWords[mail.GetString("state")]
	if mail.GetString("state") == mailSkipped && mail.GetString("error") != "" {
		words += "：" + mail.GetString("error")
	}
	return words
}
