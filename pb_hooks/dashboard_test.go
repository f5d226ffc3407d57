package pb_hooks_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/figures"
)

// kept writes the snapshots of a day as the night would have left them: what each
// school counted, and their sum.
func (s *server) kept(day string, counts map[string]figures.Counts, fields ...dbx.Params) {
	s.t.Helper()
	sum := figures.Counts{}
	insert := func(table string, row dbx.Params) {
		if _, err := s.app.NonconcurrentDB().Insert(table, row).Execute(); err != nil {
			s.t.Fatal(err)
		}
	}
	for school, c := range counts {
		sum.Add(c)
		row := dbx.Params{"id": "d" + strings.ReplaceAll(day, "-", "") + school[6:7], "school": school, "day": day, "figures": asJSON(c), "lines": "[]", "score": -1, "made_at": day}
		for _, f := range fields {
			for name, value := range f {
				row[name] = value
			}
		}
		insert("school_days", row)
	}
	insert("district_days", dbx.Params{"id": "d" + strings.ReplaceAll(day, "-", ""), "day": day, "schools": len(counts), "figures": asJSON(sum), "made_at": day})
}

func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// drawn is what a dashboard answers.
func drawn[T any](s *server, as, path string) (v T) {
	s.t.Helper()
	a := s.do(as, http.MethodGet, "/api/app/supervision/"+path, nil)
	if err := json.Unmarshal([]byte(a.body), &v); err != nil || a.status != http.StatusOK {
		s.t.Fatalf("%s: %d %s", path, a.status, a.body)
	}
	return v
}

// threeDays are the snapshots that the examples below are counted from by hand.
func (s *server) threeDays() {
	s.kept("2025-12-31", map[string]figures.Counts{schoolA: {"items_published": 100, "ratings": 40, "ratings_satisfied": 20}, schoolB: {"items_published": 50}})
	s.kept("2026-10-20", map[string]figures.Counts{
		schoolA: {"columns_mandatory": 10, "columns_met": 9, "items_published": 110, "ratings": 52, "ratings_satisfied": 30},
		schoolB: {"columns_mandatory": 10, "columns_met": 5, "items_published": 60}},
		dbx.Params{"columns": "A0101=2f A0102=2b A0201=2f A0305=0f A0309=30"})
	s.kept("2026-11-22", map[string]figures.Counts{
		schoolA: {"columns_mandatory": 10, "columns_met": 8, "items_published": 140, "ratings": 53, "ratings_satisfied": 30, "requests_overdue": 2},
		schoolB: {"columns_mandatory": 10, "columns_met": 6, "items_published": 65, "ratings": 3, "ratings_satisfied": 3}},
		dbx.Params{"columns": "A0101=2f A0102=2b A0201=2f A0305=0f A0309=30", "vetoes": "V3"})
}

func shareOf(t *testing.T, lines []pb_hooks.ShareChange, name string) pb_hooks.ShareChange {
	t.Helper()
	i := slices.IndexFunc(lines, func(l pb_hooks.ShareChange) bool { return l.Name == name })
	if i < 0 {
		t.Fatalf("no %s in %+v", name, lines)
	}
	return lines[i]
}

func TestTheOverviewIsCountedFromSnapshots(t *testing.T) {
	s := serve(t)
	s.threeDays()
	v := drawn[pb_hooks.SupervisionOverview](s, supervisor, "overview")
	if v.Day != "2026-11-22" || v.Before != "2026-10-20" || v.From != "2026-01-01" || v.Schools != 2 {
		t.Errorf("%s against %s since %s, %d schools", v.Day, v.Before, v.From, v.Schools)
	}
	if c := shareOf(t, v.Shares, "compliance"); c.Part != 14 || c.Whole != 20 || *c.Before != (figures.Ratio{Part: 14, Whole: 20}) || c.IsYear {
		t.Errorf("栏目规范达标率 %+v", c)
	}
	if c := shareOf(t, v.Shares, "satisfaction"); c.Part != 13 || c.Whole != 16 || *c.Before != (figures.Ratio{Part: 10, Whole: 12}) || !c.IsYear {
		t.Errorf("满意率 %+v", c)
	}
	published := v.Figures[slices.IndexFunc(v.Figures, func(f pb_hooks.FigureChange) bool { return f.Name == "items_published" })]
	if published.Count != 55 || *published.Before != 20 {
		t.Errorf("published this year: %+v", published)
	}
	a := v.Attention[0].Listed[0]
	if v.Attention[0].Stage != "小学" || a.School.Code != "9999990001" || !slices.Equal(a.Reasons, []string{"单项否决 V3", "申请超期 2 件", "达标率比一个月前低 10.0 个百分点"}) {
		t.Errorf("%+v", v.Attention)
	}
	if of := drawn[pb_hooks.SupervisionOverview](s, supervisor, "overview?stage=高中&day=2026-10-20"); of.Schools != 1 || shareOf(t, of.Shares, "compliance").Part != 5 || of.Before != "2025-12-31" {
		t.Errorf("高中 on another day: %+v", of)
	}
}

func TestTheHeatMapCountsColumnsByGroup(t *testing.T) {
	s := serve(t)
	s.threeDays()
	v := drawn[pb_hooks.SupervisionHeat](s, supervisor, "heat")
	// A0102 lacks something, A0305 is not mandatory, A0309 is exempt
	if len(v.Groups) != 2 || v.Groups[0].Code != "A01" || v.Groups[0].Name != "公开指南与制度" || len(v.Schools) != 2 {
		t.Fatalf("%+v", v)
	}
	if row := v.Schools[0]; row.School.Code != "9999990001" || row.Cells[0] != (figures.Ratio{Part: 1, Whole: 2}) || row.Cells[1] != (figures.Ratio{Part: 1, Whole: 1}) {
		t.Errorf("%+v", row)
	}
	one := drawn[pb_hooks.SupervisedSchool](s, editorA, "schools/9999990001")
	if len(one.Columns) != 5 || one.Columns[1].Fresh || !one.Columns[1].Enough || one.Columns[4].Met || !one.Columns[4].Exempt || one.Vetoes[0] != "V3" {
		t.Errorf("%+v", one.Columns)
	}
}

func TestATrendIsOfStocksAndOfWhatWasCountedInEachStep(t *testing.T) {
	s := serve(t)
	s.threeDays()
	v := drawn[pb_hooks.SupervisionTrend](s, supervisor, "trend?names=compliance,items_published&from=2026-10-01&to=2026-11-30")
	if got := fmt.Sprint(v.Days, v.Series[0].Points, v.Series[1].Points); got != "[2026-10-20 2026-11-22] [{true {14 20}} {true {14 20}}] [{true {20 0}} {true {35 0}}]" {
		t.Error(got)
	}
	first := drawn[pb_hooks.SupervisionTrend](s, supervisor, "trend?names=compliance,items_published&from=2025-12-01&to=2025-12-31&every=week")
	if len(first.Days) != 1 || !first.Series[0].Points[0].Known || first.Series[1].Points[0].Known {
		t.Errorf("nothing was kept before: %+v", first)
	}
}

func TestHowAFewPeopleRatedASchoolIsNotSaid(t *testing.T) {
	s := serve(t)
	s.threeDays()
	a, b := drawn[pb_hooks.SupervisedSchool](s, supervisor, "schools/9999990001"), drawn[pb_hooks.SupervisedSchool](s, supervisor, "schools/9999990002")
	if share := shareOf(t, a.Shares, "satisfaction"); share.Part != 10 || share.Whole != 13 || share.Before != nil {
		t.Errorf("13 ratings: %+v", share)
	}
	if slices.ContainsFunc(b.Shares, func(l pb_hooks.ShareChange) bool { return l.Name == "satisfaction" }) || slices.ContainsFunc(b.Figures, func(f pb_hooks.FigureChange) bool { return f.Name == "ratings" }) {
		t.Errorf("3 ratings are shown: %+v", b.Shares)
	}
	v := drawn[pb_hooks.SupervisionTrend](s, supervisor, "trend?names=satisfaction,ratings&school=9999990001&from=2026-10-01&to=2026-11-30")
	if got := fmt.Sprint(v.Series[0].Points, v.Series[1].Points); got != "[{true {10 12}} {false {0 0}}] [{true {12 0}} {false {0 0}}]" {
		t.Errorf("12 ratings, then one: %s", got)
	}
}

func TestFloodsAreSeen(t *testing.T) {
	s := serve(t)
	total := 0
	for day := time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC); day.Before(time.Date(2026, 1, 11, 0, 0, 0, 0, time.UTC)); day = day.AddDate(0, 0, 1) {
		switch text := day.Format(time.DateOnly); {
		case text == "2025-12-10" || text == "2026-01-05":
			total += 10
		case text == "2025-12-31":
			total += 30
		}
		s.kept(day.Format(time.DateOnly), map[string]figures.Counts{schoolA: {"items_published": total}, schoolB: {"items_published": 7}})
	}
	v := drawn[pb_hooks.SupervisionFloods](s, supervisor, "floods?from=2025-12-01&to=2026-01-10")
	if v.From != "2025-12-02" || v.Total != 50 || len(v.Days) != 40 || v.Days[29] != (pb_hooks.FloodDay{Day: "2025-12-31", Count: 30}) {
		t.Errorf("%+v", v)
	}
	want := []pb_hooks.FloodEnd{
		{Label: "2025 年最后 10 天", From: "2025-12-22", To: "2025-12-31", Of: 30, Ratio: figures.Ratio{Part: 30, Whole: 40}},
		{Label: "这段时间的最后 10 天", From: "2026-01-01", To: "2026-01-10", Of: 40, Ratio: figures.Ratio{Part: 10, Whole: 50}},
	}
	if !slices.Equal(v.Ends, want) {
		t.Errorf("%+v", v.Ends)
	}
	if len(v.Schools) != 1 || v.Schools[0].Ratio != want[1].Ratio || v.Schools[0].School.Code != "9999990001" {
		t.Errorf("%+v", v.Schools)
	}
	own := drawn[pb_hooks.SupervisionFloods](s, editorA, "floods?from=2025-12-05&to=2026-01-10")
	if own.From != "2025-12-05" || own.Total != 50 || own.School.Code != "9999990001" || len(own.Schools) != 0 {
		t.Errorf("%+v", own)
	}
}

func TestDashboardsAreSeenByTheBureau(t *testing.T) {
	s := serve(t)
	s.threeDays()
	schoolOf := map[string]string{editorA: "9999990001", nobodyA: "9999990001", principalA: "9999990001", editorB: "9999990002"}
	for _, who := range viewers {
		sees := slices.Contains([]string{supervisor, bureauReviewer, bureauAdmin, auditor}, who)
		isOwn := func(code string) bool {
			school := map[string]string{"9999990001": schoolA, "9999990002": schoolB}[code]
			return who != "" && who != root && s.person(who) != "" && s.record("staff", s.person(who)).GetString("school") == school
		}
		for path, may := range map[string]bool{"overview": sees, "heat": sees, "overview?stage=小学": sees,
			"trend?school=9999990001": sees || isOwn("9999990001"), "floods?school=9999990002": sees || isOwn("9999990002"),
			"schools/9999990001": sees || isOwn("9999990001"), "schools/9999990002": sees || isOwn("9999990002")} {
			if a := s.do(who, http.MethodGet, "/api/app/supervision/"+path, nil); may != (a.status == http.StatusOK) {
				t.Errorf("%q asks for %s: %d %s", who, path, a.status, a.body)
			}
		}
	}
	for who, code := range schoolOf { // who names no school sees their own
		if v := drawn[pb_hooks.SupervisionTrend](s, who, "trend"); v.School.Code != code {
			t.Errorf("%s sees %+v", who, v.School)
		}
	}
}

func TestWhatIsAskedOfDashboardsIsNamedWhereItIsWrong(t *testing.T) {
	s := serve(t)
	if v := drawn[pb_hooks.SupervisionOverview](s, supervisor, "overview"); v.Day != "" || len(v.Shares) != 0 {
		t.Errorf("nothing was kept yet: %+v", v)
	}
	for _, path := range []string{"heat", "trend", "floods", "schools/9999990001"} {
		if a := s.do(supervisor, http.MethodGet, "/api/app/supervision/"+path, nil); a.status != http.StatusOK {
			t.Errorf("%s before the first night: %d %s", path, a.status, a.body)
		}
	}
	s.threeDays()
	for path, field := range map[string]string{
		"overview?day=2026-11-21": "day", "overview?day=tomorrow": "day", "overview?stage=大学": "stage", "heat?stage=大学": "stage",
		"trend?from=2026-02-30": "from", "trend?from=2026-03-02&to=2026-03-01": "to", "trend?names=visitors": "names", "trend?every=hour": "every",
		"trend?names=compliance,,": "names", "floods?from=2025-01-01&to=2026-11-22": "to", "floods?to=never": "to", "schools/9999990001?day=2030-01-01": "day",
	} {
		if a := s.do(supervisor, http.MethodGet, "/api/app/supervision/"+path, nil); a.status != http.StatusBadRequest || a.field("data", field) == nil {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	if a := s.do(supervisor, http.MethodGet, "/api/app/supervision/schools/0000000000", nil); a.status != http.StatusNotFound {
		t.Errorf("no such school: %d", a.status)
	}
}
