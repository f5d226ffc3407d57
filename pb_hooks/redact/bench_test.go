package redact_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"gongkai/pb_hooks/redact"
)

// repeated is a PDF of one page, with that page so many times.
func repeated(b *testing.B, file []byte, times int) []byte {
	kids := regexp.MustCompile(`/Count 1\s*/Kids \[(\d+ 0 R)\]|/Kids \[(\d+ 0 R)\]\s*/Count 1`)
	if !kids.Match(file) {
		b.Fatal("not a file of one page")
	}
	return kids.ReplaceAllFunc(file, func(m []byte) []byte {
		page := kids.FindSubmatch(m)
		return fmt.Appendf(nil, "/Count %d /Kids [%s]", times, strings.Repeat(string(page[1])+string(page[2])+" ", times))
	})
}

// scanned is a page of A4 in colour at 300 dpi, with the noise of a scanner and lines of black on it.
func scanned(b *testing.B) []byte {
	random := rand.New(rand.NewPCG(3, 4))
	m := photo(2480, 3508)
	for y := range 3508 {
		for x := range 2480 {
			at := m.PixOffset(x, y)
			value := 230 + random.IntN(16)
			if y%60 < 30 && x%37 < 5 {
				value = random.IntN(60)
			}
			m.Pix[at], m.Pix[at+1], m.Pix[at+2] = byte(value), byte(value), byte(value+random.IntN(4))
		}
	}
	return drawn("q 595 0 0 842 0 0 cm /X1 Do Q", helvetica, "", stream(string(asJPEG(b, m)),
		"/Type /XObject /Subtype /Image /Width 2480 /Height 3508 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode "))
}

// BenchmarkMake makes copies of what Chromium prints and of scans. What the child processes took at most is the last
// figure.
func BenchmarkMake(b *testing.B) {
	printed, err := os.ReadFile("../publication/scan/testdata/marks_chromium.pdf")
	if err != nil {
		b.Fatal(err)
	}
	scan := []byte(strings.Replace(string(scanned(b)), "[0 0 400 600]", "[0 0 595 842]", 1)) // as long as before
	for _, tt := range []struct {
		name  string
		file  []byte
		pages int
	}{{"printed", printed, 1}, {"printed", printed, 20}, {"printed", printed, 100}, {"scanned", scan, 1}, {"scanned", scan, 20}, {"scanned", scan, 100}} {
		b.Run(fmt.Sprintf("%s/%d", tt.name, tt.pages), func(b *testing.B) {
			file := tt.file
			if tt.pages > 1 {
				file = repeated(b, file, tt.pages)
			}
			var c redact.Copy
			for b.Loop() {
				if c, err = redact.Make(b.Context(), file, onPages(upperHalf, 1), nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportAllocs()
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*tt.pages), "ms/page")
			b.ReportMetric(float64(len(c.Data))/1e6, "copy-MB")
			var used syscall.Rusage
			if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &used); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(used.Maxrss)/1e3, "child-peak-MB")
		})
	}
}

func BenchmarkPageForTheScreen(b *testing.B) {
	printed, err := os.ReadFile("../publication/scan/testdata/marks_chromium.pdf")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := redact.Page(b.Context(), printed, 1, 1000); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMakePhoto(b *testing.B) {
	camera := asJPEG(b, photo(4000, 3000))
	for b.Loop() {
		if _, err := redact.Make(b.Context(), camera, onPages(upperHalf, 1), nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
}
