package pb_hooks

import (
	"maps"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
)

// tables are tables 3 and 4 of a school: counted now, or as they were frozen.
type tables struct {
	table3   foi.ApplicationTable
	table4   foi.DisputeTable
	frozenAt string // "" of what is counted now
	frozenBy string
	drifts   []drift
}

// drift is what a year that was frozen carried over and the next one does not, and
// the other way round.
type drift struct {
	year               int // that was frozen
	vanished, appeared []string
}

// statistics are the tables of one period: of each school that has any case or
// froze the year, and of all of them together.
type statistics struct {
	period  foi.Period
	schools map[string]*tables
	counted map[string]*schoolCases
	all     tables
}

// statisticsOf counts a period for a school (its id), or for the district (""),
// which is the sum of its schools. Errors are foi.BadPeriod and foi.Uncountable.
func (p *platform) statisticsOf(app core.App, period foi.Period, school string) (statistics, error) {
	s := statistics{period: period, schools: map[string]*tables{}}
	year := yearOf(period)
	frozen, err := frozenTables(app, school, year)
	if err != nil {
		return s, err
	}
	if s.counted, err = p.countedCases(app, school, period.To); err != nil {
		return s, err
	}
	for id := range frozen {
		if s.counted[id] == nil {
			s.counted[id] = &schoolCases{}
		}
	}
	if school != "" && s.counted[school] == nil {
		s.counted[school] = &schoolCases{}
	}
	for id, cases := range s.counted {
		t, err := cases.tables(period)
		if err != nil {
			return s, err
		}
		s.schools[id] = &t
	}
	if year > 0 {
		if err := p.useFrozen(app, &s, frozen, year, school); err != nil {
			return s, err
		}
	}
	return s, s.sum()
}

func (c *schoolCases) tables(period foi.Period) (t tables, err error) {
	if t.table3, err = foi.Table3(c.annual(), period); err != nil {
		return t, err
	}
	t.table4, err = foi.Table4(c.disputes, period)
	return t, err
}

// yearOf is the calendar year that a period is, or 0.
func yearOf(period foi.Period) int {
	if period.From.IsValid() && period == foi.YearOf(period.From.Year()) {
		return period.From.Year()
	}
	return 0
}

// frozenTables are the tables of a year and of the one before that were frozen,
// by school and year.
func frozenTables(app core.App, school string, year int) (map[string]map[int]*tables, error) {
	of := map[string]map[int]*tables{}
	if year == 0 {
		return of, nil
	}
	where := dbx.In("year", year-1, year)
	if school != "" {
		where = dbx.And(where, dbx.HashExp{"school": school})
	}
	var rows []*core.Record
	if err := app.RecordQuery(records.FOITables).AndWhere(where).All(&rows); err != nil {
		return nil, err
	}
	for _, r := range rows {
		t := &tables{frozenAt: r.GetString("created"), frozenBy: r.GetString("by_name")}
		if err := r.UnmarshalJSONField("table3", &t.table3); err != nil {
			return nil, err
		}
		if err := r.UnmarshalJSONField("table4", &t.table4); err != nil {
			return nil, err
		}
		id := r.GetString("school")
		if of[id] == nil {
			of[id] = map[int]*tables{}
		}
		of[id][r.GetInt("year")] = t
	}
	return of, nil
}

// useFrozen puts frozen tables in the place of counted ones, and holds what was
// carried over against the year after.
func (p *platform) useFrozen(app core.App, s *statistics, frozen map[string]map[int]*tables, year int, school string) error {
	var next map[string]*schoolCases
	for id, of := range frozen {
		drifts := []drift{}
		if t := of[year]; t != nil {
			s.schools[id] = t
			if next == nil && p.today() > string(s.period.To) {
				var err error
				if next, err = p.countedCases(app, school, foi.YearOf(year+1).To); err != nil {
					return err
				}
			}
			if after := next[id]; after != nil {
				following, err := after.tables(foi.YearOf(year + 1))
				if err != nil {
					return err
				}
				drifts = append(drifts, driftOf(year, t.table3, following.table3))
			}
		}
		if before := of[year-1]; before != nil {
			drifts = append([]drift{driftOf(year-1, before.table3, s.schools[id].table3)}, drifts...)
		}
		s.schools[id].drifts = slices.DeleteFunc(drifts, func(d drift) bool { return len(d.vanished)+len(d.appeared) == 0 })
	}
	return nil
}

func driftOf(year int, frozen, next foi.ApplicationTable) drift {
	vanished, appeared := foi.Drift(frozen, next)
	return drift{year, vanished, appeared}
}

// sum adds the schools, in the order of their ids.
func (s *statistics) sum() (err error) {
	var threes []foi.ApplicationTable
	var fours []foi.DisputeTable
	s.all = tables{}
	ids := slices.Sorted(maps.Keys(s.schools))
	for _, id := range ids {
		t := s.schools[id]
		threes, fours = append(threes, t.table3), append(fours, t.table4)
		s.all.drifts = append(s.all.drifts, t.drifts...)
	}
	if len(ids) == 1 {
		s.all = *s.schools[ids[0]]
		return nil
	}
	if s.all.table3, err = foi.SumTable3(threes...); err != nil {
		return err
	}
	s.all.table4, err = foi.SumTable4(fours...)
	if len(ids) == 0 {
		s.all.table3.Period, s.all.table4.Period = s.period, s.period
	}
	return err
}
