package pb_hooks

import (
	"cmp"
	"net/http"
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// AnnualList is where the reports of a year are: of all schools, or a school's own of
// each year.
type AnnualList struct {
	Year      int          `json:"year"`
	LastYear  int          `json:"last_year"`
	FirstYear int          `json:"first_year"` // with anything to show
	DueOn     string       `json:"due_on"`
	Today     string       `json:"today"`
	MayRemind bool         `json:"may_remind"`
	Lines     []AnnualLine `json:"lines"`
}

// AnnualLine is the report of a school for a year.
type AnnualLine struct {
	School      string `json:"school"` // code
	SchoolName  string `json:"school_name"`
	Year        int    `json:"year"`
	State       string `json:"state"`
	StateName   string `json:"state_name"`
	Timeliness  string `json:"timeliness"`
	Judgement   string `json:"judgement"` // the timeliness in words
	PublishedOn string `json:"published_on"`
	SignedBy    string `json:"signed_by"`
	Updated     string `json:"updated"`
	Article     string `json:"article"`
	RemindedOn  string `json:"reminded_on"` // today, if the school was
}

// listAnnual lists the reports: to the bureau those of ?year= (last year's if it is
// left out), to people of a school their own of the last years.
func (p *platform) listAnnual(e *core.RequestEvent) error {
	last := annual.LastYear(workday.Date(p.today()))
	year, err := p.annualYear(cmp.Or(e.Request.URL.Query().Get("year"), strconv.Itoa(last)))
	if err != nil {
		return err
	}
	v := AnnualList{Year: year, LastYear: last, FirstYear: last - 4, DueOn: string(annual.DueOn(year)), Today: p.today(), Lines: []AnnualLine{}}
	if e.Auth.GetString("school") != "" {
		err = p.ownAnnual(e, &v)
	} else {
		err = p.allAnnual(e, &v)
	}
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, v)
}

// ownAnnual lists a school's own reports: last year's, and earlier ones that there are.
func (p *platform) ownAnnual(e *core.RequestEvent, v *AnnualList) error {
	school, err := p.supervisedSchool(e)
	if err != nil {
		return err
	}
	if !actsAsAny(e.Auth, readsAnnual...) {
		return e.ForbiddenError("您没有查看年度报告的职责。", nil)
	}
	for year := v.LastYear; year >= v.FirstYear; year-- {
		c, err := annualCaseOf(e.App, school.ID, year)
		if err != nil {
			return err
		}
		if year == v.LastYear && owesReport(school, year) || c.State() != annual.NotBegun {
			v.Lines = append(v.Lines, p.annualLine(school, year, c))
		}
	}
	return nil
}

// allAnnual lists the reports of all schools that owe one, and of others that have one.
func (p *platform) allAnnual(e *core.RequestEvent, v *AnnualList) error {
	may, err := p.oversees(e.App, e.Auth)
	if err != nil {
		return err
	}
	if !may {
		return e.ForbiddenError("各校的年度报告由教育局监督员、审核员和审计员查看。", nil)
	}
	if v.MayRemind, err = p.servesBureau(e.App, e.Auth, publication.Supervisor); err != nil {
		return err
	}
	directory, err := p.directory()
	if err != nil {
		return err
	}
	cases, err := annualCases(e.App, "", v.Year)
	if err != nil {
		return err
	}
	reminded, err := p.remindedToday(e.App, v.Year)
	if err != nil {
		return err
	}
	for _, school := range directory.Schools {
		c := cases[school.ID]
		if c == nil {
			if !owesReport(school, v.Year) {
				continue
			}
			c = &annualCase{}
		}
		line := p.annualLine(school, v.Year, c)
		if reminded[school.ID] {
			line.RemindedOn = p.today()
		}
		v.Lines = append(v.Lines, line)
	}
	return nil
}

func (p *platform) annualLine(school *records.School, year int, c *annualCase) AnnualLine {
	timeliness := c.TimelinessOn(workday.Date(p.today()), year)
	line := AnnualLine{School: school.Code, SchoolName: cmp.Or(school.ShortName, school.Name), Year: year, State: string(c.State()), StateName: c.State().Name(),
		Timeliness: string(timeliness), Judgement: timeliness.Name()}
	if c.Public {
		line.PublishedOn = string(c.PublishedOn)
	}
	if c.article != nil {
		line.Article = c.article.Id
	}
	if c.record != nil {
		line.Updated = c.record.GetString("updated")
	}
	for _, s := range c.steps {
		if s.GetString("action") == string(annual.Sign) {
			line.SignedBy = s.GetString("by_name")
		}
	}
	return line
}
