package scan

// runeSet is a set of characters of the basic plane: asking it costs the same
// however many there are.
type runeSet [1 << 10]uint64

func setOf(text string) *runeSet {
	var s runeSet
	for _, r := range text {
		if r < 1<<16 {
			s[r>>6] |= 1 << (r & 63)
		}
	}
	return &s
}

func (s *runeSet) has(r rune) bool { return r >= 0 && r < 1<<16 && s[r>>6]&(1<<(r&63)) != 0 }

// in reports whether a text has a character of the set.
func (s *runeSet) in(text string) bool {
	for _, r := range text {
		if s.has(r) {
			return true
		}
	}
	return false
}
