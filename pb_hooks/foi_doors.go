package pb_hooks

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// fileOnline takes an application that a visitor sends. It needs no account.
func (p *platform) fileOnline(e *core.RequestEvent) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	school, ok := d.ByCode(e.Request.PathValue("school"))
	if !ok || school.Status != "open" {
		return e.NotFoundError("没有这所学校，或者它已经停办。", nil)
	}
	if d.District.ConsultationOnly {
		return e.ForbiddenError("本区学校的信息公开按咨询办理，请使用在线咨询或者联系学校。", nil)
	}
	var body struct {
		applicationBody
		Resend string `json:"resend"`
	}
	uploaded, err := readForm(e, &body)
	if err != nil {
		return err
	}
	if len(body.Resend) < 16 || len(body.Resend) > 100 {
		return e.BadRequestError("申请的格式不对。", nil)
	}
	f := filing{school: school, application: body.application(), resend: body.Resend, uploads: uploaded,
		arrival: foi.Arrival{Channel: foi.Online, Arrived: workday.Date(p.today())}, by: actor{Name: foi.Applicant.Name(), Via: viaPublic}}
	f.uploads.papers = nil // these are the clerk's
	if err := p.checkFiling(&f); err != nil {
		return err
	}
	var receipt Receipt
	err = e.App.RunInTransaction(func(tx core.App) error {
		receipt, err = p.file(tx, f)
		return err
	})
	if err != nil {
		return keyProblem(err)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, receipt)
}

// enterRequest takes an application that came on paper, by telephone or at the
// counter, which the clerk types in; where the day of receipt is known it is
// registered with it.
func (p *platform) enterRequest(e *core.RequestEvent) error {
	var body struct {
		applicationBody
		arrivalBody
		Channel  string `json:"channel"`
		Resend   string `json:"resend"`
		Register bool   `json:"register"`
	}
	uploaded, err := readForm(e, &body)
	if err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	school, ok := d.ByID(e.Auth.GetString("school"))
	if !ok {
		return e.ForbiddenError("申请由学校的信息公开专管员登记。", nil)
	}
	channel := foi.Channel(body.Channel)
	if channel.Name() == "" || channel == foi.Online {
		return refused("channel", "foi_missing", "请选择申请是怎样提出的")
	}
	if on := body.Arrived; on != "" && (!on.IsValid() || on > workday.Date(p.today())) {
		return refused("arrived", "foi_malformed", "请填写有效的日期，不能晚于今天")
	}
	var receipt Receipt
	err = e.App.RunInTransaction(func(tx core.App) error {
		ways, err := p.waysTo(tx, e.Auth, "clerk")
		if err != nil {
			return err
		}
		if len(ways) == 0 {
			return e.ForbiddenError("申请由学校的信息公开专管员登记。", nil)
		}
		f := filing{school: school, application: body.application(), resend: body.Resend, uploads: uploaded, arrival: foi.Arrival{Channel: channel, Arrived: body.Arrived},
			signer: signer{As: foi.Clerk, By: ways[0].person, For: ways[0].insteadOf}, by: actorOf(e)}
		if err := p.checkFiling(&f); err != nil {
			return err
		}
		if receipt, err = p.file(tx, f); err != nil || !body.Register {
			return err
		}
		request, err := tx.FindRecordById(records.FOIRequests, receipt.ID)
		if err != nil {
			return err
		}
		c, err := p.foiCaseOf(tx, request)
		if err != nil || c.State != foi.Submitted { // sent again
			return err
		}
		act := foiAct{Event: foi.Event{Do: foi.Register, As: foi.Clerk, By: f.signer.By, For: f.signer.For}, Arrival: body.arrival()}
		_, _, err = p.takeFOI(tx, c, act, f.by)
		return err
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, receipt)
}
