package pb_hooks

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/statement"
	"gongkai/pb_hooks/workday"
)

// AnnualDesk is the report of a school for a year, or the district's, as its page
// shows it.
type AnnualDesk struct {
	School      string           `json:"school"` // code, or all
	SchoolName  string           `json:"school_name"`
	Year        int              `json:"year"`
	Title       string           `json:"title"`
	State       string           `json:"state"`
	StateName   string           `json:"state_name"`
	Timeliness  string           `json:"timeliness"`
	DueOn       string           `json:"due_on"`
	PublishedOn string           `json:"published_on"`
	Frozen      bool             `json:"frozen"`
	Updated     string           `json:"updated"` // of the text; the base of the next save
	Texts       annual.Texts     `json:"texts"`
	Parts       []AnnualPart     `json:"parts"`
	Problems    []annual.Problem `json:"problems"`
	Preview     string           `json:"preview"` // HTML, as the article will be
	Steps       []AnnualStep     `json:"steps"`
	Article     string           `json:"article"`   // id
	Elsewhere   bool             `json:"elsewhere"` // the article was not made from this report
	MayWrite    bool             `json:"may_write"`
	MayPresent  bool             `json:"may_present"`
	MaySign     bool             `json:"may_sign"`
	MayReturn   bool             `json:"may_return"`
	Wrote       bool             `json:"wrote"` // the person did, and so does not sign
}

// AnnualPart is one of the six parts.
type AnnualPart struct {
	Title    string          `json:"title"`
	Sections []AnnualSection `json:"sections"`
	Tables   string          `json:"tables"` // HTML
}

// AnnualSection is where somebody writes.
type AnnualSection struct {
	Key       string `json:"key"`
	Title     string `json:"title"`
	Prompt    string `json:"prompt"`
	Fewest    int    `json:"fewest"`
	Sentences string `json:"sentences"` // of the figures, before the text
}

// AnnualStep is a step of the report.
type AnnualStep struct {
	Action  string `json:"action"`
	Name    string `json:"name"`
	ByName  string `json:"by_name"`
	ForName string `json:"for_name"`
	Reason  string `json:"reason"`
	At      string `json:"at"`
}

// annualAsked is what report somebody asks for and may see.
type annualAsked struct {
	school *records.School // nil is the district
	year   int
}

// id is "" for the district.
func (a annualAsked) id() string {
	if a.school == nil {
		return ""
	}
	return a.school.ID
}

// readsAnnual are the duties of a school that read its report.
var readsAnnual = []publication.Duty{publication.Editor, publication.Clerk, publication.Officer, publication.Reviewer, publication.SecrecyReviewer, publication.Principal}

// annualYear is the year in an address: one that is over.
func (p *platform) annualYear(text string) (int, error) {
	year, err := strconv.Atoi(text)
	last := annual.LastYear(workday.Date(p.today()))
	switch {
	case err != nil || year < annual.FirstYear || year > last+1:
		return 0, refused("year", "annual_year", "请选择有效的年度")
	case year > last:
		return 0, refused("year", "annual_too_early", strconv.Itoa(year)+" 年度报告从 "+string(annual.OpensOn(year))+" 起编写")
	}
	return year, nil
}

// annualAsked reads which report is asked for, of those who may see it.
func (p *platform) annualAsked(e *core.RequestEvent) (a annualAsked, err error) {
	if e.Request.PathValue("school") == wholeDistrict {
		may, err := p.oversees(e.App, e.Auth)
		if err != nil {
			return a, err
		}
		if !may {
			return a, e.ForbiddenError("全区的年度报告由教育局查看。", nil)
		}
	} else if a.school, err = p.supervisedSchool(e); err != nil {
		return a, err
	} else if e.Auth.GetString("school") != "" && !actsAsAny(e.Auth, readsAnnual...) {
		return a, e.ForbiddenError("您没有查看年度报告的职责。", nil)
	}
	a.year, err = p.annualYear(e.Request.PathValue("year"))
	return a, err
}

// actsAsAny reports whether a person fills one of the duties today.
func actsAsAny(person *core.Record, duties ...publication.Duty) bool {
	acts := person.GetStringSlice("acts_as")
	return slices.ContainsFunc(duties, func(d publication.Duty) bool { return slices.Contains(acts, string(d)) })
}

func (p *platform) annualDesk(e *core.RequestEvent) error {
	a, err := p.annualAsked(e)
	if err != nil {
		return err
	}
	return p.answerAnnual(e, a)
}

func (p *platform) answerAnnual(e *core.RequestEvent, a annualAsked) error {
	view, err := p.annualView(e.App, e.Auth, a)
	if err != nil {
		return uncountable(err)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, view)
}

func (p *platform) annualView(app core.App, person *core.Record, a annualAsked) (AnnualDesk, error) {
	report, err := p.annualReport(app, a)
	if err != nil {
		return AnnualDesk{}, err
	}
	c, err := annualCaseOf(app, a.id(), a.year)
	if err != nil {
		return AnnualDesk{}, err
	}
	v := AnnualDesk{School: wholeDistrict, SchoolName: report.Issuer, Year: a.year, Title: report.Title(), State: string(c.State()), StateName: c.State().Name(),
		DueOn: string(annual.DueOn(a.year)), Frozen: report.Frozen, Texts: report.Texts, Steps: []AnnualStep{}, Problems: report.Problems()}
	if v.Preview, err = statement.ReportHTML(report); err != nil {
		return v, err
	}
	if a.school != nil {
		v.School, v.Timeliness, v.PublishedOn = a.school.Code, string(c.TimelinessOn(workday.Date(p.today()), a.year)), string(c.PublishedOn)
	}
	tables := statement.ReportTables(report)
	for _, part := range annual.Parts() {
		drawn := AnnualPart{Title: part.Title}
		for _, s := range part.Sections {
			drawn.Sections = append(drawn.Sections, AnnualSection{s.Key, s.Title, s.Prompt, s.Fewest, report.Sentences(s.Key)})
		}
		for _, name := range part.Tables {
			drawn.Tables += tables[name]
		}
		v.Parts = append(v.Parts, drawn)
	}
	for _, s := range c.steps {
		v.Steps = append(v.Steps, AnnualStep{s.GetString("action"), annual.Action(s.GetString("action")).Name(), s.GetString("by_name"), s.GetString("for_name"),
			s.GetString("reason"), s.GetString("at")})
	}
	if c.record != nil {
		v.Updated = c.record.GetString("updated")
	}
	if c.article != nil {
		v.Article, v.Elsewhere = c.article.Id, c.record == nil || c.record.GetString("article") != c.article.Id
	}
	return v, p.offerAnnual(app, person, a, c, &v)
}

// offerAnnual says what the person can do with a report now.
func (p *platform) offerAnnual(app core.App, person *core.Record, a annualAsked, c *annualCase, v *AnnualDesk) error {
	var err error
	if v.MayWrite, err = p.writesAnnual(app, person, a); err != nil {
		return err
	}
	v.MayPresent = v.MayWrite && a.school != nil && c.May(annual.Present)
	v.MayWrite = v.MayWrite && c.MayBeWritten()
	if c.record != nil {
		v.Wrote = slices.Contains(c.record.GetStringSlice("writers"), person.Id)
	}
	signs, _, err := p.signsAnnual(app, person, a, c)
	v.MaySign, v.MayReturn = signs != "" && c.May(annual.Sign), signs != "" && c.May(annual.Return)
	return err
}

// annualReport is what a report says: a school's, or the district's.
func (p *platform) annualReport(app core.App, a annualAsked) (annual.Report, error) {
	if a.school != nil {
		return p.reportOf(app, a.school, a.year)
	}
	r, err := p.rollupOf(app, a.year)
	return r.Report, err
}
