package search

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// Bulk adds many documents at once, for an import or a rebuild. Searches and
// Put go on beside it and see nothing of it until Commit. One goroutine at a
// time may use it.
type Bulk struct {
	ix       *Index
	file     *os.File
	out      *bufio.Writer
	ends     []int64 // where each run ends in the file
	pending  batch
	closed   bool
	leafSize int

	mu      sync.Mutex // guards what follows, which Put and Remove also touch
	entries map[string]*entry
	dead    map[int64]bool // rows superseded before the merge
	late    []*entry       // rows superseded since it began
	merging bool
}

type entry struct {
	row     int64
	version string
	grams   [3]int32
}

// ErrBulkOpen means that another Bulk of the same index is not yet closed.
var ErrBulkOpen = errors.New("search: another bulk is open")

var errBulkClosed = errors.New("search: the bulk is closed")

// Bulk begins to add many documents. End it with Commit or Abort.
func (ix *Index) Bulk(ctx context.Context) (*Bulk, error) {
	file, err := os.CreateTemp(filepath.Dir(ix.path), filepath.Base(ix.path)+runsMark+"*")
	if err != nil {
		return nil, fmt.Errorf("make file of runs: %w", err)
	}
	b := &Bulk{ix: ix, file: file, leafSize: leafSize, out: bufio.NewWriterSize(file, 1<<18), entries: map[string]*entry{}, dead: map[int64]bool{}}
	ix.writer.Lock() // no Put half way, whose row ids are not yet in docs
	defer ix.writer.Unlock()
	ix.state.Lock()
	defer ix.state.Unlock()
	if ix.bulk != nil {
		return nil, errors.Join(ErrBulkOpen, b.removeRuns())
	}
	if err := ix.write.QueryRowContext(ctx, `SELECT coalesce(max(rowid), -1) FROM docs`).Scan(&ix.highest); err != nil {
		return nil, errors.Join(ix.note(err), b.removeRuns())
	}
	ix.bulk, ix.reserved = b, map[int64]int64{}
	return b, nil
}

// Add adds documents; the last one with an ID counts.
func (b *Bulk) Add(ctx context.Context, docs ...Doc) error {
	if b.closed {
		return errBulkClosed
	}
	for i := range docs {
		if err := ctx.Err(); err != nil {
			return err
		}
		d := &docs[i]
		row, err := b.ix.number(ctx, b.ix.read, firstRow(d.PublishedAt))
		if err != nil {
			return b.ix.note(err)
		}
		e := &entry{row: row, version: d.Version}
		p := posting{row: row, body: normalise(d.Text), title: normalise(d.Title), facets: d.facets(), grams: &e.grams}
		if !b.pending.hasRoom(p) {
			if err := b.flush(); err != nil {
				return err
			}
		}
		b.pending.add(p)
		b.forget(d.ID)
		b.mu.Lock()
		b.entries[d.ID] = e
		b.mu.Unlock()
	}
	return nil
}

// forget drops a document that a later Add, Put or Remove has overtaken.
func (b *Bulk) forget(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e, found := b.entries[id]
	if !found {
		return
	}
	delete(b.entries, id)
	if b.merging {
		b.late = append(b.late, e)
		return
	}
	b.dead[e.row] = true
}

func (b *Bulk) flush() error {
	if len(b.pending.docs) == 0 {
		return nil
	}
	if err := b.pending.encode(b.out); err != nil {
		return fmt.Errorf("write run: %w", err)
	}
	b.pending.reset()
	end, err := b.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return fmt.Errorf("write run: %w", err)
	}
	b.ends = append(b.ends, end)
	return nil
}

func (b *Bulk) readers() []*runReader {
	var runs []*runReader
	start := int64(0)
	for _, end := range b.ends {
		section := io.NewSectionReader(b.file, start, end-start)
		runs = append(runs, &runReader{src: bufio.NewReaderSize(section, 1<<15)})
		start = end
	}
	return runs
}

// Abort gives up what was added. After Commit it does nothing, so that it can
// be deferred.
func (b *Bulk) Abort() error {
	if b.closed {
		return nil
	}
	return b.close()
}

func (b *Bulk) close() error {
	b.closed = true
	b.ix.state.Lock()
	b.ix.bulk, b.ix.reserved = nil, nil
	b.ix.state.Unlock()
	b.pending = batch{}
	return b.removeRuns()
}

func (b *Bulk) removeRuns() error {
	return errors.Join(b.file.Close(), os.Remove(b.file.Name()))
}
