package redact_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/redact"
)

var upperHalf = redact.Area{X: 0.05, Y: 0.05, W: 0.9, H: 0.45}

// onPages is an area on each of some pages.
func onPages(a redact.Area, pages ...int) []redact.Area {
	var all []redact.Area
	for _, p := range pages {
		a.Page = p
		all = append(all, a)
	}
	return all
}

func TestNothingIsLeftInPDF(t *testing.T) {
	file := everything()
	text, before := readPDF(t, file)
	secrets := []string{"SECRETTEXT", "SECRETTURNED", "SECRETUNSEEN", "SECRETWHITE", "SECRETFIELD", "SECRETNOTE", "SECRETSTAMP", "SECRETXMP", "SECRETNAME", "SECRETTITLE"}
	for _, s := range secrets {
		if !strings.Contains(text, s) {
			t.Errorf("our reader does not find %s in the original", s)
		}
	}
	secrets = append(secrets[:len(secrets)-1], "SECRETCUTOFF", "SECRETFILE", "SECRETOUTLINE", "SECRETAUTHOR", "SECRETREMARK", "SECRETPIECE", utf16BE("SECRETTITLE"))
	for _, s := range secrets {
		if !bytes.Contains(bare(file), []byte(s)) {
			t.Errorf("%q is not in the original", s)
		}
	}
	if before.Pages != 5 || !before.Attached {
		t.Fatalf("the original is %+v", before)
	}

	var heard []int
	c, err := redact.Make(t.Context(), file, onPages(upperHalf, 1, 2, 3, 4, 5), func(done, pages int) {
		if pages != 5 {
			t.Errorf("%d pages", pages)
		}
		heard = append(heard, done)
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.Ext != "pdf" || c.MIME != "application/pdf" || c.Pages != 5 || !slices.Equal(heard, []int{1, 2, 3, 4, 5}) {
		t.Errorf("got %s, %s, %d pages, heard %v", c.Ext, c.MIME, c.Pages, heard)
	}
	text, after := readPDF(t, c.Data)
	if text != "" || after.Pages != 5 || after.Attached || after.Scripts {
		t.Errorf("our reader finds %q, %+v", text, after)
	}
	all := bare(c.Data)
	for _, s := range append(secrets, "SECRET", utf16BE("SECRET")[2:], "KEPT") {
		if bytes.Contains(all, []byte(s)) {
			t.Errorf("%q is in the copy", s)
		}
	}
	// what a page of ours is made of, and nothing else
	streams := regexp.MustCompile(`(?s)stream\n.*?\nendstream`)
	names := regexp.MustCompile(`/[A-Za-z]+`)
	ours := strings.Fields("/Type /Catalog /Pages /Kids /Count /Page /Parent /MediaBox /Resources /XObject /P /Contents /Length /Subtype /Image /Width /Height " +
		"/ColorSpace /DeviceGray /DeviceRGB /BitsPerComponent /Filter /FlateDecode /DCTDecode /Size /Root")
	for _, name := range names.FindAllString(string(streams.ReplaceAll(c.Data, nil)), -1) {
		if !slices.Contains(ours, name) {
			t.Errorf("%s is in the copy", name)
		}
	}
	if n := bytes.Count(c.Data, []byte("%%EOF")); n != 1 {
		t.Errorf("%d versions", n)
	}

	again, err := redact.Make(t.Context(), file, onPages(upperHalf, 1, 2, 3, 4, 5), nil)
	if err != nil || !bytes.Equal(again.Data, c.Data) {
		t.Errorf("another copy is not the same (%v)", err)
	}
}

func TestPDFIsBlackWhereMarked(t *testing.T) {
	file := everything()
	was := picturesOf(t, file)
	c, err := redact.Make(t.Context(), file, onPages(upperHalf, 1, 2, 3, 4), nil) // not the fifth
	if err != nil {
		t.Fatal(err)
	}
	is := picturesOf(t, c.Data)
	if len(is) != 5 {
		t.Fatalf("%d pages", len(is))
	}
	for i, what := range map[int]string{2: "the field", 3: "the stamp"} {
		if dark(was[i]) < dark(was[0])+300 {
			t.Errorf("%s is not drawn", what)
		}
	}
	for i := range is {
		marked := i < 4
		hidden, kept := lookAt(t, i+1, was[i], is[i], marked)
		if hidden < 500 {
			t.Errorf("page %d: the original shows %d dark pixels under the area", i+1, hidden)
		}
		if kept < 200 {
			t.Errorf("page %d: %d dark pixels of what is kept", i+1, kept)
		}
	}
	before, err := redact.Pages(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	after, err := redact.Pages(t.Context(), c.Data)
	if err != nil || !slices.Equal(before, after) || before[1] != (redact.Size{Width: 400, Height: 600}) {
		t.Errorf("sizes %v became %v (%v)", before, after, err)
	}
}

func dark(m image.Image) (n int) {
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			if light(m, x, y) < 128 {
				n++
			}
		}
	}
	return n
}

// lookAt compares a page of a copy with its original and counts dark pixels: of the original under the area, and of the
// copy outside of it.
func lookAt(t *testing.T, page int, was, is image.Image, marked bool) (hidden, kept int) {
	t.Helper()
	if was.Bounds() != is.Bounds() {
		t.Fatalf("page %d: %v became %v", page, was.Bounds(), is.Bounds())
	}
	size := is.Bounds().Size()
	area := image.Rect(size.X*5/100+1, size.Y*5/100+1, size.X*95/100-1, size.Y*50/100-1)
	wrong := 0
	for y := range size.Y {
		for x := range size.X {
			before, now := light(was, x, y), light(is, x, y)
			at := image.Pt(x, y)
			switch {
			case at.In(area):
				if before < 128 {
					hidden++
				}
				if marked && now != 0 || !marked && now != before {
					wrong++
				}
			case !at.In(area.Inset(-4)):
				if now != before {
					wrong++
				}
				if now < 128 {
					kept++
				}
			}
		}
	}
	if wrong > 0 {
		t.Errorf("page %d: %d pixels are wrong", page, wrong)
	}
	return hidden, kept
}

func TestPictures(t *testing.T) {
	small := asJPEG(t, photo(64, 48))
	camera := withEXIF(asJPEG(t, photo(640, 480)), small, 6)
	if !bytes.Contains(camera, []byte("SECRETGPS")) || !bytes.Contains(camera, small) {
		t.Fatal("the photo holds nothing to forget")
	}
	clear := image.NewNRGBA(image.Rect(0, 0, 300, 200))
	for i := range clear.Pix {
		if i%4 < 3 {
			clear.Pix[i] = byte("SECRETUNDERNOTHING"[i%18]) // colours of pixels that are not seen
		}
	}
	for x := range 100 {
		clear.SetNRGBA(x+100, 150, color.NRGBA{R: 255, A: 255})
	}
	sheet := withText(asPNG(t, clear), "SECRETREMARK")

	t.Run("a photo", func(t *testing.T) {
		sizes, err := redact.Pages(t.Context(), camera)
		if err != nil || !slices.Equal(sizes, []redact.Size{{Width: 480, Height: 640}}) {
			t.Errorf("sizes %v (%v)", sizes, err)
		}
		// turned, what was above is on the right: the right half is marked
		c, err := redact.Make(t.Context(), camera, []redact.Area{{Page: 1, X: 0.5, Y: 0, W: 0.5, H: 1}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		m, format, err := image.Decode(bytes.NewReader(c.Data))
		if err != nil || format != "jpeg" || c.Ext != "jpg" || c.MIME != "image/jpeg" || m.Bounds().Size() != image.Pt(480, 640) {
			t.Fatalf("got %s, %s (%v)", format, c.MIME, err)
		}
		for _, trace := range []string{"SECRETGPS", "Exif", "\xFF\xE1", "JFIF"} {
			if bytes.Contains(c.Data, []byte(trace)) {
				t.Errorf("%q is still there", trace)
			}
		}
		if bytes.Count(c.Data, []byte("\xFF\xD8\xFF")) != 1 {
			t.Error("there is a picture in the picture")
		}
		for y := range 640 {
			for x := range 480 {
				r, _, b, _ := m.At(x, y).RGBA()
				if x >= 256 && light(m, x, y) > 8 || x < 224 && (b < 0x8000 || r > 0x8000) {
					t.Fatalf("at %d, %d: %v", x, y, m.At(x, y))
				}
			}
		}
	})
	t.Run("a sheet", func(t *testing.T) {
		c, err := redact.Make(t.Context(), sheet, []redact.Area{{Page: 1, X: 0.1, Y: 0.1, W: 0.2, H: 0.2}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		m, format, err := image.Decode(bytes.NewReader(c.Data))
		if err != nil || format != "png" || c.Ext != "png" || c.MIME != "image/png" {
			t.Fatalf("got %s, %s (%v)", format, c.MIME, err)
		}
		for y := range 200 {
			for x := range 300 {
				want := color.RGBA{255, 255, 255, 255}
				switch {
				case x >= 30 && x < 90 && y >= 20 && y < 60:
					want = color.RGBA{A: 255}
				case x >= 100 && x < 200 && y == 150:
					want = color.RGBA{255, 0, 0, 255}
				}
				if got := color.RGBAModel.Convert(m.At(x, y)); got != want {
					t.Fatalf("at %d, %d: %v, want %v", x, y, got, want)
				}
			}
		}
		if bytes.Contains(c.Data, []byte("SECRET")) {
			t.Error("the remark is still there")
		}
	})
	for name, size := range map[string]image.Point{"a large sheet": {6000, 3000}, "a long screenshot": {100, 80_000}, "a strip": {40_000, 1}} {
		t.Run(name+" is reduced", func(t *testing.T) {
			file := asPNG(t, image.NewGray(image.Rectangle{Max: size}))
			c, err := redact.Make(t.Context(), file, onPages(upperHalf, 1), nil)
			if err != nil {
				t.Fatal(err)
			}
			about, _, err := image.DecodeConfig(bytes.NewReader(c.Data))
			if err != nil || about.Width*about.Height > 10_000_000 || max(about.Width, about.Height) > 30_000 || max(about.Width, about.Height) < 4000 || about.ColorModel != color.GrayModel {
				t.Errorf("got %+v (%v)", about, err)
			}
			if _, err := redact.Page(t.Context(), file, 1, 1000); err != nil {
				t.Errorf("for the screen: %v", err)
			}
		})
	}
}

// A seal stands in a field for signatures.
func TestSealIsDrawn(t *testing.T) {
	file := rawPDF("", "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Annots [4 0 R] >>",
		"<< /Type /Annot /Subtype /Widget /FT /Sig /T (seal) /Rect [200 100 300 200] /AP << /N 5 0 R >> /P 3 0 R /F 132 >>",
		stream("1 0 0 rg 0 0 100 100 re f", "/Type /XObject /Subtype /Form /BBox [0 0 100 100] "))
	c, err := redact.Make(t.Context(), file, onPages(redact.Area{X: 0, Y: 0, W: 1, H: 0.75}, 1), nil)
	if err != nil {
		t.Fatal(err)
	}
	m := picturesOf(t, c.Data)[0]
	width, height := m.Bounds().Dx(), m.Bounds().Dy()
	for _, tt := range []struct {
		x, y int
		want color.RGBA
	}{
		{width * 5 / 8, height * 19 / 24, color.RGBA{255, 0, 0, 255}},
		{width * 5 / 8, height * 17 / 24, color.RGBA{0, 0, 0, 255}},
		{width / 8, height * 19 / 24, color.RGBA{255, 255, 255, 255}},
	} {
		if got := color.RGBAModel.Convert(m.At(tt.x, tt.y)); got != tt.want {
			t.Errorf("at %d, %d: %v, want %v", tt.x, tt.y, got, tt.want)
		}
	}
}

func TestPageForTheScreen(t *testing.T) {
	file := everything()
	for _, tt := range []struct {
		content       []byte
		page, width   int
		wantX, wantY  int
		bright, hasIt bool
	}{
		{file, 1, 800, 800, 1200, true, true},
		{file, 2, 1, 100, 150, true, true},
		{file, 5, 1_000_000, 2400, 3600, true, true},
		{asPNG(t, photo(300, 200)), 1, 150, 150, 100, false, true},
		{asJPEG(t, photo(300, 200)), 1, 800, 300, 200, false, true},
		{file, 6, 800, 0, 0, false, false},
		{file, 0, 800, 0, 0, false, false},
		{file, -1, 800, 0, 0, false, false},
		{asPNG(t, photo(30, 20)), 2, 800, 0, 0, false, false},
	} {
		data, err := redact.Page(t.Context(), tt.content, tt.page, tt.width)
		if !tt.hasIt {
			var r redact.Refusal
			if !errors.As(err, &r) || r.Why != redact.NoSuchPage || r.Field != "page" || data != nil {
				t.Errorf("page %d: %v", tt.page, err)
			}
			continue
		}
		m, format, decoded := image.Decode(bytes.NewReader(data))
		if err != nil || decoded != nil || format != "jpeg" {
			t.Errorf("page %d: %s, %v, %v", tt.page, format, err, decoded)
			continue
		}
		if size := m.Bounds().Size(); size != image.Pt(tt.wantX, tt.wantY) || tt.bright != (light(m, 5, 5) > 250) {
			t.Errorf("page %d is %v, light %d", tt.page, size, light(m, 5, 5))
		}
	}
}

func TestStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	last := 0
	_, err := redact.Make(ctx, everything(), onPages(upperHalf, 1), func(done, _ int) {
		if last = done; done == 2 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || last > 3 {
		t.Errorf("after page %d: %v", last, err)
	}
	if _, err := redact.Pages(ctx, everything()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := redact.Make(ctx, asPNG(t, photo(30, 20)), onPages(upperHalf, 1), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
