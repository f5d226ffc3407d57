package statement

import (
	_ "embed"
	"slices"

	"gongkai/pb_hooks/docx"
	"gongkai/pb_hooks/foi"
)

//go:embed styles.xml
var styles []byte

// page is A4, in twentieths of a point. The margins are narrower than those of a
// letter, so that table 3 stands on one page.
var page = docx.Page{Width: docx.A4Short, Height: docx.A4Long, Top: 1588, Right: marginSide, Bottom: 1531, Left: marginSide, Header: 794, Footer: 851}

const (
	marginSide = 1247
	textWidth  = docx.A4Short - 2*marginSide
)

// Docx is the tables as a document, a page or more for each. The same data give the
// same bytes. Errors are those of Xlsx.
func Docx(d Data) ([]byte, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	body := []docx.Node{docx.Paragraph("Title", line(d.Issuer)+d.heading())}
	var header []docx.Node
	if d.Demo {
		body = append([]docx.Node{docx.Paragraph("Demo", demoNotice)}, body...)
		header = []docx.Node{docx.Paragraph("Demo", demoMark)}
	}
	for i, s := range d.sheets() {
		style := "Caption"
		if i > 0 {
			style = "CaptionOnNewPage"
		}
		body = append(body, docx.Paragraph(style, s.title))
		for _, about := range d.about() {
			body = append(body, docx.Paragraph("About", about))
		}
		for _, b := range s.blocks {
			if b.caption != "" {
				body = append(body, docx.Paragraph("Part", b.caption))
			}
			body = append(body, docx.Table(s.grid, docx.Padding{Above: 20, Beside: 30}, b.rowsOf()...))
		}
	}
	for _, note := range d.notes() {
		body = append(body, docx.Paragraph("Note", "注："+note))
	}
	body = append(body, docx.Paragraph("Issuer", line(d.Issuer)).Joined(), docx.Paragraph("Date", foi.LetterDate(d.Made)))
	return docx.Document{Styles: styles, Page: page, Body: body, Header: header, Footer: docx.PageNumber()}.Bytes()
}

// lookStyles are the styles of cells, by their names in styles.xml.
var lookStyles = map[look]string{lookHead: "Head", lookLabel: "Label", lookFigure: "Figure"}

func (b block) rowsOf() []docx.Row {
	var rows []docx.Row
	for i, cells := range slices.Concat(b.heads, b.rows) {
		row := docx.Row{Heading: i < len(b.heads), Whole: true}
		for _, c := range cells {
			row.Cells = append(row.Cells, docx.Cell{Style: lookStyles[c.look], Text: c.shown(), Span: c.across, Down: c.down})
		}
		rows = append(rows, row)
	}
	return rows
}
