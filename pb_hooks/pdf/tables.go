package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

type span struct{ x0, x1 float64 }

const (
	// as many lines may stand between two parts of a table: the rest of a cell, the
	// foot of one page and the head of the next
	maxBetween = 4
	// cells of this many characters hold sentences, not values
	sentence = 12
	// two columns of lines as long as this are two columns of text
	column = 14
)

// table is what rows of the last table say. A cell of many characters is read
// as a sentence, too, with what stands beside it.
func (l *layout) table(rows []row) []Line {
	var lines []Line
	for n, r := range rows {
		cells := make([]string, len(l.columns))
		long := false
		for _, c := range r.cells {
			i := place(l.columns, c)
			if cells[i] != "" {
				cells[i] += " "
			}
			cells[i] += c.text
			long = long || utf8.RuneCountInString(c.text) >= sentence
		}
		lines = append(lines, Line{cells, l.tables})
		if long {
			lines = append(lines, Line{Cells: []string{r.joined().cells[0].text}})
		}
		if n > 0 {
			lines = append(lines, cutNumbers(rows[n-1], r)...)
		}
	}
	return lines
}

// cutNumbers are the numbers that a narrow cell broke in two.
func cutNumbers(above, below row) []Line {
	if !isTight(above, below) {
		return nil
	}
	var lines []Line
	for _, a := range above.cells {
		for _, b := range below.cells {
			n := len(a.text) + len(b.text)
			if min(a.x1, b.x1) > max(a.x0, b.x0) && len(a.text) > 5 && (n == 11 || n > 15 && n < 20) && isNumber(a.text) && isNumber(b.text) {
				lines = append(lines, Line{Cells: []string{a.text + b.text}})
			}
		}
	}
	return lines
}

// isNumber: digits, and what an identity number may end with.
func isNumber(s string) bool { return strings.Trim(s, "0123456789Xx") == "" }

// columnsOf are the columns of rows, and whether most rows keep to them. Narrow
// cells make the columns; a cell over two of them is a heading of both, unless
// they are never filled in the same row.
func columnsOf(rows []row) (columns []span, isTable bool) {
	type part struct {
		cell
		row int
	}
	var cells []part
	for i, r := range rows {
		for _, c := range r.cells {
			cells = append(cells, part{c, i})
		}
	}
	slices.SortStableFunc(cells, func(a, b part) int { return cmp.Compare(a.x1-a.x0, b.x1-b.x0) })
	var filled []map[int]bool // rows of each column
	for _, c := range cells {
		s, in := span{c.x0, c.x1}, map[int]bool{c.row: true}
		var keepSpans []span
		var keepFilled []map[int]bool
		heading := false
		for i, known := range columns {
			switch {
			case known.x0 >= c.x1 || known.x1 <= c.x0:
				keepSpans, keepFilled = append(keepSpans, known), append(keepFilled, filled[i])
			case shares(in, filled[i]):
				heading = true
			default:
				s = span{min(s.x0, known.x0), max(s.x1, known.x1)}
				for row := range filled[i] {
					in[row] = true
				}
			}
		}
		if !heading {
			columns, filled = append(keepSpans, s), append(keepFilled, in)
		}
	}
	slices.SortStableFunc(columns, func(a, b span) int { return cmp.Compare(a.x0, b.x0) })
	full, agree := 0, 0
	for _, r := range rows {
		if len(r.cells) > 1 {
			full++
			if r.fits(columns) {
				agree++
			}
		}
	}
	return columns, len(columns) > 1 && agree > 1 && agree*10 >= full*6
}

func shares(a, b map[int]bool) bool {
	for row := range a {
		if b[row] {
			return true
		}
	}
	return false
}

// region is how many rows from the first on may be one table: rows of more than
// one cell, and between them the rest of a cell that has several lines.
func region(rows []row) int {
	end := 1
	for n := 1; n < len(rows) && n-end < maxBetween; n++ {
		if rows[n-1].y0-rows[n].y1 > 3*rows[n].em {
			break
		}
		if len(rows[n].cells) > 1 {
			end = n + 1
		}
	}
	columns, isTable := columnsOf(rows[:end])
	for n := range end {
		if !isTable || len(rows[n].cells) == 1 && !rows[n].fits(columns) {
			return 0
		}
	}
	for end < len(rows) && len(rows[end].cells) == 1 && isNumber(rows[end].cells[0].text) && isTight(rows[end-1], rows[end]) && rows[end].fits(columns) {
		end++
	}
	return end
}

// isTight: the lower row is as near as the next line of the same text.
func isTight(above, below row) bool { return above.y0-below.y1 < 0.6*above.em }

// fits: each cell stands in or touches one column and no other, from left to
// right.
func (r row) fits(columns []span) bool {
	last := -1
	for _, c := range r.cells {
		i := place(columns, c)
		if i <= last || i > 0 && c.x0 < columns[i-1].x1 || i+1 < len(columns) && c.x1 > columns[i+1].x0 {
			return false
		}
		last = i
	}
	return true
}

// place is the column of a cell: the one it shares most with, or the nearest.
func place(columns []span, c cell) int {
	best, most := 0, math.Inf(-1)
	for i, s := range columns {
		share := min(s.x1, c.x1) - max(s.x0, c.x0) // negative: how far off
		if share > most {
			best, most = i, share
		}
	}
	return best
}

// goesOn reports whether rows are the next part of the last table. Its columns
// become as wide as what stands in them.
func (l *layout) goesOn(columns []span, rows []row) bool {
	if l.tables == 0 || l.between > maxBetween || len(columns) > len(l.columns) || len(rows) > 2 && len(columns) != len(l.columns) {
		return false
	}
	wider := slices.Clone(l.columns)
	for _, r := range rows {
		if !r.fits(wider) {
			return false
		}
		for _, c := range r.cells {
			i := place(wider, c)
			if c.x0 > l.columns[i].x1 || c.x1 < l.columns[i].x0 {
				return false
			}
			wider[i] = span{min(wider[i].x0, c.x0), max(wider[i].x1, c.x1)}
		}
	}
	l.columns = wider
	return true
}

// isText: two columns of long lines, as in a newspaper.
func isText(rows []row, columns []span) bool {
	if len(columns) != 2 {
		return false
	}
	letters := [2]int{}
	for _, r := range rows {
		for _, c := range r.cells {
			letters[place(columns, c)] += utf8.RuneCountInString(c.text)
		}
	}
	return min(letters[0], letters[1]) >= column*len(rows)
}

// inColumns is one column after the other.
func inColumns(rows []row, columns []span) []row {
	var parts []row
	for i := range columns {
		for _, r := range rows {
			part := r
			part.cells = nil
			for _, c := range r.cells {
				if place(columns, c) == i {
					part.cells = append(part.cells, c)
				}
			}
			if n := len(part.cells); n > 0 {
				part.x0, part.x1 = part.cells[0].x0, part.cells[n-1].x1
				parts = append(parts, part)
			}
		}
	}
	return parts
}
