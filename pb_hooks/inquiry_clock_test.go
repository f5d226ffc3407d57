package pb_hooks_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

// stepsOfLetter are the steps of a letter, "action role".
func (s *server) stepsOfLetter(id string) string {
	s.t.Helper()
	var rows []struct {
		Action string `db:"action"`
		Role   string `db:"role"`
	}
	if err := s.app.DB().NewQuery("SELECT action, role FROM inquiry_steps WHERE inquiry = {:id} ORDER BY _rowid_").Bind(dbx.Params{"id": id}).All(&rows); err != nil {
		s.t.Fatal(err)
	}
	var list []string
	for _, r := range rows {
		list = append(list, r.Action+" "+r.Role)
	}
	return strings.Join(list, ", ")
}

// toldOfLetter are the titles of what a person was told of letters.
func (s *server) toldOfLetter(who string) string {
	s.t.Helper()
	list, err := s.app.FindRecordsByFilter("notifications", "staff = {:staff} && kind ~ 'inquiry'", "@rowid", 0, 0, dbx.Params{"staff": s.person(who)})
	if err != nil {
		s.t.Fatal(err)
	}
	var titles []string
	for _, n := range list {
		titles = append(titles, n.GetString("title"))
	}
	return strings.Join(titles, " | ")
}

func TestWhatFallsDueInALetter(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.wrote(aQuestion()) // Monday 2026-11-23: accepted by 24, answered by 30
	day := func(n int) { s.wait(time.Duration(n) * 24 * time.Hour) }
	day(1)
	if got := s.stepsOfLetter(id); got != "submit writer" {
		t.Errorf("on the last day to accept it: %s", got)
	}
	day(1)
	if got := s.stepsOfLetter(id); got != "submit writer, escalate system" {
		t.Errorf("the day after: %s", got)
	}
	if got := s.toldOfLetter(officerA); !strings.Contains(got, "受理已经逾期") {
		t.Errorf("the officer: %s", got)
	}
	s.mustLetter(clerkA, id, "accept", nil)
	if r := s.record("inquiries", id); !r.GetBool("accepted_late") {
		t.Error("accepted late is not kept")
	}
	day(6) // December 1
	s.run("inquiry-clock")
	if got := s.stepsOfLetter(id); got != "submit writer, escalate system, accept clerk, escalate system" {
		t.Errorf("after the due day: %s", got)
	}
	day(30) // more than fifteen working days late
	if got := s.stepsOfLetter(id); !strings.HasSuffix(got, "order system") {
		t.Errorf("long after: %s", got)
	}
	if got := s.toldOfLetter(principalA); !strings.Contains(got, "督办") {
		t.Errorf("the principal: %s", got)
	}
	s.answersLetter(id, officerA, "请带户口簿和转学申请表。")
	if r := s.record("inquiries", id); !r.GetBool("late") || r.GetFloat("answer_hours") < 200 {
		t.Errorf("answered late: %v %v", r.GetBool("late"), r.GetFloat("answer_hours"))
	}
	day(31)
	if got := s.stepsOfLetter(id); !strings.HasSuffix(got, "archive system") {
		t.Errorf("unrated: %s", got)
	}
}

func TestWhatFellDueInALetterWhileTheServerWasOff(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.wrote(aQuestion())
	transferred, _, _ := s.wrote(aQuestion())
	s.mustLetter(clerkA, transferred, "transfer", map[string]any{"unit": "9999990002", "reason": "属于示范二小的学区"})
	s.wait(40 * 24 * time.Hour)
	once := s.stepsOfLetter(id) + "; " + s.stepsOfLetter(transferred)
	s.run("inquiry-clock")
	s.run("new-day")
	if again := s.stepsOfLetter(id) + "; " + s.stepsOfLetter(transferred); again != once {
		t.Errorf("done twice: %s, then %s", once, again)
	}
	if !strings.Contains(once, "transfer clerk, take_over system") || strings.Count(once, "escalate") < 3 {
		t.Errorf("what fell due: %s", once)
	}
	if r := s.record("inquiries", transferred); r.GetString("unit") == schoolA || r.GetString("offered") != "" {
		t.Errorf("who has it: %s %s", r.GetString("unit"), r.GetString("offered"))
	}
}

func TestAnUrgentLetterPresses(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.wrote(filledIn(goodLetter(), map[string]any{"category": "bullying", "may_publish": false}))
	for _, who := range []string{principalA, supervisor} {
		if got := s.toldOfLetter(who); !strings.Contains(got, "紧急来信（学生欺凌）") || strings.Contains(got, "科学课") {
			t.Errorf("%s at once: %s", who, got)
		}
	}
	s.now.Store(ptr(s.now.Load().Add(90 * time.Minute)))
	s.run("inquiry-clock")
	if got := s.toldOfLetter(supervisor); strings.Contains(got, "两小时") {
		t.Errorf("too early: %s", got)
	}
	s.now.Store(ptr(s.now.Load().Add(time.Hour)))
	s.run("inquiry-clock")
	s.run("inquiry-clock")
	if got := s.toldOfLetter(supervisor); strings.Count(got, "两小时没有受理") != 1 {
		t.Errorf("after two hours: %s", got)
	}
	if box := s.inbox(clerkA); len(box.Items) != 1 || box.Items[0].ID != id || box.Items[0].Due != "2026-11-23" || strings.Contains(box.Items[0].Title, "科学") {
		t.Errorf("the clerk's inbox: %+v", box.Items)
	}
}

func TestInboxOfLetters(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.wrote(goodLetter())
	has := func(who, stage string) {
		t.Helper()
		box := s.inbox(who)
		got := ""
		for _, i := range box.Items {
			if i.ID == id {
				got = i.StageName
			}
		}
		if got != stage {
			t.Errorf("%s has %q in the inbox, want %q", who, got, stage)
		}
	}
	has(clerkA, "待受理")
	has(principalA, "")
	s.mustLetter(clerkA, id, "accept", nil)
	s.mustLetter(clerkA, id, "assign", map[string]any{"assignee": s.person(nobodyA), "department": "教导处"})
	has(nobodyA, "办理中")
	has(clerkA, "")
	s.writeAnswer(nobodyA, id, "已经安排。")
	s.mustLetter(nobodyA, id, "submit_answer", nil)
	has(principalA, "待审核")
	has(officerA, "")
	has(supervisor, "")
}

func ptr[T any](v T) *T { return &v }
