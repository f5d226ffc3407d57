package pb_hooks

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/workday"
)

// publicGroups and publicShares are what the public is told: results. How much
// work waits where, and what the bureau has ordered, is between it and its schools.
var (
	publicGroups = []string{figures.Columns, figures.Items, figures.Requests, figures.Letters}
	publicShares = slices.Concat(complianceShares, []string{"items_punctual", "requests_punctual", "letters_punctual", "satisfaction"})
)

// DistrictFigures implements site.Reader: the last snapshot of the district.
func (r reader) DistrictFigures(ctx context.Context) (site.DistrictFigures, error) {
	v := site.DistrictFigures{Shares: []site.ShareFigure{}, Groups: []site.FigureGroup{}}
	end, err := r.districtDay(ctx, "9999-12-31")
	if err != nil || end.Day == "" {
		return v, err
	}
	newYear := workday.Date(fmt.Sprintf("%04d-01-01", end.Day.Year()))
	start, err := r.districtDay(ctx, workday.Date(fmt.Sprintf("%04d-12-31", end.Day.Year()-1)))
	if err != nil {
		return v, err
	}
	counts := figures.Period(start.counts, end.counts)
	v.Day, v.Since, v.Schools = string(end.Day), string(newYear), end.Schools
	few := counts["ratings"] < inquiry.SmallestGroup // so few that somebody could be made out
	for _, s := range figures.Shares() {
		if slices.Contains(publicShares, s.Name) {
			v.Shares = append(v.Shares, shareFigure(s, counts, few && s.Whole == "ratings"))
		}
	}
	for _, name := range publicGroups {
		group := site.FigureGroup{Name: name, Figures: []site.FigureLine{}}
		for _, f := range figures.Catalogue() {
			if f.Group == name && (!few || f.Name != "ratings_satisfied") {
				group.Figures = append(group.Figures, site.FigureLine{Name: f.Name, Label: f.Label, Count: counts[f.Name], Unit: f.Unit,
					Period: f.Kind == figures.Total, How: f.How, Basis: f.Basis})
			}
		}
		v.Groups = append(v.Groups, group)
	}
	return v, nil
}

func shareFigure(s figures.Share, counts figures.Counts, few bool) site.ShareFigure {
	whole, _ := figures.Named(s.Whole)
	f := site.ShareFigure{Name: s.Name, Label: s.Label, Unit: whole.Unit, Target: s.Target, How: s.How}
	if few {
		return f
	}
	ratio := s.Of(counts)
	f.Part, f.Whole = ratio.Part, ratio.Whole
	if permille, ok := ratio.Permille(); ok {
		f.Percent = fmt.Sprintf("%d.%d", permille/10, permille%10)
	}
	return f
}

// districtDay is a snapshot of the district.
type districtDay struct {
	Day     workday.Date `db:"day"`
	Schools int          `db:"schools"`
	Figures string       `db:"figures"`
	counts  figures.Counts
}

// districtDay is the last snapshot until a day; its Day is "" if there is none.
func (r reader) districtDay(ctx context.Context, until workday.Date) (d districtDay, err error) {
	err = r.p.app.DB().NewQuery("SELECT day, schools, figures FROM district_days WHERE day <= {:until} ORDER BY day DESC LIMIT 1").
		Bind(dbx.Params{"until": string(until)}).WithContext(ctx).One(&d)
	if errors.Is(err, sql.ErrNoRows) {
		return d, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(d.Figures), &d.counts)
	}
	return d, err
}
