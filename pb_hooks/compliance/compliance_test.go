package compliance

import (
	"fmt"
	"strings"
	"testing"

	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/workday"
)

var winter = Vacation{Name: "寒假", From: "2026-01-31", Until: "2026-02-28"}
var summer = Vacation{Name: "暑假", From: "2026-07-01", Until: "2026-08-31"}

func on(t testing.TB, day workday.Date) *Days {
	t.Helper()
	calendar, err := workday.Official()
	if err != nil {
		t.Fatal(err)
	}
	return NewDays(calendar, []Vacation{winter, summer}, day)
}

// Three schools and five columns, counted by hand for Thursday 2026-09-24. In 2026
// there are, outside of the vacations, 188 days of school, and 123 of them are over;
// TestDaysOfSchool has the count.
func TestThreeSchoolsByHand(t *testing.T) {
	columns := []standard.Column{
		{Code: "A0101", Name: "信息公开指南", Kind: standard.Page, Mandatory: true, FreshnessDays: 365, MinItemsPerYear: 1},
		{Code: "A0304", Name: "重大决策", Kind: standard.List, Mandatory: true, FreshnessDays: -1},
		{Code: "A0309", Name: "校园动态", Kind: standard.List, Mandatory: true, FreshnessDays: 14, TermOnly: true, MinItemsPerYear: 20},
		{Code: "B0501", Name: "校长信箱", Kind: standard.Interactive, Mandatory: true, FreshnessDays: -1},
		{Code: "A0207", Name: "学校荣誉", Kind: standard.List, FreshnessDays: 365},
	}
	days := on(t, "2026-09-24")
	for _, tt := range []struct {
		school                               string
		holdings                             map[string]Holding
		exempt                               map[string]bool
		mandatory, exist, filled, fresh, met int
		enough                               int
		columns                              string
	}{
		{"everything in order: 13 of 20 items are enough, 20 × 123 ÷ 188 = 13.1", map[string]Holding{
			"A0101": {Items: 1, Newest: "2026-02-26", ThisYear: 1},
			"A0309": {Items: 30, Newest: "2026-09-10", ThisYear: 13}, // 14 days ago
			"B0501": {Open: true},
		}, nil, 4, 4, 4, 4, 4, 4, "A0101=2f A0304=2f A0309=2f B0501=2f A0207=09"},
		{"nothing at all: only what nobody has to write is in order", nil, nil,
			4, 3, 2, 2, 1, 3, "A0101=29 A0304=2f A0309=21 B0501=2e A0207=09"},
		{"news of before the summer is 23 days old, and one column is exempt", map[string]Holding{
			"A0101": {Items: 1, Newest: "2025-09-23", ThisYear: 0}, // 366 days; 1 × 123 ÷ 188 = 0 needed so far
			"A0309": {Items: 30, Newest: "2026-06-30", ThisYear: 30},
		}, map[string]bool{"B0501": true}, 3, 3, 3, 1, 1, 3, "A0101=2b A0304=2f A0309=2b B0501=3e A0207=09"},
	} {
		t.Run(tt.school, func(t *testing.T) {
			s := Measure(days, columns, tt.holdings, tt.exempt, "")
			got := []int{s.Mandatory, s.Exist, s.Filled, s.Fresh, s.Enough, s.Met}
			want := []int{tt.mandatory, tt.exist, tt.filled, tt.fresh, tt.enough, tt.met}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("mandatory, exist, filled, fresh, enough, met: %v, want %v", got, want)
			}
			if s.Encode() != tt.columns {
				t.Errorf("kept as %q, want %q", s.Encode(), tt.columns)
			}
		})
	}
}

func TestDaysOfSchool(t *testing.T) {
	days := on(t, "2026-09-24")
	year := days.study[days.place("2026-12-31")] - days.study[days.place("2025-12-31")]
	sofar := days.study[days.place("2026-09-24")] - days.study[days.place("2025-12-31")]
	if year != 188 || sofar != 123 {
		t.Errorf("%d days of school in 2026, %d of them over", year, sofar)
	}
}

func TestFreshness(t *testing.T) {
	for _, tt := range []struct {
		name     string
		today    workday.Date
		newest   workday.Date
		limit    int
		termOnly bool
		fresh    bool
		until    workday.Date
	}{
		{"the last day", "2026-11-26", "2026-11-12", 14, false, true, "2026-11-26"},
		{"a day too many", "2026-11-27", "2026-11-12", 14, false, false, "2026-11-26"},
		{"the summer does not count where the standard says so", "2026-09-13", "2026-06-29", 14, true, true, "2026-09-13"},
		{"nor its last day", "2026-08-31", "2026-06-29", 14, true, true, "2026-09-13"},
		{"but else it does", "2026-09-13", "2026-06-29", 14, false, false, "2026-07-13"},
		{"published in the vacation, fresh until two weeks of term are over", "2026-09-14", "2026-07-20", 14, true, true, "2026-09-14"},
		{"published today", "2026-11-26", "2026-11-26", 7, false, true, "2026-12-03"},
		{"longer ago than anything is counted", "2026-11-26", "2001-01-01", 730, false, false, "2024-01-01"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := standard.Column{Kind: standard.List, FreshnessDays: tt.limit, TermOnly: tt.termOnly}
			r := measure(on(t, tt.today), c, Holding{Items: 1, Newest: tt.newest}, "")
			if r.Fresh != tt.fresh || r.FreshUntil != tt.until {
				t.Errorf("fresh %v until %s, want %v until %s", r.Fresh, r.FreshUntil, tt.fresh, tt.until)
			}
		})
	}
}

// What FreshUntil says is what Since counts: fresh on that day and not on the next.
func TestFreshUntilAgreesWithSince(t *testing.T) {
	all := on(t, "2026-06-01")
	on := func(day workday.Date) *Days {
		d := *all
		d.Today, d.today = day, d.place(day)
		return &d
	}
	for newest := workday.Date("2025-12-01"); newest < "2026-09-30"; newest = newest.Next() {
		for _, termOnly := range []bool{false, true} {
			until := all.FreshUntil(newest, 14, termOnly)
			if on(until).Since(newest, termOnly) > 14 || on(until.Next()).Since(newest, termOnly) <= 14 {
				t.Fatalf("published on %s (term only: %v) until %s", newest, termOnly, until)
			}
		}
	}
}

func TestNeededGrowsOverTheYear(t *testing.T) {
	before := 0
	for day := workday.Date("2026-01-01"); day <= "2026-12-31"; day = day.Next() {
		n := on(t, day).needed(20, 0, "")
		if n < before || n > 20 {
			t.Fatalf("%s: %d after %d", day, n, before)
		}
		before = n
	}
	if before != 20 {
		t.Errorf("at the end of the year %d of 20", before)
	}
	if n := on(t, "2026-01-05").needed(20, 0, ""); n != 0 {
		t.Errorf("on the first days of January %d", n)
	}
}

// Nobody owes what a year asks for of the months before there was a school.
func TestASchoolOwesSinceItsFirstDay(t *testing.T) {
	for opened, want := range map[workday.Date]int{"": 20, "2024-09-01": 20, "2026-01-01": 20, "2026-09-01": 8, "2026-12-31": 0, "2027-02-01": 0} {
		if n := on(t, "2026-12-31").needed(20, 0, opened); n != want {
			t.Errorf("opened on %q: %d at the end of the year, want %d", opened, n, want)
		}
	}
}

func TestTasksComeInOrderOfEffect(t *testing.T) {
	columns := []standard.Column{
		{Code: "A0101", Kind: standard.Page, Mandatory: true, FreshnessDays: 365},
		{Code: "A0102", Kind: standard.Generated, Mandatory: true, FreshnessDays: 90},
		{Code: "A0309", Kind: standard.List, Mandatory: true, FreshnessDays: 14, MinItemsPerYear: 20},
		{Code: "A0801", Kind: standard.List, Mandatory: true, FreshnessDays: 200},
		{Code: "A0207", Kind: standard.List, FreshnessDays: 30},
		{Code: "B0301", Kind: standard.QA, Mandatory: true, FreshnessDays: 90, MinItemsPerYear: 15},
	}
	days := on(t, "2026-11-26")
	s := Measure(days, columns, map[string]Holding{
		"A0101": {Items: 1, Newest: "2025-11-28"}, // stale in three days
		"A0102": {Open: true},
		"A0309": {Items: 2, Newest: "2026-10-01", ThisYear: 2}, // stale and too few
		"A0801": {Items: 1, Newest: "2026-01-01"},              // stale
		"B0301": {},                                            // blank
	}, nil, "")
	worth := func(r Result, f Fault) int {
		return map[Fault]int{Blank: 30, Stale: 20}[f]
	}
	var got []string
	for _, task := range s.Tasks(days, worth) {
		got = append(got, fmt.Sprintf("%s %s %d %v", task.Column.Code, task.Fault, task.Effect, task.Met))
		if task.Text == "" {
			t.Errorf("%s %s says nothing", task.Column.Code, task.Fault)
		}
	}
	want := []string{"B0301 blank 30 true", "A0801 stale 20 true", "A0309 stale 20 false", "A0309 too_few 0 false", "A0101 stale_soon 0 false"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("tasks\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestWhatIsKeptIsReadAgain(t *testing.T) {
	s := School{Results: []Result{
		{Column: standard.Column{Code: "A0101", Mandatory: true}, Exists: true, Filled: true},
		{Column: standard.Column{Code: "B0702"}, Exempt: true, Exists: true, Filled: true, Fresh: true, Enough: true},
	}}
	var got []string
	err := Decode(s.Encode(), func(code string, m Mark) {
		got = append(got, fmt.Sprint(code, m.Counted(), m.Met(), m.Exists, m.Filled, m.Fresh, m.Enough, m.Exempt))
	})
	if err != nil || fmt.Sprint(got) != "[A0101true false true true false false false B0702false true true true true true true]" {
		t.Errorf("%v %v", got, err)
	}
	for _, bad := range []string{"A0101", "A0101=zz", "A0101=123"} {
		if Decode(bad, func(string, Mark) {}) == nil {
			t.Errorf("%q was read", bad)
		}
	}
}
