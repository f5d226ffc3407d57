package order

import (
	"slices"

	"gongkai/pb_hooks/workday"
)

// Norm is one of the periods that a part is measured by.
type Norm string

// Norms.
const (
	AckNorm    Norm = "acknowledge" // 签收
	ReportNorm Norm = "report"      // 办理
)

var normNames = map[Norm]string{AckNorm: "签收", ReportNorm: "办理"}

// Norms are all norms in the order in which they fall due.
func Norms() []Norm { return []Norm{AckNorm, ReportNorm} }

// Name is the norm in words.
func (n Norm) Name() string { return normNames[n] }

// NormDay is the last day that a norm allows.
func (p Part) NormDay(n Norm) workday.Date {
	if n == AckNorm {
		return p.AckBy
	}
	return p.Due
}

// Level is how pressing a part is. Levels compare: the higher the more pressing.
type Level int

// Levels.
const (
	NoLevel   Level = iota // 无: the school is not waited for
	Green                  // 绿
	Orange                 // 橙: two working days left, or not acknowledged in time
	Red                    // 红: overdue
	TalkLevel              // 约谈: overdue by more than 10 working days
)

var levels = []struct{ code, name string }{{"none", "无"}, {"green", "绿色"}, {"orange", "橙色预警"}, {"red", "红色预警（已逾期）"}, {"talk", "逾期约谈"}}

// Code is the level for the machine: none, green, orange, red, talk.
func (l Level) Code() string { return levels[l].code }

// Name is the level in words.
func (l Level) Name() string { return levels[l].name }

// Levels are all levels, from the least pressing.
func Levels() []Level { return []Level{NoLevel, Green, Orange, Red, TalkLevel} }

// LevelOn is the level of a part on a day. A weekend after the due day is already red.
func (p Part) LevelOn(today workday.Date) Level {
	left, waited := p.Left(today)
	missed := p.Missed(today)
	switch {
	case !waited:
		return NoLevel
	case left < -TalkAfter:
		return TalkLevel
	case slices.Contains(missed, ReportNorm):
		return Red
	case left <= OrangeLeft || len(missed) > 0:
		return Orange
	}
	return Green
}

// Missed lists the norms that are missed on a day and still not done.
func (p Part) Missed(today workday.Date) (list []Norm) {
	if p.Clock != Running {
		return nil
	}
	if p.Acknowledged == "" && today > p.AckBy {
		list = append(list, AckNorm)
	}
	if today > p.Due {
		list = append(list, ReportNorm)
	}
	return list
}

// isNear reports whether the due day is near and not over.
func (p Part) isNear(today workday.Date) bool {
	left, waited := p.Left(today)
	return waited && left <= OrangeLeft && today <= p.Due
}

// FallenDue lists the steps that the system takes by a day, whenever it gets to take them. Each is taken only if Take still
// allows it, so that what was done is not done again.
func (p Part) FallenDue(today workday.Date) []Event {
	var due []Event
	add := func(do Action, n Norm) {
		due = append(due, Event{Do: do, As: System, On: today, Recorded: today, Norm: n})
	}
	if _, _, moved := p.Moved(); moved {
		add(Recount, "")
	}
	for _, n := range p.Missed(today) {
		add(Escalate, n)
	}
	if p.isNear(today) {
		add(Remind, "")
	}
	if p.LevelOn(today) == TalkLevel {
		add(CallTalk, "")
	}
	return slices.DeleteFunc(due, func(e Event) bool { return p.Permits(e) != nil })
}

// Next says in one sentence what the school, or the bureau, is to do next; "" is nothing.
func (p Part) Next(ofBureau bool) string {
	switch {
	case p.State == Submitted && ofBureau:
		return "请验收：通过，或者写明还差什么，退回整改。"
	case p.State == Submitted:
		return "等待区教育局验收。"
	case ofBureau && p.IsAsked():
		return "学校申请延期，请决定是否同意。"
	case ofBureau && p.WaitsForTalk():
		return "逾期超过 10 个工作日，请约谈学校并记录。"
	case ofBureau && p.State.IsOpen():
		return "等待学校办理，期限至 " + string(p.Due) + "。"
	case p.State == Issued:
		return "请在 " + string(p.AckBy) + " 前签收，在 " + string(p.Due) + " 前报送办理情况。"
	case p.State == Acknowledged:
		return "请在 " + string(p.Due) + " 前办理完毕，报送情况和佐证材料。"
	case p.State == Returned:
		return "区教育局认为还没有完成，请按退回的意见整改，在 " + string(p.Due) + " 前重新报送。"
	}
	return ""
}
