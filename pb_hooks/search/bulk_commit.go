package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
)

// leavesPerTx bounds how long Put waits for the leaves of a Bulk.
const leavesPerTx = 2000

// Commit makes everything added visible at once. When it fails the index is
// as it was before, but perhaps without the documents that were to be
// replaced. When the process dies in the middle, the next Open starts afresh.
func (b *Bulk) Commit(ctx context.Context) (err error) {
	if b.closed {
		return errBulkClosed
	}
	defer func() {
		err = b.ix.note(errors.Join(err, b.close()))
		debug.FreeOSMemory() // the batch was large and is not needed again
	}()
	if err := b.flush(); err != nil {
		return err
	}
	b.pending = batch{}
	if len(b.ends) == 0 {
		return nil
	}
	// A connection of its own: FTS5 sees what others wrote, and would not look
	// for what its own connection wrote behind its back.
	db, err := openFile(b.ix.path, bulking)
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	return b.writeSegment(ctx, db)
}

func (b *Bulk) writeSegment(ctx context.Context, db *sql.DB) error {
	b.mu.Lock()
	b.merging = true
	b.mu.Unlock()
	s, err := readStructure(ctx, db)
	if err != nil {
		return err
	}
	id, err := s.freeSegment()
	if err != nil {
		return err
	}
	leaves, err := b.writeLeaves(ctx, db, id)
	if err != nil {
		return errors.Join(err, b.drop(ctx, db, id))
	}
	b.ix.writer.Lock()
	defer b.ix.writer.Unlock()
	b.ix.totals.forget(true)
	defer b.ix.totals.forget(false)
	if err := b.removeReplaced(ctx); err != nil {
		return errors.Join(err, dropSegment(context.WithoutCancel(ctx), db, id))
	}
	if err := settle(ctx, db); err != nil {
		return errors.Join(err, dropSegment(context.WithoutCancel(ctx), db, id))
	}
	if err := inTx(ctx, db, func(tx *sql.Tx) error { return b.enter(ctx, tx, id, leaves) }); err != nil {
		return errors.Join(err, dropSegment(context.WithoutCancel(ctx), db, id))
	}
	b.ix.fresh.Store(false)
	return b.removeLate(ctx)
}

// settle waits until the leaves are on disk, before anything refers to them.
func settle(ctx context.Context, db *sql.DB) error {
	for _, statement := range []string{`PRAGMA synchronous = FULL`, `PRAGMA wal_checkpoint(PASSIVE)`} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("settle leaves: %w", err)
		}
	}
	return nil
}

func (b *Bulk) drop(ctx context.Context, db *sql.DB, id int64) error {
	b.ix.writer.Lock()
	defer b.ix.writer.Unlock()
	return dropSegment(context.WithoutCancel(ctx), db, id)
}

// writeLeaves merges the runs into leaves that no structure names yet.
func (b *Bulk) writeLeaves(ctx context.Context, db *sql.DB, id int64) (leaves int64, err error) {
	out := &leafTx{ctx: ctx, ix: b.ix, db: db}
	defer func() { err = errors.Join(err, out.end(err == nil)) }()
	if err := out.begin(); err != nil {
		return 0, err
	}
	if _, err := out.tx.ExecContext(ctx, `INSERT INTO bulk(segment) VALUES(?)`, id); err != nil {
		return 0, fmt.Errorf("note segment: %w", err)
	}
	w := newSegmentWriter(id, b.leafSize)
	w.writeLeaf = out.leaf
	w.writeTerm = func(term []byte, leaf int64) error {
		_, err := out.term.ExecContext(ctx, id, term, leaf)
		return err
	}
	if err := merge(b.readers(), b.dead, w); err != nil {
		return 0, fmt.Errorf("merge runs: %w", err)
	}
	return w.finish()
}

// removeReplaced takes out the documents that come in anew.
func (b *Bulk) removeReplaced(ctx context.Context) error {
	return inTx(ctx, b.ix.write, func(tx *sql.Tx) error {
		var docs int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM docs`).Scan(&docs); err != nil || docs == 0 {
			return err
		}
		for id := range b.entries {
			if err := remove(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// enter is the one transaction that makes the segment part of the index.
func (b *Bulk) enter(ctx context.Context, tx *sql.Tx, id, leaves int64) error {
	s, err := readStructure(ctx, tx)
	if err != nil {
		return err
	}
	rows := len(b.entries) + len(b.late)
	origin := s.add(id, leaves, rows)
	if leaves > 0 {
		_, err = tx.ExecContext(ctx, `REPLACE INTO grams_data(id, block) VALUES(?, ?)`, structureID, s.encode())
		if err != nil {
			return fmt.Errorf("write index structure: %w", err)
		}
	}
	insertDoc, err := tx.PrepareContext(ctx, `INSERT INTO docs(rowid, id, version) VALUES(?, ?, ?)`)
	if err != nil {
		return err
	}
	insertSize, err := tx.PrepareContext(ctx, `INSERT INTO grams_docsize(id, sz, origin) VALUES(?, ?, ?)`)
	if err != nil {
		return err
	}
	var total [3]uint64
	size := func(e *entry) error {
		var sz []byte
		for i, n := range e.grams {
			total[i] += uint64(n)
			sz = appendVarint(sz, uint64(n))
		}
		_, err := insertSize.ExecContext(ctx, e.row, sz, int64(origin))
		return err
	}
	for docID, e := range b.entries {
		if _, err := insertDoc.ExecContext(ctx, e.row, docID, e.version); err != nil {
			return fmt.Errorf("write document %s: %w", docID, err)
		}
		if err := size(e); err != nil {
			return fmt.Errorf("write document %s: %w", docID, err)
		}
	}
	for _, e := range b.late {
		if err := size(e); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM bulk WHERE segment = ?`, id); err != nil {
		return err
	}
	return addAverages(ctx, tx, rows, total)
}

// removeLate takes out the rows that were overtaken while they were merged.
func (b *Bulk) removeLate(ctx context.Context) error {
	if len(b.late) == 0 {
		return nil
	}
	return inTx(ctx, b.ix.write, func(tx *sql.Tx) error {
		for _, e := range b.late {
			if _, err := tx.ExecContext(ctx, `DELETE FROM grams WHERE rowid = ?`, e.row); err != nil {
				return fmt.Errorf("remove overtaken document: %w", err)
			}
		}
		return nil
	})
}
