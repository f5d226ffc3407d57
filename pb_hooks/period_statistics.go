package pb_hooks

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/statement"
	"gongkai/pb_hooks/workday"
)

// PeriodStatistics are the figures of any schools over any period: what was counted
// between two snapshots, and the states at the end.
type PeriodStatistics struct {
	From    string         `json:"from"`
	To      string         `json:"to"`
	Since   string         `json:"since"` // the snapshot that is counted from, the evening before; "" if the period begins with the first one
	Until   string         `json:"until"` // the snapshot that is counted to; "" if nothing has been kept
	Figures []FigureHead   `json:"figures"`
	Shares  []ShareHead    `json:"shares"`
	Schools []SchoolFigure `json:"schools"`
	Sum     figures.Counts `json:"sum"`
	Towns   []string       `json:"towns"`  // to choose from
	Hidden  bool           `json:"hidden"` // so few people rated somewhere that it is left out there
}

// FigureHead is a figure as a table and its explanation name it.
type FigureHead struct {
	Name   string `json:"name"`
	Group  string `json:"group"`
	Label  string `json:"label"`
	Unit   string `json:"unit"`
	Period bool   `json:"period"` // counted in the period; else the state at its end
	How    string `json:"how"`
	Basis  string `json:"basis"`
}

// ShareHead is a share as a table and its explanation name it.
type ShareHead struct {
	Name   string `json:"name"`
	Group  string `json:"group"`
	Label  string `json:"label"`
	Part   string `json:"part"` // figures
	Whole  string `json:"whole"`
	Target int    `json:"target"`
	How    string `json:"how"`
}

// SchoolFigure is a school with what was counted of it.
type SchoolFigure struct {
	School NamedCode      `json:"school"`
	Stages []string       `json:"stages"`
	Counts figures.Counts `json:"counts"`
}

// periodStatistics answers ?from=&to=&stage=&town=&school=, the last as often as wanted.
func (p *platform) periodStatistics(e *core.RequestEvent) error {
	v, err := p.figuresAsked(e)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, v)
}

// exportPeriod gives out the same as a workbook.
func (p *platform) exportPeriod(e *core.RequestEvent) error {
	v, err := p.figuresAsked(e)
	if err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	data := statement.Period{Demo: d.District.Demo, Issuer: cmp.Or(d.District.Bureau, d.District.Name), Title: "信息公开与办事服务统计表", Made: workday.Date(p.today()),
		From: workday.Date(v.From), Until: workday.Date(v.To), Groups: groupsOf(v.Figures), Sum: v.Sum}
	for _, s := range v.Schools {
		data.Schools = append(data.Schools, statement.PeriodSchool{Name: s.School.Name, Stage: strings.Join(s.Stages, "、"), Counts: s.Counts})
	}
	file, err := data.Xlsx()
	if err != nil {
		return err
	}
	done := deed{Action: "export_period", Collection: records.SchoolDays, Detail: map[string]any{"from": v.From, "to": v.To, "schools": len(v.Schools)}}
	return p.enterBefore(e, actorOf(e), done, func() error {
		return handOut(e, savedName("统计表_"+v.From+"至"+v.To+".xlsx"), xlsxType, file)
	})
}

func groupsOf(heads []FigureHead) (groups []string) {
	for _, f := range heads {
		if !slices.Contains(groups, f.Group) {
			groups = append(groups, f.Group)
		}
	}
	return groups
}

// figuresAsked reads what is asked for and counts it. A school sees itself only.
func (p *platform) figuresAsked(e *core.RequestEvent) (*PeriodStatistics, error) {
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	schools, err := p.schoolsAsked(e, d)
	if err != nil {
		return nil, err
	}
	from, to, err := askedPeriod(e.App, e.Request.URL.Query())
	if err != nil {
		return nil, err
	}
	v := &PeriodStatistics{From: string(from), To: string(to), Figures: []FigureHead{}, Shares: []ShareHead{}, Schools: []SchoolFigure{}, Sum: figures.Counts{}, Towns: townsOf(d)}
	for _, f := range figures.Catalogue() {
		v.Figures = append(v.Figures, FigureHead{f.Name, f.Group, f.Label, f.Unit, f.Kind == figures.Total, f.How, f.Basis})
	}
	for _, s := range figures.Shares() {
		whole, _ := figures.Named(s.Whole)
		v.Shares = append(v.Shares, ShareHead{s.Name, whole.Group, s.Label, s.Part, s.Whole, s.Target, s.How})
	}
	if to == "" { // nothing has been kept
		return v, nil
	}
	return v, v.count(e.App, schools, from, to)
}

// schoolsAsked are the schools that are asked for: a stage, a town, or by code.
func (p *platform) schoolsAsked(e *core.RequestEvent, d *records.Directory) ([]*records.School, error) {
	if e.Auth.GetString("school") != "" {
		own, err := p.supervisedSchool(e)
		return []*records.School{own}, err
	}
	if err := p.overseer(e); err != nil {
		return nil, err
	}
	ask := e.Request.URL.Query()
	stage, err := askedStage(ask)
	if err != nil {
		return nil, err
	}
	var list []*records.School
	for _, s := range d.Schools {
		if (stage == "" || slices.Contains(s.Stages, stage)) && (ask.Get("town") == "" || s.Town == ask.Get("town")) &&
			(len(ask["school"]) == 0 || slices.Contains(ask["school"], s.Code)) {
			list = append(list, s)
		}
	}
	for _, code := range ask["school"] {
		if _, ok := d.ByCode(code); !ok {
			return nil, refused("school", "supervision_school", "没有代码为 "+code+" 的学校")
		}
	}
	return list, nil
}

func townsOf(d *records.Directory) []string {
	towns := []string{}
	for _, s := range d.Schools {
		if s.Town != "" && !slices.Contains(towns, s.Town) {
			towns = append(towns, s.Town)
		}
	}
	slices.Sort(towns)
	return towns
}

// count takes the difference of two snapshots, school by school. A school that was
// not measured at the end is left out; one that was not at the beginning is new; one
// that had ended is there with what it did in the period, if it did anything. A case
// that it handed on counts at the successor, so that no sum changes.
func (v *PeriodStatistics) count(app core.App, schools []*records.School, from, to workday.Date) error {
	until, err := lastKept(app, to)
	if err != nil || until == "" || until < from {
		return err
	}
	since, err := lastKept(app, shifted(from, -1))
	if err != nil {
		return err
	}
	v.Since, v.Until = string(since), string(until)
	end, err := countedOn(app, until)
	if err != nil {
		return err
	}
	first := since
	if first == "" { // what was counted before the first day was not counted in any period
		if first, err = firstKept(app); err != nil {
			return err
		}
	}
	begin, err := countedOn(app, first)
	if err != nil {
		return err
	}
	for _, s := range schools {
		kept, ok := end[s.ID]
		if !ok {
			continue
		}
		counts := figures.Period(begin[s.ID].counts, kept.counts)
		v.Sum.Add(counts)
		if kept.ended {
			if counts = counts.Positive(); len(counts) == 0 {
				continue
			}
		}
		if counts["ratings"] > 0 && counts["ratings"] < inquiry.SmallestGroup { // who they are could be told
			v.Hidden = true
			delete(counts, "ratings_satisfied")
		}
		v.Schools = append(v.Schools, SchoolFigure{NamedCode{s.Code, s.Name}, s.Stages, counts})
	}
	if v.Sum["ratings"] < inquiry.SmallestGroup || v.hidesTooFew() {
		delete(v.Sum, "ratings_satisfied")
		v.Hidden = true
	}
	return nil
}

// countedSchool is what a snapshot counts of one school.
type countedSchool struct {
	counts figures.Counts
	ended  bool
}

// countedOn reads the figures of a day of all schools, those that had ended among
// them, by record id.
func countedOn(app core.App, day workday.Date) (map[string]countedSchool, error) {
	var rows []struct {
		School  string `db:"school"`
		Figures []byte `db:"figures"`
		Ended   bool   `db:"ended"`
	}
	err := app.DB().Select("school", "figures", "ended").From(records.SchoolDays).Where(dbx.HashExp{"day": string(day)}).All(&rows)
	if err != nil {
		return nil, err
	}
	out := map[string]countedSchool{}
	for _, r := range rows {
		counts, err := readCounts(r.Figures)
		if err != nil {
			return nil, fmt.Errorf("snapshot of %s: %w", day, err)
		}
		out[r.School] = countedSchool{counts, r.Ended}
	}
	return out, nil
}

// hidesTooFew reports whether what is hidden of the schools could be told from the
// sum: by taking away those that are shown.
func (v *PeriodStatistics) hidesTooFew() bool {
	hidden := 0
	for _, s := range v.Schools {
		if _, shown := s.Counts["ratings_satisfied"]; !shown {
			hidden += s.Counts["ratings"]
		}
	}
	return hidden > 0 && hidden < inquiry.SmallestGroup
}

// firstKept is the first day that was kept.
func firstKept(app core.App) (first workday.Date, err error) {
	err = app.DB().NewQuery("SELECT coalesce(min(day), '') FROM district_days").Row(&first)
	return first, err
}
