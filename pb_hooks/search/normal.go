package search

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// normalise makes full-width and half-width, upper and lower case equal: NFKC,
// then lower case. Most text is plain, and goes the short way.
func normalise(text string) string {
	b := make([]byte, 0, len(text)+len(text)/8)
	plainFrom, plainAt := 0, 0 // where the last plain character stands in text and in b
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if c, ok := plain(r); ok {
			plainFrom, plainAt = i, len(b)
			b = utf8.AppendRune(b, c)
			i += size
			continue
		}
		// What follows may combine with the character before it, but no plain
		// character combines with one before it.
		end := i
		for end < len(text) {
			r, size := utf8.DecodeRuneInString(text[end:])
			if _, ok := plain(r); ok {
				break
			}
			end += size
		}
		b = b[:plainAt]
		for _, r := range norm.NFKC.String(text[plainFrom:end]) {
			b = utf8.AppendRune(b, unicode.ToLower(r))
		}
		plainFrom, plainAt, i = end, len(b), end
	}
	return string(b)
}

// plain normalises one character on its own, where that is possible: ASCII,
// Chinese characters and punctuation, and full-width ASCII.
func plain(r rune) (rune, bool) {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A', true
	case r < utf8.RuneSelf, r >= 0x3001 && r <= 0x3020, r >= 0x4e00 && r <= 0x9fff:
		return r, true
	case r >= 0xff01 && r <= 0xff5e:
		return plain(r - 0xfee0)
	}
	return 0, false
}
