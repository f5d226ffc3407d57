package pb_hooks

import (
	"context"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/probe"
	"gongkai/pb_hooks/records"
)

const (
	outsideAtOnce = 20   // addresses asked in one part of a run
	mostOutside   = 2000 // in a whole run; the rest is for the next night
)

// lately is how long ago an address was asked that nobody needs to ask again.
const lately = 10 * time.Minute

// lookOutside asks some addresses elsewhere: of the night's run those that are due,
// of one school's all that were not asked lately. A demonstration asks nobody: its
// addresses are made up.
func (w *prober) lookOutside(ctx context.Context, run *core.Record) (runStep, error) {
	d, err := w.p.directory()
	if err != nil {
		return runStep{}, err
	}
	if d.District.Demo || run.GetInt("asked") >= mostOutside {
		return runStep{phase: "end"}, nil
	}
	now := w.p.options.Now()
	where := dbx.NewExp("due_at <= {:now}", dbx.Params{"now": now.UTC().Format(records.InstantLayout)})
	if school := run.GetString("school"); school != "" {
		where = dbx.NewExp("school = {:school} AND checked_at < {:lately}", dbx.Params{"school": school, "lately": now.Add(-lately).UTC().Format(records.InstantLayout)})
	}
	var urls []string
	err = w.p.app.DB().Select("url").From(records.ProbeLinks).Where(dbx.HashExp{"kind": string(probe.External)}).AndWhere(where).
		GroupBy("url").OrderBy("min(due_at)", "url").Limit(outsideAtOnce).WithContext(ctx).Column(&urls)
	if err != nil || len(urls) == 0 {
		return runStep{phase: "end"}, err
	}
	looks := w.p.options.Links.All(ctx, urls)
	if ctx.Err() != nil {
		return runStep{}, ctx.Err()
	}
	heard, err := w.hears(ctx, looks, now)
	if err != nil || !heard {
		return runStep{alone: true, phase: "end"}, err
	}
	changes, err := w.outsideChanges(ctx, urls, looks, now)
	return runStep{changes: changes, asked: len(urls)}, err
}

// hears reports whether this server reaches anybody elsewhere: somebody answered
// now, or did in the last week. While it does not, silence is its own.
func (w *prober) hears(ctx context.Context, looks []probe.Look, now time.Time) (bool, error) {
	for _, look := range looks {
		if look.Status > 0 || look.Fault == probe.Insecure || look.Fault == probe.Loop {
			return true, nil
		}
	}
	week := now.Add(-probe.Weekly - probe.Daily).UTC().Format(records.InstantLayout)
	n, err := w.p.app.CountRecords(records.ProbeLinks, dbx.NewExp("kind = 'external' AND status > 0 AND checked_at > {:week}", dbx.Params{"week": week}))
	return n > 0, err
}

// outsideChanges puts the looks at addresses on every link that leads there.
func (w *prober) outsideChanges(ctx context.Context, urls []string, looks []probe.Look, now time.Time) ([]linkChange, error) {
	var changes []linkChange
	for i, url := range urls {
		var rows []linkRow
		err := w.p.app.DB().Select("id", "state", "tries", "broken_since").From(records.ProbeLinks).
			Where(dbx.HashExp{"kind": string(probe.External), "url": url}).WithContext(ctx).All(&rows)
		if err != nil {
			return nil, err
		}
		again := probe.Daily
		if looks[i].Fault == probe.Works {
			again = probe.Weekly
		}
		for _, row := range rows {
			fields := dbx.Params{"checked_at": now.UTC().Format(records.InstantLayout)}
			if looks[i].Fault != probe.Busy {
				fields = standingFields(row.standing().After(looks[i], now), now)
			}
			fields["due_at"] = now.Add(again).UTC().Format(records.InstantLayout)
			changes = append(changes, linkChange{row.ID, fields})
		}
	}
	return changes, nil
}
