package pdf

import (
	"bufio"
	"encoding/json"
	"io"
	"math"
)

// order is what a child is to draw: no page where First is 0.
type order struct {
	First, Last int
	Fineness
}

// drawn is the head of a picture; its rows follow, one byte for a pixel where it
// is grey, else four.
type drawn struct {
	Page   int  `json:"page"`
	Width  int  `json:"width"`
	Height int  `json:"height"`
	Grey   bool `json:"grey,omitempty"`
	Lacks  bool `json:"lacks,omitempty"`
}

// draw opens a file, tells how large its pages are, and draws those in the order.
func (e *engine) draw(r io.Reader, size uint32, o order, w *bufio.Writer) error {
	var failed error
	err := e.try(func() { failed = e.drawPages(r, size, o, w) })
	if failed != nil {
		return failed
	}
	return err
}

func (e *engine) drawPages(r io.Reader, size uint32, o order, w *bufio.Writer) error {
	d, _, err := e.open(r, size)
	if err != nil {
		return err
	}
	n := int(d.call("FPDF_GetPageCount", d.handle))
	if n > maxPages {
		return ErrLimit
	}
	if n < 1 {
		return ErrBroken
	}
	papers := make([]Paper, n)
	for i := range papers {
		if papers[i], err = d.paper(i); err != nil {
			return err
		}
	}
	out := json.NewEncoder(w)
	if err := out.Encode(message{Papers: papers}); err != nil {
		return err
	}
	for page := max(o.First, 1); page <= min(o.Last, n); page++ {
		width, height := o.pixels(papers[page-1])
		if err := d.drawPage(page, width, height, out, w); err != nil {
			return err
		}
	}
	return nil
}

// paper is how large a page is, from 0.
func (d *document) paper(i int) (Paper, error) {
	if d.call("FPDF_GetPageSizeByIndexF", d.handle, uint32(i), d.out) == 0 {
		return Paper{}, ErrBroken
	}
	p := Paper{d.float(0), d.float(1)}
	if !(p.Width > 0 && p.Height > 0) || math.IsInf(p.Width+p.Height, 0) {
		return Paper{}, ErrBroken
	}
	return p, nil
}

// How PDFium draws.
const (
	withNotes   = 0x01 // stamps, seals and comments that are seen on the page
	redFirst    = 0x10
	fewPictures = 0x200 // kept unpacked

	bytesBGRx = 3 // four bytes a pixel
	white     = 0xFFFFFFFF
)

func (d *document) drawPage(number, width, height int, head *json.Encoder, w io.Writer) error {
	page := d.call("FPDF_LoadPage", d.handle, uint32(number-1))
	if page == 0 {
		return ErrBroken
	}
	defer d.call("FPDF_ClosePage", page)
	wide, high := uint32(width), uint32(height)
	bitmap := d.call("FPDFBitmap_CreateEx", wide, high, bytesBGRx, 0, 0)
	if bitmap == 0 {
		return ErrLimit
	}
	defer d.call("FPDFBitmap_Destroy", bitmap)
	const flags = withNotes | redFirst | fewPictures
	d.call("FPDFBitmap_FillRect", bitmap, 0, 0, wide, high, white)
	d.call("FPDF_RenderPageBitmap", bitmap, page, 0, 0, wide, high, 0, flags)
	if d.openForm() {
		d.call("FORM_OnAfterLoadPage", page, d.form)
		defer d.call("FORM_OnBeforeClosePage", page, d.form)
		d.call("FPDF_FFLDraw", d.form, bitmap, page, 0, 0, wide, high, 0, flags)
	}
	stride := d.call("FPDFBitmap_GetStride", bitmap)
	c := canvas{width, height, int(stride), d.bytes(d.call("FPDFBitmap_GetBuffer", bitmap), stride*high)}
	about := drawn{number, width, height, c.isGrey(), d.lacks(page, &c)}
	if err := head.Encode(message{Drawn: &about}); err != nil {
		return err
	}
	return c.write(w, about.Grey)
}

// canvas is the pixels of a page in the engine's memory, four bytes each: red,
// green, blue and nothing.
type canvas struct {
	width, height, stride int
	pix                   []byte
}

func (c *canvas) isGrey() bool {
	for y := range c.height {
		row := c.pix[y*c.stride:][:4*c.width]
		for x := 0; x < len(row); x += 4 {
			if row[x] != row[x+1] || row[x] != row[x+2] {
				return false
			}
		}
	}
	return true
}

func (c *canvas) write(w io.Writer, grey bool) error {
	line := make([]byte, c.width)
	for y := range c.height {
		row := c.pix[y*c.stride:][:4*c.width]
		if !grey {
			for x := 3; x < len(row); x += 4 {
				row[x] = 0xFF
			}
			line = row
		} else {
			for x := range line {
				line[x] = row[4*x]
			}
		}
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return nil
}
