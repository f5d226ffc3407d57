package scan_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"gongkai/pb_hooks/publication/scan"
)

func classes(found []scan.Finding) []scan.Class {
	var got []scan.Class
	for _, f := range found {
		if !slices.Contains(got, f.Class) {
			got = append(got, f.Class)
		}
	}
	return got
}

// What Chromium and cairo make of a list: fonts without a name, letters known by
// their ink only, cells a third of a letter apart.
func TestPrintedLists(t *testing.T) {
	if testing.Short() {
		t.Skip("processes of their own: runs without -short")
	}
	for _, name := range []string{"marks_chromium.pdf", "marks_cairo.pdf"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		found := scanned(t, name, data)
		if got, want := classes(found), []scan.Class{scan.Scores, scan.NameList}; !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
		for _, f := range found {
			if !strings.HasPrefix(f.Place, name+"：第1页") {
				t.Errorf("%s at %q", f.Class, f.Place)
			}
		}
	}
}

func TestPDFShapes(t *testing.T) {
	if testing.Short() {
		t.Skip("processes of their own: runs without -short")
	}
	id := identity("31011220140305012")
	var hex strings.Builder
	for _, c := range []byte(id) {
		hex.WriteString("00" + string("0123456789ABCDEF"[c>>4]) + string("0123456789ABCDEF"[c&15]))
	}
	two := rawPDF("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R 6 0 R 6 0 R 3 0 R 6 0 R] /Count 5 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
		helvetica, stream("BT /F1 10 Tf 90 700 Td (cover page) Tj ET", ""),
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 8 0 R >> /Font << /F1 4 0 R >> >> /Contents 7 0 R >>",
		stream("q 595 0 0 842 0 0 cm /I Do Q BT /F1 10 Tf 90 20 Td (- 2 -) Tj ET", ""),
		stream("\x00", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "))
	for _, tt := range []struct {
		name  string
		data  []byte
		want  []scan.Class
		place string // of the last finding
	}{
		{"a number in two runs", drawn("BT /F1 10.5 Tf 1 0 0 1 90 700 Tm [("+id[:8]+")] TJ ET BT /F1 10.5 Tf 1 0 0 1 136.7 700 Tm [("+id[8:]+")] TJ ET", helvetica, ""), []scan.Class{scan.IdentityCard}, "第1页"},
		{"a matrix for each letter", drawn("BT /F1 10 Tf "+glyphs(id, "1 0 0 1 %d 700 Tm")+"ET", helvetica, ""), []scan.Class{scan.IdentityCard}, "第1页"},
		{"gaps for spaces", drawn("BT /F1 10 Tf 90 700 Td [("+id+") -2000 (13812345678)] TJ ET", helvetica, ""), []scan.Class{scan.IdentityCard, scan.Mobile}, "第1页"},
		{"lines drawn from below", drawn("BT /F1 10 Tf 90 100 Td ("+id[9:]+") Tj 0 600 Td ("+id[:9]+") Tj ET", helvetica, ""), nil, ""},
		{"a number broken by a narrow cell", drawn("BT /F1 10 Tf 90 700 Td (ID) Tj 90 0 Td (Name) Tj -90 -20 Td ("+id[:10]+") Tj 90 0 Td (Li) Tj -90 -11 Td ("+id[10:]+") Tj ET", helvetica, ""),
			[]scan.Class{scan.IdentityCard}, "第1页"},
		{"on its side", drawn("BT /F1 10 Tf 0 -1 1 0 300 700 Tm ("+id+") Tj ET", helvetica, ""), []scan.Class{scan.IdentityCard}, "第1页"},
		{"a form", drawn("/X1 Do", helvetica, "", stream("BT /F1 10 Tf 90 700 Td ("+id+") Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> ")),
			[]scan.Class{scan.IdentityCard}, "第1页"},
		{"a comment", drawn("BT /F1 10 Tf 90 700 Td (hello) Tj ET", helvetica, "/Annots [6 0 R] ", "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (ID "+id+") >>"),
			[]scan.Class{scan.Comments, scan.IdentityCard}, "第1页批注"},
		{"UTF-16", drawn("BT /F1 10 Tf 90 700 Td <"+hex.String()+"> Tj ET", type0("UniGB-UTF16-H", "GB1"), ""), []scan.Class{scan.IdentityCard}, "第1页"},
		{"GBK", drawn("BT /F1 10 Tf 90 700 Td <C3D8C3DCA1EFD2BBC4EA> Tj ET", type0("GBK-EUC-H", "GB1"), ""), []scan.Class{scan.SecrecyMark}, "第1页"},
		{"letters without a name", drawn("BT /F1 10 Tf 90 700 Td <0410052006300740> Tj ET", type0("Identity-H", "Identity"), ""), []scan.Class{scan.Unreadable}, ""},
		{"scanned pages after a page of text", two, []scan.Class{scan.Unreadable}, "第5页"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := scanned(t, "a.pdf", tt.data)
			if !slices.Equal(classes(found), tt.want) || len(found) > 0 && strings.TrimPrefix(found[len(found)-1].Place, "a.pdf：") != tt.place && tt.place != "" {
				t.Errorf("got %+v; want %v at %q", found, tt.want, tt.place)
			}
		})
	}
	if found := scanned(t, "a.pdf", two); len(found) != 2 || found[0].Place != "a.pdf：第2—3页" {
		t.Errorf("pages in a row: %+v", found)
	}
}

func TestFieldsOfForms(t *testing.T) {
	id := identity("31011220140305012")
	form := rawPDF("<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /DA (/Helv 0 Tf) >> >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R /Annots [7 0 R] >>",
		helvetica, stream("BT /F1 10 Tf 90 700 Td (form) Tj ET", ""),
		"<< /FT /Tx /T (idno) /V ("+id+") /Kids [7 0 R] >>", "<< /Type /Annot /Subtype /Widget /Parent 6 0 R /Rect [0 0 90 20] >>")
	if found := scanned(t, "a.pdf", form); len(found) != 1 || found[0].Class != scan.IdentityCard || found[0].Place != "a.pdf：第1页表单" {
		t.Errorf("got %+v", found)
	}
}

// Whatever a file is, there is a finding in time, and nothing is left behind.
func TestHostilePDFs(t *testing.T) {
	if testing.Short() {
		t.Skip("processes of their own: runs without -short")
	}
	var bomb bytes.Buffer
	w := zlib.NewWriter(&bomb)
	for range 300 {
		if _, err := w.Write(bytes.Repeat([]byte("q "), 512<<10)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	goroutines := runtime.NumGoroutine()
	for name, data := range map[string][]byte{
		"an object stream in itself": xrefStream("6", [3]int{2, 5, 0}, [3]int{2, 5, 0}, [3]int{2, 5, 0}, [3]int{2, 5, 0}, [3]int{2, 5, 0}, [3]int{2, 5, 0}),
		"a table of a billion":       xrefStream("1000000000 /Index [999999999 1]", [3]int{1, 5, 0}),
		"a page that is its parent": rawPDF("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
			"<< /Type /Page /Parent 3 0 R /Contents 4 0 R >>", stream("", "")),
		"pages that hold each other": rawPDF("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 9 >>", "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 9 >>"),
		"a billion pages":            rawPDF("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>", "<< /Type /Page /Parent 2 0 R >>"),
		"a form that draws itself":   drawn("/X1 Do", helvetica, "", stream("/X1 Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X1 6 0 R >> >> ")),
		"a page of 300 MB":           rawPDF("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>", stream(bomb.String(), "/Filter /FlateDecode ")),
		"brackets without end":       rawPDF("<< /Type /Catalog /Pages 2 0 R /X "+strings.Repeat("[", 200_000)+" >>", "<< /Type /Pages /Kids [] /Count 0 >>"),
		"nothing":                    {},
		"half a file":                pdfFile([]string{"正文"}, "", "")[:900],
	} {
		t.Run(name, func(t *testing.T) {
			started := time.Now()
			if found := classes(scanned(t, "a.pdf", data)); !slices.Equal(found, []scan.Class{scan.Unreadable}) {
				t.Errorf("found %v", found)
			}
			if took := time.Since(started); took > 30*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
	time.Sleep(50 * time.Millisecond)
	if n := runtime.NumGoroutine(); n > goroutines+2 {
		t.Errorf("%d goroutines, there were %d", n, goroutines)
	}
}

func TestReadingPDFStopsWhenAsked(t *testing.T) {
	data := pdfFile(slices.Repeat([]string{"正文在此"}, 300), "", "")
	ctx, cancel := context.WithCancel(t.Context())
	pages := 0
	_, err := scan.File(ctx, "a.pdf", "pdf", bytes.NewReader(data), int64(len(data)), func(scan.Content) error {
		if pages++; pages == 3 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || pages > 4 {
		t.Errorf("%d pages, %v", pages, err)
	}
	enough := errors.New("enough")
	if _, err := scan.File(t.Context(), "a.pdf", "pdf", bytes.NewReader(data), int64(len(data)), func(scan.Content) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("got %v", err)
	}
}

// BenchmarkPDFPrinted200 reads and scans 200 pages of lists as Chromium prints
// them: about 200,000 letters. What the child processes took at most is the last figure.
func BenchmarkPDFPrinted200(b *testing.B) {
	data, err := os.ReadFile(filepath.Join("testdata", "marks_chromium.pdf"))
	if err != nil {
		b.Fatal(err)
	}
	// the same page 200 times: what is read is read anew for each
	kids := regexp.MustCompile(`/Count 1\s*/Kids \[(\d+ 0 R)\]|/Kids \[(\d+ 0 R)\]\s*/Count 1`)
	data = kids.ReplaceAllFunc(data, func(m []byte) []byte {
		page := kids.FindSubmatch(m)
		return fmt.Appendf(nil, "/Count 200 /Kids [%s]", strings.Repeat(string(page[1])+string(page[2])+" ", 200))
	})
	measure(b, "a.pdf", data)
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &used); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(used.Maxrss)/1e3, "child-peak-MB")
}
