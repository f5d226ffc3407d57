package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/standard"
)

// slot is the place of one article: its column and instant.
type slot struct {
	column standard.Column
	at     time.Time
	nth    int // of its column, the newest is 0
}

// often are columns that schools write into more than once a year.
var often = map[string]int{"A0308": 8, "A0309": 12, "A0902": 10, "A0301": 3, "A0303": 3, "A0401": 2, "A0402": 2, "A0501": 2, "A0503": 4, "A0504": 4,
	"A0505": 2, "A0605": 2, "A0702": 2, "A0801": 2, "A0802": 2, "A0903": 2, "A0904": 2, "A1002": 2, "A1004": 3, "B0101": 4, "B0201": 4, "B0301": 8, "B0402": 2}

// ofPlanned are the columns of a school that is not yet open.
var ofPlanned = []string{"A0201", "A0308", "A0309"}

// schedule spreads the articles of a school over its columns and the time: first one for every mandatory column, then
// one for every other, then the rest where schools write most.
func (p Plan) schedule(s School) []slot {
	r := rand.New(rand.NewPCG(p.Seed, seedOf(s.Code)))
	if p.Full {
		s.Status = registry.Open
	}
	columns := standard.For(p.Columns, s.Standard())
	columns = slices.DeleteFunc(columns, func(c standard.Column) bool {
		return !c.Kind.IsWritten() || s.Status == registry.Planned && !slices.Contains(ofPlanned, c.Code)
	})
	counts := map[string]int{}
	left := p.Articles
	if s.Status == registry.Planned {
		left = min(left, len(ofPlanned))
	}
	for _, mandatory := range []bool{true, false} {
		for _, c := range columns {
			if c.Mandatory == mandatory && left > 0 {
				counts[c.Code]++
				left--
			}
		}
	}
	lists := slices.DeleteFunc(slices.Clone(columns), isSingle)
	for ; left > 0 && len(lists) > 0; left-- {
		counts[weighted(r, lists).Code]++
	}
	var slots []slot
	for _, c := range columns {
		for nth := range counts[c.Code] {
			slots = append(slots, slot{c, p.instant(r, c, nth, s), nth})
		}
	}
	slices.SortStableFunc(slots, func(a, b slot) int { return a.at.Compare(b.at) })
	return slots
}

// isSingle reports whether a column holds one text that is kept up to date.
func isSingle(c standard.Column) bool {
	return c.Kind == standard.Page || c.Kind == standard.Interactive
}

func weighted(r *rand.Rand, columns []standard.Column) standard.Column {
	sum := 0
	for _, c := range columns {
		sum += max(often[c.Code], 1)
	}
	n := r.IntN(sum)
	for _, c := range columns {
		if n -= max(often[c.Code], 1); n < 0 {
			return c
		}
	}
	return columns[0]
}

// instant is when the nth newest article of a column appeared: the newest one within the column's limit, the others
// before, all in working hours.
func (p Plan) instant(r *rand.Rand, c standard.Column, nth int, s School) time.Time {
	back := time.Duration(r.Int64N(int64(span)))
	if nth == 0 {
		fresh := 60
		if c.FreshnessDays > 0 {
			fresh = min(fresh, c.FreshnessDays)
		}
		back = time.Duration(r.IntN(fresh*24)) * time.Hour
	}
	if s.Status == registry.Merged {
		back = min(back+200*24*time.Hour, span)
	}
	t := p.Until.Add(-back).In(p.Location)
	if c.Code == reportColumn {
		t = p.reportDay(t, nth, s)
	}
	t = time.Date(t.Year(), t.Month(), t.Day(), 8+r.IntN(9), r.IntN(60), r.IntN(60), 0, p.Location)
	switch t.Weekday() {
	case time.Saturday:
		t = t.AddDate(0, 0, -1)
	case time.Sunday:
		t = t.AddDate(0, 0, -2)
	}
	if t.After(p.Until) {
		t = t.AddDate(0, 0, -1)
	}
	return t
}

// reportColumn holds annual reports: one a year, each of the year before.
const reportColumn = "A0104"

// Behind are the numbers of the schools, counted from 1, that did not publish last
// year's report in January: what became of it is played.
var Behind = []int{2, 3, 4, 6}

// reportDay is the day in January on which the nth newest report appeared.
func (p Plan) reportDay(any time.Time, nth int, s School) time.Time {
	until := p.Until.In(p.Location)
	year := until.Year() - nth
	if slices.ContainsFunc(Behind, func(number int) bool { return strings.HasSuffix(s.Code, fmt.Sprintf("%04d", number)) }) {
		year--
	}
	day := time.Date(year, time.January, 8+any.Day()%22, 0, 0, 0, 0, p.Location)
	if day.After(until) {
		day = day.AddDate(-1, 0, 0)
	}
	return day
}

// seedOf makes a number of a text.
func seedOf(text string) uint64 {
	h := uint64(14695981039346656037) // FNV-1a
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return h
}
