package pb_hooks_test

import (
	"encoding/json"
	"testing"

	"gongkai/pb_hooks/figures"
)

// What is made up of the days before hangs together: nothing that counts since the
// beginning ever shrinks, no part is more than its whole, and the last day is what
// is measured.
func TestDemoDaysHangTogether(t *testing.T) {
	heavy(t)
	app := newDemo(t, "--schools", "3", "--articles", "60", "--days", "800")
	var days []struct {
		Day     string `db:"day"`
		Figures string `db:"figures"`
	}
	if err := app.DB().NewQuery("SELECT day, figures FROM district_days ORDER BY day").All(&days); err != nil || len(days) != 800 {
		t.Fatalf("%d days, %v", len(days), err)
	}
	before := figures.Counts{}
	for _, d := range days {
		var c figures.Counts
		if err := json.Unmarshal([]byte(d.Figures), &c); err != nil {
			t.Fatal(err)
		}
		for name, n := range c {
			if f, known := figures.Named(name); !known || n < 0 || f.Kind == figures.Total && n < before[name] {
				t.Fatalf("%s: %s is %d after %d", d.Day, name, n, before[name])
			}
		}
		for _, s := range figures.Shares() {
			if r := s.Of(c); r.Part > r.Whole {
				t.Fatalf("%s: %s is %d of %d", d.Day, s.Label, r.Part, r.Whole)
			}
		}
		before = c
	}
	if before["items_published"] < 150 || before["columns_mandatory"] < 100 {
		t.Errorf("the last day: %v", before)
	}
}
