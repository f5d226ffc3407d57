package pb_hooks

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"gongkai/pb_hooks/audit"
	"gongkai/pb_hooks/records"
)

// filingWriter inserts prepared filings through statements that are prepared
// once, on the one connection that PocketBase writes through. The records were
// made and sealed by us and checked by foi; a test holds the rows to what saving
// the records would have stored.
type filingWriter struct {
	p                   *platform
	db                  *sql.DB
	lock, known, serial *sql.Stmt
	last                *sql.Stmt // of the audit
	tables              map[string]*bulkTable
	inserts             map[string]*sql.Stmt
}

func newFilingWriter(p *platform) (w *filingWriter, err error) {
	db, ok := p.app.NonconcurrentDB().(*dbx.DB)
	if !ok {
		return nil, errors.New("filings need the plain database, not a transaction")
	}
	w = &filingWriter{p: p, db: db.DB(), tables: map[string]*bulkTable{}, inserts: map[string]*sql.Stmt{}}
	prepare := func(query string) (s *sql.Stmt) {
		if err == nil {
			if s, err = w.db.Prepare(query); err != nil {
				err = fmt.Errorf("prepare %q: %w", query, err)
			}
		}
		return s
	}
	// writes nothing, but no other process writes between it and the commit
	w.lock = prepare("DELETE FROM foi_serials WHERE id = ''")
	w.known = prepare(knownForm)
	w.serial = prepare("INSERT INTO foi_serials (id, series, last) VALUES (?, ?, 1) ON CONFLICT (series) DO UPDATE SET last = last + 1 RETURNING last")
	w.last = prepare("SELECT number, hash FROM audit_log ORDER BY number DESC LIMIT 1")
	for _, name := range []string{records.FOIRequests, records.FOIApplications, records.FOISteps, records.FOIMails, records.Notices, records.AuditLog} {
		t, failed := newBulkTable(p.app, name)
		if failed != nil {
			return nil, failed
		}
		w.tables[name], w.inserts[name] = t, prepare(t.insert())
	}
	return w, err
}

// write stores filings in one transaction and says of each what became of it. If
// it fails nothing is stored, and nothing is said.
func (w *filingWriter) write(batch []*arriving) (err error) {
	ctx := context.Background() // who asked may be gone, others in the batch wait
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin filing: %w", err)
	}
	ended := false
	defer func() {
		if !ended {
			err = errors.Join(err, tx.Rollback())
		}
	}()
	if _, err := tx.Stmt(w.lock).Exec(); err != nil {
		return fmt.Errorf("lock the database: %w", err)
	}
	var last audit.Entry
	if err := tx.Stmt(w.last).QueryRow().Scan(&last.Number, &last.Hash); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read the audit: %w", err)
	}
	refused, earlier := map[*arriving]error{}, map[*arriving]bool{}
	for _, a := range batch {
		var id string
		switch err := tx.Stmt(w.known).QueryRow(a.request.GetString("resend")).Scan(&id); {
		case err == nil:
			earlier[a] = true
			continue
		case !errors.Is(err, sql.ErrNoRows):
			return fmt.Errorf("look for a form: %w", err)
		}
		// before a number is taken. A form whose filing fails after all is let in again
		if err := w.p.spend(a.ticket); err != nil {
			refused[a] = err
			continue
		}
		if err := w.number(tx, a.preparedFiling); err != nil {
			return err
		}
		if last, err = w.insert(tx, a.preparedFiling, last); err != nil {
			return err
		}
	}
	ended = true
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit filings: %w", err)
	}
	for _, a := range batch {
		switch {
		case earlier[a]:
			var before *Receipt
			if before, a.err = w.p.filedBefore(w.p.app, a.filing); before != nil {
				a.receipt = *before
			}
		case refused[a] != nil:
			a.err = refused[a]
		default:
			a.receipt, a.err = a.preparedFiling.receipt(), nil
		}
	}
	return nil
}

// number takes the next number of the year.
func (w *filingWriter) number(tx *sql.Tx, f *preparedFiling) error {
	var n int
	if err := tx.Stmt(w.serial).QueryRow(core.GenerateDefaultRandomId(), requestSeries(f.year())).Scan(&n); err != nil {
		return fmt.Errorf("take a number: %w", err)
	}
	return w.p.number(f, requestNumber(f.year(), n))
}

// insert inserts the rows of a filing, and the deed after the last one.
func (w *filingWriter) insert(tx *sql.Tx, f *preparedFiling, last audit.Entry) (audit.Entry, error) {
	now, err := types.ParseDateTime(w.p.options.Now())
	if err != nil {
		return last, err
	}
	for _, r := range f.records {
		for _, field := range []string{"created", "updated"} {
			if r.Collection().Fields.GetByName(field) != nil {
				r.SetRaw(field, now)
			}
		}
		row, err := r.DBExport(w.p.app)
		if err != nil {
			return last, err
		}
		if err := w.insertRow(tx, r.Collection().Name, row); err != nil {
			return last, err
		}
	}
	done, err := f.deed()
	if err != nil {
		return last, err
	}
	e, err := entryOf(w.p.options.Now(), f.by, done)
	if err != nil {
		return last, err
	}
	last = e.Follow(last)
	return last, w.insertRow(tx, records.AuditLog, entryRow(last))
}

func (w *filingWriter) insertRow(tx *sql.Tx, table string, row map[string]any) error {
	if _, err := tx.Stmt(w.inserts[table]).Exec(w.tables[table].values(row)...); err != nil {
		return fmt.Errorf("insert into %s: %w", table, err)
	}
	return nil
}
