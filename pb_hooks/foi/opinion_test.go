package foi_test

import (
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
)

// What silence means depends on who was asked (arts. 32, 34), and is said before
// and after the last day.
func TestWhoIsAskedIsToldWhatSilenceMeans(t *testing.T) {
	third, joint, organ := foi.Inquiry{Third: true}, foi.Inquiry{Joint: true}, foi.Inquiry{}
	for _, c := range []struct {
		q    foi.Inquiry
		says string
	}{{third, "由学校依法决定是否公开（条例第三十二条）"}, {joint, "视为同意公开（条例第三十四条）"}, {organ, "由学校依法办理"}} {
		q := c.q
		q.Sent, q.Until = "2026-03-02", "2026-03-23"
		if got := q.Next("2026-03-23"); !strings.Contains(got, "最迟于2026年3月23日") || !strings.Contains(got, c.says) || q.IsLate("2026-03-23") {
			t.Errorf("on the last day: %s", got)
		}
		if got := q.Next("2026-03-24"); !strings.Contains(got, "已经过了") || !strings.Contains(got, c.says) || !q.IsLate("2026-03-24") {
			t.Errorf("a day later: %s", got)
		}
		q.Closed, q.Opinion = q.Until, foi.Silent
		if got := q.Next("2026-03-24"); !strings.Contains(got, "没有收到答复") || !strings.Contains(got, c.says) || q.IsLate("2026-03-24") {
			t.Errorf("it lapsed: %s", got)
		}
		q.Opinion = foi.Objects
		if got := q.Next("2026-03-24"); strings.Contains(got, c.says) || !strings.Contains(got, "已经登记") {
			t.Errorf("answered: %s", got)
		}
	}
}

func TestOnlyWhatEndedIsRated(t *testing.T) {
	for _, e := range foi.Endings() {
		want := e == foi.WasAnswered || e == foi.WasAbandoned || e == foi.WasWithdrawn
		if got := (foi.Case{Ending: e}).MayRate(); got != want {
			t.Errorf("%q: %t", e, got)
		}
	}
	names := map[string]bool{}
	for r := foi.Rating(1); r <= foi.BestRating; r++ {
		names[r.Name()] = true
	}
	if len(names) != 5 || names[""] || foi.Rating(0).Name() != "" || (foi.BestRating+1).Name() != "" {
		t.Errorf("names: %v", names)
	}
}
