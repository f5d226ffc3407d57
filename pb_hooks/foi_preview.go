package pb_hooks

import (
	"errors"
	"net/http"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

// LetterPreview is a letter as it would go out.
type LetterPreview struct {
	Kind string `json:"kind"`
	Name string `json:"name"`
	HTML string `json:"html"`
}

// previewStep draws the letter that a step sends: at once, or once those who come
// after have agreed. Nothing is stored.
func (p *platform) previewStep(e *core.RequestEvent) error {
	var view LetterPreview
	err := p.tryStep(e, func(tx core.App, c foiCase, act foiAct, _ []signer) error {
		act.Recorded = workday.Date(p.today())
		if act.On == "" {
			act.On = act.Recorded
		}
		if err := p.fillAct(tx, c, &act); err != nil {
			return err
		}
		scene, kind, err := p.lookAhead(tx, c, act)
		if err != nil {
			return err
		}
		if kind == "" {
			return e.BadRequestError("这一步不发文书。", nil)
		}
		draft, err := scene.letterValues(kind)
		if err != nil {
			return err
		}
		html, err := draftHTML(draft)
		view = LetterPreview{string(kind), kind.Name(), string(html)}
		return errors.Join(err, errOnlyLooked)
	})
	if !errors.Is(err, errOnlyLooked) {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, view)
}

// toSign are the steps after which others still sign the answer.
var toSign = []foi.Action{foi.SubmitAnswer, foi.Clear, foi.Endorse}

// sendsLetter reports whether a letter goes out with a step, at once or once others
// agreed.
func sendsLetter(c foi.Case, s foi.Step, as foi.Role) bool {
	return c.LetterOf(foi.Event{Do: s.Do, As: as}) != "" || s.Approver != "" && s.Letter != "" || s.Do == foi.AnswerAtOnce || slices.Contains(toSign, s.Do)
}

// lookAhead takes a step, and those that others would take after it, up to the
// letter that goes out; the kind is "" where none does. The transaction is one
// that is thrown away.
func (p *platform) lookAhead(tx core.App, c foiCase, act foiAct) (letterScene, foi.LetterKind, error) {
	for {
		after, err := c.Take(act.Event)
		if err != nil {
			return letterScene{}, "", foiRefusal(err)
		}
		if kind := c.LetterOf(act.Event); kind != "" {
			if act.By == string(act.As) {
				act.By = "" // whoever will agree
			}
			scene, err := p.sceneOf(tx, c, after, act)
			return scene, kind, err
		}
		if err := followDraft(tx, c, act); err != nil {
			return letterScene{}, "", err
		}
		next, ok := agreement(c.State, after, act.Do)
		if !ok {
			return letterScene{}, "", nil
		}
		c = foiCase{Case: after, request: c.request, steps: c.steps, events: append(slices.Clip(c.events), act.Event)}
		act = foiAct{Event: foi.Event{Do: next.Do, As: next.As, By: string(next.As), On: act.Recorded, Recorded: act.Recorded, Hash: after.Draft.Hash}, Reply: act.Reply}
	}
}

// agreement is how the next person would agree to a step. Who that is is not known
// yet: the role stands for them.
func agreement(from foi.State, after foi.Case, do foi.Action) (foi.Event, bool) {
	if s, err := foi.Find(from, do); err == nil && s.Approver != "" {
		return foi.Event{Do: foi.Approve, As: s.Approver}, true
	}
	if !slices.Contains(toSign, do) {
		return foi.Event{}, false
	}
	switch after.State {
	case foi.SecrecyReviewing:
		return foi.Event{Do: foi.Clear, As: foi.SecrecyReviewer}, true
	case foi.OfficerReviewing:
		return foi.Event{Do: foi.Endorse, As: foi.Officer}, true
	}
	return foi.Event{Do: foi.Sign, As: foi.Principal}, true
}
