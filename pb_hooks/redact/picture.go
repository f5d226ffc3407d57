package redact

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"

	"github.com/disintegration/imaging"

	"gongkai/pb_hooks/attachment"
	"gongkai/pb_hooks/pdf"
)

const (
	pdfKind  = "pdf"
	jpegKind = "jpg"
	pngKind  = "png"

	quality       = 88 // of a JPEG
	screenQuality = 82
)

// kindOf decides what a file is by its first bytes.
func kindOf(content []byte) (string, error) {
	if len(content) > MaxSize {
		return "", refuseFile(TooLarge, "文件太大，不能超过 %d MB", MaxSize>>20)
	}
	for kind, begin := range map[string]string{pdfKind: "%PDF-", jpegKind: "\xFF\xD8\xFF", pngKind: "\x89PNG\r\n\x1A\n"} {
		if bytes.HasPrefix(content, []byte(begin)) {
			return kind, nil
		}
	}
	return "", refuseFile(OtherKind, "只能处理 PDF、JPG 和 PNG 文件；其他文件请先导出为 PDF")
}

// unpacked are the pictures of any size that are in memory.
var unpacked = make(chan struct{}, 2)

// upright is the picture in content as it is seen, of pdf.MaxPixels and pdf.MaxSide at most.
func upright(ctx context.Context, content []byte) (image.Image, error) {
	select {
	case unpacked <- struct{}{}:
		defer func() { <-unpacked }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	m, err := attachment.Upright(content)
	if err != nil {
		return nil, err
	}
	size := m.Bounds().Size()
	scale := min(1, math.Sqrt(pdf.MaxPixels/float64(size.X*size.Y)), pdf.MaxSide/float64(max(size.X, size.Y)))
	if scale < 1 {
		m = imaging.Resize(m, part(size.X, scale), part(size.Y, scale), imaging.Box)
	}
	return m, ctx.Err()
}

// fewest is a picture of our own, opaque, in as few channels as show it: grey or colour.
func fewest(m image.Image) image.Image {
	b := m.Bounds()
	rgba := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(rgba, rgba.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(rgba, rgba.Rect, m, b.Min, draw.Over)
	for i := 0; i < len(rgba.Pix); i += 4 {
		if rgba.Pix[i] != rgba.Pix[i+1] || rgba.Pix[i] != rgba.Pix[i+2] {
			return rgba
		}
	}
	grey := image.NewGray(rgba.Rect)
	for i := range grey.Pix {
		grey.Pix[i] = rgba.Pix[4*i]
	}
	return grey
}

func toJPEG(m image.Image, quality int) ([]byte, error) {
	var out bytes.Buffer
	err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}

// encode is a picture as a file of its own.
func encode(m image.Image, kind string) (Copy, error) {
	if kind == pngKind {
		var out bytes.Buffer
		if err := png.Encode(&out, m); err != nil {
			return Copy{}, err
		}
		if out.Len() <= MaxSize {
			return Copy{Data: out.Bytes(), Ext: pngKind, MIME: "image/png", Pages: 1}, nil
		}
	}
	data, err := toJPEG(m, quality)
	if err != nil {
		return Copy{}, err
	}
	if len(data) > MaxSize {
		return Copy{}, copyTooLarge()
	}
	return Copy{Data: data, Ext: jpegKind, MIME: "image/jpeg", Pages: 1}, nil
}
