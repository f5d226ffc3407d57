package pb_hooks_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/annual"
)

// The district's tables are the sum of the schools', whatever happened.
func TestTheDistrictReportIsTheSum(t *testing.T) {
	s := serveRequests(t)
	s.walks(5, 20)
	s.at("2026-01-12")
	for i, school := range []string{schoolA, schoolB, schoolA, schoolB, schoolA} {
		id := s.madePublic(school, []string{"A0101", "A0308", "A0801"}[i%3], "2025-03-03", fmt.Sprintf("2025-03-%02d", 5+i))
		if i%2 == 0 {
			s.moved(id, "publish", "2025-08-01")
		}
	}
	s.saveReport(clerkA, ownReport(2025), annual.Texts{"fees": "1.5"})
	s.saveReport(clerkB, annualPath+"/9999990002/2025", annual.Texts{"fees": "0.25"})
	sum := func() [2]string {
		if a := s.do(supervisor, http.MethodGet, annualPath+"/all/2025/tables.xlsx", nil); a.status != http.StatusOK { // which refuses what is not the sum
			t.Fatalf("%d %s", a.status, a.body)
		}
		v := s.annualDesk(supervisor, annualPath+"/all/2025")
		return [2]string{v.Parts[1].Tables + v.Parts[2].Tables + v.Parts[3].Tables, v.Parts[0].Sections[0].Sentences}
	}
	before := sum()
	if !strings.Contains(before[0], ">1.75<") || !strings.Contains(before[1], "主动公开信息5条，更新3条") {
		t.Errorf("%s", before[1])
	}
	s.run("annual-reports")
	if after := sum(); after != before {
		t.Errorf("freezing changes the district: %s", after[1])
	}
}

func TestTheBureauSeesAndReminds(t *testing.T) {
	s := serve(t)
	s.at("2026-01-15")
	s.run("annual-reports")
	if n := len(s.toldOfReports(clerkA)); n != 1 {
		t.Errorf("the clerk is told %d times", n)
	}
	s.run("annual-reports") // once
	if titles := s.toldOfReports(clerkA); len(titles) != 1 || !strings.Contains(titles[0], "请报校长签发") {
		t.Errorf("the clerk is told %v", titles)
	}
	for who, want := range map[string]bool{clerkA: true, editorA: true, principalA: false, reviewerA: false} {
		if has := slices.ContainsFunc(s.inbox(who).Items, func(i pb_hooks.InboxItem) bool { return i.Kind == "annual" && i.Due == "2026-01-31" }); has != want {
			t.Errorf("%s has it in the inbox: %v", who, has)
		}
	}
	article, version := s.signedReport()
	s.approve(article, version)
	s.at("2026-02-01")
	s.run("annual-reports")
	if titles := s.toldOfReports(supervisor); len(titles) != 1 || !strings.HasPrefix(titles[0], "1 所学校的2025年") {
		t.Errorf("the bureau is told %v", titles)
	}
	list := s.do(auditor, http.MethodGet, annualPath, nil)
	states := map[string]string{}
	for _, l := range list.field("lines").([]any) {
		line := l.(map[string]any)
		states[line["school"].(string)] = fmt.Sprint(line["state"], " ", line["timeliness"], " ", line["published_on"], " ", line["signed_by"])
	}
	want := map[string]string{"9999990001": "published on_time 2026-01-15 " + principalA, "9999990002": "not_begun missing  "}
	if !maps.Equal(states, want) || list.field("may_remind") != false {
		t.Errorf("%v", states)
	}
	if a := s.do(supervisor, http.MethodPost, annualPath+"/remind", map[string]any{"year": 2025, "schools": []string{"9999990001"}}); a.status != http.StatusBadRequest {
		t.Errorf("a school is reminded of what is public: %d", a.status)
	}
	if a := s.do(supervisor, http.MethodPost, annualPath+"/remind", map[string]any{"year": 2025}); a.field("told") != 1.0 || len(s.toldOfReports(clerkB)) < 1 {
		t.Errorf("reminded: %s, %v", a.body, s.toldOfReports(clerkB))
	}
	if list := s.do(supervisor, http.MethodGet, annualPath+"?year=2025", nil); !list.has(`"reminded_on":"2026-02-01"`) {
		t.Errorf("%s", list.body)
	}
	// a report that was published without being written here counts
	s.disclosed(schoolB, "A0104", "2026-02-01", "2026-02-01", dbx.Params{"title": "云帆中学2025年信息公开工作年度报告"})
	if v := s.annualDesk(supervisor, annualPath+"/9999990002/2025"); v.State != "published" || v.Timeliness != "late" || !v.Elsewhere {
		t.Errorf("published elsewhere: %s %s", v.State, v.Timeliness)
	}
	// one that is withdrawn is missing
	if a := s.step(principalA, article, "", "withdraw", "有错误"); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if v := s.annualDesk(clerkA, ownReport(2025)); v.State != "withdrawn" || v.Timeliness != "missing" || !v.MayPresent {
		t.Errorf("withdrawn: %s %s", v.State, v.Timeliness)
	}
}

// toldOfReports are the titles of what somebody was told of annual reports.
func (s *server) toldOfReports(as string) (titles []string) {
	s.t.Helper()
	list, err := s.app.FindAllRecords("notifications", dbx.HashExp{"staff": s.person(as), "kind": "annual"})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, n := range list {
		titles = append(titles, n.GetString("title"))
	}
	return titles
}
