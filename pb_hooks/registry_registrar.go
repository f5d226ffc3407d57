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

// registrar reads the sources of the list of schools beside the server, one after
// another: a reading takes seconds, and two large ones at once would take the memory
// of both. A reading is whole or nothing: what is kept of it is kept in one
// transaction at its end.
type registrar struct {
	p     *platform
	begun chan struct{}

	mu   sync.Mutex
	now  runProgress        // of the run in progress
	stop context.CancelFunc // ends it; nil if there is none
}

// runProgress is how far a run is.
type runProgress struct {
	Run         string
	Step        string
	Pages, Rows int
}

func newRegistrar(p *platform) *registrar { return &registrar{p: p, begun: make(chan struct{}, 1)} }

const registryRetry = 10 * time.Second // after an error of our own

// work takes up the runs that were begun until the server stops.
func (w *registrar) work(ctx context.Context) {
	for ctx.Err() == nil {
		more, err := w.next(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			w.p.app.Logger().Error("read the list of schools", "error", err)
			pause(ctx, registryRetry)
			continue
		case more:
			continue
		}
		select {
		case <-ctx.Done():
		case <-w.begun:
		}
	}
}

// endBroken ends the runs that an earlier process left in the middle, before this one
// serves. Nothing of them was kept.
func (w *registrar) endBroken() error {
	var left []*core.Record
	err := w.p.app.RecordQuery(records.RegistryRuns).AndWhere(dbx.HashExp{"state": "running"}).All(&left)
	for _, run := range left {
		err = errors.Join(err, w.fail(run.Id, runFault{"broken_off", "服务中断，这次读取没有完成，没有使用读到的任何内容。请重新读取。"}))
	}
	return err
}

// next reads for the run that waits longest and reports whether there was one.
func (w *registrar) next(ctx context.Context) (more bool, err error) {
	var found []*core.Record
	err = w.p.app.RecordQuery(records.RegistryRuns).AndWhere(dbx.And(dbx.HashExp{"state": "running"}, dbx.NewExp("occasion != 'command'"))).OrderBy("created", "_rowid_").Limit(1).WithContext(ctx).All(&found)
	if err != nil || len(found) == 0 {
		return false, err
	}
	return true, w.take(ctx, found[0])
}

// take reads for a run, and keeps what came or why nothing did.
func (w *registrar) take(ctx context.Context, run *core.Record) error {
	reading, cancel := context.WithCancel(ctx)
	defer cancel()
	w.begin(run.Id, cancel)
	defer w.begin("", nil)
	read, err := w.p.readRun(reading, w.p.app, run, w.tell)
	var fault runFault
	switch {
	case ctx.Err() != nil: // the server stops: the next one says so
		return nil
	case errors.As(err, &fault):
		return w.fail(run.Id, fault)
	case err != nil:
		return errors.Join(err, w.fail(run.Id, runFault{"internal", "平台内部出错，这次读取没有完成，请告诉信息中心。"}))
	}
	w.tell("storing", len(read.Answer.Rows), read.Answer.Pages)
	if err := w.p.keepRun(w.p.app, run.Id, read); err != nil {
		return errors.Join(err, w.fail(run.Id, runFault{"internal", "平台内部出错，没有保存这次读取，请告诉信息中心。"}))
	}
	return w.p.acceptByRules(run.Id)
}

func (w *registrar) begin(run string, stop context.CancelFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now, w.stop = runProgress{Run: run, Step: "reading"}, stop
}

// tell keeps how far the run in progress is.
func (w *registrar) tell(step string, rows, pages int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now.Step, w.now.Rows, w.now.Pages = step, rows, pages
}

// progress is how far a run is; ok is false if it is not being read.
func (w *registrar) progress(run string) (now runProgress, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now, w.now.Run == run
}

// cancel ends the reading for a run, if it is the one in progress.
func (w *registrar) cancel(run string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stop != nil && w.now.Run == run {
		w.stop()
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
