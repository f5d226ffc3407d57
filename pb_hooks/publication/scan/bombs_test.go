package scan_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/publication/scan"
)

// bomb is a zip of one large part, written without being held: the part is a
// head, a piece many times over with something that differs, and a tail.
func bomb(t testing.TB, name, head, piece, tail string, times int, more ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, flate.BestSpeed) })
	for _, p := range more {
		e, err := w.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(e, p.text); err != nil {
			t.Fatal(err)
		}
	}
	e, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.WriteString(e, head)
	for i := 0; err == nil && i < times; i++ {
		_, err = io.WriteString(e, strings.ReplaceAll(piece, "#", hash(i)))
	}
	if err == nil {
		_, err = io.WriteString(e, tail)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// hash is six letters that compress badly, so that no ratio gives a bomb away.
func hash(i int) string {
	n := uint32(i)*2654435761 + 12345
	out := make([]byte, 6)
	for j := range out {
		out[j] = 'a' + byte(n%26)
		n = n/26 ^ n*31
	}
	return string(out)
}

func TestBombsAreFoundWithinBounds(t *testing.T) {
	sheetParts := []part{
		{"xl/workbook.xml", `<workbook xmlns:r="x"><sheets><sheet name="表" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml")},
	}
	sheet := func(head, piece, tail string, times int) []byte {
		return bomb(t, "xl/worksheets/sheet1.xml", "<worksheet>"+head, piece, tail+"</worksheet>", times, sheetParts...)
	}
	doc := func(head, piece, tail string, times int) []byte {
		return bomb(t, "word/document.xml", "<w:document>"+head, piece, tail+"</w:document>", times)
	}
	long := strings.Repeat("学", 100)
	for _, tt := range []struct {
		name, file string
		data       []byte
	}{
		{"a row of millions of cells", "a.xlsx", sheet(`<sheetData><row r="1">`, `<c r="A1"><v>#</v></c>`, `</row></sheetData>`, 20_000)},
		{"a row of empty cells", "a.xlsx", sheet(`<sheetData><row r="1">`, `<c r="A1" s="#"/>`, `</row></sheetData>`, 20_000)},
		{"a column that Excel does not have", "a.xlsx", sheet(`<sheetData><row>`, `<c r="ZZZZ1"><v>#</v></c>`, `</row></sheetData>`, 1)},
		{"a cell of one long text", "a.xlsx", sheet(`<sheetData><row><c t="inlineStr"><is><t>`, long+"#", `</t></is></c></row></sheetData>`, 5_000)},
		{"columns without end", "a.xlsx", sheet(`<cols>`, `<col min="1" max="16384" a="#"/>`, `</cols>`, 17_000)},
		{"shared strings without end", "a.xlsx", bomb(t, "xl/sharedStrings.xml", "<sst>", "<si><t>"+long+"#</t></si>", "</sst>", 215_000, sheetParts...)},
		{"many empty shared strings", "a.xlsx", bomb(t, "xl/sharedStrings.xml", "<sst>", strings.Repeat("<si/>", 100), "</sst>", 21_000, sheetParts...)},
		{"a row of a table with many cells", "a.docx", doc(`<w:tbl><w:tr>`, `<w:tc><w:p><w:r><w:t>#</w:t></w:r></w:p></w:tc>`, `</w:tr></w:tbl>`, 20_000)},
		{"a cell with many paragraphs", "a.docx", doc(`<w:tbl><w:tr><w:tc>`, `<w:p><w:r><w:t>`+long+`#</w:t></w:r></w:p>`, `</w:tc></w:tr></w:tbl>`, 5_000)},
		{"one long word", "a.docx", doc(`<w:p><w:r><w:t>`, long+"#", `</w:t></w:r></w:p>`, 5_000)},
		{"one long word out of sight", "a.docx", doc(`<w:p><w:r><w:t><![CDATA[`, long+"#", `]]></w:t></w:r></w:p>`, 5_000)},
		{"many short words", "a.docx", doc(`<w:p>`, `<w:r><w:t>`+long+`#</w:t></w:r>`, `</w:p>`, 5_000)},
		{"a tag that does not end", "a.docx", doc(`<w:p a="`, long+"#", `"></w:p>`, 5_000)},
		{"attributes without end", "a.docx", doc(`<w:p`, ` a#="`+long+`"`, `></w:p>`, 5_000)},
		{"a name that does not end", "a.docx", doc(`<`, long+"#", `/>`, 5_000)},
		{"spaces between", "a.docx", doc(`<w:p><w:r><w:t>`, strings.Repeat("\t", 300)+"#<w:br/>", `</w:t></w:r></w:p>`, 5_000)},
		{"a paragraph of a part nobody knows", "a.docx", bomb(t, "customXml/item1.xml", "<p>", long+"#", "</p>", 5_000, part{"word/document.xml", "<w:document/>"})},
		{"a paragraph on a slide", "a.pptx", bomb(t, "ppt/slides/slide1.xml", "<p:sld><a:p><a:t>", long+"#", "</a:t></a:p></p:sld>", 5_000, part{"ppt/presentation.xml", "<p:presentation/>"})},
		{"a page of an OFD", "a.ofd", bomb(t, "Doc_0/Pages/Page_0/Content.xml", "<Page>", "<TextCode>"+long+"#</TextCode>", "</Page>", 5_000)},
		{"a line that does not end", "a.zip", bomb(t, "a.txt", "", long+"#", "", 5_000)},
		{"a line of fields", "a.zip", bomb(t, "a.csv", "", "#,", "", 20_000)},
		{"many entries", "a.zip", manyEntries(t, 6_000)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			found := seen(t, tt.file, tt.data)
			runtime.ReadMemStats(&after)
			if !slices.ContainsFunc(found, func(f scan.Finding) bool { return f.Class == scan.Unreadable && f.Level == scan.Block }) {
				t.Errorf("nothing is said of it: %+v", found)
			}
			if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 160 {
				t.Errorf("%d MB are used for %.1f MB", used, float64(len(tt.data))/1e6)
			}
		})
	}
}

// seen is what a file carries unseen; what it says is not scanned.
func seen(t testing.TB, name string, data []byte) []scan.Finding {
	t.Helper()
	found, err := scan.File(context.Background(), name, name[strings.LastIndex(name, ".")+1:], bytes.NewReader(data), int64(len(data)), func(scan.Content) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func manyEntries(t testing.TB, n int) []byte {
	parts := make([]part, n)
	for i := range parts {
		parts[i].name = hash(i) + ".txt"
	}
	return packed(t, parts...)
}

// TestSparseRowsCostLittle: a cell far to the right does not fill the row.
func TestSparseRowsCostLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("twenty-four million cells")
	}
	cells := 0
	data := bomb(t, "xl/worksheets/sheet1.xml", "<worksheet><sheetData>", `<row><c r="A1"><v>1</v></c><c r="XFD1"><v>#</v></c></row>`, "</sheetData></worksheet>", 30_000,
		part{"xl/workbook.xml", `<workbook xmlns:r="x"><sheets><sheet name="表" r:id="rId1"/></sheets></workbook>`}, part{"xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml")})
	found, err := scan.File(t.Context(), "a.xlsx", "xlsx", bytes.NewReader(data), int64(len(data)), func(c scan.Content) error {
		cells += len(c.Cells)
		return nil
	})
	if err != nil || cells > 25<<20 {
		t.Errorf("%d cells, %v", cells, err)
	}
	if len(found) != 1 || found[0].Class != scan.Unreadable {
		t.Errorf("a hundred million cells: %+v", found)
	}
}
