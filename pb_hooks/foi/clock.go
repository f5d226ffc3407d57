package foi

import (
	"slices"

	"gongkai/pb_hooks/workday"
)

// isExcluded reports whether a day is not counted because others were asked: every day after a letter was sent, up to
// and including the day the opinion came (art. 33).
func (c Case) isExcluded(d workday.Date) bool {
	return slices.ContainsFunc(c.Inquiries, func(q Inquiry) bool { return q.Sent < d && d <= q.ended() })
}

// Period is the length of the answer period in working days: 20, and what an extension adds.
func (c Case) Period() int { return c.terms.Answer + c.Extension.Days }

// Terms are the periods that the case is counted with.
func (c Case) Terms() Terms { return c.terms }

// dueDay is the last working day of the period after day zero, not counting days on which others were asked.
func (c Case) dueDay() workday.Date {
	d := c.CountedFrom
	for left := c.Period(); left > 0; {
		d = d.Next()
		if !c.isExcluded(d) && c.cal.IsWorkday(d) {
			left--
		}
	}
	return d
}

// Used counts the working days of the period that have gone by at the end of a day.
func (c Case) Used(day workday.Date) (n int) {
	if c.CountedFrom == "" {
		return 0
	}
	for d := c.CountedFrom; d < day; {
		d = d.Next()
		if !c.isExcluded(d) && c.cal.IsWorkday(d) {
			n++
		}
	}
	return n
}

// isCounting reports whether there is a due day that still matters.
func (c Case) isCounting() bool { return c.Clock == Running || c.Clock == Paused }

// Left is the number of working days left after a day until the answer is due: 0 on the due day itself, negative by
// the working days gone by since. While opinions are waited for it stands still. The second result is false if no
// answer period runs.
func (c Case) Left(today workday.Date) (int, bool) {
	if !c.isCounting() {
		return 0, false
	}
	if today > c.Due {
		return -c.cal.Count(c.Due, today), true
	}
	return c.Period() - c.Used(today), true
}

// IsOverdue reports whether the due day is over. The due day itself ends at midnight.
func (c Case) IsOverdue(today workday.Date) bool { return c.isCounting() && today > c.Due }

// recounted computes the due day anew.
func (c Case) recounted() Case {
	if c.isCounting() {
		c.Due = c.dueDay()
		c.Provisional = c.cal.Provisional(c.CountedFrom, c.Due)
	}
	return c
}

// Moved reports whether the calendar given to Replay moves the due day away from the one last told, and from where to
// where: then the system takes the step Recount and the applicant is told.
func (c Case) Moved() (told, due workday.Date, moved bool) {
	if !c.isCounting() || len(c.Ledger) == 0 {
		return "", "", false
	}
	told = c.Ledger[len(c.Ledger)-1].Due
	return told, c.Due, told != c.Due
}

// CaseDay is one day of the answer period, for the page that explains the due day.
type CaseDay struct {
	workday.CalendarDay
	Paused bool   `json:"paused"`        // a working day not counted because others were asked
	Law    string `json:"law,omitempty"` // why it is not counted
}

// Reason says in words why the day is counted or not. Whoever was asked is not named: the page is the applicant's.
func (d CaseDay) Reason() string {
	if d.Paused {
		return "征求意见，不计入答复期限"
	}
	return d.CalendarDay.Reason()
}

// Days lists every day after day zero up to the due day with whether it is counted and why. Nth counts the days of
// the answer period. There are none before the period starts or while a correction is waited for.
func (c Case) Days() []CaseDay {
	if c.CountedFrom == "" || c.Due == "" {
		return nil
	}
	var days []CaseDay
	nth := 0
	for _, d := range c.cal.Between(c.CountedFrom, c.Due) {
		day := CaseDay{CalendarDay: d}
		if d.Counted && c.isExcluded(d.Date) {
			day.Counted, day.Paused, day.Law = false, true, art33
		}
		if day.Counted {
			nth++
		}
		day.Nth = nth
		days = append(days, day)
	}
	return days
}
