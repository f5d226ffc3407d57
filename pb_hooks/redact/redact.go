// Package redact makes redacted copies (区分处理, 条例第三十七条) of PDF files and pictures: marked areas are black, and
// what was under them is nowhere in the copy. A copy is made from pixels only. Each page of a PDF is drawn as it is
// seen, the areas are filled, and the pictures become the pages of a new file that holds nothing else: no text, no
// fields, notes or attached files, no properties and no earlier versions. PDF files are drawn in a process of their own,
// see package pdf.
package redact

import (
	"bytes"
	"context"
	"image"

	"github.com/disintegration/imaging"

	"gongkai/pb_hooks/attachment"
	"gongkai/pb_hooks/pdf"
)

const (
	// MaxPages is how many pages a PDF may have.
	MaxPages = 100
	// MaxAreas is how many areas a copy may have.
	MaxAreas = 1000
	// MaxSize is the greatest size of a file and of its copy, in bytes.
	MaxSize = attachment.MaxSize

	// pixels to an inch: small print is read as well as before; files of many pages are drawn less finely
	perInch     = 200
	perInchLong = 150
	long        = 30 // pages
)

// Size is how large a page is as it is seen, turned upright: in points (1/72 inch) for a PDF, in pixels of its copy
// for a picture.
type Size struct {
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// Copy is a finished redacted copy.
type Copy struct {
	Data  []byte
	Ext   string // "pdf", "jpg" or "png"
	MIME  string
	Pages int
}

// Pages returns the sizes of the pages of a PDF, a JPEG or a PNG; a picture is one page. The errors for people are
// Refusal and those of attachment.Upright.
func Pages(ctx context.Context, content []byte) ([]Size, error) {
	kind, err := kindOf(content)
	if err != nil {
		return nil, err
	}
	if kind != pdfKind {
		picture, err := upright(ctx, content)
		if err != nil {
			return nil, err
		}
		size := picture.Bounds().Size()
		return []Size{{float64(size.X), float64(size.Y)}}, nil
	}
	return drawPages(ctx, content, 0, 0, pdf.Fineness{}, nil)
}

// Widths of the picture on which somebody marks areas, in pixels.
const (
	minWidth = 100
	maxWidth = 2400
)

// Page returns one page, from 1, as a JPEG for the screen, width pixels wide (100 to 2400; a picture is never made
// larger). The errors for people are Refusal and those of attachment.Upright.
func Page(ctx context.Context, content []byte, page, width int) ([]byte, error) {
	kind, err := kindOf(content)
	if err != nil {
		return nil, err
	}
	width = min(max(width, minWidth), maxWidth)
	if kind != pdfKind {
		if page != 1 {
			return nil, noSuchPage("page", page, 1)
		}
		picture, err := upright(ctx, content)
		if err != nil {
			return nil, err
		}
		if picture.Bounds().Dx() > width {
			picture = imaging.Resize(picture, width, 0, imaging.Box)
		}
		return toJPEG(fewest(picture), screenQuality)
	}
	var data []byte
	sizes, err := drawPages(ctx, content, page, page, pdf.Fineness{Width: width}, func(_ int, m image.Image) error {
		data, err = toJPEG(m, screenQuality)
		return err
	})
	if err == nil && data == nil {
		err = noSuchPage("page", page, len(sizes))
	}
	return data, err
}

// Make returns a copy of a PDF, a JPEG or a PNG in which the areas are black. A PDF becomes a PDF of as many pages of
// the same sizes, a JPEG a JPEG, a PNG a PNG, or a JPEG where that would be too large. The same content and areas make
// the same bytes. progress is called after each page and may be nil; ctx ends the work. The errors for people are Refusal
// and those of attachment.Upright.
func Make(ctx context.Context, content []byte, areas []Area, progress func(done, pages int)) (Copy, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	kind, err := kindOf(content)
	if err != nil {
		return Copy{}, err
	}
	if kind != pdfKind {
		return copyPicture(ctx, kind, content, areas, progress)
	}
	sizes, err := Pages(ctx, content)
	if err != nil {
		return Copy{}, err
	}
	if err := check(areas, len(sizes)); err != nil {
		return Copy{}, err
	}
	fine := pdf.Fineness{PerInch: perInch}
	if len(sizes) > long {
		fine.PerInch = perInchLong
	}
	out := newDocument(len(sizes))
	_, err = drawPages(ctx, content, 1, len(sizes), fine, func(page int, m image.Image) error {
		blacken(m, page, areas)
		r, err := compress(m, (MaxSize-out.Len())/(len(sizes)-page+1)-aroundPicture)
		if err != nil {
			return err
		}
		if out.page(sizes[page-1], r); out.Len() > MaxSize {
			return copyTooLarge()
		}
		progress(page, len(sizes))
		return nil
	})
	if err != nil {
		return Copy{}, err
	}
	data := out.finish()
	if len(data) > MaxSize {
		return Copy{}, copyTooLarge()
	}
	return Copy{Data: data, Ext: "pdf", MIME: "application/pdf", Pages: len(sizes)}, nil
}

// drawPages draws pages from first to last and returns the sizes of all. It refuses a page on which letters would be
// missing.
func drawPages(ctx context.Context, content []byte, first, last int, f pdf.Fineness, each func(page int, m image.Image) error) ([]Size, error) {
	papers, err := pdf.Draw(ctx, bytes.NewReader(content), int64(len(content)), first, last, f, func(p pdf.Picture) error {
		if p.Lacks {
			return fontMissing(p.Page)
		}
		return each(p.Page, p.Image)
	})
	if err != nil {
		return nil, unreadable(err)
	}
	if len(papers) > MaxPages {
		return nil, refuseFile(TooManyPages, "这个文件有 %d 页，一次最多处理 %d 页，请先拆成几个文件", len(papers), MaxPages)
	}
	sizes := make([]Size, len(papers))
	for i, p := range papers {
		sizes[i] = Size(p)
	}
	return sizes, nil
}

// copyPicture is the copy of a JPEG or a PNG.
func copyPicture(ctx context.Context, kind string, content []byte, areas []Area, progress func(done, pages int)) (Copy, error) {
	if err := check(areas, 1); err != nil {
		return Copy{}, err
	}
	picture, err := upright(ctx, content)
	if err != nil {
		return Copy{}, err
	}
	m := fewest(picture)
	blacken(m, 1, areas)
	c, err := encode(m, kind)
	if err != nil {
		return Copy{}, err
	}
	progress(1, 1)
	return c, nil
}
