package search

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
)

// runReader reads one run term by term, and the list of a term row by row.
type runReader struct {
	src       *bufio.Reader
	order     int
	term      []byte
	list      []byte // what is left of it
	row       int64
	positions []byte
}

// nextTerm reads the next term whole. It returns io.EOF after the last.
func (r *runReader) nextTerm() error {
	term, err := binary.ReadUvarint(r.src)
	if err != nil {
		return err
	}
	size, err := binary.ReadUvarint(r.src)
	if err != nil {
		return io.ErrUnexpectedEOF
	}
	r.term = sized(r.term, term)
	r.list = sized(r.list, size)
	_, err1 := io.ReadFull(r.src, r.term)
	_, err2 := io.ReadFull(r.src, r.list)
	r.row = 0
	r.nextRow()
	return errors.Join(err1, err2)
}

func sized(b []byte, n uint64) []byte {
	if uint64(cap(b)) < n {
		return make([]byte, n, n*2)
	}
	return b[:n]
}

// nextRow moves to the next row of the list, or returns false at its end.
func (r *runReader) nextRow() bool {
	if len(r.list) == 0 {
		return false
	}
	r.row += int64(readVarint(r.list))
	list := r.list[varintLen(r.list):]
	size := int(readVarint(list))
	list = list[varintLen(list):]
	r.positions, r.list = list[:size], list[size:]
	return true
}

// byTerm orders runs by their current term.
type byTerm []*runReader

func (h byTerm) Len() int      { return len(h) }
func (h byTerm) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *byTerm) Push(x any)   { *h = append(*h, x.(*runReader)) }
func (h *byTerm) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

func (h byTerm) Less(i, j int) bool {
	if c := bytes.Compare(h[i].term, h[j].term); c != 0 {
		return c < 0
	}
	return h[i].order < h[j].order
}

// byRow orders the runs of one term by their current row.
type byRow struct{ byTerm }

func (h byRow) Less(i, j int) bool { return h.byTerm[i].row < h.byTerm[j].row }

// merge writes all runs as one segment, without the dead rows.
func merge(runs []*runReader, dead map[int64]bool, w *segmentWriter) error {
	terms := make(byTerm, 0, len(runs))
	for i, r := range runs {
		r.order = i
		if err := r.nextTerm(); err == io.EOF {
			continue
		} else if err != nil {
			return err
		}
		terms = append(terms, r)
	}
	heap.Init(&terms)
	m := termMerge{w: w, dead: dead, term: []byte{'0'}}
	var same []*runReader
	for len(terms) > 0 && w.err == nil {
		same = append(same[:0], heap.Pop(&terms).(*runReader))
		for len(terms) > 0 && bytes.Equal(terms[0].term, same[0].term) {
			same = append(same, heap.Pop(&terms).(*runReader))
		}
		m.merge(same)
		for _, r := range same {
			if err := r.nextTerm(); err == io.EOF {
				continue
			} else if err != nil {
				return err
			}
			heap.Push(&terms, r)
		}
	}
	return w.err
}

type termMerge struct {
	w       *segmentWriter
	dead    map[int64]bool
	term    []byte // with the mark '0' of the main index before it
	written bool
	rows    byRow
}

func (m *termMerge) merge(same []*runReader) {
	m.term = append(m.term[:1], same[0].term...)
	m.written = false
	if len(same) == 1 {
		m.drain(same[0], 1<<63-1)
		return
	}
	m.rows.byTerm = append(m.rows.byTerm[:0], same...)
	heap.Init(&m.rows)
	for len(m.rows.byTerm) > 1 {
		first, limit := m.rows.byTerm[0], m.rows.byTerm[1].row
		if len(m.rows.byTerm) > 2 {
			limit = min(limit, m.rows.byTerm[2].row)
		}
		if m.drain(first, limit) {
			heap.Fix(&m.rows, 0)
			continue
		}
		heap.Pop(&m.rows)
	}
	m.drain(m.rows.byTerm[0], 1<<63-1)
}

// drain writes rows below limit and says whether the list has more.
func (m *termMerge) drain(r *runReader, limit int64) bool {
	for r.row < limit {
		if len(m.dead) == 0 || !m.dead[r.row] {
			if !m.written {
				m.w.addTerm(m.term)
				m.written = true
			}
			m.w.addRow(r.row, r.positions)
		}
		if !r.nextRow() {
			return false
		}
	}
	return true
}
