package inquiry

import (
	"slices"

	"gongkai/pb_hooks/workday"
)

// Norm is one of the periods that a letter is measured by.
type Norm string

// Norms.
const (
	AcceptNorm     Norm = "accept"      // 受理
	FirstReplyNorm Norm = "first_reply" // 先行回复
	ReplyNorm      Norm = "reply"       // 答复
)

var normNames = map[Norm]string{AcceptNorm: "受理", FirstReplyNorm: "先行回复", ReplyNorm: "答复"}

// Norms are all norms in the order in which they fall due.
func Norms() []Norm { return []Norm{AcceptNorm, FirstReplyNorm, ReplyNorm} }

// Name is the norm in words.
func (n Norm) Name() string { return normNames[n] }

// Level is how pressing a letter is. Levels compare: the higher the more pressing.
type Level int

// Levels.
const (
	NoLevel     Level = iota // 无: nobody waits for an answer
	Green                    // 绿
	Yellow                   // 黄: one working day left, or the last one
	Red                      // 红: a norm is missed; the officer and the bureau know
	Supervised               // 督办: overdue by more than 15 working days
	VetoWarning              // 单项否决预警: not answered 60 days after the letter
	Veto                     // 单项否决: nor after 90
)

var levels = []struct{ code, name string }{{"none", "无"}, {"green", "绿色"}, {"yellow", "黄色预警"}, {"red", "红色预警（已逾期）"},
	{"supervised", "逾期督办"}, {"veto_warning", "单项否决预警"}, {"veto", "单项否决"}}

// Code is the level for the machine: none, green, yellow, red, supervised, veto_warning, veto.
func (l Level) Code() string { return levels[l].code }

// Name is the level in words.
func (l Level) Name() string { return levels[l].name }

// Levels are all levels, from the least pressing.
func Levels() []Level { return []Level{NoLevel, Green, Yellow, Red, Supervised, VetoWarning, Veto} }

// LevelOn is the level of a letter on a day. A weekend after the due day is already red.
func (c Case) LevelOn(today workday.Date) Level {
	left, counting := c.Left(today)
	switch {
	case !counting:
		return NoLevel
	case today > daysAfter(c.waitsSince(), VetoAfter):
		return Veto
	case today > daysAfter(c.waitsSince(), VetoWarningAfter):
		return VetoWarning
	case left < -OrderAfter:
		return Supervised
	case len(c.Missed(today)) > 0:
		return Red
	case left <= YellowLeft:
		return Yellow
	}
	return Green
}

// waitsSince is the day from which the writer waits: a transfer does not make it shorter.
func (c Case) waitsSince() workday.Date {
	if c.isReopened() {
		return c.Ratings[0].On
	}
	return c.Submitted
}

// NormDay is the last day that a norm allows; "" if it does not hold for this letter.
func (c Case) NormDay(n Norm) workday.Date {
	switch n {
	case AcceptNorm:
		return c.AcceptBy
	case FirstReplyNorm:
		return c.FirstReplyBy
	}
	return c.Due
}

// Missed lists the norms that are missed on a day and still not done.
func (c Case) Missed(today workday.Date) []Norm {
	if c.Clock != Running {
		return nil
	}
	done := map[Norm]bool{AcceptNorm: c.Decided != "", FirstReplyNorm: c.FirstReplied != "" || c.FirstReplyBy == ""}
	return slices.DeleteFunc(Norms(), func(n Norm) bool { return done[n] || today <= c.NormDay(n) })
}

// AcceptedInTime reports whether it was decided in time to accept, refuse, transfer or merge it.
func (c Case) AcceptedInTime() bool { return c.Decided != "" && c.Decided <= c.AcceptBy }

// AnsweredInTime reports whether the first answer was given in time.
func (c Case) AnsweredInTime() bool { return len(c.Answers) > 0 && c.Answers[0].InTime }

func (c Case) isEscalated(n Norm) bool {
	return slices.ContainsFunc(c.Escalations, func(e Escalation) bool { return e.Norm == n && e.Day == c.NormDay(n) })
}

// FallenDue lists the steps that the system takes by a day, with the day on which each takes effect, whenever it gets
// to take them. Each is taken only if Take still allows it.
func (c Case) FallenDue(today workday.Date) []Event {
	var due []Event
	do := func(e Event, a Action, on workday.Date) {
		e.Do, e.As, e.On, e.Recorded = a, System, on, today
		due = append(due, e)
	}
	if _, _, moved := c.Moved(); moved {
		do(Event{}, Recount, today)
	}
	if c.State == Transferring && today > c.Offer.ReturnBy {
		do(Event{}, TakeOver, c.Offer.ReturnBy)
		return due // what else is due is asked of the new period
	}
	for _, n := range c.Missed(today) {
		if !c.isEscalated(n) {
			do(Event{Norm: n}, Escalate, today)
		}
	}
	level := c.LevelOn(today)
	reminded := slices.ContainsFunc(c.Urges, func(u Urging) bool { return u.As == System && u.Due == c.Due })
	if level == Yellow && !reminded {
		do(Event{}, Urge, today)
	}
	ordered := slices.ContainsFunc(c.Orders, func(o Supervision) bool { return o.Closed == "" || o.On > c.Due })
	if level >= Supervised && !ordered {
		do(Event{Reason: "逾期没有答复，自动督办", Until: c.cal.Add(today, OrderReplyDays)}, Order, today)
	}
	if (c.State == Answered || c.State == Rated) && c.Publication != Proposed && c.ArchiveFrom() <= today {
		do(Event{}, Archive, today)
	}
	return due
}

// Informs lists who is told at once of a step that was just taken, beside those whose turn it is.
func (c Case) Informs(e Event) []Role {
	switch e.Do {
	case Submit, Classify, TakeOver:
		switch {
		case c.IsUrgent():
			return []Role{Principal, Bureau}
		case e.Do == Classify && c.lowered && e.As != Bureau: // the bureau was told that it is urgent
			return []Role{Bureau}
		}
	case Refuse, Merge, Transfer: // it is answered no more, or not for itself, or not here
		if c.IsUrgent() {
			return []Role{Principal, Bureau}
		}
	case Rate:
		if e.Rating.IsLow() {
			return []Role{Principal}
		}
	case Escalate:
		if c.Category.Anonymous { // the officer does not read it
			return []Role{Principal, Bureau}
		}
		return []Role{Officer, Bureau}
	case Urge:
		return []Role{Clerk, Department}
	case Order:
		return []Role{Clerk, Principal}
	case HandBack:
		return []Role{Clerk}
	case ReplyOrder:
		return []Role{Bureau}
	}
	return nil
}
