package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Put adds documents, in place of those with the same ID, all or none.
func (ix *Index) Put(ctx context.Context, docs ...Doc) error {
	return ix.change(ctx, func(tx *sql.Tx) error {
		for i := range docs {
			if err := remove(ctx, tx, docs[i].ID); err != nil {
				return err
			}
			if err := ix.insert(ctx, tx, &docs[i]); err != nil {
				return fmt.Errorf("index %s: %w", docs[i].ID, err)
			}
		}
		return nil
	}, func(b *Bulk) {
		for i := range docs {
			b.forget(docs[i].ID)
		}
	})
}

// Remove takes documents out of the index; unknown IDs are no error.
func (ix *Index) Remove(ctx context.Context, ids ...string) error {
	return ix.change(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			if err := remove(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	}, func(b *Bulk) {
		for _, id := range ids {
			b.forget(id)
		}
	})
}

// change runs one write transaction. What it wrote is newer than what a Bulk
// under way was told before, hence told.
func (ix *Index) change(ctx context.Context, write func(*sql.Tx) error, told func(*Bulk)) error {
	ix.writer.Lock()
	defer ix.writer.Unlock()
	ix.totals.forget(true)
	defer ix.totals.forget(false)
	if err := inTx(ctx, ix.write, write); err != nil {
		return ix.note(err)
	}
	ix.state.Lock()
	defer ix.state.Unlock()
	if ix.bulk != nil {
		told(ix.bulk)
	}
	return nil
}

func inTx(ctx context.Context, db *sql.DB, write func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := write(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

func (ix *Index) insert(ctx context.Context, tx *sql.Tx, d *Doc) error {
	row, err := ix.number(ctx, tx, firstRow(d.PublishedAt))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO grams(rowid, body, title, facets) VALUES(?, ?, ?, ?)`,
		row, grams(normalise(d.Text)), grams(normalise(d.Title)), strings.Join(d.facets(), " "))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO docs(rowid, id, version) VALUES(?, ?, ?)`, row, d.ID, d.Version)
	return err
}

func remove(ctx context.Context, tx *sql.Tx, id string) error {
	var row int64
	err := tx.QueryRowContext(ctx, `DELETE FROM docs WHERE id = ? RETURNING rowid`, id).Scan(&row)
	if err == sql.ErrNoRows {
		return nil
	}
	if err != nil {
		return fmt.Errorf("remove %s: %w", id, err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM grams WHERE rowid = ?`, row); err != nil {
		return fmt.Errorf("remove %s: %w", id, err)
	}
	return nil
}

// number returns the next free row id of the second that begins at first.
// While a Bulk is under way, its numbers are in memory and not yet in docs.
func (ix *Index) number(ctx context.Context, q querier, first int64) (int64, error) {
	ix.state.Lock()
	defer ix.state.Unlock()
	for ; ; first += 1 << rowBits {
		next, known := ix.reserved[first]
		if !known && (ix.reserved == nil || first <= ix.highest) {
			err := q.QueryRowContext(ctx, `SELECT coalesce(max(rowid) + 1, 0) FROM docs WHERE rowid BETWEEN ? AND ?`,
				first, first+1<<rowBits-1).Scan(&next)
			if err != nil {
				return 0, fmt.Errorf("number a document: %w", err)
			}
		}
		next = max(next, first)
		if next >= first+1<<rowBits {
			continue
		}
		if ix.reserved != nil {
			ix.reserved[first] = next + 1
		}
		return next, nil
	}
}
