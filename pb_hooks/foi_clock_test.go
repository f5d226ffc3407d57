package pb_hooks_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

// stepsOf are the steps of a request, "action role" and, where it does not depend
// on when somebody looked, the day.
func (s *server) stepsOf(request string) []string {
	s.t.Helper()
	var rows []struct {
		Action string `db:"action"`
		Role   string `db:"role"`
		On     string `db:"on"`
	}
	if err := s.app.DB().NewQuery("SELECT action, role, [[on]] FROM foi_steps WHERE request = {:id} ORDER BY _rowid_").Bind(dbx.Params{"id": request}).All(&rows); err != nil {
		s.t.Fatal(err)
	}
	var list []string
	for _, r := range rows {
		line := r.Action + " " + r.Role
		if r.Action == "register" || r.Action == "lapse" {
			line += " " + r.On
		}
		list = append(list, line)
	}
	return list
}

func (s *server) lastSteps(request string, n int) string {
	s.t.Helper()
	list := s.stepsOf(request)
	return strings.Join(list[max(0, len(list)-n):], ", ")
}

// asksThirdParty is a request that waits for somebody's opinion.
func (s *server) asksThirdParty() (id string) {
	s.t.Helper()
	id, _, _ = s.filed()
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(now)})
	s.mustAct(clerkA, id, "assign", map[string]any{"party": "总务处"})
	s.mustAct(clerkA, id, "ask_third_party", map[string]any{"party": "示范餐饮公司", "items": "投标报价"})
	s.mustAct(officerA, id, "approve", nil)
	return id
}

// asksCorrection is a request that waits for its correction.
func (s *server) asksCorrection() (id string) {
	s.t.Helper()
	id, _, _ = s.filed()
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(now)})
	s.mustAct(clerkA, id, "ask_correction", map[string]any{"items": "请写明哪个学年", "days": 10})
	s.mustAct(officerA, id, "approve", nil)
	return id
}

// delivered is a request that was answered and delivered.
func (s *server) delivered() (id string) {
	s.t.Helper()
	id = s.answered()
	s.mustAct(clerkA, id, "deliver", map[string]any{"way": "邮寄"})
	return id
}

func TestTheSystemDoesWhatFallsDue(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.filed()
	s.wait(24 * time.Hour)
	if got := s.lastSteps(id, 1); got != "submit applicant" {
		t.Errorf("on the last day to confirm it: %s", got)
	}
	s.wait(24 * time.Hour)
	if got := s.lastSteps(id, 1); got != "register system 2026-11-24" {
		t.Errorf("the day after: %s", got)
	}
	a := s.do(clerkA, "GET", "/api/app/requests/"+id, nil)
	if a.field("state") != "registered" || a.field("received") != "2026-11-24" || !a.has("1号-收", `"role":"系统"`) {
		t.Errorf("the case: %s", a.body)
	}
	// the due day is 2026-12-22: the order goes out on the working day after it
	s.wait(27 * 24 * time.Hour)
	if got := s.lastSteps(id, 1); got != "register system 2026-11-24" {
		t.Errorf("on the due day: %s", got)
	}
	s.wait(24 * time.Hour)
	if got := s.lastSteps(id, 1); got != "order system" {
		t.Errorf("overdue: %s", got)
	}
	for _, who := range []string{clerkA, officerA, principalA} {
		if n := s.toldOf(who, "区教育局督办"); n != 1 {
			t.Errorf("%s is told of the order %d times", who, n)
		}
	}
	before := s.stepsOf(id)
	s.run("foi-clock")
	s.wait(24 * time.Hour)
	if after := s.stepsOf(id); len(after) != len(before) {
		t.Errorf("done again: %v", after)
	}
	if n, err := s.app.CountRecords("audit_log", dbx.HashExp{"action": "foi_order", "record": id, "via": "server", "actor_name": "系统"}); err != nil || n != 1 {
		t.Errorf("%d entries of the order in the audit (%v)", n, err)
	}
}

// toldOf counts what a person was told, read or not.
func (s *server) toldOf(who, text string) int {
	s.t.Helper()
	list, err := s.app.FindRecordsByFilter("notifications", "staff = {:staff} && title ~ {:text}", "", 0, 0, dbx.Params{"staff": s.person(who), "text": text})
	if err != nil {
		s.t.Fatal(err)
	}
	return len(list)
}

// After any downtime the cases are the same as without it.
func TestWhatFellDueWhileTheServerWasOffIsDoneOnce(t *testing.T) {
	heavy(t)
	const days = 60
	run := func(pass func(*server)) (steps []string, stands []string) {
		s := serveRequests(t)
		filed, _, _ := s.filed()
		steps = []string{filed, s.asksThirdParty(), s.asksCorrection(), s.delivered()}
		pass(s)
		for i, id := range steps {
			steps[i] = strings.Join(s.stepsOf(id), ", ")
			r := s.record("foi_requests", id)
			line := ""
			for _, f := range []string{"state", "clock", "received", "due", "proposal", "outcome", "dispatched"} {
				line += " " + r.GetString(f)
			}
			stands = append(stands, line)
		}
		return steps, stands
	}
	slowSteps, slow := run(func(s *server) {
		for range days {
			s.wait(24 * time.Hour)
		}
	})
	fastSteps, fast := run(func(s *server) {
		s.wait(days * 24 * time.Hour)
		s.run("foi-clock")
	})
	for i := range slow {
		if slow[i] != fast[i] || slowSteps[i] != fastSteps[i] {
			t.Errorf("day by day: %s: %s\nat once:    %s: %s", slow[i], slowSteps[i], fast[i], fastSteps[i])
		}
	}
	for i, want := range []string{"register system 2026-11-24, order system", "lapse system 2026-12-14, order system", "abandon system", "archive system"} {
		if !strings.HasSuffix(fastSteps[i], want) {
			t.Errorf("%s does not end with %s", fastSteps[i], want)
		}
	}
}

func TestOneRequestThatFailsHoldsUpNoOther(t *testing.T) {
	s := serveRequests(t)
	broken, _, _ := s.filed()
	sound, _, _ := s.filed()
	_, err := s.app.DB().NewQuery("INSERT INTO foi_steps (id, request, action, role, [[on]]) VALUES ('impossible00000', {:id}, 'sign', 'principal', '2026-11-23')").
		Bind(dbx.Params{"id": broken}).Execute()
	if err != nil {
		t.Fatal(err)
	}
	s.wait(48 * time.Hour)
	if got := s.lastSteps(broken, 1) + "; " + s.lastSteps(sound, 1); got != "sign principal; register system 2026-11-24" {
		t.Error(got)
	}
}

func TestADueDayThatMovesIsTold(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.filed()
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(now)})
	if due := s.record("foi_requests", id).GetString("due"); due != "2026-12-21" {
		t.Fatal(due)
	}
	create(s.app, "calendar_years", map[string]any{"year": 2026, "days": []map[string]any{{"date": "2026-12-01", "isOffDay": true, "name": "测试假日"}}})
	s.run("foi-clock")
	s.run("foi-clock")
	if got := s.lastSteps(id, 2); got != "register clerk 2026-11-23, recount system" {
		t.Error(got)
	}
	if due := s.record("foi_requests", id).GetString("due"); due != "2026-12-22" {
		t.Error(due)
	}
	if n := s.toldOf(clerkA, "答复期限由 2026-12-21 改为 2026-12-22"); n != 1 {
		t.Errorf("the clerk is told %d times", n)
	}
	mails, err := s.app.FindRecordsByFilter("foi_mails", "key ~ 'recount/'", "", 0, 0)
	if err != nil || len(mails) != 1 {
		t.Errorf("%d mails (%v)", len(mails), err)
	}
}

func TestADossierThatLacksSomethingStaysOpen(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	id := s.delivered()
	for _, sql := range []string{"DROP TRIGGER foi_letters_no_delete", "DELETE FROM foi_letters WHERE kind = 'receipt'"} {
		if _, err := s.app.DB().NewQuery(sql).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	s.wait(20 * 24 * time.Hour)
	s.run("foi-clock")
	if got := s.lastSteps(id, 1); got != "deliver clerk" {
		t.Error(got)
	}
	if n := s.toldOf(clerkA, "案卷还缺少：收件回执"); n != 1 {
		t.Errorf("the clerk is told %d times", n)
	}
}

// What has ended costs the clock nothing, however much there is.
func TestTheClockDoesNotLookAtWhatHasEnded(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	id, _, _ := s.filed()
	round := func() time.Duration {
		best := time.Hour
		for range 5 {
			start := time.Now()
			s.run("foi-clock")
			best = min(best, time.Since(start))
		}
		return best
	}
	few := round()
	_, err := s.app.DB().NewQuery(fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)"+
		" INSERT INTO foi_requests (id, school, number, subject, state, ending, clock, submitted, received, due, closed)"+
		" SELECT printf('archived%%07d', i), '%s', printf('SQ2020-%%05d', i), '题', 'archived', 'answered', 'stopped', '2020-01-02', '2020-01-02', '2020-02-03', '2020-02-01' FROM n", schoolA)).Execute()
	if err != nil {
		t.Fatal(err)
	}
	many := round()
	t.Logf("one open request: %v; beside 50,000 archived: %v", few, many)
	if many > 2*few+20*time.Millisecond {
		t.Errorf("one open request takes %v, beside 50,000 archived %v", few, many)
	}
	s.wait(48 * time.Hour)
	if got := s.lastSteps(id, 1); got != "register system 2026-11-24" {
		t.Error(got)
	}
}
