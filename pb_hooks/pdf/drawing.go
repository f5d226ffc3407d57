package pdf

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"image"
	"io"
	"math"
	"strconv"
	"time"
)

// Paper is the size of a page as it is seen, turned as the file says, in points
// (1/72 inch).
type Paper struct {
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// Fineness is how finely pages are drawn: Width pixels across or, where it is 0,
// PerInch pixels to an inch; in both cases MaxPixels for a page and
// MaxSide for a side at most.
type Fineness struct{ Width, PerInch int }

// pixels is how large the picture of a page becomes.
func (f Fineness) pixels(p Paper) (width, height int) {
	scale := float64(f.PerInch) / 72
	if f.Width > 0 {
		scale = float64(f.Width) / p.Width
	}
	if n := p.Width * p.Height * scale * scale; n > MaxPixels {
		scale *= math.Sqrt(MaxPixels / n)
	}
	scale = min(scale, MaxSide/max(p.Width, p.Height))
	side := func(length float64) int { return max(int(math.Round(length*scale)), 1) }
	width, height = side(p.Width), side(p.Height)
	return min(width, MaxPixels/height), height // a strip is a pixel thick at least
}

// Picture is a page that was drawn.
type Picture struct {
	Page  int         // from 1
	Image image.Image // *image.Gray where there is no colour, else *image.RGBA, opaque
	// Lacks: letters are not drawn, since the file does not hold their font.
	Lacks bool
}

const (
	// MaxPixels is how many pixels the picture of a page has at most: an A3 page has
	// fewer at 200 to an inch.
	MaxPixels = 10_000_000
	// MaxSide is how many it has from side to side at most: a JPEG could hold twice
	// as many.
	MaxSide = 30_000
)

const (
	maxPictures     = 200               // of a file
	maxDrawingPause = 20 * time.Second  // until the next page has come
	maxDrawing      = 180 * time.Second // of one file, without what is done with its pictures
	drawnAtOnce     = 2
)

var drawingSlots = make(chan struct{}, drawnAtOnce)

// Draw draws the pages from first to last, from 1, in a child process, and returns
// the sizes of all pages; no page is drawn where last is 0 or after the end. Each
// picture goes to each, in order; an error of each stops the drawing and comes
// back. Draw waits while others are drawn. Its errors are those of Read.
func Draw(ctx context.Context, r io.ReaderAt, size int64, first, last int, f Fineness, each func(Picture) error) ([]Paper, error) {
	if size > maxFile || last-first >= maxPictures {
		return nil, ErrLimit
	}
	leave, err := enter(ctx, drawingSlots)
	if err != nil {
		return nil, err
	}
	defer leave()
	limited, cancel := context.WithCancel(ctx)
	defer cancel()
	what, err := json.Marshal(order{first, last, f})
	if err != nil {
		return nil, err
	}
	cmd, err := command(limited, drawingMemory, "draw", strconv.FormatInt(size, 10), string(what))
	if err != nil {
		return nil, err
	}
	cmd.Stdin = io.NewSectionReader(r, 0, size)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(ErrNoReader, err)
	}
	in := pictures{lines: bufio.NewReaderSize(out, 256<<10), left: maxDrawing, kill: cancel, each: each}
	err = in.read()
	cancel() // kills it where it has not ended by itself
	_ = cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, errSilent) && in.late:
		return nil, ErrLimit
	case errors.Is(err, errSilent):
		return nil, ErrBroken
	}
	return in.papers, err
}

// pictures is what a child draws, on its way here.
type pictures struct {
	lines  *bufio.Reader
	left   time.Duration // that the child may still take
	late   bool
	kill   func()
	papers []Paper
	each   func(Picture) error
}

// read reads to the end of what the child says.
func (p *pictures) read() error {
	for {
		m, picture, err := p.next()
		switch {
		case err != nil:
			return err
		case m.Failed != "":
			return m.failure()
		case m.Done:
			return nil
		case m.Papers != nil:
			p.papers = m.Papers
		case m.Drawn != nil:
			if err := p.each(Picture{m.Drawn.Page, picture, m.Drawn.Lacks}); err != nil {
				return err
			}
		}
	}
}

// next waits for a message and the pixels that follow it.
func (p *pictures) next() (m message, picture image.Image, err error) {
	began := time.Now()
	pause := min(p.left, maxDrawingPause)
	timer := time.AfterFunc(pause, p.kill)
	defer func() {
		timer.Stop()
		took := time.Since(began)
		p.left -= took
		p.late = took >= pause
	}()
	line, err := p.lines.ReadSlice('\n') // the longest are the sizes of 2000 pages
	if err != nil || json.Unmarshal(line, &m) != nil {
		return m, nil, errSilent
	}
	if m.Drawn == nil {
		return m, nil, nil
	}
	width, height := m.Drawn.Width, m.Drawn.Height
	if width < 1 || height < 1 || width > MaxSide || height > MaxSide || width*height > MaxPixels {
		return m, nil, errSilent
	}
	var pix []byte
	if area := image.Rect(0, 0, width, height); m.Drawn.Grey {
		grey := image.NewGray(area)
		picture, pix = grey, grey.Pix
	} else {
		colour := image.NewRGBA(area)
		picture, pix = colour, colour.Pix
	}
	if _, err := io.ReadFull(p.lines, pix); err != nil {
		return m, nil, errSilent
	}
	return m, picture, nil
}
