package pb_hooks_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"
)

// fillLetters makes letters of many schools in the table, as their steps would have
// left them.
func (s *server) fillLetters(n int) {
	s.t.Helper()
	_, err := s.app.NonconcurrentDB().NewQuery(fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < %d)
INSERT INTO inquiries (id, number, channel, category, capacity, state, clock, unit, written_to, submitted, accept_by, decided, due, answered, late, accepted_late,
 accept_hours, answer_hours, rating, created, updated)
SELECT printf('filled%%09d', i), printf('LX2025-%%06d', i), CASE i%%3 WHEN 0 THEN 'mailbox' WHEN 1 THEN 'consultation' ELSE 'erratum' END, 'question', 'parent',
 CASE WHEN i%%40=0 THEN 'handling' ELSE 'archived' END, CASE WHEN i%%40=0 THEN 'running' ELSE 'stopped' END, CASE i%%2 WHEN 0 THEN 'schoola00000000' ELSE 'schoolb00000000' END, '',
 date('2025-01-01', '+'||(i%%300)||' days'), '2025-01-01', '2025-01-01', '2025-01-05', CASE WHEN i%%40=0 THEN '' ELSE '2025-01-04' END, i%%17=0, i%%23=0,
 (i%%160)/10.0, (i%%700)/10.0, i%%7, '2026-11-24 00:00:00.000Z', '2026-11-24 00:00:00.000Z' FROM n`, n)).Execute()
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestTheBureauSeesHowSchoolsAnswer(t *testing.T) {
	s := serveRequests(t)
	asks := func(who, query string) answer {
		return s.do(who, http.MethodGet, "/api/app/inquiries/overview"+query, nil)
	}
	answered, _, _ := s.wrote(aQuestion())
	s.answersLetter(answered, officerA, "请带户口簿。")
	s.wrote(goodLetter())
	secret, _, _ := s.wrote(filledIn(goodLetter(), map[string]any{"category": "bullying", "may_publish": false}))
	view := asks(supervisor, "")
	if view.field("whole", "received") != 3.0 || view.field("whole", "answered") != 1.0 || view.field("whole", "answered_in_time") != 1.0 || view.field("whole", "open") != 2.0 {
		t.Fatalf("whole: %d %s", view.status, view.body)
	}
	s.wait(3 * 24 * time.Hour)
	if a := asks(supervisor, "?channel=mailbox"); a.field("whole", "received") != 2.0 || a.field("whole", "undecided") != 2.0 || !a.has(`"silent":true`) {
		t.Errorf("mailbox, two days later: %s", a.body)
	}
	if a := asks(supervisor, "?stage=%E9%AB%98%E4%B8%AD"); a.field("whole", "received") != 0.0 {
		t.Errorf("of another stage: %s", a.body)
	}
	if a := asks(supervisor, "?from=2026-12-01&until=2026-11-01"); a.status != http.StatusBadRequest || !a.has("until") {
		t.Errorf("from after until: %d %s", a.status, a.body)
	}
	cases := s.do(supervisor, http.MethodGet, "/api/app/inquiries/overview/cases?figure=undecided&channel=mailbox", nil)
	if cases.field("total") != 2.0 || len(cases.field("items").([]any)) != 2 || !cases.has(secret) {
		t.Errorf("behind the figure: %s", cases.body)
	}
	if s.record("inquiries", secret).GetString("title") != "" {
		t.Error("the title of a confidential letter is in the list")
	}
	if a := s.do(supervisor, http.MethodGet, "/api/app/inquiries/overview/cases?figure=nothing", nil); a.status != http.StatusNotFound {
		t.Errorf("an unknown figure: %d", a.status)
	}
	for _, who := range viewers {
		bureau, mine := who == supervisor, slices.Contains([]string{clerkA, officerA, principalA}, who)
		for _, path := range []string{"", "/cases?figure=received"} {
			a := asks(who, path)
			if may := bureau || mine || who == clerkB; (a.status == http.StatusOK) != may {
				t.Errorf("%q %s: %d", who, path, a.status)
			}
			if who == clerkB && (a.has(secret) || a.has("晨光小学")) {
				t.Errorf("another school's figures: %s", a.body)
			}
		}
	}
}

// BenchmarkInquiryOverview asks for the figures of 200,000 letters over HTTP.
func BenchmarkInquiryOverview(b *testing.B) {
	s := serveRequests(b)
	s.fillLetters(200_000)
	s.now.Store(ptr(time.Now()))
	// read once; the copies bear a time after the start's own count
	if a := s.do(supervisor, http.MethodGet, "/api/app/inquiries/overview?from=2025-01-01", nil); a.field("whole", "received") != 200_000.0 {
		b.Fatalf("counted: %v", a.field("whole", "received"))
	}
	s.benchPages(b, "/api/app/inquiries/overview", map[string]string{"all": "?from=2025-01-01&until=2026-12-31&as=bureau",
		"a channel": "?from=2025-01-01&until=2026-12-31&channel=mailbox&as=bureau", "a month": "?from=2025-03-01&until=2025-03-31&as=bureau"})
}
