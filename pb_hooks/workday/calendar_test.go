package workday

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func official(t testing.TB) Calendar {
	t.Helper()
	c, err := Official()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAdd(t *testing.T) {
	c := official(t)
	for _, tt := range []struct {
		name string
		d    Date
		n    int
		want Date
	}{
		{"an application of 28 January is due after Spring Festival", "2026-01-28", 20, "2026-03-03"},
		{"a correction notice may wait seven working days over Spring Festival", "2026-02-13", 7, "2026-03-02"},
		{"an application received before Spring Festival is due in March", "2026-02-13", 20, "2026-03-19"},
		{"a correction notice skips the Dragon Boat holiday", "2026-06-15", 7, "2026-06-25"},
		{"ten working days to correct skip the Dragon Boat holiday", "2026-06-17", 10, "2026-07-02"},
		{"a corrected application starts a new period", "2026-06-30", 20, "2026-07-28"},
		{"an application of September is due after National Day", "2026-09-18", 20, "2026-10-22"},
		{"nine days of waiting for a third party move the due day", "2026-09-18", 20 + 9, "2026-11-04"},
		{"waiting and an extension move the due day", "2026-09-18", 20 + 9 + 20, "2026-12-02"},
		{"a third party has fifteen working days", "2026-09-22", 15, "2026-10-20"},
		{"a submission on a Sunday is confirmed on the next working day", "2026-02-15", 1, "2026-02-24"},
		{"information of January is disclosed within twenty working days", "2026-01-23", 20, "2026-02-27"},
		{"a consultation may be due on a Saturday that is worked", "2026-04-29", 5, "2026-05-09"},
		{"zero days is the day itself, even a holiday", "2026-10-01", 0, "2026-10-01"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := c.Add(tt.d, tt.n); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestCount(t *testing.T) {
	c := official(t)
	for _, tt := range []struct {
		name     string
		from, to Date
		want     int
	}{
		{"a third party answering on 12 October took nine working days", "2026-09-22", "2026-10-12", 9},
		{"a day is no distance from itself", "2026-09-22", "2026-09-22", 0},
		{"backwards is no distance", "2026-09-22", "2026-09-01", 0},
		{"Friday to Monday is one day", "2026-11-20", "2026-11-23", 1},
		{"Friday to Sunday is none", "2026-11-20", "2026-11-22", 0},
		{"2024 has 251 working days", "2023-12-31", "2024-12-31", 251},
		{"2025 has 248 working days", "2024-12-31", "2025-12-31", 248},
		{"2026 has 248 working days", "2025-12-31", "2026-12-31", 248},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := c.Count(tt.from, tt.to); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

func TestMonthsOf2026(t *testing.T) {
	c := official(t)
	months := make([]int, 12)
	for d := Date("2026-01-01"); d.Year() == 2026; d = d.Next() {
		if c.IsWorkday(d) {
			months[d.time().Month()-1]++
		}
	}
	want := []int{21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23}
	if !slices.Equal(months, want) {
		t.Errorf("got %v, want %v", months, want)
	}
}

func TestIsWorkday(t *testing.T) {
	c := official(t)
	for _, tt := range []struct {
		name string
		d    Date
		want bool
	}{
		{"a Monday is worked", "2026-11-23", true},
		{"a Saturday is not", "2026-11-21", false},
		{"a Saturday worked in place of a holiday is", "2026-02-28", true},
		{"a Thursday on National Day is not", "2026-10-01", false},
		{"a Sunday adjoining a holiday, but not listed, is not", "2024-06-09", false},
		{"a weekday of a year not announced is worked", "2031-05-01", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := c.IsWorkday(tt.d); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestNew(t *testing.T) {
	may := Year{Year: 2027, Days: []Day{{"元旦", "2026-12-31", true}, {"劳动节", "2027-05-01", true}}}
	years, err := OfficialYears()
	if err != nil {
		t.Fatal(err)
	}
	t.Run("an imported year is known and may change the December before", func(t *testing.T) {
		c := New(append([]Year{may}, years...)...)
		if got, want := c.Years(), []int{2024, 2025, 2026, 2027}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		if !c.Knows("2027-05-01") || c.Knows("2028-01-01") || c.Knows("2023-12-31") || c.IsWorkday("2026-12-31") {
			t.Error("the 2027 notice is not in force")
		}
	})
	t.Run("a file imported later replaces the file of the same year", func(t *testing.T) {
		c := New(append(years, Year{Year: 2026, Days: []Day{{"国庆节", "2026-10-01", true}}})...)
		if !c.IsWorkday("2026-10-02") || c.IsWorkday("2026-10-01") {
			t.Error("the old 2026 file is still in force")
		}
	})
	t.Run("the later year wins whatever the order", func(t *testing.T) {
		work := Year{Year: 2028, Days: []Day{{"元旦", "2027-12-31", true}}}
		other := Year{Year: 2027, Days: []Day{{"补班", "2027-12-31", false}}}
		if New(work, other).IsWorkday("2027-12-31") || New(other, work).IsWorkday("2027-12-31") {
			t.Error("the 2027 file overrode the 2028 notice")
		}
	})
}

// randomCalendar has holidays and make-up days thrown at random over three years.
func randomCalendar(r *rand.Rand) Calendar {
	c := Calendar{Holidays: map[Date]bool{}, Makeups: map[Date]bool{}}
	for d := Date("2025-01-01"); d < "2028-01-01"; d = d.Next() {
		switch r.IntN(8) {
		case 0:
			c.Holidays[d] = true
		case 1:
			c.Makeups[d] = true
		}
	}
	return c
}

func TestProperties(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		c := randomCalendar(r)
		for range 25 {
			d := Date(fmt.Sprintf("2026-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28)))
			n, m := r.IntN(80), r.IntN(80)
			due := c.Add(d, n)
			if got := c.Count(d, due); got != n {
				t.Fatalf("seed %d: Count(%s, Add(%d)): got %d, want %d", seed, d, n, got, n)
			}
			if n > 0 && !c.IsWorkday(due) {
				t.Fatalf("seed %d: %s is due on %s, not a working day", seed, d, due)
			}
			if got, want := c.Add(due, m), c.Add(d, n+m); got != want {
				t.Fatalf("seed %d: %s + %d + %d: got %s, want %s", seed, d, n, m, got, want)
			}
			if later := c.Add(d, n+1); later <= due {
				t.Fatalf("seed %d: one more day moved %s to %s", seed, due, later)
			}
			if next := c.Add(d.Next(), n); n > 0 && next < due {
				t.Fatalf("seed %d: received a day later, due earlier: %s before %s", seed, next, due)
			}
		}
	}
}

func BenchmarkAdd(b *testing.B) {
	c := official(b)
	for b.Loop() {
		c.Add("2026-09-18", 20)
	}
}
