package compliance

import (
	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/workday"
)

// Holding is what a column of a school holds on the day, counted.
type Holding struct {
	Items    int          // public now
	Newest   workday.Date // of what is public: the last publication or confirmation (核对确认); "" of none
	ThisYear int          // items published or confirmed in the calendar year, 公示 that have ended among them
	Timed    int          // first published this year, of a column with a disclosure limit, with a 生成日期
	OnTime   int          // of those, within the limit
	Open     bool         // of an interactive column: it takes what people send; of a generated or synced one: it is there
}

// Result is what was measured of one column of a school.
type Result struct {
	Column standard.Column
	Exempt bool // 豁免: measured and not counted
	Holding

	Exists, Filled, Fresh, Enough bool

	Needed     int          // items of the year, by today
	NeededSoon int          // in a week
	FreshUntil workday.Date // the last fresh day; "" where no clock runs or nothing is there
	Days       int          // since Newest, as the column's clock counts
}

// Met reports whether the column meets the standard.
func (r Result) Met() bool { return r.Exists && r.Filled && r.Fresh && r.Enough }

// Counted reports whether the column is part of the 栏目规范达标率: it is mandatory
// and the school is not exempt from it.
func (r Result) Counted() bool { return r.Column.Mandatory && !r.Exempt }

// Late is the number of items of this year that were published after their limit.
func (r Result) Late() int { return r.Timed - r.OnTime }

// School is what was measured of a school.
type School struct {
	Results []Result // in the standard's order

	Mandatory, Exist, Filled, Fresh, Enough, Met int // columns
}

// AsksForNothing reports whether an empty column is no fault: what it holds only
// exists when something has happened (重大决策, 教师招聘).
func AsksForNothing(c standard.Column) bool { return c.FreshnessDays < 0 && c.MinItemsPerYear == 0 }

// Measure measures the columns of a school (standard.For) on the day of days.
// What a school holds is by column code; a column that is missing there holds nothing.
// A school that opened in the year has to have published its part of the year's items
// since its first day, opened; "" is long ago.
func Measure(days *Days, columns []standard.Column, holdings map[string]Holding, exempt map[string]bool, opened workday.Date) School {
	results := make([]Result, 0, len(columns))
	for _, c := range columns {
		r := measure(days, c, holdings[c.Code], opened)
		r.Exempt = exempt[c.Code]
		results = append(results, r)
	}
	return Of(results)
}

// Of adds up the columns of a school.
func Of(results []Result) School {
	s := School{Results: results}
	for _, r := range results {
		if !r.Counted() {
			continue
		}
		s.Mandatory++
		for _, part := range []struct {
			holds bool
			count *int
		}{{r.Exists, &s.Exist}, {r.Filled, &s.Filled}, {r.Fresh, &s.Fresh}, {r.Enough, &s.Enough}, {r.Met(), &s.Met}} {
			if part.holds {
				*part.count++
			}
		}
	}
	return s
}

// measure is the rule of one column (栏目设置标准).
func measure(days *Days, c standard.Column, h Holding, opened workday.Date) Result {
	r := Result{Column: c, Holding: h}
	if !c.Kind.IsWritten() { // the system writes it: it is there, new and whole, or not at all
		r.Exists, r.Filled, r.Fresh, r.Enough = h.Open, h.Open, h.Open, h.Open
		return r
	}
	r.Exists = c.Kind != standard.Interactive || h.Open
	r.Filled = h.Items > 0 || AsksForNothing(c)
	r.Needed, r.NeededSoon = days.needed(c.MinItemsPerYear, 0, opened), days.needed(c.MinItemsPerYear, soon, opened)
	r.Enough = h.ThisYear >= r.Needed
	switch {
	case c.FreshnessDays < 0:
		r.Fresh = true
	case h.Newest != "":
		r.Days = days.Since(h.Newest, c.TermOnly)
		r.Fresh = r.Days <= c.FreshnessDays
		r.FreshUntil = days.FreshUntil(h.Newest, c.FreshnessDays, c.TermOnly)
	}
	return r
}
