package pb_hooks_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

func (s *server) invite(as, email, school string, duties ...string) answer {
	s.t.Helper()
	return s.do(as, http.MethodPost, "/api/app/staff", map[string]any{"email": email, "name": "新来的老师", "school": school, "duties": duties})
}

func (s *server) staff(as, person, do string, body any) answer {
	s.t.Helper()
	return s.do(as, http.MethodPost, "/api/app/staff/"+s.person(person)+"/"+do, body)
}

func (s *server) setPassword(token, pass string) answer {
	s.t.Helper()
	return s.do("", http.MethodPost, "/api/collections/staff/confirm-password-reset",
		map[string]any{"token": token, "password": pass, "passwordConfirm": pass})
}

func TestWhoMayInviteWhom(t *testing.T) {
	heavy(t)
	s := serve(t)
	for i, tt := range []struct {
		name, as, school string
		duties           []string
		status           int
		field, code      string
	}{
		{"a school's admin, for their own school", adminA, "", []string{"editor", "reviewer", "secrecy_reviewer", "clerk", "officer", "principal", "admin"}, 200, "", ""},
		{"a person without a duty yet", adminA, schoolA, nil, 200, "", ""},
		{"the bureau's admin, for a school", bureauAdmin, schoolB, []string{"editor"}, 200, "", ""},
		{"the bureau's admin, for the bureau", bureauAdmin, "", []string{"supervisor", "reviewer", "secrecy_reviewer", "admin"}, 200, "", ""},
		{"an auditor", bureauAdmin, "", []string{"auditor"}, 200, "", ""},
		{"for another school", adminA, schoolB, []string{"editor"}, 403, "", ""},
		{"an editor invites nobody", editorA, "", []string{"editor"}, 403, "", ""},
		{"nor a principal", principalA, "", []string{"editor"}, 403, "", ""},
		{"nor the auditor", auditor, "", []string{"editor"}, 403, "", ""},
		{"nor the supervisor", supervisor, schoolA, []string{"editor"}, 403, "", ""},
		{"nor a visitor", "", schoolA, []string{"editor"}, 401, "", ""},
		{"a superuser is not staff", root, schoolA, []string{"editor"}, 403, "", ""},
		{"no supervisor at a school", adminA, "", []string{"supervisor"}, 400, "duties", "duty_elsewhere"},
		{"no auditor at a school", bureauAdmin, schoolA, []string{"auditor"}, 400, "duties", "duty_elsewhere"},
		{"no editor at the bureau", bureauAdmin, "", []string{"editor"}, 400, "duties", "duty_elsewhere"},
		{"no principal at the bureau", bureauAdmin, "", []string{"principal"}, 400, "duties", "duty_elsewhere"},
		{"an auditor does nothing else", bureauAdmin, "", []string{"auditor", "reviewer"}, 400, "duties", "auditor_apart"},
		{"a duty that does not exist", adminA, "", []string{"emperor"}, 400, "duties", "duty_elsewhere"},
		{"a school that does not exist", bureauAdmin, "nosuchschool000", []string{"editor"}, 400, "school", "school_unknown"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before, _ := s.app.CountRecords("staff")
			a := s.invite(tt.as, fmt.Sprintf("new%d@x.cn", i), tt.school, tt.duties...)
			after, _ := s.app.CountRecords("staff")
			if a.status != tt.status || tt.field != "" && a.field("data", tt.field, "code") != tt.code {
				t.Errorf("%d, want %d %s: %s", a.status, tt.status, tt.code, a.body)
			}
			if (after > before) != (tt.status == 200) {
				t.Errorf("%d accounts became %d", before, after)
			}
		})
	}
	if a := s.invite(adminA, strings.ToUpper(editorB), "", "editor"); a.status != 400 || a.field("data", "email", "code") != "email_taken" {
		t.Errorf("an address that has an account: %d %s", a.status, a.body)
	}
	if a := s.do(adminA, http.MethodPost, "/api/collections/staff/records", map[string]any{"email": "x@x.cn", "name": "x", "password": password, "passwordConfirm": password}); a.status != 403 {
		t.Errorf("an account past the invitation: %d", a.status)
	}
}

// An invitation is mailed, its link opens once, and only that password works.
func TestAnInvitationIsAnsweredOnce(t *testing.T) {
	s := serve(t)
	sink := s.mailSink()
	a := s.invite(adminA, "new@x.cn", "", "editor")
	if a.status != 200 || a.field("sent") != "mail" || a.has("token=") || a.field("invited_at") == "" || a.field("email") != "new@x.cn" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	first := sink.next(t, "new@x.cn")
	if !strings.Contains(first.subject, "启用") || !strings.Contains(first.text, "24 小时") || !strings.Contains(first.text, adminA) {
		t.Errorf("the mail: %+v", first)
	}
	for _, do := range []string{"invite", "reset"} {
		if a := s.staff(bureauAdmin, "new@x.cn", do, nil); a.status != 429 || !a.has("一分钟") || sink.count() != 0 {
			t.Errorf("%s by another manager at once: %d, %d mails", do, a.status, sink.count())
		}
	}
	s.wait(time.Minute)
	if again := s.staff(adminA, "new@x.cn", "invite", nil); again.status != 200 {
		t.Fatalf("again: %d %s", again.status, again.body)
	}
	second := sink.next(t, "new@x.cn")
	if a := s.setPassword(found(t, first.text, tokenInMail), "New-pass-2026"); a.status != 400 {
		t.Errorf("the first link still opens: %d", a.status)
	}
	token := found(t, second.text, tokenInMail)
	if a := s.setPassword(token, "tooeasytoguess"); a.status != 400 {
		t.Errorf("a password of one kind of letters: %d", a.status)
	}
	if a := s.setPassword(token, "New-pass-2026"); a.status != 204 {
		t.Fatalf("set the password: %d %s", a.status, a.body)
	}
	if a := s.setPassword(token, "Other-pass-2026"); a.status != 400 {
		t.Errorf("the link opens twice: %d", a.status)
	}
	if a := signIn(s, "new@x.cn", "New-pass-2026"); a.status != 200 || a.field("record", "verified") != true {
		t.Errorf("sign in: %d %s", a.status, a.body)
	}
	if a := s.staff(adminA, "new@x.cn", "invite", nil); a.status != 400 || sink.count() != 0 {
		t.Errorf("who has a password was invited: %d, %d mails", a.status, sink.count())
	}
}

func TestWithoutMailTheLinkIsHandedOver(t *testing.T) {
	s := serve(t)
	a := s.invite(adminA, "new@x.cn", "", "editor")
	link, _ := a.field("link").(string)
	if a.status != 200 || a.field("sent") != "link" || !a.has("当面") || a.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := s.do(adminA, http.MethodGet, "/api/collections/staff/records/"+s.person("new@x.cn"), nil); a.has("token") {
		t.Errorf("the link is told twice: %s", a.body)
	}
	if a := s.setPassword(found(t, link, tokenInMail), "New-pass-2026"); a.status != 204 {
		t.Errorf("the link: %d %s", a.status, a.body)
	}
}

// A mail server that does not answer neither loses the account nor shows the link.
func TestAMailThatDoesNotGoOutIsSaid(t *testing.T) {
	s := serve(t)
	s.mailSink()
	s.changeSettings(func(settings *core.Settings) { settings.SMTP.Port = 1 })
	a := s.invite(adminA, "new@x.cn", "", "editor")
	if a.status != 200 || a.field("sent") != "failed" || a.has("token=") || a.field("invited_at") != "" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if got := s.record("staff", s.person("new@x.cn")).GetString("invited_at"); got != "" {
		t.Errorf("stored as invited at %s", got)
	}
	sink := s.mailSink()
	if a := s.staff(adminA, "new@x.cn", "invite", nil); a.status != 200 || a.field("invited_at") == "" {
		t.Errorf("sent again at once: %d %s", a.status, a.body)
	}
	sink.next(t, "new@x.cn")
}

// Whoever presses twice, or together with a colleague, sends one mail.
func TestManyPressesTogetherSendOneMail(t *testing.T) {
	s := serve(t)
	sink := s.mailSink()
	token := map[string]string{adminA: s.token(adminA), bureauAdmin: s.token(bureauAdmin)}
	path := "/api/app/staff/" + s.person(editorA) + "/reset"
	var wg sync.WaitGroup
	statuses := make([]int, 8)
	for i := range statuses {
		as := []string{adminA, bureauAdmin}[i%2]
		wg.Go(func() { statuses[i] = s.withToken(token[as], http.MethodPost, path).status })
	}
	wg.Wait()
	count := map[int]int{}
	for _, status := range statuses {
		count[status]++
	}
	mail := sink.next(t, editorA)
	if count[200] != 1 || count[429] != 7 || sink.count() != 0 {
		t.Errorf("%v, %d mails more", count, sink.count())
	}
	if a := s.setPassword(found(t, mail.text, tokenInMail), "New-pass-2026"); a.status != 204 {
		t.Errorf("its link: %d %s", a.status, a.body)
	}
}

func TestAResetSignsOutEverywhere(t *testing.T) {
	heavy(t)
	s := serve(t)
	sink := s.mailSink()
	session := signIn(s, editorA, password).field("token").(string)
	for range 5 {
		signIn(s, editorA, "wrong")
	}
	if a := s.staff(adminA, editorA, "reset", nil); a.status != 200 || a.field("sent") != "mail" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := s.refresh(session); a.status < 400 {
		t.Errorf("the old session goes on: %d", a.status)
	}
	if a := signIn(s, editorA, password); a.status != 400 {
		t.Errorf("the old password: %d", a.status)
	}
	if a := s.setPassword(found(t, sink.next(t, editorA).text, tokenInMail), "New-pass-2026"); a.status != 204 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := signIn(s, editorA, "New-pass-2026"); a.status != 200 {
		t.Errorf("the new password, though the account had been locked: %d %s", a.status, a.body)
	}
}

func (s *server) refresh(token string) answer {
	s.t.Helper()
	return s.withToken(token, http.MethodPost, "/api/collections/staff/auth-refresh")
}

func TestWhoIsDeactivatedIsOut(t *testing.T) {
	s := serve(t)
	sink := s.mailSink()
	session := signIn(s, editorA, password).field("token").(string)
	for _, tt := range []struct {
		name, as, whom string
		body           any
		status         int
	}{
		{"without a reason", adminA, editorA, map[string]any{"reason": " "}, 400},
		{"oneself", adminA, adminA, map[string]any{"reason": "离职"}, 403},
		{"somebody of another school", adminA, editorB, map[string]any{"reason": "离职"}, 404},
		{"somebody of the bureau, by a school", adminA, supervisor, map[string]any{"reason": "离职"}, 404},
		{"by an editor", secondA, editorA, map[string]any{"reason": "离职"}, 403},
		{"by the supervisor", supervisor, editorA, map[string]any{"reason": "离职"}, 403},
		{"by a visitor", "", editorA, map[string]any{"reason": "离职"}, 401},
	} {
		if a := s.staff(tt.as, tt.whom, "deactivate", tt.body); a.status != tt.status {
			t.Errorf("%s: %d, want %d: %s", tt.name, a.status, tt.status, a.body)
		}
	}
	a := s.staff(adminA, editorA, "deactivate", map[string]any{"reason": "调离"})
	if a.status != 200 || a.field("deactivated_at") == "" || a.field("deactivated_reason") != "调离" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := s.refresh(session); a.status < 400 {
		t.Errorf("the old session goes on: %d", a.status)
	}
	if a := s.withToken(session, http.MethodGet, "/api/app/desk"); a.status != 401 {
		t.Errorf("the old session reads: %d", a.status)
	}
	if a := signIn(s, editorA, password); a.status != 403 || a.field("token") != nil {
		t.Errorf("with the password: %d %s", a.status, a.body)
	}
	s.do("", http.MethodPost, "/api/collections/staff/request-password-reset", map[string]any{"email": editorA})
	for _, do := range []string{"invite", "reset", "deactivate"} {
		if a := s.staff(adminA, editorA, do, map[string]any{"reason": "x"}); a.status != 400 {
			t.Errorf("%s: %d", do, a.status)
		}
	}
	if a := s.do(editorA, http.MethodPost, "/api/collections/articles/records", map[string]any{"column": "A0308", "title": "x"}); a.status < 400 {
		t.Errorf("even a fresh token writes: %d", a.status)
	}
	for as, sees := range map[string]bool{adminA: true, bureauAdmin: true, root: true, secondA: false, supervisor: false} {
		if a := s.do(as, http.MethodGet, "/api/collections/staff/records/"+s.person(editorA), nil); a.status != 200 || a.has("调离") != sees {
			t.Errorf("why somebody left, read by %s: %d %s", as, a.status, a.body)
		}
	}
	if a := s.staff(adminA, editorA, "reactivate", nil); a.status != 200 || a.field("deactivated_at") != "" {
		t.Fatalf("reactivate: %d %s", a.status, a.body)
	}
	if a := signIn(s, editorA, password); a.status != 200 {
		t.Errorf("after that: %d", a.status)
	}
	if sink.count() != 0 {
		t.Errorf("%d mails went to somebody who had left", sink.count())
	}
}

// Without its school an account would be one of the bureau.
func TestASchoolWithPeopleIsNotDeleted(t *testing.T) {
	s := serve(t)
	a := s.do(root, http.MethodPost, "/api/collections/schools/records", map[string]any{"code": "9999990003", "name": "示范区新开学校", "stages": []string{"小学"}, "status": "planned"})
	school, _ := a.field("id").(string)
	if a.status != 200 || s.invite(bureauAdmin, "only@x.cn", school, "editor").status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	a = s.do(root, http.MethodDelete, "/api/collections/schools/records/"+school, nil)
	if got := s.record("staff", s.person("only@x.cn")).GetString("school"); a.status < 400 || got != school {
		t.Errorf("%d, their school is now %q", a.status, got)
	}
}

func TestTheBureauKeepsAnAdmin(t *testing.T) {
	s := serve(t)
	path := "/api/collections/staff/records/" + s.person(bureauAdmin)
	if a := s.do(root, http.MethodPatch, path, map[string]any{"duties": []string{"reviewer"}}); a.status != 400 || a.field("data", "duties", "code") != "last_admin" {
		t.Errorf("the last one lost the duty: %d %s", a.status, a.body)
	}
	s.invite(bureauAdmin, "second@x.cn", "", "admin")
	if a := s.staff("second@x.cn", bureauAdmin, "deactivate", map[string]any{"reason": "退休"}); a.status != 200 {
		t.Fatalf("one of two: %d %s", a.status, a.body)
	}
	r := s.record("staff", s.person("second@x.cn"))
	r.Set("deactivated_at", now)
	if err := s.app.Save(r); err == nil {
		t.Error("the server itself deactivated the last one")
	}
}
