package pb_hooks

import (
	"bytes"
	"crypto/tls"
	"database/sql"
	"errors"
	"io"
	"net"
	"net/mail"
	"net/textproto"
	"sync"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/mailer"
	"github.com/pocketbase/pocketbase/tools/routine"

	"gongkai/pb_hooks/records"
)

// States of a mail.
const (
	mailWaiting = "waiting" // of requests: put there in the transaction of a step
	mailSending = "sending"
	mailSent    = "sent"
	mailRefused = "refused" // to be tried again
	mailFailed  = "failed"
	mailUnknown = "unknown" // may have arrived: not sent again
	mailSkipped = "skipped"
)

const (
	mailPatience = time.Minute      // for the mail server's answers
	mailPause    = 5 * time.Minute  // before the second try; doubled each time
	mailTries    = 5                // over an hour and a quarter
	mailLost     = 10 * time.Minute // after which a mail that is being sent was interrupted
)

var errNoAnswer = errors.New("邮件服务器一分钟内没有答复")

// postman mails what people are to know, each thing at most once: a mail is
// recorded before it goes out, and only one that the mail server has certainly
// refused goes out again.
type postman struct {
	p     *platform
	round sync.Mutex // one round at a time; a slow mail server makes them overlap
}

// parcel is a mail before it is sent.
type parcel struct {
	to, subject, text string
	attached          map[string][]byte // by name
}

// reserve records that a mail is about to go out, and marks what it tells. It
// returns nil if the mail went out before, or another process just sends it.
func (m *postman) reserve(person, kind, key string, tells func(tx core.App) ([]string, error)) (*core.Record, error) {
	var reserved *core.Record
	err := m.p.app.RunInTransaction(func(tx core.App) error {
		r, err := m.begun(tx, person, kind, key)
		if err != nil || r == nil {
			return err
		}
		now, err := m.begin(tx, r)
		if err != nil {
			return err
		}
		notices, err := tells(tx)
		if err != nil {
			return err
		}
		if len(notices) > 0 {
			// past the hooks: nobody needs to hear of it
			_, err = tx.DB().Update(records.Notices, dbx.Params{"mailed_at": now.Format(records.InstantLayout), "mail": r.Id},
				dbx.HashExp{"id": anys(notices)}).Execute()
		}
		reserved = r
		return err
	})
	if err != nil {
		return nil, err
	}
	return reserved, nil
}

// begin records that a mail is about to go out.
func (m *postman) begin(tx core.App, r *core.Record) (time.Time, error) {
	now := m.p.options.Now().UTC()
	r.Load(map[string]any{"state": mailSending, "at": now, "next_at": "", "tries": r.GetInt("tries") + 1})
	return now, tx.Save(r)
}

// isDueAgain reports whether a mail was refused and may go out again.
func (m *postman) isDueAgain(r *core.Record) bool {
	return r.GetString("state") == mailRefused && !r.GetDateTime("next_at").Time().After(m.p.options.Now())
}

// begun is the record of a mail that may go out now: a new one, or one that was
// refused and is due again.
func (m *postman) begun(tx core.App, person, kind, key string) (*core.Record, error) {
	r, err := tx.FindFirstRecordByFilter(records.Mails, "staff = {:staff} && key = {:key}", dbx.Params{"staff": person, "key": key})
	switch {
	case err == nil && m.isDueAgain(r):
		return r, nil
	case err == nil:
		return nil, nil
	case !errors.Is(err, sql.ErrNoRows):
		return nil, err
	}
	c, err := tx.FindCachedCollectionByNameOrId(records.Mails)
	if err != nil {
		return nil, err
	}
	r = core.NewRecord(c)
	r.Load(map[string]any{"staff": person, "key": key, "kind": kind})
	return r, nil
}

// send sends a reserved mail and records what became of it.
func (m *postman) send(reserved *core.Record, what parcel) {
	meta := m.p.app.Settings().Meta
	message := &mailer.Message{From: mail.Address{Name: meta.SenderName, Address: meta.SenderAddress},
		To: []mail.Address{{Address: what.to}}, Subject: what.subject, Text: what.text, Attachments: map[string]io.Reader{}}
	for name, content := range what.attached {
		message.Attachments[name] = bytes.NewReader(content)
	}
	answered := make(chan error, 1)
	go func() {
		answered <- routine.SafeWrap(func() error { return m.p.app.NewMailClient().Send(message) })()
	}()
	var err error
	select {
	case err = <-answered:
	case <-time.After(mailPatience):
		err = errNoAnswer
	}
	m.record(reserved, err)
}

func (m *postman) record(r *core.Record, sent error) {
	tries := r.GetInt("tries")
	switch {
	case sent == nil:
		r.Load(map[string]any{"state": mailSent, "error": ""})
	case !certainlyRefused(sent):
		r.Set("state", mailUnknown)
	case tries >= mailTries:
		r.Set("state", mailFailed)
	default:
		r.Load(map[string]any{"state": mailRefused, "next_at": m.p.options.Now().UTC().Add(mailPause << (tries - 1))})
	}
	if sent != nil {
		r.Set("error", clip(sent.Error(), 500))
		m.p.app.Logger().Error("send a mail", "mail", r.Id, "key", r.GetString("key"), "state", r.GetString("state"), "error", sent)
	}
	if err := m.keep(r); err != nil {
		m.p.app.Logger().Error("record what became of a mail", "mail", r.Id, "error", err)
	}
}

// keep stores what became of a mail. Of one to somebody outside that did not
// reach them, the clerk is told with it.
func (m *postman) keep(r *core.Record) error {
	return m.p.app.RunInTransaction(func(tx core.App) error {
		if err := tx.Save(r); err != nil || r.Collection().Name != records.FOIMails {
			return err
		}
		return m.p.tellUnreached(tx, r)
	})
}

// certainlyRefused reports whether the mail server cannot have taken the mail:
// it said no, it could not be reached, or it could not be trusted. After
// anything else, such as a connection that broke, it may have taken it.
func certainlyRefused(err error) bool {
	var said *textproto.Error
	var network *net.OpError
	var untrusted *tls.CertificateVerificationError
	var notTLS tls.RecordHeaderError
	return errors.As(err, &said) || errors.As(err, &network) && network.Op == "dial" || errors.As(err, &untrusted) || errors.As(err, &notTLS)
}

// closeInterrupted says of mails whose sending was cut short, by a crash, that
// nobody knows whether they arrived.
func (m *postman) closeInterrupted() error {
	before := m.p.options.Now().UTC().Add(-mailLost).Format(records.InstantLayout)
	for _, mails := range []string{records.Mails, records.FOIMails} {
		list, err := m.p.app.FindRecordsByFilter(mails, "state = 'sending' && at < {:before}", "", 0, 0, dbx.Params{"before": before})
		if err != nil {
			return err
		}
		for _, r := range list {
			r.Load(map[string]any{"state": mailUnknown, "error": "发送时程序中断，不知道是否已送达，不再重发"})
			if err := m.keep(r); err != nil {
				return err
			}
		}
	}
	return nil
}
