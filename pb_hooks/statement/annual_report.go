package statement

import (
	"fmt"
	"html"
	"strings"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/docx"
	"gongkai/pb_hooks/foi"
)

// Styles of the pieces of a report, by their names in styles.xml.
const (
	pieceTitle   = "Title"
	piecePart    = "Part"
	pieceSection = "Section"
	pieceText    = "Text"
	pieceTable   = ""
	pieceNote    = "Note"
	pieceIssuer  = "Issuer"
	pieceDate    = "Date"
)

// piece is a paragraph or a table of a report: its HTML and its document are drawn
// from the same list.
type piece struct {
	style, text string
	table       block
}

// piecesOf are the paragraphs and tables of a report in the order of the form,
// without its title.
func piecesOf(r annual.Report) []piece {
	list := []piece{{style: pieceText, text: fmt.Sprintf("本报告根据《中华人民共和国政府信息公开条例》第四十九条、第五十条编制，格式参照《中华人民共和国政府信息公开工作年度报告格式》"+
		"（国办公开办函〔2021〕30号）。统计期间为%d年1月1日至12月31日。", r.Year)}}
	tables := tablesOf(r)
	for _, part := range annual.Parts() {
		list = append(list, piece{style: piecePart, text: part.Title})
		for _, s := range part.Sections {
			said := paragraphs(r.Sentences(s.Key), r.Texts[s.Key])
			if s.Fewest == 0 && len(said) == 0 {
				continue
			}
			if len(part.Sections) > 1 {
				list = append(list, piece{style: pieceSection, text: s.Title})
			}
			if len(said) == 0 {
				said = []piece{{style: pieceText, text: "（还没有写）"}}
			}
			list = append(list, said...)
		}
		for _, name := range part.Tables {
			list = append(list, piece{style: pieceTable, table: tables[name]})
		}
	}
	if !r.Frozen {
		list = append(list, piece{style: pieceNote, text: "注：年度数字还没有冻结，以冻结后的为准。"})
	}
	return append(list, piece{style: pieceIssuer, text: line(r.Issuer)}, piece{style: pieceDate, text: foi.LetterDate(r.Made)})
}

// paragraphs are the lines of texts.
func paragraphs(texts ...string) (list []piece) {
	for _, text := range texts {
		for said := range strings.Lines(docx.Clean(text)) {
			if said = strings.TrimSpace(said); said != "" {
				list = append(list, piece{style: pieceText, text: said})
			}
		}
	}
	return list
}

// ReportDocx is an annual report as a document, in the order of the form. The same
// report gives the same bytes. Errors are those of Xlsx.
func ReportDocx(r annual.Report) ([]byte, error) {
	if err := dataOf(r).check(); err != nil {
		return nil, err
	}
	return documentOf(r.Demo, append([]piece{{style: pieceTitle, text: line(r.Title())}}, piecesOf(r)...))
}

func documentOf(demo bool, pieces []piece) ([]byte, error) {
	d := docx.Document{Styles: styles, Page: page, Footer: docx.PageNumber()}
	if demo {
		d.Body = []docx.Node{docx.Paragraph("Demo", demoNotice)}
		d.Header = []docx.Node{docx.Paragraph("Demo", demoMark)}
	}
	for _, p := range pieces {
		if p.style != pieceTable {
			d.Body = append(d.Body, docx.Paragraph(p.style, p.text))
			continue
		}
		d.Body = append(d.Body, docx.Paragraph("Caption", p.table.caption), docx.Table(p.table.grid, docx.Padding{Above: 20, Beside: 30}, p.table.rowsOf()...))
	}
	return d.Bytes()
}

// tagsOf are the elements of HTML by style; a title stands over an article anyway.
var tagsOf = map[string]string{piecePart: "h2", pieceSection: "h3", pieceText: "p", pieceNote: "p", pieceIssuer: `p align="right"`, pieceDate: `p align="right"`}

// ReportHTML is an annual report as the text of an article. Errors are those of Xlsx.
func ReportHTML(r annual.Report) (string, error) {
	if err := dataOf(r).check(); err != nil {
		return "", err
	}
	var b strings.Builder
	for _, p := range piecesOf(r) {
		if p.style == pieceTable {
			b.WriteString(p.table.html())
			continue
		}
		tag := tagsOf[p.style]
		fmt.Fprintf(&b, "<%s>%s</%s>", tag, html.EscapeString(p.text), strings.Fields(tag)[0])
	}
	return b.String(), nil
}

// html is a table with its caption; what names a row or a column is a th.
func (b block) html() string {
	var out strings.Builder
	fmt.Fprintf(&out, "<table><caption>%s</caption>", html.EscapeString(line(b.caption)))
	for _, section := range []struct {
		tag  string
		rows [][]cell
	}{{"thead", b.heads}, {"tbody", b.rows}} {
		if len(section.rows) == 0 {
			continue
		}
		fmt.Fprintf(&out, "<%s>", section.tag)
		for _, cells := range section.rows {
			out.WriteString("<tr>")
			for _, c := range cells {
				out.WriteString(c.html())
			}
			out.WriteString("</tr>")
		}
		fmt.Fprintf(&out, "</%s>", section.tag)
	}
	return out.String() + "</table>"
}

func (c cell) html() string {
	tag, scope, group := "th", "col", c.across > 1
	switch c.look {
	case lookFigure:
		tag, scope, group = "td", "", false
	case lookLabel:
		scope, group = "row", c.down > 1
	}
	start := tag
	if c.across > 1 {
		start += fmt.Sprintf(` colspan="%d"`, c.across)
	}
	if c.down > 1 {
		start += fmt.Sprintf(` rowspan="%d"`, c.down)
	}
	if group {
		scope += "group"
	}
	if scope != "" {
		start += ` scope="` + scope + `"`
	}
	if c.look == lookFigure {
		start += ` align="center"`
	}
	return "<" + start + ">" + html.EscapeString(strings.ReplaceAll(c.shown(), "\n", "")) + "</" + tag + ">"
}

// ReportTables are the tables of a report as HTML, by their names in its parts.
func ReportTables(r annual.Report) map[string]string {
	drawn := map[string]string{}
	for name, table := range tablesOf(r) {
		drawn[name] = table.html()
	}
	return drawn
}
