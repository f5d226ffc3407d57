package pb_hooks

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/workday"
)

// mostMissed is how many nights are caught up: what was open on an older day can
// no longer be told.
const mostMissed = 62

// nightly is what else is done in the transaction of a day's snapshot.
var nightly = []func(tx core.App, m *measuring) error{issueCards, tellMeasured}

// takeSnapshots takes the snapshots of the days that have ended since the last
// one. It is asked every hour: a night on which the server was off is caught up,
// and a day that is there is left alone. Of an empty district nothing is kept.
func (p *platform) takeSnapshots(ctx context.Context) error {
	p.snapshotRound.Lock()
	defer p.snapshotRound.Unlock()
	directory, err := p.directory()
	if err != nil || len(directory.Schools) == 0 {
		return err
	}
	yesterday := workday.Date(dayOf(dayStart(p.today(), -1)))
	first := yesterday
	var last string
	if err := p.app.DB().NewQuery("SELECT coalesce(max(day), '') FROM district_days").Row(&last); err != nil {
		return err
	}
	if last != "" {
		first = max(workday.Date(last).Next(), workday.Date(dayOf(dayStart(p.today(), -mostMissed))))
	}
	for day := first; day <= yesterday; day = day.Next() {
		if err := p.takeSnapshot(ctx, day); err != nil {
			return fmt.Errorf("snapshot of %s: %w", day, err)
		}
	}
	return nil
}

// takeSnapshot measures the district as it was at the end of a day and keeps it:
// all schools and their sum in one transaction, or nothing.
func (p *platform) takeSnapshot(ctx context.Context, day workday.Date) error {
	m, err := p.beginMeasuring(ctx, p.app, dayStart(string(day), 1), "")
	if err != nil {
		return err
	}
	m.gentle = true // visitors read while it works
	if err := m.see(); err != nil {
		return err
	}
	err = p.app.RunInTransaction(func(tx core.App) error {
		if err := m.keep(tx, p.options.Now()); err != nil {
			return err
		}
		for _, also := range nightly {
			if err := also(tx, m); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		p.drop(site.DistrictTag) // the page of the district's figures shows it
	}
	return err
}

// keep writes what was measured. A school that has ended keeps its part in the
// totals: without it the district would have done less in a year than it did.
func (m *measuring) keep(tx core.App, now time.Time) error {
	made := now.UTC().Format(records.InstantLayout)
	sum := figures.Counts{}
	for _, s := range slices.Concat(m.schools, m.ended) {
		sum.Add(s.counts)
		if err := keepSchoolDay(tx, core.GenerateDefaultRandomId(), m, s, made); err != nil {
			return err
		}
	}
	return keepDistrictDay(tx, core.GenerateDefaultRandomId(), m, sum, made)
}

func keepSchoolDay(tx core.App, id string, m *measuring, s *measuredSchool, made string) error {
	counts, err := json.Marshal(s.counts)
	if err != nil {
		return err
	}
	lines, err := json.Marshal(s.card.Day())
	if err != nil {
		return err
	}
	_, err = tx.DB().Insert(records.SchoolDays, dbx.Params{"id": id, "school": s.ID, "day": string(m.day),
		"standard": m.directory.Standard.Number, "columns": s.compliance.Encode(), "figures": string(counts), "score": int(s.card.Score),
		"vetoes": spaced(s.card.Vetoes), "lines": string(lines), "ended": slices.Contains(m.ended, s), "made_at": made}).Execute()
	return err
}

func keepDistrictDay(tx core.App, id string, m *measuring, sum figures.Counts, made string) error {
	counts, err := json.Marshal(sum)
	if err != nil {
		return err
	}
	_, err = tx.DB().Insert(records.DistrictDays, dbx.Params{"id": id, "day": string(m.day), "standard": m.directory.Standard.Number,
		"schools": len(m.schools), "figures": string(counts), "made_at": made}).Execute()
	return err
}
