package inquiry_test

import (
	"slices"
	"testing"

	"gongkai/pb_hooks/inquiry"
)

func rated(group string, ratings map[inquiry.Rating]int) (list []inquiry.RatedLetter) {
	for r, n := range ratings {
		for range n {
			list = append(list, inquiry.RatedLetter{Group: group, Rating: r})
		}
	}
	return list
}

func TestMeasure(t *testing.T) {
	s := inquiry.Measure("全区", rated("", map[inquiry.Rating]int{5: 4, 4: 2, 3: 1, 2: 1, 1: 1, 6: 1, 0: 30}))
	if s.Answered != 40 || s.Rated != 10 || s.Satisfied != 7 || s.Low != 3 || s.Hidden || s.Levels[inquiry.BesideTheMatter] != 1 || s.Levels[0] != 0 {
		t.Errorf("got %+v", s)
	}
	if share, ok := s.Share(); share != 0.7 || !ok {
		t.Errorf("no answer is not satisfied, and no answer is not low: %v", share)
	}
	if share, ok := s.Participation(); share != 0.25 || !ok {
		t.Errorf("participation %v", share)
	}
	few := inquiry.Measure("一小", rated("", map[inquiry.Rating]int{5: 9, 0: 5}))
	if !few.Hidden || few.Answered != 14 || few.Rated+few.Satisfied+few.Low+len(few.Levels) != 0 {
		t.Errorf("nine are broken down: %+v", few)
	}
	none := inquiry.Measure("", nil)
	if _, ok := none.Share(); ok {
		t.Error("a share of nothing")
	}
	if _, ok := none.Participation(); ok {
		t.Error("participation in nothing")
	}
}

func TestBreakDown(t *testing.T) {
	sized := func(sizes map[string]int) (list []inquiry.RatedLetter) {
		for group, n := range sizes {
			list = append(list, rated(group, map[inquiry.Rating]int{4: n, 0: 1})...)
		}
		return list
	}
	for _, tt := range []struct {
		name   string
		sizes  map[string]int
		hidden []string
	}{
		{"all large", map[string]int{"a": 10, "b": 11}, nil},
		{"one small: the next smallest hides it", map[string]int{"a": 9, "b": 12, "c": 11}, []string{"a", "c"}},
		{"two small that are enough together", map[string]int{"a": 5, "b": 5, "c": 11}, []string{"a", "b"}},
		{"two small that are not", map[string]int{"a": 3, "b": 4, "c": 11, "d": 12}, []string{"a", "b", "c"}},
		{"one that nobody rated gives nothing away", map[string]int{"a": 0, "b": 11}, []string{"a"}},
		{"one only", map[string]int{"a": 3}, []string{"a"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows := inquiry.BreakDown(sized(tt.sizes))
			var hidden []string
			for _, r := range rows {
				if r.Answered != tt.sizes[r.Group]+1 {
					t.Errorf("%s: %d answered", r.Group, r.Answered)
				}
				if r.Hidden {
					hidden = append(hidden, r.Group)
				} else if r.Rated != tt.sizes[r.Group] {
					t.Errorf("%s: %d rated", r.Group, r.Rated)
				}
			}
			if len(rows) != len(tt.sizes) || !slices.Equal(hidden, tt.hidden) {
				t.Errorf("%d rows, hidden %v, want %v", len(rows), hidden, tt.hidden)
			}
		})
	}
}
