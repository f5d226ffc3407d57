package scan

import (
	"archive/zip"
	"errors"
	"io"
	"time"
)

// Limits of what is read of one file. A file that exceeds them is a finding:
// nobody can say what is in it.
const (
	maxEntries  = 5000
	maxEntry    = 400 << 20 // bytes of one entry, uncompressed: a sheet of a 10 MB workbook has about 100 MB
	maxTotal    = 600 << 20
	maxRatio    = 400      // of an entry larger than ratioFrom
	ratioFrom   = 20 << 20 // ordinary sheets compress 20 to 100 times
	maxDepth    = 200      // of XML elements
	maxStrings  = 64 << 20 // bytes of shared strings held in memory
	maxPages    = 2000
	maxPDFTime  = 20 * time.Second
	maxNested   = 20 << 20 // a file inside a zip is read into memory
	maxCellText = 1 << 20
)

// errExploding is a file that becomes far larger than it is.
var errExploding = errors.New("content exceeds the limits")

// budget is what may still be read of one file.
type budget struct{ left int64 }

// open reads an entry within the budget.
func (b *budget) open(f *zip.File) (io.ReadCloser, error) {
	if f.UncompressedSize64 > maxEntry || f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/max(1, f.CompressedSize64) > maxRatio {
		return nil, errExploding
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
	n, err := b.ReadCloser.Read(p)
	b.read += int64(n)
	b.budget.left -= int64(n)
	if b.read > maxEntry || b.budget.left < 0 {
		return n, errExploding
	}
	return n, err
}
