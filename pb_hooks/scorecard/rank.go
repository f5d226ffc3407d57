package scorecard

import "slices"

// Standing is where a school stands among others: veto first, then points.
type Standing struct {
	Vetoed bool
	Score  Points
}

// Ranks are the places of schools of one stage, in the order given: those without
// a veto first, then who has more points; the same on both is the same place.
func Ranks(list []Standing) []int {
	better := func(a, b Standing) bool {
		return a.Vetoed != b.Vetoed && b.Vetoed || a.Vetoed == b.Vetoed && a.Score > b.Score
	}
	places := make([]int, len(list))
	for i, s := range list {
		places[i] = 1
		for _, other := range list {
			if better(other, s) {
				places[i]++
			}
		}
	}
	return slices.Clip(places)
}
