package workday

import (
	"slices"
	"time"
)

// Calendar lists the published exceptions to the Monday-to-Friday week. The zero Calendar has none.
type Calendar struct {
	Holidays map[Date]bool // 放假
	Makeups  map[Date]bool // 调休上班

	names map[Date]string // what the notices call the days they name: 春节
	years []int           // title years of the notices it was made from, ascending
}

// New makes one calendar of several years' notices (国务院办公厅关于某年部分节假日安排的通知). Of two files with the same
// title year the later argument replaces the earlier, so that an imported file corrects an embedded one. Where two
// years speak about the same day, the later year's notice wins: it may change the last days of December.
func New(years ...Year) Calendar {
	byYear := map[int]Year{}
	for _, y := range years {
		byYear[y.Year] = y
	}
	c := Calendar{Holidays: map[Date]bool{}, Makeups: map[Date]bool{}, names: map[Date]string{}}
	for n := range byYear {
		c.years = append(c.years, n)
	}
	slices.Sort(c.years)
	for _, n := range c.years {
		for _, day := range byYear[n].Days {
			delete(c.Holidays, day.Date)
			delete(c.Makeups, day.Date)
			c.names[day.Date] = day.Name
			if day.IsOffDay {
				c.Holidays[day.Date] = true
			} else {
				c.Makeups[day.Date] = true
			}
		}
	}
	return c
}

// Years returns the years whose notice is in the calendar, ascending.
func (c Calendar) Years() []int { return slices.Clone(c.years) }

// Knows reports whether the notice for d's year is in the calendar. For a day it does not know, the calendar still
// answers by the Monday-to-Friday week: the caller must mark such a deadline as provisional and count it again when
// the notice is published, normally in November of the year before.
func (c Calendar) Knows(d Date) bool { return c.knowsYear(d.Year()) }

func (c Calendar) knowsYear(year int) bool {
	_, found := slices.BinarySearch(c.years, year)
	return found
}

// IsWorkday reports whether offices are open on d: a listed day is what the notice says, any other day is worked from
// Monday to Friday.
func (c Calendar) IsWorkday(d Date) bool { return c.isWorkday(d, d.time().Weekday()) }

func (c Calendar) isWorkday(d Date, weekday time.Weekday) bool {
	if c.Makeups[d] {
		return true
	}
	return !c.Holidays[d] && weekday != time.Saturday && weekday != time.Sunday
}

// Add returns the nth working day after d. The day d itself is day zero and is never counted, working day or not
// (自收到申请次日起算); n of zero or less returns d.
func (c Calendar) Add(d Date, n int) Date {
	for t := d.time(); n > 0; {
		t = t.AddDate(0, 0, 1)
		d = dateOf(t)
		if c.isWorkday(d, t.Weekday()) {
			n--
		}
	}
	return d
}

// Count returns the number of working days after from, up to and including to. It is the inverse of Add:
// Count(d, Add(d, n)) is n. A to on or before from counts as zero.
func (c Calendar) Count(from, to Date) (n int) {
	for t, d := from.time(), from; d < to; {
		t = t.AddDate(0, 0, 1)
		d = dateOf(t)
		if c.isWorkday(d, t.Weekday()) {
			n++
		}
	}
	return n
}

// Left is the number of working days left after today until something is due: 0 on the due day itself, negative by the
// working days gone by since.
func (c Calendar) Left(today, due Date) int {
	if today > due {
		return -c.Count(due, today)
	}
	return c.Count(today, due)
}
