package statement

import (
	"slices"
	"strconv"
	"strings"

	"gongkai/pb_hooks/foi"
)

// sheet is one table to be drawn, the same on screen and on paper. Its cells lie on
// a grid as those of HTML do: a row leaves out what reaches down into it.
type sheet struct {
	tab    string // name of the sheet in a workbook
	title  string
	grid   []int // widths of columns, in twentieths of a point on paper
	labels int   // columns that stay in sight; 0 is none
	long   bool  // it may go on over several pages
	blocks []block
}

// block is a table in a sheet. Its heads stand over the rows on every page.
type block struct {
	caption     string
	heads, rows [][]cell
	grid        []int // where it is drawn without its sheet
}

type look int

const (
	lookHead   look = iota // of columns
	lookLabel              // of a row
	lookFigure             // a number, or the answer of a check
)

type cell struct {
	look         look
	text         string
	count        *int   // in the place of a text
	formula      string // what the text is the result of
	across, down int    // 0 is one
}

func head(text string, across, down int) cell {
	return cell{look: lookHead, text: text, across: across, down: down}
}

func label(text string, across, down int) cell {
	return cell{look: lookLabel, text: text, across: across, down: down}
}

func figure(f foi.Figure) cell { return cell{look: lookFigure, count: &f.Count} }

// fits is the answer of a check. Others are not printed: the figures are checked
// before. Whoever changes one in the workbook sees the formula say so.
const fits = "相符"

func fitting(condition string) cell {
	return cell{look: lookFigure, text: fits, formula: `IF(` + condition + `,"` + fits + `","不相符")`}
}

// shown is what stands in a cell.
func (c cell) shown() string {
	if c.count != nil {
		return strconv.Itoa(*c.count)
	}
	return c.text
}

// sheets are the tables in their order.
func (d Data) sheets() []sheet {
	list := []sheet{d.applications(), d.disputes()}
	if len(d.Schools) > 0 {
		list = append(list, d.schools())
	}
	return list
}

// firstRow is the row of a sheet, counted from 1, on which its first block begins:
// over it are the title, what it is about, and the notice of a demonstration.
const firstRow = 4

// place is one cell on the grid, counted from 0.
type place struct {
	cell
	row, column int
}

// places puts the cells of rows on the grid.
func places(rows [][]cell, columns int) []place {
	var list []place
	taken := make([]int, columns) // rows that a cell above still reaches down
	for row, cells := range rows {
		next := make([]int, columns)
		for column := range columns {
			next[column] = max(taken[column]-1, 0)
		}
		column := 0
		for _, c := range cells {
			for taken[column] > 0 {
				column++
			}
			c.across, c.down = max(c.across, 1), max(c.down, 1)
			list = append(list, place{c, row, column})
			for i := range c.across {
				next[column+i] = c.down - 1
			}
			column += c.across
		}
		taken = next
	}
	return list
}

// group is some lines of table 3 that belong together: a kind of outcome.
type group struct {
	name        string
	first, last int // rows, counted from 1
}

// resultGroups are the kinds of outcomes and their total, as the section of the
// results has them.
func resultGroups() []group {
	var groups []group
	for i, row := range foi.Table3Labels() {
		switch n := len(groups); {
		case row.Group == "":
		case n > 0 && groups[n-1].name == row.Group:
			groups[n-1].last = i + 1
		default:
			groups = append(groups, group{row.Group, i + 1, i + 1})
		}
	}
	return groups
}

// narrow is the name in lines of three characters at most, without what the form
// explains: （一） 予以 公开.
func (g group) narrow() string {
	number, name, _ := strings.Cut(g.name, "）")
	name, _, _ = strings.Cut(name, "（")
	return number + "）\n" + folded(name)
}

// folded is a name on two lines where its column is too narrow for one: 予以 公开.
func folded(name string) string {
	runes := []rune(name)
	if len(runes) <= 3 {
		return name
	}
	return string(runes[:2]) + "\n" + string(runes[2:])
}

// sumOf is what a table has in the rows of a group, in the column of the total.
func (g group) sumOf(t foi.ApplicationTable) foi.Figure {
	var sum foi.Figure
	for row := g.first; row <= g.last; row++ {
		sum.Count += t.At(row, foi.Table3Columns).Count
	}
	return sum
}

// same counts the rows from the first on of which something is the same.
func same(rows []foi.TableRow, of func(foi.TableRow) string) int {
	end := slices.IndexFunc(rows, func(r foi.TableRow) bool { return of(r) != of(rows[0]) })
	if end < 0 {
		return len(rows)
	}
	return end
}
