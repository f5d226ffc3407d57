package workday

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestBetweenSaysWhy(t *testing.T) {
	c := official(t)
	days := c.Between("2026-02-12", "2026-03-01")
	reasons := map[Date]string{}
	for _, d := range days {
		reasons[d.Date] = d.Reason()
	}
	for _, tt := range []struct {
		name string
		d    Date
		want string
	}{
		{"an ordinary Friday", "2026-02-13", "工作日"},
		{"a Saturday worked in place of the festival", "2026-02-14", "调休上班（春节）"},
		{"a Sunday that is part of the festival is the festival", "2026-02-15", "春节"},
		{"a Tuesday of the festival", "2026-02-17", "春节"},
		{"an ordinary Tuesday after it", "2026-02-24", "工作日"},
		{"a Saturday worked after it", "2026-02-28", "调休上班（春节）"},
		{"a Sunday", "2026-03-01", "周末"},
		{"the day itself is not listed", "2026-02-12", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := reasons[tt.d]; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if first, last := days[0], days[len(days)-1]; len(days) != 17 || first.Date != "2026-02-13" || first.Nth != 1 || last.Nth != 7 || last.Counted {
		t.Errorf("got %d days from %+v to %+v", len(days), first, last)
	}
	if got := c.Between("2026-02-12", "2026-02-12"); got != nil {
		t.Errorf("between a day and itself: got %v", got)
	}
	byHand := Calendar{Holidays: map[Date]bool{"2026-10-01": true}, Makeups: map[Date]bool{"2026-10-10": true}}
	if got := byHand.Between("2026-09-30", "2026-10-10"); got[0].Reason() != "放假" || got[9].Reason() != "调休上班" {
		t.Errorf("without names: got %q, %q", got[0].Reason(), got[9].Reason())
	}
}

func TestTraceEndsOnTheDeadline(t *testing.T) {
	c := official(t)
	days := c.Trace("2026-01-28", 20)
	if last := days[len(days)-1]; last.Date != "2026-03-03" || last.Nth != 20 || !last.Counted {
		t.Errorf("got %+v", last)
	}
	if got := c.Trace("2026-01-28", 0); got != nil {
		t.Errorf("no working days: got %v", got)
	}
}

func TestProvisional(t *testing.T) {
	c := official(t)
	for _, tt := range []struct {
		name     string
		from, to Date
		want     bool
	}{
		{"a deadline within known years is certain", "2026-01-28", "2026-03-03", false},
		{"also across New Year", "2025-12-20", "2026-01-20", false},
		{"a deadline in a year not loaded is provisional", "2026-12-10", "2027-01-08", true},
		{"a deadline that ends on the last known day is certain", "2026-12-01", "2026-12-31", false},
		{"a deadline counted from a year not loaded is provisional", "2023-12-20", "2024-01-18", true},
		{"a deadline across a year not loaded is provisional", "2023-12-20", "2026-01-18", true},
		{"so is a day of its own", "2027-05-01", "2027-05-01", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := c.Provisional(tt.from, tt.to); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
	gap := New(Year{Year: 2026, Days: []Day{{"元旦", "2026-01-01", true}}}, Year{Year: 2028, Days: []Day{{"元旦", "2028-01-01", true}}})
	if !gap.Provisional("2026-12-20", "2028-01-20") {
		t.Error("a deadline across an unknown year between two known ones is certain")
	}
	if !(Calendar{}).Provisional("2026-01-01", "2026-01-02") {
		t.Error("a calendar without notices is sure of something")
	}
}

func TestBetweenAgreesWithCountAndAdd(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 2))
		c := randomCalendar(r)
		for range 10 {
			from := Date(fmt.Sprintf("2026-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28)))
			n := 1 + r.IntN(60)
			days := c.Trace(from, n)
			last := days[len(days)-1]
			if last.Date != c.Add(from, n) || last.Nth != n || !last.Counted {
				t.Fatalf("seed %d: %s + %d: got %+v, want %s", seed, from, n, last, c.Add(from, n))
			}
			for i, d := range days {
				if want := c.Count(from, d.Date); d.Nth != want || d.Counted != c.IsWorkday(d.Date) {
					t.Fatalf("seed %d: %s: got %+v, Count is %d", seed, from, d, want)
				}
				if i > 0 && d.Date != days[i-1].Date.Next() {
					t.Fatalf("seed %d: %s does not follow %s", seed, d.Date, days[i-1].Date)
				}
			}
		}
	}
}
