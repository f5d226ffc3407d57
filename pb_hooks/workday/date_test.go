package workday

import (
	"errors"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		ok         bool
	}{
		{"an ordinary day is a date", "2026-11-23", true},
		{"the leap day of a leap year is a date", "2024-02-29", true},
		{"the leap day of another year is not", "2026-02-29", false},
		{"month thirteen is not", "2026-13-01", false},
		{"a date without leading zeros is not, it would not sort", "2026-1-3", false},
		{"a date with a clock is not", "2026-11-23 10:00", false},
		{"nothing is not", "", false},
		{"a year beyond counting is not", "9999-12-31", false},
		{"Chinese writing is not", "2026年11月23日", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Parse(tt.text)
			if got := err == nil; got != tt.ok {
				t.Fatalf("Parse(%q): got %v, want ok %v", tt.text, err, tt.ok)
			}
			if got := Date(tt.text).IsValid(); got != tt.ok {
				t.Errorf("IsValid: got %v, want %v", got, tt.ok)
			}
			var bad BadDate
			if !tt.ok && (!errors.As(err, &bad) || bad.Code() != "date_invalid" || bad.Params()["text"] != tt.text || d != "") {
				t.Errorf("got %q and %#v, want a BadDate", d, err)
			}
		})
	}
}

func TestNext(t *testing.T) {
	for _, tt := range []struct {
		name    string
		d, want Date
	}{
		{"the day after a day", "2026-11-23", "2026-11-24"},
		{"the day after a month", "2026-04-30", "2026-05-01"},
		{"the day after 28 February in a leap year", "2024-02-28", "2024-02-29"},
		{"the day after a year", "2025-12-31", "2026-01-01"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.d.Next(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestToday(t *testing.T) {
	for _, tt := range []struct {
		name string
		now  time.Time
		want Date
	}{
		{"one second before midnight in Shanghai is still the day", time.Date(2026, 11, 23, 15, 59, 59, 0, time.UTC), "2026-11-23"},
		{"midnight in Shanghai is the next day though Greenwich is behind", time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC), "2026-11-24"},
		{"the zone of the caller does not matter", time.Date(2026, 11, 23, 20, 0, 0, 0, time.FixedZone("", -8*3600)), "2026-11-24"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Today(tt.now); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
