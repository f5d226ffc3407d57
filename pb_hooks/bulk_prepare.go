package pb_hooks

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/richtext"
	"gongkai/pb_hooks/search"
	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/workday"
)

// preparedArticle is an article ready to be inserted: only its index number is
// missing, which is taken in the transaction.
type preparedArticle struct {
	key, prefix            string
	article, version, step []any
	doc                    search.Doc
}

// prepare makes the three rows that publishing an article leaves behind, with
// the values that PocketBase would store.
func (w *bulkWriter) prepare(a newArticle) (preparedArticle, error) {
	article, version, step := core.NewRecord(w.articles.collection), core.NewRecord(w.versions.collection), core.NewRecord(w.steps.collection)
	article.Id, version.Id, step.Id = a.id(), idOf(records.Versions, a.Key), idOf(records.Steps, a.Key)
	if err := w.fillVersion(version, article.Id, a); err != nil {
		return preparedArticle{}, fmt.Errorf("article %q: %w", a.Title, err)
	}
	at := a.PublishedAt.UTC()
	article.Load(map[string]any{"school": a.School.ID, "column": a.Column, "title": version.GetString("title"), "state": string(publication.Published), "stage": string(publication.Drafting),
		"published": version.Id, "published_at": at, "first_published_at": at, "stage_since": at, "import_key": a.Key})
	if column, _ := w.directory.Node(a.Column); column.Kind == standard.QA {
		article.Set("checked_on", checkedOn(column, a.Facts, string(workday.Today(at))))
	}
	step.Load(map[string]any{"article": article.Id, "version": version.Id, "action": string(publication.Import), "hash": version.GetString("hash"), "at": at,
		"stage": string(publication.Drafting), "check": publication.Check{}})
	ready := preparedArticle{key: a.Key, prefix: records.IndexPrefix(a.School.Code, a.Column, string(workday.Today(at))[:4])}
	for _, row := range []struct {
		table  *bulkTable
		record *core.Record
		values *[]any
	}{{w.articles, article, &ready.article}, {w.versions, version, &ready.version}, {w.steps, step, &ready.step}} {
		for _, f := range []string{"created", "updated"} {
			row.record.SetRaw(f, w.now)
		}
		exported, err := row.record.DBExport(w.app)
		if err != nil {
			return preparedArticle{}, fmt.Errorf("article %q: %w", a.Title, err)
		}
		*row.values = row.table.values(exported)
	}
	var err error
	ready.doc, err = indexRow{ID: article.Id, School: a.School.ID, Column: a.Column, Version: version.Id, PublishedAt: at.Format(records.InstantLayout),
		Title: version.GetString("title"), Facts: version.GetString("facts"), Body: version.GetString("body")}.doc(w.directory)
	return ready, err
}

func (w *bulkWriter) fillVersion(version *core.Record, article string, a newArticle) error {
	cleaned, err := richtext.Clean(a.Body)
	if err != nil {
		return err
	}
	facts, err := json.Marshal(a.Facts)
	if err != nil {
		return err
	}
	version.Load(map[string]any{"article": article, "number": 1, "frozen": true, "title": strings.Join(strings.Fields(a.Title), " "),
		"source": a.Source, "doc_number": a.DocNumber, "created_on": a.CreatedOn, "attachments": a.Attachments, "facts": types.JSONRaw(facts),
		"body": cleaned.HTML, "summary": richtext.Summary(richtext.Text(cleaned.HTML), 100)})
	if err := cleanFacts(version); err != nil {
		return err
	}
	hash, err := versionHash(w.app, version)
	version.Set("hash", hash)
	return err
}

// bulkTable is a collection that rows are inserted into.
type bulkTable struct {
	collection *core.Collection
	columns    []string
}

func newBulkTable(app core.App, name string) (*bulkTable, error) {
	c, err := app.FindCollectionByNameOrId(name)
	if err != nil {
		return nil, fmt.Errorf("read collection %s: %w", name, err)
	}
	return &bulkTable{collection: c, columns: c.Fields.FieldNames()}, nil
}

func (t *bulkTable) values(exported map[string]any) []any {
	values := make([]any, len(t.columns))
	for i, name := range t.columns {
		values[i] = exported[name]
	}
	return values
}

// at is the place of a column in values.
func (t *bulkTable) at(column string) int { return slices.Index(t.columns, column) }

func (t *bulkTable) insert() string {
	return "INSERT INTO `" + t.collection.Name + "` (`" + strings.Join(t.columns, "`, `") + "`) VALUES (?" + strings.Repeat(", ?", len(t.columns)-1) + ")"
}
