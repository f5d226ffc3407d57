package pb_hooks

import (
	"cmp"
	"encoding/json"
	"errors"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	"github.com/pocketbase/pocketbase/tools/types"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/site"
)

// States of a change set that still waits for people.
var openRuns = []any{"ready", "stopped", "partly"}

// keepRun stores the change set of a run in one transaction, unless somebody ended
// the run meanwhile. A set that stops leaves nothing for the next run: until a person
// released it, the last good one counts.
func (p *platform) keepRun(app core.App, id string, read registryReading) error {
	defer p.drop(site.ComparedTag)
	return app.RunInTransaction(func(tx core.App) error {
		run, err := tx.FindRecordById(records.RegistryRuns, id)
		if err != nil || run.GetString("state") != "running" {
			return err
		}
		src, err := tx.FindRecordById(records.RegistrySources, run.GetString("source"))
		if err != nil {
			return err
		}
		now := p.options.Now().UTC()
		run.Load(map[string]any{"step": "", "pages": read.Answer.Pages, "rows": len(read.Answer.Rows), "unchanged": read.Answer.Unchanged, "partial": read.Answer.Partial,
			"shape": clip(read.Shape, 2000), "stop": clip(read.Set.Stop, 2000), "memory": read.Memory, "feedback": read.Set.Feedback, "finished_at": now})
		if !read.Answer.Unchanged && !read.Answer.Partial {
			if err := p.setAside(tx, src.Id, "有了更新的变更集"); err != nil {
				return err
			}
		}
		same, lines, err := insertLines(tx, run, read.Set.Lines, 0)
		if err != nil {
			return err
		}
		run.Set("same", same)
		src.Load(map[string]any{"failures": 0})
		switch {
		case read.Shape != "" || read.Set.Stop != "":
			run.Load(map[string]any{"state": "stopped", "stop": clip(strings.TrimSpace(read.Shape+read.Set.Stop), 2000)})
		default:
			if err := p.isGood(tx, src, run, read.Set.Agreed); err != nil {
				return err
			}
			run.Load(map[string]any{"state": "ready", "step": map[bool]string{false: "accepting"}[run.GetBool("dry")]}) // by rules, which come next
			if asks(lines) == 0 {
				run.Load(map[string]any{"state": "applied", "step": "", "sentence": cmp.Or(map[bool]string{true: "来源没有变化。"}[read.Answer.Unchanged], "没有需要处理的变更。")})
				src.Set("applied_at", now)
			}
		}
		if len(lines) > 0 {
			if err := packAnswer(run, read); err != nil {
				return err
			}
		}
		if err := errors.Join(tx.Save(src), tx.Save(run)); err != nil {
			return err
		}
		return p.tellOfRun(tx, src, run, asks(lines))
	})
}

// isGood takes a run as the last good one of its source.
func (p *platform) isGood(tx core.App, src, run *core.Record, agreed []registry.Correction) error {
	memory, err := memoryOf(run)
	if err != nil {
		return err
	}
	src.Load(map[string]any{"memory": memory, "good_at": p.options.Now().UTC()})
	for _, c := range agreed { // the register says now what was put right here
		if err := p.heardOfCorrected(tx, c.School, c.Field, c.Value); err != nil {
			return err
		}
	}
	return nil
}

// setAside ends the change sets of a source that still wait.
func (p *platform) setAside(tx core.App, src, why string) error {
	var waiting []*core.Record
	if err := tx.RecordQuery(records.RegistryRuns).AndWhere(dbx.HashExp{"source": src, "state": openRuns}).All(&waiting); err != nil {
		return err
	}
	for _, run := range waiting {
		run.Load(map[string]any{"state": "dismissed", "sentence": why})
		if err := tx.Save(run); err != nil {
			return err
		}
	}
	return nil
}

func packAnswer(run *core.Record, read registryReading) error {
	packed, err := packRows(read.Answer.Rows)
	if err != nil {
		return err
	}
	file, err := filesystem.NewFileFromBytes(packed, "rows.json.gz")
	if err != nil {
		return err
	}
	run.Set("answer", file)
	return nil
}

// asks counts the lines that ask for a decision.
func asks(lines []registry.Line) (n int) {
	for _, line := range lines {
		if asksOf(line) {
			n++
		}
	}
	return n
}

// asksOf reports whether there is something to decide on a line.
func asksOf(line registry.Line) bool {
	return line.Acceptable() || line.Kind == registry.Unsure || line.Kind == registry.Merge && !line.Known
}

// insertLines stores the lines of a set behind the first so many, but those that
// change nothing: it counts them.
func insertLines(tx core.App, run *core.Record, set []registry.Line, after int) (same int, lines []registry.Line, err error) {
	now := types.NowDateTime().String()
	for _, line := range set {
		if line.Kind == registry.Same {
			same++
			continue
		}
		lines = append(lines, line)
		raw, err := json.Marshal(line)
		if err != nil {
			return 0, nil, err
		}
		row := dbx.Params{"id": core.GenerateDefaultRandomId(), "run": run.Id, "position": after + len(lines), "kind": string(line.Kind), "school": line.School,
			"basis": string(line.Basis), "reason": clip(line.Reason, 1000), "name": clip(line.Name, 200), "key": line.Key, "row_key": line.RowKey, "asks": asksOf(line),
			"line": string(raw), "decision": "pending", "created": now, "updated": now}
		if _, err := tx.DB().Insert(records.RegistryLines, row).Execute(); err != nil {
			return 0, nil, err
		}
	}
	return same, lines, nil
}

// compareAgain brings the open lines of a change set in step with the schools and the
// decisions as they are now: what no longer holds goes, what is new comes behind.
func (p *platform) compareAgain(tx core.App, run *core.Record) error {
	src, err := tx.FindRecordById(records.RegistrySources, run.GetString("source"))
	if err != nil {
		return err
	}
	packed, err := storedBytes(tx, run, "answer")
	if err != nil {
		return err
	}
	rows, err := unpackRows(packed)
	if err != nil {
		return err
	}
	memory, err := memoryOf(run)
	if err != nil {
		return err
	}
	for school := range memory.Missing { // as it was before this answer
		memory.Missing[school]--
	}
	set, err := p.compareRows(tx, src, rows, run.GetBool("partial"), memory.Missing)
	if err != nil {
		return err
	}
	var there []*core.Record
	if err := tx.RecordQuery(records.RegistryLines).AndWhere(dbx.HashExp{"run": run.Id}).OrderBy("position").All(&there); err != nil {
		return err
	}
	known, last := map[string]bool{}, 0 // by key: true while undecided and as it was
	for _, r := range there {
		last = max(last, r.GetInt("position"))
		known[r.GetString("key")] = known[r.GetString("key")] || isOpenLine(r) && r.GetString("outcome") == ""
	}
	var fresh []registry.Line
	found := map[string]bool{}
	for _, line := range set.Lines {
		if found[line.Key] = true; !known[line.Key] && line.Kind != registry.Same {
			fresh = append(fresh, line)
		}
	}
	for _, r := range there {
		if isOpenLine(r) && (!found[r.GetString("key")] || r.GetString("outcome") != "") {
			if err := tx.Delete(r); err != nil {
				return err
			}
		}
	}
	_, _, err = insertLines(tx, run, fresh, last)
	return err
}

// isOpenLine reports whether a line is not decided yet.
func isOpenLine(r *core.Record) bool {
	return r.GetString("decision") == "pending" || r.GetString("decision") == "postponed"
}

// beginAccepting notes that lines of a change set are being accepted, each in a
// transaction of its own, until settleRun says how far it came.
func (p *platform) beginAccepting(app core.App, id string) error {
	return app.RunInTransaction(func(tx core.App) error {
		run, err := tx.FindRecordById(records.RegistryRuns, id)
		if err != nil || mayBeDecided(run) != nil {
			return err
		}
		run.Set("step", "accepting")
		return tx.Save(run)
	})
}

// tellBrokenOff says of a change set that the server, or a command, died while lines
// were accepted.
func (p *platform) tellBrokenOff(tx core.App, id, why string) error {
	run, err := tx.FindRecordById(records.RegistryRuns, id)
	if err != nil {
		return err
	}
	if err := p.settleRun(tx, run); err != nil || run.GetString("state") == "applied" {
		return err
	}
	run.Set("sentence", why+"，接受变更时只做了一部分。标为已接受的都已完整写入，其余的没有动：请在下面接着处理。")
	return tx.Save(run)
}

// settleRun ends a run of which nothing is left to decide; else it says how far it is,
// and whether others are accepting lines of it.
func (p *platform) settleRun(tx core.App, run *core.Record) error {
	run.Load(map[string]any{"step": map[bool]string{true: "accepting"}[p.registrar.isAccepted(run.Id)], "sentence": ""})
	open, err := tx.CountRecords(records.RegistryLines, dbx.HashExp{"run": run.Id, "asks": true, "decision": []any{"pending", "postponed"}})
	if err != nil {
		return err
	}
	if open > 0 {
		decided, err := tx.CountRecords(records.RegistryLines, dbx.HashExp{"run": run.Id, "decision": []any{"accepted", "refused"}})
		if err != nil {
			return err
		}
		run.Set("state", map[bool]string{true: "partly", false: "ready"}[decided > 0])
		return tx.Save(run)
	}
	run.Load(map[string]any{"state": "applied", "step": "", "sentence": "变更已全部处理。"})
	if err := tx.Save(run); err != nil {
		return err
	}
	src, err := tx.FindRecordById(records.RegistrySources, run.GetString("source"))
	if err != nil {
		return err
	}
	src.Set("applied_at", p.options.Now().UTC())
	return tx.Save(src)
}
