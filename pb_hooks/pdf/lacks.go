package pdf

import (
	"encoding/binary"
	"math"
	"unicode"
)

// PDFium has fonts of its own for Latin letters only: what a file writes in a
// Chinese font that it does not hold is not drawn, and would be missing from a
// picture without a word.

// firstForeign is the first character that those fonts may not have; 0 is a letter
// without a name.
const firstForeign = 0x2100

// lacks reports whether a letter of the page is not drawn because the file does
// not hold its font. Text that a scanner put unseen over or under its picture is
// not meant.
func (d *document) lacks(page uint32, c *canvas) bool {
	if d.lacksInNotes(page) {
		return true
	}
	text := d.call("FPDFText_LoadPage", page)
	if text == 0 {
		return false
	}
	defer d.call("FPDFText_ClosePage", text)
	n := d.call("FPDFText_CountChars", text)
	if int32(n) < 0 {
		return false
	}
	held := map[uint32]bool{} // fonts
	for i := range min(n, maxGlyphs) {
		r := rune(d.call("FPDFText_GetUnicode", text, i))
		if r > 0 && r < firstForeign || unicode.IsSpace(r) || d.call("FPDFText_IsGenerated", text, i) == 1 {
			continue
		}
		object := d.call("FPDFText_GetTextObject", text, i)
		if object == 0 || !d.needsFont(object, held) || d.call("FPDFTextObj_GetTextRenderMode", object) == unseen {
			continue
		}
		if x0, y0, x1, y1, ok := d.box(page, text, i, c); ok && c.isPlain(x0, y0, x1, y1) {
			return true
		}
	}
	return false
}

const unseen = 3 // the mode of text that is written and not drawn

// needsFont: the file does not hold the font of this object of text.
func (d *document) needsFont(object uint32, held map[uint32]bool) bool {
	font := d.call("FPDFTextObj_GetFont", object)
	known, ok := held[font]
	if !ok {
		known = d.call("FPDFFont_GetIsEmbedded", font) == 1
		held[font] = known
	}
	return !known
}

// box is where a character stands on the canvas.
func (d *document) box(page, text, i uint32, c *canvas) (x0, y0, x1, y1 int, ok bool) {
	if d.call("FPDFText_GetLooseCharBox", text, i, d.out) == 0 {
		return 0, 0, 0, 0, false
	}
	left, top, right, bottom := d.float(0), d.float(1), d.float(2), d.float(3)
	ax, ay := d.onCanvas(page, c, left, top)
	bx, by := d.onCanvas(page, c, right, bottom)
	x0, y0, x1, y1 = max(min(ax, bx), 0), max(min(ay, by), 0), min(max(ax, bx), c.width), min(max(ay, by), c.height)
	return x0, y0, x1, y1, x1 > x0 && y1 > y0
}

// onCanvas is where a point of a page is drawn.
func (d *document) onCanvas(page uint32, c *canvas, x, y float64) (int, int) {
	d.stack = [10]uint64{uint64(page), 0, 0, uint64(c.width), uint64(c.height), 0,
		math.Float64bits(x), math.Float64bits(y), uint64(d.out), uint64(d.out + 4)}
	d.run("FPDF_PageToDevice")
	b := d.bytes(d.out, 8)
	return int(int32(binary.LittleEndian.Uint32(b))), int(int32(binary.LittleEndian.Uint32(b[4:])))
}

// isPlain: all pixels of a box are the same.
func (c *canvas) isPlain(x0, y0, x1, y1 int) bool {
	first := c.pix[y0*c.stride+4*x0:][:3]
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			if p := c.pix[y*c.stride+4*x:][:3]; p[0] != first[0] || p[1] != first[1] || p[2] != first[2] {
				return false
			}
		}
	}
	return true
}

// lacksInNotes is the same of fields and of text written over the page.
func (d *document) lacksInNotes(page uint32) bool {
	for i := range min(d.call("FPDFPage_GetAnnotCount", page), maxNotes) {
		annot := d.call("FPDFPage_GetAnnot", page, i)
		if annot == 0 {
			continue
		}
		var text string
		switch d.call("FPDFAnnot_GetSubtype", annot) {
		case annotWidget:
			if d.openForm() && d.call("FPDFAnnot_GetFormFieldType", d.form, annot) >= comboBox {
				text = d.fieldValue(annot)
			}
		case annotFreeText:
			text = d.annotText(annot, "Contents")
		}
		lacks := isForeign(text) && d.drawnWithoutFont(annot)
		d.call("FPDFPage_CloseAnnot", annot)
		if lacks {
			return true
		}
	}
	return false
}

const (
	annotFreeText = 3
	comboBox      = 4 // and lists and lines of text: the fields that show what was filled in
)

func isForeign(text string) bool {
	for _, r := range text {
		if r >= firstForeign && !unicode.IsSpace(r) {
			return true
		}
	}
	return false
}

// drawnWithoutFont: an annotation shows nothing but lines, or text in a font that
// the file does not hold.
func (d *document) drawnWithoutFont(annot uint32) bool {
	const text, path = 1, 2
	shows := false
	held := map[uint32]bool{}
	for i := range min(d.call("FPDFAnnot_GetObjectCount", annot), maxObjects) {
		o := d.call("FPDFAnnot_GetObject", annot, i)
		switch d.call("FPDFPageObj_GetType", o) {
		case text:
			if d.needsFont(o, held) {
				return true
			}
			shows = true
		case path:
		default:
			shows = true
		}
	}
	return !shows
}
