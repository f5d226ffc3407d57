package order

import (
	"slices"

	"gongkai/pb_hooks/workday"
)

// Event is a step that was taken, or that somebody wants to take. Which fields a step needs is said by its refusals.
type Event struct {
	Do       Action
	As       Role
	By       string       // the person; "" is the system
	For      string       // whom they stood in for (代理)
	On       workday.Date // the day on which it takes effect
	Recorded workday.Date // the day on which it was entered; "" is On
	Reason   string       // what is said: the report, why it is returned, what was talked about …
	Days     int          // issue, return: of the period; ask_extension, grant_extend: added. Working days
	Norm     Norm         // escalate: which one was missed
	Told     workday.Date // of a step taken: the due day as it was told then; "" to compute it
}

// recorded is the day on which the event was entered.
func (e Event) recorded() workday.Date {
	if e.Recorded == "" {
		return e.On
	}
	return e.Recorded
}

// people are the persons behind the event: both the one who acted and the one stood in for.
func (e Event) people() []string {
	return slices.DeleteFunc([]string{e.By, e.For}, func(id string) bool { return id == "" })
}

// Part is what the steps of one school's part add up to. Dates that nobody has fixed yet are "".
type Part struct {
	State State
	Clock Clock

	Issued       workday.Date
	AckBy        workday.Date // last day to acknowledge
	Acknowledged workday.Date
	CountedFrom  workday.Date // day zero of the period: Issued, or the day of the last return
	Days         int          // of the period, without an extension
	Due          workday.Date // last day to submit; of a finished part the last there was
	Provisional  bool         // Due may move: it lies in or crosses a year whose notice is not loaded (暂定)
	Ledger       []Entry      // why Due is that day

	Extension Extension
	Reports   []Report
	Closed    workday.Date
	Withdrawn workday.Date
	Talks     []workday.Date
	TalkAsked workday.Date // the due day because of which a talk was called for last

	last      workday.Date // latest day of a step so far
	reminded  []workday.Date
	escalated []missed
	cal       workday.Calendar
}

type (
	// Extension is the one extension that may be asked for. Asked is "" if there is none.
	Extension struct {
		Asked     workday.Date
		Days      int // asked for
		Decided   workday.Date
		Added     int  // granted for the period that runs; 0 in every other
		Abandoned bool // the report came before the decision
	}
	// Report is what the school submitted once.
	Report struct {
		On     workday.Date
		InTime bool
		By     []string // who signed
	}
	missed struct {
		norm Norm
		day  workday.Date
	}
)

// IsAsked reports whether an extension waits for its decision.
func (p Part) IsAsked() bool {
	return p.Clock == Running && p.Extension.Asked != "" && p.Extension.Decided == "" && !p.Extension.Abandoned
}

// WaitsForTalk reports whether a talk was called for and not held since, and the school is still waited for.
func (p Part) WaitsForTalk() bool {
	return p.Clock == Running && p.TalkAsked == p.Due && !slices.ContainsFunc(p.Talks, func(on workday.Date) bool { return on > p.TalkAsked })
}

// OnTime reports whether the part was closed and every report came in time.
func (p Part) OnTime() bool {
	return p.Closed != "" && !slices.ContainsFunc(p.Reports, func(r Report) bool { return !r.InTime })
}

// Calendar is the calendar that the part is counted with.
func (p Part) Calendar() workday.Calendar { return p.cal }

// with adds to a list that others may hold without writing into their copy.
func with[T any](list []T, more T) []T { return append(slices.Clip(list), more) }
