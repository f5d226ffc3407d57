package standard

import (
	"cmp"
	"slices"
	"strings"
)

// Move (沿革) says where the disclosures of a column go that a version takes away,
// from everybody or from some schools. The moves of one column are tried in order.
type Move struct {
	From   string   `json:"from"`
	To     string   `json:"to"`
	Words  []string `json:"words"`  // a title that holds one of these goes there; the last move has none and takes the rest
	School string   `json:"school"` // code of the one school it decides for; empty for all others
}

// MovesOf are the moves of a column that hold for a school: its own, or else those
// of all.
func MovesOf(moves []Move, from, school string) []Move {
	var own, all []Move
	for _, m := range moves {
		switch {
		case m.From != from:
		case m.School == "":
			all = append(all, m)
		case m.School == school:
			own = append(own, m)
		}
	}
	if len(own) > 0 {
		return own
	}
	return all
}

// Target is the column that a disclosure goes to; empty if no move says so.
func Target(moves []Move, from, school, title string) string {
	for _, m := range MovesOf(moves, from, school) {
		if len(m.Words) == 0 || slices.ContainsFunc(m.Words, func(w string) bool { return strings.Contains(title, w) }) {
			return m.To
		}
	}
	return ""
}

// Lost reports whether a school loses a column that it writes into.
func Lost(before, after []Column, code string, s School) bool {
	old, ok := Find(before, code)
	if now, stays := written(after, code); stays {
		return ok && old.AppliesTo(s) && !now.AppliesTo(s)
	}
	return ok
}

// Follow is the address that a column of a school has today, by the moves of all
// versions, the newest last; empty if none leads to one. Of a split column it is
// the one that took the rest, if the school has it.
func Follow(versions [][]Move, code, school string, has func(code string) bool) string {
	seen := map[string]bool{}
	var find func(code string) string
	find = func(code string) string {
		if has(code) {
			return code
		}
		if seen[code] {
			return ""
		}
		seen[code] = true
		for _, moves := range slices.Backward(versions) {
			for _, m := range slices.Backward(MovesOf(moves, code, school)) {
				if to := find(m.To); to != "" {
					return to
				}
			}
		}
		return ""
	}
	return find(code)
}

// Holding is what a school has in a version's columns.
type Holding struct {
	Code, Name string // of the school
	School     School
	Articles   map[string]int // by column; all of them, drafts and withdrawn ones too
}

// Undecided names what stands in the way of a roll-out: columns with content that
// go without a move, and schools that a move does not fit.
func (d Draft) Undecided(schools []Holding) []Fault {
	var faults []Fault
	for _, old := range d.Before {
		if !old.Leaf {
			continue
		}
		count, at := 0, 0
		var unfit []Fault
		for _, s := range schools {
			n := s.Articles[old.Code]
			if n == 0 || !Lost(d.Before, d.Columns, old.Code, s.School) {
				continue
			}
			moves := MovesOf(d.Moves, old.Code, s.Code)
			if len(moves) == 0 {
				count, at = count+n, at+1
				continue
			}
			for _, m := range moves {
				if to, ok := written(d.Columns, m.To); !ok || !to.AppliesTo(s.School) {
					unfit = append(unfit, Fault{Code: old.Code, Field: "moves", School: s.Code,
						Sentence: s.Name + "没有栏目“" + cmp.Or(to.Name, m.To) + "”，它在“" + old.Name + "”的 " + itoa(n) + " 条信息还没有去处，请为这所学校单独写明"})
					break
				}
			}
		}
		if at > 0 {
			faults = append(faults, Fault{Code: old.Code, Field: "moves",
				Sentence: "栏目“" + old.Name + "”不再保留，" + itoa(at) + " 所学校共有 " + itoa(count) + " 条信息，请写明并入哪个栏目"})
		}
		faults = append(faults, unfit...)
	}
	return faults
}
