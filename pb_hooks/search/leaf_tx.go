package search

import (
	"context"
	"database/sql"
	"fmt"
)

// leafTx writes leaves in transactions of moderate length, so that the log
// stays small and Put gets its turn in between.
type leafTx struct {
	ctx  context.Context
	ix   *Index
	db   *sql.DB
	tx   *sql.Tx
	data *sql.Stmt
	term *sql.Stmt
	n    int
}

func (t *leafTx) begin() (err error) {
	t.ix.writer.Lock()
	if t.tx, err = t.db.BeginTx(t.ctx, nil); err != nil {
		t.ix.writer.Unlock()
		return fmt.Errorf("begin: %w", err)
	}
	if t.data, err = t.tx.PrepareContext(t.ctx, `REPLACE INTO grams_data(id, block) VALUES(?, ?)`); err != nil {
		return fmt.Errorf("prepare leaf: %w", err)
	}
	if t.term, err = t.tx.PrepareContext(t.ctx, `INSERT INTO grams_idx(segid, term, pgno) VALUES(?, ?, ?)`); err != nil {
		return fmt.Errorf("prepare term: %w", err)
	}
	return nil
}

func (t *leafTx) leaf(id int64, block []byte) error {
	if t.n++; t.n%leavesPerTx == 0 {
		if err := t.end(true); err != nil {
			return err
		}
		if err := t.begin(); err != nil {
			return err
		}
	}
	if _, err := t.data.ExecContext(t.ctx, id, block); err != nil {
		return fmt.Errorf("write leaf: %w", err)
	}
	return nil
}

func (t *leafTx) end(commit bool) error {
	if t.tx == nil {
		return nil
	}
	defer t.ix.writer.Unlock()
	tx := t.tx
	t.tx = nil
	if !commit {
		return tx.Rollback()
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit leaves: %w", err)
	}
	return nil
}
