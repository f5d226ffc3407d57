package pb_hooks

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"gongkai/pb_hooks/publication/scan"
)

// tableOfFacts is the number of the table of named fields; those of a body follow.
const tableOfFacts = 1

// factRows are the named fields of a version, as the rows of a table under
// their names.
func factRows(version *core.Record) ([]scan.Content, error) {
	var rows []map[string]string
	raw := version.GetString("facts")
	if raw == "" || raw == "null" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(raw), &rows); err != nil {
		return nil, err
	}
	var names []string
	for _, row := range rows {
		for name := range row {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	head := scan.Content{Table: tableOfFacts}
	for _, name := range names {
		head.Cells = append(head.Cells, scan.Cell{Place: fmt.Sprintf("栏目要素“%s”", name), Text: name})
	}
	list := []scan.Content{head}
	for i, row := range rows {
		c := scan.Content{Table: tableOfFacts}
		for _, name := range names {
			c.Cells = append(c.Cells, scan.Cell{Place: fmt.Sprintf("栏目要素第%d行“%s”", i+1, name), Text: row[name]})
		}
		list = append(list, c)
	}
	return list, nil
}

// bodyContent is the text of a body as a person reads it: paragraphs and items
// of lists, rows of tables, and last what links lead to and pictures are said
// to show.
func bodyContent(source string) []scan.Content {
	r := bodyReader{tables: tableOfFacts}
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case html.ErrorToken:
			r.end()
			return append(r.list, r.aside...)
		case html.TextToken:
			r.text.WriteString(strings.Join(strings.FieldsFunc(string(z.Text()), isLineEnd), " "))
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start(z.Token())
		case html.EndTagToken:
			r.close(z.Token().DataAtom)
		}
	}
}

// bodyReader gathers the content of a body that richtext has cleaned.
type bodyReader struct {
	list, aside []scan.Content
	text        strings.Builder
	paragraphs  int
	// of the table that is open
	tables, depth, rows int
	row                 []scan.Cell
	below               map[int]int // columns that a cell from above takes, and for how many rows
	wide                int         // columns of the cell that is open, 0: none is
}

var blocks = []atom.Atom{atom.P, atom.Div, atom.Section, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li,
	atom.Blockquote, atom.Hr, atom.Br, atom.Pre, atom.Caption, atom.Figure, atom.Figcaption}

func (r *bodyReader) start(t html.Token) {
	for _, a := range t.Attr {
		r.attribute(a)
	}
	switch t.DataAtom {
	case atom.Table:
		r.end()
		if r.depth++; r.depth == 1 {
			r.tables++
			r.rows, r.below = 0, map[int]int{}
		}
	case atom.Tr:
		r.endRow()
	case atom.Td, atom.Th:
		r.endCell()
		r.startCell(span(t, "colspan"), span(t, "rowspan"))
	default:
		if slices.Contains(blocks, t.DataAtom) {
			r.end()
		}
	}
}

func (r *bodyReader) close(tag atom.Atom) {
	switch tag {
	case atom.Td, atom.Th:
		r.endCell()
	case atom.Tr:
		r.endRow()
	case atom.Table:
		r.endRow()
		r.depth = max(0, r.depth-1)
	default:
		if slices.Contains(blocks, tag) {
			r.end()
		}
	}
}

// end ends a line: in a cell it parts what stands above and below, elsewhere it
// ends a paragraph.
func (r *bodyReader) end() {
	if r.wide > 0 {
		if r.text.Len() > 0 {
			r.text.WriteByte('\n')
		}
		return
	}
	text := strings.TrimSpace(r.text.String())
	r.text.Reset()
	if text != "" {
		r.paragraphs++
		r.list = append(r.list, scan.Content{Cells: []scan.Cell{{Place: fmt.Sprintf("正文第%d段", r.paragraphs), Text: text}}})
	}
}

func (r *bodyReader) startCell(columns, rows int) {
	r.fromAbove()
	if r.wide = columns; rows > 1 {
		for i := range columns {
			r.below[len(r.row)+i] = rows - 1
		}
	}
}

// fromAbove holds the places of cells that reach down from above.
func (r *bodyReader) fromAbove() {
	for r.below[len(r.row)] > 0 {
		r.below[len(r.row)]--
		r.cell("")
	}
}

func (r *bodyReader) cell(text string) {
	place := fmt.Sprintf("正文第%d个表格第%d行第%d列", r.tables-tableOfFacts, r.rows+1, len(r.row)+1)
	r.row = append(r.row, scan.Cell{Place: place, Text: text})
}

func (r *bodyReader) endCell() {
	if r.wide == 0 {
		r.end() // text between cells
		return
	}
	r.cell(strings.TrimSpace(r.text.String()))
	for range r.wide - 1 {
		r.cell("")
	}
	r.text.Reset()
	r.wide = 0
}

func (r *bodyReader) endRow() {
	r.endCell()
	if len(r.row) == 0 {
		return
	}
	r.fromAbove()
	r.list = append(r.list, scan.Content{Cells: r.row, Table: r.tables})
	r.rows, r.row = r.rows+1, nil
}

// span is over how many columns or rows a cell reaches.
func span(t html.Token, name string) int {
	for _, a := range t.Attr {
		if a.Key == name {
			n, _ := strconv.Atoi(a.Val)
			return min(max(n, 1), 100)
		}
	}
	return 1
}

// attribute reads what is not seen at once: where a link leads, what a picture shows.
func (r *bodyReader) attribute(a html.Attribute) {
	name, text := map[string]string{"href": "链接", "alt": "图片说明", "title": "提示"}[a.Key], a.Val
	if name == "" || strings.TrimSpace(text) == "" {
		return
	}
	if a.Key == "href" {
		if plain, err := url.PathUnescape(text); err == nil {
			text = plain
		}
	}
	place := fmt.Sprintf("正文第%d段的%s", r.paragraphs+1, name)
	if r.depth > 0 {
		place = fmt.Sprintf("正文第%d个表格第%d行的%s", r.tables-tableOfFacts, r.rows+1, name)
	}
	r.aside = append(r.aside, scan.Content{Cells: []scan.Cell{{Place: place, Text: text}}})
}

func isLineEnd(r rune) bool { return r == '\n' || r == '\r' }
