package pb_hooks

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// enterBody is an application that the clerk types in: how it came beside it.
type enterBody struct {
	applicationBody
	arrivalBody
	Channel  string `json:"channel"`
	Resend   string `json:"resend"`
	Register bool   `json:"register"`
}

// enterRequest takes an application that came on paper, by telephone or at the
// counter, which the clerk types in; where the day of receipt is known it is
// registered with it. The receipt, with the code, is printed for the applicant.
func (p *platform) enterRequest(e *core.RequestEvent) error {
	e.Response.Header().Set("Cache-Control", "no-store")
	school, err := p.schoolOfClerk(e, e.App)
	if err != nil {
		return err
	}
	var body enterBody
	uploaded, err := p.readForm(e, enteredForm, &body)
	if err != nil {
		return err
	}
	defer uploaded.discard()
	if len(body.Resend) > longestResend {
		return e.BadRequestError("申请的格式不对。", nil)
	}
	channel := foi.Channel(body.Channel)
	if channel.Name() == "" || channel == foi.Online {
		return refused("channel", "foi_missing", "请选择申请是怎样提出的")
	}
	if on := body.Arrived; on != "" && (!on.IsValid() || on > workday.Date(p.today())) {
		return refused("arrived", "foi_malformed", "请填写有效的日期，不能晚于今天")
	}
	f := filing{school: school, application: body.application(), resend: body.Resend, uploads: uploaded,
		arrival: foi.Arrival{Channel: channel, Arrived: body.Arrived}, by: actorOf(e)}
	var receipt Receipt
	err = e.App.RunInTransaction(func(tx core.App) error {
		if f.signer, err = p.clerkOf(tx, e); err != nil {
			return err
		}
		before, err := p.filedBefore(tx, f)
		if err != nil {
			return err
		}
		if before != nil { // sent again; the code is shown once more
			receipt = *before
			return p.audit(tx, f.by, deed{Action: "foi_receipt", Collection: records.FOIRequests, Record: receipt.ID})
		}
		if err := p.checkFiling(&f); err != nil {
			return err
		}
		if receipt, err = p.file(tx, f); err != nil || !body.Register {
			return err
		}
		return p.registerEntered(tx, f, &receipt, body)
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, receipt)
}

// registerEntered registers what was just entered, with the day of receipt that
// its channel asks for.
func (p *platform) registerEntered(tx core.App, f filing, receipt *Receipt, body enterBody) error {
	request, err := tx.FindRecordById(records.FOIRequests, receipt.ID)
	if err != nil {
		return err
	}
	c, err := p.foiCaseOf(tx, request)
	if err != nil {
		return err
	}
	act := foiAct{Event: foi.Event{Do: foi.Register, As: foi.Clerk, By: f.signer.By, For: f.signer.For}, Arrival: body.arrival()}
	if c, _, err = p.takeFOI(tx, c, act, f.by); err != nil {
		return err
	}
	receipt.Next = foi.Next(c.Case, foi.Applicant)
	return nil
}

// schoolOfClerk is the school whose applications somebody enters.
func (p *platform) schoolOfClerk(e *core.RequestEvent, app core.App) (*records.School, error) {
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	school, ok := d.ByID(e.Auth.GetString("school"))
	if !ok {
		return nil, notTheClerk(e)
	}
	_, err = p.clerkOf(app, e)
	return school, err
}

// clerkOf is a person as the clerk of their school, by themselves or in a
// colleague's place.
func (p *platform) clerkOf(app core.App, e *core.RequestEvent) (signer, error) {
	person, err := app.FindRecordById(records.Staff, e.Auth.Id)
	if err != nil {
		return signer{}, err
	}
	if person.GetString("school") == "" || person.GetString("deactivated_at") != "" {
		return signer{}, notTheClerk(e)
	}
	ways, err := p.waysTo(app, person, "clerk")
	if err != nil {
		return signer{}, err
	}
	if len(ways) == 0 {
		return signer{}, notTheClerk(e)
	}
	return signer{As: foi.Clerk, By: ways[0].person, For: ways[0].insteadOf}, nil
}

func notTheClerk(e *core.RequestEvent) error {
	return e.ForbiddenError("申请由学校的信息公开专管员登记。", nil)
}
