package pb_hooks_test

import (
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/pocketbase/dbx"
)

const writersMail = "wang@example.cn"

// lettersOutbox are the mails of a letter: "subject state", oldest first.
func (s *server) lettersOutbox(letter string) (lines []string) {
	s.t.Helper()
	list, err := s.app.FindRecordsByFilter("foi_mails", "inquiry = {:id}", "@rowid", 0, 0, dbx.Params{"id": letter})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, r := range list {
		lines = append(lines, r.GetString("subject")+" "+r.GetString("state"))
	}
	return lines
}

// Whoever left an address hears that the letter came, was accepted and answered, and
// where to read it; never the code, nor a word of what was written.
func TestAWriterIsMailedWithoutTheCode(t *testing.T) {
	s := serveRequests(t)
	sink := s.mailSink()
	id, number, code := s.wrote(goodLetter())
	phone, _, _ := s.wrote(filledIn(goodLetter(), map[string]any{"contact": "13800138000"}))
	s.answersLetter(id, principalA, "下学期开设科学课。")
	s.run("mails")
	s.run("mails")
	if n := sink.countTo(writersMail); n != 3 {
		t.Fatalf("%d mails: %v", n, s.lettersOutbox(id))
	}
	for i, says := range []string{"已经收到，编号 " + number + "。最迟在", "已经受理", "已经答复"} {
		m := sink.next(t, writersMail)
		if !strings.Contains(m.subject, number) || !strings.Contains(m.text, says) || !strings.Contains(m.text, "王小明，您好") || !strings.Contains(m.text, "/track") {
			t.Errorf("mail %d: %s: %s", i+1, m.subject, m.text)
		}
		for _, secret := range []string{code, "科学", "课后服务"} {
			if strings.Contains(m.raw, secret) || strings.Contains(m.text, secret) {
				t.Errorf("mail %d tells %q: %s", i+1, secret, m.text)
			}
		}
	}
	if lines := s.lettersOutbox(phone); len(lines) != 0 {
		t.Errorf("to a telephone: %v", lines)
	}
}

// Of a mail that did not reach a writer the clerk of the unit hears that has the
// letter in hand.
func TestAnUnreachedWriterIsToldTheClerk(t *testing.T) {
	s := serveRequests(t)
	s.mailServer(func(*smtp.Conn) error { return &smtp.SMTPError{Code: 550, Message: "no such user"} })
	_, number, _ := s.wrote(goodLetter())
	secret, _, _ := s.wrote(filledIn(goodLetter(), map[string]any{"category": "ethics", "about_principal": true, "may_publish": false}))
	for range 6 {
		s.run("mails")
		s.wait(90 * time.Minute)
	}
	if n := s.toldOf(clerkA, "邮件没有送达，请用其他方式告知（已收到您的来信 "+number); n != 1 {
		t.Errorf("the clerk is told %d times", n)
	}
	if n := s.toldOf(clerkA, "邮件没有送达"); n != 1 {
		t.Errorf("the clerk hears of a letter of the bureau: %d", n)
	}
	if n := s.toldOf(supervisor, "邮件没有送达"); n != 1 {
		t.Errorf("the bureau is told %d times: %v", n, s.lettersOutbox(secret))
	}
	if n := s.rowsOf("notifications", "title LIKE '%邮件没有送达%' AND kind = 'inquiry' AND link = '/inquiries/"+secret+"'"); n != 1 {
		t.Errorf("a link to the letter: %d", n)
	}
}
