package pb_hooks

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/probe"
	"gongkai/pb_hooks/records"
)

// prober looks at the site as visitors do: it pays visits every hour, and follows
// the links of everything public by night. It works beside the server, a little at
// a time, and rests longer than it works.
type prober struct {
	p     *platform
	visit chan struct{}
	run   chan struct{}
	seen  map[string]probe.Look // internal addresses, of the run in progress
	of    string                // that run
}

func bindProbes(app core.App, p *platform) {
	w := &prober{p: p, visit: make(chan struct{}, 1), run: make(chan struct{}, 1)}
	p.prober = w
	whileServing(app, w.visitAll)
	whileServing(app, w.work)
	app.OnRecordAfterCreateSuccess(records.ProbeRuns).BindFunc(func(e *core.RecordEvent) error {
		wake(w.run)
		return e.Next()
	})
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("巡检记录由系统填写，不能直接更改。", nil)
	}
	owned := []string{records.ProbeHours, records.ProbeDays, records.ProbeLinks, records.ProbeRuns}
	app.OnRecordCreateRequest(owned...).BindFunc(refuse)
	app.OnRecordUpdateRequest(owned...).BindFunc(refuse)
	app.OnRecordDeleteRequest(owned...).BindFunc(refuse)
}

// wake tells a worker that there is something to do; one that was told already
// will see it.
func wake(worker chan struct{}) {
	select {
	case worker <- struct{}{}:
	default:
	}
}

// ordinaryRest leaves visitors four fifths of one processor's time.
const ordinaryRest = 4

// rest leaves the machine to the site's visitors for some times as long as the
// work took.
func (w *prober) rest(ctx context.Context, took time.Duration) {
	pause(ctx, max(time.Duration(w.p.options.Rest*float64(took)), time.Millisecond))
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

const probeRetry = 10 * time.Second // after an error

// work takes up the runs that are to be done until the server stops.
func (w *prober) work(ctx context.Context) {
	for ctx.Err() == nil {
		begun := time.Now()
		more, err := w.next(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			w.p.app.Logger().Error("follow the links of the site", "error", err)
			pause(ctx, probeRetry)
			continue
		case more:
			w.rest(ctx, time.Since(begun))
			continue
		}
		select {
		case <-ctx.Done():
		case <-w.run:
		}
	}
}

// next does one part of a run in progress and reports whether there may be more.
// What somebody waits for, the run of one school, comes before the night's.
func (w *prober) next(ctx context.Context) (more bool, err error) {
	var found []*core.Record
	err = w.p.app.RecordQuery(records.ProbeRuns).AndWhere(dbx.HashExp{"state": "running"}).OrderBy("(school = '')", "created").Limit(1).WithContext(ctx).All(&found)
	if err != nil || len(found) == 0 {
		return false, err
	}
	run := found[0]
	if w.of != run.Id {
		w.of, w.seen = run.Id, map[string]probe.Look{}
	}
	var step runStep
	switch run.GetString("phase") {
	case "homes":
		step, err = w.lookAtHome(ctx, run)
	case "pages":
		step, err = w.lookAtPages(ctx, run)
	default:
		step, err = w.lookOutside(ctx, run)
	}
	if err != nil {
		return true, fmt.Errorf("%s of run %s: %w", run.GetString("phase"), run.Id, err)
	}
	return true, w.p.app.RunInTransaction(func(tx core.App) error { return w.keep(tx, run.Id, step) })
}

// runStep is a part of a run: what it found, and how far the run is then.
type runStep struct {
	changes []linkChange
	done    int // schools and articles
	asked   int // addresses elsewhere
	alone   bool
	last    string
	phase   string // the next one; "" stays, "end" is the end
}

// keep writes what a part found together with how far the run is, unless somebody
// ended it meanwhile: then only what was found.
func (w *prober) keep(tx core.App, id string, step runStep) error {
	for _, change := range step.changes {
		if err := change.write(tx); err != nil {
			return err
		}
	}
	run, err := tx.FindRecordById(records.ProbeRuns, id)
	if err != nil || run.GetString("state") != "running" {
		return err
	}
	done := run.GetInt("done") + step.done
	run.Load(map[string]any{"done": done, "total": max(run.GetInt("total"), done), "asked": run.GetInt("asked") + step.asked, "alone": step.alone, "last": step.last})
	switch step.phase {
	case "":
	case "end":
		run.Load(map[string]any{"state": "done", "finished_at": w.p.options.Now()})
	default:
		run.Load(map[string]any{"phase": step.phase, "last": ""})
	}
	return tx.Save(run)
}

// runsKept is how long it is told what runs did.
const runsKept = 90 * 24 * time.Hour

// startNightly begins the night's run where today has none.
func (w *prober) startNightly() {
	app := w.p.app
	_, err := app.FindFirstRecordByFilter(records.ProbeRuns, "school = '' && day = {:day}", dbx.Params{"day": w.p.today()})
	if errors.Is(err, sql.ErrNoRows) {
		err = app.RunInTransaction(func(tx core.App) error {
			old := w.p.options.Now().UTC().Add(-runsKept).Format(records.InstantLayout)
			if _, err := tx.DB().Delete(records.ProbeRuns, dbx.NewExp("finished_at != '' AND finished_at < {:old}", dbx.Params{"old": old})).Execute(); err != nil {
				return err
			}
			_, err := w.begin(tx, nil, "")
			return err
		})
	}
	if err != nil {
		app.Logger().Error("begin to follow the links of the site", "error", err)
	}
}

// begin stores a run of one school, or ("") of all.
func (w *prober) begin(tx core.App, by *core.Record, school string) (*core.Record, error) {
	c, err := tx.FindCachedCollectionByNameOrId(records.ProbeRuns)
	if err != nil {
		return nil, err
	}
	total, err := w.toLookAt(tx, school)
	if err != nil {
		return nil, err
	}
	run := core.NewRecord(c)
	run.Load(map[string]any{"school": school, "state": "running", "phase": "homes", "day": w.p.today(), "total": total})
	if by != nil {
		run.Load(map[string]any{"by": by.Id, "by_name": by.GetString("name")})
	}
	return run, tx.Save(run)
}

// toLookAt counts the schools and articles of a run.
func (w *prober) toLookAt(app core.App, school string) (int, error) {
	where := []dbx.Expression{dbx.In("state", publicStates()...)}
	schools := 1
	if school != "" {
		where = append(where, dbx.HashExp{"school": school})
	} else {
		d, err := w.p.directory()
		if err != nil {
			return 0, err
		}
		schools = len(d.Schools)
	}
	n, err := app.CountRecords(records.Articles, where...)
	return int(n) + schools, err
}
