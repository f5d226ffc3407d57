package pb_hooks

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/statement"
	"gongkai/pb_hooks/workday"
)

// wholeDistrict is the ?school= of the district.
const wholeDistrict = "all"

// asked is what statistics somebody asked for and may see.
type asked struct {
	period foi.Period
	school *records.School // nil is the district
	roles  []foi.Role
}

// schoolID is "" for the district.
func (a asked) schoolID() string {
	if a.school == nil {
		return ""
	}
	return a.school.ID
}

// requestStatistics answers with tables 3 and 4 and plain figures of ?from= to
// ?to= (this year if both are left out) of ?school=: the person's own, or to the
// bureau's supervisor any school or "all". A year that was frozen is shown as it
// was frozen.
func (p *platform) requestStatistics(e *core.RequestEvent) error {
	a, err := p.statisticsAsked(e)
	if err != nil {
		return err
	}
	view, err := p.statisticsView(e.App, a)
	if err != nil {
		return uncountable(err)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, view)
}

// uncountable tells whoever asks why there is no table: better none than a wrong one.
func uncountable(err error) error {
	if errors.As(err, &foi.Uncountable{}) || errors.As(err, &foi.Unbalanced{}) || errors.As(err, &foi.BadPeriod{}) || errors.As(err, &statement.Unequal{}) {
		return router.NewApiError(http.StatusConflict, err.Error(), nil)
	}
	return err
}

// statisticsAsked reads what is asked for, of those who may have it: school staff
// with a duty of requests their own school's, the supervisor everybody's.
func (p *platform) statisticsAsked(e *core.RequestEvent) (asked, error) {
	_, roles, err := p.requestsSeenBy(e.App, e.Auth)
	if err != nil {
		return asked{}, err
	}
	if len(roles) == 0 {
		return asked{}, e.ForbiddenError("您没有查看信息公开申请统计的职责。", nil)
	}
	directory, err := p.directory()
	if err != nil {
		return asked{}, err
	}
	ask, a := e.Request.URL.Query(), asked{roles: roles}
	code, own := ask.Get("school"), e.Auth.GetString("school")
	if own != "" {
		a.school, _ = directory.ByID(own)
		if a.school == nil || code != "" && code != a.school.Code {
			return a, e.ForbiddenError("只能查看本校的统计。", nil)
		}
	} else if code != "" && code != wholeDistrict {
		var ok bool
		if a.school, ok = directory.ByCode(code); !ok {
			return a, refused("school", "not_found", "没有这所学校")
		}
	}
	a.period, err = p.periodAsked(ask)
	return a, err
}

// mostYears bounds a period that is asked for.
const mostYears = 20

func (p *platform) periodAsked(ask url.Values) (foi.Period, error) {
	from, to := workday.Date(ask.Get("from")), workday.Date(ask.Get("to"))
	if from == "" && to == "" {
		return foi.YearOf(workday.Date(p.today()).Year()), nil
	}
	switch {
	case !from.IsValid():
		return foi.Period{}, refused("from", "foi_malformed", "请填写有效的开始日期")
	case !to.IsValid():
		return foi.Period{}, refused("to", "foi_malformed", "请填写有效的结束日期")
	case from > to:
		return foi.Period{}, refused("to", "foi_malformed", "结束日期不能早于开始日期")
	case to.Year()-from.Year() >= mostYears:
		return foi.Period{}, refused("from", "foi_malformed", "统计期间最长 20 年")
	}
	return foi.Period{From: from, To: to}, nil
}

// statisticsView draws what was asked for.
func (p *platform) statisticsView(app core.App, a asked) (StatisticsView, error) {
	s, err := p.statisticsOf(app, a.period, a.schoolID())
	if err != nil {
		return StatisticsView{}, err
	}
	directory, err := p.directory()
	if err != nil {
		return StatisticsView{}, err
	}
	today := workday.Date(p.today())
	v := StatisticsView{From: a.period.From, To: a.period.To, Year: yearOf(a.period), School: wholeDistrict, SchoolName: directory.District.Name + "全区",
		FrozenAt: s.all.frozenAt, FrozenBy: s.all.frozenBy, Table3: drawTable3(s.all.table3), Table4: drawTable4(s.all.table4), Check: checkLine(s.all.table3), Schools: []SchoolFigures{}}
	v.MayFreeze = a.school != nil && !hasEnded(a.school.Status) && v.Year > 0 && v.FrozenAt == "" && a.period.To < today &&
		(slices.Contains(a.roles, foi.Officer) || slices.Contains(a.roles, foi.Principal))
	if a.school != nil {
		v.School, v.SchoolName = a.school.Code, a.school.Name
	} else {
		v.Schools = schoolFigures(s, directory)
	}
	if v.Drifts, err = drawDrifts(app, s.all.drifts); err != nil {
		return v, err
	}
	calendar, err := p.calendar(app)
	if err != nil {
		return v, err
	}
	var cases []countedCase
	for _, c := range s.counted {
		cases = append(cases, c.cases...)
	}
	v.Plain = plainFigures(cases, a.period, calendar)
	v.Plain.Levels, err = p.openByLevel(app, a.schoolID())
	return v, err
}

// schoolFigures is a line for each school of the district that takes part.
func schoolFigures(s statistics, directory *records.Directory) []SchoolFigures {
	list := []SchoolFigures{}
	for _, school := range directory.Schools {
		t, ok := s.schools[school.ID]
		if !ok && school.Status != "open" {
			continue
		}
		line := SchoolFigures{Code: school.Code, Name: cmp.Or(school.ShortName, school.Name)}
		if ok {
			line.Check, line.FrozenAt = checkLine(t.table3), t.frozenAt
		} else {
			line.Check.Holds = true
		}
		list = append(list, line)
	}
	return list
}

// drawDrifts names the cases of drifts by their numbers.
func drawDrifts(app core.App, drifts []drift) ([]DriftLine, error) {
	list := []DriftLine{}
	for _, d := range drifts {
		line := DriftLine{Year: d.year}
		for ids, into := range map[*[]string]*[]CaseName{&d.vanished: &line.Vanished, &d.appeared: &line.Appeared} {
			*into = []CaseName{}
			if len(*ids) == 0 {
				continue
			}
			err := app.DB().Select("id", "number").From(records.FOIRequests).Where(dbx.In("id", anys(*ids)...)).OrderBy("number").All(into)
			if err != nil {
				return nil, err
			}
		}
		list = append(list, line)
	}
	return list, nil
}

// freezeFrom is the first day on which a year can be frozen.
func freezeFrom(year int) workday.Date {
	return workday.Date(time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
}
