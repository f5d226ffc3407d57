package pb_hooks

import (
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/workday"
)

// InquiryOverview is how the schools accept and answer, and how satisfied people
// are: the whole, each channel, each unit.
type InquiryOverview struct {
	From     workday.Date  `json:"from"` // days of the letters
	Until    workday.Date  `json:"until"`
	Today    workday.Date  `json:"today"`
	Whole    FigureLine    `json:"whole"`
	Channels []FigureLine  `json:"channels"`
	Units    []FigureLine  `json:"units"`
	Filters  OverviewNames `json:"filters"`
}

// FigureLine are the figures of one group.
type FigureLine struct {
	Code   string `json:"code"` // of the school or channel
	Name   string `json:"name"`
	Silent bool   `json:"silent"` // letters came, and nobody decided about one
	inquiry.Figures
}

// OverviewNames are what the figures can be narrowed to.
type OverviewNames struct {
	Stages     []NamedCode `json:"stages"`
	Channels   []NamedCode `json:"channels"`
	Categories []NamedCode `json:"categories"`
}

// overviewFilter is what somebody asks to see figures of.
type overviewFilter struct {
	from, until                      workday.Date
	stage, channel, category, school string // "" is all
}

// figureOf are the figures that open their letters, by name.
var figureOf = map[string]func(inquiry.Measured) bool{
	"received": func(inquiry.Measured) bool { return true }, "open": func(m inquiry.Measured) bool { return m.Open },
	"decided":          func(m inquiry.Measured) bool { return m.Decided },
	"accepted_in_time": func(m inquiry.Measured) bool { return m.Decided && !m.AcceptedLate },
	"undecided":        func(m inquiry.Measured) bool { return m.Undecided },
	"answered":         func(m inquiry.Measured) bool { return m.Answered },
	"answered_in_time": func(m inquiry.Measured) bool { return m.Answered && !m.Late },
	"answered_late":    func(m inquiry.Measured) bool { return m.Late },
	"overdue":          func(m inquiry.Measured) bool { return m.Overdue }, "low_open": func(m inquiry.Measured) bool { return m.Redoing },
}

// overviewOf reads what is asked for. Without days it is the year so far.
func (p *platform) overviewOf(e *core.RequestEvent) (overviewFilter, error) {
	ask, today := e.Request.URL.Query(), p.today()
	f := overviewFilter{from: workday.Date(today[:4] + "-01-01"), until: workday.Date(today), stage: ask.Get("stage"), channel: ask.Get("channel"),
		category: ask.Get("category"), school: ask.Get("school")}
	for field, into := range map[string]*workday.Date{"from": &f.from, "until": &f.until} {
		if text := ask.Get(field); text != "" {
			day, err := workday.Parse(text)
			if err != nil {
				return f, refused(field, "inquiry_malformed", err.Error())
			}
			*into = day
		}
	}
	if f.until < f.from {
		return f, refused("until", "inquiry_malformed", "结束日期应当不早于开始日期")
	}
	may, err := p.servesBureau(e.App, e.Auth, publication.Supervisor)
	if err != nil || may {
		return f, err
	}
	// a school's principal, officer or clerk sees their own
	ways := 0
	for _, duty := range []publication.Duty{publication.Principal, publication.Officer, publication.Clerk} {
		mine, err := p.waysTo(e.App, e.Auth, duty)
		if err != nil {
			return f, err
		}
		ways += len(mine)
	}
	d, err := p.directory()
	if err != nil {
		return f, err
	}
	school, ok := d.ByID(e.Auth.GetString("school"))
	if ways == 0 || !ok {
		return f, e.ForbiddenError("来信统计由区教育局和学校的校长、负责人、专管员查看。", nil)
	}
	f.school = school.Code
	return f, nil
}

// holds finds out which letters are asked for: by unit, channel, category, day.
func (f overviewFilter) holds(d *records.Directory, names []string) func(countedLetter) bool {
	units := make([]bool, len(names))
	for i, name := range names {
		school, isSchool := d.ByID(name)
		switch {
		case name == bureauUnit:
			units[i] = (f.school == "" || f.school == bureauUnit) && f.stage == ""
		case isSchool:
			units[i] = (f.school == "" || f.school == school.Code) && (f.stage == "" || slices.Contains(school.Stages, f.stage))
		}
	}
	from, until := dayNumber(string(f.from)), dayNumber(string(f.until))
	return func(l countedLetter) bool {
		return l.submitted >= from && l.submitted <= until && units[l.unit] && (f.channel == "" || names[l.channel] == f.channel) &&
			(f.category == "" || names[l.category] == f.category)
	}
}

func (p *platform) inquiryOverview(e *core.RequestEvent) error {
	f, err := p.overviewOf(e)
	if err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	view := InquiryOverview{From: f.from, Until: f.until, Today: workday.Date(p.today()), Channels: []FigureLine{}, Units: []FigureLine{}, Filters: overviewNames()}
	view.Whole.Name = "合计"
	channels, units := map[string]*FigureLine{}, map[string]*FigureLine{}
	err = p.counted.read(e.App, p.options.Now(), func(rows []countedLetter, names []string) {
		today, holds := dayNumber(p.today()), f.holds(d, names)
		byChannel, byUnit := make([]*FigureLine, len(names)), make([]*FigureLine, len(names))
		for _, l := range rows {
			if !holds(l) {
				continue
			}
			m := l.measured(today)
			view.Whole.Add(m)
			for _, to := range []struct {
				lines []*FigureLine
				of    map[string]*FigureLine
				at    uint16
			}{{byChannel, channels, l.channel}, {byUnit, units, l.unit}} {
				if to.lines[to.at] == nil {
					to.lines[to.at] = &FigureLine{}
					to.of[names[to.at]] = to.lines[to.at]
				}
				to.lines[to.at].Add(m)
			}
		}
	})
	if err != nil {
		return err
	}
	view.Whole.Sum()
	view.drawChannels(channels)
	if err := p.drawUnits(d, f, units, &view); err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, view)
}

func overviewNames() (n OverviewNames) {
	for _, c := range inquiry.Channels() {
		if c.IsAnswered() {
			n.Channels = append(n.Channels, NamedCode{string(c.Code), c.Name})
		}
	}
	for _, c := range inquiry.Categories() {
		n.Categories = append(n.Categories, NamedCode{string(c.Code), c.Name})
	}
	for _, s := range standard.Stages() {
		n.Stages = append(n.Stages, NamedCode{s, s})
	}
	return n
}

func (v *InquiryOverview) drawChannels(of map[string]*FigureLine) {
	var hidden []*inquiry.Satisfaction
	for _, c := range inquiry.Channels() {
		if line := of[string(c.Code)]; line != nil {
			line.Code, line.Name, line.Satisfaction.Group = string(c.Code), c.Name, string(c.Code)
			line.Sum()
			hidden = append(hidden, &line.Satisfaction)
		}
	}
	inquiry.HideSmall(hidden)
	for _, c := range inquiry.Channels() {
		if line := of[string(c.Code)]; line != nil {
			v.Channels = append(v.Channels, *line)
		}
	}
}

// drawUnits shows every unit that is asked for, those without a letter too.
func (p *platform) drawUnits(d *records.Directory, f overviewFilter, of map[string]*FigureLine, v *InquiryOverview) error {
	var lines []*FigureLine
	add := func(unit, code, name string) {
		line := of[unit]
		if line == nil {
			line = &FigureLine{}
		}
		line.Code, line.Name, line.Satisfaction.Group = code, name, code
		line.Sum()
		line.Silent = line.Received > 0 && line.Decided == 0 && line.Undecided > 0
		lines = append(lines, line)
	}
	for _, s := range d.Schools {
		if s.Status == "open" && (f.stage == "" || slices.Contains(s.Stages, f.stage)) && (f.school == "" || f.school == s.Code) || of[s.ID] != nil {
			add(s.ID, s.Code, s.ShortName)
		}
	}
	if of[bureauUnit] != nil {
		name, err := p.unitName(bureauUnit)
		if err != nil {
			return err
		}
		add(bureauUnit, bureauUnit, name)
	}
	var hidden []*inquiry.Satisfaction
	for _, line := range lines {
		hidden = append(hidden, &line.Satisfaction)
	}
	inquiry.HideSmall(hidden)
	for _, line := range lines {
		v.Units = append(v.Units, *line)
	}
	if v.Whole.Satisfaction.Rated < inquiry.SmallestGroup {
		inquiry.HideSmall([]*inquiry.Satisfaction{&v.Whole.Satisfaction})
	}
	return nil
}

// FigureCase is a letter behind a figure. What it says is on its own page, for
// those who may read it.
type FigureCase struct {
	ID        string `json:"id"`
	Number    string `json:"number"`
	Title     string `json:"title"` // "" of a confidential one
	Unit      string `json:"unit"`
	StateName string `json:"state_name"`
	Submitted string `json:"submitted"`
	Due       string `json:"due"`
}

// FigureCases are the letters behind a figure: all of them counted, the latest
// listed.
type FigureCases struct {
	Total int          `json:"total"`
	Items []FigureCase `json:"items"`
}

const mostFigureCases = 200

// inquiryFigureCases opens a figure of the overview.
func (p *platform) inquiryFigureCases(e *core.RequestEvent) error {
	f, err := p.overviewOf(e)
	if err != nil {
		return err
	}
	is := figureOf[e.Request.URL.Query().Get("figure")]
	if is == nil {
		return e.NotFoundError("没有这一项统计。", nil)
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	list := FigureCases{Items: []FigureCase{}}
	var numbers []any
	err = p.counted.read(e.App, p.options.Now(), func(rows []countedLetter, names []string) {
		today, holds := dayNumber(p.today()), f.holds(d, names)
		for i, l := range slices.Backward(rows) {
			if holds(l) && is(l.measured(today)) {
				list.Total++
				if len(numbers) < mostFigureCases {
					numbers = append(numbers, i+1)
				}
			}
		}
	})
	if err != nil {
		return err
	}
	reader, err := p.inquiryReaderOf(e.App, e.Auth)
	if err != nil {
		return err
	}
	seen, err := reader.sees(e.App) // the officer counts confidential letters and is not shown them
	if err != nil {
		return err
	}
	var found []*core.Record
	if err := e.App.RecordQuery(records.Inquiries).AndWhere(dbx.In("_rowid_", numbers...)).AndWhere(seen).OrderBy("_rowid_ DESC").All(&found); err != nil {
		return err
	}
	for _, r := range found {
		unit, err := p.unitName(r.GetString("unit"))
		if err != nil {
			return err
		}
		list.Items = append(list.Items, FigureCase{r.Id, r.GetString("number"), r.GetString("title"), unit, inquiry.State(r.GetString("state")).Name(),
			r.GetString("submitted"), r.GetString("due")})
	}
	return e.JSON(http.StatusOK, list)
}
