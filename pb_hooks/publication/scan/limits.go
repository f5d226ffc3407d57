package scan

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"time"
)

// Limits of what is read of one file. A file that exceeds them is a finding:
// nobody can say what is in it. Each is looked at before anything is kept.
const (
	maxEntries       = 5000
	maxEntry         = 400 << 20 // bytes of one entry, uncompressed: a sheet of a 10 MB workbook has about 100 MB
	maxTotal         = 600 << 20
	maxRatio         = 400      // of an entry larger than ratioFrom
	ratioFrom        = 20 << 20 // ordinary sheets compress 20 to 100 times
	maxDepth         = 200      // of XML elements
	maxTag           = 1 << 20  // bytes of one XML tag with its attributes
	maxStrings       = 64 << 20 // bytes of shared strings held in memory
	maxSharedStrings = 2 << 20
	maxTime          = 20 * time.Second // of one file, with what is scanned
	maxNested        = 20 << 20         // a file inside a zip is read into memory
	maxCellText      = 1 << 20          // bytes of one paragraph or row
	maxCells         = 16384            // of one row: the columns of Excel
	maxRows          = 1 << 20          // of one sheet: the rows of Excel
	maxAllCells      = 24 << 20         // of one file
	maxAllText       = 192 << 20        // bytes handed on of one file
)

var (
	// errExploding is a file that becomes far larger than it is.
	errExploding = errors.New("content exceeds the limits")
	// errTooMuch is a file that holds more than is read.
	errTooMuch = errors.New("there is more than can be read")
)

// budget is what may still be read of one file, and until when.
type budget struct {
	ctx         context.Context
	left        int64 // bytes to unpack
	text, cells int   // handed on so far
	until       time.Time
}

func newBudget(ctx context.Context) *budget {
	return &budget{ctx: ctx, left: maxTotal, until: time.Now().Add(maxTime)}
}

// check says whether reading may go on.
func (b *budget) check() error {
	switch {
	case b.ctx.Err() != nil:
		return b.ctx.Err()
	case b.left < 0:
		return errExploding
	case time.Now().After(b.until):
		return errTooMuch
	}
	return nil
}

// spend counts what is handed on.
func (b *budget) spend(c Content) error {
	n := 0
	for _, cell := range c.Cells {
		n += len(cell.Text)
	}
	b.cells += len(c.Cells)
	b.text += n
	if n > maxCellText || len(c.Cells) > maxCells || b.cells > maxAllCells || b.text > maxAllText {
		return errTooMuch
	}
	return nil
}

// open reads an entry within the budget.
func (b *budget) open(f *zip.File) (io.ReadCloser, error) {
	if f.UncompressedSize64 > maxEntry || f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/max(1, f.CompressedSize64) > maxRatio {
		return nil, errExploding
	}
	if err := b.check(); err != nil {
		return nil, err
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &bounded{ReadCloser: r, budget: b}, nil
}

type bounded struct {
	io.ReadCloser
	budget *budget
	read   int64
}

// Read counts what really comes out: the sizes in a zip's directory may lie.
func (b *bounded) Read(p []byte) (int, error) {
	if err := b.budget.check(); err != nil {
		return 0, err
	}
	n, err := b.ReadCloser.Read(p)
	b.read += int64(n)
	b.budget.left -= int64(n)
	if b.read > maxEntry || b.budget.left < 0 {
		return n, errExploding
	}
	return n, err
}

// whole reads an entry into memory; one larger than most is too much.
func (b *budget) whole(f *zip.File, most int64) (data []byte, err error) {
	r, err := b.open(f)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if data, err = io.ReadAll(io.LimitReader(r, most+1)); err == nil && int64(len(data)) > most {
		err = errTooMuch
	}
	return data, err
}
