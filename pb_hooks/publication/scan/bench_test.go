package scan_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
)

// BenchmarkXLSXText10MB reads and scans a workbook as Excel writes it: 10 MB,
// twelve columns of text, of 60,000 texts that cells share.
func BenchmarkXLSXText10MB(b *testing.B) {
	data := textWorkbook(b, 130_000, 12)
	if len(data) < 10_000_000 {
		b.Fatalf("only %d bytes", len(data))
	}
	measure(b, "a.xlsx", data)
}

// BenchmarkXLSXMixed10MB is the same with six columns of text and six of numbers.
func BenchmarkXLSXMixed10MB(b *testing.B) {
	data := textWorkbook(b, 122_000, 6)
	if len(data) < 10_000_000 {
		b.Fatalf("only %d bytes", len(data))
	}
	measure(b, "a.xlsx", data)
}

// textWorkbook has twelve columns, of which the first are text.
func textWorkbook(t testing.TB, rows, texts int) []byte {
	const shared = 60_000
	random := rand.New(rand.NewPCG(1, 2))
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	put := func(name string, write func(io.Writer)) {
		e, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		write(e)
	}
	text := func(s string) func(io.Writer) { return func(w io.Writer) { _, _ = io.WriteString(w, s) } }
	put("[Content_Types].xml", text(types("/xl/workbook.xml", "spreadsheetml.sheet.main")))
	put("_rels/.rels", text(relations("officeDocument", "xl/workbook.xml")))
	put("xl/workbook.xml", text(header+`<workbook xmlns:r="x"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`))
	put("xl/_rels/workbook.xml.rels", text(relations("worksheet", "worksheets/sheet1.xml")))
	put("xl/sharedStrings.xml", func(w io.Writer) {
		fmt.Fprint(w, header+"<sst>")
		for i := range shared {
			fmt.Fprintf(w, "<si><t>第%d号项目说明 %08x</t></si>", i, random.Uint32())
		}
		fmt.Fprint(w, "</sst>")
	})
	put("xl/worksheets/sheet1.xml", func(w io.Writer) {
		fmt.Fprint(w, header+`<worksheet><sheetData>`)
		for r := 1; r <= rows; r++ {
			fmt.Fprintf(w, `<row r="%d" spans="1:12" x14ac:dyDescent="0.15">`, r)
			for c := range 12 {
				if c < texts {
					fmt.Fprintf(w, `<c r="%c%d" s="1" t="s"><v>%d</v></c>`, 'A'+c, r, random.IntN(shared))
				} else {
					fmt.Fprintf(w, `<c r="%c%d" s="2"><v>%d</v></c>`, 'A'+c, r, random.IntN(1_000_000))
				}
			}
			fmt.Fprint(w, "</row>")
		}
		fmt.Fprint(w, "</sheetData></worksheet>")
	})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
