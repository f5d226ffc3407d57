package inquiry

import (
	"cmp"
	"slices"
)

// SmallestGroup is the least number of ratings that a figure is broken down for: below it a reader may guess who wrote.
const SmallestGroup = 10

// Satisfaction (满意度) of a set of answered letters. Every share goes with the number that it is a share of; a letter
// without a rating counts in Answered only and never as satisfied.
type Satisfaction struct {
	Group     string         `json:"group"`
	Answered  int            `json:"answered"`
	Rated     int            `json:"rated"`
	Satisfied int            `json:"satisfied"` // 基本满意 and better
	Low       int            `json:"low"`
	Levels    map[Rating]int `json:"levels"`
	Hidden    bool           `json:"hidden"` // too few to be broken down: only Answered is filled in
}

// RatedLetter is one answered letter for the figures: the rating that counts, 0 if there is none.
type RatedLetter struct {
	Group  string
	Rating Rating
}

// Share is the share of satisfied writers among those who rated; false if nobody did.
func (s Satisfaction) Share() (float64, bool) { return share(s.Satisfied, s.Rated) }

// Participation is the share of answered letters that were rated; false if none was answered.
func (s Satisfaction) Participation() (float64, bool) { return share(s.Rated, s.Answered) }

func share(n, of int) (float64, bool) {
	if of == 0 {
		return 0, false
	}
	return float64(n) / float64(of), true
}

// Measure adds up letters, whatever their groups. Its figures too are hidden where fewer than SmallestGroup rated.
func Measure(group string, list []RatedLetter) Satisfaction {
	s := sum(group, list)
	if s.Rated < SmallestGroup {
		return hide(s)
	}
	return s
}

// BreakDown adds up letters by their groups, in the order of the groups' names. Where a group is too small its figures
// are hidden, and so are those of the next smallest until enough are hidden together: the total would give them away.
func BreakDown(list []RatedLetter) []Satisfaction {
	groups := map[string][]RatedLetter{}
	for _, l := range list {
		groups[l.Group] = append(groups[l.Group], l)
	}
	var rows []Satisfaction
	for group, letters := range groups {
		rows = append(rows, sum(group, letters))
	}
	each := make([]*Satisfaction, len(rows))
	for i := range rows {
		each[i] = &rows[i]
	}
	HideSmall(each)
	slices.SortStableFunc(rows, func(a, b Satisfaction) int { return cmp.Compare(a.Group, b.Group) })
	return rows
}

func sum(group string, list []RatedLetter) Satisfaction {
	s := Satisfaction{Group: group}
	for _, l := range list {
		s.add(l.Rating)
	}
	if s.Levels == nil {
		s.Levels = map[Rating]int{}
	}
	return s
}

// add counts an answered letter.
func (s *Satisfaction) add(r Rating) {
	s.Answered++
	if s.Levels == nil {
		s.Levels = map[Rating]int{}
	}
	if r.Name() == "" {
		return
	}
	s.Rated++
	s.Levels[r]++
	if r.IsLow() {
		s.Low++
	} else {
		s.Satisfied++
	}
}

func hide(s Satisfaction) Satisfaction {
	return Satisfaction{Group: s.Group, Answered: s.Answered, Hidden: true}
}
