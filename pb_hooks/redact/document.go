package redact

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"image"
	"math"
	"strconv"

	"github.com/disintegration/imaging"
)

const aroundPicture = 1 << 10

// raster is a picture as PDF keeps it.
type raster struct {
	width, height int
	space, filter string
	data          []byte
}

// compress packs a picture without loss where that is smaller, as it is for printed pages, else as a JPEG. Where it would
// take more than room bytes it is kept less exactly, then less finely.
func compress(m image.Image, room int) (raster, error) {
	r, err := asRaster(m)
	for i := 0; err == nil && len(r.data) > room && i < len(rougher); i++ {
		if size := m.Bounds().Size(); rougher[i].part < 1 {
			m = fewest(imaging.Resize(m, part(size.X, rougher[i].part), part(size.Y, rougher[i].part), imaging.Box))
		}
		var data []byte
		if data, err = toJPEG(m, rougher[i].quality); err == nil && len(data) < len(r.data) {
			r = rasterOf(m, "DCTDecode", data)
		}
	}
	return r, err
}

// rougher is how a picture becomes smaller, step by step.
var rougher = []struct {
	part    float64 // of its sides
	quality int     // of a JPEG
}{{1, 75}, {1, 60}, {1, 45}, {0.75, 60}, {1, 45}}

func part(side int, of float64) int { return max(int(float64(side)*of), 1) }

// asRaster is a picture as well as it can be kept.
func asRaster(m image.Image) (raster, error) {
	data, err := toJPEG(m, quality)
	if err != nil {
		return raster{}, err
	}
	flat, err := deflate(m, len(data))
	switch {
	case errors.Is(err, errNotSmaller):
		return rasterOf(m, "DCTDecode", data), nil
	case err != nil:
		return raster{}, err
	}
	return rasterOf(m, "FlateDecode", flat), nil
}

func rasterOf(m image.Image, filter string, data []byte) raster {
	size := m.Bounds().Size()
	space := "DeviceRGB"
	if _, grey := m.(*image.Gray); grey {
		space = "DeviceGray"
	}
	return raster{size.X, size.Y, space, filter, data}
}

// errNotSmaller ends packing that is not worth it.
var errNotSmaller = errors.New("not smaller")

// below takes less than so many bytes.
type below struct {
	bytes.Buffer
	most int
}

func (b *below) Write(p []byte) (int, error) {
	if b.Len()+len(p) >= b.most {
		return 0, errNotSmaller
	}
	return b.Buffer.Write(p)
}

func deflate(m image.Image, most int) ([]byte, error) {
	out := &below{most: most}
	w := zlib.NewWriter(out)
	var err error
	switch m := m.(type) {
	case *image.Gray:
		_, err = w.Write(m.Pix)
	case *image.RGBA:
		line := make([]byte, 3*m.Rect.Dx())
		for y := 0; y < m.Rect.Dy() && err == nil; y++ {
			row := m.Pix[y*m.Stride:]
			for x := range m.Rect.Dx() {
				copy(line[3*x:3*x+3], row[4*x:])
			}
			_, err = w.Write(line)
		}
	default:
		err = fmt.Errorf("deflate %T", m)
	}
	if err == nil {
		err = w.Close()
	}
	return out.Bytes(), err
}

// document writes a PDF whose pages are pictures and that holds nothing else. Object 1 is the catalogue, 2 the list of
// pages; each page takes three more: itself, how it is drawn, and its picture.
// A page takes no more than aroundPicture bytes besides its picture.
type document struct {
	bytes.Buffer
	at []int // where objects begin
}

func newDocument(pages int) *document {
	d := &document{}
	d.WriteString("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n") // the second line says: not a text
	d.object("<< /Type /Catalog /Pages 2 0 R >>", nil)
	var kids bytes.Buffer
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 3+3*i)
	}
	d.object(fmt.Sprintf("<< /Type /Pages /Kids [ %s] /Count %d >>", kids.String(), pages), nil)
	return d
}

func (d *document) object(text string, stream []byte) {
	d.at = append(d.at, d.Len())
	fmt.Fprintf(d, "%d 0 obj\n%s\n", len(d.at), text)
	if stream != nil {
		d.WriteString("stream\n")
		d.Write(stream)
		d.WriteString("\nendstream\n")
	}
	d.WriteString("endobj\n")
}

// page adds a page of this size that shows a picture.
func (d *document) page(size Size, r raster) {
	n := len(d.at) + 1
	width, height := points(size.Width), points(size.Height)
	draw := fmt.Sprintf("q %s 0 0 %s 0 0 cm /P Do Q", width, height)
	d.object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 %s %s ] /Resources << /XObject << /P %d 0 R >> >> /Contents %d 0 R >>",
		width, height, n+2, n+1), nil)
	d.object(fmt.Sprintf("<< /Length %d >>", len(draw)), []byte(draw))
	d.object(fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /%s /BitsPerComponent 8 /Filter /%s /Length %d >>",
		r.width, r.height, r.space, r.filter, len(r.data)), r.data)
}

func points(v float64) string { return strconv.FormatFloat(math.Round(v*1000)/1000, 'f', -1, 64) }

// finish ends the file and returns it.
func (d *document) finish() []byte {
	table := d.Len()
	fmt.Fprintf(d, "xref\n0 %d\n0000000000 65535 f \n", len(d.at)+1)
	for _, at := range d.at {
		fmt.Fprintf(d, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(d, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(d.at)+1, table)
	return d.Bytes()
}
