package pb_hooks

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
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
		Capacity: inquiry.Capacity(b.Capacity), Anonymous: b.Anonymous, MayPublish: b.MayPublish, Guardian: cleanLine(b.Guardian)}
	for code, text := range b.Fields {
		if code == "text" {
			l.Fields[code] = cleanLines(text)
		} else {
			l.Fields[code] = cleanLine(text)
		}
	}
	if !b.Anonymous {
		l.Name, l.Contact = cleanLine(b.Name), strings.ReplaceAll(cleanLine(b.Contact), " ", "")
	}
	return l
}

// fileLetterOnline takes a letter that a visitor sends. It needs no account.
func (p *platform) fileLetterOnline(e *core.RequestEvent) error {
	e.Response.Header().Set("Cache-Control", "no-store")
	if p.keyring() == nil {
		return keyProblem(sealed.MissingKey{})
	}
	if err := p.paceFilings(e); err != nil {
		return err
	}
	var body letterBody
	if err := json.Unmarshal([]byte(e.Request.FormValue("letter")), &body); err != nil {
		return e.BadRequestError("来信的格式不对。", err)
	}
	if len(body.Resend) < 16 || len(body.Resend) > longestResend {
		return e.BadRequestError("来信的格式不对。", nil)
	}
	f := letterFiling{letter: body.letter(), aboutPrincipal: body.AboutPrincipal, resend: body.Resend, by: letterWriter}
	var err error
	if f.unit, err = p.unitThatTakes(e, f); err != nil {
		return err
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
	if problems := f.letter.Problems(); len(problems) > 0 {
		return fieldErrors(problems)
	}
	var receipt LetterReceipt
	err = e.App.RunInTransaction(func(tx core.App) error {
		if receipt, err = p.fileLetter(tx, f); err != nil {
			return err
		}
		return p.spend(ticket)
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, receipt)
}

// unitThatTakes is the unit of the address if it takes letters of the channel
// today. A letter about the principal goes to the bureau, which is not told to
// anybody of the school.
func (p *platform) unitThatTakes(e *core.RequestEvent, f letterFiling) (string, error) {
	d, err := p.directory()
	if err != nil {
		return "", err
	}
	channel, err := inquiry.FindChannel(f.letter.Channel)
	if err != nil {
		return "", inquiryRefusal(err)
	}
	counting, err := p.inquiryCounting(e.App)
	if err != nil {
		return "", err
	}
	if now := counting.on(workday.Date(p.today()))[channel.Code]; now.Closed {
		return "", e.ForbiddenError(channel.Name+"目前没有开放。"+now.Notice, nil)
	}
	unit := e.Request.PathValue("unit")
	if unit == bureauUnit {
		if !channel.ToBureau {
			return "", e.NotFoundError("请选择写给哪所学校。", nil)
		}
		return bureauUnit, nil
	}
	school, ok := d.ByCode(unit)
	if !ok || school.Status != "open" || channel.ToBureau {
		return "", e.NotFoundError("没有这所学校，或者它已经停办。", nil)
	}
	if f.aboutPrincipal && channel.Code == inquiry.Mailbox {
		return bureauUnit, nil
	}
	return school.ID, nil
}
