package pb_hooks

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

// enteredCorrection is a correction that the clerk types in: what changes, the day
// it was received, and the reason of one that is late.
type enteredCorrection struct {
	On     workday.Date `json:"on"`
	Reason string       `json:"reason"`
	text   json.RawMessage
}

// UnmarshalJSON keeps the text beside what is read of it here.
func (b *enteredCorrection) UnmarshalJSON(raw []byte) error {
	type plain enteredCorrection
	err := json.Unmarshal(raw, (*plain)(b))
	b.text = slices.Clone(raw)
	return err
}

// enterCorrection takes a correction that reached the school on paper and answers
// with the case as it is then.
func (p *platform) enterCorrection(e *core.RequestEvent) error {
	if _, _, err := p.visibleRequest(e.App, e.Auth, e.Request.PathValue("id")); err != nil {
		return err
	}
	if _, err := p.clerkOf(e.App, e); err != nil {
		return err
	}
	var body enteredCorrection
	uploaded, err := p.readForm(e, enteredForm, &body)
	if err != nil {
		return err
	}
	defer uploaded.discard()
	var desk RequestDesk
	err = e.App.RunInTransaction(func(tx core.App) error {
		request, signers, err := p.visibleRequest(tx, e.Auth, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		clerk, err := p.clerkOf(tx, e)
		if err != nil {
			return err
		}
		c, err := p.foiCaseOf(tx, request)
		if err != nil {
			return err
		}
		k := correction{text: body.text, uploads: uploaded, by: actorOf(e),
			event: foi.Event{As: foi.Clerk, By: clerk.By, For: clerk.For, On: body.On, Reason: cleanLines(body.Reason)}}
		if _, err := p.correctRequest(tx, c, k); err != nil {
			return err
		}
		desk, err = p.requestDeskOf(tx, e.Auth, request, signers)
		return err
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, desk)
}
