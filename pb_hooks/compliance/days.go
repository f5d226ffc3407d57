// Package compliance measures how far a school meets the column standard on a
// day (栏目规范达标率): which of its columns are there, hold something, are fresh
// and hold enough. It knows no database and no clock: what a school holds, the
// calendar and the day are given to it.
package compliance

import (
	"sort"
	"time"

	"gongkai/pb_hooks/workday"
)

// Vacation is a school vacation (寒假, 暑假) of the district, both days included.
type Vacation struct {
	Name        string
	From, Until workday.Date
}

// How far a Days looks back and ahead of its day, in years: the longest freshness
// of the standard is two.
const yearsBack, yearsAhead = 4, 3

// Days counts days around one day. Counting is a subtraction, so that a whole
// district is measured in a moment.
type Days struct {
	Today workday.Date

	first time.Time
	today int   // place of Today
	term  []int // days that are not of a vacation, up to and including each place
	work  []int // working days
	study []int // working days that are not of a vacation: days of school
}

// NewDays prepares the counting around a day.
func NewDays(calendar workday.Calendar, vacations []Vacation, today workday.Date) *Days {
	d := &Days{Today: today}
	now := instant(today)
	d.first = time.Date(now.Year()-yearsBack, 1, 1, 0, 0, 0, 0, time.UTC)
	last := time.Date(now.Year()+yearsAhead, 1, 1, 0, 0, 0, 0, time.UTC)
	size := int(last.Sub(d.first).Hours() / 24)
	d.term, d.work, d.study = make([]int, size), make([]int, size), make([]int, size)
	d.today = d.place(today)
	off := make([]bool, size)
	for _, v := range vacations {
		for i := max(0, d.at(v.From)); i <= d.at(v.Until) && i < size; i++ {
			off[i] = true
		}
	}
	var term, work, study int
	for i := range size {
		works := calendar.IsWorkday(d.date(i))
		if !off[i] {
			term++
		}
		if works {
			work++
		}
		if works && !off[i] {
			study++
		}
		d.term[i], d.work[i], d.study[i] = term, work, study
	}
	return d
}

// at is how many days a date is after the first one that is known.
func (d *Days) at(date workday.Date) int { return int(instant(date).Sub(d.first).Hours() / 24) }

// place is at, kept within what is known.
func (d *Days) place(date workday.Date) int { return min(max(d.at(date), 0), len(d.term)-1) }

func (d *Days) date(place int) workday.Date {
	return workday.Date(d.first.AddDate(0, 0, place).Format(time.DateOnly))
}

// Workdays are the working days after from, up to and including until; 0 if until
// is not after from.
func (d *Days) Workdays(from, until workday.Date) int {
	return max(0, d.work[d.place(until)]-d.work[d.place(from)])
}

// Since are the days since a date; of a column whose clock stops in vacations, of
// those outside of them.
func (d *Days) Since(date workday.Date, termOnly bool) int {
	from := d.place(date)
	if !termOnly {
		return max(0, d.today-from)
	}
	return max(0, d.term[d.today]-d.term[from])
}

// FreshUntil is the last day on which what was published on a date is fresh.
func (d *Days) FreshUntil(date workday.Date, days int, termOnly bool) workday.Date {
	from := d.place(date)
	if !termOnly {
		return d.date(min(from+days, len(d.term)-1))
	}
	// the first place where one day too many of a term has passed
	over := sort.Search(len(d.term), func(i int) bool { return i > from && d.term[i]-d.term[from] > days })
	return d.date(over - 1)
}

// needed is the number of items that a column must have had by the end of a day:
// floor(least × school days so far ÷ school days of the year). In January nobody
// has to have published what a year asks for. Of a school that opened in the year
// only the days since then have passed.
func (d *Days) needed(least int, ahead int, opened workday.Date) int {
	on := d.date(min(d.today+ahead, len(d.term)-1))
	year := instant(on).Year()
	first := d.place(workday.Date(time.Date(year-1, 12, 31, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)))
	last := d.place(workday.Date(time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)))
	all := d.study[last] - d.study[first]
	if all == 0 {
		return 0
	}
	begun := first
	if opened != "" {
		begun = max(first, d.place(opened)-1) // its first day counts
	}
	return least * max(0, d.study[d.place(on)]-d.study[begun]) / all
}

func instant(date workday.Date) time.Time {
	t, err := time.Parse(time.DateOnly, string(date))
	if err != nil {
		panic("compliance: not a date: " + string(date))
	}
	return t
}
