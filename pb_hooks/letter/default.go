package letter

import (
	_ "embed"

	"gongkai/pb_hooks/docx"
	"gongkai/pb_hooks/foi"
)

//go:embed styles.xml
var styles []byte

// page is A4 with the margins of an official document (GB/T 9704: 37 mm above, 28 mm
// left, text 156 × 225 mm), in twentieths of a point.
var page = docx.Page{Width: docx.A4Short, Height: docx.A4Long, Top: 2098, Right: 1474, Bottom: 1984, Left: 1588, Header: 851, Footer: 1247}

const textWidth = docx.A4Short - 1588 - 1474

// lineStyles are the styles of lines, by their names in styles.xml.
var lineStyles = map[foi.LineStyle]string{foi.LineBody: "Body", foi.LineTo: "To", foi.LineHead: "Head", foi.LineNote: "Note", foi.LineCut: "Cut"}

// Default is the template of a kind of letter as a .docx file for a word processor,
// made from the default text: A4, red head with the number under it, title, text,
// room for the seal, issuer and date. Forms that stay in the house have no red head.
// The same kind gives the same bytes. The only error of a known kind is that the
// program is broken.
func Default(kind foi.LetterKind) ([]byte, error) {
	l, err := foi.FindLetter(kind)
	if err != nil {
		return nil, err
	}
	return docx.Document{Styles: styles, Page: page, Body: body(l), Footer: docx.PageNumber()}.Bytes()
}

func body(l foi.Letter) []docx.Node {
	nodes := []docx.Node{docx.Paragraph("PlainHead", "{{落款单位}}"), docx.Paragraph("Title", l.Title), docx.Paragraph("PlainNumber", "{{文号}}")}
	if l.Sealed {
		nodes = []docx.Node{docx.Paragraph("RedHead", "{{落款单位}}"), docx.Paragraph("Number", "{{文号}}"), docx.Paragraph("Title", l.Title)}
	}
	lines := l.Lines()
	for i := 0; i < len(lines); i++ {
		switch line := lines[i]; line.Style {
		case foi.LineSeal:
			nodes = append(nodes, docx.Paragraph("SealSpace", ""), docx.Paragraph("Issuer", "{{落款单位}}"), docx.Paragraph("Date", "{{日期}}"))
		case foi.LineRow:
			rows := 1
			for i+rows < len(lines) && lines[i+rows].Style == foi.LineRow {
				rows++
			}
			nodes = append(nodes, table(lines[i:i+rows]))
			i += rows - 1
		default:
			p := docx.Paragraph(lineStyles[line.Style], line.Text)
			if i+1 < len(lines) && lines[i+1].Style == foi.LineSeal {
				p = p.Joined() // the signature never stands alone on a page
			}
			nodes = append(nodes, p)
		}
	}
	return nodes
}

// Widths of a table of labels and values, in twentieths of a point. A row of two
// cells spans the last three columns with its value.
var grid = []int{1900, 2900, 1300, textWidth - 1900 - 2900 - 1300}

// What is written by hand needs room, in twentieths of a point.
const rowHeight, handHeight = 560, 1000

// table is one piece of paper where it can be: a part to be sent back is not torn.
func table(lines []foi.Line) docx.Node {
	var rows []docx.Row
	for i, line := range lines {
		row := docx.Row{Whole: true, Joined: i < len(lines)-1, Height: rowHeight}
		for i, text := range line.Cells {
			style := "Label"
			if i%2 == 1 {
				style = "Value"
			}
			row.Cells = append(row.Cells, docx.Cell{Style: style, Text: text})
		}
		if len(row.Cells) == 2 {
			row.Cells[1].Span = 3
			if line.Cells[1] == "" {
				row.Height = handHeight
			}
		}
		rows = append(rows, row)
	}
	return docx.Table(grid, docx.Padding{Above: 60, Beside: 90}, rows...)
}
