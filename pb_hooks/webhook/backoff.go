package webhook

import "time"

// pauses are how long is waited after each attempt that failed: ten attempts in
// three days.
var pauses = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 18 * time.Hour, 24 * time.Hour}

// MostTries is after how many attempts a delivery is given up.
var MostTries = len(pauses) + 1

// mostAsked is how long a subscriber may ask to be left alone.
const mostAsked = 24 * time.Hour

// LongestWait is longer than any wait that Backoff tells.
var LongestWait = max(time.Duration(float64(pauses[len(pauses)-1])*1.2), mostAsked) + time.Second

// Backoff is how long to wait after so many attempts that failed, and whether to
// try again at all. chance, from 0 to 1, spreads the wait by a fifth to either
// side, so that what failed together does not come back together; asked is what
// the subscriber asked for (Retry-After), which is kept for up to a day.
func Backoff(tries int, chance float64, asked time.Duration) (wait time.Duration, again bool) {
	if tries < 1 || tries > len(pauses) {
		return 0, false
	}
	wait = time.Duration(float64(pauses[tries-1]) * (0.8 + 0.4*chance))
	return max(wait, min(asked, mostAsked)), true
}
