package figures

import "maps"

// Counts are figures by name; one that is missing is zero.
type Counts map[string]int

// Add adds what another school counts.
func (c Counts) Add(other Counts) {
	for name, n := range other {
		c[name] += n
	}
}

// Period is what was counted from one day to another: the difference of Totals
// since the day before it began, and the Stocks as they were at its end.
func Period(before, end Counts) Counts {
	out := maps.Clone(end)
	for name := range out {
		if byName[name].Kind == Total {
			out[name] -= before[name]
		}
	}
	return out
}

// Unknown names what is counted and not in the catalogue: nobody could say what it is.
func (c Counts) Unknown() []string {
	var out []string
	for name := range c {
		if _, ok := byName[name]; !ok {
			out = append(out, name)
		}
	}
	return out
}
