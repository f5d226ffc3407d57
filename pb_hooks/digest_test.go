package pb_hooks_test

import (
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"gongkai/pb_hooks"
)

// mailServer is a real mail server that answers each mail as told, after it
// read it. Whatever it was sent is in the sink, taken or not.
func (s *server) mailServer(answer func(*smtp.Conn) error) *mailSink {
	s.t.Helper()
	sink := s.mailSink()
	port := s.smtp(func(c *smtp.Conn) (smtp.Session, error) {
		return &tellingSession{sinkSession{sink: sink}, c, answer}, nil
	})
	s.changeSettings(func(settings *core.Settings) { settings.SMTP.Port = port })
	return sink
}

type tellingSession struct {
	sinkSession
	conn   *smtp.Conn
	answer func(*smtp.Conn) error
}

func (c *tellingSession) Data(r io.Reader) error {
	if err := c.sinkSession.Data(r); err != nil {
		return err
	}
	return c.answer(c.conn)
}

// at sets the server's clock and lets the round of that minute run.
func (s *server) mailsAt(clock string) {
	s.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", clock, time.FixedZone("Asia/Shanghai", 8*3600))
	if err != nil {
		s.t.Fatal(err)
	}
	s.now.Store(&at)
	s.run("mails")
}

func (s *server) mailStates() string {
	s.t.Helper()
	list, err := s.app.FindRecordsByFilter("mails", "kind != 'round'", "created", 0, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	var states []string
	for _, r := range list {
		states = append(states, r.GetString("kind")+" "+r.GetString("state"))
	}
	return strings.Join(states, ", ")
}

func TestDigestOfAWorkingMorning(t *testing.T) {
	s := serve(t)
	sink := s.mailSink()
	s.mailsAt("2026-11-23 13:00") // too late for today's
	article := s.submitted("食堂供餐调整", "A0308")
	s.submitted("退回的", "A0308", "return")
	s.mailsAt("2026-11-23 18:59")
	s.mailsAt("2026-11-23 19:00")
	s.mailsAt("2026-11-24 03:00")
	s.mailsAt("2026-11-24 07:29")
	if n := sink.count(); n != 0 {
		t.Fatalf("%d mails before 7:30: %+v", n, sink.mails)
	}
	s.mailsAt("2026-11-24 07:30")
	if n := sink.count(); n != 2 {
		t.Fatalf("%d mails, want the reviewer's and the editor's: %+v", n, sink.mails)
	}
	reviewers := sink.next(t, reviewerA)
	// the second text was returned since, but nobody has read that it was to be reviewed
	if reviewers.subject != "待办 1 件，未读消息 2 条" || !strings.Contains(reviewers.text, "有 1 件待办") || !strings.Contains(reviewers.text, "待初审：食堂供餐调整") ||
		!strings.Contains(reviewers.text, s.url+"/workbench/articles/"+article) || !strings.Contains(reviewers.text, s.url+"/workbench/inbox") {
		t.Errorf("the reviewer's: %+v", reviewers)
	}
	editors := sink.next(t, editorA)
	if editors.subject != "待办 1 件，未读消息 1 条" || !strings.Contains(editors.text, "退回修改：退回的") {
		t.Errorf("the editor's: %+v", editors)
	}
	for _, clock := range []string{"2026-11-24 07:30", "2026-11-24 07:31", "2026-11-24 11:59", "2026-11-24 20:00"} {
		s.submitted("又一条 "+clock, "A0308")
		s.mailsAt(clock)
	}
	if n := sink.count(); n != 0 {
		t.Errorf("%d mails more on the same day: %+v", n, sink.mails)
	}
	s.mailsAt("2026-11-25 09:00") // the server was down at 7:30
	next := sink.next(t, reviewerA)
	if strings.Contains(next.text, "食堂供餐调整") || !strings.Contains(next.text, "又一条") || !strings.Contains(next.text, "有 5 件待办") ||
		!strings.Contains(next.text, "今天到期 1 件") {
		t.Errorf("the next day tells again, or nothing: %+v", next)
	}
}

func TestDigestIsForWorkingDays(t *testing.T) {
	s := serve(t)
	sink := s.mailSink()
	s.submitted("标题", "A0308")
	for _, clock := range []string{"2026-11-28 07:30", "2026-11-29 07:30"} { // a weekend
		s.mailsAt(clock)
	}
	if n := sink.count(); n != 0 {
		t.Errorf("%d mails on a weekend", n)
	}
	s.mailsAt("2026-11-30 07:30")
	if mail := sink.next(t, reviewerA); !strings.Contains(mail.subject, "逾期 1 件") || !strings.Contains(mail.text, "已逾期 1 件") {
		t.Errorf("on Monday: %+v", mail)
	}
}

func TestDigestHasNothingToSay(t *testing.T) {
	s := serve(t)
	sink := s.mailSink()
	article := s.submitted("标题", "A0308")
	s.must(editorA, article, map[string]any{"action": "recall"})
	s.do(reviewerA, "POST", "/api/app/notifications/read", map[string]any{"all": true})
	s.mailsAt("2026-11-24 07:30")
	if n := sink.count(); n != 0 || s.mailStates() != "" {
		t.Errorf("%d mails: %+v", n, sink.mails)
	}
}

func TestDigestIsNotForWhoLeft(t *testing.T) {
	s := serve(t)
	sink := s.mailSink()
	s.submitted("标题", "A0308")
	gone := s.record("staff", s.person(reviewerA))
	gone.Set("deactivated_at", now)
	if err := s.app.Save(gone); err != nil {
		t.Fatal(err)
	}
	s.mailsAt("2026-11-24 07:30")
	if mail, ok := sink.take(reviewerA); ok {
		t.Errorf("%+v", mail)
	}
	sink.next(t, bureauReviewer) // whose it is now
}

func TestDigestWithoutAMailServer(t *testing.T) {
	s := serve(t)
	s.submitted("标题", "A0308")
	s.mailsAt("2026-11-24 07:30")
	if got := s.mailStates(); got != "" {
		t.Errorf("%s", got)
	}
	sink := s.mailSink()
	s.mailsAt("2026-11-24 07:31")
	sink.next(t, reviewerA) // it was not taken for sent
}

func TestDigestRefusedIsTriedAgain(t *testing.T) {
	s := serve(t)
	var refusals atomic.Int32
	sink := s.mailServer(func(*smtp.Conn) error {
		if refusals.Add(1) <= 2 {
			return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "try again later"}
		}
		return nil
	})
	s.submitted("食堂供餐调整", "A0308")
	s.mailsAt("2026-11-24 07:30")
	refused, err := s.app.FindFirstRecordByFilter("mails", "state = 'refused'")
	if err != nil || !strings.Contains(refused.GetString("error"), "try again later") || refused.GetInt("tries") != 1 {
		t.Fatalf("what is recorded: %v %v", refused, err)
	}
	s.mailsAt("2026-11-24 07:34")
	if refusals.Load() != 1 {
		t.Errorf("tried again at once")
	}
	s.mailsAt("2026-11-24 07:35")
	s.mailsAt("2026-11-24 07:45")
	s.mailsAt("2026-11-24 08:45")
	if got := s.mailStates(); refusals.Load() != 3 || got != "digest sent" {
		t.Errorf("%d tries, %s", refusals.Load(), got)
	}
	first, last := sink.next(t, reviewerA), sinkMail{}
	for range 2 {
		last = sink.next(t, reviewerA)
	}
	if first.text != last.text || !strings.Contains(last.text, "食堂供餐调整") {
		t.Errorf("the last try tells something else: %+v, %+v", first, last)
	}
}

func TestDigestIsGivenUp(t *testing.T) {
	s := serve(t)
	s.mailSink()
	s.changeSettings(func(settings *core.Settings) { settings.SMTP.Port = 1 }) // nobody listens
	s.submitted("标题", "A0308")
	s.mailsAt("2026-11-24 07:30")
	if got := s.mailStates(); got != "digest refused" {
		t.Errorf("%s", got)
	}
	for _, clock := range []string{"07:40", "08:00", "08:30", "09:30", "11:00", "11:30"} {
		s.mailsAt("2026-11-24 " + clock)
	}
	if got := s.mailStates(); got != "digest failed" {
		t.Errorf("%s", got)
	}
}

// A connection that breaks after the text went over: the mail may have arrived.
func TestDigestThatMayHaveArrivedIsNotSentAgain(t *testing.T) {
	s := serve(t)
	sink := s.mailServer(func(c *smtp.Conn) error { return c.Conn().Close() })
	s.submitted("标题", "A0308")
	for _, clock := range []string{"07:30", "07:40", "08:40", "11:50"} {
		s.mailsAt("2026-11-24 " + clock)
	}
	if got := s.mailStates(); sink.count() != 1 || got != "digest unknown" {
		t.Errorf("%d mails, %s", sink.count(), got)
	}
	s.mailsAt("2026-11-25 07:30") // the day after counts anew, and tells nothing twice
	sink.next(t, reviewerA)
	if second := sink.next(t, reviewerA); strings.Contains(second.text, "未读消息") {
		t.Errorf("%+v", second)
	}
}

// The process is killed while the mail server has the mail and has not answered:
// what lies on the disk at that moment is started again.
func TestAKilledProcessAndItsSuccessorTogetherSendOneDigest(t *testing.T) {
	s := serve(t)
	has, goOn := make(chan bool, 9), make(chan bool)
	sink := s.mailServer(func(*smtp.Conn) error {
		has <- true
		<-goOn
		return nil
	})
	s.submitted("标题", "A0308")
	done := make(chan bool)
	go func() {
		s.mailsAt("2026-11-24 07:30")
		close(done)
	}()
	select {
	case <-has:
	case <-time.After(30 * time.Second):
		t.Fatal("no mail went out")
	}
	image, err := tests.NewTestApp(s.app.DataDir())
	if err != nil {
		t.Fatal(err)
	}
	defer image.Cleanup()
	image.OnMailerSend().UnbindAll()
	later := time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)
	pb_hooks.Register(image, pb_hooks.Options{UI: builtUI(), Now: func() time.Time { return later }})
	runJob(t, image, "mails")
	close(goOn)
	<-done
	if n := sink.count(); n != 1 {
		t.Errorf("%d mails went out", n)
	}
	r, err := image.FindFirstRecordByFilter("mails", "kind = 'digest'")
	if err != nil || r.GetString("state") != "unknown" || r.GetString("error") == "" {
		t.Errorf("what is recorded: %v %v", r, err)
	}
	if got := s.mailStates(); got != "digest sent" {
		t.Errorf("the first process: %s", got)
	}
}

func runJob(t *testing.T, app core.App, id string) {
	t.Helper()
	for _, job := range app.Cron().Jobs() {
		if job.Id() == id {
			job.Run()
			return
		}
	}
	t.Fatalf("there is no job %s", id)
}

func TestNotificationOfAnEmergencyIsMailedAtOnce(t *testing.T) {
	s := serve(t)
	sink := s.mailSink()
	article := s.submitted("含有个人信息", "A0308", "approve", "clear")
	night := time.Date(2026, 11, 28, 18, 30, 0, 0, time.UTC) // Sunday, half past two
	s.now.Store(&night)
	s.must(supervisor, article, map[string]any{"action": "take_down", "reason": "含有学生个人信息"})
	for _, who := range []string{editorA, principalA} {
		mail := sink.next(t, who)
		if !strings.HasPrefix(mail.subject, "【紧急】") || !strings.Contains(mail.subject, "含有个人信息") || !strings.Contains(mail.text, s.url+"/workbench/articles/"+article) {
			t.Errorf("%s: %+v", who, mail)
		}
	}
	sink.next(t, secondA)
	s.mailsAt("2026-11-29 02:31")
	if n := sink.count(); n != 0 {
		t.Errorf("%d mails more: %+v", n, sink.mails)
	}
	lost, err := s.app.DB().NewQuery("UPDATE notifications SET mailed_at = '' WHERE urgent = TRUE").Execute()
	if n, _ := lost.RowsAffected(); err != nil || n != 3 {
		t.Fatalf("%d marks lost, %v", n, err)
	}
	s.mailsAt("2026-11-29 02:32")
	if n := sink.count(); n != 0 {
		t.Errorf("without its mark, as a second sender saw it, it went out again: %+v", sink.mails)
	}
	if _, err := s.app.DB().NewQuery("UPDATE notifications SET mailed_at = created WHERE urgent = TRUE").Execute(); err != nil {
		t.Fatal(err)
	}
	s.mailsAt("2026-11-30 07:30")
	if mail, ok := sink.take(editorA); ok && strings.Contains(mail.text, "紧急撤下") {
		t.Errorf("the digest tells it again: %+v", mail)
	}
}

func TestNotificationOfAnEmergencyWithoutAMailServerIsNoNewsLater(t *testing.T) {
	s := serve(t)
	article := s.submitted("标题", "A0308", "approve", "clear")
	s.must(supervisor, article, map[string]any{"action": "take_down", "reason": "含有学生个人信息"})
	s.mailsAt("2026-11-23 13:00")
	sink := s.mailSink()
	s.mailsAt("2026-11-23 13:01")
	if got := s.mailStates(); sink.count() != 0 || got != "urgent skipped, urgent skipped, urgent skipped" {
		t.Errorf("%d mails, %s", sink.count(), got)
	}
}
