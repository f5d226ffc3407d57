package pb_hooks

import (
	"cmp"
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// mayProbe reports whether somebody may begin and end runs: the bureau's
// supervisors, and the people who keep the platform running.
func (p *platform) mayProbe(app core.App, person *core.Record) (bool, error) {
	return p.servesBureau(app, person, publication.Supervisor, publication.Admin)
}

// startProbe begins a run of one school or of all.
func (p *platform) startProbe(e *core.RequestEvent) error {
	if may, err := p.mayProbe(e.App, e.Auth); err != nil || !may {
		return cmp.Or(err, error(e.ForbiddenError("只有教育局监督员和管理员能开始检查。", nil)))
	}
	var body struct {
		School string `json:"school"` // code; "" are all
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	id := ""
	if body.School != "" {
		school, ok := d.ByCode(body.School)
		if !ok {
			return refused("school", "school_unknown", "没有这所学校")
		}
		id = school.ID
	}
	var run *core.Record
	err = e.App.RunInTransaction(func(tx core.App) error {
		n, err := tx.CountRecords(records.ProbeRuns, dbx.HashExp{"state": "running", "school": id})
		if err != nil {
			return err
		}
		if n > 0 {
			return refused("school", "probe_is_running", "正在检查，请等这次检查完成")
		}
		if run, err = p.prober.begin(tx, e.Auth, id); err != nil {
			return err
		}
		return p.doneBy(tx, e, "start_probe", run, map[string]any{"school": body.School})
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, probeRunView(d, run))
}

// cancelProbe ends a run. What it found so far stays.
func (p *platform) cancelProbe(e *core.RequestEvent) error {
	if may, err := p.mayProbe(e.App, e.Auth); err != nil || !may {
		return cmp.Or(err, error(e.ForbiddenError("只有教育局监督员和管理员能停止检查。", nil)))
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	var run *core.Record
	err = e.App.RunInTransaction(func(tx core.App) error {
		if run, err = tx.FindRecordById(records.ProbeRuns, e.Request.PathValue("id")); err != nil {
			return e.NotFoundError("没有这次检查。", err)
		}
		if run.GetString("state") != "running" {
			return refused("id", "probe_is_over", "这次检查已经结束")
		}
		run.Load(map[string]any{"state": "cancelled", "finished_at": p.options.Now()})
		if err := tx.Save(run); err != nil {
			return err
		}
		return p.doneBy(tx, e, "cancel_probe", run, nil)
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, probeRunView(d, run))
}
