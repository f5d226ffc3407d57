package pb_hooks

import (
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// bindSteps: a step is signed (who, with which duty), replayed (is it legal
// now, by this person, on this text), stored together with what it makes of the
// article, and never changed.
func bindSteps(app core.App, p *platform) {
	app.OnRecordCreateRequest(records.Steps).BindFunc(p.signStep)
	app.OnRecordCreate(records.Steps).BindFunc(inTx(p.takeStep))
	app.OnRecordUpdate(records.Steps).BindFunc(refuseChange)
	app.OnRecordDelete(records.Steps).BindFunc(refuseChange)
}

// signedByServer are the fields of a step that no client fills.
var signedByServer = []string{"hash", "at", "stage", "duty", "by", "by_name", "for", "for_name", "at_bureau", "form", "writers"}

// signStep records who takes the step, with which duty and in whose place, and
// refuses those who may not.
func (p *platform) signStep(e *core.RecordRequestEvent) error {
	if e.Auth == nil || e.Auth.Collection().Name != records.Staff {
		return e.ForbiddenError("审核和公开要由具名的工作人员办理。", nil)
	}
	for _, f := range signedByServer {
		e.Record.Set(f, nil)
	}
	article, err := e.App.FindRecordById(records.Articles, e.Record.GetString("article"))
	if err != nil {
		return err
	}
	if err := p.sign(e.App, e.RequestEvent, article, e.Record); err != nil {
		return err
	}
	if e.Record.GetString("action") == string(publication.Submit) {
		// files are read before the transaction that the submission is: others write meanwhile
		if err := readAhead(e.Request.Context(), e.App, article.Id); err != nil {
			return err
		}
	}
	return e.Next()
}

// sign puts the signature of the person who asks on a step, or refuses it.
func (p *platform) sign(app core.App, e *core.RequestEvent, article, step *core.Record) error {
	now, err := stand(app, article.Id)
	if err != nil {
		return err
	}
	do := publication.Action(step.GetString("action"))
	duties, err := publication.By(now, do)
	if err != nil {
		return validation.Errors{"action": fieldError(err)}
	}
	signature, ok, err := p.signature(app, e.Auth, article, now, do, duties)
	if err != nil {
		return err
	}
	if !ok {
		return e.ForbiddenError("您没有办理这一步的职责。", nil)
	}
	step.Load(signature)
	return nil
}

// takeStep replays the article with the new step and stores both, or neither.
func (p *platform) takeStep(e *core.RecordEvent) error {
	article, err := e.App.FindRecordById(records.Articles, e.Record.GetString("article"))
	if err != nil {
		return err
	}
	events, err := eventsOf(e.App, article.Id)
	if err != nil {
		return err
	}
	before, err := publication.Replay(events)
	if err != nil {
		return err
	}
	e.Record.Set("at", p.options.Now().UTC())
	e.Record.Set("stage", string(before.Stage))
	if raw := e.Record.GetString("check"); raw == "" || raw == "null" {
		e.Record.Set("check", publication.Check{})
	}
	if err := p.fillStep(e, article, before); err != nil {
		return err
	}
	event, err := eventOf(e.Record)
	if err != nil {
		return validation.Errors{"check": validation.NewError("check_malformed", "审查记录的格式不对")}
	}
	became, err := publication.Replay(append(events, event))
	if err != nil {
		return validation.Errors{fieldOf(err): fieldError(err)}
	}
	if err := refuseAtEnded(e.App, article, event.Do); err != nil {
		return err
	}
	if event.Do == publication.Withdraw || event.Do == publication.TakeDown {
		if err := refuseBlocksIn(e.App, "reason", event.Reason); err != nil {
			return err
		}
	}
	if event.Do == publication.Clear {
		if err := refuseOpenBlocks(e.App, became.Pending); err != nil {
			return err
		}
	}
	if err := e.Next(); err != nil {
		return err
	}
	return p.settle(e.App, article, before, became, e.Record)
}

// fillStep puts on the record what the server knows better than the client:
// the exact text, and the names as they are today.
func (p *platform) fillStep(e *core.RecordEvent, article *core.Record, before publication.Article) error {
	for field, name := range map[string]string{"by": "by_name", "for": "for_name"} {
		if id := e.Record.GetString(field); id != "" {
			person, err := e.App.FindRecordById(records.Staff, id)
			if err != nil {
				return err
			}
			e.Record.Set(name, person.GetString("name"))
		}
	}
	do := publication.Action(e.Record.GetString("action"))
	switch {
	case do == publication.Submit:
		return p.submitVersion(e, article)
	case do == publication.Import:
		return p.importVersion(e, article)
	case !do.IsReview():
		e.Record.Set("version", article.GetString("published"))
		return nil
	}
	if e.Record.GetString("version") == "" {
		e.Record.Set("version", before.Pending)
	}
	version, err := e.App.FindRecordById(records.Versions, e.Record.GetString("version"))
	if err != nil {
		return validation.Errors{"version": fieldError(publication.OtherText{})}
	}
	hash, err := versionHash(e.App, version)
	e.Record.Set("hash", hash)
	return err
}

// stand replays where an article stands.
func stand(app core.App, article string) (publication.Article, error) {
	events, err := eventsOf(app, article)
	if err != nil {
		return publication.Article{}, err
	}
	return publication.Replay(events)
}

func eventsOf(app core.App, article string) ([]publication.Event, error) {
	var steps []*core.Record
	err := app.RecordQuery(records.Steps).AndWhere(dbx.HashExp{"article": article}).OrderBy("_rowid_").All(&steps)
	if err != nil {
		return nil, err
	}
	var events []publication.Event
	for _, s := range steps {
		event, err := eventOf(s)
		if err != nil {
			return nil, err
		}
		events = append(events, event)
	}
	return events, nil
}

func eventOf(step *core.Record) (publication.Event, error) {
	e := publication.Event{Do: publication.Action(step.GetString("action")), Version: step.GetString("version"), Hash: step.GetString("hash"),
		Reason: step.GetString("reason"), By: step.GetString("by"), For: step.GetString("for"), Form: publication.Form(step.GetString("form")),
		Writers: slices.Clone(step.GetStringSlice("writers"))}
	if raw := step.GetString("check"); raw == "" || raw == "null" {
		return e, nil
	}
	return e, step.UnmarshalJSONField("check", &e.Check)
}

// fieldOf is the field of the step at which a domain error is shown.
func fieldOf(err error) string {
	if missing, ok := err.(publication.Incomplete); ok {
		return missing.Field
	}
	return "action"
}

func refuseChange(*core.RecordEvent) error {
	return validation.Errors{"id": validation.NewError("step_is_final", "办理记录不能更改")}
}

// step takes a step on behalf of the server.
func (p *platform) step(app core.App, article, version string, do publication.Action, reason string) error {
	c, err := app.FindCachedCollectionByNameOrId(records.Steps)
	if err != nil {
		return err
	}
	r := core.NewRecord(c)
	r.Load(map[string]any{"article": article, "version": version, "action": string(do), "reason": reason})
	return app.Save(r)
}

// inTx runs a hook and everything after it in one transaction.
func inTx(fn func(*core.RecordEvent) error) func(*core.RecordEvent) error {
	return func(e *core.RecordEvent) error {
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			return fn(e)
		})
	}
}

// today is the civil date in the district.
func (p *platform) today() string { return dayOf(p.options.Now()) }

func dayOf(at time.Time) string { return at.In(shanghai).Format(time.DateOnly) }
