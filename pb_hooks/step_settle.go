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

// settle writes what a step made of the article, and does what follows from it
// in the same transaction: a returned text is copied for its writer, a cleared
// one is made public if its time has come.
func (p *platform) settle(app core.App, article *core.Record, before, became publication.Article, step *core.Record) error {
	at := step.GetDateTime("at").Time()
	article.Set("state", string(became.State))
	article.Set("withdrawn_reason", became.Reason)
	if became.Stage != before.Stage {
		article.Set("claimed_by", "")
		article.Set("claimed_at", "")
		article.Set("stage_since", at)
	}
	article.Set("stage", string(became.Stage))
	article.Set("pending", became.Pending)
	if became.Stage == publication.Drafting || became.Stage == publication.Returned || became.Stage == publication.Withheld {
		article.Set("pending", "")
	}
	if before.Stage == publication.Released {
		article.Set("release_at", "")
	}
	if err := p.route(app, article, became); err != nil {
		return err
	}
	do := publication.Action(step.GetString("action"))
	switch do {
	case publication.Publish, publication.Import:
		if err := p.makePublic(app, article, became.Version, at); err != nil {
			return err
		}
	case publication.Withdraw, publication.TakeDown, publication.Conclude:
		article.Set("withdrawn_at", at)
	case publication.Confirm:
		article.Set("checked_on", dayOf(at))
	}
	if err := app.Save(article); err != nil {
		return err
	}
	if err := p.tellPeople(app, article, became, step); err != nil {
		return err
	}
	switch do {
	case publication.Return, publication.Recall:
		return reopen(app, article.Id, before)
	case publication.Withdraw, publication.TakeDown:
		if before.Stage == publication.Released { // it waited for its hour, and waits no longer
			if err := reopen(app, article.Id, before); err != nil {
				return err
			}
		}
		return resolveFindings(app, article.Id)
	case publication.Publish, publication.Conclude:
		return resolveFindings(app, article.Id)
	case publication.Clear:
		if due := article.GetDateTime("release_at").Time(); !due.After(p.options.Now()) {
			return p.step(app, article.Id, became.Pending, publication.Publish, "")
		}
	}
	return nil
}

// submitVersion freezes the version, scans it and notes which reviews it needs.
func (p *platform) submitVersion(e *core.RecordEvent, article *core.Record) error {
	version, err := e.App.FindRecordById(records.Versions, e.Record.GetString("version"))
	if err != nil || version.GetString("article") != article.Id {
		return validation.Errors{"version": publication.Incomplete{Field: "version", Sentence: "请选择要提交的版本"}}
	}
	if version.GetBool("frozen") {
		return validation.Errors{"version": validation.NewError("version_is_frozen", "这个版本已经送审过，请新建修改稿")}
	}
	if err := letterProblem(e.App, article); err != nil {
		return err
	}
	if err := unplacedProblem(e.App, article); err != nil {
		return err
	}
	if err := annualProblem(e.App, article, version); err != nil {
		return err
	}
	if err := p.refuseIncomplete(e.App, article, version); err != nil {
		return err
	}
	hash, err := p.freeze(e.App, version)
	if err != nil {
		return err
	}
	rule, err := p.ruleFor(e.App, article)
	if err != nil {
		return err
	}
	e.Record.Set("hash", hash)
	e.Record.Set("form", string(rule.Form))
	e.Record.Set("writers", version.GetStringSlice("writers"))
	if article.GetString("published") == "" {
		article.Set("title", version.GetString("title"))
	}
	article.Set("release_at", version.GetDateTime("release_at"))
	return p.keepFindings(e.App, article, version)
}

// importVersion is the one step by which a text becomes public without review:
// it was public before it came here.
func (p *platform) importVersion(e *core.RecordEvent, article *core.Record) error {
	version, err := e.App.FindRecordById(records.Versions, e.Record.GetString("version"))
	if err != nil || version.GetString("article") != article.Id {
		return validation.Errors{"version": publication.Incomplete{Field: "version", Sentence: "这个版本不属于这条信息"}}
	}
	hash, err := p.freeze(e.App, version)
	e.Record.Set("hash", hash)
	return err
}

// freeze makes a version the exact text that a step is about.
func (p *platform) freeze(app core.App, version *core.Record) (hash string, err error) {
	if hash, err = versionHash(app, version); err != nil {
		return "", err
	}
	version.Set("frozen", true)
	version.Set("hash", hash)
	return hash, app.Save(version)
}

// refuseIncomplete asks for everything that the column wants of its content.
func (p *platform) refuseIncomplete(app core.App, article, version *core.Record) error {
	_, column, err := p.placeOf(app, article)
	if err != nil {
		return err
	}
	content, err := contentOf(app, version)
	if err != nil {
		return err
	}
	missing := publication.Missing(content, requirements(column), p.today())
	if sentence := badSchoolDay(content.Facts); column.Code == calendarColumn && missing["facts"] == nil && sentence != "" {
		missing["facts"] = publication.Incomplete{Field: "facts", Sentence: sentence}
	}
	if at := version.GetDateTime("release_at").Time(); at.After(p.options.Now().AddDate(1, 0, 0)) {
		missing["release_at"] = publication.Incomplete{Field: "release_at", Sentence: "公开时间不能晚于一年以后"}
	} else if until := version.GetString("valid_until"); until != "" && !at.IsZero() && until < dayOf(at) {
		missing["valid_until"] = publication.Incomplete{Field: "valid_until", Sentence: "有效期在定时公开之前就结束了，请改晚一些或留空"}
	}
	if sentence, err := p.callProblem(app, article, version); err != nil {
		return err
	} else if sentence != "" {
		missing["facts"] = publication.Incomplete{Field: "facts", Sentence: sentence}
	}
	if len(missing) > 0 {
		return validation.Errors(missing)
	}
	return nil
}

// makePublic puts the version, its index number and the instant on the article.
func (p *platform) makePublic(app core.App, article *core.Record, id string, at time.Time) error {
	version, err := app.FindRecordById(records.Versions, id)
	if err != nil {
		return err
	}
	if err := letterProblem(app, article); err != nil {
		return err
	}
	if err := p.keepAsked(app, article, version); err != nil {
		return callRefusal(err, "action")
	}
	day := dayOf(at)
	article.Set("published", id)
	article.Set("published_at", at)
	article.Set("withdrawn_at", "")
	var facts []map[string]string
	if err := version.UnmarshalJSONField("facts", &facts); err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	column, _ := d.Node(article.GetString("column"))
	article.Set("checked_on", checkedOn(column, facts, day))
	article.Set("title", version.GetString("title"))
	article.Set("release_at", "")
	article.Set("valid_until", version.GetString("valid_until"))
	article.Set("publicity_until", "")
	if n := version.GetInt("publicity_workdays"); n > 0 {
		calendar, err := p.calendar(app)
		if err != nil {
			return err
		}
		article.Set("publicity_until", string(calendar.Add(workday.Date(day), n)))
	}
	if article.GetString("index_number") != "" {
		return nil
	}
	school, column, err := p.placeOf(app, article)
	if err != nil {
		return err
	}
	article.Set("first_published_at", at)
	number, err := records.NextIndexNumber(app, school.Code, column.Code, day[:4])
	article.Set("index_number", number)
	return err
}

// reopen gives the writer a copy of the text that came back: the one that was
// reviewed stays as it was.
func reopen(app core.App, article string, before publication.Article) error {
	open, err := app.CountRecords(records.Versions, dbx.HashExp{"article": article, "frozen": false})
	if err != nil || open > 0 {
		return err
	}
	reviewed, err := app.FindRecordById(records.Versions, before.Pending)
	if err != nil {
		return err
	}
	copied := core.NewRecord(reviewed.Collection())
	copied.Load(map[string]any{"article": article, "author": reviewed.GetString("author"), "writers": slices.Clone(before.Writers),
		"restored_from": before.Pending})
	return app.Save(copied)
}
