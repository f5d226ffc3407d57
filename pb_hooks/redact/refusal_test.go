package redact_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks/redact"
)

// coded is what every error for people can do.
type coded interface {
	error
	Code() string
	Params() map[string]any
}

func TestAreasThatAreNone(t *testing.T) {
	file := everything()
	good := redact.Area{Page: 1, X: 0.1, Y: 0.1, W: 0.2, H: 0.2}
	with := func(change func(*redact.Area)) []redact.Area {
		bad := good
		change(&bad)
		return []redact.Area{good, bad}
	}
	for _, tt := range []struct {
		name  string
		areas []redact.Area
		why   redact.Why
		field string
	}{
		{"none", nil, redact.NoAreas, "areas"},
		{"too many", slices.Repeat([]redact.Area{good}, redact.MaxAreas+1), redact.TooManyAreas, "areas"},
		{"page 0", with(func(a *redact.Area) { a.Page = 0 }), redact.NoSuchPage, "areas.1"},
		{"page 6 of 5", with(func(a *redact.Area) { a.Page = 6 }), redact.NoSuchPage, "areas.1"},
		{"page 1000", with(func(a *redact.Area) { a.Page = 1000 }), redact.NoSuchPage, "areas.1"},
		{"no width", with(func(a *redact.Area) { a.W = 0 }), redact.EmptyArea, "areas.1"},
		{"no height", with(func(a *redact.Area) { a.H = 0 }), redact.EmptyArea, "areas.1"},
		{"a point", with(func(a *redact.Area) { a.W, a.H = 1e-9, 1e-9 }), redact.EmptyArea, "areas.1"},
		{"turned inside out", with(func(a *redact.Area) { a.W = -0.1 }), redact.EmptyArea, "areas.1"},
		{"no number", with(func(a *redact.Area) { a.W = math.NaN() }), redact.EmptyArea, "areas.1"},
		{"nowhere", with(func(a *redact.Area) { a.X = math.NaN() }), redact.OutsidePage, "areas.1"},
		{"without end", with(func(a *redact.Area) { a.H = math.Inf(1) }), redact.OutsidePage, "areas.1"},
		{"left of the page", with(func(a *redact.Area) { a.X = -0.01 }), redact.OutsidePage, "areas.1"},
		{"over the right edge", with(func(a *redact.Area) { a.X = 0.81 }), redact.OutsidePage, "areas.1"},
		{"over the lower edge", with(func(a *redact.Area) { a.Y, a.H = 0.5, 0.6 }), redact.OutsidePage, "areas.1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := redact.Make(t.Context(), file, tt.areas, nil)
			var r redact.Refusal
			if !errors.As(err, &r) || r.Why != tt.why || r.Field != tt.field || c.Data != nil {
				t.Fatalf("got %+v", err)
			}
			if r.Code() != "redact_"+string(tt.why) || r.Params()["field"] != tt.field || r.Error() == "" {
				t.Errorf("got %s, %v, %q", r.Code(), r.Params(), r)
			}
		})
	}
	t.Run("a picture has one page", func(t *testing.T) {
		_, err := redact.Make(t.Context(), asPNG(t, photo(30, 20)), onPages(upperHalf, 2), nil)
		if r := (redact.Refusal{}); !errors.As(err, &r) || r.Why != redact.NoSuchPage {
			t.Errorf("got %v", err)
		}
	})
	t.Run("the whole page is an area", func(t *testing.T) {
		if _, err := redact.Make(t.Context(), asPNG(t, photo(30, 20)), []redact.Area{{Page: 1, W: 1, H: 1}}, nil); err != nil {
			t.Error(err)
		}
	})
}

func TestFilesOfWhichNoCopyIsMade(t *testing.T) {
	pages := func(n int) []byte {
		return rawPDF("", "<< /Type /Catalog /Pages 2 0 R >>", fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Repeat("3 0 R ", n), n),
			"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 40 60] >>")
	}
	// nobody knows this password
	locked := rawPDF("/Encrypt 4 0 R /ID [<00> <00>] ", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 40 60] >>",
		"<< /Filter /Standard /V 1 /R 2 /P -4 /O <"+strings.Repeat("41", 32)+"> /U <"+strings.Repeat("42", 32)+"> >>")
	huge := asPNG(t, image.NewGray(image.Rect(0, 0, 1, 1)))
	binary.BigEndian.PutUint32(huge[16:], 100_000)
	binary.BigEndian.PutUint32(huge[20:], 100_000)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	for _, tt := range []struct {
		name, code string
		content    []byte
	}{
		{"nothing", "redact_other_kind", nil},
		{"a GIF", "redact_other_kind", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;")},
		{"a Word file", "redact_other_kind", []byte("PK\x03\x04")},
		{"more than 20 MB", "redact_too_large", append([]byte("%PDF-1.7\n"), make([]byte, redact.MaxSize)...)},
		{"a password", "redact_locked", locked},
		{"half a PDF", "redact_broken", everything()[:900]},
		{"only the name of a PDF", "redact_broken", []byte("%PDF-1.7\n")},
		{"no pages", "redact_broken", rawPDF("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>")},
		{"101 pages", "redact_too_many_pages", pages(redact.MaxPages + 1)},
		{"3000 pages", "redact_too_much", pages(3000)},
		{"half a JPEG", "attachment_image_broken", asJPEG(t, photo(300, 200))[:900]},
		{"ten thousand megapixels", "attachment_image_too_big", huge},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := redact.Make(t.Context(), tt.content, onPages(upperHalf, 1), nil)
			var c coded
			if !errors.As(err, &c) || c.Code() != tt.code || c.Params() == nil {
				t.Errorf("Make: %v", err)
			}
			if _, err := redact.Pages(t.Context(), tt.content); !errors.As(err, &c) || c.Code() != tt.code && tt.name != "half a JPEG" {
				t.Errorf("Pages: %v", err)
			}
		})
	}
	t.Run("100 pages", func(t *testing.T) {
		c, err := redact.Make(t.Context(), pages(redact.MaxPages), onPages(upperHalf, redact.MaxPages), nil)
		if err != nil || c.Pages != redact.MaxPages {
			t.Fatal(err)
		}
		if sizes, err := redact.Pages(t.Context(), c.Data); err != nil || len(sizes) != redact.MaxPages {
			t.Errorf("%d pages (%v)", len(sizes), err)
		}
	})
}

// PDFium has no Chinese font: what it cannot draw must not be missing without a word. Text that is not seen need not be
// drawn.
func TestFontsThatFilesDoNotHold(t *testing.T) {
	if testing.Short() {
		t.Skip("processes of their own: runs without -short")
	}
	const words = "BT /F1 20 Tf 50 400 Td <79D85BC6> Tj ET " // 秘密
	scan := stream("\x00\xFF\xFF\x00", "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 ")
	field := func(value string) []byte {
		return rawPDF("", "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] /DA (/F1 12 Tf) /DR << /Font << /F1 4 0 R >> >> >> >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
			"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Annots [5 0 R] >>", helvetica,
			"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V ("+value+") /DA (/F1 12 Tf 0 g) /Rect [50 400 250 430] /P 3 0 R /F 4 >>")
	}
	comment := func(kind string) []byte {
		return drawn("", helvetica, "/Annots [7 0 R] ", scan, "<< /Type /Annot /Subtype /"+kind+" /Rect [50 400 250 430] /DA (/F1 12 Tf 0 g) /Contents ("+utf16BE("秘密")+") /F 4 >>")
	}
	for _, tt := range []struct {
		name    string
		file    []byte
		refused bool
	}{
		{"Chinese", drawn(words, chinese, "", scan), true},
		{"Chinese on its side", drawn(words, chinese, "/Rotate 270 ", scan), true},
		{"Latin letters", drawn("BT /F1 20 Tf 50 400 Td (plain \\225 \\205 \\223words\\224) Tj ET", helvetica, "", scan), false},
		{"text that is not drawn", drawn("BT 3 Tr ET "+words, chinese, "", scan), false},
		{"text under a scan", drawn(words+"q 100 0 0 60 60 380 cm /X1 Do Q", chinese, "", scan), false},
		{"a field in Chinese", field(utf16BE("秘密")), true},
		{"a field in Latin letters", field("secret"), false},
		{"a box with a tick", rawPDF("", "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] /DR << /Font << /F1 4 0 R >> >> >> >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
			"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Annots [5 0 R] >>", "<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>",
			"<< /Type /Annot /Subtype /Widget /FT /Btn /T (sex) /V /#C4#D0 /AS /#C4#D0 /AP << /N << /#C4#D0 6 0 R >> >> /Rect [50 400 70 420] /P 3 0 R /F 4 >>",
			stream("BT /F1 12 Tf 4 4 Td (4) Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 20 20] /Resources << /Font << /F1 4 0 R >> >> ")), false},
		{"text over the page", comment("FreeText"), true},
		{"a note that is closed", comment("Text"), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := redact.Make(t.Context(), tt.file, onPages(upperHalf, 1), nil)
			var r redact.Refusal
			if refused := errors.As(err, &r) && r.Why == redact.FontMissing && r.Page == 1; refused != tt.refused || !refused && err != nil {
				t.Errorf("got %v", err)
			}
			if _, err := redact.Page(t.Context(), tt.file, 1, 500); (err != nil) != tt.refused {
				t.Errorf("for the screen: %v", err)
			}
		})
	}
}

// Whatever a file is, there is a copy or a refusal in time, and nothing is left behind.
func TestHostileFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("processes of their own: runs without -short")
	}
	unpacked := func(piece string, times int) string {
		var b bytes.Buffer
		w := zlib.NewWriter(&b)
		for range times {
			if _, err := w.Write(bytes.Repeat([]byte(piece), 512<<10)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	bitmap := func(width, height int, data string) string {
		return stream(data, fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode ", width, height))
	}
	sheet := func(box string) []byte {
		return rawPDF("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox "+box+" >>")
	}
	const form = "/Type /XObject /Subtype /Form /BBox [0 0 400 600] "
	var nested []string
	for i := range 30 { // each draws the next ten times
		nested = append(nested, stream(strings.Repeat("/X1 Do ", 10), fmt.Sprintf("%s/Resources << /XObject << /X1 %d 0 R >> >> ", form, 7+i)))
	}
	nested = append(nested, stream("0 0 400 600 re f", form))
	goroutines := runtime.NumGoroutine()
	for name, content := range map[string][]byte{
		"a page of 300 MB":           drawn("/X1 Do", helvetica, "", stream(unpacked("q ", 300), form+"/Filter /FlateDecode ")),
		"a form that draws itself":   drawn("/X1 Do", helvetica, "", stream("/X1 Do", form+"/Resources << /XObject << /X1 6 0 R >> >> ")),
		"a form drawn 10^30 times":   drawn("/X1 Do", helvetica, "", nested...),
		"a picture of a billion":     drawn("q 400 0 0 600 0 0 cm /X1 Do Q", helvetica, "", bitmap(30_000, 30_000, unpacked("\x00", 10))),
		"a picture of 200 MB":        drawn("q 400 0 0 600 0 0 cm /X1 Do Q", helvetica, "", bitmap(8000, 8000, unpacked("\x55", 400))),
		"a sheet as large as a town": sheet("[0 0 1000000000 1000000000]"),
		"a sheet without end":        sheet("[0 0 1" + strings.Repeat("0", 39) + " 10]"),
		"a sheet as thin as a hair":  sheet("[0 0 0.001 10000000]"),
		"a sheet as flat as a hair":  sheet("[0 0 10000000 0.001]"),
		"a page that is its parent":  rawPDF("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 3 0 R /Contents 4 0 R >>", stream("", "")),
		"pages that hold each other": rawPDF("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 9 >>", "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 9 >>"),
		"millions of dashes":         drawn("[0.001] 0 d 0.01 w "+strings.Repeat("0 0 m 400 600 l S ", 8000), helvetica, ""),
		"a JPEG that ends at once":   asJPEG(t, photo(3000, 2000))[:700],
	} {
		t.Run(name, func(t *testing.T) {
			started := time.Now()
			c, err := redact.Make(t.Context(), content, onPages(upperHalf, 1), nil)
			var refused coded
			if err == nil && len(c.Data) > redact.MaxSize || err != nil && !errors.As(err, &refused) {
				t.Errorf("%d bytes, %v", len(c.Data), err)
			}
			took := time.Since(started)
			if took > 30*time.Second {
				t.Errorf("took %v", took)
			}
			t.Logf("%v: %d bytes, %v", took.Round(time.Millisecond), len(c.Data), err)
		})
	}
	time.Sleep(50 * time.Millisecond)
	if n := runtime.NumGoroutine(); n > goroutines+2 {
		t.Errorf("%d goroutines, there were %d", n, goroutines)
	}
}
