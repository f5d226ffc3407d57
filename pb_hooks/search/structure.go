package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// The two records in grams_data that FTS5 keeps its books in.
const (
	averagesID  = 1
	structureID = 10
)

// bulkLevel is where a Bulk's segment is filed: high, so that the small
// segments of Put are merged with each other and not with it.
const bulkLevel = 8

// lastSegment is the highest segment id FTS5 allows. It takes the lowest free
// one itself, a Bulk the highest.
const lastSegment = 2000

type segment struct {
	id, first, last  int64
	origin1, origin2 uint64
	tombs            [2]uint64 // pages of tombstones, and tombstones
	rows             uint64
}

type level struct {
	merging  uint64
	segments []segment
}

// structure is the list of segments that make up the index.
type structure struct {
	head    []byte // configuration cookie and mark of the format
	written uint64
	levels  []level
}

const formatMark = "\xff\x00\x00\x01"

var errStructure = errors.New("the index structure cannot be read")

func readStructure(ctx context.Context, q querier) (*structure, error) {
	var b []byte
	err := q.QueryRowContext(ctx, `SELECT block FROM grams_data WHERE id = ?`, structureID).Scan(&b)
	if err != nil {
		return nil, fmt.Errorf("read index structure: %w", err)
	}
	if len(b) < 8 || string(b[4:8]) != formatMark {
		return nil, errStructure
	}
	s, b := &structure{head: b[:8:8]}, b[8:]
	next := func() uint64 {
		v := readVarint(b)
		b = b[varintLen(b):]
		return v
	}
	levels := next()
	next() // number of segments, counted again when written
	s.written = next()
	for range levels {
		if len(b) == 0 {
			return nil, errStructure
		}
		l := level{merging: next()}
		for n := next(); n > 0 && len(b) > 0; n-- {
			seg := segment{id: int64(next()), first: int64(next()), last: int64(next()), origin1: next(), origin2: next()}
			seg.tombs = [2]uint64{next(), next()}
			seg.rows = next()
			l.segments = append(l.segments, seg)
		}
		s.levels = append(s.levels, l)
	}
	return s, nil
}

func (s *structure) encode() []byte {
	b := appendVarint(append([]byte{}, s.head...), uint64(len(s.levels)))
	b = appendVarint(b, uint64(len(s.segments())))
	b = appendVarint(b, s.written)
	for _, l := range s.levels {
		b = appendVarint(b, l.merging)
		b = appendVarint(b, uint64(len(l.segments)))
		for _, seg := range l.segments {
			for _, v := range []uint64{uint64(seg.id), uint64(seg.first), uint64(seg.last), seg.origin1, seg.origin2,
				seg.tombs[0], seg.tombs[1], seg.rows} {
				b = appendVarint(b, v)
			}
		}
	}
	return b
}

func (s *structure) segments() []segment {
	var all []segment
	for _, l := range s.levels {
		all = append(all, l.segments...)
	}
	return all
}

// add files a new segment and returns its origin, which its rows must name.
func (s *structure) add(id, leaves int64, rows int) uint64 {
	origin := uint64(0)
	for _, seg := range s.segments() {
		origin = max(origin, seg.origin2)
	}
	origin++
	for len(s.levels) <= bulkLevel {
		s.levels = append(s.levels, level{})
	}
	l := &s.levels[bulkLevel]
	l.segments = append(l.segments, segment{id: id, first: 1, last: leaves, origin1: origin, origin2: origin, rows: uint64(rows)})
	s.written += uint64(leaves)
	return origin
}

// freeSegment is the highest segment id not in use.
func (s *structure) freeSegment() (int64, error) {
	used := map[int64]bool{}
	for _, seg := range s.segments() {
		used[seg.id] = true
	}
	for id := int64(lastSegment); id > 0; id-- {
		if !used[id] {
			return id, nil
		}
	}
	return 0, errors.New("the index has too many segments")
}

// addAverages adds rows, and grams by column, to the totals.
func addAverages(ctx context.Context, tx *sql.Tx, rows int, grams [3]uint64) error {
	var b []byte
	err := tx.QueryRowContext(ctx, `SELECT block FROM grams_data WHERE id = ?`, averagesID).Scan(&b)
	if err != nil && err != sql.ErrNoRows {
		return fmt.Errorf("read index totals: %w", err)
	}
	var sum []byte
	for _, add := range append([]uint64{uint64(rows)}, grams[:]...) {
		sum = appendVarint(sum, readVarint(b)+add)
		b = b[varintLen(b):]
	}
	_, err = tx.ExecContext(ctx, `REPLACE INTO grams_data(id, block) VALUES(?, ?)`, averagesID, sum)
	return err
}

// dropSegment removes the leaves of a segment that was never filed.
func dropSegment(ctx context.Context, db *sql.DB, id int64) error {
	return inTx(ctx, db, func(tx *sql.Tx) error {
		for _, statement := range []string{
			`DELETE FROM grams_data WHERE id >= ?1 << 37 AND id < (?1 + 1) << 37`,
			`DELETE FROM grams_idx WHERE segid = ?1`,
			`DELETE FROM bulk WHERE segment = ?1`,
		} {
			if _, err := tx.ExecContext(ctx, statement, id); err != nil {
				return fmt.Errorf("drop segment %d: %w", id, err)
			}
		}
		return nil
	})
}
