package pb_hooks

import (
	"errors"
	"sync"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/altcha"
)

// filings commits what visitors file together: whoever comes first writes, and
// takes along all that wait. On a disk that takes its time one commit then serves
// many, and nobody waits for more than the commit under way and their own.
type filings struct {
	waiting struct {
		sync.Mutex
		list []*arriving
	}
	writing sync.Mutex
	w       *filingWriter // made when it is first needed; writing guards it

	counting kept[foiCounting]
	told     kept[[]string] // by school: who has in hand what is submitted
}

// arriving is a filing that waits to be written, and then what became of it. Only
// who holds writing looks at it.
type arriving struct {
	*preparedFiling
	ticket  altcha.Ticket
	done    bool
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
	mine := &arriving{preparedFiling: ready, ticket: ticket}
	q.waiting.Lock()
	q.waiting.list = append(q.waiting.list, mine)
	q.waiting.Unlock()
	q.writing.Lock()
	if !mine.done {
		q.writeAll(p)
	}
	q.writing.Unlock()
	if mine.err != nil || mine.receipt.Number != ready.request.GetString("number") {
		return mine.receipt, errors.Join(mine.err, removePapers(p.app, ready))
	}
	tellOfSaved(p.app, ready.records)
	return mine.receipt, nil
}

// writeAll writes what waits.
func (q *filings) writeAll(p *platform) {
	q.waiting.Lock()
	batch := q.waiting.list
	q.waiting.list = nil
	q.waiting.Unlock()
	for _, a := range batch {
		a.done, a.err = true, errNotWritten // should this not get to the end
	}
	if q.w == nil {
		w, err := newFilingWriter(p)
		if err != nil {
			for _, a := range batch {
				a.err = err
			}
			return
		}
		q.w = w
	}
	err := q.w.write(batch)
	if err == nil {
		return
	}
	for _, a := range batch { // one that fails takes nobody with it
		a.err = err
		if len(batch) > 1 {
			a.err = errNotWritten
			if err := q.w.write([]*arriving{a}); err != nil {
				a.err = err
			}
		}
	}
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
