package pb_hooks

import (
	"cmp"
	"net/url"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/workday"
)

// The dashboards read what was kept of days that are over, and nothing else: they
// say today what they said then, and cost as much in a district of any size.

// mostSteps is how many points a chart may have: a year of days, or three years of
// weeks.
const mostSteps = 400

// overseer refuses who may not look at all schools.
func (p *platform) overseer(e *core.RequestEvent) error {
	may, err := p.oversees(e.App, e.Auth)
	if err != nil || may {
		return err
	}
	return e.ForbiddenError("全区情况由教育局监督员、审核员和审计员查看。", nil)
}

// districtOrSchool is whom the figures are asked of: nil is the whole district,
// which only the bureau sees.
func (p *platform) districtOrSchool(e *core.RequestEvent) (*records.School, error) {
	if e.Auth.GetString("school") == "" && e.Request.URL.Query().Get("school") == "" {
		return nil, p.overseer(e)
	}
	return p.supervisedSchool(e)
}

// askedStage reads a stage; "" is all.
func askedStage(ask url.Values) (string, error) {
	stage := ask.Get("stage")
	if stage != "" && !slices.Contains(standard.Stages(), stage) {
		return "", refused("stage", "supervision_stage", "没有这个学段")
	}
	return stage, nil
}

// askedDay is the day whose snapshot is asked for, the last one if none is named.
// "" is a district of which nothing has been kept yet.
func askedDay(app core.App, ask url.Values) (workday.Date, error) {
	last, err := lastKept(app, "9999-12-31")
	if err != nil || ask.Get("day") == "" {
		return last, err
	}
	day, err := askedDate(ask, "day", "")
	if err != nil {
		return "", err
	}
	if kept, err := lastKept(app, day); err != nil {
		return "", err
	} else if kept != day {
		return "", refused("day", "supervision_day", "这一天没有每日快照，最近的一份是 "+cmp.Or(string(last), "（还没有）"))
	}
	return day, nil
}

// askedPeriod reads from and to; what is missing is the year that ended with the
// last snapshot.
func askedPeriod(app core.App, ask url.Values) (from, to workday.Date, err error) {
	last, err := lastKept(app, "9999-12-31")
	if err != nil {
		return "", "", err
	}
	if to, err = askedDate(ask, "to", last); err != nil || to == "" {
		return "", "", err
	}
	if from, err = askedDate(ask, "from", shifted(to, -364)); err != nil {
		return "", "", err
	}
	if to < from {
		return "", "", refused("to", "supervision_period", "结束日期应当不早于开始日期")
	}
	return from, to, nil
}

func askedDate(ask url.Values, field string, otherwise workday.Date) (workday.Date, error) {
	text := ask.Get(field)
	if text == "" {
		return otherwise, nil
	}
	day, err := workday.Parse(text)
	if err != nil {
		return "", refused(field, "supervision_date", err.Error())
	}
	return day, nil
}

// shifted is a day so many days later.
func shifted(day workday.Date, n int) workday.Date {
	return workday.Date(dayOf(dayStart(string(day), n)))
}

// lastKept is the last day until another of which a snapshot was kept; "" if there is none.
func lastKept(app core.App, until workday.Date) (day workday.Date, err error) {
	err = app.DB().NewQuery("SELECT coalesce(max(day), '') FROM district_days WHERE day <= {:until}").Bind(dbx.Params{"until": string(until)}).Row(&day)
	return day, err
}

// daysKept are the days of a period of which a snapshot was kept.
func daysKept(app core.App, from, to workday.Date) (days []workday.Date, err error) {
	err = app.DB().NewQuery("SELECT day FROM district_days WHERE day >= {:from} AND day <= {:to} ORDER BY day").
		Bind(dbx.Params{"from": string(from), "to": string(to)}).Column(&days)
	return days, err
}
