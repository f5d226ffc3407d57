package pb_hooks

import (
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/sealed"
	"gongkai/pb_hooks/workday"
)

// letterBody is the form of a letter as it is sent.
type letterBody struct {
	Channel        string            `json:"channel"`
	Category       string            `json:"category"`
	Fields         map[string]string `json:"fields"` // by the codes of the channel's form
	Capacity       string            `json:"capacity"`
	Anonymous      bool              `json:"anonymous"`
	Name           string            `json:"name"`
	Contact        string            `json:"contact"`
	Guardian       string            `json:"guardian"`
	MayPublish     bool              `json:"may_publish"`
	AboutPrincipal bool              `json:"about_principal"` // it goes to the bureau
	Resend         string            `json:"resend"`
	Proof          string            `json:"proof"`
}

// letter reads the form; an anonymous writer leaves no name.
func (b letterBody) letter() inquiry.Letter {
	l := inquiry.Letter{Channel: inquiry.ChannelCode(b.Channel), Category: inquiry.CategoryCode(b.Category), Fields: map[string]string{},
		Capacity: inquiry.Capacity(b.Capacity), Anonymous: b.Anonymous, MayPublish: b.MayPublish, Guardian: contactOf(b.Guardian)}
	for code, text := range b.Fields {
		if code == "text" {
			l.Fields[code] = cleanLines(text)
		} else {
			l.Fields[code] = cleanLine(text)
		}
	}
	if !b.Anonymous {
		l.Name, l.Contact = cleanLine(b.Name), contactOf(b.Contact)
	}
	return l
}

// contactOf is a contact without the spaces that people write into numbers.
func contactOf(text string) string { return strings.ReplaceAll(cleanLine(text), " ", "") }

// fileLetterOnline takes a letter that a visitor sends. It needs no account.
func (p *platform) fileLetterOnline(e *core.RequestEvent) error {
	e.Response.Header().Set("Cache-Control", "no-store")
	if p.keyring() == nil {
		return keyProblem(sealed.MissingKey{})
	}
	school, err := p.schoolOfAddress(e)
	if err != nil {
		return err
	}
	if err := p.paceFilings(e); err != nil {
		return err
	}
	var body letterBody
	uploaded, err := p.readForm(e, letterForm, &body)
	if err != nil {
		return err
	}
	defer uploaded.discard()
	if len(body.Resend) < 16 || len(body.Resend) > longestResend {
		return e.BadRequestError("来信的格式不对。", nil)
	}
	f := letterFiling{letter: body.letter(), aboutPrincipal: body.AboutPrincipal, resend: body.Resend, uploads: uploaded, by: letterWriter}
	if f.unit, err = unitFor(school, f); err != nil {
		return inquiryRefusal(err)
	}
	if school != nil { // the bureau reads of which school's principal a letter is
		f.writtenTo = school.ID
	}
	// what is on file is shown again whatever became of its proof of work
	if before, err := p.letterFiledBefore(e.App, f); err != nil || before != nil {
		if err != nil {
			return keyProblem(err)
		}
		return e.JSON(http.StatusOK, before)
	}
	ticket, err := p.checkProof(body.Proof, f.key())
	if err != nil {
		return err
	}
	if err := p.checkOpen(e, f); err != nil {
		return err
	}
	if err := f.check(); err != nil {
		return err
	}
	f.suspicions = f.letter.Suspicions()
	ready, err := p.prepareLetter(e.App, f)
	if err != nil {
		return keyProblem(err)
	}
	if err := p.paceContact(e, ready.papers.GetString("contact_hash")); err != nil {
		return err
	}
	ready.look = p.lookForAlike(e.App, ready)
	stored, err := p.filings.file(p, &ready.preparedFiling, ticket)
	if err != nil {
		return keyProblem(err)
	}
	if !stored { // it is, by the other of two clicks
		before, err := p.letterFiledBefore(e.App, f)
		if err != nil {
			return keyProblem(err)
		}
		return e.JSON(http.StatusOK, before)
	}
	receipt, err := p.receiptOfLetter(ready)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, receipt)
}

// schoolOfAddress is the school that a letter is written to; nil is the bureau.
func (p *platform) schoolOfAddress(e *core.RequestEvent) (*records.School, error) {
	unit := e.Request.PathValue("unit")
	if unit == bureauUnit {
		return nil, nil
	}
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	school, _ := d.ByCode(unit)
	if school == nil || school.Status != "open" {
		return nil, noDoor(e, d, school, "来信")
	}
	return school, nil
}

// unitFor is the unit that handles a letter which is written to a school, or to the
// bureau if that is nil. A letter about the principal goes to the bureau and is not
// told to anybody of the school. It fails with an inquiry.Refusal.
func unitFor(school *records.School, f letterFiling) (string, error) {
	channel, err := inquiry.FindChannel(f.letter.Channel)
	if err != nil {
		return "", err
	}
	wrong := func(sentence string) (string, error) {
		return "", inquiry.Refusal{Why: inquiry.Malformed, Field: "channel", Sentence: sentence, Law: channel.Law}
	}
	aboutPrincipal := f.aboutPrincipal && channel.Code == inquiry.Mailbox
	switch {
	case !channel.IsAnswered():
		return wrong(channel.Name + "不逐件答复，请在征集页面提交")
	case school != nil && channel.ToBureau:
		return wrong(channel.Name + "由区教育局受理，请写给区教育局")
	case school == nil && !channel.ToBureau && channel.Code != inquiry.Erratum && !(aboutPrincipal && f.signer.By != ""): // there are pages of no school
		return wrong(channel.Name + "由学校受理，请选择写给哪所学校")
	case school == nil || aboutPrincipal:
		return bureauUnit, nil
	}
	return school.ID, nil
}

// checkOpen asks that the channel takes letters today.
func (p *platform) checkOpen(e *core.RequestEvent, f letterFiling) error {
	counting, err := p.letterCounting(e.App)
	if err != nil {
		return err
	}
	if now := counting.on(workday.Date(p.today()))[f.letter.Channel]; now.Closed {
		channel, err := inquiry.FindChannel(f.letter.Channel)
		if err != nil {
			return inquiryRefusal(err)
		}
		return e.ForbiddenError(channel.Name+"目前没有开放。"+now.Notice, nil)
	}
	return nil
}

// check lists what is wrong with a letter, by field. Of what the clerk enters nobody
// may have said who called, or left a contact.
func (f letterFiling) check() error {
	problems := f.letter.Problems()
	if f.signer.By != "" {
		for _, field := range []string{"name", "contact"} {
			if r, ok := problems[field].(inquiry.Refusal); ok && r.Why == inquiry.Missing {
				delete(problems, field)
			}
		}
	}
	for field, sentence := range f.uploads.problems() {
		problems[field] = inquiry.Refusal{Why: inquiry.Malformed, Field: field, Sentence: sentence}
	}
	if len(problems) > 0 {
		return fieldErrors(problems)
	}
	return nil
}
