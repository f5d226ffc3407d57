package movein

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// unwrapLayout takes out the tables by which old sites place things on a page: those
// of one cell that says something, and those around other tables that never say two
// things in one row. Their cells stay as blocks. What is left are tables of figures.
func unwrapLayout(body *html.Node) {
	tables := elements(body, atom.Table)
	for i := len(tables) - 1; i >= 0; i-- { // the inner ones first
		cells, widest := cellsOf(tables[i])
		if len(cells) > 1 && (widest > 1 || !holdsTable(tables[i])) {
			continue
		}
		for _, cell := range cells {
			block := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
			for c := cell.FirstChild; c != nil; c = cell.FirstChild {
				cell.RemoveChild(c)
				block.AppendChild(c)
			}
			tables[i].Parent.InsertBefore(block, tables[i])
		}
		drop(tables[i])
	}
}

// cellsOf are the cells of a table itself that say something, and how many of them
// the widest row has.
func cellsOf(table *html.Node) (cells []*html.Node, widest int) {
	row := func(n *html.Node) {
		wide := 0
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if (c.DataAtom == atom.Td || c.DataAtom == atom.Th) && saysSomething(c) {
				cells = append(cells, c)
				wide++
			}
		}
		widest = max(widest, wide)
	}
	for section := table.FirstChild; section != nil; section = section.NextSibling { // the parser puts every row into one
		for c := section.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Tr {
				row(c)
			}
		}
	}
	return cells, widest
}

func holdsTable(n *html.Node) bool {
	for c := range n.Descendants() {
		if c.DataAtom == atom.Table {
			return true
		}
	}
	return false
}

func saysSomething(n *html.Node) bool {
	for c := range n.Descendants() {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" && !unread(c.Parent):
			return true
		case c.DataAtom == atom.Img || c.DataAtom == atom.Iframe || c.DataAtom == atom.Embed || c.DataAtom == atom.Object || c.DataAtom == atom.A:
			return true
		}
	}
	return false
}
