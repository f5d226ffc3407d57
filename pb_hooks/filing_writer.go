package pb_hooks

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
	"github.com/pocketbase/pocketbase/tools/types"

	"gongkai/pb_hooks/audit"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// filingWriter inserts prepared filings through statements that are prepared
// once, on the one connection that PocketBase writes through. The records were
// made and sealed by us and checked by the procedure; a test holds the rows to what
// saving the records would have stored.
type filingWriter struct {
	p                   *platform
	db                  *sql.DB
	lock, serial, alike *sql.Stmt
	last                *sql.Stmt            // of the audit
	status              *sql.Stmt            // of a school
	known               map[string]*sql.Stmt // by table: the case of a form
	tables              map[string]*bulkTable
	inserts             map[string]*sql.Stmt
}

// batchTx is the transaction of a batch. A statement is bound to it once: for each row
// anew it would take as long as the row.
type batchTx struct {
	*sql.Tx
	bound map[*sql.Stmt]*sql.Stmt
}

// Stmt is a statement within the transaction.
func (tx batchTx) Stmt(s *sql.Stmt) *sql.Stmt {
	if tx.bound[s] == nil {
		tx.bound[s] = tx.Tx.Stmt(s)
	}
	return tx.bound[s]
}

func newFilingWriter(p *platform) (w *filingWriter, err error) {
	db, ok := p.app.NonconcurrentDB().(*dbx.DB)
	if !ok {
		return nil, errors.New("filings need the plain database, not a transaction")
	}
	w = &filingWriter{p: p, db: db.DB(), known: map[string]*sql.Stmt{}, tables: map[string]*bulkTable{}, inserts: map[string]*sql.Stmt{}}
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
	w.serial = prepare("INSERT INTO foi_serials (id, series, last) VALUES (?, ?, 1) ON CONFLICT (series) DO UPDATE SET last = last + 1 RETURNING last")
	w.last = prepare("SELECT number, hash FROM audit_log ORDER BY number DESC LIMIT 1")
	w.alike = prepare(alikeLetters)
	w.status = prepare("SELECT status FROM schools WHERE id = ?")
	for _, table := range []string{records.FOIRequests, records.Inquiries} {
		w.known[table] = prepare(knownForm(table))
	}
	for _, name := range []string{records.FOIRequests, records.FOIApplications, records.FOISteps, records.Inquiries, records.InquiryLetters, records.InquirySteps,
		records.FOIMails, records.Notices, records.AuditLog} {
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
	begun, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin filing: %w", err)
	}
	tx := batchTx{begun, map[*sql.Stmt]*sql.Stmt{}}
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
		switch err := tx.Stmt(w.known[a.table()]).QueryRow(a.records[0].GetString("resend")).Scan(&id); {
		case err == nil:
			earlier[a] = true
			continue
		case !errors.Is(err, sql.ErrNoRows):
			return fmt.Errorf("look for a form: %w", err)
		}
		if a.look != nil {
			if err := a.look(w, tx); err != nil {
				return err
			}
		}
		open, err := w.isOpen(tx, a.preparedFiling)
		if err != nil {
			return err
		}
		if !open {
			refused[a] = router.NewForbiddenError("这所学校刚刚合并、撤销或撤回开办，没有收下。请刷新页面，按页面上的说明向承接的单位提出。", nil)
			continue
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
		case refused[a] != nil:
			a.err = refused[a]
		default:
			a.stored, a.err = !earlier[a], nil
		}
	}
	return nil
}

// isOpen reports whether the school of a filing is still at work: sending papers takes
// minutes, and since its door was passed it may have ended or its opening may have been
// taken back. The bureau always is.
func (w *filingWriter) isOpen(tx batchTx, f *preparedFiling) (bool, error) {
	unit := f.records[0].GetString("school") + f.records[0].GetString("unit")
	if unit == bureauUnit {
		return true, nil
	}
	var status string
	err := tx.Stmt(w.status).QueryRow(unit).Scan(&status)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("look whether a school is at work: %w", err)
	}
	return status == registry.Open, nil
}

// number takes the next number of its series.
func (w *filingWriter) number(tx batchTx, f *preparedFiling) error {
	var n int
	if err := tx.Stmt(w.serial).QueryRow(core.GenerateDefaultRandomId(), f.series).Scan(&n); err != nil {
		return fmt.Errorf("take a number: %w", err)
	}
	return f.number(n)
}

// insert inserts the rows of a filing, and its deeds after the last one.
func (w *filingWriter) insert(tx batchTx, f *preparedFiling, last audit.Entry) (audit.Entry, error) {
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
	deeds, err := f.deeds()
	if err != nil {
		return last, err
	}
	for _, d := range deeds {
		e, err := entryOf(w.p.options.Now(), d.by, d.deed)
		if err != nil {
			return last, err
		}
		last = e.Follow(last)
		if err := w.insertRow(tx, records.AuditLog, entryRow(last)); err != nil {
			return last, err
		}
	}
	return last, nil
}

func (w *filingWriter) insertRow(tx batchTx, table string, row map[string]any) error {
	if _, err := tx.Stmt(w.inserts[table]).Exec(w.tables[table].values(row)...); err != nil {
		return fmt.Errorf("insert into %s: %w", table, err)
	}
	return nil
}
