package pb_hooks

import (
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/routine"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// Hours of the district, in minutes of the day. Between quietFrom and quietUntil
// nothing but an emergency is mailed.
const (
	digestFrom  = 7*60 + 30
	digestUntil = 12 * 60 // a server that was down in the morning still sends; later it is no news
	quietFrom   = 19 * 60
	quietUntil  = 7 * 60
)

// bindUrgentMails mails an emergency when it is told; the round of the minute
// mails it if the process ends in between.
func bindUrgentMails(app core.App, p *platform) {
	m := &postman{p: p}
	app.OnRecordAfterCreateSuccess(records.Notices).BindFunc(func(e *core.RecordEvent) error {
		if notice := e.Record.Clone(); notice.GetBool("urgent") && e.App.Settings().SMTP.Enabled {
			routine.FireAndForget(func() { m.sendUrgent(notice) })
		}
		return e.Next()
	})
}

// work is the round of the minute.
func (m *postman) work() {
	if !m.round.TryLock() {
		return
	}
	defer m.round.Unlock()
	for _, part := range []func() error{m.closeInterrupted, m.sendUrgents, m.sendAgain, m.sendDigests, m.sendOutbox} {
		if err := part(); err != nil {
			m.p.app.Logger().Error("send mails", "error", err)
		}
	}
}

func (m *postman) sendUrgents() error {
	list, err := m.p.app.FindRecordsByFilter(records.Notices, "urgent = true && mailed_at = ''", "", 0, 0)
	if err != nil {
		return err
	}
	for _, n := range list {
		m.sendUrgent(n)
	}
	return nil
}

func (m *postman) sendUrgent(notice *core.Record) {
	person, err := m.p.app.FindRecordById(records.Staff, notice.GetString("staff"))
	if err == nil {
		err = m.mailUrgent(person, notice)
	}
	if err != nil {
		m.p.app.Logger().Error("mail an emergency", "notification", notice.Id, "error", err)
	}
}

func (m *postman) mailUrgent(person, notice *core.Record) error {
	reserved, err := m.reserve(person.Id, "urgent", "notice/"+notice.Id, func(core.App) ([]string, error) { return []string{notice.Id}, nil })
	if err != nil || reserved == nil {
		return err
	}
	// without a mail server it must not go out when there is one, months later
	if !m.p.app.Settings().SMTP.Enabled || person.GetString("deactivated_at") != "" {
		return m.skip(reserved, "平台没有配置邮件，或账号已停用")
	}
	t, err := m.textFor(person, []*core.Record{notice})
	if err != nil {
		return err
	}
	text, err := write(urgentLetter, t)
	if err != nil {
		return err
	}
	m.send(reserved, parcel{to: person.Email(), subject: "【紧急】" + t.Notices[0].Title, text: text})
	return nil
}

func (m *postman) skip(r *core.Record, why string) error {
	r.Load(map[string]any{"state": mailSkipped, "error": why})
	return m.p.app.Save(r)
}

// sendAgain sends what the mail server refused before.
func (m *postman) sendAgain() error {
	now := m.p.options.Now()
	list, err := m.p.app.FindRecordsByFilter(records.Mails, "state = 'refused' && next_at <= {:now}", "", 0, 0,
		dbx.Params{"now": now.UTC().Format(records.InstantLayout)})
	if err != nil || !m.p.app.Settings().SMTP.Enabled {
		return err
	}
	for _, r := range list {
		person, err := m.p.app.FindRecordById(records.Staff, r.GetString("staff"))
		if err != nil {
			return err
		}
		if r.GetString("kind") == "digest" {
			err = m.digestAgain(person, r)
		} else {
			err = m.urgentAgain(person, r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *postman) urgentAgain(person, r *core.Record) error {
	notice, err := m.p.app.FindFirstRecordByFilter(records.Notices, "mail = {:mail}", dbx.Params{"mail": r.Id})
	if err != nil {
		return err
	}
	return m.mailUrgent(person, notice)
}

func (m *postman) digestAgain(person, r *core.Record) error {
	if r.GetString("key") != m.digestKey() {
		r.Set("state", mailFailed) // yesterday's
		return m.p.app.Save(r)
	}
	if minute := m.p.minuteOfDay(); minute < quietUntil || minute >= quietFrom {
		return nil
	}
	return m.mailDigest(person)
}

func (m *postman) digestKey() string { return "digest/" + m.p.today() }

func (p *platform) minuteOfDay() int {
	now := p.options.Now().In(shanghai)
	return now.Hour()*60 + now.Minute()
}

// sendDigests sends everybody's digest, once on a working day.
func (m *postman) sendDigests() error {
	calendar, err := m.p.calendar(m.p.app)
	minute := m.p.minuteOfDay()
	if err != nil || !m.p.app.Settings().SMTP.Enabled || !calendar.IsWorkday(workday.Date(m.p.today())) || minute < digestFrom || minute >= digestUntil {
		return err
	}
	key := m.digestKey()
	begun, err := m.p.app.FindAllRecords(records.Mails, dbx.HashExp{"key": key})
	if err != nil || slices.ContainsFunc(begun, func(r *core.Record) bool { return r.GetString("kind") == "round" }) {
		return err
	}
	people, err := m.p.app.FindAllRecords(records.Staff, dbx.HashExp{"deactivated_at": "", "verified": true})
	if err != nil {
		return err
	}
	for _, person := range people {
		if slices.ContainsFunc(begun, func(r *core.Record) bool { return r.GetString("staff") == person.Id }) {
			continue
		}
		if err := m.mailDigest(person); err != nil {
			m.p.app.Logger().Error("mail a digest", "staff", person.Id, "error", err)
		}
	}
	c, err := m.p.app.FindCachedCollectionByNameOrId(records.Mails)
	if err != nil {
		return err
	}
	round := core.NewRecord(c)
	round.Load(map[string]any{"key": key, "kind": "round", "state": mailSent, "at": m.p.options.Now().UTC().Truncate(time.Second)})
	return m.p.app.Save(round)
}

// mailDigest mails a person what they have not read and what there is to do;
// nothing if there is nothing. A survey alone is no reason for a mail each morning:
// its reminder is a notice.
func (m *postman) mailDigest(person *core.Record) error {
	box, err := m.p.inboxOf(m.p.app, person)
	if err != nil {
		return err
	}
	waiting, err := untold(m.p.app, person.Id, m.digestKey())
	if err != nil || box.Counts.All() == box.Counts.Surveys && len(waiting) == 0 {
		return err
	}
	var notices []*core.Record
	reserved, err := m.reserve(person.Id, "digest", m.digestKey(), func(tx core.App) ([]string, error) {
		notices, err = untold(tx, person.Id, m.digestKey())
		return idsOf(notices), err
	})
	if err != nil || reserved == nil {
		return err
	}
	t, err := m.textFor(person, notices)
	if err != nil {
		return err
	}
	t.InboxCounts = box.Counts
	text, err := write(digestLetter, t)
	if err != nil {
		return err
	}
	m.send(reserved, parcel{to: person.Email(), subject: t.subject(), text: text})
	return nil
}

// untold is what a person has not read and no mail has told, newest first. What
// a digest told that was refused is told by its next try.
func untold(app core.App, person, digest string) ([]*core.Record, error) {
	return app.FindRecordsByFilter(records.Notices, "staff = {:staff} && read_at = '' && (mailed_at = '' || (mail.key = {:digest} && mail.state != 'sent'))",
		"-created", 0, 0, dbx.Params{"staff": person, "digest": digest})
}
