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
	"gongkai/pb_hooks/compliance"
	"gongkai/pb_hooks/figures"
)

// disclosed puts an article in the table as publishing would have left it: made on
// a date, first published on one, at noon.
func (s *server) disclosed(school, column, made, published string, fields ...dbx.Params) (id string) {
	s.t.Helper()
	n := s.rowsOf("articles", "TRUE")
	id = fmt.Sprintf("measured%07d", n)
	at := published + " 04:00:00.000Z"
	article := dbx.Params{"id": id, "school": school, "column": column, "title": "一条信息", "state": "published", "stage": "drafting", "published": "v" + id[1:],
		"published_at": at, "first_published_at": at, "created": at, "updated": at}
	for _, f := range fields {
		for name, value := range f {
			article[name] = value
		}
	}
	version := dbx.Params{"id": "v" + id[1:], "article": id, "number": 1, "title": "一条信息", "created_on": made, "frozen": true}
	db := s.app.NonconcurrentDB()
	for table, row := range map[string]dbx.Params{"articles": article, "article_versions": version} {
		if _, err := db.Insert(table, row).Execute(); err != nil {
			s.t.Fatal(err)
		}
	}
	return id
}

// today is what a school is told of itself.
func (s *server) today(as, school string) pb_hooks.SchoolToday {
	s.t.Helper()
	a := s.do(as, http.MethodGet, "/api/app/supervision/today?school="+school, nil)
	var v pb_hooks.SchoolToday
	if err := json.Unmarshal([]byte(a.body), &v); err != nil || a.status != http.StatusOK {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
	return v
}

func columnOf(v pb_hooks.SchoolToday, code string) pb_hooks.ColumnToday {
	i := slices.IndexFunc(v.Columns, func(c pb_hooks.ColumnToday) bool { return c.Code == code })
	return v.Columns[i]
}

func TestASchoolSeesWhatItsColumnsLack(t *testing.T) {
	s := serve(t)
	s.disclosed(schoolA, "A0309", "2026-11-02", "2026-11-02")                                                                               // 21 days old: news are fresh for 14
	s.disclosed(schoolA, "A0801", "2026-09-01", "2026-11-20")                                                                               // made long before: 10 working days were allowed
	s.disclosed(schoolA, "A0801", "2026-11-19", "2026-11-20")                                                                               // in time
	s.disclosed(schoolA, "A0101", "2024-01-02", "2024-01-02", dbx.Params{"checked_on": "2026-11-01"})                                       // old and checked
	s.disclosed(schoolA, "A0308", "2026-11-20", "2026-11-20", dbx.Params{"state": "withdrawn", "withdrawn_at": "2026-11-21 04:00:00.000Z"}) // gone
	s.disclosed(schoolB, "A0308", "2026-11-20", "2026-11-20")
	v := s.today(editorA, "")
	for _, tt := range []struct {
		code                          string
		exists, filled, fresh, enough bool
		items, late                   int
	}{
		{"A0309", true, true, false, false, 1, 0},
		{"A0801", true, true, true, true, 2, 1},
		{"A0101", true, true, true, true, 1, 0},
		{"A0308", true, false, false, false, 0, 0},
		{"A0304", true, true, true, true, 0, 0}, // nothing has happened
		{"A0102", true, true, true, true, 0, 0}, // generated
		{"B0501", true, true, true, true, 0, 0}, // the mailbox is open
	} {
		c := columnOf(v, tt.code)
		if c.Exists != tt.exists || c.Filled != tt.filled || c.Fresh != tt.fresh || c.Enough != tt.enough || c.Items != tt.items || c.Late != tt.late {
			t.Errorf("%s: %+v", tt.code, c)
		}
	}
	if v.Counts["items_public"] != 4 || v.Counts["items_published"] != 5 || v.Counts["items_timed"] != 5 || v.Counts["items_on_time"] != 4 {
		t.Errorf("counted %v", v.Counts)
	}
	if whole := v.Shares[0]; whole.Name != "compliance" || whole.Whole != v.Counts["columns_mandatory"] || whole.Whole < 50 || whole.Part != v.Counts["columns_met"] {
		t.Errorf("栏目规范达标率 %+v", whole)
	}
	if first := v.Tasks[0]; first.Effect != 30 || first.Fault != "blank" || first.Text == "" {
		t.Errorf("what to do first: %+v", first)
	}
	if unknown := v.Counts.Unknown(); len(unknown) > 0 {
		t.Errorf("counted and not in the catalogue: %v", unknown)
	}
}

func TestTodayIsSeenByTheSchoolAndTheBureau(t *testing.T) {
	s := serve(t)
	for _, who := range viewers {
		for school, code := range map[string]string{schoolA: "9999990001", schoolB: "9999990002"} {
			a := s.do(who, http.MethodGet, "/api/app/supervision/today?school="+code, nil)
			may := slices.Contains([]string{supervisor, bureauReviewer, bureauAdmin, auditor}, who) || who != "" && who != root && s.person(who) != "" && s.record("staff", s.person(who)).GetString("school") == school
			if may != (a.status == http.StatusOK) {
				t.Errorf("%q asks for %s: %d %s", who, code, a.status, a.body)
			}
		}
	}
	if a := s.do(supervisor, http.MethodGet, "/api/app/supervision/today?school=0000000000", nil); a.status != http.StatusNotFound {
		t.Errorf("a school that does not exist: %d", a.status)
	}
}

func TestEveryDayIsKeptOnceAndForEver(t *testing.T) {
	s := serve(t)
	s.disclosed(schoolA, "A0309", "2026-11-20", "2026-11-20")
	s.run("snapshots")
	s.run("snapshots")
	days := func() (list []string) {
		if err := s.app.DB().NewQuery("SELECT day FROM district_days ORDER BY day").Column(&list); err != nil {
			t.Fatal(err)
		}
		return list
	}
	if got := days(); !slices.Equal(got, []string{"2026-11-22"}) {
		t.Fatalf("kept %v", got)
	}
	// the server is off for three nights; something is published and withdrawn in between
	s.disclosed(schoolB, "A0309", "2026-11-24", "2026-11-24", dbx.Params{"state": "withdrawn", "withdrawn_at": "2026-11-25 12:00:00.000Z"})
	later := s.now.Load().Add(3 * 24 * time.Hour)
	s.now.Store(&later)
	s.run("snapshots")
	if got := days(); !slices.Equal(got, []string{"2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25"}) {
		t.Fatalf("kept %v", got)
	}
	for day, want := range map[string]string{"2026-11-22": "1 1", "2026-11-23": "1 1", "2026-11-24": "2 2", "2026-11-25": "2 1"} {
		var raw string
		if err := s.app.DB().NewQuery("SELECT figures FROM district_days WHERE day = {:day}").Bind(dbx.Params{"day": day}).Row(&raw); err != nil {
			t.Fatal(err)
		}
		var sum figures.Counts
		if err := json.Unmarshal([]byte(raw), &sum); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(sum["items_published"], sum["items_public"]); got != want {
			t.Errorf("%s: published and public %s, want %s", day, got, want)
		}
		var schools []string
		if err := s.app.DB().NewQuery("SELECT figures FROM school_days WHERE day = {:day}").Bind(dbx.Params{"day": day}).Column(&schools); err != nil {
			t.Fatal(err)
		}
		added := figures.Counts{}
		for _, raw := range schools {
			var c figures.Counts
			if err := json.Unmarshal([]byte(raw), &c); err != nil {
				t.Fatal(err)
			}
			added.Add(c)
		}
		if len(schools) != 2 || fmt.Sprint(added) != fmt.Sprint(sum) {
			t.Errorf("%s: the district has %v, its %d schools have %v", day, sum, len(schools), added)
		}
	}
	for _, sql := range []string{"UPDATE school_days SET score = 1", "DELETE FROM school_days", "UPDATE district_days SET schools = 1", "DELETE FROM district_days"} {
		if _, err := s.app.NonconcurrentDB().NewQuery(sql).Execute(); err == nil || !strings.Contains(err.Error(), "final") {
			t.Errorf("%s: %v", sql, err)
		}
	}
	var kept string
	if err := s.app.DB().NewQuery("SELECT columns FROM school_days WHERE school = 'schoola00000000' AND day = '2026-11-22'").Row(&kept); err != nil {
		t.Fatal(err)
	}
	marks := map[string]compliance.Mark{}
	if err := compliance.Decode(kept, func(code string, m compliance.Mark) { marks[code] = m }); err != nil || !marks["A0309"].Fresh || marks["A0308"].Filled {
		t.Errorf("%v %+v", err, marks)
	}
}

func TestAColumnIsCheckedByItsEditors(t *testing.T) {
	s := serve(t)
	check := func(who, column string) answer {
		return s.do(who, http.MethodPost, "/api/collections/column_checks/records", map[string]any{"column": column, "school": schoolB, "on": "2020-01-01"})
	}
	s.disclosed(schoolA, "A0309", "2026-11-02", "2026-11-02")
	for _, who := range []string{"", nobodyA, reviewerA, principalA, editorB, supervisor} {
		if a := check(who, "A0309"); a.status < 400 {
			t.Errorf("%q checked it: %d", who, a.status)
		}
	}
	for column, why := range map[string]string{"A0308": "还没有内容", "A0102": "由系统更新", "A9999": "没有这个栏目"} {
		if a := check(editorA, column); a.status != http.StatusBadRequest || !a.has(why) {
			t.Errorf("%s: %d %s", column, a.status, a.body)
		}
	}
	if s.rowsOf("column_checks", "TRUE") != 0 {
		t.Fatal("something was kept of what was refused")
	}
	a := check(editorA, "A0309")
	if a.status != http.StatusOK || a.field("school") != schoolA || a.field("on") != "2026-11-23" || a.field("by") != s.person(editorA) {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if again := check(secondA, "A0309"); again.status != http.StatusBadRequest {
		t.Errorf("twice on a day: %d", again.status)
	}
	if c := columnOf(s.today(editorA, ""), "A0309"); !c.Fresh || c.Newest != "2026-11-23" {
		t.Errorf("after it was checked: %+v", c)
	}
	if _, err := s.app.NonconcurrentDB().NewQuery("UPDATE column_checks SET `on` = '2026-12-31'").Execute(); err == nil {
		t.Error("a check was changed")
	}
}

func TestVacationsStopTheClock(t *testing.T) {
	s := serve(t)
	s.disclosed(schoolA, "A0309", "2026-11-02", "2026-11-02") // 14 days, † in vacations
	add := func(who, from, until string) answer {
		return s.do(who, http.MethodPost, "/api/collections/vacations/records", map[string]any{"name": "秋假", "from": from, "until": until})
	}
	if a := add(principalA, "2026-11-03", "2026-11-12"); a.status < 400 {
		t.Errorf("a school adds a vacation: %d", a.status)
	}
	for _, bad := range [][3]string{{"2026-11-12", "2026-11-03", "until"}, {"2026-02-30", "2026-03-03", "from"}, {"2026-01-01", "2026-12-31", "until"}} {
		if a := add(supervisor, bad[0], bad[1]); a.status != http.StatusBadRequest || a.field("data", bad[2]) == nil {
			t.Errorf("%v: %d %s", bad, a.status, a.body)
		}
	}
	if columnOf(s.today(editorA, ""), "A0309").Fresh {
		t.Fatal("fresh before there was a vacation")
	}
	if a := add(supervisor, "2026-11-03", "2026-11-12"); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := add(supervisor, "2026-11-12", "2026-11-13"); a.status != http.StatusBadRequest || !a.has("重叠") {
		t.Errorf("two at once: %d %s", a.status, a.body)
	}
	if c := columnOf(s.today(editorA, ""), "A0309"); !c.Fresh || c.FreshUntil != "2026-11-26" {
		t.Errorf("with a vacation: %+v", c)
	}
}
