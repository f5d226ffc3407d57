package pb_hooks

import (
	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
)

// derived fields of an article come from its steps and versions only.
var derivedOfArticle = []string{"title", "state", "index_number", "published", "published_at", "first_published_at", "withdrawn_at",
	"withdrawn_reason", "checked_on", "import_key", "author", "stage", "pending", "stage_since", "stage_due", "at_bureau", "release_at",
	"publicity_until", "valid_until", "claimed_by", "claimed_at", "broadcast", "letter", "batch"}

func bindArticles(app core.App, p *platform) {
	app.OnRecordCreateRequest(records.Articles).BindFunc(fillOwnSchool)
	app.OnRecordCreate(records.Articles).BindFunc(inTx(p.startArticle))
	app.OnRecordUpdateRequest(records.Articles).BindFunc(keepDerived)
	app.OnRecordUpdate(records.Articles).BindFunc(keepPlace)
	app.OnRecordDelete(records.Articles).BindFunc(keepPublished)
}

// fillOwnSchool puts the writer and the writer's school on a new article.
func fillOwnSchool(e *core.RecordRequestEvent) error {
	if e.Auth == nil || e.Auth.Collection().Name != records.Staff {
		return e.ForbiddenError("只有学校工作人员可以写信息。", nil)
	}
	for _, f := range derivedOfArticle[1:] {
		e.Record.Set(f, nil)
	}
	e.Record.Set("author", e.Auth.Id)
	e.Record.Set("school", e.Auth.GetString("school"))
	return e.Next()
}

// startArticle checks that the school has the column and gives the new article
// its first version, both in one transaction.
func (p *platform) startArticle(e *core.RecordEvent) error {
	for field, first := range map[string]string{"state": string(publication.Draft), "stage": string(publication.Drafting)} {
		if e.Record.GetString(field) == "" {
			e.Record.Set(field, first)
		}
	}
	school, column, err := p.placeOf(e.App, e.Record)
	if err != nil {
		return err
	}
	if !column.Kind.IsWritten() {
		return validation.Errors{"column": validation.NewError("column_not_written", "“"+column.Name+"”由系统生成，不能在这里发布")}
	}
	if err := e.Next(); err != nil {
		return err
	}
	c, err := e.App.FindCachedCollectionByNameOrId(records.Versions)
	if err != nil {
		return err
	}
	v := core.NewRecord(c)
	v.Load(map[string]any{"article": e.Record.Id, "title": e.Record.GetString("title"), "author": e.Record.GetString("author"), "source": school.Name,
		"writers": e.Record.GetString("author")})
	return e.App.Save(v)
}

// placeOf finds the school and the column that an article stands in. A column
// that the school does not show is an error at the field.
func (p *platform) placeOf(app core.App, article *core.Record) (*records.School, standard.Column, error) {
	d, err := p.directory()
	if err != nil {
		return nil, standard.Column{}, err
	}
	school, ok := d.ByID(article.GetString("school"))
	if !ok { // it may be opened in this transaction
		if record, err := app.FindRecordById(records.Schools, article.GetString("school")); err == nil {
			school, ok = records.SchoolOf(record), true
			school.Columns = standard.For(d.Nodes, school.Traits())
		}
	}
	if !ok {
		return nil, standard.Column{}, validation.Errors{"school": validation.NewError("school_unknown", "没有这所学校")}
	}
	code := article.GetString("column")
	if code == "" {
		return nil, standard.Column{}, validation.Errors{"column": validation.NewError("column_missing", "请选择栏目")}
	}
	column, ok := school.Column(code)
	if !ok {
		return nil, standard.Column{}, validation.Errors{"column": validation.NewError("column_not_applicable", "本校没有这个栏目")}
	}
	return school, column, nil
}

func requirements(c standard.Column) publication.Column {
	return publication.Column{Kind: string(c.Kind), NamedFields: c.NamedFields(), NeedsFile: c.Kind == standard.Attachment, Publicity: c.PublicityWorkdays}
}

// keepDerived lets nobody, superusers included, write over what steps decide.
func keepDerived(e *core.RecordRequestEvent) error {
	for _, f := range derivedOfArticle {
		e.Record.Set(f, e.Record.Original().Get(f))
	}
	return e.Next()
}

// keepPlace lets nobody move an article that was ever submitted: its reviews were
// those of its column, and its index number names both.
func keepPlace(e *core.RecordEvent) error {
	for field, what := range map[string]string{"school": "学校", "column": "栏目"} {
		if e.Record.GetString(field) == e.Record.Original().GetString(field) {
			continue
		}
		steps, err := e.App.CountRecords(records.Steps, dbx.HashExp{"article": e.Record.Id})
		if err != nil {
			return err
		}
		if steps > 0 {
			return refused(field, "place_is_final", "提交审核或公开过的信息不能换"+what+"，请撤回后在新的"+what+"重新发布")
		}
	}
	return e.Next()
}

// keepPublished refuses to delete what was ever submitted: its steps, its index
// number and its tombstone stay.
func keepPublished(e *core.RecordEvent) error {
	steps, err := e.App.CountRecords(records.Steps, dbx.HashExp{"article": e.Record.Id})
	if err != nil {
		return err
	}
	if steps > 0 {
		return validation.Errors{"id": validation.NewError("article_is_kept", "提交审核或公开过的信息要留存，不能删除")}
	}
	return e.Next()
}
