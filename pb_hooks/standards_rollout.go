package pb_hooks

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
)

// followStandards rolls out the version whose day has come. It is asked every few
// minutes and at the start, so that a night that was missed is caught up.
func (p *platform) followStandards() {
	p.standardRound.Lock()
	defer p.standardRound.Unlock()
	r, err := releasedAhead(p.app)
	if err == nil && (r == nil || r.GetString("effective_on") > p.today()) {
		return
	}
	if err == nil {
		err = p.rollOut(r.Id)
	}
	var open undecidedStandard
	if errors.As(err, &open) {
		err = errors.Join(err, p.tellUndecided(open))
	}
	if err != nil {
		p.app.Logger().Error("roll out the standard", "error", err)
	}
}

// undecidedStandard is why a version cannot be rolled out: since its release a school
// got content that has no place in it.
type undecidedStandard struct {
	version *core.Record
	open    []standard.Fault
}

func (u undecidedStandard) Error() string {
	return fmt.Sprintf("standard %s: %d points are open, the first: %s", u.version.GetString("version"), len(u.open), u.open[0].Sentence)
}

// tellUndecided tells the supervisors once a day that the version waits for them.
func (p *platform) tellUndecided(u undecidedStandard) error {
	people, err := p.peopleOf(p.app, "", publication.Supervisor)
	if err != nil {
		return err
	}
	return notify(p.app, people, notification{Kind: "standard", Key: "standard/" + u.version.Id + "/open/" + p.today(), Link: standardLink, Urgent: true,
		Title: clip("《"+u.version.GetString("name")+"》还不能施行，请收回后写明："+u.open[0].Sentence, 300)})
}

// rollOut makes a released version the one in force, with everything that follows
// from it, in one transaction: before or after, never between.
func (p *platform) rollOut(id string) error {
	err := p.app.RunInTransaction(func(tx core.App) error {
		r, err := tx.FindRecordById(records.Standards, id)
		if err != nil {
			return err
		}
		d, err := records.LoadDirectory(tx, p.today())
		if err != nil {
			return err
		}
		draft, err := draftOf(tx, r, d)
		if err != nil {
			return err
		}
		open, err := openPoints(tx, d, draft)
		if err != nil {
			return err
		}
		if len(open) > 0 {
			return undecidedStandard{r, open}
		}
		roll := rollOut{p: p, tx: tx, at: p.options.Now().UTC(), version: r, draft: draft, directory: d, moved: map[string]int{}}
		for _, step := range []func() error{roll.rehome, roll.rehomeBroadcasts, roll.storeColumns, roll.setReviews, roll.tell, roll.apply} {
			if err := step(); err != nil {
				return err
			}
		}
		return announceChange(tx) // the search index follows
	})
	if err == nil {
		p.refresh()
	}
	return err
}

// rollOut is one version on its way into force.
type rollOut struct {
	p         *platform
	tx        core.App
	at        time.Time
	version   *core.Record
	draft     standard.Draft
	directory *records.Directory
	moved     map[string]int // articles by school
	all       int
}

// storeColumns makes the columns rows.
func (o *rollOut) storeColumns() error {
	c, err := o.tx.FindCachedCollectionByNameOrId(records.Columns)
	if err != nil {
		return err
	}
	for i, column := range o.draft.Columns {
		r := core.NewRecord(c)
		r.Load(map[string]any{"standard": o.version.Id, "position": i + 1, "code": column.Code, "parent": column.Parent, "name": column.Name, "branch": column.Branch,
			"leaf": column.Leaf, "kind": string(column.Kind), "audience": column.Audience, "stages": column.Stages, "ownership": column.Ownership,
			"condition": column.Condition, "tier": column.Tier, "mandatory": column.Mandatory, "term_only": column.TermOnly, "freshness_days": column.FreshnessDays,
			"min_items_per_year": column.MinItemsPerYear, "disclose_within_workdays": column.DiscloseWithin, "publicity_workdays": column.PublicityWorkdays,
			"retention_years": column.RetentionYears, "required_fields": column.RequiredFields, "basis": column.Basis, "description": column.Description,
			"review": column.Review})
		if err := o.tx.Save(r); err != nil {
			return fmt.Errorf("store column %s: %w", column.Code, err)
		}
	}
	return nil
}

// setReviews adds the rules of review that columns bring and that differ from what
// holds anyway.
func (o *rollOut) setReviews() error {
	rules, err := reviewRules(o.tx)
	if err != nil {
		return err
	}
	c, err := o.tx.FindCachedCollectionByNameOrId(records.ReviewRules)
	if err != nil {
		return err
	}
	for _, change := range reviewChanges(rules, o.draft.Columns, o.p.today()) {
		from, err := freeDay(o.tx, change.column.Code, o.p.today())
		if err != nil {
			return err
		}
		r := core.NewRecord(c)
		r.Load(map[string]any{"column": change.column.Code, "form": change.column.Review, "workdays": change.now.Workdays, "valid_from": from,
			"reason": "《" + o.version.GetString("name") + "》规定的审核方式", "by": o.version.GetString("released_by")})
		if err := o.tx.Save(r); err != nil {
			return fmt.Errorf("set the review of %s: %w", change.column.Code, err)
		}
	}
	return nil
}

// reviewChange is a column that brings another form of review than holds now.
type reviewChange struct {
	column standard.Column
	now    publication.Rule
}

func reviewChanges(rules []publication.Rule, columns []standard.Column, day string) (list []reviewChange) {
	for _, c := range columns {
		now := publication.RuleFor(rules, publication.Place{Column: c.Code}, day)
		if c.Leaf && c.Review != "" && publication.Form(c.Review) != now.Form {
			list = append(list, reviewChange{c, now})
		}
	}
	return list
}

// freeDay is the first day, from one on, on which no rule of exactly this column begins.
func freeDay(app core.App, column, from string) (string, error) {
	for {
		n, err := app.CountRecords(records.ReviewRules, dbx.HashExp{"column": column, "stage": "", "ownership": "", "valid_from": from})
		if err != nil || n == 0 {
			return from, err
		}
		day, err := time.Parse(time.DateOnly, from)
		if err != nil {
			return "", err
		}
		from = day.AddDate(0, 0, 1).Format(time.DateOnly)
	}
}

// tell tells the schools what became of their columns.
func (o *rollOut) tell() error {
	for _, s := range o.directory.Schools {
		before, after := len(s.Columns), len(standard.For(o.draft.Columns, s.Traits()))
		title := fmt.Sprintf("《%s》今日施行：本校栏目 %d 个，原有 %d 个", o.version.GetString("name"), after, before)
		if n := o.moved[s.ID]; n > 0 {
			title += fmt.Sprintf("，%d 条信息改换了栏目，索引号不变", n)
		}
		n := notification{Kind: "standard", Key: "standard/" + o.version.Id + "/applied", Link: standardLink, Title: clip(title, 300)}
		if err := o.p.tellOfStandard(o.tx, s, n); err != nil {
			return err
		}
	}
	return nil
}

// apply marks the version as the one in force, the last thing: from then it is final.
func (o *rollOut) apply() error {
	o.version.Load(map[string]any{"applied_at": o.at, "applied_on": dayOf(o.at)})
	if err := o.tx.Save(o.version); err != nil {
		return err
	}
	return o.p.audit(o.tx, o.p.itself(), deed{"roll_out_standard", records.Standards, o.version.Id,
		map[string]any{"version": o.version.GetString("version"), "effective_on": o.version.GetString("effective_on"), "articles": o.all, "schools": len(o.moved)}})
}
