package pb_hooks

import (
	"errors"
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// acceptByRules accepts what the rules of a source cover of a run that is to be more
// than tried. Nothing of a set that stopped is accepted so.
func (p *platform) acceptByRules(id string) error {
	run, err := p.app.FindRecordById(records.RegistryRuns, id)
	if err != nil || run.GetString("state") != "ready" || run.GetBool("dry") {
		return err
	}
	_, err = p.applyRules(p.app, run)
	return err
}

// applyRules accepts what the rules of its source cover of an open change set.
func (p *platform) applyRules(app core.App, run *core.Record) (decided RegistryDecided, err error) {
	src, err := app.FindRecordById(records.RegistrySources, run.GetString("source"))
	if err != nil {
		return decided, err
	}
	rules, err := rulesOf(src)
	if err != nil {
		return decided, err
	}
	ended := p.registrar.accept(run.Id)
	defer ended()
	if err := p.beginAccepting(app, run.Id); err != nil {
		return decided, err
	}
	var lines []*core.Record
	stopped := app.RecordQuery(records.RegistryLines).AndWhere(dbx.HashExp{"run": run.Id, "asks": true, "decision": "pending", "outcome": ""}).OrderBy("position").All(&lines)
	for _, r := range lines {
		if stopped = p.acceptCovered(app, r, rules, &decided); stopped != nil {
			break
		}
	}
	if over := (setOver{}); errors.As(stopped, &over) {
		stopped = nil // somebody ended the set meanwhile
	}
	ended()
	err = app.RunInTransaction(func(tx core.App) error {
		run, err := tx.FindRecordById(records.RegistryRuns, run.Id)
		if err != nil || mayBeDecided(run) != nil {
			return err
		}
		if decided.Stale > 0 {
			err = readWholeNext(tx, src.Id)
		}
		return errors.Join(err, p.settleRun(tx, run))
	})
	return decided, errors.Join(stopped, err)
}

// acceptCovered accepts a line if a rule covers it.
func (p *platform) acceptCovered(app core.App, r *core.Record, rules []RegistryRule, decided *RegistryDecided) error {
	var line registry.Line
	if err := r.UnmarshalJSONField("line", &line); err != nil {
		return err
	}
	rule, ok := coveringRule(rules, line)
	if !ok {
		return nil
	}
	by := p.itself()
	by.Name = clip("规则“"+rule.Name+"”", 50)
	d := lineDecision{p: p, by: by, rule: rule.Name, asked: RegistryDecision{Decision: "accepted"}}
	outcome, err := d.decide(app, r.Id)
	if err == nil {
		decided.add(outcome)
	}
	return err
}

// coveringRule is the first rule that covers a line.
func coveringRule(rules []RegistryRule, line registry.Line) (RegistryRule, bool) {
	alone := registry.Set{Lines: []registry.Line{line}}
	for _, r := range rules {
		rule := registry.Rule{Field: r.Field, From: registry.Kind(r.Kind)}
		for _, basis := range r.Basis {
			rule.Basis = append(rule.Basis, registry.Basis(basis))
		}
		if len(alone.Accepted([]registry.Rule{rule})) > 0 {
			return r, true
		}
	}
	return RegistryRule{}, false
}

// runRules lets the rules of the source accept what they cover of a change set, when a
// person asks for it.
func (p *platform) runRules(e *core.RequestEvent) error {
	reader, err := p.decidesRegistry(e)
	if err != nil {
		return err
	}
	run, err := registryRunAsked(e.App, e)
	if err != nil {
		return err
	}
	if err := mayBeDecided(run); err != nil {
		return err
	}
	decided, err := p.applyRules(e.App, run)
	if err != nil {
		return err
	}
	decided.Items = []RegistryLine{}
	err = e.App.RunInTransaction(func(tx core.App) error {
		if run, err = tx.FindRecordById(records.RegistryRuns, run.Id); err != nil {
			return err
		}
		if decided.Run, err = p.registryRun(tx, run, reader); err != nil {
			return err
		}
		return p.doneBy(tx, e, "run_registry_rules", run, map[string]any{"applied": decided.Applied, "stale": decided.Stale, "failed": decided.Failed})
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, decided)
}
