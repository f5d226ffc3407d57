package docx

import (
	"strconv"
	"strings"
)

// Cell is a cell of a table; its lines become paragraphs.
type Cell struct {
	Style, Text string
	Span        int // columns of the grid; 0 is one
	Down        int // rows; 0 is one. The rows below leave the place out
}

// Row is a row of cells.
type Row struct {
	Cells   []Cell
	Heading bool // repeated on every page
	Whole   bool // never broken over two pages
	Joined  bool // on one page with the next row
	Height  int  // at least, in twentieths of a point; 0 is as the text needs
}

// Padding is the space between the border of a cell and its text, in twentieths of
// a point.
type Padding struct{ Above, Beside int }

// Table draws borders around everything. The grid is the widths of its columns in
// twentieths of a point; the cells of a row, and those that reach down into it, fill
// it.
func Table(grid []int, padding Padding, rows ...Row) Node {
	borders := Element("w:tblBorders")
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		borders.Nodes = append(borders.Nodes, valued("w:"+side, "single").With("w:sz", "6", "w:space", "0", "w:color", "000000"))
	}
	margins := Element("w:tblCellMar", twips("w:top", padding.Above), twips("w:left", padding.Beside), twips("w:bottom", padding.Above), twips("w:right", padding.Beside))
	columns := Element("w:tblGrid")
	for _, w := range grid {
		columns.Nodes = append(columns.Nodes, Element("w:gridCol").With("w:w", strconv.Itoa(w)))
	}
	t := Element("w:tbl", Element("w:tblPr", twips("w:tblW", sum(grid)), valued("w:jc", "center"), borders, Element("w:tblLayout").With("w:type", "fixed"), margins), columns)
	above := make([]reaching, len(grid))
	for _, r := range rows {
		t.Nodes = append(t.Nodes, r.node(grid, above))
	}
	return t
}

// reaching is a cell that reaches down into the rows to come, at its first column.
type reaching struct {
	cell Cell
	left int // rows
}

func (r Row) node(grid []int, above []reaching) Node {
	properties := Element("w:trPr")
	if r.Whole || r.Heading {
		properties.Nodes = append(properties.Nodes, Element("w:cantSplit"))
	}
	if r.Height > 0 {
		properties.Nodes = append(properties.Nodes, valued("w:trHeight", strconv.Itoa(r.Height)).With("w:hRule", "atLeast"))
	}
	if r.Heading {
		properties.Nodes = append(properties.Nodes, Element("w:tblHeader"))
	}
	tr, cells := Element("w:tr", properties), r.Cells
	for at := 0; at < len(grid); {
		var c Cell
		merge := ""
		switch {
		case above[at].left > 0:
			c, merge = Cell{Style: above[at].cell.Style, Span: above[at].cell.Span}, "continue"
			above[at].left--
		case len(cells) == 0:
			return tr
		default:
			c, cells = cells[0], cells[1:]
			if c.Down > 1 {
				merge, above[at] = "restart", reaching{c, c.Down - 1}
			}
		}
		span := max(c.Span, 1)
		tr.Nodes = append(tr.Nodes, c.node(sum(grid[at:at+span]), merge, r.Joined || r.Heading))
		at += span
	}
	return tr
}

func (c Cell) node(width int, merge string, joined bool) Node {
	about := Element("w:tcPr", twips("w:tcW", width))
	if c.Span > 1 {
		about.Nodes = append(about.Nodes, valued("w:gridSpan", strconv.Itoa(c.Span)))
	}
	if merge != "" {
		about.Nodes = append(about.Nodes, valued("w:vMerge", merge))
	}
	about.Nodes = append(about.Nodes, valued("w:vAlign", "center"))
	td := Element("w:tc", about)
	for _, line := range strings.Split(Clean(c.Text), "\n") {
		p := Paragraph(c.Style, line)
		if joined {
			p = p.Joined()
		}
		td.Nodes = append(td.Nodes, p)
	}
	return td
}

func sum(widths []int) int {
	total := 0
	for _, w := range widths {
		total += w
	}
	return total
}

func twips(name string, width int) Node {
	return Element(name).With("w:w", strconv.Itoa(width), "w:type", "dxa")
}
