package pb_hooks

import (
	"slices"

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
		err := e.App.RunInTransaction(func(tx core.App) error { return p.reroute(tx, e.Record.GetString("school")) })
		if err != nil {
			return err
		}
		return e.Next()
	}
	app.OnRecordAfterCreateSuccess(records.Staff).BindFunc(reroute)
	app.OnRecordAfterUpdateSuccess(records.Staff).BindFunc(reroute)
	app.OnRecordDelete(records.Staff).BindFunc(func(*core.RecordEvent) error {
		return validation.Errors{"id": validation.NewError("staff_is_kept", "办理记录上有这个人的名字，账号不能删除，可以停用")}
	})
	// what began or ended while the server was down
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		p.changeStandIns()
		return se.Next()
	})
}

func (p *platform) fillActsAs(e *core.RecordEvent) error {
	duties, err := p.actsAs(e.App, e.Record)
	if err != nil {
		return err
	}
	if e.Record.GetString("deactivated_at") != "" && e.Record.Original().GetString("deactivated_at") == "" {
		e.Record.RefreshTokenKey()
	}
	e.Record.Set("acts_as", duties)
	return e.Next()
}

// actsAs are a person's duties and those they stand in for today.
func (p *platform) actsAs(app core.App, person *core.Record) ([]string, error) {
	if person.GetString("deactivated_at") != "" {
		return nil, nil
	}
	duties := slices.Clone(person.GetStringSlice("duties"))
	if person.IsNew() {
		return duties, nil
	}
	standing, err := p.standInsOf(app, person.Id)
	for _, s := range standing {
		if duty := s.GetString("duty"); !slices.Contains(duties, duty) {
			duties = append(duties, duty)
		}
	}
	return duties, err
}

// changeStandIns lets stand-ins begin and end with the day.
func (p *platform) changeStandIns() {
	var ids []string
	if err := p.app.DB().Select("stand_in").Distinct(true).From(records.StandIns).Column(&ids); err != nil {
		p.app.Logger().Error("look for stand-ins", "error", err)
		return
	}
	for _, id := range ids {
		if err := p.followStandIn(id); err != nil {
			p.app.Logger().Error("change a stand-in", "staff", id, "error", err)
		}
	}
}

func (p *platform) followStandIn(id string) error {
	return p.app.RunInTransaction(func(tx core.App) error { return p.deriveAgain(tx, id) })
}

// deriveAgain brings what somebody may do today (acts_as) up to date.
func (p *platform) deriveAgain(app core.App, id string) error {
	person, err := app.FindRecordById(records.Staff, id)
	if err != nil {
		return err
	}
	duties, err := p.actsAs(app, person)
	if err != nil || slices.Equal(duties, person.GetStringSlice("acts_as")) {
		return err
	}
	return app.Save(person)
}
