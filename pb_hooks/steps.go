package pb_hooks

import (
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// bindSteps: a step is signed (who, with which duty), replayed (is it legal
// now), stored together with what it makes of the article, and never changed.
func bindSteps(app core.App, p *platform) {
	app.OnRecordCreateRequest(records.Steps).BindFunc(signStep)
	app.OnRecordCreate(records.Steps).BindFunc(inTx(p.takeStep))
	app.OnRecordUpdate(records.Steps).BindFunc(refuseChange)
	app.OnRecordDelete(records.Steps).BindFunc(refuseChange)
}

// signStep records who takes the step and refuses those who may not.
func signStep(e *core.RecordRequestEvent) error {
	if e.Auth == nil || e.Auth.Collection().Name != records.Staff {
		return e.ForbiddenError("只有学校工作人员可以办理。", nil)
	}
	article, err := e.App.FindRecordById(records.Articles, e.Record.GetString("article"))
	if err != nil {
		return err
	}
	step, err := publication.Find(publication.State(article.GetString("state")), publication.Action(e.Record.GetString("action")))
	if err == nil && !slices.Contains(e.Auth.GetStringSlice("duties"), string(step.By)) {
		return e.ForbiddenError("您没有办理这一步的职责。", nil)
	}
	e.Record.Set("by", e.Auth.Id)
	return e.Next()
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
	became, err := publication.Replay(append(events, eventOf(e.Record)))
	if err != nil {
		return validation.Errors{"action": err}
	}
	at := p.options.Now().UTC()
	e.Record.Set("at", at)
	if publication.Action(e.Record.GetString("action")) == publication.Publish {
		if err := p.publishVersion(e, article, at); err != nil {
			return err
		}
	} else {
		article.Set("withdrawn_at", at)
	}
	article.Set("state", string(became.State))
	article.Set("withdrawn_reason", became.Reason)
	if err := e.Next(); err != nil {
		return err
	}
	return e.App.Save(article)
}

// publishVersion freezes the version that the step is about and puts it, its
// index number and the instant on the article.
func (p *platform) publishVersion(e *core.RecordEvent, article *core.Record, at time.Time) error {
	version, err := e.App.FindRecordById(records.Versions, e.Record.GetString("version"))
	if err != nil || version.GetString("article") != article.Id {
		return validation.Errors{"version": publication.Incomplete{Field: "version", Sentence: "这个版本不属于这条信息"}}
	}
	school, column, err := p.placeOf(article)
	if err != nil {
		return err
	}
	day := string(workday.Today(at))
	content, err := contentOf(e.App, version)
	if err != nil {
		return err
	}
	if missing := publication.Missing(content, requirements(column), day); len(missing) > 0 {
		return validation.Errors(missing)
	}
	hash, err := versionHash(e.App, version)
	if err != nil {
		return err
	}
	version.Set("frozen", true)
	version.Set("hash", hash)
	if err := e.App.Save(version); err != nil {
		return err
	}
	e.Record.Set("hash", hash)
	article.Set("published", version.Id)
	article.Set("published_at", at)
	article.Set("withdrawn_at", "")
	article.Set("checked_on", day)
	article.Set("title", version.GetString("title"))
	if article.GetString("index_number") != "" {
		return nil
	}
	article.Set("first_published_at", at)
	number, err := records.NextIndexNumber(e.App, school.Code, column.Code, day[:4])
	article.Set("index_number", number)
	return err
}

func eventsOf(app core.App, article string) ([]publication.Event, error) {
	var steps []*core.Record
	err := app.RecordQuery(records.Steps).AndWhere(dbx.HashExp{"article": article}).OrderBy("_rowid_").All(&steps)
	if err != nil {
		return nil, err
	}
	var events []publication.Event
	for _, s := range steps {
		events = append(events, eventOf(s))
	}
	return events, nil
}

func eventOf(step *core.Record) publication.Event {
	return publication.Event{Do: publication.Action(step.GetString("action")), Version: step.GetString("version"), Reason: step.GetString("reason")}
}

func refuseChange(*core.RecordEvent) error {
	return validation.Errors{"id": validation.NewError("step_is_final", "办理记录不能更改")}
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
