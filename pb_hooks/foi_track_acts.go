package pb_hooks

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// trackStep is a step of the applicant with the reason that belongs to it.
type trackStep struct {
	trackKey
	Reason string `json:"reason"`
}

// withdrawRequest ends a request at the applicant's wish, before it is answered.
func (p *platform) withdrawRequest(e *core.RequestEvent) error {
	return p.trackStepOf(e, foi.Event{Do: foi.Withdraw})
}

// askSupplement asks the school to supplement or correct its answer.
func (p *platform) askSupplement(e *core.RequestEvent) error {
	return p.trackStepOf(e, foi.Event{Do: foi.Supplement})
}

// complainAboutRequest is the complaint to the bureau (申诉, art. 55).
func (p *platform) complainAboutRequest(e *core.RequestEvent) error {
	return p.trackStepOf(e, foi.Event{Do: foi.Complain, Complaint: foi.ToBureau})
}

// trackStepOf takes a step of the applicant. Asked for again, because a button was
// pressed twice or the answer was lost, it is the same step.
func (p *platform) trackStepOf(e *core.RequestEvent, event foi.Event) error {
	var body trackStep
	request, err := p.tracked(e, followedRequests, &body)
	if err != nil {
		return err
	}
	event.As, event.Reason = foi.Applicant, strings.TrimSpace(body.Reason)
	if err := checkLength("reason", event.Reason, mostWritten); err != nil {
		return err
	}
	if event.Do == foi.Complain && event.Reason == "" {
		return refused("reason", "foi_missing", "请写明申诉的理由")
	}
	return p.changeTracked(e, request, func(tx core.App, c foiCase) error {
		if n := len(c.events); n > 0 && isSame(c.events[n-1], event) {
			return nil
		}
		_, _, err := p.takeFOI(tx, c, foiAct{Event: event}, trackActor)
		return err
	})
}

// isSame reports whether a step that was just taken is the one that is asked for.
func isSame(taken, asked foi.Event) bool {
	return taken.Do == asked.Do && taken.As == asked.As && taken.Reason == asked.Reason
}

// changeTracked does something to a request in one transaction and shows it to the
// applicant as it is then.
func (p *platform) changeTracked(e *core.RequestEvent, request *core.Record, do func(tx core.App, c foiCase) error) error {
	var view TrackView
	err := e.App.RunInTransaction(func(tx core.App) error {
		request, err := tx.FindRecordById(records.FOIRequests, request.Id) // again: it may have changed meanwhile
		if err != nil {
			return err
		}
		c, err := p.foiCaseOf(tx, request)
		if err != nil {
			return err
		}
		if err := do(tx, c); err != nil {
			return err
		}
		view, err = p.trackViewOf(tx, request)
		return err
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, view)
}

// correctBody is a corrected application with the key to its request. The text is
// laid over the version before, so that what it leaves out is told from what is
// empty.
type correctBody struct {
	trackStep
	text json.RawMessage
}

// UnmarshalJSON keeps the text beside what is read of it here.
func (b *correctBody) UnmarshalJSON(raw []byte) error {
	b.text = slices.Clone(raw)
	return json.Unmarshal(raw, &b.trackStep)
}

// correctTracked takes a corrected application from its applicant (art. 30). It
// carries files: like a filing it is paced before its body is read.
func (p *platform) correctTracked(e *core.RequestEvent) error {
	e.Response.Header().Set("Cache-Control", "no-store")
	if err := p.paceFilings(e); err != nil {
		return err
	}
	var body correctBody
	uploaded, err := p.readForm(e, applicationForm, &body)
	if err != nil {
		return err
	}
	defer uploaded.discard()
	request, err := p.openTrack(e, followedRequests, body.trackKey)
	if err != nil {
		return err
	}
	k := correction{text: body.text, uploads: uploaded, by: trackActor, event: foi.Event{As: foi.Applicant, Reason: strings.TrimSpace(body.Reason)}}
	if err := checkLength("reason", k.event.Reason, mostWritten); err != nil {
		return err
	}
	return p.changeTracked(e, request, func(tx core.App, c foiCase) error {
		if again, err := p.isSameCorrection(tx, c, k); err != nil || again {
			return err
		}
		_, err := p.correctRequest(tx, c, k)
		return err
	})
}

// isSameCorrection reports whether a correction is the one that was just taken,
// sent again.
func (p *platform) isSameCorrection(app core.App, c foiCase, k correction) (bool, error) {
	last := c.events[len(c.events)-1]
	if last.Do != foi.Correct && last.Do != foi.CorrectLate || last.As != foi.Applicant || last.Recorded != workday.Date(p.today()) {
		return false, nil
	}
	stored, err := lastVersion(app, c.request.Id)
	if err != nil {
		return false, err
	}
	f, err := p.correctedFiling(stored, k)
	a := f.application
	return strings.TrimSpace(a.Subject) == stored.GetString("subject") && a.Details == stored.GetString("details") && a.IndexNo == stored.GetString("index_no"), err
}

// rateRequest records what the applicant thinks of how it was dealt with, once.
func (p *platform) rateRequest(e *core.RequestEvent) error {
	var body struct {
		trackKey
		Rating foi.Rating `json:"rating"`
		Note   string     `json:"note"`
	}
	request, err := p.tracked(e, followedRequests, &body)
	if err != nil {
		return err
	}
	note := strings.TrimSpace(body.Note)
	if body.Rating.Name() == "" {
		return refused("rating", "foi_missing", "请选择非常满意、满意、基本满意、不满意或者非常不满意")
	}
	if err := checkLength("note", note, 500); err != nil {
		return err
	}
	return p.changeTracked(e, request, func(tx core.App, c foiCase) error {
		r := c.request
		given := foi.Rating(r.GetInt("rating"))
		switch {
		case given == body.Rating && r.GetString("rating_note") == note: // sent again
			return nil
		case given != 0:
			return refused("rating", "foi_once_only", "您已经评价过这件申请，只能评价一次")
		case !c.MayRate():
			return refused("rating", "foi_not_now", "申请办结以后才能评价")
		}
		r.Load(map[string]any{"rating": int(body.Rating), "rating_note": note, "rated_at": p.options.Now().UTC()})
		if err := tx.Save(r); err != nil {
			return err
		}
		return p.audit(tx, trackActor, deed{"foi_rate", records.FOIRequests, r.Id, map[string]any{"number": r.GetString("number"), "rating": body.Rating}})
	})
}
