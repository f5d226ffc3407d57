package pb_hooks

import (
	"context"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
)

// publicGroups and publicShares are what the public is told: results. How much
// work waits where, and what the bureau has ordered, is between it and its schools.
var (
	publicGroups = []string{figures.Columns, figures.Items, figures.Requests, figures.Letters}
	publicShares = slices.Concat(complianceShares, []string{"items_punctual", "requests_punctual", "letters_punctual", "satisfaction"})
)

// DistrictFigures implements site.Reader: the last snapshot of the district. A year
// is counted as the dashboards count it.
func (r reader) DistrictFigures(ctx context.Context) (site.DistrictFigures, error) {
	v := site.DistrictFigures{Shares: []site.ShareFigure{}, Groups: []site.FigureGroup{}}
	day, err := lastKept(r.p.app, "9999-12-31")
	if err != nil || day == "" {
		return v, err
	}
	district, err := scope{}.standing(r.p.app, day)
	if err != nil {
		return v, err
	}
	v.Day, v.Since = string(day), string(district.From)
	if err := r.p.app.DB().Select("schools").From(records.DistrictDays).Where(dbx.HashExp{"day": string(day)}).WithContext(ctx).Row(&v.Schools); err != nil {
		return v, err
	}
	counts := district.counts
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
	if ratio.Whole > 0 {
		f.Percent = strings.TrimSuffix(ratio.Percent(), "%")
	}
	return f
}
