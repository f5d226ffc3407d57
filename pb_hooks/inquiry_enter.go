package pb_hooks

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// enteredLetter is a letter that the clerk types in: how and when it came beside it.
type enteredLetter struct {
	letterBody
	On  workday.Date `json:"on"` // "" is today
	How string       `json:"how"`
}

// enterLetter takes a letter that came by telephone, on paper or in person, which
// the clerk types in for their unit. The receipt, with the code, is for the writer.
// Nothing is held: a person has read it.
func (p *platform) enterLetter(e *core.RequestEvent) error {
	e.Response.Header().Set("Cache-Control", "no-store")
	if _, _, err := p.letterClerk(e, e.App); err != nil {
		return err
	}
	var body enteredLetter
	uploaded, err := p.readForm(e, letterForm, &body)
	if err != nil {
		return err
	}
	defer uploaded.discard()
	if len(body.Resend) > longestResend {
		return e.BadRequestError("来信的格式不对。", nil)
	}
	f := letterFiling{letter: body.letter(), way: inquiry.Way(body.How), aboutPrincipal: body.AboutPrincipal, resend: body.Resend, uploads: uploaded, on: body.On, by: actorOf(e)}
	if err := f.checkArrival(workday.Date(p.today())); err != nil {
		return inquiryRefusal(err)
	}
	var receipt LetterReceipt
	err = e.App.RunInTransaction(func(tx core.App) error {
		var school *records.School
		if f.signer, school, err = p.letterClerk(e, tx); err != nil {
			return err
		}
		if f.unit, err = unitFor(school, f); err != nil {
			return inquiryRefusal(err)
		}
		if school != nil && f.unit == bureauUnit {
			return inquiryRefusal(inquiry.Refusal{Why: inquiry.WrongRole, Field: "about_principal", Sentence: "反映校长本人的，请来信人写给区教育局，不由学校登记"})
		}
		before, err := p.letterFiledBefore(tx, f)
		if err != nil {
			return err
		}
		if before != nil { // sent again; the code is shown once more
			receipt = *before
			return p.audit(tx, f.by, deed{Action: "inquiry_receipt", Collection: records.Inquiries, Record: receipt.ID})
		}
		if err := f.check(); err != nil {
			return err
		}
		receipt, err = p.fileLetter(tx, f)
		return err
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, receipt)
}

// checkArrival asks how and when a letter came that is entered.
func (f letterFiling) checkArrival(today workday.Date) error {
	if f.way.Name() == "" || f.way == inquiry.Online {
		return inquiry.Refusal{Why: inquiry.Missing, Field: "how", Sentence: "请选择来信是怎样收到的"}
	}
	if f.on != "" && (!f.on.IsValid() || f.on > today) {
		return inquiry.Refusal{Why: inquiry.Malformed, Field: "on", Sentence: "请填写有效的日期，不能晚于今天"}
	}
	return nil
}

// letterClerk is a person as the clerk of letters to their unit, by themselves or in
// a colleague's place, with their school; nil is the bureau.
func (p *platform) letterClerk(e *core.RequestEvent, app core.App) (inquirySigner, *records.School, error) {
	notTheClerk := e.ForbiddenError("来信由学校的专管员登记；写给区教育局的，由区教育局的监督人员登记。", nil)
	person, err := app.FindRecordById(records.Staff, e.Auth.Id)
	if err != nil {
		return inquirySigner{}, nil, err
	}
	duty, school := publication.Supervisor, (*records.School)(nil)
	if id := person.GetString("school"); id != "" {
		d, err := p.directory()
		if err != nil {
			return inquirySigner{}, nil, err
		}
		duty = publication.Clerk
		if school, _ = d.ByID(id); school == nil || school.Status != "open" {
			return inquirySigner{}, nil, e.ForbiddenError("学校已经停办或者撤并，来信请由承接的单位登记。", nil)
		}
	}
	if person.GetString("deactivated_at") != "" {
		return inquirySigner{}, nil, notTheClerk
	}
	ways, err := p.waysTo(app, person, duty)
	if err != nil {
		return inquirySigner{}, nil, err
	}
	if len(ways) == 0 {
		return inquirySigner{}, nil, notTheClerk
	}
	return inquirySigner{As: inquiry.Clerk, By: ways[0].person, For: ways[0].insteadOf}, school, nil
}
