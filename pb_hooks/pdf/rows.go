package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Gaps between characters, in the width of a Han character.
const (
	wordGap   = 0.2  // between words of letters and digits
	weakGap   = 0.18 // between cells, where the rows beside have one there, too
	mixedGap  = 0.3  // the same between Han and Latin: a quarter is what Word puts there
	cellGap   = 0.7  // between cells, where no space is drawn
	spacedGap = 1.8  // the same where spaces are drawn: 李　明 is one cell
	commonGap = 0.12 // what weak gaps of two rows must share
	beside    = 3    // rows above and below that are looked at
)

// band is the characters at one height, from left to right, without spaces.
type band struct {
	glyphs []glyph
	ends   []float64 // how far right the characters reach so far
	spaced []bool    // a space is drawn before this one
	em     float64
	usual  float64 // the middle one of the gaps: text may be spread over a line
}

// rowsOf puts glyphs into rows, from top to bottom.
func rowsOf(glyphs []glyph) []row {
	glyphs = slices.Clone(glyphs)
	slices.SortStableFunc(glyphs, func(a, b glyph) int { return cmp.Compare(b.y0+b.y1, a.y0+a.y1) })
	var groups [][]glyph
	for _, g := range glyphs {
		best, most := -1, 0.5
		for i := max(0, len(groups)-8); i < len(groups); i++ {
			// what stands at a height is what overlaps with the highest of it
			if share := overlap(groups[i][0], g); share >= most {
				best, most = i, share
			}
		}
		if best < 0 {
			groups = append(groups, []glyph{g})
		} else {
			groups[best] = append(groups[best], g)
		}
	}
	var bands []band
	for _, g := range groups {
		if b := bandOf(g); len(b.glyphs) > 0 {
			bands = append(bands, b)
		}
	}
	rows := make([]row, len(bands))
	for i := range bands {
		rows[i] = bands[i].cut(slices.Concat(bands[max(0, i-beside):i], bands[i+1:min(len(bands), i+1+beside)]))
	}
	return rows
}

// overlap is how much of the lower of two glyphs stands at the height of the
// other.
func overlap(a, b glyph) float64 {
	lower := max(min(a.y1-a.y0, b.y1-b.y0), 1e-6)
	return (min(a.y1, b.y1) - max(a.y0, b.y0)) / lower
}

func bandOf(glyphs []glyph) band {
	slices.SortStableFunc(glyphs, func(a, b glyph) int { return cmp.Compare(a.x0, b.x0) })
	b := band{em: emOf(glyphs)}
	space, end := false, math.Inf(-1)
	var gaps []float64
	for _, g := range glyphs {
		if unicode.IsSpace(g.r) || g.r == 0xA0 {
			space = true
			continue
		}
		if n := len(b.glyphs); n > 0 {
			last := b.glyphs[n-1]
			if g.r == last.r && g.x0-last.x0 < 0.3*(last.x1-last.x0) {
				continue // drawn twice, for a shadow or in bold
			}
			gaps = append(gaps, max(0, g.x0-end))
		}
		end = max(end, g.x1)
		b.glyphs, b.ends, b.spaced = append(b.glyphs, g), append(b.ends, end), append(b.spaced, space)
		space = false
	}
	if len(gaps) > 0 {
		slices.Sort(gaps)
		b.usual = gaps[len(gaps)/2] / b.em
	}
	return b
}

// emOf is the width of a Han character: the middle one of those that are there,
// or by the height.
func emOf(glyphs []glyph) float64 {
	var han, heights []float64
	for _, g := range glyphs {
		heights = append(heights, g.y1-g.y0)
		if unicode.Is(unicode.Han, g.r) && g.x1 > g.x0 {
			han = append(han, g.x1-g.x0)
		}
	}
	if len(han) > 0 {
		slices.Sort(han)
		return max(han[len(han)/2], 1)
	}
	slices.Sort(heights)
	return max(0.9*heights[len(heights)/2], 1)
}

// cut makes cells of the characters, at the gaps between them.
func (b *band) cut(neighbours []band) row {
	r := row{em: b.em, y0: math.Inf(1), y1: math.Inf(-1), x0: b.glyphs[0].x0, x1: b.ends[len(b.ends)-1]}
	var text strings.Builder
	begin := 0 // of the cell
	for i, g := range b.glyphs {
		if i == 0 {
			r.cells = append(r.cells, cell{x0: g.x0})
		} else if i == begin+1 && b.isWideSpace(i) {
			text.WriteByte(' ')
		} else if b.isEdge(i, neighbours) {
			begin = i
			last := &r.cells[len(r.cells)-1]
			last.text, last.x1 = text.String(), b.ends[i-1]
			text.Reset()
			r.cells = append(r.cells, cell{x0: g.x0})
		} else if b.spaced[i] || b.gap(i) > wordGap && (isASCII(g.r) || isASCII(b.glyphs[i-1].r)) {
			text.WriteByte(' ')
		}
		text.WriteRune(g.r)
		r.y0, r.y1 = min(r.y0, g.y0), max(r.y1, g.y1)
	}
	last := &r.cells[len(r.cells)-1]
	last.text, last.x1 = text.String(), r.x1
	return r
}

// gap is how far a character stands from what is before it.
func (b *band) gap(i int) float64 { return (b.glyphs[i].x0 - b.ends[i-1]) / b.em }

// isWideSpace: a name of two characters is made as wide as one of three; the
// space itself need not be drawn.
func (b *band) isWideSpace(i int) bool {
	return math.Abs(b.gap(i)-1) < 0.06 && unicode.Is(unicode.Han, b.glyphs[i].r) && unicode.Is(unicode.Han, b.glyphs[i-1].r)
}

// isEdge: a cell begins with this character.
func (b *band) isEdge(i int, neighbours []band) bool {
	gap := b.gap(i)
	switch {
	case gap > spacedGap || gap > cellGap && !b.spaced[i]:
		return true
	case b.spaced[i] || gap < weakGap || gap < 3*b.usual+0.1:
		return false
	case gap < mixedGap && isASCII(b.glyphs[i].r) != isASCII(b.glyphs[i-1].r):
		return false
	}
	rows := 0
	for n := range neighbours {
		if neighbours[n].hasGap(b.ends[i-1], b.glyphs[i].x0, commonGap*b.em) {
			rows++
		}
	}
	return rows >= 2
}

// hasGap: between two characters there is nothing in a part of a span.
func (b *band) hasGap(x0, x1, least float64) bool {
	i, _ := slices.BinarySearchFunc(b.ends, x0+least, func(end, x float64) int { return cmp.Compare(end, x) })
	for i = max(i, 1); i < len(b.glyphs) && b.ends[i-1] < x1; i++ {
		if min(b.glyphs[i].x0, x1)-max(b.ends[i-1], x0) >= least {
			return true
		}
	}
	return false
}

func isASCII(r rune) bool { return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
