package mirror

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"github.com/klauspost/compress/flate"
)

// unnamed is what a package is called until it is whole.
const unnamed = ".part"

// Package takes the files of an export, one after the other. Until Close the name
// of the package is not there; after Drop nothing of it is.
type Package interface {
	// Add writes a file. fill that writes nothing adds none.
	Add(name string, fill func(io.Writer) error) error
	Close() error
	Drop() error
}

// free refuses to write over what is there.
func free(place string) error {
	if _, err := os.Lstat(place); err == nil {
		return fmt.Errorf("%s 已经存在，请换一个名字，或者先移走它", place)
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// zipped is a package in one file.
type zipped struct {
	place string
	file  *os.File
	zip   *zip.Writer
	at    time.Time
}

// Zip begins a package in one file, whose files are dated at.
func Zip(place string, at time.Time) (Package, error) {
	if err := free(place); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(place+unnamed, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644) // what a killed export left is written over
	if err != nil {
		return nil, err
	}
	z := zip.NewWriter(file)
	packer, err := flate.NewWriter(io.Discard, flate.BestSpeed)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		packer.Reset(w) // one file at a time; each new packer would be a megabyte
		return packer, nil
	})
	return &zipped{place, file, z, at}, nil
}

// packed are kinds of files that packing makes no smaller.
var packed = []string{".pdf", ".jpg", ".jpeg", ".png", ".zip", ".docx", ".xlsx", ".pptx", ".ofd"}

// Add implements Package.
func (p *zipped) Add(name string, fill func(io.Writer) error) error {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.at}
	if slices.Contains(packed, path.Ext(name)) {
		h.Method = zip.Store
	}
	return fill(&late{begin: func() (io.Writer, error) { return p.zip.CreateHeader(h) }})
}

// late begins a file when something is written to it.
type late struct {
	begin func() (io.Writer, error)
	to    io.Writer
}

func (l *late) Write(b []byte) (n int, err error) {
	if l.to == nil {
		if l.to, err = l.begin(); err != nil {
			return 0, err
		}
	}
	return l.to.Write(b)
}

// Close implements Package.
func (p *zipped) Close() error {
	if err := errors.Join(p.zip.Close(), p.file.Sync(), p.file.Close()); err != nil {
		return errors.Join(err, os.Remove(p.place+unnamed))
	}
	return os.Rename(p.place+unnamed, p.place)
}

// Drop implements Package.
func (p *zipped) Drop() error { return errors.Join(p.file.Close(), os.Remove(p.place+unnamed)) }

// unpacked is a package in a folder.
type unpacked struct {
	place string
	part  folder
}

// Folder begins a package in a folder that is not there yet.
func Folder(place string) (Package, error) {
	place = filepath.Clean(place)
	if err := free(place); err != nil {
		return nil, err
	}
	if err := os.RemoveAll(place + unnamed); err != nil {
		return nil, err
	}
	return &unpacked{place, folder(place + unnamed)}, os.MkdirAll(place+unnamed, 0o755)
}

// Add implements Package.
func (p *unpacked) Add(name string, fill func(io.Writer) error) error {
	some := false
	_, err := p.part.write(name, func(w io.Writer) error {
		l := &late{begin: func() (io.Writer, error) { some = true; return w, nil }}
		return fill(l)
	})
	if err == nil && !some {
		return p.part.remove(name)
	}
	return err
}

// Close implements Package.
func (p *unpacked) Close() error { return os.Rename(string(p.part), p.place) }

// Drop implements Package.
func (p *unpacked) Drop() error { return os.RemoveAll(string(p.part)) }
