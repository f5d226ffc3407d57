package order

import (
	"fmt"

	"gongkai/pb_hooks/workday"
)

// EntryKind says what an entry of the clock ledger did.
type EntryKind string

// Kinds of entries.
const (
	EntryStart     EntryKind = "start"     // 起算
	EntryHold      EntryKind = "hold"      // 报送，停止计时
	EntryRestart   EntryKind = "restart"   // 退回，重新起算
	EntryExtension EntryKind = "extension" // 延期
	EntryRecount   EntryKind = "recount"   // 节假日安排调整，重新计算
	EntryStop      EntryKind = "stop"      // 停止
)

var entryOf = map[Effect]EntryKind{Starts: EntryStart, Holds: EntryHold, Restarts: EntryRestart, Extends: EntryExtension, Recounts: EntryRecount, Stops: EntryStop}

// Entry is one line of the clock ledger. Entries are what was told at the time: Due of one is Was of the next.
type Entry struct {
	Kind EntryKind    `json:"kind"`
	On   workday.Date `json:"on"`
	Do   Action       `json:"do"`             // the step that made it
	Days int          `json:"days,omitempty"` // of the period; extension: added
	Was  workday.Date `json:"was,omitempty"`  // due day before, "" if there was none
	Due  workday.Date `json:"due"`            // due day after
	Law  string       `json:"law"`            // what it rests on
}

// Text explains the entry in one sentence.
func (e Entry) Text() string {
	switch e.Kind {
	case EntryStart:
		return fmt.Sprintf("%s 发出，次日起计算，%d 个工作日内办理，期限至 %s", e.On, e.Days, e.Due)
	case EntryHold:
		return fmt.Sprintf("%s 报送，等待验收，停止计时", e.On)
	case EntryRestart:
		return fmt.Sprintf("%s 退回整改，次日起重新计算 %d 个工作日，期限至 %s", e.On, e.Days, e.Due)
	case EntryExtension:
		return fmt.Sprintf("%s 同意延期 %d 个工作日，期限至 %s", e.On, e.Days, e.Due)
	case EntryRecount:
		return fmt.Sprintf("%s 节假日安排有调整，期限由 %s 重新计算为 %s", e.On, e.Was, e.Due)
	}
	return fmt.Sprintf("%s 停止计算", e.On)
}

// clocked does to the clock what a step does to it, and writes it down.
func (p Part) clocked(s Step, e Event) Part {
	if s.Clock == Keeps {
		return p
	}
	entry := Entry{Kind: entryOf[s.Clock], On: e.On, Do: e.Do, Was: p.told(), Law: s.Law}
	switch s.Clock {
	case Starts, Restarts:
		p.Clock, p.CountedFrom, entry.Days = Running, e.On, p.Days
	case Extends:
		entry.Days = p.Extension.Added
	case Holds:
		p.Clock = Held
	case Stops:
		p.Clock = Stopped
	}
	if p.Clock == Running {
		p.Due = p.cal.Add(p.CountedFrom, p.Period())
		p.Provisional = p.cal.Provisional(p.CountedFrom, p.Due)
	}
	entry.Due = p.Due
	if e.Told != "" && p.Clock == Running {
		entry.Due = e.Told
	}
	p.Ledger = with(p.Ledger, entry)
	return p
}

// Period is the length of the period that runs, in working days.
func (p Part) Period() int { return p.Days + p.Extension.Added }

// Left is the number of working days left after a day until the report is due: 0 on the due day itself, negative by the
// working days gone by since. The second result is false if the school is not waited for.
func (p Part) Left(today workday.Date) (int, bool) {
	if p.Clock != Running {
		return 0, false
	}
	return p.cal.Left(today, p.Due), true
}

// Moved reports whether the calendar given to Replay moves the due day away from the one last told, and from where to
// where: then the system takes the step Recount.
func (p Part) Moved() (told, due workday.Date, moved bool) {
	if p.Clock != Running {
		return "", "", false
	}
	told = p.told()
	return told, p.Due, told != p.Due
}

// CountedDays lists every day after day zero up to the due day with whether it is counted and why.
func (p Part) CountedDays() []workday.CalendarDay {
	if p.CountedFrom == "" {
		return nil
	}
	return p.cal.Between(p.CountedFrom, p.Due)
}

// told is the due day that was told last.
func (p Part) told() workday.Date {
	if len(p.Ledger) == 0 {
		return ""
	}
	return p.Ledger[len(p.Ledger)-1].Due
}
