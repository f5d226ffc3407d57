package scorecard

import "slices"

// MostItems is how many things a line names; all of them are counted.
const MostItems = 50

// ItemKind is what an item is a link to.
type ItemKind string

// Kinds of items.
const (
	Article ItemKind = "article" // a disclosure
	Column  ItemKind = "column"  // a column of the school, by its code
	Request ItemKind = "request" // a request of 依申请公开
	Letter  ItemKind = "inquiry" // a letter
	Finding ItemKind = "finding" // of the scanner; its ID is the article's
	Probed  ItemKind = "probe"   // an address that was looked at; its ID is the address
	Entered ItemKind = "entered" // by hand; its ID is the address of the proof, or ""
)

// Item is one thing that was found, as a link that opens it.
type Item struct {
	Kind  ItemKind `json:"kind"`
	ID    string   `json:"id"`
	Label string   `json:"label"`
	Date  string   `json:"date"` // when it was, a day; "" has none
}

// Seen is what was found of one indicator at one school.
type Seen struct {
	Counts map[string]int // by kind of hit
	Items  []Item         // the first MostItems
}

// Evidence is what was found at one school. What is not in it was not measured.
type Evidence map[Code]*Seen

// Look notes that an indicator was measured, even if nothing is found.
func (e Evidence) Look(code Code) *Seen {
	if e[code] == nil {
		e[code] = &Seen{Counts: map[string]int{}}
	}
	return e[code]
}

// Add counts a hit with what it was found in.
func (e Evidence) Add(code Code, hit string, item Item) {
	e.Count(code, hit, 1)
	e.Name(code, item)
}

// Count counts hits without naming them.
func (e Evidence) Count(code Code, hit string, n int) { e.Look(code).Counts[hit] += n }

// Name names something that was found without counting it.
func (e Evidence) Name(code Code, item Item) {
	if s := e.Look(code); len(s.Items) < MostItems {
		s.Items = append(s.Items, item)
	}
}

// Counted is evidence of numbers only: every indicator that is named was
// measured.
func Counted(counts map[Code]map[string]int) Evidence {
	e := Evidence{}
	for code, hits := range counts {
		e.Look(code)
		for hit, n := range hits {
			e.Count(code, hit, n)
		}
	}
	return e
}

// Merge adds what another look found.
func (e Evidence) Merge(other Evidence) {
	for code, seen := range other {
		e.Look(code)
		for hit, n := range seen.Counts {
			e.Count(code, hit, n)
		}
		for _, item := range seen.Items {
			e.Name(code, item)
		}
	}
}

// sorted are the hits of an indicator with their numbers, in its order.
func (s *Seen) sorted(i Indicator) []HitCount {
	list := []HitCount{}
	for _, h := range i.Hits {
		if n := s.Counts[h.Key]; n > 0 {
			list = append(list, HitCount{Key: h.Key, Count: n})
		}
	}
	return slices.Clip(list)
}
