package foi

import (
	"slices"

	"gongkai/pb_hooks/workday"
)

// Level is how pressing a case is. Levels compare: the higher the more pressing.
type Level int

// Levels.
const (
	NoLevel Level = iota // 无: no answer period runs
	Green                // 绿: more than five working days left
	Yellow               // 黄: five or fewer
	Orange               // 橙: two or fewer
	Red                  // 红: overdue
)

var levels = []struct{ code, name string }{{"none", "无"}, {"green", "绿色"}, {"yellow", "黄色预警"}, {"orange", "橙色预警"}, {"red", "红色预警（已逾期）"}}

// Code is the level for the machine: none, green, yellow, orange, red.
func (l Level) Code() string { return levels[l].code }

// Name is the level in words.
func (l Level) Name() string { return levels[l].name }

// Levels are all levels, from the least pressing.
func Levels() []Level { return []Level{NoLevel, Green, Yellow, Orange, Red} }

// LevelOf maps working days left to a level: Yellow, Orange at or below their thresholds, Red below its own (with the
// default 0: once the due day is over).
func LevelOf(left int, t Terms) Level {
	switch {
	case left < t.Red:
		return Red
	case left <= t.Orange:
		return Orange
	case left <= t.Yellow:
		return Yellow
	}
	return Green
}

// LevelOn is the level of a case on a day. A weekend after the due day is already red.
func (c Case) LevelOn(today workday.Date) Level {
	left, counting := c.Left(today)
	switch {
	case !counting:
		return NoLevel
	case c.IsOverdue(today):
		return Red
	}
	return LevelOf(left, c.terms)
}

// ArchiveFrom is the first day on which the dossier may be closed; "" without an answer.
func (c Case) ArchiveFrom() workday.Date {
	if len(c.Answers) == 0 {
		return ""
	}
	return c.cal.Add(c.Answers[len(c.Answers)-1].Day(), c.terms.Archive)
}

// FallenDue lists the steps that the system takes by a day, with the day on which each takes effect, whenever it gets
// to take them: after any downtime the case is the same as without it. Each is taken only if Take still allows it.
func (c Case) FallenDue(today workday.Date) []Event {
	var due []Event
	do := func(a Action, on workday.Date, party string) {
		due = append(due, Event{Do: a, As: System, On: on, Recorded: today, Party: party})
	}
	if c.State == Submitted && c.Channel.IsConfirmedBySystem() && today > c.ConfirmBy {
		do(Register, c.ConfirmBy, "")
	}
	if c.State == Correcting && c.Proposal.Do == "" && !c.waitsOn && today > c.Correction.Until {
		do(Abandon, today, "")
	}
	for _, q := range c.Inquiries {
		if q.Closed == "" && today > q.Until {
			do(Lapse, q.Until, q.Party)
		}
	}
	if c.State == Answered && c.ArchiveFrom() <= today {
		do(Archive, today, "")
	}
	if _, _, moved := c.Moved(); moved {
		do(Recount, today, "")
	}
	if c.isCounting() && today >= c.cal.Add(c.Due, 1) && !slices.ContainsFunc(c.Orders, func(d workday.Date) bool { return d > c.Due }) {
		do(Order, today, "")
		due[len(due)-1].Reason = "逾期没有答复，自动督办"
	}
	return due
}
