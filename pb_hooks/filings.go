package pb_hooks

import (
	"database/sql"
	"errors"
	"strings"
	"sync"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/altcha"
)

// filings commits what visitors file together. Whoever comes first leads: puts the
// papers of all that wait on the disk, and writes them in one transaction. While that
// is written the next one leads. On a disk that takes its time one commit then serves
// many, and nobody waits for more than the commit under way and their own.
type filings struct {
	mu      sync.Mutex
	waiting []*arriving
	led     bool // somebody is about to take what waits

	writing sync.Mutex
	w       *filingWriter // made when it is first needed; writing guards it

	known    knownForms
	counting kept[foiCounting]
	levels   kept[inquiryCounting]
	told     kept[[]string] // by school, or unit and role: who has in hand what is submitted
}

// preparedFiling is what a visitor files, checked, with all its records but for the
// number, which is taken in the transaction.
type preparedFiling struct {
	records []*core.Record // what is stored, in this order. The first is the case, whose column resend knows the form again
	papers  *core.Record   // the one of them that uploads were sealed for
	uploads uploads
	series  string                             // whose next number it takes
	look    func(*filingWriter, batchTx) error // at what is on file, before it is; nil without
	number  func(n int) error                  // puts the number wherever it is told
	deeds   func() ([]signedDeed, error)       // how it stands in the audit
}

// signedDeed is a deed and who did it.
type signedDeed struct {
	by actor
	deed
}

func (f *preparedFiling) table() string { return f.records[0].Collection().Name }

// arriving is a filing that waits to be written, and then what became of it. Only
// who leads looks at that before it is told.
type arriving struct {
	*preparedFiling
	ticket altcha.Ticket
	turn   chan bool // true: it leads; false: it is done
	stored bool      // false without an error: its form was on file
	err    error
}

// errNotWritten is what a filing is told of which nobody can say more.
var errNotWritten = errors.New("the filing was not written")

// file stores a prepared filing and returns once it is on the disk. stored is false
// if its form is on file meanwhile.
func (q *filings) file(p *platform, ready *preparedFiling, ticket altcha.Ticket) (stored bool, err error) {
	if err := storePapers(p.app, ready); err != nil {
		return false, errors.Join(err, removePapers(p.app, ready))
	}
	mine := &arriving{preparedFiling: ready, ticket: ticket, turn: make(chan bool, 1)}
	if q.join(mine) || <-mine.turn {
		q.lead(p)
	}
	if mine.err != nil || !mine.stored {
		return false, errors.Join(mine.err, removePapers(p.app, ready))
	}
	tellOfSaved(p.app, ready.records)
	return true, nil
}

// join lets a filing wait, and reports whether it leads.
func (q *filings) join(a *arriving) (leads bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, a)
	leads, q.led = !q.led, true
	return leads
}

// lead writes what waits and tells all of it that it is done.
func (q *filings) lead(p *platform) {
	batch := q.collect(p)
	defer func() {
		for _, a := range batch {
			a.turn <- false
		}
	}()
	defer q.writing.Unlock()
	q.write(p, batch)
}

// collect takes what waits, puts its papers on the disk, and holds writing.
func (q *filings) collect(p *platform) []*arriving {
	defer q.handOver()
	q.mu.Lock()
	batch := q.waiting
	q.waiting = nil
	q.mu.Unlock()
	syncBatch(p.app, batch)
	q.writing.Lock()
	return batch
}

// handOver lets the next one lead.
func (q *filings) handOver() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.led = len(q.waiting) > 0; q.led {
		q.waiting[0].turn <- true
	}
}

// write writes what has its papers on the disk.
func (q *filings) write(p *platform, batch []*arriving) {
	var whole []*arriving
	for _, a := range batch {
		if a.err == nil {
			whole = append(whole, a)
			a.err = errNotWritten // should this not get to the end
		}
	}
	if len(whole) == 0 {
		return
	}
	if q.w == nil {
		w, err := newFilingWriter(p)
		if err != nil {
			for _, a := range whole {
				a.err = err
			}
			return
		}
		q.w = w
	}
	err := q.w.write(whole)
	if err == nil {
		return
	}
	for _, a := range whole { // one that fails takes nobody with it
		a.err = err
		if len(whole) > 1 {
			a.err = errNotWritten
			if err := q.w.write([]*arriving{a}); err != nil {
				a.err = err
			}
		}
	}
}

// knownForms looks up forms that are on file. Every filing does that first, so it
// has a statement for each table that is prepared once. One asks after the other:
// each connection would prepare it anew, which takes longer than they wait.
type knownForms struct {
	mu      sync.Mutex
	queries map[string]*sql.Stmt
}

// knownForm asks for the case of a form. The index leaves out empty words, so the
// query must say that it wants none.
func knownForm(table string) string {
	return "SELECT id FROM " + table + " WHERE resend = ? AND resend != ''"
}

// find is the case of a form in a table, "" if it is not on file.
func (k *knownForms) find(app core.App, table, key string) (id string, err error) {
	db, plain := app.ConcurrentDB().(*dbx.DB)
	if !plain { // in a transaction
		err = app.DB().NewQuery(strings.Replace(knownForm(table), "?", "{:key}", 1)).Bind(dbx.Params{"key": key}).Row(&id)
	} else {
		err = k.ask(db, table, key, &id)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

func (k *knownForms) ask(db *dbx.DB, table, key string, id *string) (err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.queries == nil {
		k.queries = map[string]*sql.Stmt{}
	}
	if k.queries[table] == nil {
		if k.queries[table], err = db.DB().Prepare(knownForm(table)); err != nil {
			return err
		}
	}
	return k.queries[table].QueryRow(key).Scan(id)
}

// saveFiling stores a prepared filing in a transaction, by saving its records.
func (p *platform) saveFiling(tx core.App, f *preparedFiling) error {
	n, err := nextSerial(tx, f.series)
	if err != nil {
		return err
	}
	if err := f.number(n); err != nil {
		return err
	}
	for _, r := range f.records {
		if err := tx.Save(r); err != nil {
			return err
		}
	}
	if err := syncPapers(tx, f.papers); err != nil {
		return err
	}
	deeds, err := f.deeds()
	if err != nil {
		return err
	}
	for _, d := range deeds {
		if err := p.audit(tx, d.by, d.deed); err != nil {
			return err
		}
	}
	return nil
}

// tellOfSaved lets whoever listens hear of records that were inserted past them:
// open pages of the workbench, and the mails.
func tellOfSaved(app core.App, saved []*core.Record) {
	for _, r := range saved {
		r.MarkAsNotNew()
		event := &core.ModelEvent{App: app, Type: core.ModelEventTypeCreate}
		event.Model = r
		if err := app.OnModelAfterCreateSuccess().Trigger(event); err != nil {
			app.Logger().Error("tell of what was filed", "error", err) // it is on file all the same
		}
	}
}
