package foi_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

func table3(t *testing.T, cases []foi.AnnualCase, p foi.Period) foi.ApplicationTable {
	t.Helper()
	table, err := foi.Table3(cases, p)
	if err != nil {
		t.Fatal(err)
	}
	if err := table.Check(); err != nil {
		t.Fatalf("%s to %s: %v", p.From, p.To, err)
	}
	return table
}

// nonzero is what a table says, by row and column such as "r03c1".
func nonzero(t foi.ApplicationTable) map[string][]string {
	found := map[string][]string{}
	for row := 1; row <= foi.Table3Rows; row++ {
		for column := 1; column <= foi.Table3Columns; column++ {
			if f := t.At(row, column); f.Count > 0 {
				found[fmt.Sprintf("r%02dc%d", row, column)] = f.Cases
			}
		}
	}
	return found
}

var fixture = []foi.AnnualCase{
	{ID: "old", ReceivedOn: "2024-03-01", ClosedOn: "2024-03-20", Outcome: "1.1", Class: foi.ClassPerson},      // in no table of 2025
	{ID: "carried", ReceivedOn: "2024-12-20", ClosedOn: "2025-01-16", Outcome: "2", Class: foi.ClassPerson},    // into 2025
	{ID: "lasting", ReceivedOn: "2024-12-31", ClosedOn: "2026-01-05", Outcome: "3.4", Class: foi.ClassLegal},   // through 2025
	{ID: "first", ReceivedOn: "2025-01-01", ClosedOn: "2025-01-01", Outcome: "1.2", Class: foi.ClassBusiness},  // on the first day, at once
	{ID: "last", ReceivedOn: "2025-12-31", ClosedOn: "2025-12-31", Outcome: "4.1.1", Class: foi.ClassResearch}, // on the last day
	{ID: "other body", ReceivedOn: "2025-05-06", ClosedOn: "2025-05-20", Outcome: "4.1.2", Class: foi.ClassResearch},
	{ID: "late", ReceivedOn: "2025-12-30", ClosedOn: "2026-01-20", Outcome: "5.1", Class: foi.ClassCharity},
	{ID: "open", ReceivedOn: "2025-12-31", Class: foi.ClassOther},
	{ID: "void", ReceivedOn: "2025-06-01", Class: foi.ClassPerson, Void: true},
	{ID: "abandoned", ReceivedOn: "2025-07-01", ClosedOn: "2025-08-01", Outcome: "6.1", Class: foi.ClassPerson},
	{ID: "withdrawn", ReceivedOn: "2025-07-01", ClosedOn: "2025-07-02", Outcome: "6.3", Class: foi.ClassPerson},
	{ID: "next", ReceivedOn: "2026-01-01", Class: foi.ClassPerson},
}

func TestTable3(t *testing.T) {
	want := map[string][]string{
		"r01c1": {"abandoned", "withdrawn"}, "r01c2": {"first"}, "r01c3": {"last", "other body"}, "r01c4": {"late"}, "r01c6": {"open"},
		"r01c7": {"first", "last", "other body", "late", "open", "abandoned", "withdrawn"},
		"r02c1": {"carried"}, "r02c5": {"lasting"}, "r02c7": {"carried", "lasting"},
		"r03c2": {"first"}, "r03c7": {"first"}, "r04c1": {"carried"}, "r04c7": {"carried"},
		"r13c3": {"last", "other body"}, "r13c7": {"last", "other body"},
		"r21c1": {"abandoned"}, "r21c7": {"abandoned"}, "r23c1": {"withdrawn"}, "r23c7": {"withdrawn"},
		"r24c1": {"carried", "abandoned", "withdrawn"}, "r24c2": {"first"}, "r24c3": {"last", "other body"},
		"r24c7": {"carried", "first", "last", "other body", "abandoned", "withdrawn"},
		"r25c4": {"late"}, "r25c5": {"lasting"}, "r25c6": {"open"}, "r25c7": {"lasting", "late", "open"},
	}
	if got := nonzero(table3(t, fixture, foi.YearOf(2025))); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestAMonthIsCountedLikeAYear(t *testing.T) {
	want := map[string][]string{"r02c1": {"abandoned"}, "r02c5": {"lasting"}, "r02c7": {"lasting", "abandoned"},
		"r21c1": {"abandoned"}, "r21c7": {"abandoned"}, "r24c1": {"abandoned"}, "r24c7": {"abandoned"}, "r25c5": {"lasting"}, "r25c7": {"lasting"}}
	if got := nonzero(table3(t, fixture, foi.Period{From: "2025-08-01", To: "2025-08-31"})); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// A published report has 14069 + 560 = 13810 + 819; the same numbers of cases give it.
func TestTheSampleOfAPublishedReport(t *testing.T) {
	var cases []foi.AnnualCase
	codes := foi.OutcomeCodes()
	add := func(n int, received, closed workday.Date) {
		for range n {
			i := len(cases)
			c := foi.AnnualCase{ID: strconv.Itoa(i), ReceivedOn: received, ClosedOn: closed, Class: foi.ApplicantClasses()[i%6]}
			if closed != "" {
				c.Outcome = codes[i%len(codes)]
			}
			cases = append(cases, c)
		}
	}
	add(700, "2022-05-05", "2022-12-31")
	add(100, "2022-12-01", "2023-02-01")
	add(460, "2022-12-30", "2024-01-02") // of the 560 carried in these are carried on
	add(13710, "2023-06-01", "2023-07-01")
	add(359, "2023-12-15", "")
	add(50, "2024-01-01", "")
	table := table3(t, cases, foi.YearOf(2023))
	if got := [4]int{table.At(1, 7).Count, table.At(2, 7).Count, table.At(24, 7).Count, table.At(25, 7).Count}; got != [4]int{14069, 560, 13810, 819} {
		t.Errorf("got %v", got)
	}
}

func randomCases(r *rand.Rand, n int, prefix string) []foi.AnnualCase {
	start := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
	codes, classes := foi.OutcomeCodes(), foi.ApplicantClasses()
	var cases []foi.AnnualCase
	for i := range n {
		received := start.AddDate(0, 0, r.IntN(4*365))
		c := foi.AnnualCase{ID: fmt.Sprint(prefix, i), ReceivedOn: workday.Date(received.Format(time.DateOnly)), Class: classes[r.IntN(len(classes))], Void: r.IntN(20) == 0}
		if r.IntN(5) > 0 {
			c.ClosedOn = workday.Date(received.AddDate(0, 0, r.IntN(500)).Format(time.DateOnly))
			c.Outcome = codes[r.IntN(len(codes))]
		}
		cases = append(cases, c)
	}
	return cases
}

func TestWhateverTheCasesTheTableFitsTogether(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 30))
		var all []foi.AnnualCase
		var schools [][]foi.AnnualCase
		for s := range 1 + r.IntN(5) {
			cases := randomCases(r, r.IntN(120), fmt.Sprintf("s%d-", s))
			schools, all = append(schools, cases), append(all, cases...)
		}
		var before foi.ApplicationTable
		for year := 2022; year <= 2028; year++ {
			district := table3(t, all, foi.YearOf(year)) // holds the check
			var tables []foi.ApplicationTable
			for _, cases := range schools {
				tables = append(tables, table3(t, cases, foi.YearOf(year)))
			}
			sum, err := foi.SumTable3(tables...)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(sum, district) { // same cases in the same order: they were put together school by school
				t.Fatalf("seed %d, %d: the schools do not add up to the district", seed, year)
			}
			if year > 2022 {
				for column := 1; column <= foi.Table3Columns; column++ {
					if !reflect.DeepEqual(before.At(25, column), district.At(2, column)) {
						t.Fatalf("seed %d: %d carries over other cases than %d takes", seed, year-1, year)
					}
				}
				if gone, come := foi.Drift(before, district); gone != nil || come != nil {
					t.Fatalf("seed %d: drift %v %v", seed, gone, come)
				}
			}
			before = district
		}
		// months add up to the year in what is new and what is closed
		var new, closed int
		for month := 1; month <= 12; month++ {
			first := time.Date(2024, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
			m := table3(t, all, foi.Period{From: workday.Date(first.Format(time.DateOnly)), To: workday.Date(first.AddDate(0, 1, -1).Format(time.DateOnly))})
			new, closed = new+m.At(1, 7).Count, closed+m.At(24, 7).Count
		}
		if y := table3(t, all, foi.YearOf(2024)); y.At(1, 7).Count != new || y.At(24, 7).Count != closed {
			t.Fatalf("seed %d: the months do not add up to the year", seed)
		}
	}
}

func TestAFrozenYearStaysAsItWas(t *testing.T) {
	cases := slices.Clone(fixture)
	frozen := table3(t, cases, foi.YearOf(2025))
	stored, err := json.Marshal(frozen)
	if err != nil {
		t.Fatal(err)
	}
	cases[7].Void = true                                                                                 // "open" turns out to be no application
	cases = append(cases, foi.AnnualCase{ID: "found", ReceivedOn: "2025-11-11", Class: foi.ClassPerson}) // and one lay in a drawer
	var read foi.ApplicationTable
	if err := json.Unmarshal(stored, &read); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(read, frozen) || read.Check() != nil {
		t.Errorf("what was frozen reads %+v", read)
	}
	gone, come := foi.Drift(read, table3(t, cases, foi.YearOf(2026)))
	if !slices.Equal(gone, []string{"open"}) || !slices.Equal(come, []string{"found"}) {
		t.Errorf("drift: vanished %v, appeared %v", gone, come)
	}
}

func TestCheckFindsWhatDoesNotFit(t *testing.T) {
	for _, tt := range []struct {
		name        string
		spoil       func(*foi.ApplicationTable)
		row, column int
	}{
		{"a total that is not the sum of the classes", func(t *foi.ApplicationTable) { t.Figures[0][6] = t.Figures[0][1] }, 1, 7},
		{"a count without its case", func(t *foi.ApplicationTable) { t.Figures[2][1].Count++ }, 3, 2},
		{"a case twice in one figure", func(t *foi.ApplicationTable) {
			t.Figures[23][0] = foi.Figure{Count: 3, Cases: []string{"a", "a", "b"}}
		}, 24, 1},
		{"closed that are not the sum of the outcomes", func(t *foi.ApplicationTable) {
			t.Figures[2][1], t.Figures[2][6] = foi.Figure{}, foi.Figure{}
		}, 24, 2},
		{"more new than closed and open", func(t *foi.ApplicationTable) {
			t.Figures[0][3], t.Figures[0][6] = foi.Figure{}, foi.Figure{Count: 6, Cases: []string{"1", "2", "3", "4", "5", "6"}}
		}, 25, 4},
	} {
		table := table3(t, fixture, foi.YearOf(2025))
		tt.spoil(&table)
		var unbalanced foi.Unbalanced
		if err := table.Check(); !errors.As(err, &unbalanced) || unbalanced.Row != tt.row || unbalanced.Column != tt.column {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestWhatCannotBeCountedIsNamed(t *testing.T) {
	ok := foi.AnnualCase{ID: "ok", ReceivedOn: "2025-03-01", ClosedOn: "2025-03-02", Outcome: "1.1", Class: foi.ClassPerson}
	for _, tt := range []struct {
		name   string
		change func(*foi.AnnualCase)
	}{
		{"no id", func(c *foi.AnnualCase) { c.ID = "" }},
		{"no date of receipt", func(c *foi.AnnualCase) { c.ReceivedOn = "" }},
		{"no class", func(c *foi.AnnualCase) { c.Class = "" }},
		{"closed before it came", func(c *foi.AnnualCase) { c.ClosedOn = "2025-02-28" }},
		{"closed on no day", func(c *foi.AnnualCase) { c.ClosedOn = "2025-02-30" }},
		{"closed without outcome", func(c *foi.AnnualCase) { c.Outcome = "" }},
		{"closed with the outcome of the form that is two here", func(c *foi.AnnualCase) { c.Outcome = "4.1" }},
		{"open with outcome", func(c *foi.AnnualCase) { c.ClosedOn = "" }},
		{"twice", func(c *foi.AnnualCase) { c.ID = "ok" }},
	} {
		bad := ok
		bad.ID = "bad"
		tt.change(&bad)
		_, err := foi.Table3([]foi.AnnualCase{ok, bad}, foi.YearOf(2025))
		var uncountable foi.Uncountable
		if !errors.As(err, &uncountable) || len(uncountable.Problems) != 1 || uncountable.Problems[bad.ID] == "" {
			t.Errorf("%s: %v", tt.name, err)
		}
		bad.Void = true
		if _, err := foi.Table3([]foi.AnnualCase{ok, bad}, foi.YearOf(2025)); err != nil {
			t.Errorf("%s, void: %v", tt.name, err)
		}
	}
	for _, p := range []foi.Period{{}, {"2025-01-01", "2024-12-31"}, {"2025-01-01", "2025-02-30"}} {
		if _, err := foi.Table3(nil, p); !errors.Is(err, foi.BadPeriod{Period: p}) {
			t.Errorf("%v: %v", p, err)
		}
	}
	if _, err := foi.SumTable3(table3(t, nil, foi.YearOf(2024)), table3(t, nil, foi.YearOf(2025))); !errors.Is(err, foi.BadPeriod{Period: foi.YearOf(2025)}) {
		t.Errorf("two years added: %v", err)
	}
}

func TestTable3Labels(t *testing.T) {
	rows := foi.Table3Labels()
	if len(rows) != foi.Table3Rows || len(foi.Table3Heads()) != foi.Table3Columns {
		t.Fatalf("%d rows, %v", len(rows), foi.Table3Heads())
	}
	for _, tt := range []struct {
		row          int
		id, group, l string
		codes        []foi.OutcomeCode
	}{
		{1, "r01", "", "", nil}, {3, "r03", "（一）予以公开", "", []foi.OutcomeCode{"1.1", "1.2"}},
		{5, "r05", "（三）不予公开", "1.属于国家秘密", []foi.OutcomeCode{"3.1"}}, {12, "r12", "（三）不予公开", "8.属于行政查询事项", []foi.OutcomeCode{"3.8"}},
		{13, "r13", "（四）无法提供", "1.本机关不掌握相关政府信息", []foi.OutcomeCode{"4.1.1", "4.1.2"}},
		{20, "r20", "（五）不予处理", "5.要求行政机关确认或重新出具已获取信息", []foi.OutcomeCode{"5.5"}},
		{23, "r23", "（六）其他处理", "3.其他", []foi.OutcomeCode{"6.3"}}, {24, "r24", "（七）总计", "", nil}, {25, "r25", "", "", nil},
	} {
		if r := rows[tt.row-1]; r.ID != tt.id || r.Group != tt.group || r.Label != tt.l || !slices.Equal(r.Codes, tt.codes) {
			t.Errorf("row %d: %+v", tt.row, r)
		}
	}
}

func TestTable4(t *testing.T) {
	disputes := []foi.Dispute{
		{ID: "before", Remedy: foi.ToBureau, AcceptedOn: "2024-05-01", ConcludedOn: "2024-12-31", Result: foi.Upheld},
		{ID: "carried", Remedy: foi.ToBureau, AcceptedOn: "2024-12-31", ConcludedOn: "2025-01-01", Result: foi.Corrected},
		{ID: "upheld", Remedy: foi.ToBureau, AcceptedOn: "2025-02-01", ConcludedOn: "2025-12-31", Result: foi.Upheld},
		{ID: "later", Remedy: foi.ToBureau, AcceptedOn: "2025-12-01", ConcludedOn: "2026-01-01", Result: foi.OtherEnd},
		{ID: "open", Remedy: foi.ToBureau, AcceptedOn: "2025-12-31"},
		{ID: "next", Remedy: foi.ToBureau, AcceptedOn: "2026-01-01"},
		{ID: "review", Remedy: foi.Reconsider, AcceptedOn: "2025-04-01", ConcludedOn: "2025-06-01", Result: foi.OtherEnd},
		{ID: "suit", Remedy: foi.Litigate, AcceptedOn: "2025-04-01"},
	}
	table, err := foi.Table4(disputes, foi.YearOf(2025))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		remedy foi.Remedy
		result foi.Result
		want   []string
	}{
		{foi.ToBureau, foi.Upheld, []string{"upheld"}}, {foi.ToBureau, foi.Corrected, []string{"carried"}}, {foi.ToBureau, foi.OtherEnd, nil},
		{foi.ToBureau, foi.Unfinished, []string{"later", "open"}}, {foi.Reconsider, foi.OtherEnd, []string{"review"}},
		{foi.Litigate, foi.Unfinished, []string{"suit"}}, {foi.LitigateReview, foi.Upheld, nil},
	} {
		if f := table.At(tt.remedy, tt.result); f.Count != len(tt.want) || !slices.Equal(f.Cases, tt.want) {
			t.Errorf("%s, %s: %+v", tt.remedy.Name(), tt.result.Name(), f)
		}
	}
	for _, remedy := range foi.Remedies() {
		sum := 0
		for _, result := range foi.Results() {
			sum += table.At(remedy, result).Count
		}
		if table.Total(remedy).Count != sum {
			t.Errorf("%s: total %d, sum %d", remedy.Name(), table.Total(remedy).Count, sum)
		}
	}
	stored, err := json.Marshal(table)
	if err != nil {
		t.Fatal(err)
	}
	var read foi.DisputeTable
	if err := json.Unmarshal(stored, &read); err != nil || !reflect.DeepEqual(read, table) {
		t.Errorf("what was frozen reads %+v, %v", read, err)
	}
	a, _ := foi.Table4(disputes[:4], foi.YearOf(2025))
	b, _ := foi.Table4(disputes[4:], foi.YearOf(2025))
	if sum, err := foi.SumTable4(a, b); err != nil || !reflect.DeepEqual(sum, table) {
		t.Errorf("two schools: %+v, %v", sum, err)
	}
	if _, err := foi.SumTable4(a, foi.DisputeTable{Period: foi.YearOf(2024)}); err == nil {
		t.Error("two years are added")
	}
}

func TestDisputesThatCannotBeCounted(t *testing.T) {
	ok := foi.Dispute{ID: "ok", Remedy: foi.ToBureau, AcceptedOn: "2025-02-01", ConcludedOn: "2025-03-01", Result: foi.Upheld}
	for name, change := range map[string]func(*foi.Dispute){
		"no id": func(d *foi.Dispute) { d.ID = "" }, "no remedy": func(d *foi.Dispute) { d.Remedy = "x" }, "no date": func(d *foi.Dispute) { d.AcceptedOn = "" },
		"result without date": func(d *foi.Dispute) { d.ConcludedOn = "" }, "date without result": func(d *foi.Dispute) { d.Result = "" },
		"unknown result": func(d *foi.Dispute) { d.Result = "x" }, "concluded too early": func(d *foi.Dispute) { d.ConcludedOn = "2025-01-31" },
		"twice": func(d *foi.Dispute) { d.ID = "ok" },
	} {
		bad := ok
		bad.ID = "bad"
		change(&bad)
		var uncountable foi.Uncountable
		if _, err := foi.Table4([]foi.Dispute{ok, bad}, foi.YearOf(2025)); !errors.As(err, &uncountable) || len(uncountable.Problems) != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
