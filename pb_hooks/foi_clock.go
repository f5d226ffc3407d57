package pb_hooks

import (
	"context"
	"errors"
	"slices"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// livingStates are those in which time does something to a request: it waits for
// its answer or a supplement, or was answered and is not archived yet. What has ended is never
// loaded.
var livingStates = append(slices.Clone(openStates), string(foi.Answered), string(foi.Supplementing))

// bindFOIClock catches up at start with what fell due while the server was off.
func bindFOIClock(app core.App, p *platform) {
	whileServing(app, func(ctx context.Context) {
		p.followRequests(ctx)
		p.purgeRequests(ctx)
		p.purgeLetters(ctx)
	})
}

// followRequests does to every request what time does to it. It may be called at
// any time and any number of times: what has been done is not done again.
func (p *platform) followRequests(ctx context.Context) {
	p.foiRound.Lock()
	defer p.foiRound.Unlock()
	var ids []string
	err := p.app.DB().Select("id").From(records.FOIRequests).Where(dbx.In("state", livingStates...)).OrderBy("_rowid_").Column(&ids)
	if err != nil {
		p.app.Logger().Error("look for requests that time moves", "error", err)
		return
	}
	for _, id := range ids {
		if ctx.Err() != nil {
			return // the server stops; the next start goes on
		}
		if err := errors.Join(p.followRequest(id), p.raiseAlarms(id)); err != nil {
			p.app.Logger().Error("do what has fallen due in a request", "request", id, "error", err)
		}
	}
}

// followRequest takes the steps that have fallen due in a request, each in a
// transaction in which the case is read again. One that fails holds up no other
// and is tried again in the next round.
func (p *platform) followRequest(id string) error {
	var tried []foi.Event
	var problems []error
	for {
		next := foi.Event{}
		err := p.app.RunInTransaction(func(tx core.App) error {
			request, err := tx.FindRecordById(records.FOIRequests, id)
			if err != nil {
				return err
			}
			c, err := p.foiCaseOf(tx, request)
			if err != nil {
				return err
			}
			due, err := p.fallenDue(tx, c)
			if err != nil {
				return err
			}
			i := slices.IndexFunc(due, func(e foi.Event) bool { return !isAmong(tried, e) && c.Permits(e) == nil })
			if i < 0 {
				return nil
			}
			next = due[i]
			_, _, err = p.takeFOI(tx, c, foiAct{Event: next}, p.itself())
			return err
		})
		if next.Do == "" {
			return errors.Join(append(problems, err)...)
		}
		tried = append(tried, next)
		if next.Do == foi.Archive {
			err = p.tellLacking(id, err)
		}
		problems = append(problems, err)
	}
}

// fallenDue is what the law's clock asks, and before it what the outbox knows: an
// answer that was to come by e-mail was delivered on the day it was mailed.
func (p *platform) fallenDue(app core.App, c foiCase) ([]foi.Event, error) {
	today := workday.Date(p.today())
	mailed, err := answerMailedOn(app, c)
	if err != nil || mailed == "" {
		return c.FallenDue(today), err
	}
	return append([]foi.Event{{Do: foi.Deliver, As: foi.System, On: mailed, Recorded: today, Way: foi.ByEmail.Name()}}, c.FallenDue(today)...), nil
}

func isAmong(tried []foi.Event, e foi.Event) bool {
	return slices.ContainsFunc(tried, func(t foi.Event) bool { return t.Do == e.Do && t.Party == e.Party })
}

// tellLacking tells the clerk, once, what keeps a dossier from being archived. It
// returns the errors that are the program's.
func (p *platform) tellLacking(id string, refused error) error {
	var fields validation.Errors
	if !errors.As(refused, &fields) || fields["dossier"] == nil {
		return refused
	}
	request, err := p.app.FindRecordById(records.FOIRequests, id)
	if err != nil {
		return err
	}
	people, err := p.peopleOf(p.app, request.GetString("school"), publication.Clerk)
	if err != nil {
		return err
	}
	return notify(p.app, people, noticeOf(request, "request", "foi_lacking/"+id, fields["dossier"].Error()))
}
