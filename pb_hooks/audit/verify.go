package audit

import (
	"fmt"
	"iter"
	"slices"
)

const (
	// openGaps bounds what is kept in memory of a chain full of holes.
	openGaps = 1000
	// tried bounds how many numbers are tried on a row that does not fit its own.
	tried = 1000
)

// Verify reads the rows in the order of their numbers and reports every break.
// It keeps no rows, so a chain may be of any length. The heads, in any order,
// are those written down outside; without them a cut tail and a chain computed
// anew cannot be found by anybody. The error is that of reading; the report then
// covers what was read.
func Verify(entries iter.Seq2[Entry, error], heads []Head) (Report, error) {
	v := verifier{report: Report{Last: Head{Hash: Genesis}, Breaks: []Break{}, Totals: map[Kind]int{}}, links: []string{Genesis}}
	v.heads = slices.Clone(heads)
	slices.SortStableFunc(v.heads, func(a, b Head) int { return a.Number - b.Number })
	v.compare(0, Genesis)
	for e, err := range entries {
		if err != nil {
			return v.report, fmt.Errorf("read the audit after %d rows: %w", v.report.Count, err)
		}
		v.report.Count++
		v.read(e)
	}
	v.finish()
	return v.report, nil
}

type verifier struct {
	report Report
	last   int      // highest number so far
	links  []string // what the next row may name as its previous
	doubt  bool     // the last row was reported: that the next one does not fit it says nothing new
	gaps   []gap    // numbers passed over, ascending; a row may still turn up later
	heads  []Head   // not yet compared, ascending
	agreed int      // highest number at which a head agreed
	astray bool     // the last head compared did not agree
}

type gap struct {
	from, to int
	told     bool // passed over because of a row under a wrong number, which is reported
}

func (v *verifier) read(e Entry) {
	sum, number := e.Sum(), e.Number
	fits := sum == e.Hash
	if was, found := v.renumbered(e, fits); found {
		v.report.add(Break{Kind: Renumbered, Number: e.Number, Was: was})
		number = was
	} else if !fits && (number == v.last+1 || v.gapOf(number) >= 0 || number > v.last) {
		v.report.add(Break{Kind: Changed, Number: number})
	}
	reported := number != e.Number || !fits
	switch i := v.gapOf(number); {
	case number == v.last+1:
		if !reported && !v.doubt && !slices.Contains(v.links, e.Previous) {
			v.report.add(Break{Kind: Unlinked, Number: number})
			reported = true
		}
		v.links = append(v.links[:0], e.Hash, sum)
	case number > v.last:
		v.open(gap{v.last + 1, number - 1, number != e.Number})
		v.links = append(v.links[:0], e.Hash, sum)
	case i >= 0:
		if number == e.Number && !v.gaps[i].told {
			v.report.add(Break{Kind: Reordered, Number: number})
		}
		v.fill(i, number)
		return
	default:
		if number == e.Number {
			v.report.add(Break{Kind: Duplicate, Number: number})
		}
		if number == v.last && len(v.links) < tried {
			// whichever of the two is the inserted one, the next row may follow either
			v.links = append(v.links, e.Hash, sum)
		}
		return
	}
	v.last, v.doubt = number, reported
	v.report.Last = Head{Number: number, Hash: e.Hash}
	v.compare(number, e.Hash, sum)
}

// renumbered finds the number under which a row fits the chain, if that is not
// the one it bears.
func (v *verifier) renumbered(e Entry, fits bool) (int, bool) {
	if fits {
		// its hash was computed anew, but it still names the row before it
		moved := e.Number != v.last+1 && e.Number > v.last && !v.doubt && slices.Contains(v.links, e.Previous)
		return v.last + 1, moved
	}
	left := tried
	if v.report.Totals[Changed] >= listed {
		left = 2 // enough is known; a million broken rows are not worth a thousand tries each
	}
	try := func(from, to int) (int, bool) {
		for n := from; n <= to && left > 0; n, left = n+1, left-1 {
			other := e
			other.Number = n
			if n != e.Number && other.Sum() == e.Hash {
				return n, true
			}
		}
		return 0, false
	}
	// its place; the place of the row before, which may be an inserted one; a hole; a place ahead
	if n, found := try(v.last, v.last+1); found {
		return n, true
	}
	for _, g := range v.gaps {
		if n, found := try(g.from, g.to); found {
			return n, true
		}
	}
	return try(v.last+2, v.last+tried)
}

func (v *verifier) open(g gap) {
	v.gaps = append(v.gaps, g)
	v.trim()
}

// trim gives up waiting for the rows of the oldest gap when there are too many.
func (v *verifier) trim() {
	if len(v.gaps) > openGaps {
		v.missing(v.gaps[0])
		v.gaps = v.gaps[1:]
	}
}

func (v *verifier) gapOf(number int) int {
	return slices.IndexFunc(v.gaps, func(g gap) bool { return g.from <= number && number <= g.to })
}

// fill takes a number out of a gap.
func (v *verifier) fill(i, number int) {
	g := v.gaps[i]
	rest := slices.DeleteFunc([]gap{{g.from, number - 1, g.told}, {number + 1, g.to, g.told}}, func(g gap) bool { return g.from > g.to })
	v.gaps = slices.Replace(v.gaps, i, i+1, rest...)
	v.trim()
}

func (v *verifier) missing(g gap) {
	v.report.add(Break{Kind: Missing, Number: g.from, Until: g.to})
}

// compare holds the row of a number against what was written down of it. Of
// heads that disagree one after the other the first is reported: the chain was
// computed anew somewhere between it and the last one that agreed.
func (v *verifier) compare(number int, hashes ...string) {
	for len(v.heads) > 0 && v.heads[0].Number <= number {
		h := v.heads[0]
		v.heads = v.heads[1:]
		switch {
		case h.Number < number: // its row is missing, which is reported
		case slices.Contains(hashes, h.Hash):
			v.agreed, v.astray = number, false
		case !v.astray:
			v.report.add(Break{Kind: Rewritten, Number: v.agreed + 1, Until: number, At: h.At})
			v.astray = true
		}
	}
}

func (v *verifier) finish() {
	for _, g := range v.gaps {
		v.missing(g)
	}
	if n := len(v.heads); n > 0 {
		v.report.add(Break{Kind: Cut, Number: v.last + 1, Until: v.heads[n-1].Number, At: v.heads[n-1].At})
	}
}
