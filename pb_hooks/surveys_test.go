package pb_hooks_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

const surveysPath = "/api/app/surveys"

// surveyOf2026 opens the survey that lasts from today for four weeks.
func (s *server) surveyOf2026() (path string) {
	s.t.Helper()
	a := s.do(supervisor, http.MethodPost, surveysPath, map[string]any{"year": 2026, "title": "2026 年平台满意度调查", "from": "2026-11-23", "until": "2026-12-20"})
	id, _ := a.field("id").(string)
	if a.status != 200 || id == "" {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
	return surveysPath + "/" + id
}

func (s *server) answers(path, who, duty string, overall int) answer {
	s.t.Helper()
	return s.do(who, http.MethodPost, path+"/answer", map[string]any{"duty": duty, "levels": map[string]int{"overall": overall, "ease": 4}, "improve": " 登录更简单 "})
}

// everyRole are all roles of the tests, and one person of each.
var everyRole = [][2]string{{editorA, "editor"}, {reviewerA, "reviewer"}, {secrecyA, "secrecy_reviewer"}, {principalA, "principal"}, {adminA, "admin"}, {clerkA, "clerk"},
	{officerA, "officer"}, {editorB, "editor"}, {reviewerB, "reviewer"}, {secrecyB, "secrecy_reviewer"}, {clerkB, "clerk"}}

func TestSurveyIsTheSupervisors(t *testing.T) {
	s := serve(t)
	fine := func() map[string]any {
		return map[string]any{"year": 2026, "title": "平台满意度调查", "from": "2026-11-23", "until": "2026-12-20"}
	}
	for _, who := range []string{"", editorA, principalA, adminA, bureauReviewer, bureauSecrecy, bureauAdmin, auditor, root} {
		if a := s.do(who, http.MethodPost, surveysPath, fine()); a.status != 401 && a.status != 403 {
			t.Errorf("%q opened a survey: %d %s", who, a.status, a.body)
		}
	}
	for field, value := range map[string]any{"year": 2027, "title": " ", "from": "2026-11-22", "until": "2026-11-30"} {
		body := fine()
		body[field] = value
		if a := s.do(supervisor, http.MethodPost, surveysPath, body); a.status != 400 || a.field("data", field, "message") == nil {
			t.Errorf("%s %v: %d %s", field, value, a.status, a.body)
		}
	}
	if n, _ := s.app.CountRecords("surveys"); n != 0 {
		t.Errorf("%d surveys are there after refusals", n)
	}
	path := s.surveyOf2026()
	refusedAt(t, s.do(supervisor, http.MethodPost, surveysPath, fine()), "year", "2026 年已经有一次调查")

	later := map[string]any{"until": "2026-12-25"}
	for _, who := range []string{"", editorA, principalA, bureauReviewer, bureauAdmin, auditor, root} {
		for _, ask := range []struct {
			method, path string
			body         any
		}{{"POST", path + "/prolong", later}, {"POST", path + "/results", nil}, {"GET", path + "/results", nil}, {"GET", path + "/results.xlsx", nil}} {
			if a := s.do(who, ask.method, ask.path, ask.body); a.status != 401 && a.status != 403 {
				t.Errorf("%q %s %s: %d %s", who, ask.method, ask.path, a.status, a.body)
			}
		}
	}
	for _, who := range []string{"", bureauReviewer, auditor, root} {
		if a := s.do(who, http.MethodGet, surveysPath, nil); a.status != 401 && a.status != 403 {
			t.Errorf("%q sees the surveys: %d", who, a.status)
		}
	}
	if a := s.do(supervisor, http.MethodPost, surveysPath+"/nosuchsurvey000/prolong", later); a.status != 404 {
		t.Errorf("a survey that is not: %d %s", a.status, a.body)
	}
	refusedAt(t, s.do(supervisor, http.MethodPost, path+"/prolong", map[string]any{"until": "2026-12-19"}), "until", "要晚于原来的")
	if a := s.do(supervisor, http.MethodPost, path+"/prolong", later); a.status != 200 || a.field("until") != "2026-12-25" {
		t.Errorf("prolonged: %d %s", a.status, a.body)
	}
	refusedAt(t, s.do(supervisor, http.MethodPost, path+"/results", nil), "survey", "结束以后才能打开")
	if a := s.do(supervisor, http.MethodGet, path+"/results", nil); a.status != 409 {
		t.Errorf("results before they were opened: %d %s", a.status, a.body)
	}
}

func TestSurveyIsAnsweredByItsRole(t *testing.T) {
	s := serve(t)
	path := s.surveyOf2026()
	for _, tt := range []struct {
		name, who, duty string
		overall, status int
	}{
		{"a visitor", "", "editor", 5, 401},
		{"another role of the school", editorA, "reviewer", 5, 403},
		{"a colleague without a duty", nobodyA, "editor", 5, 403},
		{"no role", editorA, "", 5, 403},
		{"the supervisor", supervisor, "supervisor", 5, 403},
		{"the bureau's reviewer", bureauReviewer, "reviewer", 5, 403},
		{"a superuser", root, "editor", 5, 403},
		{"a role that the other school has not", editorB, "principal", 5, 403},
		{"a level that there is not", editorA, "editor", 6, 400},
		{"without the overall question", editorA, "editor", 0, 400},
	} {
		if a := s.answers(path, tt.who, tt.duty, tt.overall); a.status != tt.status {
			t.Errorf("%s: %d, want %d: %s", tt.name, a.status, tt.status, a.body)
		}
	}
	if n, _ := s.app.CountRecords("survey_answers"); n != 0 {
		t.Fatalf("%d answers are there after refusals", n)
	}
	waits := func(who string) bool {
		return slices.Contains(strings.Split(said(s.inbox(who)), "; "), "todo survey 2026 年平台满意度调查")
	}
	if !waits(editorA) || !waits(secondA) || !waits(editorB) || waits(nobodyA) || waits(supervisor) {
		t.Error("it waits for others than those who are asked")
	}
	// the school is the person's own, whatever is sent
	a := s.do(editorA, http.MethodPost, path+"/answer", map[string]any{"duty": "editor", "school": schoolB, "levels": map[string]int{"overall": 2}})
	if a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if waits(editorA) || waits(secondA) || !waits(editorB) || !waits(reviewerA) {
		t.Error("it waits for a role that has answered, or not for one that has not")
	}
	// a colleague changes it: the last one is kept, and there is one
	if a := s.answers(path, secondA, "editor", 4); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := s.do(editorA, http.MethodGet, surveysPath, nil); !a.has(`"overall":4`, `"improve":"登录更简单"`, `"silent":[]`, `"asked":0`) {
		t.Errorf("the role sees %s", a.body)
	}
	list, err := s.app.FindAllRecords("survey_answers")
	if err != nil || len(list) != 1 || list[0].GetString("school") != schoolA {
		t.Fatalf("%d answers (%v)", len(list), err)
	}
	// the bureau sees who has not answered, and nothing of what was
	if a := s.do(supervisor, http.MethodGet, surveysPath, nil); !a.has(`"asked":11`, `"answered":1`, `{"school":"晨光小学","duties":[`, "审核员") || a.has("登录更简单") || a.has(`"overall":4`) {
		t.Errorf("the bureau sees %s", a.body)
	}
	for _, e := range s.rows() {
		if e.Action == "answer_survey" && (strings.Contains(e.Detail, "登录") || strings.Contains(e.Detail, "overall") || e.Record == list[0].Id) {
			t.Errorf("the audit tells what was answered: %+v", e)
		}
	}
	for method, at := range map[string]string{"PATCH": "survey_answers/records/" + list[0].Id, "DELETE": "survey_answers/records/" + list[0].Id, "POST": "survey_answers/records"} {
		if a := s.do(root, method, recordAPI+at, map[string]any{"levels": map[string]int{"overall": 5}}); a.status != 403 {
			t.Errorf("a superuser's %s: %d %s", method, a.status, a.body)
		}
	}
	if a := s.do(root, http.MethodPatch, recordAPI+"surveys/records/"+strings.TrimPrefix(path, surveysPath+"/"), map[string]any{"until": "2027-01-30"}); a.status != 403 {
		t.Errorf("a superuser prolonged it: %d", a.status)
	}
	s.wait(28 * 24 * time.Hour) // the day after the end
	if waits(editorB) {
		t.Error("it waits after its end")
	}
	refusedAt(t, s.answers(path, editorB, "editor", 5), "survey", "已经结束")
	refusedAt(t, s.answers(path, editorA, "editor", 1), "survey", "已经结束")
}

func TestSurveyIsRemindedOfOnce(t *testing.T) {
	s := serve(t)
	path := s.surveyOf2026()
	s.answers(path, editorA, "editor", 5)
	told := func() (people []string) {
		list, err := s.app.FindRecordsByFilter("notifications", "kind = 'survey'", "", 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range list {
			people = append(people, s.record("staff", n.GetString("staff")).GetString("name"))
			if n.GetString("title") != "请在 12 月 20 日前填写：2026 年平台满意度调查" || n.GetString("link") != "/survey" {
				t.Errorf("told %v", n)
			}
		}
		return people
	}
	s.wait(19 * 24 * time.Hour) // 12 December
	s.run("surveys")
	if len(told()) != 0 {
		t.Errorf("reminded too early: %v", told())
	}
	s.wait(24 * time.Hour)
	s.run("surveys")
	if got := told(); len(got) != 10 || slices.Contains(got, editorA) || slices.Contains(got, secondA) || slices.Contains(got, nobodyA) {
		t.Errorf("reminded %v", got)
	}
	if a := s.do(supervisor, http.MethodPost, path+"/prolong", map[string]any{"until": "2026-12-31"}); a.status != 200 {
		t.Fatal(a.body)
	}
	s.wait(14 * 24 * time.Hour)
	s.run("surveys")
	if got := told(); len(got) != 10 {
		t.Errorf("reminded again: %v", got)
	}
}

func TestSurveyResultsAreFinal(t *testing.T) {
	s := serve(t)
	path := s.surveyOf2026()
	for i, role := range everyRole[:10] {
		if a := s.answers(path, role[0], role[1], 2+i%4); a.status != 200 { // 2, 3, 4, 5, 2 …
			t.Fatalf("%v: %d %s", role, a.status, a.body)
		}
	}
	s.wait(28 * 24 * time.Hour)
	s.run("surveys")
	// who comes later is not asked
	createPerson(s.app, map[string]any{"email": "late@x.cn", "name": "late", "school": schoolB, "duties": []string{"principal"}, "verified": true}, s.account(editorA).GetString("password:hash"))
	a := s.do(supervisor, http.MethodPost, path+"/results", nil)
	if a.status != 200 || !a.has(`"asked":11,"answered":10,"satisfied":7,"share":"70.0%","levels":[2,2,3,3,0]`, `"reached":false`, `"opened_on":"2026-12-21"`) {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a.has("晨光") || a.has(schoolA) || a.has("云帆") {
		t.Errorf("the results name a school: %s", a.body)
	}
	if stages, _ := a.field("stages").([]any); len(stages) != 2 || stages[0].(map[string]any)["hidden"] != true || stages[1].(map[string]any)["hidden"] != true {
		t.Errorf("groups of seven and three are told: %s", a.body)
	}
	refusedAt(t, s.do(supervisor, http.MethodPost, path+"/prolong", map[string]any{"until": "2026-12-31"}), "until", "不能再延长")
	if again := s.do(supervisor, http.MethodPost, path+"/results", nil); again.body != a.body {
		t.Errorf("opened again:\n%s\n%s", again.body, a.body)
	}
	if read := s.do(supervisor, http.MethodGet, path+"/results", nil); read.body != a.body {
		t.Errorf("read:\n%s\n%s", read.body, a.body)
	}
	if file := s.do(supervisor, http.MethodGet, path+"/results.xlsx", nil); file.status != 200 || !strings.HasPrefix(file.body, "PK") || !slices.Contains(s.deeds(0), "workbench export_survey surveys") {
		t.Errorf("%d, %d bytes", file.status, len(file.body))
	}
	for _, sql := range []string{"UPDATE survey_answers SET levels = '{}'", "DELETE FROM survey_answers", "UPDATE surveys SET until = '2027-01-31'", "DELETE FROM surveys",
		"INSERT INTO survey_answers (id, survey, school, duty) SELECT 'another00000000', survey, school, 'x' FROM survey_answers LIMIT 1"} {
		if _, err := s.app.NonconcurrentDB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("the database took %s", sql)
		}
	}
}
