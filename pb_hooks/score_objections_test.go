package pb_hooks_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks/scorecard"
)

func objection(code string) map[string]any {
	return map[string]any{"month": "2026-11", "code": code, "text": "栏目上周已经发布，系统没有计入。", "link": "/a/abc"}
}

func TestASchoolObjectsToALine(t *testing.T) {
	s := serve(t)
	path := scoresPath + "/9999990001/objections"
	for _, who := range []string{"", nobodyA, editorA, reviewerA, clerkA, adminA, supervisor, auditor, root} {
		if a := s.do(who, http.MethodPost, path, objection("D2")); a.status != 401 && a.status != 403 {
			t.Errorf("%q objected: %d %s", who, a.status, a.body)
		}
	}
	if a := s.do(principalA, http.MethodPost, scoresPath+"/9999990002/objections", objection("D2")); a.status != 404 {
		t.Errorf("the principal objects for another school: %d", a.status)
	}
	for field, change := range map[string]map[string]any{"code": {"code": "D9"}, "text": {"text": " "}, "link": {"link": "ftp://x"}, "month": {"month": "2027-01"}} {
		body := objection("D2")
		for k, v := range change {
			body[k] = v
		}
		if a := s.do(principalA, http.MethodPost, path, body); a.status != 400 || a.field("data", field, "message") == nil {
			t.Errorf("%v: %d %s", change, a.status, a.body)
		}
	}
	if n := s.rowsOf("score_objections", "TRUE"); n != 0 {
		t.Fatalf("%d were stored", n)
	}
	if a := s.do(principalA, http.MethodPost, path, objection("D2")); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	refusedAt(t, s.do(officerA, http.MethodPost, path, objection("D2")), "code", "已经申诉过")
	if a := s.do(officerA, http.MethodPost, path, objection("V4")); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	box := s.do(supervisor, http.MethodGet, "/api/app/inbox", nil)
	if strings.Count(box.body, `"kind":"objection"`) != 2 || !box.has(`"due":"2026-12-07"`, "/supervision/scores/9999990001?month=2026-11") {
		t.Errorf("the supervisor's inbox: %s", box.body)
	}
	if a := s.do(principalA, http.MethodGet, "/api/app/inbox", nil); strings.Contains(a.body, `"objection"`) {
		t.Error("it waits for the principal")
	}

	v := s.card(principalA, "9999990001", "")
	d2, v4 := v.Objections[0], v.Objections[1]
	decide := func(who, id string, body map[string]any) answer {
		return s.do(who, http.MethodPost, scoresPath+"/objections/"+id+"/decision", body)
	}
	yes := map[string]any{"accepted": true, "points": 50, "reason": "两个栏目已经公开"}
	for _, who := range []string{"", principalA, officerA, editorB, bureauReviewer, bureauAdmin, auditor, root} {
		if a := decide(who, d2.ID, yes); a.status != 401 && a.status != 403 {
			t.Errorf("%q decided: %d %s", who, a.status, a.body)
		}
	}
	refusedAt(t, decide(supervisor, d2.ID, map[string]any{"accepted": true, "points": 121, "reason": "好"}), "points", "最多 12 分")
	refusedAt(t, decide(supervisor, d2.ID, map[string]any{"accepted": false}), "reason", "请写明理由")
	if a := decide(supervisor, "nosuchobjection", yes); a.status != 404 {
		t.Errorf("an objection that is not: %d", a.status)
	}
	if a := decide(supervisor, d2.ID, yes); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	refusedAt(t, decide(supervisor, d2.ID, yes), "accepted", "已经答复")
	if a := decide(supervisor, v4.ID, map[string]any{"accepted": true, "reason": "学校当月迁址"}); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	after := s.card(principalA, "9999990001", "")
	line, _ := after.Card.Line("D2")
	if after.Card.Score != after.Before+50 || line.Back != 50 || line.Points != 120 || !after.Objections[0].Accepted {
		t.Errorf("%s before, %s after: %+v", after.Before, after.Card.Score, line)
	}
	if fmt.Sprint(v.Card.Vetoes) != "[V3 V4 V6]" || fmt.Sprint(after.Card.Vetoes) != "[V3 V6]" {
		t.Errorf("vetoes %v, then %v", v.Card.Vetoes, after.Card.Vetoes)
	}
	if n := s.rowsOf("notifications", fmt.Sprintf("kind = 'score' AND title LIKE '评分申诉已采纳%%' AND staff = '%s'", s.person(principalA))); n != 2 {
		t.Errorf("the principal was told %d times", n)
	}
	for _, sql := range []string{"UPDATE score_objections SET text = 'x'", "DELETE FROM score_decisions"} {
		if _, err := s.app.NonconcurrentDB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("%s: done", sql)
		}
	}
}

// An issued card is objected to within ten working days; what is given back is
// beside it, and the card stays what it was.
func TestAnIssuedCardStaysWhatItWas(t *testing.T) {
	s := serve(t)
	s.run("snapshots")
	s.wait(8 * 24 * time.Hour) // 1 December
	s.run("snapshots")
	path := scoresPath + "/9999990001/objections"
	if a := s.do(principalA, http.MethodPost, path, objection("D2")); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	v := s.card(supervisor, "9999990001", "2026-11")
	if v.Objections[0].Running || v.Objections[0].Due != "2026-12-15" {
		t.Errorf("%+v", v.Objections[0])
	}
	stored := s.record("score_cards", firstID(t, s, "score_cards", "school = '"+schoolA+"'")).GetString("card")
	a := s.do(supervisor, http.MethodPost, scoresPath+"/objections/"+v.Objections[0].ID+"/decision", map[string]any{"accepted": true, "reason": "核实无误"})
	if a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	after := s.card(officerA, "9999990001", "2026-11")
	if after.Before != v.Before || after.Card.Score != v.Before+120 {
		t.Errorf("%s, then %s", after.Before, after.Card.Score)
	}
	if stored != s.record("score_cards", firstID(t, s, "score_cards", "school = '"+schoolA+"'")).GetString("card") {
		t.Error("the card was changed")
	}
	var line scorecard.Points
	for _, l := range s.table("?month=2026-11").Lines {
		if l.Code == "9999990001" {
			line = l.Score - l.Before
		}
	}
	if line != 120 {
		t.Errorf("the table gives %s back", line)
	}
	s.wait(14 * 24 * time.Hour) // 15 December is the tenth working day
	if a := s.do(principalA, http.MethodPost, path, objection("D5")); a.status != 200 {
		t.Errorf("on the last day: %d %s", a.status, a.body)
	}
	s.wait(24 * time.Hour)
	refusedAt(t, s.do(principalA, http.MethodPost, path, objection("D6")), "code", "已于 2026-12-15 截止")
}

func firstID(t *testing.T, s *server, table, where string) (id string) {
	t.Helper()
	if err := s.app.DB().NewQuery("SELECT id FROM " + table + " WHERE " + where).Row(&id); err != nil {
		t.Fatal(err)
	}
	return id
}
