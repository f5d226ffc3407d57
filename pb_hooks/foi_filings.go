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
	told     kept[[]string] // by school: who has in hand what is submitted
}

// arriving is a filing that waits to be written, and then what became of it. Only
// who leads looks at that before it is told.
type arriving struct {
	*preparedFiling
	ticket  altcha.Ticket
	turn    chan bool // true: it leads; false: it is done
	receipt Receipt
	err     error
}

// errNotWritten is what a filing is told of which nobody can say more.
var errNotWritten = errors.New("the filing was not written")

// file stores a prepared filing and returns its receipt once it is on the disk.
// Of a form that is on file meanwhile it is the receipt of then.
func (q *filings) file(p *platform, ready *preparedFiling, ticket altcha.Ticket) (Receipt, error) {
	if err := storePapers(p.app, ready); err != nil {
		return Receipt{}, errors.Join(err, removePapers(p.app, ready))
	}
	mine := &arriving{preparedFiling: ready, ticket: ticket, turn: make(chan bool, 1)}
	if q.join(mine) || <-mine.turn {
		q.lead(p)
	}
	if mine.err != nil || mine.receipt.Number != ready.request.GetString("number") {
		return mine.receipt, errors.Join(mine.err, removePapers(p.app, ready))
	}
	tellOfSaved(p.app, ready.records)
	return mine.receipt, nil
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
// has a statement that is prepared once.
type knownForms struct {
	prepared sync.Once
	query    *sql.Stmt
	err      error
}

// The index leaves out empty words, so the query must say that it wants none.
const knownForm = "SELECT id FROM foi_requests WHERE resend = ? AND resend != ''"

// find is the request of a form, "" if it is not on file.
func (k *knownForms) find(app core.App, key string) (id string, err error) {
	db, plain := app.ConcurrentDB().(*dbx.DB)
	if !plain { // in a transaction
		err = app.DB().NewQuery(strings.Replace(knownForm, "?", "{:key}", 1)).Bind(dbx.Params{"key": key}).Row(&id)
	} else {
		k.prepared.Do(func() { k.query, k.err = db.DB().Prepare(knownForm) })
		if err = k.err; err == nil {
			err = k.query.QueryRow(key).Scan(&id)
		}
	}
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
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
