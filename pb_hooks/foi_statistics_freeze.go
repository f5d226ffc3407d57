package pb_hooks

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// firstYear is the first that can be frozen: 条例 is of 2007.
const firstYear = 2008

// freezeStatistics keeps the tables of a year of the person's school as they are
// now, once and for good. The officer or the principal does it, from 1 January of
// the next year on.
func (p *platform) freezeStatistics(e *core.RequestEvent) error {
	_, roles, err := p.requestsSeenBy(e.App, e.Auth)
	if err != nil {
		return err
	}
	school := e.Auth.GetString("school")
	may := func(as foi.Role) bool { return school != "" && slices.Contains(roles, as) }
	if !may(foi.Officer) && !may(foi.Principal) {
		return e.ForbiddenError("年度统计表由学校的信息公开工作机构负责人或者校长冻结。", nil)
	}
	var ask struct {
		Year int `json:"year"`
	}
	if err := e.BindBody(&ask); err != nil {
		return e.BadRequestError("请求的内容不是有效的 JSON。", err)
	}
	if ask.Year < firstYear || ask.Year > workday.Date(p.today()).Year() {
		return refused("year", "foi_malformed", "请填写有效的年度")
	}
	if workday.Date(p.today()) < freezeFrom(ask.Year) {
		return refused("year", "foi_too_early", fmt.Sprintf("%d 年度的统计表从 %s 起可以冻结", ask.Year, freezeFrom(ask.Year)))
	}
	err = e.App.RunInTransaction(func(tx core.App) error { return p.freezeYear(tx, e, school, ask.Year) })
	if err != nil {
		return uncountable(err)
	}
	directory, err := p.directory()
	if err != nil {
		return err
	}
	a := asked{period: foi.YearOf(ask.Year), roles: roles}
	a.school, _ = directory.ByID(school)
	view, err := p.statisticsView(e.App, a)
	if err != nil {
		return uncountable(err)
	}
	return e.JSON(http.StatusOK, view)
}

func (p *platform) freezeYear(tx core.App, e *core.RequestEvent, school string, year int) error {
	n, err := tx.CountRecords(records.FOITables, dbx.HashExp{"school": school, "year": year})
	if err != nil {
		return err
	}
	if n > 0 {
		return router.NewApiError(http.StatusConflict, fmt.Sprintf("%d 年度的统计表已经冻结，不能再次冻结。", year), nil)
	}
	_, err = p.keepTables(tx, actorOf(e), school, year)
	return err
}

// keepTables keeps tables 3 and 4 of a year of a school as they are now.
func (p *platform) keepTables(tx core.App, by actor, school string, year int) (*core.Record, error) {
	s, err := p.statisticsOf(tx, foi.YearOf(year), school)
	if err != nil {
		return nil, err
	}
	if err := s.all.table3.Check(); err != nil {
		return nil, err
	}
	collection, err := tx.FindCachedCollectionByNameOrId(records.FOITables)
	if err != nil {
		return nil, err
	}
	r := core.NewRecord(collection)
	r.Load(map[string]any{"school": school, "year": year, "table3": s.all.table3, "table4": s.all.table4, "by_name": by.Name})
	if err := tx.Save(r); err != nil {
		return nil, err
	}
	c := checkLine(s.all.table3)
	return r, p.audit(tx, by, deed{Action: "freeze", Collection: records.FOITables, Record: r.Id,
		Detail: map[string]any{"year": year, "new": c.New, "carried": c.Carried, "closed": c.Closed, "open": c.Open}})
}
