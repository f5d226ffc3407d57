package search

import "bytes"

// A Bulk writes its part of the index itself, as one FTS5 segment: inserting
// 10,000 articles through FTS5 took 21 s of one core here, ten times as many
// this way about 80 s. The format is the one described at the head of ext/fts5/fts5_index.c in SQLite,
// which every later SQLite must still read; the names below follow its
// fts5Write… functions.

// leafID is the row in grams_data of one leaf of a segment.
func leafID(segment, leaf int64) int64 { return segment<<37 | leaf }

func indexLeafID(segment int64, height int, leaf int64) int64 {
	return segment<<37 | 1<<36 | int64(height)<<31 | leaf
}

// minEmptyLeaves is how many leaves in a row must begin no term before their
// list gets an index of its own (FTS5_MIN_DLIDX_SIZE).
const minEmptyLeaves = 4

// segmentWriter lays out terms and their lists on leaves. Terms come in byte
// order, row ids ascending within a term.
type segmentWriter struct {
	id        int64
	leafSize  int
	writeLeaf func(id int64, block []byte) error
	writeTerm func(term []byte, leaf int64) error
	err       error

	leaf      int64 // number of the leaf being filled, from 1
	buf       []byte
	terms     []byte // offsets of the terms on this leaf
	lastTerm  int    // offset of the last of them
	term      []byte // the last term written
	prevRow   int64
	newLeaf   bool // no term on this leaf yet
	newRows   bool // no row id on this leaf yet
	newList   bool // no row id of this term yet
	treeTerm  []byte
	treeLeaf  int64
	empty     int
	listIndex []listLevel
}

// listLevel is one level of the index of a long list (dlidx).
type listLevel struct {
	leaf    int64
	buf     []byte
	hasPrev bool
	prev    int64
}

func newSegmentWriter(id int64, leafSize int) *segmentWriter {
	return &segmentWriter{id: id, leafSize: leafSize, leaf: 1, buf: make([]byte, 4, leafSize*2), newLeaf: true, newRows: true,
		treeTerm: []byte{}, treeLeaf: 1, listIndex: make([]listLevel, 1)}
}

func (w *segmentWriter) put(id int64, block []byte) {
	if w.err == nil {
		w.err = w.writeLeaf(id, block)
	}
}

func (w *segmentWriter) addTerm(term []byte) {
	if len(w.buf)+len(w.terms)+len(term)+2 >= w.leafSize && len(w.buf) > 4 {
		w.flushLeaf()
	}
	w.terms = appendVarint(w.terms, uint64(len(w.buf)-w.lastTerm))
	w.lastTerm = len(w.buf)
	common := commonPrefix(w.term, term)
	if w.newLeaf {
		if w.leaf != 1 {
			w.flushTree()
			w.treeTerm = append(w.treeTerm[:0], term[:min(common+1, len(term))]...)
			w.treeLeaf = w.leaf
		}
		common = 0
	} else {
		w.buf = appendVarint(w.buf, uint64(common))
	}
	w.buf = appendVarint(w.buf, uint64(len(term)-common))
	w.buf = append(w.buf, term[common:]...)
	w.term = append(w.term[:0], term...)
	w.newLeaf, w.newRows, w.newList = false, false, true
	w.listIndex[0].leaf = w.leaf
}

// addRow appends a row and its list of positions to the current term.
func (w *segmentWriter) addRow(row int64, positions []byte) {
	if len(w.buf)+len(w.terms) >= w.leafSize {
		w.flushLeaf()
	}
	delta := row - w.prevRow
	if w.newRows {
		w.buf[0], w.buf[1] = byte(len(w.buf)>>8), byte(len(w.buf))
		w.addToListIndex(row)
	}
	if w.newRows || w.newList {
		delta = row
	}
	w.buf = appendVarint(w.buf, uint64(delta))
	w.prevRow, w.newRows, w.newList = row, false, false
	w.buf = appendVarint(w.buf, uint64(len(positions))*2)
	for len(w.buf)+len(w.terms)+len(positions) >= w.leafSize {
		room, n := w.leafSize-len(w.buf)-len(w.terms), 0
		for n < room {
			n += varintLen(positions[n:])
		}
		w.buf = append(w.buf, positions[:n]...)
		positions = positions[n:]
		w.flushLeaf()
	}
	w.buf = append(w.buf, positions...)
}

func (w *segmentWriter) flushLeaf() {
	w.buf[2], w.buf[3] = byte(len(w.buf)>>8), byte(len(w.buf))
	if w.newLeaf {
		if w.newRows && len(w.listIndex[0].buf) > 0 {
			w.listIndex[0].buf = append(w.listIndex[0].buf, 0)
		}
		w.empty++
	}
	w.buf = append(w.buf, w.terms...)
	w.put(leafID(w.id, w.leaf), w.buf)
	w.buf = append(w.buf[:0], 0, 0, 0, 0)
	w.terms, w.lastTerm = w.terms[:0], 0
	w.leaf++
	w.newLeaf, w.newRows = true, true
}

// flushTree enters the last leaf that began a term into the tree of terms.
func (w *segmentWriter) flushTree() {
	indexed := int64(0)
	if len(w.listIndex[0].buf) > 0 && w.empty >= minEmptyLeaves {
		indexed = 1
	}
	for i := range w.listIndex {
		l := &w.listIndex[i]
		if len(l.buf) == 0 {
			break
		}
		if indexed == 1 {
			w.put(indexLeafID(w.id, i, l.leaf), l.buf)
		}
		l.buf, l.hasPrev = l.buf[:0], false
	}
	w.empty = 0
	if w.treeLeaf != 0 && w.err == nil {
		w.err = w.writeTerm(w.treeTerm, w.treeLeaf<<1|indexed)
	}
	w.treeLeaf = 0
}

// addToListIndex notes the first row on the current leaf, one level up each
// time a leaf of the list index is full.
func (w *segmentWriter) addToListIndex(row int64) {
	for i, full := 0, true; full; i++ {
		full = len(w.listIndex[i].buf) >= w.leafSize
		if full {
			w.splitListIndex(i)
		}
		l := &w.listIndex[i]
		value := row - l.prev
		if !l.hasPrev {
			below := w.leaf
			if i > 0 {
				below = w.listIndex[i-1].leaf
			}
			flag := byte(0)
			if full {
				flag = 1
			}
			l.buf = appendVarint(append(l.buf, flag), uint64(below))
			value = row
		}
		l.buf = appendVarint(l.buf, uint64(value))
		l.hasPrev, l.prev = true, row
	}
}

func (w *segmentWriter) splitListIndex(i int) {
	l := &w.listIndex[i]
	l.buf[0] = 1
	w.put(indexLeafID(w.id, i, l.leaf), l.buf)
	if i+1 == len(w.listIndex) {
		w.listIndex = append(w.listIndex, listLevel{})
		l = &w.listIndex[i]
	}
	if up := &w.listIndex[i+1]; len(up.buf) == 0 {
		n := 1 + varintLen(l.buf[1:])
		first := readVarint(l.buf[n:])
		up.leaf = l.leaf
		up.buf = appendVarint(append(up.buf, 0), uint64(l.leaf))
		up.buf = appendVarint(up.buf, first)
		up.hasPrev, up.prev = true, int64(first)
	}
	l.buf, l.hasPrev = l.buf[:0], false
	l.leaf++
}

// finish writes what is left and returns the number of leaves.
func (w *segmentWriter) finish() (int64, error) {
	if len(w.buf) > 4 {
		w.flushLeaf()
	}
	if w.leaf > 1 {
		w.flushTree()
	}
	return w.leaf - 1, w.err
}

func commonPrefix(a, b []byte) int {
	n := min(len(a), len(b))
	if bytes.Equal(a[:n], b[:n]) {
		return n
	}
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}
