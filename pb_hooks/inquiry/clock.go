package inquiry

import "gongkai/pb_hooks/workday"

// Period is the length of the answer period in working days: of the channel and what an extension adds, or the time to
// redo it after a low rating.
func (c Case) Period() int {
	if c.isReopened() {
		return RedoDays
	}
	return c.Channel.Service.Reply + c.Extension.Days
}

// Calendar is the calendar that the case is counted with.
func (c Case) Calendar() workday.Calendar { return c.cal }

// Left is the number of working days left after a day until the answer is due: 0 on the due day itself, negative by
// the working days gone by since. The second result is false if no answer period runs.
func (c Case) Left(today workday.Date) (int, bool) {
	if c.Clock != Running {
		return 0, false
	}
	return c.cal.Left(today, c.Due), true
}

// IsOverdue reports whether the due day is over. The due day itself ends at midnight.
func (c Case) IsOverdue(today workday.Date) bool { return c.Clock == Running && today > c.Due }

// recounted computes the due day anew.
func (c Case) recounted() Case {
	if c.Clock == Running {
		c.Due = c.cal.Add(c.CountedFrom, c.Period())
		c.Provisional = c.cal.Provisional(c.CountedFrom, c.Due)
	}
	return c
}

// Moved reports whether the calendar given to Replay moves the due day away from the one last told, and from where to
// where: then the system takes the step Recount and the writer is told.
func (c Case) Moved() (told, due workday.Date, moved bool) {
	if c.Clock != Running {
		return "", "", false
	}
	told = c.told()
	return told, c.Due, told != c.Due
}

// Days lists every day after day zero up to the due day with whether it is counted and why. There are none before the
// period starts.
func (c Case) Days() []workday.CalendarDay {
	if c.CountedFrom == "" {
		return nil
	}
	return c.cal.Between(c.CountedFrom, c.Due)
}

// told is the due day that was told last.
func (c Case) told() workday.Date {
	if len(c.Ledger) == 0 {
		return ""
	}
	return c.Ledger[len(c.Ledger)-1].Due
}
