package pdf

import (
	"encoding/binary"
	"math"
	"strings"
	"unicode"
	"unicode/utf16"
)

const (
	maxGlyphs  = 200_000 // of a page
	maxObjects = 2000    // of a page that are looked at for pictures
	// a picture as large as this part of a page, on a page with fewer letters
	// than these, is a scan
	scanPart    = 0.4
	scanLetters = 30
)

// glyph is one drawn character in the frame of its text: x along the line, y up.
type glyph struct {
	r              rune
	x0, y0, x1, y1 float64
}

// page reads one page, from 0.
func (d *document) page(i int) Page {
	p := Page{Number: i + 1}
	page := d.call("FPDF_LoadPage", d.handle, uint32(i))
	if page == 0 {
		p.Unreadable = true
		return p
	}
	defer d.call("FPDF_ClosePage", page)
	frames, unknown, cut := d.glyphs(page)
	letters := 0
	for _, f := range frames {
		lines := d.layout.read(f)
		for _, l := range lines {
			for _, c := range l.Cells {
				letters += len([]rune(strings.ReplaceAll(c, " ", "")))
			}
		}
		p.Lines = append(p.Lines, lines...)
	}
	p.Notes = d.notes(page)
	p.Unreadable = cut || letters == 0 && len(p.Notes) == 0 || unknown*5 > letters || d.pictured(page, letters)
	return p
}

// glyphs are the characters of a page by the direction they run in, and how many
// of them a font does not name.
func (d *document) glyphs(page uint32) (frames [][]glyph, unknown int, cut bool) {
	text := d.call("FPDFText_LoadPage", page)
	if text == 0 {
		return nil, 0, true
	}
	defer d.call("FPDFText_ClosePage", text)
	n := d.call("FPDFText_CountChars", text)
	if int32(n) < 0 {
		return nil, 0, true
	}
	at := map[int]int{} // degrees → frame
	high := rune(0)
	for i := range min(n, maxGlyphs) {
		if d.call("FPDFText_IsGenerated", text, i) == 1 {
			continue
		}
		r := rune(d.call("FPDFText_GetUnicode", text, i))
		if utf16.IsSurrogate(r) && r < 0xDC00 {
			high = r
			continue
		}
		if utf16.IsSurrogate(r) {
			r = utf16.DecodeRune(high, r)
		}
		if r == 2 { // PDFium's sign of a hyphen at the end of a line
			r = '-'
		}
		if isUnknown(r) {
			unknown++
			continue
		}
		if d.call("FPDFText_HasUnicodeMapError", text, i) == 1 {
			unknown++ // a guess: read, and not trusted
		}
		g, degrees, ok := d.glyph(text, i)
		if !ok {
			continue
		}
		g.r = radical(r)
		f, ok := at[degrees]
		if !ok {
			f = len(frames)
			at[degrees] = f
			frames = append(frames, nil)
		}
		frames[f] = append(frames[f], g)
	}
	return frames, unknown, n > maxGlyphs
}

// isUnknown: no character, or one of private use.
func isUnknown(r rune) bool {
	return r == unicode.ReplacementChar || r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000 ||
		unicode.IsControl(r) && !unicode.IsSpace(r)
}

// glyph is where a character stands, by its advance and the height of its font,
// so that gaps are gaps; and the direction of its text in degrees.
func (d *document) glyph(text, i uint32) (g glyph, degrees int, ok bool) {
	if d.call("FPDFText_GetLooseCharBox", text, i, d.out) == 0 {
		return g, 0, false
	}
	left, top, right, bottom := d.float(0), d.float(1), d.float(2), d.float(3)
	g = glyph{x0: min(left, right), x1: max(left, right), y0: min(top, bottom), y1: max(top, bottom)}
	angle := -float64(math.Float32frombits(d.call("FPDFText_GetCharAngle", text, i))) // PDFium's runs clockwise
	if degrees = int(math.Round(angle*180/math.Pi)) % 360; degrees != 0 {
		g = g.turned(angle)
	}
	d.call("FPDFText_GetCharOrigin", text, i, d.out, d.out+8)
	x, y := d.double(0), d.double(1)
	sin, cos := math.Sincos(angle)
	x, y = x*cos+y*sin, y*cos-x*sin
	if math.Abs(x-g.x0) > 0.02 {
		d.widen(&g, text, i, x, y)
	}
	sum := g.x0 + g.x1 + g.y0 + g.y1
	return g, degrees, !math.IsNaN(sum) && !math.IsInf(sum, 0)
}

// widen gives a character that is known by its ink only (Chromium draws some
// fonts so) the place it takes from its origin on.
func (d *document) widen(g *glyph, text, i uint32, x, y float64) {
	size := math.Abs(math.Float64frombits(d.call64("FPDFText_GetFontSize", text, i)))
	d.call("FPDFText_GetMatrix", text, i, d.out)
	em, high := size*math.Hypot(d.float(0), d.float(1)), size*math.Hypot(d.float(2), d.float(3))
	if ink := g.y1 - g.y0; high < 0.5*ink || high > 50*max(ink, 1) || x < g.x0-em || x > g.x1 {
		return
	}
	r := rune(d.call("FPDFText_GetUnicode", text, i))
	g.x0, g.y0, g.y1 = min(g.x0, x), y-0.2*high, y+0.9*high
	if r >= 0x2E80 && r != 0x3000 {
		g.x1 = max(g.x1, x+em)
	}
}

// float and double are results of the last call.
func (d *document) float(i uint32) float64 {
	return float64(math.Float32frombits(binary.LittleEndian.Uint32(d.bytes(d.out+4*i, 4))))
}

func (d *document) double(i uint32) float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(d.bytes(d.out+8*i, 8)))
}

// turned is a glyph in the frame of a text that runs at an angle.
func (g glyph) turned(angle float64) glyph {
	sin, cos := math.Sincos(angle)
	x, y := (g.x0+g.x1)/2, (g.y0+g.y1)/2
	w, h := (g.x1-g.x0)/2, (g.y1-g.y0)/2
	switch {
	case math.Abs(cos) < 0.1:
		w, h = h, w
	case math.Abs(sin) > 0.1: // the box around a tilted square
		w /= math.Abs(sin) + math.Abs(cos)
		h = w
	}
	x, y = x*cos+y*sin, y*cos-x*sin
	return glyph{g.r, x - w, y - h, x + w, y + h}
}

// pictured: a page shows a picture and next to no text.
func (d *document) pictured(page uint32, letters int) bool {
	if letters >= scanLetters {
		return false
	}
	const image, form = 3, 5
	n := d.call("FPDFPage_CountObjects", page)
	area := math.Float32frombits(d.call("FPDF_GetPageWidthF", page)) * math.Float32frombits(d.call("FPDF_GetPageHeightF", page))
	for i := range min(n, maxObjects) {
		o := d.call("FPDFPage_GetObject", page, i)
		if o == 0 {
			continue
		}
		if kind := d.call("FPDFPageObj_GetType", o); kind != image && kind != form {
			continue
		}
		if d.call("FPDFPageObj_GetBounds", o, d.out, d.out+4, d.out+8, d.out+12) == 0 {
			continue
		}
		if (d.float(2)-d.float(0))*(d.float(3)-d.float(1)) > scanPart*float64(area) {
			return true
		}
	}
	return false
}
