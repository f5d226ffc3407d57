package pb_hooks

import (
	"fmt"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/workday"
)

// kindAnnual is the report of a school that waits to be written or signed.
const kindAnnual = "annual"

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
