package pb_hooks

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/compliance"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/silence"
	"gongkai/pb_hooks/workday"
)

const silencePage = "/supervision/silence"

// followSilences looks once a morning for schools that have fallen silent. It is
// asked every hour: a morning on which the server was off, or on which a school
// failed, is caught up.
func (p *platform) followSilences() {
	if err := p.lookForSilences(p.app); err != nil {
		p.app.Logger().Error("look for silent schools", "error", err)
	}
}

func (p *platform) lookForSilences(app core.App) error {
	done, err := app.CountRecords(records.SilenceRounds, dbx.HashExp{"day": p.today()})
	if err != nil || done > 0 {
		return err
	}
	days, err := p.countingDays(app, workday.Date(p.today()))
	if err != nil {
		return err
	}
	seen, err := p.silencesSeen(app)
	if err != nil {
		return err
	}
	schools := map[string][]silence.Signal{}
	for id, s := range seen {
		schools[id] = silence.Signals(days, *s)
	}
	open, err := app.FindAllRecords(records.Silences, dbx.HashExp{"ended_at": ""})
	if err != nil {
		return err
	}
	for _, r := range open { // also of a school that has closed since
		if id := r.GetString("school"); seen[id] == nil {
			schools[id] = nil
		}
	}
	var failed error
	for _, id := range slices.Sorted(maps.Keys(schools)) {
		if err := app.RunInTransaction(func(tx core.App) error { return p.followSilencesOf(tx, days, id, schools[id]) }); err != nil {
			failed = errors.Join(failed, fmt.Errorf("school %s: %w", id, err))
		}
	}
	if failed != nil {
		return failed
	}
	return app.RunInTransaction(func(tx core.App) error {
		if err := p.askBureau(tx); err != nil {
			return err
		}
		c, err := tx.FindCachedCollectionByNameOrId(records.SilenceRounds)
		if err != nil {
			return err
		}
		round := core.NewRecord(c)
		round.Load(map[string]any{"day": p.today(), "schools": len(seen)})
		return tx.Save(round)
	})
}

// followSilencesOf brings the open silences of a school in step with what was seen
// of it. Doing it twice is doing it once.
func (p *platform) followSilencesOf(tx core.App, days *compliance.Days, school string, signals []silence.Signal) error {
	open, err := tx.FindAllRecords(records.Silences, dbx.HashExp{"school": school, "ended_at": ""})
	if err != nil {
		return err
	}
	left := map[silence.Kind]*core.Record{}
	for _, r := range open {
		left[silence.Kind(r.GetString("kind"))] = r
	}
	for _, signal := range signals {
		r := left[signal.Kind]
		delete(left, signal.Kind)
		if r == nil {
			c, err := tx.FindCachedCollectionByNameOrId(records.Silences)
			if err != nil {
				return err
			}
			r = core.NewRecord(c)
			r.Load(map[string]any{"school": school, "kind": string(signal.Kind), "since": string(signal.Since)})
		}
		r.Load(map[string]any{"count": signal.Count, "detail": clip(signal.Detail, 2000)})
		if err := p.followSilence(tx, days, r, true); err != nil {
			return err
		}
	}
	for _, r := range open {
		if left[silence.Kind(r.GetString("kind"))] == nil {
			continue
		}
		if err := p.followSilence(tx, days, r, false); err != nil {
			return err
		}
	}
	return nil
}

// followSilence does with a signal what its day asks for, and stores it.
func (p *platform) followSilence(tx core.App, days *compliance.Days, r *core.Record, isThere bool) error {
	act := silence.Next(days, openSilence(r), isThere)
	if at := map[silence.Act]string{silence.Nudge: "nudged_at", silence.Ask: "task_at", silence.End: "ended_at"}[act]; at != "" {
		r.Set(at, p.options.Now().UTC())
	}
	if err := tx.Save(r); err != nil {
		return err
	}
	if act == silence.Nudge {
		return p.nudgeSchool(tx, r)
	}
	return nil
}

// nudgeSchool tells the people of a school who can do something.
func (p *platform) nudgeSchool(tx core.App, r *core.Record) error {
	kind := silence.Kind(r.GetString("kind"))
	people, err := p.peopleOf(tx, r.GetString("school"), kind.Told()...)
	if err != nil {
		return err
	}
	return notify(tx, people, notification{Kind: "silence", Key: "silence/" + r.Id + "/nudge", Link: silencePage, Title: clip(kind.Name()+"："+r.GetString("detail"), 300)})
}

// askBureau tells the supervisors, once a morning, how many schools they are to ask.
func (p *platform) askBureau(tx core.App) error {
	var schools int
	err := tx.DB().NewQuery("SELECT count(DISTINCT school) FROM silences WHERE ended_at = '' AND task_at != '' AND " + dayFrom("task_at") + " = {:day}").
		Bind(dbx.Params{"day": p.today()}).Row(&schools)
	if err != nil || schools == 0 {
		return err
	}
	people, err := p.peopleOf(tx, "", publication.Supervisor)
	if err != nil {
		return err
	}
	return notify(tx, people, notification{Kind: "silence", Key: "silences/" + p.today(), Link: silencePage, Title: fmt.Sprintf("沉默预警：提醒后没有变化，请联系 %d 所学校", schools)})
}

// openSilence is the record of a signal as the rules see it.
func openSilence(r *core.Record) silence.Open {
	day := func(field string) workday.Date {
		at := r.GetDateTime(field)
		if at.IsZero() {
			return ""
		}
		return workday.Date(dayOf(at.Time()))
	}
	return silence.Open{Kind: silence.Kind(r.GetString("kind")), Since: workday.Date(r.GetString("since")), Nudged: day("nudged_at"), Task: day("task_at"), Noted: day("noted_at")}
}
