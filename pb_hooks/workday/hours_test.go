package workday_test

import (
	"testing"
	"time"

	"gongkai/pb_hooks/workday"
)

func TestWorkingHours(t *testing.T) {
	calendar, err := workday.Official()
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) time.Time {
		zone := time.FixedZone("CST", 8*3600)
		i, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	for _, c := range []struct {
		from, to string
		hours    float64
	}{
		{"2026-11-23 09:00", "2026-11-23 11:30", 2.5},
		{"2026-11-23 16:00", "2026-11-24 09:00", 1},
		{"2026-11-27 16:30", "2026-11-30 08:30", 0},  // a weekend between
		{"2026-11-28 10:00", "2026-11-30 09:30", 1},  // written on a Saturday
		{"2026-11-23 20:00", "2026-11-29 20:00", 32}, // Tuesday to Friday
		{"2026-04-30 08:30", "2026-05-09 16:30", 40}, // 1 to 5 May are free, Saturday 9 May is worked
		{"2026-11-23 11:00", "2026-11-23 09:00", 0},
	} {
		if got := calendar.Hours(at(c.from), at(c.to)); got != c.hours {
			t.Errorf("%s to %s: %v hours, want %v", c.from, c.to, got, c.hours)
		}
	}
}
