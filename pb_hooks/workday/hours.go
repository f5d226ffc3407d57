package workday

import "time"

// A working day is counted as eight hours, from 8:30 to 16:30 in Asia/Shanghai.
const (
	opens  = 8*time.Hour + 30*time.Minute
	closes = 16*time.Hour + 30*time.Minute
)

// Hours are the working hours (工作小时) between two instants: eight a working day, none on other days. They are 0 if to
// is not after from.
func (c Calendar) Hours(from, to time.Time) float64 {
	first, last := Today(from), Today(to)
	if !to.After(from) {
		return 0
	}
	days := c.Count(first, last) // of (first, last]
	sum := time.Duration(days) * (closes - opens)
	if c.IsWorkday(first) {
		sum += closes - within(from)
	}
	if c.IsWorkday(last) {
		sum -= closes - within(to)
	}
	return sum.Hours()
}

// within is the time of day of an instant, no earlier than a working day opens and no later than it closes.
func within(at time.Time) time.Duration {
	at = at.In(Shanghai)
	day := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute + time.Duration(at.Second())*time.Second
	return min(max(day, opens), closes)
}
