package silence

import (
	"gongkai/pb_hooks/compliance"
	"gongkai/pb_hooks/workday"
)

// Open is a signal that was seen and has not ended: when the school was nudged,
// when it became a task of the bureau, and when the bureau last noted something.
// Days are "" while it has not happened.
type Open struct {
	Kind                       Kind
	Since, Nudged, Task, Noted workday.Date
}

// Act is what is done with a signal on a day.
type Act string

// Acts.
const (
	Nothing Act = ""
	Nudge   Act = "nudge" // the people of the school are told, once
	Ask     Act = "ask"   // it becomes a task of the bureau
	End     Act = "end"   // it is gone
)

// Next is what is to be done today with a signal, which is still there or not. A
// signal that nobody was told of yet has no day of its nudge.
func Next(days *compliance.Days, o Open, isThere bool) Act {
	switch {
	case !isThere:
		return End
	case o.Nudged == "":
		return Nudge
	case o.Task == "" && days.Workdays(o.Nudged, days.Today) >= TaskAfter:
		return Ask
	}
	return Nothing
}

// Waits reports whether the bureau has something to do: it is its task, and it has
// noted nothing lately.
func Waits(days *compliance.Days, o Open) bool {
	return o.Task != "" && (o.Noted == "" || days.Workdays(o.Noted, days.Today) >= TaskAfter)
}
