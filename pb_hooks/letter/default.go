package letter

import (
	"embed"
	"encoding/xml"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"gongkai/pb_hooks/foi"
)

// skeleton is what all default templates share, under the names it has in the file:
// types, relations, styles, the page number. "all" takes in .rels.
//
//go:embed all:parts
var skeleton embed.FS

// A4 with the margins of an official document (GB/T 9704: 37 mm above, 28 mm left,
// text 156 × 225 mm), in twentieths of a point.
const page = `<w:sectPr><w:footerReference w:type="default" r:id="footer"/><w:pgSz w:w="11906" w:h="16838"/>` +
	`<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1247" w:gutter="0"/></w:sectPr>`

const textWidth = 11906 - 1588 - 1474

// styles of lines, by their names in parts/word/styles.xml.
var styles = map[foi.LineStyle]string{foi.LineBody: "Body", foi.LineTo: "To", foi.LineHead: "Head", foi.LineNote: "Note", foi.LineCut: "Cut"}

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
	var parts []part
	err = fs.WalkDir(skeleton, "parts", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := skeleton.ReadFile(name)
		parts = append(parts, part{strings.TrimPrefix(name, "parts/"), data})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the skeleton: %w", err)
	}
	document := xml.Header + `<w:document xmlns:w="` + wordNames + `" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>` +
		body(l) + page + `</w:body></w:document>`
	return pack(append(parts, part{"word/document.xml", []byte(document)}))
}

func body(l foi.Letter) string {
	var b strings.Builder
	if l.Sealed {
		b.WriteString(paragraphOf("RedHead", "{{落款单位}}") + paragraphOf("Number", "{{文号}}") + paragraphOf("Title", l.Title))
	} else {
		b.WriteString(paragraphOf("PlainHead", "{{落款单位}}") + paragraphOf("Title", l.Title) + paragraphOf("PlainNumber", "{{文号}}"))
	}
	lines := l.Lines()
	for i := 0; i < len(lines); i++ {
		switch line := lines[i]; line.Style {
		case foi.LineSeal:
			b.WriteString(paragraphOf("SealSpace", "") + paragraphOf("Issuer", "{{落款单位}}") + paragraphOf("Date", "{{日期}}"))
		case foi.LineRow:
			rows := 1
			for i+rows < len(lines) && lines[i+rows].Style == foi.LineRow {
				rows++
			}
			b.WriteString(table(lines[i : i+rows]))
			i += rows - 1
		default:
			// the signature never stands alone on a page
			beforeSeal := i+1 < len(lines) && lines[i+1].Style == foi.LineSeal
			b.WriteString(paragraphOf(styles[line.Style], line.Text, beforeSeal))
		}
	}
	return b.String()
}

// paragraphOf is one line in a style, on one page with the next if asked. The hint is
// for what is in Chinese and Latin fonts alike: “ ”, □.
func paragraphOf(style, text string, keep ...bool) string {
	properties := `<w:pStyle w:val="` + style + `"/>`
	if slices.Contains(keep, true) {
		properties += `<w:keepNext/>`
	}
	run := ""
	if text != "" {
		run = `<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">` + escape(text) + `</w:t></w:r>`
	}
	return `<w:p><w:pPr>` + properties + `</w:pPr>` + run + `</w:p>`
}

// Widths of a table of labels and values, in twentieths of a point. A row of two
// cells spans the last three columns with its value.
var grid = []int{1900, 2900, 1300, textWidth - 1900 - 2900 - 1300}

// What is written by hand needs room, in twentieths of a point.
const rowHeight, handHeight = 560, 1000

func table(rows []foi.Line) string {
	var b strings.Builder
	b.WriteString(`<w:tbl><w:tblPr>` + twips("tblW", textWidth) + `<w:jc w:val="center"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="6" w:space="0" w:color="000000"/>`)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>` + twips("top", 60) + twips("left", 90) + twips("bottom", 60) + twips("right", 90) +
		`</w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, width := range grid {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, width)
	}
	b.WriteString(`</w:tblGrid>`)
	for i, row := range rows {
		b.WriteString(rowOf(row.Cells, i < len(rows)-1))
	}
	b.WriteString(`</w:tbl>`)
	return b.String()
}

// rowOf is a row, on one page with the next if asked: a part to be sent back is one
// piece of paper.
func rowOf(cells []string, keep bool) string {
	height := rowHeight
	if len(cells) == 2 && cells[1] == "" {
		height = handHeight
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="%d" w:hRule="atLeast"/></w:trPr>`, height)
	for i, text := range cells {
		style, width, span := "Label", grid[i], ""
		if i%2 == 1 {
			style = "Value"
		}
		if i == 1 && len(cells) == 2 {
			width, span = textWidth-grid[0], `<w:gridSpan w:val="3"/>`
		}
		b.WriteString(`<w:tc><w:tcPr>` + twips("tcW", width) + span + `<w:vAlign w:val="center"/></w:tcPr>` + paragraphOf(style, text, keep) + `</w:tc>`)
	}
	b.WriteString(`</w:tr>`)
	return b.String()
}

func twips(name string, width int) string {
	return fmt.Sprintf(`<w:%s w:w="%d" w:type="dxa"/>`, name, width)
}
