package pb_hooks

import (
	"fmt"
	"net/http"
	"slices"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// InquiryStepBody is a step on a letter that somebody of the staff asks for. Which
// fields it needs is said by what is refused, at the field of that name.
type InquiryStepBody struct {
	Do         string       `json:"do"`
	On         workday.Date `json:"on"` // take_over: when the receiver took it; "" is today
	Reason     string       `json:"reason"`
	Category   string       `json:"category"`
	Unit       string       `json:"unit"` // code of a school, or "bureau"
	Department string       `json:"department"`
	Assignee   string       `json:"assignee"`
	Ground     string       `json:"ground"`
	Right      string       `json:"right"`
	Interim    string       `json:"interim"`
	Days       int          `json:"days"`
	Into       string       `json:"into"`
	Hash       string       `json:"hash"` // of the text that was looked at
	Until      workday.Date `json:"until"`
}

// inquiryOfServer are steps that nobody asks for here: the writer's, which have
// doors of their own, and the system's.
var inquiryOfServer = []inquiry.Action{inquiry.Submit, inquiry.Hold, inquiry.Withdraw, inquiry.Rate, inquiry.RevokeConsent, inquiry.Escalate, inquiry.Recount, inquiry.Succeed}

const longestWords = 2000 // characters

func (b InquiryStepBody) longestTexts() error {
	problems := map[string]error{}
	for field, text := range map[string]string{"reason": b.Reason, "right": b.Right, "interim": b.Interim} {
		if n := utf8.RuneCountInString(text); n > longestWords {
			problems[field] = inquiry.Refusal{Why: inquiry.OutOfRange, Field: field, Sentence: fmt.Sprintf("不能超过 %d 字，现在有 %d 字", longestWords, n)}
		}
	}
	if n := utf8.RuneCountInString(b.Department); n > 100 {
		problems["department"] = inquiry.Refusal{Why: inquiry.OutOfRange, Field: "department", Sentence: "部门名称太长"}
	}
	if len(problems) > 0 {
		return fieldErrors(problems)
	}
	return nil
}

func (b InquiryStepBody) act(as inquiry.Event) inquiryAct {
	e := as
	e.Reason, e.Right, e.Interim = cleanLines(b.Reason), cleanLines(b.Right), cleanLines(b.Interim)
	e.Category, e.Unit, e.Department, e.Ground, e.Days = inquiry.CategoryCode(b.Category), b.Unit, cleanLine(b.Department), inquiry.Ground(b.Ground), b.Days
	e.Into, e.Hash, e.Until, e.On = b.Into, b.Hash, b.Until, b.On
	return inquiryAct{Event: e, Assignee: b.Assignee}
}

// takeStepOfInquiry takes a step on behalf of somebody of the staff and answers
// with the letter as it is then; with 204 if it is no longer theirs to see.
func (p *platform) takeStepOfInquiry(e *core.RequestEvent) error {
	var body InquiryStepBody
	if err := readBody(e, &body); err != nil {
		return err
	}
	if err := body.longestTexts(); err != nil {
		return err
	}
	asked := inquiry.Action(body.Do)
	if slices.Contains(inquiryOfServer, asked) {
		return inquiryRefusal(inquiry.Refusal{Why: inquiry.WrongRole, Sentence: "“" + asked.Name() + "”不在这里办理"})
	}
	var desk *InquiryDesk
	err := e.App.RunInTransaction(func(tx core.App) error {
		// who may what is read here: it may have changed while this waited for its turn
		person, err := tx.FindRecordById(records.Staff, e.Auth.Id)
		if err != nil {
			return err
		}
		record, signers, err := p.visibleInquiry(tx, person, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		c, err := p.inquiryCaseOf(tx, record)
		if err != nil {
			return err
		}
		as, err := inquirySignAs(c.Case, signers, inquiry.Event{Do: asked, Hash: body.Hash, Category: inquiry.CategoryCode(body.Category)})
		if err != nil {
			return inquiryRefusal(err)
		}
		after, _, err := p.takeInquiry(tx, c, body.act(as), actorOf(e))
		if err != nil {
			return err
		}
		if signers, err = p.inquirySigners(tx, person, after.record); err != nil || len(signers) == 0 {
			return err
		}
		drawn, err := p.inquiryDeskOf(tx, after, person, signers)
		desk = &drawn
		return err
	})
	if err != nil {
		return keyProblem(err)
	}
	if desk == nil {
		return e.NoContent(http.StatusNoContent)
	}
	return e.JSON(http.StatusOK, desk)
}
