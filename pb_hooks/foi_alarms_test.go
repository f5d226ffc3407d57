package pb_hooks_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

// alarmsOf are the alarms that a person was told, oldest first: "urgent? title".
func (s *server) alarmsOf(who string) string {
	s.t.Helper()
	list, err := s.app.FindRecordsByFilter("notifications", "staff = {:staff} && kind = 'request_alarm'", "@rowid", 0, 0, dbx.Params{"staff": s.person(who)})
	if err != nil {
		s.t.Fatal(err)
	}
	var lines []string
	for _, n := range list {
		line, _, _ := strings.Cut(n.GetString("title"), "：")
		if n.GetBool("urgent") {
			line = "! " + line
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "; ")
}

func TestAlarmsRiseWithTheDaysLeft(t *testing.T) {
	s := serveRequests(t)
	sink := s.mailSink()
	id, _, _ := s.filed()
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(now)}) // due on Monday 21 December
	s.wait(20 * 24 * time.Hour)                                                // Sunday 13 December: 6 working days left
	if got := s.alarmsOf(clerkA); got != "" {
		t.Errorf("while it is green: %s", got)
	}
	s.wait(24 * time.Hour)
	yellow := "黄色预警，还剩 5 个工作日（2026-12-21 到期）"
	if got := s.alarmsOf(clerkA); got != yellow {
		t.Errorf("five days left: %s", got)
	}
	if got := s.alarmsOf(officerA) + s.alarmsOf(principalA) + s.alarmsOf(supervisor); got != "" {
		t.Errorf("yellow is told to others: %s", got)
	}
	s.wait(3 * 24 * time.Hour)
	orange := "! 橙色预警，还剩 2 个工作日（2026-12-21 到期）"
	if got := s.alarmsOf(clerkA); got != yellow+"; "+orange {
		t.Errorf("two days left: %s", got)
	}
	if got := s.alarmsOf(officerA) + s.alarmsOf(principalA) + s.alarmsOf(supervisor); got != orange+orange {
		t.Errorf("orange: %s", got)
	}
	if mail := sink.next(t, clerkA); !strings.Contains(mail.subject, "【紧急】橙色预警") || !strings.Contains(mail.text, "/workbench/requests/"+id) {
		t.Errorf("the mail: %+v", mail)
	}
	s.wait(5 * 24 * time.Hour)
	red := "! 红色预警（已逾期）"
	if got := s.alarmsOf(supervisor); got != red {
		t.Errorf("the bureau: %s", got)
	}
	before := s.alarmsOf(clerkA)
	s.run("foi-clock")
	s.wait(24 * time.Hour)
	if after := s.alarmsOf(clerkA); after != before || after != yellow+"; "+orange+"; "+red {
		t.Errorf("told again: %s", after)
	}
}

func TestAnAlarmIsToldWhoHasTheCaseInHand(t *testing.T) {
	s := serveRequests(t)
	id, _ := s.underReview()
	s.wait(21 * 24 * time.Hour)
	if got := s.alarmsOf(secrecyA); !strings.HasPrefix(got, "黄色预警") || s.alarmsOf(clerkA) != "" {
		t.Errorf("the secrecy reviewer: %q, the clerk: %q", got, s.alarmsOf(clerkA))
	}
	// a due day that moves is a new alarm
	create(s.app, "calendar_years", map[string]any{"year": 2026, "days": []map[string]any{{"date": "2026-12-15", "isOffDay": true, "name": "测试假日"}}})
	s.wait(24 * time.Hour)
	if got := s.alarmsOf(secrecyA); strings.Count(got, "黄色预警") != 2 || !strings.Contains(got, "2026-12-22 到期") {
		t.Errorf("after the due day moved: %s", got)
	}
	if s.lastSteps(id, 1) != "recount system" {
		t.Error(s.lastSteps(id, 1))
	}
}

func TestAlarmsAreNotRaisedByNight(t *testing.T) {
	s := serveRequests(t)
	s.underReview()
	s.wait(21*24*time.Hour - 4*time.Hour) // 6:00
	if got := s.alarmsOf(secrecyA); got != "" {
		t.Errorf("at six: %s", got)
	}
	s.wait(time.Hour)
	if got := s.alarmsOf(secrecyA); got == "" {
		t.Error("at seven nobody is told")
	}
}

func TestAlarmOfAnApplicationThatNobodyOpened(t *testing.T) {
	s := serveRequests(t)
	s.filed()
	s.run("foi-clock")
	if got := s.alarmsOf(clerkA); got != "" {
		t.Errorf("on the day itself: %s", got)
	}
	s.wait(24 * time.Hour)
	s.run("foi-clock")
	if got := s.alarmsOf(clerkA); got != "! 还没有确认收到，2026-11-24 结束时系统自动登记" || s.alarmsOf(supervisor) != "" {
		t.Errorf("the day after: %s; the bureau: %s", got, s.alarmsOf(supervisor))
	}
}

func TestASchoolWithoutAClerkAlarmsTheBureau(t *testing.T) {
	s := serveRequests(t)
	s.filed()
	gone := s.record("staff", s.person(clerkA))
	gone.Set("deactivated_at", now)
	if err := s.app.Save(gone); err != nil {
		t.Fatal(err)
	}
	s.run("foi-clock")
	s.run("foi-clock")
	for _, who := range []string{supervisor, principalA, officerA} {
		if got := s.alarmsOf(who); !strings.HasPrefix(got, "! 学校没有人能办理") || strings.Contains(got, ";") {
			t.Errorf("%s: %s", who, got)
		}
	}
}

// While opinions are waited for nobody can do anything: that is no alarm.
func TestNoAlarmWhileTheClockStandsStill(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.filed()
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(now)})
	s.mustAct(clerkA, id, "assign", map[string]any{"party": "总务处"})
	s.wait(21 * 24 * time.Hour) // yellow
	s.mustAct(clerkA, id, "ask_third_party", map[string]any{"party": "示范餐饮公司", "items": "投标报价"})
	s.mustAct(officerA, id, "approve", nil)
	before := s.alarmsOf(clerkA)
	s.wait(14 * 24 * time.Hour)
	if got := s.alarmsOf(clerkA); got != before || !strings.HasPrefix(got, "黄色预警") {
		t.Errorf("paused: %s", got)
	}
	s.mustAct(clerkA, id, "record_opinion", map[string]any{"party": "示范餐饮公司", "opinion": "agrees"})
	s.wait(3 * 24 * time.Hour)
	if got := s.alarmsOf(clerkA); got == before {
		t.Errorf("running again: %s", got)
	}
}
