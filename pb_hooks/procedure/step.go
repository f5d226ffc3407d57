package procedure

import (
	"strings"

	"gongkai/pb_hooks/workday"
)

// Replay folds the steps taken, oldest first. It stops at the first that cannot have been taken, with its error and
// what the steps before it made.
func Replay[State, Event any](s State, events []Event, after func(State, Event) (State, error)) (State, error) {
	for _, e := range events {
		next, err := after(s, e)
		if err != nil {
			return s, err
		}
		s = next
	}
	return s, nil
}

// Names lists names in a sentence: 经办人、校长.
func Names[Named interface{ Name() string }](list []Named) string {
	names := make([]string, len(list))
	for i, n := range list {
		names[i] = n.Name()
	}
	return strings.Join(names, "、")
}

// Day is when a step takes effect.
type Day struct {
	On       workday.Date // on which it takes effect
	Recorded workday.Date // on which it is entered
	Last     workday.Date // on which the step before it took effect
	Outside  bool         // it happens outside of the house and is entered when it becomes known
}

// Fault says what is wrong with the day of the step of that name; "" is nothing. No step takes effect tomorrow, and none
// that is taken in the house takes effect in the past.
func (d Day) Fault(step string) string {
	switch {
	case !d.On.IsValid() || !d.Recorded.IsValid():
		return "请填写有效的日期"
	case d.On > d.Recorded:
		return "日期不能晚于今天"
	case d.Outside:
		return ""
	case d.On != d.Recorded:
		return step + "以办理当天的日期为准，不能填写以前的日期"
	case d.On < d.Last:
		return "日期不能早于上一个环节的日期 " + string(d.Last)
	}
	return ""
}
