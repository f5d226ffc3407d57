package pb_hooks

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/compliance"
	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/scorecard"
	"gongkai/pb_hooks/workday"
)

// measuring is one look at schools as of an instant: what each holds, how far it
// meets the standard, what is counted of it. Every source asks the database once
// for all schools, so that a night costs as many queries as there are sources.
type measuring struct {
	p         *platform
	app       core.App
	ctx       context.Context
	at        string       // instant, as records hold it: what happened after it is not seen
	day       workday.Date // that the instant is of, or that it ends
	today     workday.Date // of the instant: the day after, if it ends one
	gentle    bool         // it gives way to visitors
	awake     time.Time    // since it last rested
	only      string       // id of the one school that is looked at; "" is all
	directory *records.Directory
	days      *compliance.Days
	schools   []*measuredSchool // at work on the day
	ended     []*measuredSchool // no longer: what was counted of them stays in the sums of their years
	byID      map[string]*measuredSchool
	weights   scorecard.Weights // that the cards were judged with
}

// measuredSchool is what was seen of one school.
type measuredSchool struct {
	*records.School
	holdings   map[string]compliance.Holding // by column
	exempt     map[string]bool               // columns
	compliance compliance.School
	counts     figures.Counts
	evidence   scorecard.Evidence
	card       scorecard.Card
}

// sources fill what a measuring sees. The columns come first, what is made of them last.
var sources = []struct {
	name string
	see  func(*measuring) error
}{
	{"channels", (*measuring).channels},
	{"exemptions", (*measuring).exemptions},
	{"checks", (*measuring).checks},
	{"articles", (*measuring).articles},
	{"requests", (*measuring).requests},
	{"letters", (*measuring).letters},
	{"orders", (*measuring).orders},
	{"work", (*measuring).work},
	{"visits", (*measuring).visits},
	{"links", (*measuring).links},
	{"compliance", (*measuring).columns},
	{"cards", (*measuring).cards},
}

// measure looks at the schools of the district, or at one of them, as they are at
// an instant. At the first instant of a day it looks at the day that has ended.
func (p *platform) measure(ctx context.Context, app core.App, at time.Time, only string) (*measuring, error) {
	m, err := p.beginMeasuring(ctx, app, at, only)
	if err != nil {
		return nil, err
	}
	return m, m.see()
}

// see asks every source.
func (m *measuring) see() error {
	for _, source := range sources {
		if err := m.ctx.Err(); err != nil {
			return err
		}
		m.rest()
		if err := source.see(m); err != nil {
			return fmt.Errorf("measure %s: %w", source.name, err)
		}
	}
	return nil
}

// next goes to the next row; gently, it rests between rows.
func (m *measuring) next(rows *dbx.Rows) bool {
	m.rest()
	return rows.Next()
}

// A gentle measuring works for a moment and rests four times as long: with two
// processors, visitors would else wait for one of them all the time.
const (
	workFor  = time.Millisecond
	restLike = 4
)

func (m *measuring) rest() {
	if !m.gentle {
		return
	}
	if worked := time.Since(m.awake); worked > workFor {
		time.Sleep(restLike * min(worked, 10*workFor))
		m.awake = time.Now()
	}
}

// beginMeasuring is a measuring that has seen nothing yet.
func (p *platform) beginMeasuring(ctx context.Context, app core.App, at time.Time, only string) (*measuring, error) {
	directory, err := p.directory()
	if err != nil {
		return nil, err
	}
	day := workday.Today(at.Add(-time.Millisecond))
	days, err := p.countingDays(app, day)
	if err != nil {
		return nil, err
	}
	m := &measuring{p: p, app: app, ctx: ctx, at: at.UTC().Format(records.InstantLayout), day: day, today: workday.Today(at), only: only, directory: directory, days: days, byID: map[string]*measuredSchool{}}
	for _, s := range directory.Schools {
		school := &measuredSchool{School: s, holdings: map[string]compliance.Holding{}, exempt: map[string]bool{}, counts: figures.Counts{}, evidence: scorecard.Evidence{}}
		switch {
		case only != "" && only != s.ID:
			continue
		case s.AtWorkOn(string(day)):
			m.schools = append(m.schools, school)
		case only == "" && hasEnded(s.Status):
			m.ended = append(m.ended, school)
		default:
			continue
		}
		m.byID[s.ID] = school
	}
	return m, nil
}

// countingDays prepares the counting of days around one.
func (p *platform) countingDays(app core.App, day workday.Date) (*compliance.Days, error) {
	calendar, err := p.calendar(app)
	if err != nil {
		return nil, err
	}
	rows, err := app.FindAllRecords(records.Vacations)
	if err != nil {
		return nil, err
	}
	var vacations []compliance.Vacation
	for _, r := range rows {
		vacations = append(vacations, compliance.Vacation{Name: r.GetString("name"), From: workday.Date(r.GetString("from")), Until: workday.Date(r.GetString("until"))})
	}
	return compliance.NewDays(calendar, vacations, day), nil
}

// query asks the database for what concerns the schools: {only} in it stands for
// the condition on the column that holds the school, {:at} and {:day} for until when, {:today} for
// the day that what is due is compared with.
func (m *measuring) query(sql, school string) *dbx.Query {
	condition := "TRUE"
	if m.only != "" {
		condition = school + " = {:only}"
	}
	return m.app.DB().NewQuery(strings.ReplaceAll(sql, "{only}", condition)).WithContext(m.ctx).Bind(dbx.Params{"only": m.only, "at": m.at, "day": string(m.day), "today": string(m.today)})
}

// columns measures every school against the standard. Of one that has ended there is
// nothing to measure any more, and no state.
func (m *measuring) columns() error {
	for _, s := range m.schools {
		s.compliance = compliance.Measure(m.days, s.Columns, s.holdings, s.exempt, workday.Date(s.OpenedOn))
		s.counts.Add(columnFigures(s.compliance))
	}
	for _, s := range m.ended {
		s.counts = s.counts.Totals()
	}
	return nil
}

// columnFigures are the figures of how a school meets the standard.
func columnFigures(c compliance.School) figures.Counts {
	return figures.Counts{"columns_mandatory": c.Mandatory, "columns_exist": c.Exist, "columns_filled": c.Filled, "columns_fresh": c.Fresh,
		"columns_enough": c.Enough, "columns_met": c.Met}
}
