package pb_hooks

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/sealed"
	"gongkai/pb_hooks/workday"
)

// fileOnline takes an application that a visitor sends. It needs no account.
func (p *platform) fileOnline(e *core.RequestEvent) error {
	e.Response.Header().Set("Cache-Control", "no-store")
	if p.keyring() == nil {
		return keyProblem(sealed.MissingKey{})
	}
	school, err := p.schoolThatTakes(e)
	if err != nil {
		return err
	}
	if err := p.paceFilings(e); err != nil {
		return err
	}
	var body struct {
		applicationBody
		Resend string `json:"resend"`
		Proof  string `json:"proof"`
	}
	uploaded, err := p.readForm(e, applicationForm, &body)
	if err != nil {
		return err
	}
	defer uploaded.discard()
	if len(body.Resend) < 16 || len(body.Resend) > longestResend {
		return e.BadRequestError("申请的格式不对。", nil)
	}
	f := filing{school: school, application: body.application(), resend: body.Resend, uploads: uploaded,
		arrival: foi.Arrival{Channel: foi.Online, Arrived: workday.Date(p.today())}, by: actor{Name: foi.Applicant.Name(), Via: viaPublic}}
	// what is on file is shown again whatever became of its proof of work
	if before, err := p.filedBefore(e.App, f); err != nil || before != nil {
		if err != nil {
			return keyProblem(err)
		}
		return e.JSON(http.StatusOK, before)
	}
	ticket, err := p.checkProof(body.Proof, f.key())
	if err != nil {
		return err
	}
	if err := p.checkFiling(&f); err != nil {
		return err
	}
	ready, err := p.prepareFiling(e.App, f)
	if err != nil {
		return keyProblem(err)
	}
	for _, contact := range []string{"phone_hash", "email_hash"} {
		if err := p.paceContact(e, ready.papers.GetString(contact)); err != nil {
			return err
		}
	}
	stored, err := p.filings.file(p, &ready.preparedFiling, ticket)
	if err != nil {
		return keyProblem(err)
	}
	if stored {
		return e.JSON(http.StatusOK, ready.receipt())
	}
	before, err := p.filedBefore(e.App, f) // by the other of two clicks
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, before)
}

// longestResend bounds the word by which a form is known again, in bytes.
const longestResend = 100

// schoolThatTakes is the school of the address, if it takes applications.
func (p *platform) schoolThatTakes(e *core.RequestEvent) (*records.School, error) {
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	school, _ := d.ByCode(e.Request.PathValue("school"))
	if school == nil || school.Status != "open" {
		return nil, noDoor(e, d, school, "信息公开申请")
	}
	if d.District.ConsultationOnly {
		return nil, e.ForbiddenError("本区学校的信息公开按咨询办理，请使用在线咨询或者联系学校。", nil)
	}
	return school, nil
}
