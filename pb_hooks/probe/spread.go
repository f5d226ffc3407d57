package probe

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Thresholds of a visit: over SlowAfter it is slow (D18), over FailsAfter it
// failed (国办秘函〔2019〕19号, 单项否决“站点无法访问”).
const (
	SlowAfter  = 6 * time.Second
	FailsAfter = 15 * time.Second
)

// Bounds are the upper ends of the groups that durations are counted in, in
// milliseconds. Both thresholds are among them, so that nothing is estimated there.
var Bounds = [...]int{50, 100, 250, 500, 1000, 2000, 4000, 6000, 10000, 15000}

// Spread counts durations by group; the last group is all above the last bound.
type Spread [len(Bounds) + 1]int

// Add counts a duration.
func (s *Spread) Add(d time.Duration) {
	for i, bound := range Bounds {
		if d <= time.Duration(bound)*time.Millisecond {
			s[i]++
			return
		}
	}
	s[len(Bounds)]++
}

// Sum adds the counts of another.
func (s *Spread) Sum(other Spread) {
	for i, n := range other {
		s[i] += n
	}
}

// Within is the bound under which 95 of 100 durations are, in milliseconds; 0
// without any, and twice the last bound where it is above all.
func (s Spread) Within() int {
	total := 0
	for _, n := range s {
		total += n
	}
	if total == 0 {
		return 0
	}
	seen := 0
	for i, n := range s {
		if seen += n; seen*100 >= total*95 && i < len(Bounds) {
			return Bounds[i]
		}
	}
	return 2 * Bounds[len(Bounds)-1]
}

// String is the spread as it is stored.
func (s Spread) String() string {
	parts := make([]string, len(s))
	for i, n := range s {
		parts[i] = strconv.Itoa(n)
	}
	return strings.Join(parts, ",")
}

// ParseSpread reads what String wrote; "" is none.
func ParseSpread(text string) (s Spread, err error) {
	if text == "" {
		return s, nil
	}
	parts := strings.Split(text, ",")
	if len(parts) != len(s) {
		return s, fmt.Errorf("a spread has %d groups, not %d", len(s), len(parts))
	}
	for i, part := range parts {
		if s[i], err = strconv.Atoi(part); err != nil {
			return s, fmt.Errorf("read a spread: %w", err)
		}
	}
	return s, nil
}
