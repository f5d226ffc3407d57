package pdf

import (
	"math"
	"strings"
	"unicode/utf8"
)

// row is what stands at one height, as cells from left to right.
type row struct {
	cells          []cell
	x0, x1, y0, y1 float64
	em             float64
}

type cell struct {
	x0, x1 float64
	text   string
}

// layout makes lines of glyphs. It remembers the last table: it may go on.
type layout struct {
	tables  int
	columns []span // of the last table
	between int    // lines since its last row
}

// read is the text of one page, from top to bottom.
func (l *layout) read(glyphs []glyph) []Line {
	rows := rowsOf(glyphs)
	var lines []Line
	var text []row // paragraphs so far
	for i := 0; i < len(rows); {
		n := i + 1
		for n < len(rows) && (len(rows[n].cells) > 1) == (len(rows[i].cells) > 1) {
			n++
		}
		if len(rows[i].cells) > 1 {
			n = max(n, i+region(rows[i:]))
		}
		part := rows[i:n]
		i = n
		if len(part[0].cells) == 1 {
			text = append(text, part...)
			l.between += len(part)
			continue
		}
		columns, isTable := columnsOf(part)
		switch {
		case l.goesOn(columns, part):
		case isTable && !isText(part, columns):
			l.tables++
			l.columns = columns
		default:
			if isTable {
				part = inColumns(part, columns)
			}
			for _, r := range part {
				text = append(text, r.joined())
			}
			l.between += len(part)
			continue
		}
		lines = append(append(lines, paragraphs(text, rows)...), l.table(part)...)
		text, l.between = nil, 0
	}
	return append(lines, paragraphs(text, rows)...)
}

// joined is a row as one cell.
func (r row) joined() row {
	if len(r.cells) == 1 {
		return r
	}
	var text strings.Builder
	for i, c := range r.cells {
		if i > 0 && c.x0-r.cells[i-1].x1 > cellGap*r.em {
			text.WriteString("  ")
		}
		text.WriteString(c.text)
	}
	r.cells = []cell{{r.x0, r.x1, text.String()}}
	return r
}

// maxParagraph is how many bytes the lines of a paragraph make together.
const maxParagraph = 12_000

// paragraphs joins rows of text that run on: what reaches the right edge of the
// page and is followed by what begins no farther right.
func paragraphs(rows, page []row) []Line {
	edge := math.Inf(-1)
	for _, r := range page {
		edge = max(edge, r.x1)
	}
	var lines []Line
	for i, r := range rows {
		text := r.cells[0].text
		if i > 0 && len(lines[len(lines)-1].Cells[0]) < maxParagraph && runsOn(rows[i-1], r, edge) {
			last := &lines[len(lines)-1].Cells[0]
			before, _ := utf8.DecodeLastRuneInString(*last)
			after, _ := utf8.DecodeRuneInString(text)
			if isASCII(before) && isASCII(after) {
				text = " " + text
			}
			*last += text
			continue
		}
		lines = append(lines, Line{Cells: []string{text}})
	}
	return lines
}

func runsOn(a, b row, edge float64) bool {
	return a.x1 > edge-2*a.em && b.x0 < a.x0+0.6*a.em && math.Abs(a.em-b.em) < 0.2*a.em &&
		a.y0-b.y1 < 1.2*a.em && a.y0 > b.y0
}
