package order

import "gongkai/pb_hooks/workday"

// Standing is a part as a list has it: what Left, LevelOn and Missed ask, from the fields that its steps add up to. It
// takes no step.
func Standing(s State, ackBy, acknowledged, due workday.Date, cal workday.Calendar) Part {
	p := Part{State: s, Clock: Stopped, AckBy: ackBy, Acknowledged: acknowledged, Due: due, cal: cal}
	switch {
	case s.IsWithSchool():
		p.Clock = Running
	case s == Submitted:
		p.Clock = Held
	}
	return p
}
