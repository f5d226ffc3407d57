package pb_hooks_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"
)

const letterDesk = "/api/app/inquiries"

// enter sends the form of a letter that the clerk types in.
func (s *server) enter(as string, letter map[string]any, papers ...paper) answer {
	s.t.Helper()
	body, kind := encoded(s.t, "letter", letter, papers...)
	return s.send(as, http.MethodPost, letterDesk, kind, bytes.NewReader(body))
}

// byPhone is a letter that the clerk types in.
func byPhone(change map[string]any) map[string]any {
	return filledIn(filledIn(goodLetter(), map[string]any{"how": "phone", "on": dayOf(now.AddDate(0, 0, -3)), "may_publish": false}), change)
}

func TestTheClerkEntersALetter(t *testing.T) {
	s := serveRequests(t)
	letter := byPhone(map[string]any{"contact": nil, "name": nil})
	before := s.lastRow()
	a := s.enter(clerkA, letter, paper{"papers", "来信.png", picture(t)})
	if a.status != http.StatusOK || len(a.field("code").(string)) != 8 || a.field("submitted") != "2026-11-20" || a.field("due") != "2026-11-27" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	id := a.field("id").(string)
	desk := s.do(clerkA, http.MethodGet, letterDesk+"/"+id, nil)
	if desk.field("how") != "phone" || desk.field("how_name") != "电话" || desk.field("state") != "submitted" || desk.field("papers") != float64(1) || desk.field("writer") != "匿名" {
		t.Errorf("the case: %s", desk.body)
	}
	if n := s.rowsOf("audit_log", "action = 'inquiry_submit' AND record = '"+id+"' AND actor = '"+s.actor(clerkA)+"'"); n != 1 || len(s.deeds(before)) != 1 {
		t.Errorf("entered in the audit: %v", s.deeds(before))
	}
	if again := s.enter(clerkA, letter); again.status != http.StatusOK || again.field("number") != a.field("number") || again.field("code") != a.field("code") {
		t.Errorf("a double click: %s", again.body)
	}
	if got := s.deeds(before); len(got) != 2 || !strings.Contains(got[1], "inquiry_receipt") {
		t.Errorf("showing the code again is entered: %v", got)
	}
	if n := s.toldOf(clerkA, "待受理"); n != 0 {
		t.Error("the clerk is told of what they entered")
	}
	// nothing is held: a person has read it
	for range 2 {
		b := s.enter(clerkA, byPhone(map[string]any{"fields": map[string]string{"title": "骚扰", "text": "来电人要求加微信刷单，已告知不予受理"}, "how": "hotline"}))
		if b.status != http.StatusOK || s.stateOf(b.field("number")) != "submitted" {
			t.Errorf("%d %s", b.status, b.body)
		}
	}
	b := s.enter(supervisor, byPhone(map[string]any{"channel": "appeal", "category": "disclosure", "how": "visit",
		"fields": map[string]string{"school": "晨光小学", "title": "不公开", "text": "申请后没有答复"}}))
	if b.status != http.StatusOK || b.field("unit") != "本区教育局" {
		t.Errorf("at the bureau: %d %s", b.status, b.body)
	}
	s.lettersOnFile(4, 1)
}

func TestWhoDoesNotEnterALetter(t *testing.T) {
	s := serveRequests(t)
	for _, who := range viewers {
		if who == clerkA || who == clerkB || who == supervisor {
			continue
		}
		if a := s.enter(who, byPhone(nil)); a.status != http.StatusForbidden && a.status != http.StatusUnauthorized && a.status != http.StatusNotFound {
			t.Errorf("%q enters a letter: %d %s", who, a.status, a.body)
		}
	}
	for field, change := range map[string]map[string]any{
		"how": {"how": "online"}, "on": {"on": dayOf(now.Add(24 * time.Hour))}, "contact": {"contact": "12"}, "category": {"category": "question"},
		"channel": {"channel": "appeal", "category": "disclosure"}, "text": {"fields": map[string]string{"title": "题"}}, "about_principal": {"about_principal": true},
	} {
		a := s.enter(clerkA, byPhone(change))
		if message, _ := a.field("data", field, "message").(string); a.status != http.StatusBadRequest || message == "" {
			t.Errorf("%s: %d %s", field, a.status, a.body)
		}
	}
	s.lettersOnFile(0, 0)
}
