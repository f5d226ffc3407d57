package pb_hooks

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/workday"
)

// lastDays is how many days at the end of a year or of a period are looked at
// together (突击公开).
const lastDays = 10

// SupervisionFloods is on which days information was first published: whether it
// came when there was something to tell, or all at once before somebody looked.
type SupervisionFloods struct {
	School  NamedCode     `json:"school"` // "" is the district
	From    string        `json:"from"`   // from the first day that can be told
	To      string        `json:"to"`
	Total   int           `json:"total"`
	Days    []FloodDay    `json:"days"`
	Ends    []FloodEnd    `json:"ends"`
	Schools []FloodSchool `json:"schools"` // of the district: the ends of the period
}

// FloodDay is what was published on a day; after nights without a snapshot, since the last one.
type FloodDay struct {
	Day   string `json:"day"`
	Count int    `json:"count"`
}

// FloodEnd is the share that was published in the last days of a year or of the period.
type FloodEnd struct {
	Label string `json:"label"`
	From  string `json:"from"`
	To    string `json:"to"`
	Of    int    `json:"of"` // days of the whole
	figures.Ratio
}

// FloodSchool is the share of a school in the last days of the period.
type FloodSchool struct {
	School NamedCode     `json:"school"`
	Stage  string        `json:"stage"`
	Ratio  figures.Ratio `json:"ratio"`
}

func (p *platform) supervisionFloods(e *core.RequestEvent) error {
	school, err := p.districtOrSchool(e)
	if err != nil {
		return err
	}
	from, to, err := askedPeriod(e.App, e.Request.URL.Query())
	if err != nil {
		return err
	}
	if from != "" && shifted(from, mostSteps) <= to {
		return refused("to", "supervision_period", "一次最多看 400 天")
	}
	v := SupervisionFloods{To: string(to), Days: []FloodDay{}, Ends: []FloodEnd{}, Schools: []FloodSchool{}}
	whose := scope{school: school}
	if school != nil {
		v.School = NamedCode{school.Code, school.ShortName}
	} else {
		d, err := p.directory()
		if err != nil {
			return err
		}
		whose = inStage(d, "")
	}
	if from != "" {
		if err := v.draw(e.App, whose, from, to); err != nil {
			return err
		}
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, v)
}

func (v *SupervisionFloods) draw(app core.App, whose scope, from, to workday.Date) error {
	before, err := lastKept(app, shifted(from, -1))
	if err != nil {
		return err
	}
	totals, err := whose.published(app, cmp.Or(before, from), to)
	if err != nil || len(totals) == 0 {
		v.From = string(from)
		return err
	}
	for i, t := range totals[1:] {
		v.Days = append(v.Days, FloodDay{string(t.day), t.total - totals[i].total})
		v.Total += t.total - totals[i].total
	}
	if before == "" {
		from = totals[0].day.Next()
	}
	v.From = string(from)
	for year := from.Year(); year <= to.Year(); year++ {
		end := workday.Date(fmt.Sprintf("%04d-12-31", year))
		if end < to {
			v.addEnd(fmt.Sprintf("%d 年最后 %d 天", year, lastDays), max(from, workday.Date(fmt.Sprintf("%04d-01-01", year))), end)
		}
	}
	v.addEnd(fmt.Sprintf("这段时间的最后 %d 天", lastDays), from, to)
	if whose.school != nil {
		return nil
	}
	return v.addSchools(app, whose.of, totals[0].day, to)
}

// addEnd adds up the last days of a part of the period.
func (v *SupervisionFloods) addEnd(label string, from, to workday.Date) {
	end := FloodEnd{Label: label, From: string(max(from, shifted(to, 1-lastDays))), To: string(to), Of: daysFrom(from, to) + 1}
	for _, d := range v.Days {
		if d.Day < string(from) || d.Day > end.To {
			continue
		}
		end.Whole += d.Count
		if d.Day >= end.From {
			end.Part += d.Count
		}
	}
	v.Ends = append(v.Ends, end)
}

// addSchools compares the schools of each stage: what had been published before
// the period, before its last days, and at its end.
func (v *SupervisionFloods) addSchools(app core.App, schools []*records.School, first, to workday.Date) error {
	last, err := lastKept(app, to)
	if err != nil {
		return err
	}
	middle, err := lastKept(app, shifted(to, -lastDays))
	if err != nil {
		return err
	}
	middle = max(first, middle)
	rows := []struct {
		School string `db:"school"`
		Day    string `db:"day"`
		Total  int    `db:"total"`
	}{}
	err = app.DB().NewQuery("SELECT school, day, coalesce(json_extract(figures, '$.items_published'), 0) AS total FROM school_days WHERE day IN ({:first}, {:middle}, {:last})").
		Bind(dbx.Params{"first": string(first), "middle": string(middle), "last": string(last)}).All(&rows)
	if err != nil {
		return err
	}
	totals := map[string]map[string]int{}
	for _, r := range rows {
		if totals[r.School] == nil {
			totals[r.School] = map[string]int{}
		}
		totals[r.School][r.Day] = r.Total
	}
	for _, s := range schools {
		t := totals[s.ID]
		if whole := t[string(last)] - t[string(first)]; whole > 0 {
			v.Schools = append(v.Schools, FloodSchool{NamedCode{s.Code, s.ShortName}, s.Stages[0], figures.Ratio{Part: t[string(last)] - t[string(middle)], Whole: whole}})
		}
	}
	stages := standard.Stages()
	slices.SortStableFunc(v.Schools, func(a, b FloodSchool) int {
		return cmp.Or(slices.Index(stages, a.Stage)-slices.Index(stages, b.Stage), permille(b.Ratio)-permille(a.Ratio))
	})
	return nil
}

// publishedTotal is how much had been published by the end of a day.
type publishedTotal struct {
	day   workday.Date
	total int
}

// published reads it for the days of a period, without the other figures.
func (s scope) published(app core.App, from, to workday.Date) (out []publishedTotal, err error) {
	table, where, params := records.DistrictDays, "", dbx.Params{"from": string(from), "to": string(to)}
	if s.school != nil {
		table, where, params["school"] = records.SchoolDays, "school = {:school} AND ", s.school.ID
	}
	rows, err := app.DB().NewQuery("SELECT day, coalesce(json_extract(figures, '$.items_published'), 0) FROM " + table + " WHERE " + where +
		"day >= {:from} AND day <= {:to} ORDER BY day").Bind(params).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var t publishedTotal
		if err := rows.Scan(&t.day, &t.total); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, rows.Err()
}

// daysFrom is how many days lie from one day to another.
func daysFrom(from, to workday.Date) int { return int(dayNumber(string(to)) - dayNumber(string(from))) }
