package pb_hooks

import (
	"fmt"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// alarm is something that presses in a request. Key tells each person of it once.
type alarm struct {
	key, what string
	urgent    bool // mailed at once
	people    []string
}

// raiseAlarms tells people of a request that presses: by day only, since what is
// urgent is mailed at once.
func (p *platform) raiseAlarms(id string) error {
	if minute := p.minuteOfDay(); minute < quietUntil || minute >= quietFrom {
		return nil
	}
	return p.app.RunInTransaction(func(tx core.App) error {
		request, err := tx.FindRecordById(records.FOIRequests, id)
		if err != nil {
			return err
		}
		counting, err := p.foiCounting(tx)
		if err != nil {
			return err
		}
		cases, err := foiCasesOf(tx, counting, request)
		if err != nil {
			return err
		}
		a, err := p.alarmOf(tx, cases[0], counting.calendar)
		if err != nil || a.key == "" {
			return err
		}
		n := noticeOf(request, "request_alarm", a.key, a.what)
		n.Urgent = a.urgent
		return notify(tx, a.people, n)
	})
}

// alarmOf is what presses in a case today; its key is "" if nothing does. Once
// the due day moves, the same level is a new alarm. While opinions are waited for
// the days left stand still and nobody can do anything about them: that is no
// alarm until the due day is over.
func (p *platform) alarmOf(app core.App, c foiCase, calendar workday.Calendar) (alarm, error) {
	today := workday.Date(p.today())
	level := c.LevelOn(today)
	switch {
	case c.State == foi.Submitted:
		return p.unopened(app, c, calendar, today)
	case c.SupplementBy != "" && today > c.SupplementBy:
		return p.supplementLate(app, c)
	case level < foi.Yellow, c.Clock == foi.Paused && level < foi.Red:
		return alarm{}, nil
	}
	a := alarm{key: fmt.Sprintf("foi_alarm/%s/%s/%s", c.request.Id, level.Code(), c.Due), what: level.Name(), urgent: level >= foi.Orange}
	if left, _ := c.Left(today); level < foi.Red {
		a.what += fmt.Sprintf("，还剩 %d 个工作日（%s 到期）", left, c.Due)
	}
	inHand, err := p.peopleInHand(app, c)
	if err == nil && len(inHand) == 0 && c.Proposal.Do == "" {
		inHand, err = p.peopleOf(app, c.request.GetString("school"), publication.Clerk)
	}
	if err != nil {
		return a, err
	}
	return a, p.address(app, c, &a, inHand, level >= foi.Orange, level >= foi.Red)
}

// supplementLate presses once the period to supplement an answer is over: there is
// no answer period any more that would.
func (p *platform) supplementLate(app core.App, c foiCase) (alarm, error) {
	a := alarm{key: "foi_supplement/" + c.request.Id + "/" + string(c.SupplementBy), what: "补充答复已过 " + string(c.SupplementBy), urgent: true}
	inHand, err := p.peopleInHand(app, c)
	if err != nil {
		return a, err
	}
	return a, p.address(app, c, &a, inHand, true, false)
}

// unopened presses when half of the period to confirm an application has gone by
// and nobody has opened it, and at once where nobody could.
func (p *platform) unopened(app core.App, c foiCase, calendar workday.Calendar, today workday.Date) (alarm, error) {
	clerks, err := p.peopleOf(app, c.request.GetString("school"), publication.Clerk)
	if err != nil || len(clerks) > 0 && 2*calendar.Count(c.Submitted, today) < c.Terms().Confirm {
		return alarm{}, err
	}
	a := alarm{key: "foi_unopened/" + c.request.Id, what: "还没有确认收到，" + string(c.ConfirmBy) + " 结束时系统自动登记", urgent: true}
	if !c.Channel.IsConfirmedBySystem() {
		a.what = "还没有登记"
	}
	return a, p.address(app, c, &a, clerks, false, false)
}

// address says who is told: those who have the case in hand, where it presses the
// officer and the principal too, and the bureau when it is late. Where nobody has
// it in hand, all of them must know.
func (p *platform) address(app core.App, c foiCase, a *alarm, inHand []string, upwards, bureau bool) error {
	a.people = inHand
	if len(inHand) == 0 {
		a.what, a.urgent, upwards, bureau = "学校没有人能办理，"+a.what, true, true, true
	}
	for _, to := range []struct {
		told   bool
		school string
		duties []publication.Duty
	}{{upwards, c.request.GetString("school"), []publication.Duty{publication.Officer, publication.Principal}}, {bureau, "", []publication.Duty{publication.Supervisor}}} {
		if !to.told {
			continue
		}
		more, err := p.peopleOf(app, to.school, to.duties...)
		if err != nil {
			return err
		}
		a.people = append(slices.Clip(a.people), more...)
	}
	return nil
}
