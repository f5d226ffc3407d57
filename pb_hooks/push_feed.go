package pb_hooks

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// FeedLine is a school in the feed that the registry platform pulls.
type FeedLine struct {
	PushedSchool
	Compliance      *FeedCompliance    `json:"compliance"`        // null before the first snapshot, and of a school that is not at work
	LastPublishedAt string             `json:"last_published_at"` // instant of the newest disclosure; "" of none
	Corrections     []PushedCorrection `json:"corrections"`       // that are in force here
}

// FeedCompliance is the 栏目规范达标率 of the last snapshot.
type FeedCompliance struct {
	Day      string  `json:"day"`
	Standard string  `json:"standard"` // version that was in force
	Met      int     `json:"met"`
	Counted  int     `json:"counted"`
	Rate     float64 `json:"rate"`
}

// removedState is that of a school that was there and is no more: it was entered
// by mistake.
const removedState = "removed"

// freshenFeed writes the lines anew of schools of which something has changed, with
// the next numbers. Whatever changed them, and in whatever way it was written, is
// seen: the lines are compared with what they were. A line that changes while
// somebody pulls goes to the end, so that a cursor misses nothing.
func (p *platform) freshenFeed() error {
	p.feedRound.Lock()
	defer p.feedRound.Unlock()
	lines, err := p.feedLines(p.app)
	if err != nil {
		return err
	}
	if changed, err := changedLines(p.app, lines); err != nil || len(changed) == 0 {
		return err
	}
	return p.app.RunInTransaction(func(tx core.App) error {
		lines, err := p.feedLines(tx) // anew: nothing is written between this and the numbers
		if err != nil {
			return err
		}
		changed, err := changedLines(tx, lines)
		if err != nil {
			return err
		}
		return p.keepLines(tx, changed)
	})
}

// keptLine is a line as it is stored.
type keptLine struct {
	Code   string `db:"code"`
	Number int    `db:"number"`
	Round  string `db:"round"` // in which it got the number
	Line   string `db:"line"`
	At     string `db:"changed_at"`
}

// changedLines are those that are not stored like this, in the order of their codes;
// with the tombstones of schools that are gone.
func changedLines(app core.App, lines []keptLine) (changed []keptLine, err error) {
	var kept []keptLine
	if err := app.DB().Select("code", "line").From(records.PushFeed).OrderBy("code").All(&kept); err != nil {
		return nil, err
	}
	was, here := map[string]string{}, map[string]bool{}
	for _, k := range kept {
		was[k.Code] = k.Line
	}
	for _, l := range lines {
		if here[l.Code] = true; was[l.Code] != l.Line {
			changed = append(changed, l)
		}
	}
	for _, k := range kept {
		gone := FeedLine{PushedSchool: PushedSchool{Code: k.Code, State: removedState, Successors: []string{}}, Corrections: []PushedCorrection{}}
		raw, err := json.Marshal(gone)
		if err != nil {
			return nil, err
		}
		if !here[k.Code] && k.Line != string(raw) {
			changed = append(changed, keptLine{Code: k.Code, Line: string(raw)})
		}
	}
	return changed, nil
}

// keepLines stores lines in a round of their own. None is older than what came before
// it, also when the clock was set back: since asks for what changed after an instant.
func (p *platform) keepLines(tx core.App, changed []keptLine) error {
	if len(changed) == 0 {
		return nil
	}
	now, round := p.options.Now().UTC().Format(records.InstantLayout), core.GenerateDefaultRandomId()
	var last int
	var latest string
	if err := tx.DB().NewQuery("SELECT coalesce(max(number), 0), coalesce(max(changed_at), '') FROM push_feed").Row(&last, &latest); err != nil {
		return err
	}
	if _, err := tx.DB().Insert(records.PushRounds, dbx.Params{"id": round, "at": now}).Execute(); err != nil {
		return err
	}
	line := dbx.Params{"round": round, "changed_at": max(now, latest)}
	for _, l := range changed {
		last++
		line["number"], line["line"] = last, l.Line
		done, err := tx.DB().Update(records.PushFeed, line, dbx.HashExp{"code": l.Code}).Execute()
		if err != nil {
			return err
		}
		known, err := done.RowsAffected()
		if err != nil {
			return err
		}
		if known > 0 {
			continue
		}
		fresh := maps.Clone(line)
		fresh["id"], fresh["code"] = core.GenerateDefaultRandomId(), l.Code
		if _, err := tx.DB().Insert(records.PushFeed, fresh).Execute(); err != nil {
			return err
		}
	}
	return nil
}

// feedLines draws the lines of all schools as they are now, by code. The number of
// queries does not depend on how many schools there are.
func (p *platform) feedLines(app core.App) ([]keptLine, error) {
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	var schools []*core.Record
	if err := app.RecordQuery(records.Schools).OrderBy("code").All(&schools); err != nil {
		return nil, err
	}
	codes := map[string]string{}
	for _, r := range schools {
		codes[r.Id] = r.GetString("code")
	}
	measured, err := lastMeasured(app)
	if err != nil {
		return nil, err
	}
	published, err := lastPublished(app)
	if err != nil {
		return nil, err
	}
	corrections, err := offeredCorrections(app)
	if err != nil {
		return nil, err
	}
	lines := make([]keptLine, 0, len(schools))
	for _, r := range schools {
		s := schoolOf(r)
		successors := []string{}
		for _, id := range s.Successors {
			successors = append(successors, codes[id])
		}
		slices.Sort(successors)
		line := FeedLine{toPushed(s, d.District.BaseURL, successors), measured[s.ID], published[s.ID], corrections[s.ID]}
		if line.Corrections == nil {
			line.Corrections = []PushedCorrection{}
		}
		raw, err := json.Marshal(line)
		if err != nil {
			return nil, err
		}
		lines = append(lines, keptLine{Code: s.Code, Line: string(raw)})
	}
	return lines, nil
}

// lastMeasured is the compliance of each school in the last snapshot, by id.
func lastMeasured(app core.App) (map[string]*FeedCompliance, error) {
	var rows []struct {
		School   string `db:"school"`
		Day      string `db:"day"`
		Standard string `db:"standard"`
		Figures  []byte `db:"figures"`
	}
	err := app.DB().NewQuery("SELECT school, day, standard, figures FROM school_days WHERE day = (SELECT max(day) FROM district_days) AND ended = FALSE").All(&rows)
	if err != nil {
		return nil, err
	}
	of := map[string]*FeedCompliance{}
	for _, r := range rows {
		counts, err := readCounts(r.Figures)
		if err != nil {
			return nil, fmt.Errorf("snapshot of %s: %w", r.Day, err)
		}
		rate := pushedRate("", counts["columns_met"], counts["columns_mandatory"])
		of[r.School] = &FeedCompliance{r.Day, r.Standard, rate.Met, rate.Counted, rate.Rate}
	}
	return of, nil
}

// lastPublished is when each school published last, by id: one look into the index for each.
func lastPublished(app core.App) (map[string]string, error) {
	var rows []struct {
		School string `db:"id"`
		At     string `db:"at"`
	}
	err := app.DB().NewQuery("SELECT s.id, coalesce((SELECT max(a.published_at) FROM articles a WHERE a.school = s.id AND a.state = 'published'), '') AS at FROM schools s").All(&rows)
	if err != nil {
		return nil, err
	}
	of := map[string]string{}
	for _, r := range rows {
		of[r.School] = instantOf(stamp(r.At))
	}
	return of, nil
}

// offeredCorrections are the corrections in force of each school, by id, the oldest first.
func offeredCorrections(app core.App) (map[string][]PushedCorrection, error) {
	var rows []*core.Record
	if err := app.RecordQuery(records.SchoolCorrections).AndWhere(dbx.HashExp{"state": correctionActive}).OrderBy("at", "id").All(&rows); err != nil {
		return nil, err
	}
	of := map[string][]PushedCorrection{}
	for _, r := range rows {
		of[r.GetString("school")] = append(of[r.GetString("school")], pushedCorrection(r))
	}
	return of, nil
}
