package pb_hooks_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/figures"
)

// sumOn is what the district's snapshot of a day counts, and of how many schools.
func (s *server) sumOn(day string) (sum figures.Counts, schools int) {
	s.t.Helper()
	var raw string
	if err := s.app.DB().NewQuery("SELECT figures, schools FROM district_days WHERE day = '"+day+"'").Row(&raw, &schools); err != nil {
		s.t.Fatal(day, err)
	}
	if err := json.Unmarshal([]byte(raw), &sum); err != nil {
		s.t.Fatal(err)
	}
	return sum, schools
}

func (s *server) nextNight() {
	s.wait(24 * time.Hour)
	s.run("snapshots")
}

// A school that ended weighs on no share any more, and what it did stays in the years
// in which it lived.
func TestASchoolThatEndedStaysInItsYears(t *testing.T) {
	s := serveRequests(t)
	s.madePublic(schoolA, "A0308", "2025-05-01", "2025-05-04") // of another year
	s.madePublic(schoolB, "A0308", "2026-03-01", "2026-03-02")
	request, _, _ := s.filed()
	s.mustAct(clerkA, request, "register", map[string]any{"confirmed": dayOf(*s.now.Load())})
	s.run("snapshots") // of the 22nd
	s.madePublic(schoolA, "A0308", "2026-11-23", "2026-11-23")
	s.nextNight()
	before, _ := s.sumOn("2026-11-23")
	if before["items_published"] != 3 || before["requests_received"] != 1 {
		t.Fatalf("before the end: %v", before)
	}
	s.mustPost(bureauAdmin, schoolFileA+"/ending", merging(map[string]any{"on": "2026-11-24"}))
	s.nextNight()
	after, schools := s.sumOn("2026-11-24")
	if schools != 1 || after["items_published"] != 3 || after["requests_received"] != 1 || after["columns_mandatory"] >= before["columns_mandatory"] || after["columns_mandatory"] == 0 {
		t.Errorf("%d schools; before %v, after %v", schools, before, after)
	}
	overview := drawn[pb_hooks.SupervisionOverview](s, supervisor, "overview")
	if overview.Schools != 1 || len(overview.Attention) != 1 {
		t.Errorf("the overview: %d schools, %+v", overview.Schools, overview.Attention)
	}
	for _, f := range overview.Figures {
		if f.Count < 0 {
			t.Errorf("%s is %d", f.Name, f.Count)
		}
	}
	if heat := drawn[pb_hooks.SupervisionHeat](s, supervisor, "heat"); len(heat.Schools) != 1 || heat.Schools[0].School.Code != "9999990002" {
		t.Errorf("the heat map: %+v", heat.Schools)
	}
	if own := drawn[pb_hooks.SupervisedSchool](s, supervisor, "schools/9999990001"); own.Day != "" {
		t.Errorf("an ended school is measured on %s", own.Day)
	}
	if own := drawn[pb_hooks.SupervisedSchool](s, supervisor, "schools/9999990001?day=2026-11-23"); own.Day != "2026-11-23" || len(own.Columns) == 0 {
		t.Errorf("its last day: %+v", own)
	}
	if a := s.do(supervisor, http.MethodGet, "/api/app/scores", nil); a.has("晨光小学") || !a.has("云帆中学") {
		t.Errorf("the scores: %s", a.body)
	}
	period := drawn[pb_hooks.PeriodStatistics](s, supervisor, "statistics?from=2026-11-23&to=2026-11-24")
	if period.Sum["items_published"] != 1 || period.Sum["requests_received"] != 1 {
		t.Errorf("the period: %v", period.Sum)
	}
	of := map[string]figures.Counts{}
	for _, line := range period.Schools {
		of[line.School.Code] = line.Counts
		for name, n := range line.Counts {
			if n < 0 {
				t.Errorf("%s of %s is %d", name, line.School.Name, n)
			}
		}
	}
	if of["9999990001"]["items_published"] != 1 || of["9999990001"]["columns_mandatory"] != 0 {
		t.Errorf("what the school did in the period: %v", of)
	}
	if later := drawn[pb_hooks.PeriodStatistics](s, supervisor, "statistics?from=2026-11-24&to=2026-11-24"); len(later.Schools) != 1 {
		t.Errorf("a period in which it did nothing: %+v", later.Schools)
	}
	if a := s.get("/figures"); a.status != http.StatusOK || a.has(">-1<") {
		t.Errorf("the public figures: %d", a.status)
	}
	if a := s.do(supervisor, http.MethodGet, "/api/app/registry/schools/9999990001", nil); a.status != http.StatusOK {
		t.Errorf("its page: %d", a.status)
	}
	if a := s.do(supervisor, http.MethodPost, ordersPath, anOrder(map[string]any{"schools": []string{"9999990001"}})); a.status != http.StatusBadRequest {
		t.Errorf("an order to a school that ended: %d %s", a.status, a.body)
	}
	s.mustPost(bureauAdmin, schoolFileA+"/reopening", nil)
	s.nextNight()
	if again, schools := s.sumOn("2026-11-25"); schools != 2 || again["items_published"] != 3 || again["columns_mandatory"] != before["columns_mandatory"] {
		t.Errorf("open again: %d schools, %v", schools, again)
	}
}

// A night that is caught up sees the schools that were at work on that day.
func TestACaughtUpNightSeesTheSchoolsOfItsDay(t *testing.T) {
	s := serve(t)
	s.run("snapshots")
	if _, err := s.app.DB().NewQuery("UPDATE schools SET opened_on = '2026-11-25' WHERE id = '" + schoolB + "'").Execute(); err != nil {
		t.Fatal(err)
	}
	later := s.now.Load().Add(3 * 24 * time.Hour) // the server was off
	s.now.Store(&later)
	s.mustPost(bureauAdmin, schoolsAPI, opening("9999990009", "示范区新苑小学")) // the directory is read again
	s.mustPost(bureauAdmin, schoolFileA+"/ending", merging(map[string]any{"on": "2026-11-24"}))
	s.run("snapshots")
	for day, want := range map[string]string{"2026-11-23": "schoola00000000", "2026-11-24": "", "2026-11-25": "schoolb00000000"} {
		var ids []string
		if err := s.app.DB().NewQuery("SELECT school FROM school_days WHERE day = '" + day + "' AND ended = FALSE ORDER BY school").Column(&ids); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("on %s: %q at work, want %q", day, got, want)
		}
	}
}

// In January nobody asks a school that ended for a report, nor one that had not yet
// opened; the district's year holds what was done in it.
func TestTheReportOfAYearIsOwedByWhoWorkedInIt(t *testing.T) {
	s := serveRequests(t)
	s.madePublic(schoolA, "A0308", "2026-03-01", "2026-03-02")
	s.madePublic(schoolB, "A0308", "2026-03-01", "2026-03-02")
	body := opening("9999990009", "示范区新苑小学")
	body["fields"].(map[string]string)["status"], body["fields"].(map[string]string)["opened_on"] = "开办", "2027-01-04"
	s.mustPost(bureauAdmin, schoolsAPI, body)
	s.mustPost(bureauAdmin, schoolFileA+"/ending", merging(nil))
	s.now.Store(ptr(time.Date(2027, 1, 11, 2, 0, 0, 0, time.UTC)))
	s.run("annual-reports")
	a := s.do(supervisor, http.MethodGet, annualPath+"?year=2026", nil)
	if a.has("新苑小学") || a.has("晨光小学") || !a.has("云帆中学") {
		t.Errorf("who owes a report: %s", a.body)
	}
	if n := s.rowsOf("annual_tables", "year = 2026"); n != 2 {
		t.Errorf("the year of %d schools is kept", n)
	}
	if year := s.annualDesk(supervisor, annualPath+"/all/2026"); !strings.Contains(year.Parts[0].Sections[0].Sentences, "主动公开信息2条") {
		t.Errorf("the district's year: %s", year.Parts[0].Sections[0].Sentences)
	}
	refusedAt(t, s.do(supervisor, http.MethodPost, annualPath+"/remind", map[string]any{"year": 2026, "schools": []string{"9999990009"}}), "schools", "")
}

// What a school published stays to be found, marked, at its address.
func TestTheWorksOfASchoolThatEndedAreFound(t *testing.T) {
	s := serve(t)
	id := s.submitted("秋游通知", "A0308", "approve", "clear")
	s.mustPost(bureauAdmin, schoolFileA+"/ending", merging(nil))
	s.wait(time.Minute)
	for path, want := range map[string]string{"/search?q=秋游": "秋游通知", "/s/9999990001/feed.xml": "秋游通知", "/s/9999990001/A0308/feed.xml": "秋游通知", "/qr/s/9999990001.svg": "<svg", "/qr/a/" + id + ".svg": "<svg",
		"/open/v1/articles?school=9999990001": "秋游通知", "/open/v1/schools": "9999990001", "/schools?status=merged": "晨光小学", "/s/9999990001/sitemap.xml": "/a/" + id} {
		if a := s.get(path); a.status != http.StatusOK || !a.has(want) {
			t.Errorf("%s: %d without %s", path, a.status, want)
		}
	}
	if a := s.get("/s/9999990001/sitemap.xml"); a.has("/apply<") {
		t.Error("the sitemap leads to a door that is shut")
	}
}
