package pb_hooks

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/search"
)

// bulkWriter inserts prepared articles through statements that are prepared
// once, on the one connection that PocketBase writes through.
type bulkWriter struct {
	app                                      core.App
	directory                                *records.Directory
	now                                      types.DateTime
	db                                       *sql.DB
	articles, versions, steps                *bulkTable
	lock, known, serial                      *sql.Stmt
	insertArticle, insertVersion, insertStep *sql.Stmt
}

func (p *platform) newBulkWriter() (*bulkWriter, error) {
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	now, err := types.ParseDateTime(p.options.Now())
	if err != nil {
		return nil, err
	}
	db, ok := p.app.NonconcurrentDB().(*dbx.DB)
	if !ok {
		return nil, errors.New("a bulk write needs the plain database, not a transaction")
	}
	w := &bulkWriter{app: p.app, directory: d, now: now, db: db.DB()}
	for _, t := range []struct {
		table **bulkTable
		name  string
	}{{&w.articles, records.Articles}, {&w.versions, records.Versions}, {&w.steps, records.Steps}} {
		if *t.table, err = newBulkTable(p.app, t.name); err != nil {
			return nil, err
		}
	}
	for _, q := range []struct {
		stmt **sql.Stmt
		text string
	}{
		// writes nothing, but no other process writes between it and the commit
		{&w.lock, "DELETE FROM index_serials WHERE id = ''"},
		// the index leaves out empty keys, so the query must say that it wants none
		{&w.known, "SELECT 1 FROM articles WHERE import_key = ? AND import_key != ''"},
		{&w.serial, "INSERT INTO index_serials (id, prefix, last) VALUES (?1, ?2, ?3) ON CONFLICT (prefix) DO UPDATE SET last = last + ?3 RETURNING last"},
		{&w.insertArticle, w.articles.insert()},
		{&w.insertVersion, w.versions.insert()},
		{&w.insertStep, w.steps.insert()},
	} {
		if *q.stmt, err = w.db.Prepare(q.text); err != nil {
			w.close()
			return nil, fmt.Errorf("prepare %q: %w", q.text, err)
		}
	}
	return w, nil
}

func (w *bulkWriter) close() {
	for _, s := range []*sql.Stmt{w.lock, w.known, w.serial, w.insertArticle, w.insertVersion, w.insertStep} {
		if s != nil {
			_ = s.Close() // nothing is lost with a statement
		}
	}
}

// analyze lets the planner see what many articles look like: it has several
// indexes to choose from, and none of them is right for every filter.
func (w *bulkWriter) analyze(ctx context.Context) error {
	for _, q := range []string{"PRAGMA analysis_limit = 1000", "ANALYZE articles", "ANALYZE article_versions"} {
		if _, err := w.db.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("%s: %w", q, err)
		}
	}
	return nil
}

// write inserts a batch in one transaction and returns what the index is to be
// told. Articles whose key is already there are left out.
func (w *bulkWriter) write(ctx context.Context, batch []preparedArticle) (docs []search.Doc, err error) {
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("begin a batch: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
		}
	}()
	if _, err := tx.StmtContext(ctx, w.lock).ExecContext(ctx); err != nil {
		return nil, fmt.Errorf("lock the database: %w", err)
	}
	fresh, err := w.leaveOutKnown(ctx, tx, batch)
	if err != nil {
		return nil, err
	}
	if err := w.number(ctx, tx, fresh); err != nil {
		return nil, err
	}
	article, version, step := tx.StmtContext(ctx, w.insertArticle), tx.StmtContext(ctx, w.insertVersion), tx.StmtContext(ctx, w.insertStep)
	for _, a := range fresh {
		for _, row := range []struct {
			stmt   *sql.Stmt
			values []any
		}{{article, a.article}, {version, a.version}, {step, a.step}} {
			if _, err := row.stmt.ExecContext(ctx, row.values...); err != nil {
				return nil, fmt.Errorf("insert article %q: %w", a.doc.Title, err)
			}
		}
		docs = append(docs, a.doc)
	}
	if err := tx.Commit(); err != nil {
		return nil, fmt.Errorf("commit a batch: %w", err)
	}
	return docs, nil
}

func (w *bulkWriter) leaveOutKnown(ctx context.Context, tx *sql.Tx, batch []preparedArticle) ([]preparedArticle, error) {
	known, seen := tx.StmtContext(ctx, w.known), map[string]bool{}
	var fresh []preparedArticle
	for _, a := range batch {
		var one int
		err := known.QueryRowContext(ctx, a.key).Scan(&one)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, fmt.Errorf("look for article %q: %w", a.doc.Title, err)
		}
		if err != nil && !seen[a.key] {
			fresh = append(fresh, a)
		}
		seen[a.key] = true
	}
	return fresh, nil
}

// number takes the index numbers that a batch needs, in its order: one row of
// serials is changed once, however many articles it numbers.
func (w *bulkWriter) number(ctx context.Context, tx *sql.Tx, batch []preparedArticle) error {
	count, next, at := map[string]int{}, map[string]int{}, w.articles.at("index_number")
	for _, a := range batch {
		count[a.prefix]++
	}
	serial := tx.StmtContext(ctx, w.serial)
	for _, a := range batch {
		if _, taken := next[a.prefix]; !taken {
			var last int
			if err := serial.QueryRowContext(ctx, idOf(records.IndexSerials, a.prefix), a.prefix, count[a.prefix]).Scan(&last); err != nil {
				return fmt.Errorf("take index numbers %s: %w", a.prefix, err)
			}
			next[a.prefix] = last - count[a.prefix] + 1
		}
		a.article[at] = records.IndexNumber(a.prefix, next[a.prefix])
		next[a.prefix]++
	}
	return nil
}
