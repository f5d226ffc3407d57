package pb_hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// Duties that people of a school may hold, and people of the bureau.
var (
	dutiesOfSchool = []publication.Duty{publication.Editor, publication.Reviewer, publication.SecrecyReviewer, publication.Clerk, publication.Officer,
		publication.Principal, publication.Admin}
	dutiesOfBureau = []publication.Duty{publication.Supervisor, publication.Reviewer, publication.SecrecyReviewer, publication.Admin, publication.Auditor}
	// duties whose holders sign in with a second factor; the rule of the
	// collection (staff_mails.go of the migrations) says the same
	guardedDuties = []publication.Duty{publication.Reviewer, publication.SecrecyReviewer, publication.Principal, publication.Admin}
)

// checkDuties keeps a person's duties to those of their place, and the auditor
// apart from everybody whose work is audited (三员分立, GB/T 22239).
func (p *platform) checkDuties(e *core.RecordEvent) error {
	duties, allowed, place := e.Record.GetStringSlice("duties"), dutiesOfSchool, "学校"
	if e.Record.GetString("school") == "" {
		allowed, place = dutiesOfBureau, "区教育局"
	}
	for _, d := range duties {
		if !slices.Contains(allowed, publication.Duty(d)) {
			return refused("duties", "duty_elsewhere", place+"人员不能担任"+publication.Duty(d).Name())
		}
	}
	if !slices.Contains(duties, string(publication.Auditor)) {
		return e.Next()
	}
	if len(duties) > 1 {
		return refused("duties", "auditor_apart", "审计员不能同时担任其他职责")
	}
	standing, err := p.openStandIns(e.App, "stand_in", e.Record.Id)
	if err != nil {
		return err
	}
	if len(standing) > 0 {
		return refused("duties", "auditor_apart", "此人正在代理他人的职责，不能担任审计员；请先结束代理")
	}
	return e.Next()
}

// keepStaffInOrder moves nobody to another place, except to one that goes on with a school that ended, lets no change leave the
// bureau without an account manager, and ends at once what hung on a duty that
// was taken away. It asks on every save: whose school is deleted would otherwise
// be left with an empty one, which is the bureau.
func (p *platform) keepStaffInOrder(e *core.RecordEvent) error {
	before := e.Record.Original()
	if was, is := before.GetString("school"), e.Record.GetString("school"); was != is {
		if succeeds, err := isSuccessor(e.App, was, is); err != nil || succeeds {
			return e.Next() // with the school; whoever moves starts there with nothing standing in
		}
		return validation.Errors{"school": validation.NewError("school_is_final", "账号不能换到别的学校，请停用后在新学校邀请")}
	}
	if managesAccounts(before) && !managesAccounts(e.Record) && before.GetString("school") == "" {
		others, err := e.App.CountRecords(records.Staff, dbx.NewExp("school = '' AND deactivated_at = '' AND duties LIKE '%\"admin\"%' AND id != {:id}",
			dbx.Params{"id": e.Record.Id}))
		if err != nil {
			return err
		}
		if others == 0 {
			return refused("duties", "last_admin", "区教育局至少要有一名在用的账号管理员")
		}
	}
	if err := e.Next(); err != nil {
		return err
	}
	if sameDuties(before, e.Record) {
		return nil
	}
	standing, err := p.openStandIns(e.App, "absent", e.Record.Id)
	if err != nil {
		return err
	}
	for _, s := range standing {
		if err := p.deriveAgain(e.App, s.GetString("stand_in")); err != nil {
			return err
		}
	}
	return nil
}

func managesAccounts(person *core.Record) bool {
	return person.GetString("deactivated_at") == "" && slices.Contains(person.GetStringSlice("duties"), string(publication.Admin))
}

// openStandIns are the stand-ins of a person (as "absent" or "stand_in") that
// last or are still to come.
func (p *platform) openStandIns(app core.App, as, person string) ([]*core.Record, error) {
	if person == "" {
		return nil, nil
	}
	return app.FindRecordsByFilter(records.StandIns, as+" = {:person} && until >= {:day}", "from", 0, 0, dbx.Params{"person": person, "day": p.today()})
}
