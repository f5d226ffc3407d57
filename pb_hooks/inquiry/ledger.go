package inquiry

import (
	"fmt"

	"gongkai/pb_hooks/workday"
)

// EntryKind says what an entry of the clock ledger did.
type EntryKind string

// Kinds of entries.
const (
	EntryStart     EntryKind = "start"     // 起算
	EntryRestart   EntryKind = "restart"   // 转办后重新起算
	EntryReopen    EntryKind = "reopen"    // 差评整改
	EntryExtension EntryKind = "extension" // 延期
	EntryRecount   EntryKind = "recount"   // 节假日安排调整，重新计算
	EntryStop      EntryKind = "stop"      // 停止
)

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

// Text explains the entry to the writer in one sentence.
func (e Entry) Text() string {
	switch e.Kind {
	case EntryStart:
		return fmt.Sprintf("%s 收到来信，次日起计算，%d 个工作日内答复，期限至 %s", e.On, e.Days, e.Due)
	case EntryRestart:
		return fmt.Sprintf("%s 由转办的单位接收，次日起重新计算 %d 个工作日，期限至 %s", e.On, e.Days, e.Due)
	case EntryReopen:
		return fmt.Sprintf("%s 评价为不满意，次日起 %d 个工作日内重新办理，期限至 %s", e.On, e.Days, e.Due)
	case EntryExtension:
		return fmt.Sprintf("%s 延期 %d 个工作日，期限至 %s", e.On, e.Days, e.Due)
	case EntryRecount:
		return fmt.Sprintf("%s 节假日安排有调整，期限由 %s 重新计算为 %s", e.On, e.Was, e.Due)
	}
	return fmt.Sprintf("%s 停止计算", e.On)
}

// clocked does to the clock what a step does to it, and writes it down.
func (c Case) clocked(s Step, e Event) Case {
	entry := Entry{On: e.On, Do: e.Do, Was: c.told(), Law: s.Law}
	switch s.Clock {
	case Keeps:
		return c
	case Starts, Restarts:
		c.Clock, c.CountedFrom, c.Extension.Days = Running, e.On, 0
		entry.Kind = EntryStart
		if s.Clock == Restarts {
			entry.Kind = EntryRestart
		}
		entry.Days = c.Period()
	case Reopens:
		if !c.reopensNow() {
			return c
		}
		c.Clock, c.CountedFrom = Running, e.On
		entry.Kind, entry.Days = EntryReopen, c.Period()
	case Extends:
		entry.Kind, entry.Days = EntryExtension, c.Extension.Days
	case Recounts:
		entry.Kind = EntryRecount
	case Stops:
		c.Clock = Stopped
		entry.Kind = EntryStop
	}
	c = c.recounted()
	entry.Due = c.Due
	if e.Told != "" && c.Clock == Running {
		entry.Due = e.Told
	}
	c.Ledger = with(c.Ledger, entry)
	return c
}
