package pb_hooks

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// Bounds of one request: each accepted line is a transaction of its own.
const (
	mostDecided      = 500
	mostDecidedShown = 100
)

// RegistryDecision is what a person decides on lines of one kind.
type RegistryDecision struct {
	Lines    []string `json:"lines"`
	Kind     string   `json:"kind"`     // instead of lines: all open ones of this kind
	Field    string   `json:"field"`    // of them those that change this field; "" is any
	Decision string   `json:"decision"` // accepted, refused, postponed, pending
	Choice   string   `json:"choice"`   // of rows that are not recognised: same, new, ignore
	School   string   `json:"school"`   // code of the school that the row is
	Into     []string `json:"into"`     // codes of the schools that take over, of a merger
}

// decideLines decides on lines of a change set. What is accepted is done at once, each
// line in a transaction of its own: one that cannot be done stays open and says why.
func (p *platform) decideLines(e *core.RequestEvent) error {
	reader, err := p.decidesRegistry(e)
	if err != nil {
		return err
	}
	var asked RegistryDecision
	if err := readBody(e, &asked); err != nil {
		return err
	}
	run, err := registryRunAsked(e.App, e)
	if err != nil {
		return err
	}
	if err := mayBeDecided(run); err != nil {
		return err
	}
	lines, err := p.linesAsked(e.App, run, asked)
	if err != nil {
		return err
	}
	decided := RegistryDecided{Items: []RegistryLine{}}
	d := lineDecision{p: p, by: actorOf(e), person: e.Auth, asked: asked}
	ended := p.registrar.accept(run.Id)
	defer ended()
	if err := p.beginAccepting(e.App, run.Id); err != nil {
		return err
	}
	done, stopped := 0, error(nil)
	for _, line := range lines {
		outcome, err := d.decide(e.App, line)
		if err != nil {
			stopped = err
			break
		}
		done++
		decided.add(outcome)
	}
	var over setOver
	if errors.As(stopped, &over) {
		stopped = over.error
		if done > 0 {
			stopped = nil // somebody ended the set meanwhile: what was done before stays
		}
	}
	ended()
	err = e.App.RunInTransaction(func(tx core.App) error {
		if run, err = tx.FindRecordById(records.RegistryRuns, run.Id); err != nil {
			return err
		}
		if d.chosen && slices.Contains(openRuns, any(run.GetString("state"))) {
			if err := p.compareAgain(tx, run); err != nil {
				return err
			}
		}
		if decided.Stale > 0 {
			if err := readWholeNext(tx, run.GetString("source")); err != nil {
				return err
			}
		}
		if slices.Contains(openRuns, any(run.GetString("state"))) {
			if err := p.settleRun(tx, run); err != nil {
				return err
			}
		}
		if done == 0 && stopped != nil {
			return nil
		}
		detail := map[string]any{"decision": asked.Decision, "choice": asked.Choice, "count": done, "applied": decided.Applied, "stale": decided.Stale, "failed": decided.Failed}
		if err := p.doneBy(tx, e, "decide_registry_lines", run, detail); err != nil {
			return err
		}
		if decided.Run, err = p.registryRun(tx, run, reader); err != nil {
			return err
		}
		decided.Items, err = p.registryLinesByID(tx, lines[:min(done, mostDecidedShown)], reader, run)
		return err
	})
	if stopped != nil && err == nil { // the set does not say any more that it is being accepted
		return stopped
	}
	if err != nil {
		return errors.Join(stopped, err)
	}
	return e.JSON(http.StatusOK, decided)
}

// mayBeDecided says why nothing of a change set can be decided now.
func mayBeDecided(run *core.Record) error {
	switch run.GetString("state") {
	case "ready", "partly":
		return nil
	case "stopped":
		return refused("run", "set_is_stopped", "这个变更集已暂停：请先核对暂停的原因，写明理由放行后再处理")
	case "running":
		return refused("run", "run_is_running", "正在读取，请等它完成")
	}
	return refused("run", "run_is_over", "这个变更集已经结束，不能再处理")
}

// linesAsked are the ids of the lines that a decision is about, in the order of the set;
// of all of a kind the first that one request takes.
func (p *platform) linesAsked(app core.App, run *core.Record, asked RegistryDecision) (ids []string, err error) {
	if !slices.Contains([]string{"accepted", "refused", "postponed", "pending"}, asked.Decision) && asked.Choice == "" {
		return nil, refused("decision", "decision_unknown", "请选择接受、不接受或以后再说")
	}
	if len(asked.Lines) > mostDecided {
		return nil, refused("lines", "lines_many", fmt.Sprintf("一次最多处理 %d 行", mostDecided))
	}
	where, changes := dbx.HashExp{"run": run.Id}, []dbx.Expression{}
	if asked.Kind != "" && len(asked.Lines) == 0 {
		where["kind"], where["asks"], where["decision"] = asked.Kind, true, []any{"pending", "postponed"}
		if asked.Field != "" {
			changes = append(changes, changesField(asked.Field))
		}
	} else {
		where["id"] = anys(asked.Lines)
	}
	var lines []*core.Record
	if err := app.RecordQuery(records.RegistryLines).AndWhere(dbx.And(append(changes, where)...)).OrderBy("position").Limit(mostDecided).All(&lines); err != nil {
		return nil, err
	}
	if len(lines) == 0 || asked.Kind == "" && len(lines) != len(asked.Lines) {
		return nil, refused("lines", "lines_unknown", "有的行已经不在这个变更集里，请刷新页面")
	}
	for _, line := range lines {
		if line.GetString("kind") != lines[0].GetString("kind") {
			return nil, refused("lines", "lines_mixed", "一次只能处理同一种变更")
		}
		ids = append(ids, line.Id)
	}
	switch kind := registry.Kind(lines[0].GetString("kind")); {
	case kind == registry.Unsure && asked.Decision != "postponed" && asked.Decision != "pending":
		return ids, p.checkChoice(asked, len(ids))
	case asked.Choice != "":
		return nil, refused("choice", "choice_misplaced", "只有待辨认的行才需要选择是哪所学校")
	case kind == registry.Merge && len(asked.Into) > 0 && len(ids) > 1:
		return nil, refused("lines", "lines_many", "承接学校要逐行选择")
	}
	return ids, nil
}

// checkChoice says what is wrong with the choice of a school for rows.
func (p *platform) checkChoice(asked RegistryDecision, rows int) error {
	switch asked.Choice {
	case "new", "ignore":
		return nil
	case "same":
	default:
		return refused("choice", "choice_missing", "请选择“是这所学校”“是新学校”或“不处理”")
	}
	if rows > 1 {
		return refused("lines", "lines_many", "是哪所学校要逐行选择")
	}
	_, err := p.schoolAsked("school", asked.School)
	return err
}

// schoolAsked is the id of a school by its code.
func (p *platform) schoolAsked(field, code string) (string, error) {
	d, err := p.directory()
	if err != nil {
		return "", err
	}
	school, ok := d.ByCode(code)
	if !ok {
		return "", refused(field, "school_unknown", "请选择一所学校")
	}
	return school.ID, nil
}

func (d *RegistryDecided) add(outcome string) {
	switch outcome {
	case "applied":
		d.Applied++
	case "refused":
		d.Refused++
	case "stale":
		d.Stale++
	case "failed":
		d.Failed++
	}
}

// lineDecision decides lines for a person or, without one, by a rule.
type lineDecision struct {
	p      *platform
	by     actor
	person *core.Record // nil of a rule
	rule   string
	asked  RegistryDecision
	chosen bool // a row was recognised: the set is to be compared again
}

// decide decides one line in a transaction of its own and tells the outcome:
// applied, stale, failed; refused; or "" where nothing is done.
func (d *lineDecision) decide(app core.App, id string) (outcome string, err error) {
	var refusal string
	err = app.RunInTransaction(func(tx core.App) error {
		r, line, err := openLine(tx, id)
		if err != nil {
			return err
		}
		outcome, err = d.decideOpen(tx, r, line)
		return err
	})
	var over setOver
	if err == nil || errors.As(err, &over) {
		return outcome, err
	}
	if errors.Is(err, errStale) {
		outcome, refusal = "stale", errStale.Error()+"。"
	} else if sentence, ok := standsAgainst(err); ok {
		outcome, refusal = "failed", sentence
	} else {
		return "", err
	}
	return outcome, app.RunInTransaction(func(tx core.App) error {
		r, _, err := openLine(tx, id)
		if err != nil {
			return err
		}
		r.Load(map[string]any{"outcome": outcome, "sentence": clip(refusal, 1000)})
		return tx.Save(r)
	})
}

// setOver is the refusal of a line whose set cannot be decided any more.
type setOver struct{ error }

func (o setOver) Unwrap() error { return o.error }

// openLine reads a line that is not decided yet, of a set that may be decided.
func openLine(tx core.App, id string) (r *core.Record, line registry.Line, err error) {
	if r, err = tx.FindRecordById(records.RegistryLines, id); err != nil {
		return nil, line, err
	}
	run, err := tx.FindRecordById(records.RegistryRuns, r.GetString("run"))
	if err != nil {
		return nil, line, err
	}
	if err := mayBeDecided(run); err != nil {
		return nil, line, setOver{err}
	}
	return r, line, r.UnmarshalJSONField("line", &line)
}

func (d *lineDecision) decideOpen(tx core.App, r *core.Record, line registry.Line) (string, error) {
	if !isOpenLine(r) || !r.GetBool("asks") {
		return "", nil // somebody was quicker, or there is nothing to decide
	}
	if d.asked.Decision == "postponed" || d.asked.Decision == "pending" {
		r.Set("decision", d.asked.Decision)
		return "", tx.Save(r)
	}
	now := d.p.options.Now().UTC()
	r.Load(map[string]any{"decided_by_name": d.by.Name, "decided_at": now, "rule": d.rule, "outcome": "", "sentence": ""})
	if d.person != nil {
		r.Set("decided_by", d.person.Id)
	}
	if line.Kind == registry.Unsure {
		return d.recognise(tx, r, line)
	}
	if d.asked.Decision == "refused" {
		return "refused", d.refuse(tx, r, line)
	}
	for _, code := range d.asked.Into {
		school, err := d.p.schoolAsked("into", code)
		if err != nil {
			return "", err
		}
		line.Into = append(line.Into, registry.Successor{ID: school, Code: code})
	}
	school, err := d.p.applyLine(tx, d.by, line)
	if err != nil {
		return "", err
	}
	r.Load(map[string]any{"decision": "accepted", "school": school, "applied_at": now, "outcome": "applied"})
	return "applied", tx.Save(r)
}

// recognise keeps which school a row is for this and later runs.
func (d *lineDecision) recognise(tx core.App, r *core.Record, line registry.Line) (outcome string, err error) {
	school := ""
	if d.asked.Choice == "same" {
		if school, err = d.p.schoolAsked("school", d.asked.School); err != nil {
			return "", err
		}
	}
	if err := d.remember(tx, r, line.RowKey, d.asked.Choice, school); err != nil {
		return "", err
	}
	r.Load(map[string]any{"choice": d.asked.Choice, "school": school, "decision": "accepted"})
	if outcome = "applied"; d.asked.Choice == "ignore" {
		outcome = "refused"
		r.Set("decision", "refused")
	} else {
		d.chosen = true
		r.Set("outcome", "applied")
	}
	return outcome, tx.Save(r)
}

// refuse leaves a line: it does not come back while the source says the same.
func (d *lineDecision) refuse(tx core.App, r *core.Record, line registry.Line) error {
	if line.Kind == registry.Conflict { // what was put right here holds against this value
		for _, change := range line.Fields {
			if err := d.p.heardOfCorrected(tx, line.School, change.Field, change.New); err != nil {
				return err
			}
		}
	} else if err := d.remember(tx, r, line.Key, "refused", line.School); err != nil {
		return err
	}
	r.Set("decision", "refused")
	return tx.Save(r)
}

// remember keeps a decision for later runs of the source, in the place of an earlier one.
func (d *lineDecision) remember(tx core.App, r *core.Record, key, choice, school string) error {
	run, err := tx.FindRecordById(records.RegistryRuns, r.GetString("run"))
	if err != nil {
		return err
	}
	kept, err := tx.FindFirstRecordByFilter(records.RegistryChoices, "source = {:source} && key = {:key}", dbx.Params{"source": run.GetString("source"), "key": key})
	if err != nil {
		c, err := tx.FindCachedCollectionByNameOrId(records.RegistryChoices)
		if err != nil {
			return err
		}
		kept = core.NewRecord(c)
	}
	kept.Load(map[string]any{"source": run.GetString("source"), "key": key, "choice": choice, "school": school, "kind": r.GetString("kind"), "name": r.GetString("name"),
		"by": r.GetString("decided_by"), "by_name": r.GetString("decided_by_name"), "at": d.p.options.Now().UTC()})
	return tx.Save(kept)
}

// readWholeNext lets a source tell everything at the next run, not only what changed
// since the last one.
func readWholeNext(tx core.App, id string) error {
	src, err := tx.FindRecordById(records.RegistrySources, id)
	if err != nil {
		return err
	}
	memory, err := memoryOf(src)
	if err != nil {
		return err
	}
	memory.State = registryMemory{}.State
	src.Set("memory", memory)
	return tx.Save(src)
}
