package pb_hooks

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/site"
)

// lineKinds are the kinds of lines in the order in which they are shown.
var lineKinds = kindNames(registry.Create, registry.AddCampus, registry.Update, registry.Rename, registry.Move, registry.Merge, registry.Split, registry.Close,
	registry.Reopen, registry.Vanish, registry.Conflict, registry.Unsure, registry.Bad)

func kindNames(kinds ...registry.Kind) []NamedCode {
	list := make([]NamedCode, len(kinds))
	for i, kind := range kinds {
		list[i] = NamedCode{string(kind), kind.Label()}
	}
	return list
}

var (
	runStates = []NamedCode{{"running", "正在读取"}, {"ready", "待处理"}, {"stopped", "已暂停，待核对"}, {"partly", "部分处理"}, {"applied", "已完成"}, {"failed", "失败"}, {"dismissed", "已搁置"}, {"cancelled", "已停止"}}
	runSteps  = []NamedCode{{"waiting", "排队"}, {"reading", "读取来源"}, {"comparing", "比对学校"}, {"storing", "保存变更集"}, {"accepting", "写入变更"}}
)

// nameFor is the name of a code in a list; of an unknown one the code itself.
func nameFor(list []NamedCode, code string) string {
	if i := slices.IndexFunc(list, func(n NamedCode) bool { return n.Code == code }); i >= 0 {
		return list[i].Name
	}
	return code
}

func namesOf(list []NamedCode) (names []string) {
	for _, one := range list {
		names = append(names, one.Name)
	}
	return names
}

func codesOf(list []NamedCode) (codes []any) {
	for _, one := range list {
		codes = append(codes, one.Code)
	}
	return codes
}

const mostRuns = 100 // of one page

// listRuns answers with runs, the latest first, filtered by source and state.
func (p *platform) listRuns(e *core.RequestEvent) error {
	reader, err := p.readsRegistry(e)
	if err != nil {
		return err
	}
	ask, where := e.Request.URL.Query(), dbx.HashExp{"state": codesOf(runStates)} // of an empty condition there is no query
	if src := ask.Get("source"); src != "" {
		where["source"] = src
	}
	if states := ask["state"]; len(states) > 0 && states[0] != "" {
		where["state"] = anys(states)
	}
	list := RegistryRuns{Items: []RegistryRun{}, Page: max(1, number(ask, "page", 1)), PerPage: min(mostRuns, max(1, number(ask, "per_page", 20)))}
	n, err := e.App.CountRecords(records.RegistryRuns, where)
	if err != nil {
		return err
	}
	list.Total = int(n)
	var found []*core.Record
	err = e.App.RecordQuery(records.RegistryRuns).AndWhere(where).OrderBy("created DESC", "_rowid_ DESC").Limit(int64(list.PerPage)).Offset(int64((list.Page - 1) * list.PerPage)).All(&found)
	if err != nil {
		return err
	}
	for _, run := range found {
		view, err := p.registryRun(e.App, run, reader)
		if err != nil {
			return err
		}
		list.Items = append(list.Items, view)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, list)
}

func (p *platform) readRunDesk(e *core.RequestEvent) error {
	reader, err := p.readsRegistry(e)
	if err != nil {
		return err
	}
	run, err := registryRunAsked(e.App, e)
	if err != nil {
		return err
	}
	view, err := p.registryRun(e.App, run, reader)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, view)
}

// registryRun draws a run for a reader.
func (p *platform) registryRun(app core.App, run *core.Record, reader registryReader) (RegistryRun, error) {
	t := run.GetString
	state := t("state")
	v := RegistryRun{ID: run.Id, Source: t("source"), State: state, StateName: nameFor(runStates, state), Occasion: t("occasion"), Step: t("step"),
		Pages: run.GetInt("pages"), Rows: run.GetInt("rows"), Dry: run.GetBool("dry"), Unchanged: run.GetBool("unchanged"), Partial: run.GetBool("partial"), Same: run.GetInt("same"),
		Counts: []RegistryCount{}, Fault: t("fault"), Sentence: t("sentence"), Shape: t("shape"), Stop: t("stop"), ReleaseReason: t("release_reason"), ReleasedBy: t("released_by_name"),
		ReleasedAt: t("released_at"), By: t("by_name"), FileName: t("file_name"), BeganAt: t("began_at"), FinishedAt: t("finished_at"),
		MayDecide: reader.Decides && (state == "ready" || state == "partly"), MayRelease: reader.Decides && state == "stopped",
		MayCancel: reader.Decides && state == "running", MayDismiss: reader.Decides && slices.Contains(openRuns, any(state))}
	if now, ok := p.registrar.progress(run.Id); ok && state == "running" {
		v.Step, v.Pages, v.Rows = now.Step, now.Pages, now.Rows
	}
	v.StepName = nameFor(runSteps, v.Step)
	src, err := app.FindRecordById(records.RegistrySources, v.Source)
	if err != nil {
		return v, err
	}
	v.SourceName = src.GetString("name")
	var counts []struct {
		Kind     string `db:"kind"`
		Decision string `db:"decision"`
		Asks     bool   `db:"asks"`
		Count    int    `db:"count"`
	}
	err = app.DB().Select("kind", "decision", "asks", "count(*) AS count").From(records.RegistryLines).Where(dbx.HashExp{"run": run.Id}).GroupBy("kind", "decision", "asks").All(&counts)
	if err != nil {
		return v, err
	}
	for _, kind := range lineKinds {
		count := RegistryCount{Kind: kind.Code, Name: kind.Name}
		for _, c := range counts {
			if c.Kind != kind.Code {
				continue
			}
			count.Total += c.Count
			switch {
			case c.Decision == "accepted":
				count.Accepted += c.Count
			case c.Decision == "refused":
				count.Refused += c.Count
			case c.Asks:
				count.Open += c.Count
			}
		}
		if count.Total > 0 {
			v.Counts, v.Open = append(v.Counts, count), v.Open+count.Open
		}
	}
	return v, nil
}

// actOnRun changes a run in one transaction, in which the deed is entered.
func (p *platform) actOnRun(e *core.RequestEvent, action string, do func(tx core.App, run *core.Record) (map[string]any, error)) error {
	reader, err := p.decidesRegistry(e)
	if err != nil {
		return err
	}
	var view RegistryRun
	err = e.App.RunInTransaction(func(tx core.App) error {
		run, err := registryRunAsked(tx, e)
		if err != nil {
			return err
		}
		detail, err := do(tx, run)
		if err != nil {
			return err
		}
		if err := p.doneBy(tx, e, action, run, detail); err != nil {
			return err
		}
		view, err = p.registryRun(tx, run, reader)
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

// cancelRun ends a run in progress. Nothing of it is kept.
func (p *platform) cancelRun(e *core.RequestEvent) error {
	err := p.actOnRun(e, "cancel_registry_run", func(tx core.App, run *core.Record) (map[string]any, error) {
		if run.GetString("state") != "running" {
			return nil, refused("run", "run_is_over", "这次读取已经结束")
		}
		run.Load(map[string]any{"state": "cancelled", "step": "", "sentence": "由" + e.Auth.GetString("name") + "停止，没有使用读到的任何内容。", "finished_at": p.options.Now().UTC()})
		return nil, tx.Save(run)
	})
	if err == nil {
		p.registrar.cancel(e.Request.PathValue("id"))
	}
	return err
}

// dismissRun puts a change set aside. What was decided stays; what was not comes
// back with the next run.
func (p *platform) dismissRun(e *core.RequestEvent) error {
	return p.actOnRun(e, "dismiss_registry_run", func(tx core.App, run *core.Record) (map[string]any, error) {
		if !slices.Contains(openRuns, any(run.GetString("state"))) {
			return nil, refused("run", "run_is_over", "这个变更集已经结束，不能搁置")
		}
		run.Load(map[string]any{"state": "dismissed", "sentence": "由" + e.Auth.GetString("name") + "搁置，没有处理的变更会在下次读取时再列出。"})
		if err := tx.Save(run); err != nil {
			return nil, err
		}
		return nil, readWholeNext(tx, run.GetString("source"))
	})
}

// releaseRun lets a person decide on a change set that stopped, once they wrote down
// why it is right.
func (p *platform) releaseRun(e *core.RequestEvent) error {
	var body struct {
		Reason string `json:"reason"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	reason := strings.TrimSpace(cleanLines(body.Reason))
	defer p.drop(site.ComparedTag)
	return p.actOnRun(e, "release_registry_run", func(tx core.App, run *core.Record) (map[string]any, error) {
		switch n := utf8.RuneCountInString(reason); {
		case run.GetString("state") != "stopped":
			return nil, refused("run", "set_is_not_stopped", "这个变更集没有暂停")
		case n < 5 || n > 500:
			return nil, refused("reason", "reason_length", "请写明核对了什么、为什么可以放行，5 至 500 个字")
		}
		src, err := tx.FindRecordById(records.RegistrySources, run.GetString("source"))
		if err != nil {
			return nil, err
		}
		if err := p.isGood(tx, src, run, nil); err != nil {
			return nil, err
		}
		if err := tx.Save(src); err != nil {
			return nil, err
		}
		run.Load(map[string]any{"state": "ready", "release_reason": reason, "released_by": e.Auth.Id, "released_by_name": e.Auth.GetString("name"), "released_at": p.options.Now().UTC()})
		if err := tx.Save(run); err != nil {
			return nil, err
		}
		return map[string]any{"release_reason": reason}, p.settleReleased(tx, run)
	})
}

// settleReleased ends a released set that holds nothing to decide, such as one that
// stopped only because the source lost a field.
func (p *platform) settleReleased(tx core.App, run *core.Record) error {
	open, err := tx.CountRecords(records.RegistryLines, dbx.HashExp{"run": run.Id, "asks": true})
	if err != nil || open > 0 {
		return err
	}
	return p.settleRun(tx, run)
}

// compareRunAgain brings an open change set in step with the schools as they are now.
func (p *platform) compareRunAgain(e *core.RequestEvent) error {
	return p.actOnRun(e, "compare_registry_run", func(tx core.App, run *core.Record) (map[string]any, error) {
		if err := mayBeDecided(run); err != nil {
			return nil, err
		}
		if err := p.compareAgain(tx, run); err != nil {
			return nil, err
		}
		return nil, p.settleRun(tx, run)
	})
}
