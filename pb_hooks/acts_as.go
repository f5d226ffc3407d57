package pb_hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// bindActsAs derives what a person may do today (acts_as): their duties and
// those they stand in for. Rules of collections read it. Who is deactivated
// does nothing any more and is signed out.
func bindActsAs(app core.App, p *platform) {
	app.OnRecordCreate(records.Staff).BindFunc(p.fillActsAs)
	app.OnRecordUpdate(records.Staff).BindFunc(p.fillActsAs)
	reroute := func(e *core.RecordEvent) error {
		if err := p.reroute(e.App, e.Record.GetString("school")); err != nil {
			return err
		}
		return e.Next()
	}
	app.OnRecordAfterCreateSuccess(records.Staff).BindFunc(reroute)
	app.OnRecordAfterUpdateSuccess(records.Staff).BindFunc(reroute)
	app.OnRecordDelete(records.Staff).BindFunc(func(*core.RecordEvent) error {
		return validation.Errors{"id": validation.NewError("staff_is_kept", "办理记录上有这个人的名字，账号不能删除，可以停用")}
	})
	follow := func(e *core.RecordEvent) error {
		person, err := e.App.FindRecordById(records.Staff, e.Record.GetString("stand_in"))
		if err != nil {
			return err
		}
		if err := e.App.Save(person); err != nil {
			return err
		}
		return e.Next()
	}
	app.OnRecordAfterCreateSuccess(records.StandIns).BindFunc(follow)
	app.OnRecordAfterUpdateSuccess(records.StandIns).BindFunc(follow)
}

func (p *platform) fillActsAs(e *core.RecordEvent) error {
	duties := slices.Clone(e.Record.GetStringSlice("duties"))
	if e.Record.Id != "" && !e.Record.IsNew() {
		standing, err := p.standInsOf(e.App, e.Record.Id)
		if err != nil {
			return err
		}
		for _, s := range standing {
			if duty := s.GetString("duty"); !slices.Contains(duties, duty) {
				duties = append(duties, duty)
			}
		}
	}
	if e.Record.GetString("deactivated_at") != "" {
		duties = nil
		if e.Record.Original().GetString("deactivated_at") == "" {
			e.Record.RefreshTokenKey()
		}
	}
	e.Record.Set("acts_as", duties)
	return e.Next()
}

// changeStandIns lets stand-ins begin and end with the day.
func (p *platform) changeStandIns() {
	yesterday := dayOf(p.options.Now().AddDate(0, 0, -2))
	var ids []string
	err := p.app.DB().Select("stand_in").Distinct(true).From(records.StandIns).Where(dbx.NewExp("until >= {:day}", dbx.Params{"day": yesterday})).Column(&ids)
	if err != nil {
		p.app.Logger().Error("look for stand-ins", "error", err)
		return
	}
	for _, id := range ids {
		person, err := p.app.FindRecordById(records.Staff, id)
		if err == nil {
			err = p.app.Save(person)
		}
		if err != nil {
			p.app.Logger().Error("change a stand-in", "staff", id, "error", err)
		}
	}
}
