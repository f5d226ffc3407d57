package richtext

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// table walks a table. The parser has put rows into sections and cells into rows; anything else in between is gone.
func (w *walker) table(n *html.Node) {
	if w.out.isFull() || !hasCell(n) {
		w.block(n, "")
		return
	}
	w.out.open(container{tag: "table", start: "<table>" + caption(n)})
	for section := n.FirstChild; section != nil; section = section.NextSibling {
		switch section.DataAtom {
		case atom.Thead, atom.Tbody, atom.Tfoot:
			w.out.open(container{tag: section.Data, start: "<" + section.Data + ">"})
			w.rows(section)
			w.out.close()
		}
	}
	w.out.close()
}

func (w *walker) rows(section *html.Node) {
	for row := section.FirstChild; row != nil; row = row.NextSibling {
		if row.DataAtom != atom.Tr {
			continue
		}
		w.out.open(container{tag: "tr", start: "<tr>"})
		for cell := row.FirstChild; cell != nil; cell = cell.NextSibling {
			if cell.DataAtom == atom.Td || cell.DataAtom == atom.Th {
				w.cell(cell)
			}
		}
		w.out.close()
	}
}

func (w *walker) cell(n *html.Node) {
	start := "<" + n.Data + number(n, "colspan", 2, 999) + number(n, "rowspan", 2, 999)
	if n.DataAtom == atom.Th {
		switch scope := strings.ToLower(attribute(n, "scope")); scope {
		case "row", "col", "rowgroup", "colgroup":
			start += ` scope="` + scope + `"`
		}
	}
	if align, _ := alignment(n); align != "" {
		start += ` align="` + align + `"`
	}
	w.out.open(container{tag: n.Data, start: start + ">"})
	w.out.write() // an empty cell still holds its place
	w.children(n)
	w.out.close()
}

// caption returns the table's first caption as plain text, or nothing.
func caption(table *html.Node) string {
	for n := table.FirstChild; n != nil; n = n.NextSibling {
		if n.DataAtom != atom.Caption {
			continue
		}
		plain := walker{}
		plain.children(n)
		text := strings.Join(strings.Fields(Text(plain.out.finish())), " ")
		if text == "" {
			return ""
		}
		return "<caption>" + html.EscapeString(text) + "</caption>"
	}
	return ""
}

func hasCell(table *html.Node) bool {
	for section := table.FirstChild; section != nil; section = section.NextSibling {
		for row := section.FirstChild; row != nil; row = row.NextSibling {
			for cell := row.FirstChild; cell != nil; cell = cell.NextSibling {
				if cell.DataAtom == atom.Td || cell.DataAtom == atom.Th {
					return true
				}
			}
		}
	}
	return false
}
