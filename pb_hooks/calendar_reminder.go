package pb_hooks

import (
	"fmt"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// missingYear is the year whose notice should be there and is not: from October on
// the next one, because deadlines counted then reach into it; 0 if none is missing.
func missingYear(calendar workday.Calendar, today workday.Date) int {
	year := today.Year()
	switch {
	case !calendar.Knows(today):
		return year
	case today >= workday.Date(fmt.Sprintf("%04d-10-01", year)) && !calendar.Knows(workday.Date(fmt.Sprintf("%04d-01-01", year+1))):
		return year + 1
	}
	return 0
}

// remindOfCalendar tells the bureau once a week that a year's notice is missing.
func (p *platform) remindOfCalendar() {
	if err := p.tellMissingYear(); err != nil {
		p.app.Logger().Error("remind of the calendar", "error", err)
	}
}

func (p *platform) tellMissingYear() error {
	calendar, err := p.calendar(p.app)
	if err != nil {
		return err
	}
	missing := missingYear(calendar, workday.Date(p.today()))
	if missing == 0 {
		return nil
	}
	provisional, err := p.app.CountRecords(records.FOIRequests, dbx.HashExp{"provisional": true})
	if err != nil {
		return err
	}
	people, err := p.peopleOf(p.app, "", publication.Supervisor, publication.Admin)
	if err != nil {
		return err
	}
	title := fmt.Sprintf("请导入 %d 年节假日安排（国务院办公厅通常在 11 月公布）", missing)
	if provisional > 0 {
		title += fmt.Sprintf("：%d 件申请的答复期限暂定", provisional)
	}
	isoYear, week := p.options.Now().In(shanghai).ISOWeek()
	return notify(p.app, people, notification{Kind: "calendar", Key: fmt.Sprintf("calendar/%d/%d-%02d", missing, isoYear, week), Title: title,
		Link: "/settings/requests?tab=calendar"})
}
