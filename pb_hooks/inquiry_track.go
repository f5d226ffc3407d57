package pb_hooks

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

var followedInquiries = followed{records.Inquiries, normalInquiryNumber, "来信编号或者查询码不正确。"}

// letterWriter is whoever wrote a letter (来信人) in the log.
var letterWriter = actor{Name: inquiry.Writer.Name(), Via: viaPublic}

// trackInquiry shows a letter to its writer.
func (p *platform) trackInquiry(e *core.RequestEvent) error {
	var body trackKey
	record, err := p.tracked(e, followedInquiries, &body)
	if err != nil {
		return err
	}
	c, err := p.inquiryCaseOf(e.App, record)
	if err != nil {
		return err
	}
	view, err := p.letterTrackOf(e.App, c)
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, view)
}

// withdrawInquiry ends a letter at its writer's wish, before it is answered.
func (p *platform) withdrawInquiry(e *core.RequestEvent) error {
	return p.trackInquiryStep(e, inquiry.Withdraw)
}

// urgeInquiry reminds the unit of a day that it missed (催办).
func (p *platform) urgeInquiry(e *core.RequestEvent) error {
	return p.trackInquiryStep(e, inquiry.Urge)
}

// rateInquiry takes what the writer thinks of the last answer.
func (p *platform) rateInquiry(e *core.RequestEvent) error {
	return p.trackInquiryStep(e, inquiry.Rate)
}

// revokeConsent takes the consent to publication back (撤回公开同意).
func (p *platform) revokeConsent(e *core.RequestEvent) error {
	return p.trackInquiryStep(e, inquiry.RevokeConsent)
}

// trackInquiryStep takes a step of the writer and shows the letter as it is then.
// Asked for again, because a button was pressed twice or the answer was lost, it is
// the same step.
func (p *platform) trackInquiryStep(e *core.RequestEvent, do inquiry.Action) error {
	var body struct {
		trackStep
		Rating inquiry.Rating `json:"rating"`
	}
	record, err := p.tracked(e, followedInquiries, &body)
	if err != nil {
		return err
	}
	asked := inquiry.Event{Do: do, As: inquiry.Writer}
	if do == inquiry.Withdraw || do == inquiry.Rate {
		asked.Reason = cleanLines(body.Reason)
	}
	if do == inquiry.Rate {
		asked.Rating = body.Rating
	}
	if err := (InquiryStepBody{Reason: asked.Reason}).longestTexts(); err != nil {
		return err
	}
	var view LetterTrack
	err = e.App.RunInTransaction(func(tx core.App) error {
		record, err := tx.FindRecordById(records.Inquiries, record.Id) // again: it may have changed meanwhile
		if err != nil {
			return err
		}
		c, err := p.inquiryCaseOf(tx, record)
		if err != nil {
			return err
		}
		again, err := p.isLastStep(c, asked)
		if err != nil {
			return err
		}
		if !again {
			if c, _, err = p.takeInquiry(tx, c, inquiryAct{Event: asked}, letterWriter); err != nil {
				return err
			}
		}
		view, err = p.letterTrackOf(tx, c)
		return err
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, view)
}

// isLastStep reports whether what is asked for is what was done last, today.
func (p *platform) isLastStep(c inquiryCase, asked inquiry.Event) (bool, error) {
	last := c.events[len(c.events)-1]
	if last.Do != asked.Do || last.As != asked.As || last.Rating != asked.Rating || last.Recorded != workday.Date(p.today()) {
		return false, nil
	}
	var words stepWords
	err := p.openJSON(c.steps[len(c.steps)-1], "words", &words)
	return words.Reason == asked.Reason, err
}

// trackInquiryFile gives the writer a file that came with an answer.
func (p *platform) trackInquiryFile(e *core.RequestEvent) error {
	var body struct {
		trackKey
		File string `json:"file"`
	}
	record, err := p.tracked(e, followedInquiries, &body)
	if err != nil {
		return err
	}
	c, err := p.inquiryCaseOf(e.App, record)
	if err != nil {
		return err
	}
	given, err := p.answersToWriter(e.App, c)
	if err != nil {
		return keyProblem(err)
	}
	for _, a := range given {
		if f := withID(a.files, body.File); f != nil {
			data, err := p.openFile(e.Request.Context(), f)
			if err != nil {
				return keyProblem(err)
			}
			return handOut(e, f.GetString("name"), f.GetString("mime"), data)
		}
	}
	return e.NotFoundError("没有这个文件。", nil)
}
