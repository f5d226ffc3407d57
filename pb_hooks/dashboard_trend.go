package pb_hooks

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/workday"
)

// SupervisionTrend is how figures went, of the district or of a school: stocks as
// they were at the end of each step, totals as they were counted within it.
type SupervisionTrend struct {
	School NamedCode     `json:"school"` // "" is the district
	Every  string        `json:"every"`
	From   string        `json:"from"`
	To     string        `json:"to"`
	Days   []string      `json:"days"` // the last day of each step
	Series []TrendSeries `json:"series"`
}

// TrendSeries is one figure or share.
type TrendSeries struct {
	Name    string       `json:"name"`
	Label   string       `json:"label"`
	Unit    string       `json:"unit"` // "%" of a share
	Target  int          `json:"target"`
	IsShare bool         `json:"is_share"`
	Points  []TrendPoint `json:"points"`
}

// TrendPoint is one value. Of a figure the part is the count.
type TrendPoint struct {
	Known bool `json:"known"` // false: nothing was kept before, or too few people have rated
	figures.Ratio
}

// stepOf says which step of a chart a day belongs to.
var stepOf = map[string]func(workday.Date) string{
	"day":  func(d workday.Date) string { return string(d) },
	"week": func(d workday.Date) string { return string(monday(d)) },
	"month": func(d workday.Date) string {
		return string(d[:7])
	},
}

func monday(d workday.Date) workday.Date {
	weekday := (int(dayStart(string(d), 0).In(shanghai).Weekday()) - int(time.Monday) + 7) % 7
	return shifted(d, -weekday)
}

func (p *platform) supervisionTrend(e *core.RequestEvent) error {
	school, err := p.districtOrSchool(e)
	if err != nil {
		return err
	}
	ask := e.Request.URL.Query()
	series, err := askedSeries(ask)
	if err != nil {
		return err
	}
	every := ask.Get("every")
	if every == "" {
		every = "month"
	}
	if stepOf[every] == nil {
		return refused("every", "supervision_every", "请选择按日、按周或按月")
	}
	from, to, err := askedPeriod(e.App, ask)
	if err != nil {
		return err
	}
	v, err := trendOf(e.App, scope{school: school}, from, to, every, series)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, v)
}

// askedSeries reads the names of the figures and shares that are asked for.
func askedSeries(ask url.Values) ([]TrendSeries, error) {
	names := strings.Split(ask.Get("names"), ",")
	if ask.Get("names") == "" {
		names = complianceShares
	}
	if len(names) > 8 {
		return nil, refused("names", "supervision_names", "一次最多看 8 项")
	}
	var out []TrendSeries
	for _, name := range names {
		s, ok := seriesNamed(name)
		if !ok {
			return nil, refused("names", "supervision_names", "没有这一项指标："+name)
		}
		out = append(out, s)
	}
	return out, nil
}

func seriesNamed(name string) (TrendSeries, bool) {
	if i := slices.IndexFunc(figures.Shares(), func(s figures.Share) bool { return s.Name == name }); i >= 0 {
		s := figures.Shares()[i]
		return TrendSeries{Name: name, Label: s.Label, Unit: "%", Target: s.Target, IsShare: true, Points: []TrendPoint{}}, true
	}
	f, ok := figures.Named(name)
	return TrendSeries{Name: name, Label: f.Label, Unit: f.Unit, Points: []TrendPoint{}}, ok
}

// trendOf reads the last snapshot of each step of a period.
func trendOf(app core.App, whose scope, from, to workday.Date, every string, series []TrendSeries) (*SupervisionTrend, error) {
	v := &SupervisionTrend{Every: every, From: string(from), To: string(to), Days: []string{}, Series: series}
	if whose.school != nil {
		v.School = NamedCode{whose.school.Code, whose.school.ShortName}
	}
	days, err := daysKept(app, from, to)
	if err != nil {
		return nil, err
	}
	var ends []workday.Date
	for i, d := range days {
		if i+1 == len(days) || stepOf[every](days[i+1]) != stepOf[every](d) {
			ends = append(ends, d)
		}
	}
	if len(ends) > mostSteps {
		return nil, refused("every", "supervision_every", "图上最多 400 个点，请缩短时间，或者按周、按月查看")
	}
	if from == "" {
		return v, nil
	}
	before, err := lastKept(app, shifted(from, -1))
	if err != nil {
		return nil, err
	}
	kept, err := whose.counts(app, append(slices.Clone(ends), before)...)
	if err != nil {
		return nil, err
	}
	for _, day := range ends {
		v.Days = append(v.Days, string(day))
		for i, s := range v.Series {
			v.Series[i].Points = append(s.Points, s.point(whose, kept[before], kept[day]))
		}
		before = day
	}
	return v, nil
}

// point is the value of one step.
func (s TrendSeries) point(whose scope, before, end figures.Counts) (point TrendPoint) {
	counted := s.Name // what decides whether it is a total
	if s.IsShare {
		share := figures.Shares()[slices.IndexFunc(figures.Shares(), func(f figures.Share) bool { return f.Name == s.Name })]
		counted = share.Whole
		point.Ratio = share.Of(figures.Period(before, end))
	} else {
		point.Part = figures.Period(before, end)[s.Name]
	}
	figure, _ := figures.Named(counted)
	point.Known = end != nil && (before != nil || figure.Kind == figures.Stock)
	if isRating(counted) && whose.school != nil && end["ratings"]-before["ratings"] < inquiry.SmallestGroup || !point.Known {
		return TrendPoint{}
	}
	return point
}
