package foi

import (
	"fmt"

	"gongkai/pb_hooks/workday"
)

// EntryKind says what an entry of the clock ledger did.
type EntryKind string

// Kinds of entries.
const (
	EntryStart     EntryKind = "start"     // 起算
	EntryVoid      EntryKind = "void"      // 告知补正，原期限不再计算
	EntryRestart   EntryKind = "restart"   // 重新起算
	EntryPause     EntryKind = "pause"     // 暂停
	EntryResume    EntryKind = "resume"    // 恢复
	EntryExtension EntryKind = "extension" // 延期
	EntryRecount   EntryKind = "recount"   // 节假日安排调整，重新计算
	EntryStop      EntryKind = "stop"      // 停止
)

// Entry is one line of the clock ledger. Entries are what was told at the time: Due of one is Was of the next.
type Entry struct {
	Kind  EntryKind    `json:"kind"`
	On    workday.Date `json:"on"`
	Do    Action       `json:"do"`              // the step that made it
	Days  int          `json:"days,omitempty"`  // start, restart: of the period; extension: added; resume: not counted
	Until workday.Date `json:"until,omitempty"` // pause: last day to wait for the opinion
	Was   workday.Date `json:"was,omitempty"`   // due day before, "" if there was none
	Due   workday.Date `json:"due,omitempty"`   // due day after, "" if there is none
	Law   string       `json:"law"`             // the article it rests on
}

// Text explains the entry to the applicant in one sentence.
func (e Entry) Text() string {
	switch e.Kind {
	case EntryStart:
		return fmt.Sprintf("%s 收到申请，次日起计算，%d 个工作日内答复，期限至 %s", e.On, e.Days, e.Due)
	case EntryVoid:
		return fmt.Sprintf("%s 告知补正，原答复期限不再计算，收到补正的申请后重新计算", e.On)
	case EntryRestart:
		return fmt.Sprintf("%s 收到补正的申请，次日起重新计算 %d 个工作日，期限至 %s", e.On, e.Days, e.Due)
	case EntryPause:
		if e.Do == RecordOpinion || e.Do == Lapse {
			return fmt.Sprintf("%s 收到一份意见，继续等候其他意见，最迟等到 %s，期限至 %s", e.On, e.Until, e.Due)
		}
		return fmt.Sprintf("%s 发函征求意见，等候意见的时间不计入期限，最迟等到 %s，期限至 %s", e.On, e.Until, e.Due)
	case EntryResume:
		return fmt.Sprintf("%s 征求意见结束，其间 %d 个工作日不计入期限，期限至 %s", e.On, e.Days, e.Due)
	case EntryExtension:
		return fmt.Sprintf("%s 经批准延期 %d 个工作日，期限至 %s", e.On, e.Days, e.Due)
	case EntryRecount:
		return fmt.Sprintf("%s 节假日安排有调整，期限由 %s 重新计算为 %s", e.On, e.Was, e.Due)
	}
	return fmt.Sprintf("%s 停止计算", e.On)
}

// clocked does to the clock what a step does to it, and writes it down.
func (c Case) clocked(s Step, e Event) Case {
	entry := Entry{On: e.On, Do: e.Do, Was: c.told(), Law: s.Law}
	if s.Clock == Starts || s.Clock == Restarts || s.Clock == Pauses || s.Clock == Resumes {
		entry.Law += "、第三十三条" // how long the period is, and what it leaves out
	}
	switch s.Clock {
	case Keeps:
		return c
	case Starts, Restarts:
		c.Clock, c.CountedFrom, c.Extension.Days = Running, e.On, 0
		entry.Kind, entry.Days = EntryStart, c.Period()
		if s.Clock == Restarts {
			entry.Kind = EntryRestart
		}
	case Voids:
		c.Clock, c.Due, c.Provisional = Voided, "", false
		entry.Kind = EntryVoid
	case Pauses:
		if c.Clock != Paused {
			c.Clock, c.pausedSince = Paused, e.On
		}
		entry.Kind, entry.Until = EntryPause, c.Inquiries[len(c.Inquiries)-1].Until
	case Resumes:
		if c.Clock == Running && c.recounted().Due == c.told() {
			return c // an opinion that was entered later moves nothing
		}
		open, closed := c.waitedUntil()
		if open != "" {
			entry.Kind, entry.Until = EntryPause, open
		} else {
			c.Clock = Running
			entry.Kind, entry.On, entry.Days = EntryResume, closed, c.cal.Count(c.pausedSince, closed)
		}
	case Extends:
		entry.Kind, entry.Days = EntryExtension, c.Extension.Days
	case Recounts:
		entry.Kind = EntryRecount
	case Stops:
		if !c.isCounting() && c.Clock != Voided {
			return c
		}
		c.Clock = Stopped
		entry.Kind = EntryStop
	}
	c = c.recounted()
	entry.Due = c.Due
	if e.Told != "" && c.isCounting() {
		entry.Due = e.Told
	}
	c.Ledger = with(c.Ledger, entry)
	return c
}

// told is the due day that was told last.
func (c Case) told() workday.Date {
	if len(c.Ledger) == 0 {
		return ""
	}
	return c.Ledger[len(c.Ledger)-1].Due
}

// waitedUntil returns the last day on which an opinion is still waited for, "" if none is, and the day on which the
// last of those that came in the present pause was closed.
func (c Case) waitedUntil() (open, closed workday.Date) {
	for _, q := range c.Inquiries {
		switch {
		case q.Closed == "":
			open = max(open, q.Until)
		case q.Sent >= c.pausedSince:
			closed = max(closed, q.Closed)
		}
	}
	return open, closed
}
