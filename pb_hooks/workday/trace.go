package workday

// Kind says why a day is counted or not.
type Kind string

// Kinds of days. The first two are counted.
const (
	Ordinary Kind = "ordinary" // 工作日
	Makeup   Kind = "makeup"   // 调休上班: a weekend day worked in place of a holiday
	Weekend  Kind = "weekend"  // 周末
	Holiday  Kind = "holiday"  // 放假
)

// CalendarDay is one day on the way from a date to a deadline.
type CalendarDay struct {
	Date    Date   `json:"date"`
	Kind    Kind   `json:"kind"`
	Name    string `json:"name,omitempty"` // of the holiday that the day is off for, or worked in place of: 春节
	Counted bool   `json:"counted"`
	Nth     int    `json:"nth"`   // working days counted so far, this day included
	Known   bool   `json:"known"` // whether the notice for the year of the day is loaded
}

// Reason says in words why the day is counted or not: 工作日, 调休上班（春节）, 周末, 春节.
func (d CalendarDay) Reason() string {
	switch d.Kind {
	case Ordinary:
		return "工作日"
	case Makeup:
		if d.Name == "" {
			return "调休上班"
		}
		return "调休上班（" + d.Name + "）"
	case Weekend:
		return "周末"
	}
	if d.Name == "" {
		return "放假"
	}
	return d.Name
}

// Between returns every day after from, up to and including to, as Count sees it: Count(from, to) is the Nth of the
// last one. A to on or before from gives none.
func (c Calendar) Between(from, to Date) []CalendarDay {
	var days []CalendarDay
	nth := 0
	for d := from; d < to; {
		d = d.Next()
		kind := c.KindOf(d)
		counted := kind == Ordinary || kind == Makeup
		if counted {
			nth++
		}
		days = append(days, CalendarDay{d, kind, c.names[d], counted, nth, c.Knows(d)})
	}
	return days
}

// Trace explains Add: every day after from up to the nth working day, which is the last one.
func (c Calendar) Trace(from Date, n int) []CalendarDay { return c.Between(from, c.Add(from, n)) }

// KindOf says what kind of day d is. A listed day is what the notice says, also on a weekend.
func (c Calendar) KindOf(d Date) Kind {
	switch {
	case c.Makeups[d]:
		return Makeup
	case c.Holidays[d]:
		return Holiday
	case !c.IsWorkday(d):
		return Weekend
	}
	return Ordinary
}

// Provisional reports whether a deadline counted from one date to another lies in a year, or crosses one, whose notice
// is not loaded (暂定): it may move when the notice is published. Asked about one day only, pass it twice.
func (c Calendar) Provisional(from, to Date) bool {
	for year := from.Year(); year <= to.Year(); year++ {
		if !c.knowsYear(year) {
			return true
		}
	}
	return false
}
