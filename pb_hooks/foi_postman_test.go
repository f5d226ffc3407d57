package pb_hooks_test

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/pocketbase/dbx"
)

const applicantsMail = "zhang@example.cn"

// wantsMail is a request whose applicant wants the answer by e-mail, answered
// with a file.
func (s *server) wantsMail(t *testing.T) (id string) {
	t.Helper()
	a := s.fileAs("", doorA, filledIn(goodApplication(), map[string]any{"ways": []string{"by_email"}}), s.proof())
	r, err := s.app.FindFirstRecordByData("foi_requests", "number", a.field("number"))
	if err != nil {
		t.Fatal(a.body)
	}
	id = r.Id
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(now)})
	s.mustAct(clerkA, id, "assign", map[string]any{"party": "总务处"})
	if up := s.addMaterial(clerkA, id, "中标结果.png", white(t)); up.status != http.StatusOK {
		t.Fatal(up.body)
	}
	file := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil).field("files").([]any)[0].(map[string]any)["id"].(string)
	s.draftAnswer(clerkA, id, map[string]any{"outcome": "1.1", "content": "中标结果见附件", "files": []string{file}})
	hash := s.mustAct(clerkA, id, "submit_answer", nil).field("in_review", "hash").(string)
	s.mustAct(secrecyA, id, "clear", map[string]any{"hash": hash})
	s.mustAct(officerA, id, "endorse", map[string]any{"hash": hash})
	s.mustAct(principalA, id, "sign", map[string]any{"hash": hash})
	return id
}

// outbox are the mails of a request: "subject state", oldest first.
func (s *server) outbox(request string) (lines []string) {
	s.t.Helper()
	list, err := s.app.FindRecordsByFilter("foi_mails", "request = {:id}", "@rowid", 0, 0, dbx.Params{"id": request})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, r := range list {
		lines = append(lines, r.GetString("subject")+" "+r.GetString("state"))
	}
	return lines
}

// countTo counts the mails to somebody: the morning's to the staff are others.
func (m *mailSink) countTo(address string) (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, mail := range m.mails {
		if mail.to == address {
			n++
		}
	}
	return n
}

// attachedTo are the files that a mail carries, by name.
func attachedTo(t *testing.T, m sinkMail) map[string][]byte {
	t.Helper()
	message, err := mail.ReadMessage(strings.NewReader(m.raw))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for parts := multipart.NewReader(message.Body, params["boundary"]); ; {
		part, err := parts.NextPart()
		if err == io.EOF {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(part.Header.Get("Content-Disposition"), "attachment") {
			continue
		}
		name, err := new(mime.WordDecoder).DecodeHeader(part.FileName())
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = content
	}
}

func TestAnAnswerByMailIsSentOnceAndDelivered(t *testing.T) {
	s := serveRequests(t)
	sink := s.mailSink()
	id := s.wantsMail(t)
	s.wait(24 * time.Hour) // the mail server is asked the next day
	s.run("mails")
	s.run("mails")
	if n := sink.countTo(applicantsMail); n != 3 {
		t.Fatalf("%d mails: %v", n, s.outbox(id))
	}
	receipt, registered, answered := sink.next(t, applicantsMail), sink.next(t, applicantsMail), sink.next(t, applicantsMail)
	if !strings.Contains(receipt.subject, "SQ2026-00001") || !strings.Contains(receipt.text, "张三丰，您好") || !strings.Contains(registered.subject, "收件回执") {
		t.Errorf("the receipts: %+v %+v", receipt.subject, registered.subject)
	}
	files := attachedTo(t, answered)
	docx := files["答复书（予以公开） 本教晨光小学信〔2026〕1号-答.docx"]
	if len(files) != 2 || !bytes.HasPrefix(docx, []byte("PK")) || !bytes.Equal(files["中标结果.png"], white(t)) {
		for name, content := range files {
			t.Errorf("attached: %s, %d bytes", name, len(content))
		}
	}
	if got := s.lastSteps(id, 1); got != "deliver system" {
		t.Errorf("the last step is %s", got)
	}
	r := s.record("foi_requests", id)
	if r.GetString("dispatched") != "2026-11-24" {
		t.Errorf("dispatched on %q", r.GetString("dispatched"))
	}
	if a := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil); !a.has(`"mail":"sent"`, "邮件已发出", "电子邮件") {
		t.Errorf("the case: %s", a.body)
	}
}

func TestAnAnswerThatWasNotWantedByMailIsNotDeliveredByIt(t *testing.T) {
	s := serveRequests(t)
	sink := s.mailSink()
	id := s.answered() // by post
	s.run("mails")
	if got := s.lastSteps(id, 1); got != "sign principal" {
		t.Error(got)
	}
	for sink.countTo(applicantsMail) > 0 {
		if files := attachedTo(t, sink.next(t, applicantsMail)); len(files) > 0 {
			t.Errorf("attached: %d", len(files))
		}
	}
}

func TestWithoutAMailServerNothingIsSentLater(t *testing.T) {
	s := serveRequests(t)
	id := s.wantsMail(t)
	s.run("mails")
	sink := s.mailSink()
	s.run("mails")
	if n := sink.countTo(applicantsMail); n != 0 || !strings.HasSuffix(strings.Join(s.outbox(id), "; "), "skipped") {
		t.Errorf("%d mails; %v", n, s.outbox(id))
	}
	if a := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil); !a.has("没有发送邮件：平台没有配置邮件服务器") {
		t.Errorf("the case: %s", a.body)
	}
	if got := s.lastSteps(id, 1); got != "sign principal" {
		t.Error(got)
	}
}

func TestADemonstrationMailsNobody(t *testing.T) {
	s := serveRequests(t)
	sink := s.mailSink()
	district := s.record("districts", "district0000000")
	district.Set("demo", true)
	if err := s.app.Save(district); err != nil {
		t.Fatal(err)
	}
	id, _, _ := s.filed()
	s.run("mails")
	if n := sink.countTo(applicantsMail); n != 0 || !strings.HasSuffix(s.outbox(id)[0], "skipped") {
		t.Errorf("%d mails; %v", n, s.outbox(id))
	}
}

func TestAMailThatIsRefusedForGoodIsToldTheClerk(t *testing.T) {
	s := serveRequests(t)
	sink := s.mailServer(func(*smtp.Conn) error { return &smtp.SMTPError{Code: 550, Message: "no such user"} })
	id := s.wantsMail(t)
	for range 8 {
		s.run("mails")
		s.wait(45 * time.Minute)
	}
	if n := sink.countTo(applicantsMail); n != 3*5 { // five tries each
		t.Errorf("%d tries: %v", n, s.outbox(id))
	}
	if n := s.toldOf(clerkA, "邮件没有送达，请用其他方式告知"); n != 3 {
		t.Errorf("the clerk is told %d times", n)
	}
	if got := s.lastSteps(id, 1); got != "sign principal" {
		t.Error(got)
	}
}

func TestAMailThatMayHaveArrivedIsNotSentAgain(t *testing.T) {
	s := serveRequests(t)
	sink := s.mailServer(func(c *smtp.Conn) error { return c.Conn().Close() })
	id, _, _ := s.filed()
	for range 3 {
		s.run("mails")
		s.wait(time.Hour)
	}
	if n := sink.countTo(applicantsMail); n != 1 || !strings.HasSuffix(s.outbox(id)[0], "unknown") {
		t.Errorf("%d mails; %v", n, s.outbox(id))
	}
	if n := s.toldOf(clerkA, "不知道邮件是否送达"); n != 1 {
		t.Errorf("the clerk is told %d times", n)
	}
}

// A server that was killed while it sent does not send again.
func TestAMailWhoseSendingWasCutShortIsNotSentAgain(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.filed()
	mail, err := s.app.FindFirstRecordByData("foi_mails", "request", id)
	if err != nil {
		t.Fatal(err)
	}
	mail.Load(map[string]any{"state": "sending", "at": now, "tries": 1})
	if err := s.app.Save(mail); err != nil {
		t.Fatal(err)
	}
	sink := s.mailSink()
	s.run("mails")
	s.wait(11 * time.Minute)
	s.run("mails")
	if n := sink.countTo(applicantsMail); n != 0 || !strings.HasSuffix(s.outbox(id)[0], "unknown") || s.toldOf(clerkA, "不知道邮件是否送达") != 1 {
		t.Errorf("%d mails; %v", n, s.outbox(id))
	}
}
