package pb_hooks

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/workday"
)

// notInSeries is told of a whole year only, and not of a small one (see
// DistrictFigures): by day, or as the difference of months, it would be what one
// person said.
const notInSeries = "ratings_satisfied"

// seriesFigures are the figures of a series, in the order of the catalogue.
func seriesFigures() []figures.Figure {
	return slices.DeleteFunc(slices.Clone(figures.Catalogue()), func(f figures.Figure) bool {
		return !slices.Contains(publicGroups, f.Group) || f.Name == notInSeries
	})
}

// Statistics implements site.Reader: the district's snapshots as a series.
func (r reader) Statistics(ctx context.Context, f site.StatisticsFilter) (site.Statistics, error) {
	v := site.Statistics{By: f.By, Definitions: []site.FigureDefinition{}, Items: []site.StatisticPoint{}}
	for _, one := range seriesFigures() {
		v.Definitions = append(v.Definitions, site.FigureDefinition{Name: one.Name, Label: one.Label, Unit: one.Unit, Group: one.Group,
			Period: one.Kind == figures.Total, How: one.How, Basis: one.Basis})
	}
	last, err := lastKept(r.p.app, workday.Date(cmp.Or(f.To, "9999-12-31")))
	if err != nil || last == "" {
		return v, err
	}
	v.To = cmp.Or(f.To, string(last))
	v.From = cmp.Or(f.From, v.To[:len("2006")]+"-01-01")
	after, err := pointCursor(f.Cursor)
	if err != nil {
		return v, err
	}
	days, err := r.keptDays(ctx, f.By, max(v.From, after), v.To, f.Limit+1)
	if err != nil {
		return v, err
	}
	if len(days) > f.Limit {
		days = days[:f.Limit]
		v.Next = writeCursor("points", string(shifted(days[f.Limit-1].Day, 1)), "")
	}
	for _, end := range days {
		point, err := r.point(ctx, f.By, workday.Date(v.From), end)
		if err != nil {
			return v, err
		}
		v.Items = append(v.Items, point)
	}
	return v, nil
}

// keptDay is a snapshot of the district.
type keptDay struct {
	Day     workday.Date `db:"day"`
	Schools int          `db:"schools"`
	Figures string       `db:"figures"`
}

// keptDays are the snapshots that end the days or months of a period.
func (r reader) keptDays(ctx context.Context, by, from, to string, limit int) (list []keptDay, err error) {
	query := "SELECT day, schools, figures FROM " + records.DistrictDays + " WHERE day BETWEEN {:from} AND {:to} ORDER BY day LIMIT {:limit}"
	if by == "month" {
		query = "SELECT max(day) AS day, schools, figures FROM " + records.DistrictDays +
			" WHERE day BETWEEN {:from} AND {:to} GROUP BY substr(day, 1, 7) ORDER BY day LIMIT {:limit}"
	}
	err = r.p.app.ConcurrentDB().NewQuery(query).Bind(dbx.Params{"from": from, "to": to, "limit": limit}).WithContext(ctx).All(&list)
	return list, err
}

// point is what was counted from the day after the snapshot before it. Where there
// is none before, only states are known.
func (r reader) point(ctx context.Context, by string, from workday.Date, end keptDay) (site.StatisticPoint, error) {
	begin := end.Day
	if by == "month" {
		begin = max(from, end.Day[:len("2006-01")]+"-01")
	}
	v := site.StatisticPoint{From: string(begin), To: string(end.Day), Schools: end.Schools, Figures: []site.FigureCount{}}
	counts, err := readCounts([]byte(end.Figures))
	if err != nil {
		return v, fmt.Errorf("snapshot of %s: %w", end.Day, err)
	}
	before, err := lastKept(r.p.app, shifted(begin, -1))
	if err != nil {
		return v, err
	}
	if before != "" {
		earlier, err := scope{}.counts(r.p.app, before)
		if err != nil {
			return v, err
		}
		counts = figures.Period(earlier[before], counts)
		v.From = string(shifted(before, 1)) // what a lost night would have told is in the next one
	}
	for _, f := range seriesFigures() {
		if f.Kind == figures.Stock || before != "" {
			v.Figures = append(v.Figures, site.FigureCount{Name: f.Name, Count: counts[f.Name]})
		}
	}
	return v, nil
}

// pointCursor is the day from which a series goes on.
func pointCursor(cursor string) (string, error) {
	if cursor == "" {
		return "", nil
	}
	day, _, err := cutCursor("points", cursor)
	if err == nil && !workday.Date(day).IsValid() {
		err = site.ErrCursor
	}
	return day, err
}
