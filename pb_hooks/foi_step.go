package pb_hooks

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// StepBody is a step that somebody of the staff asks for. Which fields it needs
// is said by what is refused, at the field of that name.
type StepBody struct {
	Do        string       `json:"do"`
	On        workday.Date `json:"on"` // of what happened outside; "" is today
	Reason    string       `json:"reason"`
	Party     string       `json:"party"`
	Joint     bool         `json:"joint"`
	Opinion   string       `json:"opinion"`
	Items     string       `json:"items"`
	Days      int          `json:"days"`
	Hash      string       `json:"hash"`     // of the draft that was looked at
	Proposal  string       `json:"proposal"` // approve, decline: the step that was looked at
	Way       string       `json:"way"`
	Agreed    bool         `json:"agreed"`
	Complaint string       `json:"complaint"`
	Result    string       `json:"result"`
	Article   string       `json:"article"`
	Assignee  string       `json:"assignee"`
	Email     string       `json:"email"`
	arrivalBody
}

// arrivalBody is how an application reached the school, to register it.
type arrivalBody struct {
	Arrived   workday.Date `json:"arrived"`
	SignedOn  workday.Date `json:"signed_on"`
	Tracking  string       `json:"tracking"`
	Signer    string       `json:"signer"`
	Confirmed workday.Date `json:"confirmed"`
	CallLog   string       `json:"call_log"`
}

func (b arrivalBody) arrival() *foi.Arrival {
	return &foi.Arrival{Arrived: b.Arrived, SignedOn: b.SignedOn, Tracking: b.Tracking, Signer: b.Signer, Confirmed: b.Confirmed, CallLog: b.CallLog}
}

// longestTexts is what the texts of a step may hold, in characters, by field.
func (b StepBody) longestTexts() error {
	problems := map[string]error{}
	for _, f := range []struct {
		field, text string
		most        int
	}{
		{"reason", b.Reason, 2000}, {"items", b.Items, 2000}, {"party", b.Party, 200}, {"way", b.Way, 200}, {"email", b.Email, 100}, {"tracking", b.Tracking, 100},
		{"signer", b.Signer, 50}, {"call_log", b.CallLog, 1000},
	} {
		if n := utf8.RuneCountInString(f.text); n > f.most {
			problems[f.field] = foi.Refusal{Why: foi.Malformed, Field: f.field, Sentence: fmt.Sprintf("不能超过 %d 字，现在有 %d 字", f.most, n)}
		}
	}
	if b.Email != "" && !foi.IsEmail(b.Email) {
		problems["email"] = foi.Refusal{Why: foi.Malformed, Field: "email", Sentence: "电子邮箱不正确"}
	}
	if len(problems) > 0 {
		return fieldErrors(problems)
	}
	return nil
}

// isOfProposal asks that whoever agrees, or does not, saw what waits: it may have been
// taken back and another put in its place.
func (b StepBody) isOfProposal(c foiCase) error {
	if b.Proposal == "" || b.Proposal == c.proposalStep() {
		return nil
	}
	return foiRefusal(foi.Refusal{Why: foi.OtherText, Sentence: "拟办的事项已经变了，请刷新页面，看过最新内容后再办理"})
}

// ofServer are steps that nobody asks for here: those that bring a text of the
// applicant, which have a door of their own, and the system's.
var ofServer = []foi.Action{foi.Submit, foi.Correct, foi.CorrectLate, foi.Lapse, foi.Recount, foi.Succeed}

func (b StepBody) act(as foi.Event) foiAct {
	e := as
	e.Reason, e.Party, e.Joint, e.Opinion, e.Items, e.Days = b.Reason, b.Party, b.Joint, foi.Opinion(b.Opinion), b.Items, b.Days
	e.Hash, e.Way, e.Agreed, e.Complaint, e.Result, e.Article, e.On = b.Hash, b.Way, b.Agreed, foi.Remedy(b.Complaint), foi.Result(b.Result), b.Article, b.On
	act := foiAct{Event: e, Assignee: b.Assignee, Email: strings.TrimSpace(b.Email)}
	if e.Do == foi.Register {
		act.Arrival = b.arrival()
	}
	return act
}

// takeStepOfRequest takes a step on behalf of somebody of the staff and answers
// with the case as it is then.
func (p *platform) takeStepOfRequest(e *core.RequestEvent) error {
	var desk RequestDesk
	err := p.tryStep(e, func(tx core.App, c foiCase, act foiAct, signers []signer) error {
		after, _, err := p.takeFOI(tx, c, act, actorOf(e))
		if err != nil {
			return err
		}
		desk, err = p.requestDeskOf(tx, e.Auth, after.request, signers)
		return err
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, desk)
}

// errOnlyLooked ends a transaction that was only to show what would be.
var errOnlyLooked = errors.New("nothing is stored")

// tryStep finds the request, the role and the step that a person asks for.
func (p *platform) tryStep(e *core.RequestEvent, do func(tx core.App, c foiCase, act foiAct, signers []signer) error) error {
	var body StepBody
	if err := readBody(e, &body); err != nil {
		return err
	}
	if err := body.longestTexts(); err != nil {
		return err
	}
	asked := foi.Action(body.Do)
	for _, not := range ofServer {
		if asked == not {
			return foiRefusal(foi.Refusal{Why: foi.WrongRole, Sentence: "“" + asked.Name() + "”不在这里办理"})
		}
	}
	if _, _, err := p.visibleRequest(e.App, e.Auth, e.Request.PathValue("id")); err != nil {
		return err
	}
	return e.App.RunInTransaction(func(tx core.App) error {
		// who may what is read again: it may have changed while this waited for its turn
		person, err := tx.FindRecordById(records.Staff, e.Auth.Id)
		if err != nil {
			return err
		}
		request, signers, err := p.visibleRequest(tx, person, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		c, err := p.foiCaseOf(tx, request)
		if err != nil {
			return err
		}
		if err := body.isOfProposal(c); err != nil {
			return err
		}
		as, err := signAs(c.Case, signers, foi.Event{Do: asked, Party: body.Party, Hash: body.Hash, Complaint: foi.Remedy(body.Complaint)})
		if err != nil {
			return foiRefusal(err)
		}
		return do(tx, c, body.act(as), signers)
	})
}
