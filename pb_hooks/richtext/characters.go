package richtext

import "unicode/utf8"

type character int

const (
	ordinary  character = iota
	blank               // collapses
	wideBlank           // no-break or ideographic space: kept between words
	invisible           // dropped: control, zero width, and bidirectional overrides that can disguise a text
)

// suspect marks the bytes with which a character that is not ordinary may begin.
var suspect = func() (t [256]bool) {
	for c := range 0x21 {
		t[c] = true
	}
	for _, c := range []byte{0x7F, 0xC2, 0xE2, 0xE3, 0xEF} {
		t[c] = true
	}
	return t
}()

// classify tells the kind of the first character of s and its length.
func classify(s string) (character, int) {
	r, size := utf8.DecodeRuneInString(s)
	return kindOf(r), size
}

func kindOf(r rune) character {
	switch {
	case r == ' ' || '\t' <= r && r <= '\r' || r == '\u2028' || r == '\u2029':
		return blank
	case r == '\u00A0' || r == '\u3000':
		return wideBlank
	case r < ' ' || 0x7F <= r && r < 0xA0 || r == '\u200B' || r == '\u2060' || r == '\uFEFF' ||
		'\u202A' <= r && r <= '\u202E' || '\u2066' <= r && r <= '\u2069' || r == 0xFFFE || r == 0xFFFF:
		return invisible
	}
	return ordinary
}

// isWide reports whether r is written without spaces around it: Chinese characters and punctuation.
func isWide(r rune) bool { return r >= 0x2E80 && r < 0xAC00 || r >= 0xF900 && r < 0xFFE0 }

// text writes the text s: white space collapsed, blanks at the ends of a paragraph and invisible characters dropped.
func (o *writer) text(s string) {
	for len(s) > 0 {
		n := 0
		for n < len(s) {
			if suspect[s[n]] {
				if kind, size := classify(s[n:]); kind == ordinary {
					n += size
					continue
				}
				break
			}
			n++
		}
		o.characters(s[:n])
		s = o.gap(s[n:])
	}
}

// gap takes the blanks and invisible characters from the front of s.
func (o *writer) gap(s string) string {
	for len(s) > 0 {
		kind, size := classify(s)
		switch kind {
		case ordinary:
			return s
		case blank:
			o.blank(s[0] == '\n' || s[0] == '\r')
		case wideBlank:
			n := size
			for kind, size = classify(s[n:]); kind == wideBlank; kind, size = classify(s[n:]) {
				n += size
			}
			size = n
			if n > len("\u3000") && o.wants("u") { // an underlined blank to fill in: 班级：____
				o.characters(s[:n])
			} else if o.inLeaf && o.breaks == 0 {
				o.space, o.wrapped = append(o.space, s[:n]...), false
			}
		}
		s = s[size:]
	}
	return s
}

func (o *writer) blank(lineEnd bool) {
	switch {
	case !o.inLeaf || o.breaks > 0:
	case len(o.space) == 0:
		o.space, o.wrapped = append(o.space, ' '), lineEnd
	case len(o.space) == 1:
		o.wrapped = o.wrapped || lineEnd
	case o.space[len(o.space)-1] != ' ':
		o.space = append(o.space, ' ')
	}
}

// characters writes s, which has no white space to collapse, escaped.
func (o *writer) characters(s string) {
	if s == "" {
		return
	}
	first, _ := utf8.DecodeRuneInString(s)
	o.ready(first)
	o.last, _ = utf8.DecodeLastRuneInString(s)
	from := 0
	for i := 0; i < len(s); i++ {
		if escape := escapes[s[i]]; escape != "" {
			o.buf = append(append(o.buf, s[from:i]...), escape...)
			from = i + 1
		}
	}
	o.buf = append(o.buf, s[from:]...)
}

// escapes is what html.EscapeString writes, so that the policy finds nothing left to do.
var escapes = [256]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&#34;", '\'': "&#39;"}
