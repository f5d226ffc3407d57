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
	if end == nil { // nothing was kept
		return nil
	}
	out := maps.Clone(end)
	for name, n := range before { // what went elsewhere since may be all there was
		if byName[name].Kind == Total {
			out[name] -= n
		}
	}
	return out
}

// Totals are the counts that a school keeps when it is no longer at work: what was
// counted since the beginning, without any state.
func (c Counts) Totals() Counts {
	out := Counts{}
	for name, n := range c {
		if byName[name].Kind == Total && n != 0 {
			out[name] = n
		}
	}
	return out
}

// Positive are the counts above zero.
func (c Counts) Positive() Counts {
	out := maps.Clone(c)
	maps.DeleteFunc(out, func(_ string, n int) bool { return n <= 0 })
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
