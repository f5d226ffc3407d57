package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Segment is a piece of the original text; Hit says that it is a word found.
type Segment struct {
	Text string
	Hit  bool
}

// Excerpt is part of a text around its first hit. Its segments together are
// that part, unchanged; CutBefore and CutAfter say that the text goes on.
type Excerpt struct {
	Segments            []Segment
	CutBefore, CutAfter bool
}

// Highlight divides a whole text into segments. The words are those of Words
// or of a Result.
func Highlight(text string, words []string) []Segment {
	f := fold(text)
	return f.segments(0, len(f.runes), f.find(words))
}

// Snippet returns an excerpt of about width characters, with the first hit
// after a quarter of it.
func Snippet(text string, words []string, width int) Excerpt {
	part, f, hits := text, folded{}, []span(nil)
	for enough := 1500; ; enough *= 3 {
		part = lines(text, enough)
		f = fold(part)
		hits = f.find(words)
		if len(part) == len(text) || len(hits) > 0 && len(f.runes) >= hits[0].to+width {
			break // what follows would not change the excerpt
		}
	}
	from, to := 0, min(max(width, 1), len(f.runes))
	if len(hits) > 0 {
		from = max(0, min(hits[0].from-width/4, len(f.runes)-width))
		to = min(max(from+width, hits[0].to), len(f.runes))
	}
	for from > 0 && f.inside(from) {
		from--
	}
	for to < len(f.runes) && f.inside(to) {
		to++
	}
	return Excerpt{Segments: f.segments(from, to, hits), CutBefore: from > 0, CutAfter: to < len(f.runes) || len(part) < len(text)}
}

// lines returns whole lines from the beginning of the text, of so many bytes or
// a little more. No word and no character goes across a line's end.
func lines(text string, bytes int) string {
	if bytes >= len(text) {
		return text
	}
	end := strings.IndexByte(text[bytes:], '\n')
	if end < 0 {
		return text
	}
	return text[:bytes+end]
}

// folded is a normalised text that knows where each character came from.
type folded struct {
	text  string
	runes []rune
	at    []int // where in text, one more for the end
}

// fold normalises like normalise. Characters that combine, or come apart, all
// keep the place where their piece of the text begins.
func fold(text string) folded {
	f := folded{text: text, runes: make([]rune, 0, len(text)/2), at: make([]int, 0, len(text)/2+1)}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		next := i + size
		c, ok := plain(r)
		if ok && next < len(text) {
			r, _ := utf8.DecodeRuneInString(text[next:])
			_, ok = plain(r)
		}
		if ok {
			f.runes, f.at = append(f.runes, c), append(f.at, i)
			i = next
			continue
		}
		next = i + max(size, norm.NFKC.NextBoundaryInString(text[i:], true))
		for _, r := range norm.NFKC.String(text[i:next]) {
			f.runes, f.at = append(f.runes, unicode.ToLower(r)), append(f.at, i)
		}
		i = next
	}
	f.at = append(f.at, len(text))
	return f
}

// inside says that a place among the runes is in the middle of a piece.
func (f *folded) inside(i int) bool { return f.at[i] == f.at[i-1] }

type span struct{ from, to int }

// find returns where words stand, from left to right, the longest of several,
// none over another, each widened to whole pieces of the text.
func (f *folded) find(words []string) []span {
	byFirst := map[rune][][]rune{}
	for _, word := range words {
		if w := []rune(word); len(w) > 0 {
			byFirst[w[0]] = append(byFirst[w[0]], w)
		}
	}
	var hits []span
	for i := 0; i < len(f.runes); i++ {
		longest := 0
		for _, w := range byFirst[f.runes[i]] {
			if len(w) > longest && hasPrefix(f.runes[i:], w) {
				longest = len(w)
			}
		}
		if longest == 0 {
			continue
		}
		hit := span{i, i + longest}
		for hit.from > 0 && f.inside(hit.from) {
			hit.from--
		}
		for hit.to < len(f.runes) && f.inside(hit.to) {
			hit.to++
		}
		hits = append(hits, hit)
		i = hit.to - 1
	}
	return hits
}

func hasPrefix(text, word []rune) bool {
	if len(text) < len(word) {
		return false
	}
	for i, r := range word {
		if text[i] != r {
			return false
		}
	}
	return true
}

// segments cuts the part between two places; a hit that is not whole in it is
// no hit.
func (f *folded) segments(from, to int, hits []span) []Segment {
	var segments []Segment
	add := func(until int, hit bool) {
		if until > from {
			segments = append(segments, Segment{f.text[f.at[from]:f.at[until]], hit})
			from = until
		}
	}
	for _, hit := range hits {
		if hit.from < from || hit.to > to {
			continue
		}
		add(hit.from, false)
		add(hit.to, true)
	}
	add(to, false)
	return segments
}
