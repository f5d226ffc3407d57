package pb_hooks

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

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
	if err := readBody(e, &body); err != nil {
		return err
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
