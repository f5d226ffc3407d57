package pb_hooks

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// rescanned are the articles that a rescan looks at: what the public can read,
// and what is on its way there.
var rescanned = dbx.NewExp("(state IN ('published', 'expired', 'archived') OR pending != '')")

// A batch is one transaction. Scanning is done before it, and between batches
// the database is left to those who write.
const (
	rescanBatch    = 200 // articles
	rescanFindings = 100 // findings, after which a batch ends early
	rescanPause    = 20 * time.Millisecond
	rescanRetry    = 10 * time.Second // after an error
)

// rescanner looks at everything again for a new list of words, one run at a
// time. What it has done is in the record of the run, so that it goes on after
// a restart where it stopped.
type rescanner struct {
	p    *platform
	wake chan struct{}
}

func bindRescans(app core.App, p *platform) {
	r := &rescanner{p: p, wake: make(chan struct{}, 1)}
	whileServing(app, r.work)
	app.OnRecordAfterCreateSuccess(records.Rescans).BindFunc(func(e *core.RecordEvent) error {
		select {
		case r.wake <- struct{}{}:
		default: // it is awake already
		}
		return e.Next()
	})
}

// work takes up the run that is to be done until the server stops.
func (r *rescanner) work(ctx context.Context) {
	for ctx.Err() == nil {
		again, err := r.next(ctx)
		var pause <-chan time.Time
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			r.p.app.Logger().Error("rescan what is public", "error", err)
			pause = time.After(rescanRetry)
		case again:
			pause = time.After(rescanPause)
		}
		select {
		case <-ctx.Done():
			return
		case <-r.wake:
		case <-pause:
		}
	}
}

// next does one batch of the run in progress and reports whether there is more.
func (r *rescanner) next(ctx context.Context) (more bool, err error) {
	app := r.p.app
	run, err := app.FindFirstRecordByFilter(records.Rescans, "state = 'running'")
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for a run: %w", err)
	}
	list, err := app.FindRecordById(records.WordLists, run.GetString("word_list"))
	if err != nil {
		return false, fmt.Errorf("read the list of a run: %w", err)
	}
	words, err := wordsOf(app, list)
	if err != nil {
		return false, err
	}
	var articles []*core.Record
	err = app.RecordQuery(records.Articles).AndWhere(rescanned).AndWhere(dbx.NewExp("id > {:last}", dbx.Params{"last": run.GetString("last")})).
		OrderBy("id").Limit(rescanBatch).WithContext(ctx).All(&articles)
	if err != nil {
		return false, fmt.Errorf("read articles: %w", err)
	}
	batch := wordBatch{app: app, words: words, list: list.GetInt("number")}
	for _, a := range articles {
		if err := batch.add(ctx, a); err != nil {
			return false, err
		}
		if batch.changes >= rescanFindings {
			break
		}
	}
	return len(articles) > 0, app.RunInTransaction(func(tx core.App) error { return r.keep(tx, run.Id, &batch) })
}

// keep writes what a batch found together with how far the run is, unless
// somebody ended the run meanwhile.
func (r *rescanner) keep(tx core.App, id string, batch *wordBatch) error {
	run, err := tx.FindRecordById(records.Rescans, id)
	if err != nil || run.GetString("state") != "running" {
		return err
	}
	if len(batch.seen) == 0 {
		return r.p.endRescan(tx, run, "done")
	}
	opened, told := 0, map[string]bool{}
	for _, s := range batch.seen {
		n, err := batch.settle(tx, s)
		if err != nil {
			return err
		}
		opened += n
		if n == 0 || told[s.school] {
			continue
		}
		told[s.school] = true
		people, err := r.p.peopleOf(tx, s.school, publication.Editor, publication.SecrecyReviewer)
		if err != nil {
			return err
		}
		err = notify(tx, people, notification{Kind: "finding", Key: "rescan/" + id, Link: "/inbox",
			Title: fmt.Sprintf("错敏词表更新到第 %d 版，在本校的信息中发现需要核对的内容", batch.list)})
		if err != nil {
			return err
		}
	}
	last := batch.seen[len(batch.seen)-1]
	done := run.GetInt("done") + len(batch.seen)
	run.Load(map[string]any{"last": last.article, "done": done, "total": max(run.GetInt("total"), done), "found": run.GetInt("found") + opened})
	return tx.Save(run)
}

// cancelRescan ends a run; what it has found so far stays open.
func (p *platform) cancelRescan(e *core.RequestEvent) error {
	run, err := visible(e, records.Rescans, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	ways, err := p.waysTo(e.App, e.Auth, publication.Supervisor)
	if err != nil {
		return err
	}
	if len(ways) == 0 {
		return e.ForbiddenError("只有区级监督员能停止复查。", nil)
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		if run, err = tx.FindRecordById(records.Rescans, run.Id); err != nil {
			return err
		}
		if run.GetString("state") != "running" {
			return refused("id", "rescan_is_over", "这次复查已经结束")
		}
		if err := p.endRescan(tx, run, "cancelled"); err != nil {
			return err
		}
		return p.doneBy(tx, e, "cancel_rescan", run, nil)
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, run)
}
