package pb_hooks

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// readingsAtOnce is how many sources are read at once: one that is slow for minutes
// does not hold the others, and what they hold in memory stays bounded.
const readingsAtOnce = 3

// registrar reads the sources of the list of schools beside the server. What they
// answer is compared and kept one after another. A reading is whole or nothing: what is
// kept of it is kept in one transaction at its end.
type registrar struct {
	p     *platform
	begun chan struct{}
	keeps sync.Mutex // held from the comparison to the end of what rules accept

	mu        sync.Mutex
	now       map[string]*runProgress // of the runs in progress
	accepting map[string]int          // how many accept lines of a change set
}

// runProgress is how far a run is.
type runProgress struct {
	Step        string
	Pages, Rows int
	stop        context.CancelFunc // ends it
}

func newRegistrar(p *platform) *registrar {
	return &registrar{p: p, begun: make(chan struct{}, 1), now: map[string]*runProgress{}, accepting: map[string]int{}}
}

const registryRetry = 10 * time.Second // after an error of our own

// work takes up the runs that were begun until the server stops.
func (w *registrar) work(ctx context.Context) {
	var all sync.WaitGroup
	defer all.Wait()
	free := make(chan struct{}, readingsAtOnce)
	for {
		select {
		case <-ctx.Done():
			return
		case free <- struct{}{}:
		}
		run, err := w.next(ctx)
		if err == nil && run != nil {
			reading, end := w.begin(ctx, run.Id)
			all.Go(func() {
				w.report(ctx, w.read(ctx, reading, run))
				end()
				<-free
			})
			continue
		}
		<-free
		if err != nil {
			w.report(ctx, err)
			continue
		}
		select {
		case <-ctx.Done():
		case <-w.begun:
		}
	}
}

// report tells of an error of our own, and waits before the same is tried again.
func (w *registrar) report(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		w.p.app.Logger().Error("read the list of schools", "error", err)
		pause(ctx, registryRetry)
	}
}

// endBroken ends the readings that an earlier process left in the middle, before this
// one serves: nothing of them was kept. Where lines were being accepted it says so:
// each was done whole or not at all.
func (w *registrar) endBroken() error {
	return w.endLeft(dbx.HashExp{}, "服务中断")
}

// endSilent ends what commands left that were killed while this process serves.
func (w *registrar) endSilent() error {
	return w.endLeft(dbx.HashExp{"occasion": "command"}, "命令中断")
}

// endLeft ends what nobody is at any more.
func (w *registrar) endLeft(which dbx.HashExp, why string) error {
	var left []*core.Record
	err := w.p.app.RecordQuery(records.RegistryRuns).AndWhere(dbx.And(which, dbx.Or(dbx.HashExp{"state": "running"}, dbx.HashExp{"state": openRuns, "step": "accepting"}))).All(&left)
	for _, run := range left {
		switch {
		case w.p.options.Now().Sub(run.GetDateTime("alive_at").Time()) < commandLife || w.isAccepted(run.Id):
		case run.GetString("state") == "running":
			err = errors.Join(err, w.fail(run.Id, runFault{"broken_off", why + "，这次读取没有完成，没有使用读到的任何内容。请重新读取。"}))
		default:
			err = errors.Join(err, w.p.app.RunInTransaction(func(tx core.App) error { return w.p.tellBrokenOff(tx, run.Id, why) }))
		}
	}
	return err
}

// A command gives signs of life while it reads and accepts: without one for as long as
// commandLife it was killed.
const (
	commandLife = 90 * time.Second
	commandSign = 20 * time.Second
)

// giveSigns says every so often that the run of a command is alive, until ctx ends.
func (w *registrar) giveSigns(ctx context.Context, run string, every time.Duration) {
	for pause(ctx, every); ctx.Err() == nil; pause(ctx, every) {
		_, err := w.p.app.NonconcurrentDB().Update(records.RegistryRuns, dbx.Params{"alive_at": w.p.options.Now().UTC().Format(records.InstantLayout)},
			dbx.And(dbx.HashExp{"id": run}, dbx.Or(dbx.HashExp{"state": "running"}, dbx.HashExp{"step": "accepting"}))).Execute()
		if err != nil {
			w.p.app.Logger().Error("say that a reading is alive", "error", err)
		}
	}
}

// next is the run that waits longest; nil if none does.
func (w *registrar) next(ctx context.Context) (*core.Record, error) {
	var found []*core.Record
	err := w.p.app.RecordQuery(records.RegistryRuns).AndWhere(dbx.And(dbx.HashExp{"state": "running"}, dbx.NewExp("occasion != 'command'"), dbx.NotIn("id", w.reading()...))).
		OrderBy("created", "_rowid_").Limit(1).WithContext(ctx).All(&found)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// take reads for a run of a command.
func (w *registrar) take(ctx context.Context, run *core.Record) error {
	reading, end := w.begin(ctx, run.Id)
	defer end()
	signs, stop := context.WithCancel(context.Background())
	var alive sync.WaitGroup
	alive.Go(func() { w.giveSigns(signs, run.Id, commandSign) })
	defer alive.Wait()
	defer stop()
	return w.read(ctx, reading, run)
}

// read reads for a run until its own context ends, and keeps what came or why nothing
// did.
func (w *registrar) read(ctx, reading context.Context, run *core.Record) error {
	tell := func(step string, rows, pages int) { w.tell(run.Id, step, rows, pages) }
	read, err := w.p.readRun(reading, w.p.app, run, tell)
	var fault runFault
	switch {
	case ctx.Err() != nil: // the server stops: the next one says so
		return nil
	case errors.As(err, &fault):
		return w.fail(run.Id, fault)
	case err != nil:
		return errors.Join(err, w.fail(run.Id, runFault{"internal", "平台内部出错，这次读取没有完成，请告诉信息中心。"}))
	}
	w.keeps.Lock()
	defer w.keeps.Unlock()
	tell("comparing", len(read.Answer.Rows), read.Answer.Pages)
	if err := w.p.compareRead(w.p.app, run, &read); err != nil {
		return errors.Join(err, w.fail(run.Id, runFault{"internal", "平台内部出错，这次读取没有完成，请告诉信息中心。"}))
	}
	tell("storing", len(read.Answer.Rows), read.Answer.Pages)
	if err := w.p.keepRun(w.p.app, run.Id, read); err != nil {
		return errors.Join(err, w.fail(run.Id, runFault{"internal", "平台内部出错，没有保存这次读取，请告诉信息中心。"}))
	}
	return w.p.acceptByRules(run.Id)
}

// begin notes that a run is in progress, until end is called.
func (w *registrar) begin(ctx context.Context, run string) (reading context.Context, end func()) {
	reading, stop := context.WithCancel(ctx)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now[run] = &runProgress{Step: "reading", stop: stop}
	return reading, func() {
		stop()
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.now, run)
	}
}

// accept notes that somebody accepts lines of a change set, until end is called.
func (w *registrar) accept(run string) (end func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.accepting[run]++
	return sync.OnceFunc(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.accepting[run]--; w.accepting[run] == 0 {
			delete(w.accepting, run)
		}
	})
}

// isAccepted reports whether somebody accepts lines of a change set.
func (w *registrar) isAccepted(run string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.accepting[run] > 0
}

// reading are the runs in progress.
func (w *registrar) reading() (runs []any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for run := range w.now {
		runs = append(runs, run)
	}
	return runs
}

// tell keeps how far a run in progress is.
func (w *registrar) tell(run, step string, rows, pages int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if now := w.now[run]; now != nil {
		now.Step, now.Rows, now.Pages = step, rows, pages
	}
}

// progress is how far a run is; ok is false if it is not being read.
func (w *registrar) progress(run string) (now runProgress, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.now[run] == nil {
		return now, false
	}
	return *w.now[run], true
}

// cancel ends the reading for a run, if it is in progress.
func (w *registrar) cancel(run string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if now := w.now[run]; now != nil {
		now.stop()
	}
}

// runFault is why a run failed: a code that never changes and a sentence for people.
type runFault struct{ Code, Sentence string }

func (f runFault) Error() string { return f.Sentence }

// fail ends a run without a change set, unless somebody ended it before. What the
// last good one left stays.
func (w *registrar) fail(run string, f runFault) error {
	return w.p.app.RunInTransaction(func(tx core.App) error {
		r, err := tx.FindRecordById(records.RegistryRuns, run)
		if err != nil || r.GetString("state") != "running" {
			return err
		}
		now, _ := w.progress(run)
		r.Load(map[string]any{"state": "failed", "step": "", "fault": f.Code, "sentence": clip(f.Sentence, 2000), "pages": now.Pages, "rows": now.Rows, "finished_at": w.p.options.Now().UTC()})
		if err := tx.Save(r); err != nil {
			return err
		}
		src, err := tx.FindRecordById(records.RegistrySources, r.GetString("source"))
		if err != nil {
			return err
		}
		src.Set("failures", src.GetInt("failures")+1)
		if err := tx.Save(src); err != nil {
			return err
		}
		return w.p.tellOfFailures(tx, src, r)
	})
}
