package pb_hooks

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/probe"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// Every hour the home page of each school is visited, and five of its pages taken
// at random: six visits, 144 a day, where the indicator asks for 20.
const (
	randomColumns  = 2
	randomArticles = 3
	hourLayout     = "2006-01-02 15"
	hoursKept      = 8 * 24 * time.Hour // the week that is judged, and today
	mostVisitFault = 10                 // told of one hour
)

// VisitFault is a visit that failed.
type VisitFault struct {
	Path   string `json:"path"`
	Status int    `json:"status"`
	Took   int    `json:"ms"`
}

// visitCount is what came of some visits to one school.
type visitCount struct {
	visits, failed, slow int
	slowest              time.Duration
	spread               probe.Spread
	faults               []VisitFault
}

func (c *visitCount) add(path string, v visited) {
	c.visits++
	c.spread.Add(v.took)
	c.slowest = max(c.slowest, v.took)
	if v.took > probe.SlowAfter {
		c.slow++
	}
	if v.status >= 200 && v.status < 300 && v.took <= probe.FailsAfter {
		return
	}
	c.failed++
	if len(c.faults) < mostVisitFault {
		c.faults = append(c.faults, VisitFault{path, v.status, int(v.took.Milliseconds())})
	}
}

func (w *prober) payVisits() { wake(w.visit) }

// visitAll pays the visits of the hour when it is told to, until the server stops.
func (w *prober) visitAll(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.visit:
			if err := w.visitSchools(ctx); err != nil && ctx.Err() == nil {
				w.p.app.Logger().Error("visit the pages of the site", "error", err)
			}
		}
	}
}

// visitSchools visits the schools that were not yet visited in this hour.
func (w *prober) visitSchools(ctx context.Context) error {
	d, err := w.p.directory()
	if err != nil {
		return err
	}
	now := w.p.options.Now()
	hour := now.In(shanghai).Format(hourLayout)
	var been []string
	if err := w.p.app.DB().Select("school").From(records.ProbeHours).Where(dbx.HashExp{"hour": hour}).WithContext(ctx).Column(&been); err != nil {
		return err
	}
	old := now.Add(-hoursKept).In(shanghai).Format(hourLayout)
	if _, err := w.p.app.DB().Delete(records.ProbeHours, dbx.NewExp("hour < {:old}", dbx.Params{"old": old})).WithContext(ctx).Execute(); err != nil {
		return err
	}
	for _, s := range d.Schools {
		if s.Status != string(registry.Open) || slices.Contains(been, s.ID) {
			continue
		}
		if err := w.visitSchool(ctx, s, hour); err != nil {
			return err
		}
	}
	return nil
}

// visitSchool visits a school and adds what came of it to the hour and the day.
// What was cut off by the end of the server says nothing.
func (w *prober) visitSchool(ctx context.Context, s *records.School, hour string) error {
	paths, err := w.pathsOf(ctx, s)
	if err != nil {
		return err
	}
	var c visitCount
	for _, path := range paths {
		v := w.p.knock(ctx, http.MethodGet, path, 0)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		c.add(path, v)
		w.rest(ctx, v.took)
	}
	return w.p.app.RunInTransaction(func(tx core.App) error { return addVisits(tx, s.ID, hour, c) })
}

// pathsOf are the pages of a school to visit now.
func (w *prober) pathsOf(ctx context.Context, s *records.School) ([]string, error) {
	paths := []string{"/s/" + s.Code}
	columns := slices.Clone(s.Columns)
	rand.Shuffle(len(columns), func(i, j int) { columns[i], columns[j] = columns[j], columns[i] })
	for _, c := range columns[:min(randomColumns, len(columns))] {
		paths = append(paths, "/s/"+s.Code+"/"+c.Code)
	}
	var articles []string
	err := w.p.app.DB().Select("id").From(records.Articles).Where(dbx.HashExp{"school": s.ID, "state": "published"}).
		OrderBy("random()").Limit(randomArticles).WithContext(ctx).Column(&articles)
	for _, id := range articles {
		paths = append(paths, "/a/"+id)
	}
	return paths, err
}

// addVisits adds visits to the sums of their hour and day.
func addVisits(tx core.App, school, hour string, c visitCount) error {
	if c.visits == 0 {
		return nil
	}
	known, err := addVisitsTo(tx, records.ProbeHours, "hour", hour, school, c)
	if err != nil {
		return err
	}
	day := hour[:len("2006-01-02")]
	if _, err := addVisitsTo(tx, records.ProbeDays, "day", day, school, c); err != nil || known {
		return err
	}
	_, err = tx.DB().NewQuery("UPDATE " + records.ProbeDays + " SET hours = hours + 1 WHERE day = {:day} AND school = {:school}").
		Bind(dbx.Params{"day": day, "school": school}).Execute()
	return err
}

// addVisitsTo adds visits to one sum and reports whether it was there before.
func addVisitsTo(tx core.App, collection, field, at, school string, c visitCount) (known bool, err error) {
	var sums []*core.Record
	if err := tx.RecordQuery(collection).AndWhere(dbx.HashExp{field: at, "school": school}).All(&sums); err != nil {
		return false, err
	}
	var sum *core.Record
	if known = len(sums) > 0; known {
		sum = sums[0]
	} else {
		kept, err := tx.FindCachedCollectionByNameOrId(collection)
		if err != nil {
			return false, err
		}
		sum = core.NewRecord(kept)
		sum.Load(map[string]any{field: at, "school": school})
	}
	spread, err := probe.ParseSpread(sum.GetString("spread"))
	if err != nil {
		return known, err
	}
	spread.Sum(c.spread)
	sum.Load(map[string]any{"visits": sum.GetInt("visits") + c.visits, "failed": sum.GetInt("failed") + c.failed, "slow": sum.GetInt("slow") + c.slow,
		"slowest": max(sum.GetInt("slowest"), int(c.slowest.Milliseconds())), "spread": spread.String()})
	if collection == records.ProbeHours {
		faults := faultsOf(sum)
		sum.Set("faults", append(faults, c.faults[:min(len(c.faults), mostVisitFault-len(faults))]...))
	}
	return known, tx.Save(sum)
}

func faultsOf(hour *core.Record) (list []VisitFault) {
	_ = json.Unmarshal([]byte(hour.GetString("faults")), &list) // written by addVisitsTo; none is null
	return list
}
