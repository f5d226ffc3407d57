package scan_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"html"
	"strings"
	"testing"
	"unicode/utf16"
)

// part is one entry of a made file.
type part struct{ name, text string }

const header = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// packed writes parts as a zip.
func packed(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		e, err := w.Create(p.name)
		if err == nil {
			_, err = e.Write([]byte(p.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func relations(pairs ...string) string {
	var b strings.Builder
	b.WriteString(header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i+1 < len(pairs); i += 2 {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, i/2+1, pairs[i], pairs[i+1])
	}
	return b.String() + `</Relationships>`
}

func types(overrides ...string) string {
	var b strings.Builder
	b.WriteString(header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`)
	for i := 0; i+1 < len(overrides); i += 2 {
		fmt.Fprintf(&b, `<Override PartName="%s" ContentType="application/vnd.openxmlformats-officedocument.%s+xml"/>`, overrides[i], overrides[i+1])
	}
	return b.String() + `</Types>`
}

func core(author string) part {
	return part{"docProps/core.xml", header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>` + author + `</dc:creator></cp:coreProperties>`}
}

// docx is a Word file with this body.
func docx(t testing.TB, body string, more ...part) []byte {
	return packed(t, append([]part{
		{"[Content_Types].xml", types("/word/document.xml", "wordprocessingml.document.main")},
		{"_rels/.rels", relations("officeDocument", "word/document.xml")},
		{"word/document.xml", header + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`},
	}, more...)...)
}

func para(text string) string {
	return "<w:p><w:r><w:t>" + html.EscapeString(text) + "</w:t></w:r></w:p>"
}

func wordTable(rows ...[]string) string {
	var b strings.Builder
	b.WriteString("<w:tbl>")
	for _, row := range rows {
		b.WriteString("<w:tr>")
		for _, cell := range row {
			b.WriteString("<w:tc>" + para(cell) + "</w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	return b.String() + "</w:tbl>"
}

// book is an Excel file; sheets are given as name, state and the XML of the sheet.
func book(t testing.TB, sheets [][3]string, more ...part) []byte {
	names, rels := "", []string{}
	parts := []part{{"[Content_Types].xml", types("/xl/workbook.xml", "spreadsheetml.sheet.main")}, {"_rels/.rels", relations("officeDocument", "xl/workbook.xml")}}
	for i, s := range sheets {
		state := ""
		if s[1] != "" {
			state = ` state="` + s[1] + `"`
		}
		names += fmt.Sprintf(`<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, s[0], i+1, state, i+1)
		rels = append(rels, "worksheet", fmt.Sprintf("worksheets/sheet%d.xml", i+1))
		parts = append(parts, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), header + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + s[2] + `</worksheet>`})
	}
	parts = append(parts, part{"xl/workbook.xml", header + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>` + names + `</sheets></workbook>`},
		part{"xl/_rels/workbook.xml.rels", relations(rels...)})
	return packed(t, append(parts, more...)...)
}

// grid is the data of a sheet with inline strings; row attributes by number.
func grid(rows [][]string, attributes map[int]string) string {
	var b strings.Builder
	b.WriteString("<sheetData>")
	for i, row := range rows {
		fmt.Fprintf(&b, `<row r="%d"%s>`, i+1, attributes[i+1])
		for j, cell := range row {
			fmt.Fprintf(&b, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+j, i+1, html.EscapeString(cell))
		}
		b.WriteString("</row>")
	}
	return b.String() + "</sheetData>"
}

// deck is a presentation.
func deck(t testing.TB, slides []string, more ...part) []byte {
	parts := []part{{"[Content_Types].xml", types("/ppt/presentation.xml", "presentationml.presentation.main")},
		{"ppt/presentation.xml", header + `<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>`}}
	for i, s := range slides {
		parts = append(parts, part{fmt.Sprintf("ppt/slides/slide%d.xml", i+1), s})
	}
	return packed(t, append(parts, more...)...)
}

func slide(attributes, text string) string {
	return header + `<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` + attributes +
		`><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>` + text + `</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>`
}

// pdfFile is a PDF with Chinese text, one string a page; extra goes into the
// catalogue, info is the author.
func pdfFile(pages []string, catalogue, author string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(text string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), text)
	}
	stream := func(text string) string {
		return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(text), text)
	}
	b.WriteString("%PDF-1.7\n")
	kids := ""
	for i := range pages {
		kids += fmt.Sprintf("%d 0 R ", 7+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R " + catalogue + " >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(pages)))
	object("<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>")
	object("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>")
	object(stream("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n" + sameCodes() + "endcmap"))
	object("<< /Author (" + author + ") >>")
	for i, text := range pages {
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", 8+2*i))
		var hex strings.Builder
		for _, line := range strings.Split(text, "\n") {
			hex.WriteString("<")
			for _, u := range utf16.Encode([]rune(line)) {
				fmt.Fprintf(&hex, "%04X", u)
			}
			hex.WriteString("> Tj T*\n")
		}
		if text == "" {
			hex.Reset()
		}
		object(stream("BT /F1 12 Tf 14 TL 50 780 Td\n" + hex.String() + "ET"))
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return b.Bytes()
}

// sameCodes maps every code to itself: a range may not leave the first byte.
func sameCodes() string {
	var b strings.Builder
	b.WriteString("256 beginbfrange\n")
	for i := range 256 {
		fmt.Fprintf(&b, "<%02X00> <%02XFF> <%02X00>\n", i, i, i)
	}
	b.WriteString("endbfrange\n")
	return b.String()
}

const placeTag, makerTag = 0x8825, 0x010F

// exif is a TIFF block with one tag.
func exif(tag uint16) []byte {
	tiff := []byte("II*\x00\x08\x00\x00\x00\x01\x00")
	tiff = binary.LittleEndian.AppendUint16(tiff, tag)
	return append(tiff, make([]byte, 14)...)
}

// photo is a JPEG without pixels, with an EXIF block that has or lacks a place.
func photo(hasPlace bool) []byte {
	tag := uint16(makerTag)
	if hasPlace {
		tag = placeTag
	}
	exif := append([]byte("Exif\x00\x00"), exif(tag)...)
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, byte(len(exif) + 2)}, exif...)
	return append(out, 0xFF, 0xD9)
}

// png is a PNG of one pixel with one more chunk.
func png(kind string, tag uint16) []byte {
	out := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
		body := append([]byte(kind), data...)
		out = binary.BigEndian.AppendUint32(append(out, body...), crc32.ChecksumIEEE(body))
	}
	chunk("IHDR", []byte{0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0})
	chunk(kind, exif(tag))
	chunk("IEND", nil)
	return out
}

// utf16XML is a text with a mark of UTF-16.
func utf16XML(text string) string {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return string(out)
}
