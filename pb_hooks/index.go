package pb_hooks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/richtext"
	"gongkai/pb_hooks/search"
)

// indexRow is what the index is built from: one row of the public view.
type indexRow struct {
	ID          string `db:"id"`
	School      string `db:"school"`
	Column      string `db:"column"`
	Version     string `db:"version"`
	PublishedAt string `db:"published_at"`
	Title       string `db:"title"`
	Facts       string `db:"facts"`
	Body        string `db:"body"`
}

func (r indexRow) doc(d *records.Directory) (search.Doc, error) {
	at, err := time.Parse(records.InstantLayout, r.PublishedAt)
	if err != nil {
		return search.Doc{}, fmt.Errorf("article %s: %w", r.ID, err)
	}
	doc := search.Doc{ID: r.ID, Version: indexVersion(r.Version, r.School, r.Column, d), Column: r.Column, PublishedAt: at, Title: r.Title, Text: richtext.Text(r.Body)}
	for _, row := range (records.PublicArticle{Facts: r.Facts}).FactRows() {
		for _, text := range row {
			doc.Text += "\n" + text
		}
	}
	if s, ok := d.ByID(r.School); ok {
		doc.School, doc.Stages = s.Code, s.Stages
	}
	return doc, nil
}

// indexVersion changes when the text or what the article is filtered by does.
func indexVersion(version, school, column string, d *records.Directory) string {
	version += " " + column
	if s, ok := d.ByID(school); ok {
		version += " " + s.Code + " " + strings.Join(s.Stages, ",")
	}
	return version
}

// indexArticle brings one article's entry in step with what is public.
func (p *platform) indexArticle(ctx context.Context, id string) error {
	index, err := p.searchIndex()
	if err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	rows, err := p.indexRows(ctx, []string{id})
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return index.Remove(ctx, id)
	}
	doc, err := rows[0].doc(d)
	if err != nil {
		return err
	}
	return index.Put(ctx, doc)
}

// reconcile brings the whole index in step: it adds and renews what differs and
// removes what is no longer public. A server that was killed between a commit
// and the index heals here.
func (p *platform) reconcile(ctx context.Context) error {
	index, err := p.searchIndex()
	if err != nil {
		return err
	}
	if index.NeedsRebuild() {
		return p.rebuild(ctx, func(int, int) {})
	}
	missing, gone, err := p.outOfStep(ctx, index)
	if err != nil {
		return err
	}
	if len(missing) > mostSingly {
		return p.rebuild(ctx, func(int, int) {})
	}
	for _, id := range missing {
		if err := p.indexArticle(ctx, id); err != nil {
			return err
		}
	}
	return index.Remove(ctx, gone...)
}

// mostSingly is up to how many articles are indexed one by one: making the whole index
// anew is quicker then.
const mostSingly = 20000

// outOfStep compares the index with the database: articles it lacks or knows in
// another version, and those that are no longer public.
func (p *platform) outOfStep(ctx context.Context, index *search.Index) (missing, gone []string, err error) {
	d, err := p.directory()
	if err != nil {
		return nil, nil, err
	}
	indexed, err := index.Versions(ctx)
	if err != nil {
		return nil, nil, err
	}
	var public []struct {
		ID      string `db:"id"`
		School  string `db:"school"`
		Column  string `db:"column"`
		Version string `db:"published"`
	}
	err = p.app.ConcurrentDB().Select("id", "school", "column", "published").From(records.Articles).Where(dbx.HashExp{"state": "published"}).WithContext(ctx).All(&public)
	if err != nil {
		return nil, nil, fmt.Errorf("read what is published: %w", err)
	}
	for _, a := range public {
		if indexed[a.ID] != indexVersion(a.Version, a.School, a.Column, d) {
			missing = append(missing, a.ID)
		}
		delete(indexed, a.ID)
	}
	return missing, slices.Collect(maps.Keys(indexed)), nil
}

// rebuild makes the index anew from the database and reports how far it is.
func (p *platform) rebuild(ctx context.Context, progress func(done, total int)) error {
	index, err := p.searchIndex()
	if err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	total, err := p.app.CountRecords(records.Articles, dbx.HashExp{"state": "published"})
	if err != nil {
		return err
	}
	bulk, err := index.Bulk(ctx)
	if err != nil {
		return err
	}
	if err := p.feed(ctx, bulk, d, func(done int) { progress(done, int(total)) }); err != nil {
		return errors.Join(err, bulk.Abort())
	}
	return bulk.Commit(ctx)
}

// feed reads everything public in the order of its keys, a page at a time, so
// that no reading transaction stays open while the index is written.
func (p *platform) feed(ctx context.Context, bulk *search.Bulk, d *records.Directory, progress func(done int)) error {
	last, done := "", 0
	for {
		var ids []string
		err := p.app.ConcurrentDB().NewQuery("SELECT id FROM articles WHERE id > {:last} AND +state = 'published' ORDER BY id LIMIT 500").
			Bind(dbx.Params{"last": last}).WithContext(ctx).Column(&ids)
		if err != nil || len(ids) == 0 {
			return err
		}
		rows, err := p.indexRows(ctx, ids)
		if err != nil {
			return err
		}
		for _, row := range rows {
			doc, err := row.doc(d)
			if err != nil {
				return err
			}
			if err := bulk.Add(ctx, doc); err != nil {
				return err
			}
		}
		last = ids[len(ids)-1]
		done += len(ids)
		progress(done)
	}
}

// indexRows reads what is public of these articles. The join is written so that
// SQLite looks each id up instead of walking all that is published.
func (p *platform) indexRows(ctx context.Context, ids []string) ([]indexRow, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	var rows []indexRow
	err = p.app.ConcurrentDB().NewQuery("SELECT p.id, p.school, p.`column`, p.version, p.published_at, p.title, p.facts, p.body" +
		" FROM json_each({:ids}) wanted CROSS JOIN public_articles p ON p.id = wanted.value WHERE p.state = 'published'").
		Bind(dbx.Params{"ids": string(list)}).WithContext(ctx).All(&rows)
	return rows, err
}

// bindBackups leaves the search index out of backups: it is rebuilt from the
// database, and restoring an old one would only be wrong.
func bindBackups(app core.App) {
	exclude := func(e *core.BackupEvent) error {
		e.Exclude = append(e.Exclude, searchFile, searchFile+"-wal", searchFile+"-shm", accessFolder)
		return e.Next()
	}
	app.OnBackupCreate().BindFunc(exclude)
	app.OnBackupRestore().BindFunc(exclude)
}
