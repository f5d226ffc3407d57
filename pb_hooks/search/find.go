package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Everything is bound; the text of a MATCH is made of grams and hex alone. The
// range of row ids is left out where it is not needed, as it costs a third of
// the time, and the documents of a single gram are counted in its list alone,
// which halves it.
const (
	termSQL         = `SELECT doc FROM terms WHERE term = ?1`
	countSQL        = `SELECT count(*) FROM grams WHERE grams MATCH ?1`
	countBetweenSQL = countSQL + between
	pageSQL         = `SELECT (SELECT id FROM docs WHERE docs.rowid = grams.rowid) FROM grams WHERE grams MATCH ?1` + newest
	pageBetweenSQL  = `SELECT (SELECT id FROM docs WHERE docs.rowid = grams.rowid) FROM grams WHERE grams MATCH ?1` + between + newest

	between = ` AND rowid BETWEEN ?4 AND ?5`
	newest  = ` ORDER BY rowid DESC LIMIT ?2+0 OFFSET ?3+0` // the planner does not look at such numbers: unseen in records
)

// Search returns one page of the documents that hold every word. A query that
// cannot be run is a *QueryError.
func (ix *Index) Search(ctx context.Context, q Query) (Result, error) {
	words, err := q.check()
	if err != nil {
		return Result{}, err
	}
	version := ix.totals.now()
	result, err := ix.run(ctx, q, words, &ix.totals)
	if err == nil && ix.totals.now() != version {
		result, err = ix.run(ctx, q, words, &totals{}) // the total may be of another state than the page
	}
	return result, err
}

// run answers a query from one snapshot of the index and remembered totals.
func (ix *Index) run(ctx context.Context, q Query, words []string, known *totals) (Result, error) {
	version := known.now()
	tx, err := ix.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	defer tx.Rollback()
	s := search{ctx: ctx, statements: ix.statements, tx: tx, match: q.match(words), totals: known, version: version}
	s.from, s.to = q.rows()
	result := Result{Words: words}
	if result.Total, err = s.total(s.match.all); err != nil {
		return Result{}, ix.note(fmt.Errorf("count hits: %w", err))
	}
	limit := min(max(q.Limit, 0), maxLimit)
	if limit == 0 {
		limit = defaultLimit
	}
	if result.Hits, err = s.hits(max(q.Offset, 0), limit, result.Total); err != nil {
		return Result{}, ix.note(fmt.Errorf("find hits: %w", err))
	}
	return result, nil
}

// search is one query on one snapshot of the index.
type search struct {
	ctx        context.Context
	tx         *sql.Tx
	statements map[string]*sql.Stmt
	match      match
	from, to   int64
	totals     *totals
	version    int
}

func (s *search) query(statement string, args ...any) (*sql.Rows, error) {
	return s.tx.StmtContext(s.ctx, s.statements[statement]).QueryContext(s.ctx, args...)
}

func (s *search) isBetween() bool { return s.from > 0 || s.to < maxRow }

func (s *search) countRows(match string) (n int, err error) {
	var rows *sql.Rows
	switch {
	case match == s.match.all && s.match.gram != "":
		rows, err = s.query(termSQL, s.match.gram)
	case s.isBetween():
		rows, err = s.query(countBetweenSQL, match, nil, nil, s.from, s.to)
	default:
		rows, err = s.query(countSQL, match)
	}
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	if rows.Next() { // a gram that is nowhere has no row
		err = rows.Scan(&n)
	}
	return n, errors.Join(err, rows.Err())
}

func (s *search) total(match string) (n int, err error) {
	key := totalKey{match, s.from, s.to}
	n, known := s.totals.find(key)
	if known {
		return n, nil
	}
	if n, err = s.countRows(match); err != nil {
		return 0, err
	}
	s.totals.keep(key, s.version, n)
	return n, nil
}

// hits reads class after class; only a class that ends before the page is
// counted, to know where to go on among the others.
func (s *search) hits(offset, limit, total int) (hits []Hit, err error) {
	if offset >= total {
		return nil, nil
	}
	for _, c := range s.match.classes {
		before := len(hits)
		if hits, err = s.list(hits, c, offset, limit-before); err != nil || len(hits) == limit {
			return hits, err
		}
		switch {
		case len(hits) > before:
			offset = 0
		case offset > 0:
			n, err := s.total(c.match)
			if err != nil {
				return hits, err
			}
			offset = max(offset-n, 0)
		}
	}
	return hits, nil
}

func (s *search) list(hits []Hit, c class, offset, limit int) ([]Hit, error) {
	statement, args := pageSQL, []any{c.match, limit, offset}
	if s.isBetween() {
		statement, args = pageBetweenSQL, append(args, s.from, s.to)
	}
	rows, err := s.query(statement, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id sql.NullString
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		if id.Valid { // else a row that a Bulk is about to remove
			hits = append(hits, Hit{ID: id.String, TitleHit: c.title})
		}
	}
	return hits, rows.Err()
}
