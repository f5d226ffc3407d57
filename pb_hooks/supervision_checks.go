package pb_hooks

import (
	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// longestVacation is in days: a longer one would stop the clocks for good.
const longestVacation = 100

// bindSupervision keeps snapshots to the platform, and what measuring must know
// sound: vacations that are none, and checks of columns that hold nothing.
func bindSupervision(app core.App, p *platform) {
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("每日快照由系统生成，不能更改。", nil)
	}
	app.OnRecordCreateRequest(records.SchoolDays, records.DistrictDays).BindFunc(refuse)
	app.OnRecordUpdateRequest(records.SchoolDays, records.DistrictDays).BindFunc(refuse)
	app.OnRecordDeleteRequest(records.SchoolDays, records.DistrictDays).BindFunc(refuse)
	app.OnRecordCreate(records.Vacations).BindFunc(inTx(checkVacation))
	app.OnRecordUpdate(records.Vacations).BindFunc(inTx(checkVacation))
	app.OnRecordCreateRequest(records.ColumnChecks).BindFunc(p.signCheck)
	final := func(*core.RecordEvent) error {
		return refused("id", "check_is_final", "核对确认不能更改或删除")
	}
	app.OnRecordUpdate(records.ColumnChecks).BindFunc(final)
	app.OnRecordDelete(records.ColumnChecks).BindFunc(final)
}

// checkVacation: it ends after it begins, and no two overlap.
func checkVacation(e *core.RecordEvent) error {
	from, err := workday.Parse(e.Record.GetString("from"))
	if err != nil {
		return validation.Errors{"from": validation.NewError("vacation_malformed", err.Error())}
	}
	until, err := workday.Parse(e.Record.GetString("until"))
	if err != nil {
		return validation.Errors{"until": validation.NewError("vacation_malformed", err.Error())}
	}
	switch {
	case until < from:
		return refused("until", "vacation_ends_early", "结束日期应当不早于开始日期")
	case string(until) > dayOf(dayStart(string(from), longestVacation)):
		return refused("until", "vacation_too_long", "一个假期不超过 100 天")
	}
	others, err := e.App.CountRecords(records.Vacations, dbx.NewExp("id != {:id} AND `from` <= {:until} AND until >= {:from}",
		dbx.Params{"id": e.Record.Id, "from": string(from), "until": string(until)}))
	if err != nil {
		return err
	}
	if others > 0 {
		return refused("from", "vacation_overlaps", "与已有的假期重叠")
	}
	return e.Next()
}

// signCheck: who checks a column, of which school and on which day, is not what
// somebody types. What holds nothing cannot have stayed the same.
func (p *platform) signCheck(e *core.RecordRequestEvent) error {
	if e.Auth == nil || e.Auth.Collection().Name != records.Staff {
		return e.ForbiddenError("核对确认由学校的信息编辑员办理。", nil)
	}
	school := e.Auth.GetString("school")
	ways, err := p.waysTo(e.App, e.Auth, publication.Editor)
	if err != nil {
		return err
	}
	if school == "" || len(ways) == 0 {
		return e.ForbiddenError("核对确认由学校的信息编辑员办理。", nil)
	}
	directory, err := p.directory()
	if err != nil {
		return err
	}
	own, ok := directory.ByID(school)
	if !ok {
		return e.ForbiddenError("核对确认由学校的信息编辑员办理。", nil)
	}
	code := e.Record.GetString("column")
	if column, ok := own.Column(code); !ok || !column.Kind.IsWritten() {
		return refused("column", "check_column", "学校没有这个栏目，或者它由系统更新")
	}
	held, err := e.App.CountRecords(records.Articles, dbx.HashExp{"school": school, "column": code, "state": string(publication.Published)})
	if err != nil {
		return err
	}
	if held == 0 {
		return refused("column", "check_empty", "栏目还没有内容，请先发布")
	}
	e.Record.Load(map[string]any{"school": school, "by": e.Auth.Id, "on": p.today()})
	again, err := e.App.CountRecords(records.ColumnChecks, dbx.HashExp{"school": school, "column": code, "on": p.today()})
	if err != nil {
		return err
	}
	if again > 0 {
		return refused("column", "check_again", "今天已经核对确认过")
	}
	return e.Next()
}
