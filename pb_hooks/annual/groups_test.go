package annual_test

import (
	"maps"
	"math/rand/v2"
	"testing"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/workday"
)

func calendar(t *testing.T) workday.Calendar {
	t.Helper()
	c, err := workday.Official()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The year 2025 of one column group, counted by hand.
func TestCountByHand(t *testing.T) {
	shown := func(on workday.Date) annual.Happened { return annual.Happened{Move: annual.Shown, On: on} }
	removed := func(on workday.Date) annual.Happened { return annual.Happened{Move: annual.Removed, On: on} }
	lapsed := func(on workday.Date) annual.Happened { return annual.Happened{Move: annual.Lapsed, On: on} }
	for name, tt := range map[string]struct {
		item annual.Item
		want annual.GroupRow
	}{
		"within its limit": {annual.Item{First: "2025-03-05", Made: "2025-03-03", Limit: 20, Moves: []annual.Happened{shown("2025-03-05")}},
			annual.GroupRow{Published: 1, Valid: 1, Dated: 1, Days: 2, Timed: 1, OnTime: 1}},
		// 3 March to 1 April are 21 working days
		"after its limit": {annual.Item{First: "2025-04-01", Made: "2025-03-03", Limit: 20, Moves: []annual.Happened{shown("2025-04-01")}},
			annual.GroupRow{Published: 1, Valid: 1, Dated: 1, Days: 29, Timed: 1}},
		"on its last day": {annual.Item{First: "2025-03-31", Made: "2025-03-03", Limit: 20, Moves: []annual.Happened{shown("2025-03-31")}},
			annual.GroupRow{Published: 1, Valid: 1, Dated: 1, Days: 28, Timed: 1, OnTime: 1}},
		"no limit": {annual.Item{First: "2025-03-05", Made: "2025-03-05", Limit: -1, Moves: []annual.Happened{shown("2025-03-05")}},
			annual.GroupRow{Published: 1, Valid: 1, Dated: 1}},
		"no date": {annual.Item{First: "2025-03-05", Limit: 20, Moves: []annual.Happened{shown("2025-03-05")}}, annual.GroupRow{Published: 1, Valid: 1}},
		"of an earlier year, updated twice": {annual.Item{First: "2024-03-05", Made: "2024-03-05", Limit: 20,
			Moves: []annual.Happened{shown("2024-03-05"), shown("2024-05-01"), shown("2025-05-01"), shown("2025-12-31"), shown("2026-01-01")}},
			annual.GroupRow{Updated: 2, Valid: 1}},
		"withdrawn and public again": {annual.Item{First: "2025-02-05", Moves: []annual.Happened{shown("2025-02-05"), removed("2025-02-06"), shown("2025-02-07")}},
			annual.GroupRow{Published: 1, Removed: 1, Valid: 1}},
		"withdrawn":                {annual.Item{First: "2025-02-05", Moves: []annual.Happened{shown("2025-02-05"), removed("2025-12-31")}}, annual.GroupRow{Published: 1, Removed: 1}},
		"withdrawn after the year": {annual.Item{First: "2025-02-05", Moves: []annual.Happened{shown("2025-02-05"), removed("2026-01-01")}}, annual.GroupRow{Published: 1, Valid: 1}},
		"expired":                  {annual.Item{First: "2024-02-05", Moves: []annual.Happened{shown("2024-02-05"), lapsed("2025-06-01")}}, annual.GroupRow{}},
		"expired and updated":      {annual.Item{First: "2024-02-05", Moves: []annual.Happened{shown("2024-02-05"), lapsed("2025-06-01"), shown("2025-07-01")}}, annual.GroupRow{Updated: 1, Valid: 1}},
		"later":                    {annual.Item{First: "2026-01-01", Moves: []annual.Happened{shown("2026-01-01")}}, annual.GroupRow{}},
		"never public":             {annual.Item{}, annual.GroupRow{}},
	} {
		table := annual.GroupTable{}
		table.Count(tt.item, 2025, calendar(t))
		if got := table.Total(); got != tt.want {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
}

func TestAverageAndShare(t *testing.T) {
	row := annual.GroupRow{Published: 4, Dated: 3, Days: 10, Timed: 3, OnTime: 2}
	if days, ok := row.Average(); !ok || days != 3.3 {
		t.Errorf("the average is %v, %v", days, ok)
	}
	if percent, ok := row.Share(); !ok || percent != 66.7 {
		t.Errorf("the share is %v, %v", percent, ok)
	}
	if _, ok := (annual.GroupRow{Published: 3}).Average(); ok {
		t.Error("an average of nothing")
	}
	if _, ok := (annual.GroupRow{Published: 3, Dated: 3}).Share(); ok {
		t.Error("a share of nothing")
	}
}

// The district is what all articles together give, however they are spread over schools.
func TestTheDistrictIsTheSum(t *testing.T) {
	c := calendar(t)
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 1))
		all, schools := annual.GroupTable{}, []annual.GroupTable{{}, {}, {}}
		for range r.IntN(60) {
			day := workday.Date("2024-06-01")
			step := func() workday.Date {
				for range r.IntN(120) {
					day = day.Next()
				}
				return day
			}
			item := annual.Item{Group: []string{"A01", "A02", "B03"}[r.IntN(3)], Made: step(), Limit: r.IntN(30) - 5}
			item.First = step()
			item.Moves = []annual.Happened{{Move: annual.Shown, On: item.First}}
			for range r.IntN(4) {
				item.Moves = append(item.Moves, annual.Happened{Move: []annual.Move{annual.Shown, annual.Removed, annual.Lapsed}[r.IntN(3)], On: step()})
			}
			all.Count(item, 2025, c)
			schools[r.IntN(3)].Count(item, 2025, c)
		}
		if sum := annual.SumGroups(schools...); !maps.Equal(sum, all) {
			t.Fatalf("seed %d: the schools give %v, the district %v", seed, sum, all)
		}
	}
}
