package pb_hooks

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/workday"
)

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

// owesReport: a school that is at work has to report on every year in which it was.
func owesReport(school *records.School, year int) bool {
	return school.Status == registry.Open && workedIn(school, year)
}

// workedIn reports whether a school was at work on any day of a year: what it did
// counts in the year's figures of the district, also if it has ended since.
func workedIn(school *records.School, year int) bool {
	return school.OpenedOn <= fmt.Sprintf("%d-12-31", year) && (school.Status == registry.Open || hasEnded(school.Status) && school.EndedOn > fmt.Sprintf("%d-01-01", year))
}

// awaitedReports are the schools that owe the report of a year which is not public.
func (p *platform) awaitedReports(app core.App, year int) (awaited []*records.School, err error) {
	directory, err := p.directory()
	if err != nil {
		return nil, err
	}
	published, err := p.annualReports(app, year)
	for _, school := range directory.Schools {
		if _, ok := published[school.ID]; !ok && owesReport(school, year) {
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
