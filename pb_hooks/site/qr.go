package site

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"path"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
	"github.com/labstack/echo/v5"
)

// qrKinds are the forms a code is drawn in: SVG for pages, PNG for what people
// print from Word or send in WeChat.
var qrKinds = map[string]struct {
	mime string
	draw func(barcode.Barcode) ([]byte, error)
}{".svg": {"image/svg+xml", qrSVG}, ".png": {"image/png", qrPNG}}

// qr draws the QR code of one of our pages, e.g. /qr/a/123.svg. It encodes our
// own addresses only, so it cannot be made to lead elsewhere.
func (s *Site) qr(c *echo.Context) error {
	ext := path.Ext(c.Request().URL.Path)
	kind, ok := qrKinds[ext]
	page := strings.TrimSuffix(strings.TrimPrefix(c.Request().URL.Path, "/qr"), ext)
	if !ok || len(page) > 200 {
		return ErrNotFound
	}
	return s.serve(c, "qr:"+page+ext, func(ctx context.Context) (*document, error) {
		d, err := s.reader.District(ctx)
		if err != nil {
			return nil, err
		}
		code, err := qr.Encode(d.BaseURL+page, qr.M, qr.Unicode)
		if err != nil {
			return nil, err
		}
		body, err := kind.draw(code)
		if err != nil {
			return nil, err
		}
		return newDocument(http.StatusOK, kind.mime, body), nil
	})
}

// quiet is the white edge that readers ask for, in modules on each side.
const quiet = 4

func qrSVG(code barcode.Barcode) ([]byte, error) {
	n := code.Bounds().Dx()
	var b bytes.Buffer
	size := itoa(n + 2*quiet)
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ` + size + " " + size + `" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h` + size + "v" + size + `H0z"/><path d="`)
	for y := range n {
		for x := range n {
			if code.At(x, y) == color.Black {
				b.WriteString("M" + itoa(x+quiet) + " " + itoa(y+quiet) + "h1v1h-1z")
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return b.Bytes(), nil
}

// module is the side of a module in a PNG, in pixels: some 400 pixels for a
// whole code, 3 cm in print.
const module = 12

func qrPNG(code barcode.Barcode) ([]byte, error) {
	n := code.Bounds().Dx()
	side := (n + 2*quiet) * module
	img := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range n * module {
		for x := range n * module {
			if code.At(x/module, y/module) == color.Black {
				img.SetColorIndex(x+quiet*module, y+quiet*module, 1)
			}
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.Bytes(), err
}
