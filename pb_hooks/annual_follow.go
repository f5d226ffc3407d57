package pb_hooks

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/workday"
)

// kindAnnual is the report of a school that waits to be written or signed.
const kindAnnual = "annual"

func annualLink(code string, year int) string {
	return fmt.Sprintf("/supervision/annual/%s/%d", code, year)
}

// followAnnual keeps the timetable: it freezes the year in January and reminds the
// schools whose report is not public.
func (p *platform) followAnnual() {
	if err := errors.Join(p.openReports(), p.remindOfReports()); err != nil {
		p.app.Logger().Error("follow the annual reports", "error", err)
	}
}

// remindOfReports tells the schools whose report is not public, and the bureau how
// many are missing; each of a reminder once.
func (p *platform) remindOfReports() error {
	reminder, due := annual.ReminderOn(workday.Date(p.today()))
	if !due {
		return nil
	}
	year := annual.LastYear(workday.Date(p.today()))
	return p.app.RunInTransaction(func(tx core.App) error {
		awaited, err := p.awaitedReports(tx, year)
		if err != nil {
			return err
		}
		duties := []publication.Duty{publication.Clerk, publication.Editor}
		if reminder.Upwards {
			duties = append(duties, publication.Principal)
		}
		for _, school := range awaited {
			if err := p.tellSchool(tx, school, year, reminder.Key, reminder.What, reminder.Overdue, duties...); err != nil {
				return err
			}
		}
		if !reminder.Overdue || len(awaited) == 0 {
			return nil
		}
		people, err := p.peopleOf(tx, "", publication.Supervisor)
		if err != nil {
			return err
		}
		return notify(tx, people, notification{Kind: kindAnnual, Key: reminder.Key, Title: fmt.Sprintf("%d 所学校的%d年信息公开年度报告逾期未公开", len(awaited), year), Link: "/supervision/annual"})
	})
}

// awaitedReports are the open schools whose report of a year is not public.
func (p *platform) awaitedReports(app core.App, year int) (awaited []*records.School, err error) {
	directory, err := p.directory()
	if err != nil {
		return nil, err
	}
	published, err := p.annualReports(app, year)
	for _, school := range directory.Schools {
		if _, ok := published[school.ID]; !ok && school.Status == string(registry.Open) {
			awaited = append(awaited, school)
		}
	}
	return awaited, err
}

func (p *platform) tellSchool(tx core.App, school *records.School, year int, key, what string, urgent bool, duties ...publication.Duty) error {
	people, err := p.peopleOf(tx, school.ID, duties...)
	if err != nil {
		return err
	}
	return notify(tx, people, notification{Kind: kindAnnual, Key: key, Title: what, Link: annualLink(school.Code, year), Urgent: urgent})
}

// tellAnnual tells whose turn it is after a step.
func (p *platform) tellAnnual(tx core.App, a annualAsked, c *annualCase, step *core.Record) error {
	n := notification{Kind: kindAnnual, Key: "annual_step/" + step.Id, Link: annualLink(a.school.Code, a.year)}
	var people []string
	var err error
	switch annual.Action(step.GetString("action")) {
	case annual.Present:
		n.Title = fmt.Sprintf("%d年信息公开年度报告写好了，请签发", a.year)
		people, err = p.peopleOf(tx, a.school.ID, publication.Principal)
	case annual.Return:
		n.Title = clip(fmt.Sprintf("%d年信息公开年度报告退回修改：%s", a.year, step.GetString("reason")), 300)
		people = c.record.GetStringSlice("writers")
	default: // the reviewers are told by the article
		return nil
	}
	if err != nil {
		return err
	}
	return notify(tx, slices.DeleteFunc(people, func(id string) bool { return id == step.GetString("by") }), n)
}

// addAnnual adds the reports of the person's school that wait for them: to be
// written by the clerk and the editors once the year was frozen, to be signed by the
// principal.
func (d *inboxDraw) addAnnual() error {
	school := d.person.GetString("school")
	writes, signs := actsAsAny(d.person, publication.Clerk, publication.Editor), actsAsAny(d.person, publication.Principal)
	if school == "" || !writes && !signs {
		return nil
	}
	var years []int
	err := d.app.DB().NewQuery("SELECT year FROM annual_tables WHERE school = {:school} AND year = {:last} UNION SELECT year FROM annual_reports WHERE school = {:school} ORDER BY year").
		Bind(dbx.Params{"school": school, "last": annual.LastYear(workday.Date(d.today))}).Column(&years)
	if err != nil {
		return err
	}
	directory, err := d.p.directory()
	if err != nil {
		return err
	}
	at, ok := directory.ByID(school)
	if !ok {
		return nil
	}
	for _, year := range years {
		c, err := annualCaseOf(d.app, school, year)
		if err != nil {
			return err
		}
		duty := publication.Clerk
		switch {
		case signs && c.May(annual.Sign):
			duty = publication.Principal
		case !writes || c.Last == annual.Present || c.UnderReview || c.Public && !c.Changed && !c.SentBack:
			continue
		}
		item := InboxItem{ID: fmt.Sprintf("%s-%d", at.Code, year), Kind: kindAnnual, Link: annualLink(at.Code, year), Title: fmt.Sprintf("%d年信息公开年度报告", year),
			School: at.ShortName, SchoolCode: at.Code, Stage: string(c.State()), StageName: c.State().Name(), Due: string(annual.DueOn(year)), Duty: string(duty)}
		item.Group = groupOf(item.Due, d.today)
		d.items = append(d.items, drawnItem{InboxItem: item})
	}
	return nil
}

// AnnualReminder is which schools the bureau reminds: those that are named, of which
// the report is not public.
type AnnualReminder struct {
	Year    int      `json:"year"`
	Schools []string `json:"schools"` // codes; none is all
}

// remindKey tells a school once a day.
func (p *platform) remindKey(year int) string {
	return fmt.Sprintf("annual_remind/%d/%s", year, p.today())
}

// remindAnnual tells schools that their report is awaited; each once a day.
func (p *platform) remindAnnual(e *core.RequestEvent) error {
	var body AnnualReminder
	if err := e.BindBody(&body); err != nil {
		return e.BadRequestError("内容的格式不对。", err)
	}
	if _, err := p.annualYear(fmt.Sprint(body.Year)); err != nil {
		return err
	}
	told := 0
	err := e.App.RunInTransaction(func(tx core.App) error {
		may, err := p.servesBureau(tx, e.Auth, publication.Supervisor)
		if err != nil {
			return err
		}
		if !may {
			return e.ForbiddenError("由区级监督员提醒学校。", nil)
		}
		awaited, err := p.awaitedReports(tx, body.Year)
		if err != nil {
			return err
		}
		known := map[string]bool{}
		for _, school := range awaited {
			known[school.Code] = true
		}
		for _, code := range body.Schools {
			if !known[code] {
				return refused("schools", "annual_not_awaited", "没有这所学校，或者它的年度报告已经公开："+code)
			}
		}
		what := fmt.Sprintf("区教育局提醒：请尽快公开%d年信息公开年度报告（应于%d年1月31日前公开）", body.Year, body.Year+1)
		for _, school := range awaited {
			if len(body.Schools) > 0 && !slices.Contains(body.Schools, school.Code) {
				continue
			}
			told++
			if err := p.tellSchool(tx, school, body.Year, p.remindKey(body.Year), what, true, publication.Clerk, publication.Editor, publication.Principal); err != nil {
				return err
			}
		}
		return p.audit(tx, actorOf(e), deed{Action: "remind_annual_report", Collection: records.AnnualReports, Detail: map[string]any{"year": body.Year, "schools": strings.Join(body.Schools, " "), "count": told}})
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]int{"told": told})
}

// remindedToday are the schools that were reminded by hand today, by id.
func (p *platform) remindedToday(app core.App, year int) (map[string]bool, error) {
	var schools []string
	err := app.DB().NewQuery("SELECT DISTINCT s.school FROM notifications n JOIN staff s ON s.id = n.staff WHERE n.key = {:key}").
		Bind(dbx.Params{"key": p.remindKey(year)}).Column(&schools)
	of := map[string]bool{}
	for _, id := range schools {
		of[id] = true
	}
	return of, err
}
