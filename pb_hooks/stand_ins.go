package pb_hooks

import (
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// longestStandIn: whoever is away for longer hands the duty over.
const longestStandIn = 180 * 24 * time.Hour

// bindStandIns: who may let whom stand in for whom (代理), and for how long. That
// it begins and ends by the day is acts_as.go's.
func bindStandIns(app core.App, p *platform) {
	app.OnRecordCreateRequest(records.StandIns).BindFunc(p.signStandIn)
	app.OnRecordUpdateRequest(records.StandIns).BindFunc(endStandIn)
	app.OnRecordCreate(records.StandIns).BindFunc(inTx(p.beginStandIn))
	app.OnRecordUpdate(records.StandIns).BindFunc(inTx(p.keepStandIn))
	app.OnRecordDelete(records.StandIns).BindFunc(func(*core.RecordEvent) error {
		return refused("id", "stand_in_is_kept", "代理记录不能删除，可以提前结束")
	})
}

// signStandIn puts on the record whose it is and who made it, and refuses those
// who may not: an account manager lets others stand in, never themselves; who
// will be away names their own stand-in.
func (p *platform) signStandIn(e *core.RecordRequestEvent) error {
	if e.Auth == nil || e.Auth.Collection().Name != records.Staff {
		return e.ForbiddenError("代理要由本人或账号管理员设置。", nil)
	}
	absent, err := e.App.FindRecordById(records.Staff, e.Record.GetString("absent"))
	if err != nil {
		return refused("absent", "absent_unknown", "请选择由谁的职责需要代理")
	}
	e.Record.Set("school", absent.GetString("school"))
	e.Record.Set("by", e.Auth.Id)
	if err := mayArrange(e, absent); err != nil {
		return err
	}
	if e.Record.GetString("stand_in") == e.Auth.Id {
		return e.ForbiddenError("不能让自己代理他人的职责，请由另一位账号管理员或本人设置。", nil)
	}
	if e.Record.GetString("from") < p.today() {
		return refused("from", "from_past", "开始日期不能早于今天")
	}
	return e.Next()
}

func mayArrange(e *core.RecordRequestEvent, absent *core.Record) error {
	if e.Auth.Id != absent.Id && !mayManage(e.Auth, absent.GetString("school")) {
		return e.ForbiddenError("代理要由本人或本单位的账号管理员设置。", nil)
	}
	return nil
}

// endStandIn: those who may arrange it may end it.
func endStandIn(e *core.RecordRequestEvent) error {
	if e.Auth == nil || e.Auth.Collection().Name != records.Staff {
		return e.ForbiddenError("代理要由本人或账号管理员设置。", nil)
	}
	absent, err := e.App.FindRecordById(records.Staff, e.Record.Original().GetString("absent"))
	if err != nil {
		return err
	}
	if err := mayArrange(e, absent); err != nil {
		return err
	}
	return e.Next()
}

// beginStandIn checks the two people, the duty and the days, and tells both.
func (p *platform) beginStandIn(e *core.RecordEvent) error {
	r := e.Record
	absent, err := e.App.FindRecordById(records.Staff, r.GetString("absent"))
	if err != nil {
		return refused("absent", "absent_unknown", "请选择由谁的职责需要代理")
	}
	person, err := e.App.FindRecordById(records.Staff, r.GetString("stand_in"))
	if err != nil {
		return refused("stand_in", "stand_in_unknown", "请选择代理人")
	}
	if err := checkPair(absent, person, r.GetString("duty")); err != nil {
		return err
	}
	if err := checkDays(r.GetString("from"), r.GetString("until")); err != nil {
		return err
	}
	same, err := e.App.CountRecords(records.StandIns, dbx.HashExp{"absent": absent.Id, "stand_in": person.Id, "duty": r.GetString("duty")},
		dbx.NewExp("`from` <= {:until} AND until >= {:from}", dbx.Params{"from": r.GetString("from"), "until": r.GetString("until")}))
	if err != nil {
		return err
	}
	if same > 0 {
		return refused("stand_in", "stand_in_twice", "此人在这段时间已经在代理这项职责")
	}
	if err := e.Next(); err != nil {
		return err
	}
	if err := p.deriveAgain(e.App, person.Id); err != nil {
		return err
	}
	days := fmt.Sprintf("%s的%s职责（%s 至 %s）", absent.GetString("name"), publication.Duty(r.GetString("duty")).Name(), r.GetString("from"), r.GetString("until"))
	told := notification{Kind: "stand_in", Key: "stand_in/" + r.Id, Link: "/staff", Title: "请您代理" + days}
	if err := notify(e.App, []string{person.Id}, told); err != nil {
		return err
	}
	if r.GetString("by") == absent.Id {
		return nil
	}
	told.Title = person.GetString("name") + "将代理" + days
	return notify(e.App, []string{absent.Id}, told)
}

// checkPair: both serve now, at one place; what is handed on is a duty held in
// one's own right, and never to an auditor.
func checkPair(absent, person *core.Record, duty string) error {
	switch {
	case absent.Id == person.Id:
		return refused("stand_in", "stand_in_self", "代理人不能是本人")
	case absent.GetString("school") != person.GetString("school"):
		return refused("stand_in", "stand_in_elsewhere", "代理人要与被代理人同在一个单位")
	case absent.GetString("deactivated_at") != "":
		return refused("absent", "absent_deactivated", "被代理人的账号已停用")
	case person.GetString("deactivated_at") != "":
		return refused("stand_in", "stand_in_deactivated", "代理人的账号已停用")
	case duty == string(publication.Admin) || duty == string(publication.Supervisor) || duty == string(publication.Auditor):
		return refused("duty", "duty_not_handed_on", "这项职责不能代理")
	case !slices.Contains(absent.GetStringSlice("duties"), duty):
		return refused("duty", "duty_not_held", "被代理人没有这项职责")
	case slices.Contains(person.GetStringSlice("duties"), string(publication.Auditor)):
		return refused("stand_in", "auditor_apart", "审计员不能代理其他职责")
	}
	return nil
}

func checkDays(from, until string) error {
	begin, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return refused("from", "date_wrong", "请填写开始日期")
	}
	end, err := time.Parse(time.DateOnly, until)
	switch {
	case err != nil:
		return refused("until", "date_wrong", "请填写结束日期")
	case end.Before(begin):
		return refused("until", "until_before_from", "结束日期不能早于开始日期")
	case end.Sub(begin) >= longestStandIn:
		return refused("until", "until_too_late", "一次代理最长 180 天")
	}
	return nil
}

// keepStandIn: a stand-in may only end earlier. Its last day may be yesterday,
// which ends it at once, but not before: the days it was used stay.
func (p *platform) keepStandIn(e *core.RecordEvent) error {
	before := e.Record.Original()
	for _, f := range []string{"school", "absent", "stand_in", "by", "duty", "from", "reason"} {
		if e.Record.GetString(f) != before.GetString(f) {
			return refused(f, "stand_in_is_final", "代理设置后只能提前结束，要更改请结束后另设")
		}
	}
	was, until := before.GetString("until"), e.Record.GetString("until")
	if until == was {
		return e.Next()
	}
	if _, err := time.Parse(time.DateOnly, until); err != nil || until > was || until < p.yesterday() {
		return refused("until", "until_wrong", "只能提前结束：新的结束日期要早于原来的，不早于昨天")
	}
	if err := e.Next(); err != nil {
		return err
	}
	return p.deriveAgain(e.App, e.Record.GetString("stand_in"))
}

// endStandIns ends what somebody stands in for and who stands in for them.
func (p *platform) endStandIns(tx core.App, person string) error {
	for _, as := range []string{"absent", "stand_in"} {
		open, err := p.openStandIns(tx, as, person)
		if err != nil {
			return err
		}
		for _, s := range open {
			s.Set("until", p.yesterday())
			if err := tx.Save(s); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *platform) yesterday() string { return dayOf(p.options.Now().AddDate(0, 0, -1)) }
