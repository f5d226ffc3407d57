package pb_hooks

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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
	doc := search.Doc{ID: r.ID, Version: indexVersion(r.Version, r.School, d), Column: r.Column, PublishedAt: at, Title: r.Title, Text: richtext.Text(r.Body)}
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
func indexVersion(version, school string, d *records.Directory) string {
	if s, ok := d.ByID(school); ok {
		version += " " + s.Code + " " + strings.Join(s.Stages, ",")
	}
	return version
}

const indexColumns = "SELECT id, school, `column`, version, published_at, title, facts, body FROM public_articles WHERE state = 'published'"

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
	var row indexRow
	err = p.app.ConcurrentDB().NewQuery(indexColumns + " AND id = {:id}").Bind(dbx.Params{"id": id}).WithContext(ctx).One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return index.Remove(ctx, id)
	}
	if err != nil {
		return err
	}
	doc, err := row.doc(d)
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
	d, err := p.directory()
	if err != nil {
		return err
	}
	indexed, err := index.Versions(ctx)
	if err != nil {
		return err
	}
	var public []struct {
		ID      string `db:"id"`
		School  string `db:"school"`
		Version string `db:"published"`
	}
	err = p.app.ConcurrentDB().Select("id", "school", "published").From(records.Articles).Where(dbx.HashExp{"state": "published"}).WithContext(ctx).All(&public)
	if err != nil {
		return err
	}
	for _, a := range public {
		if indexed[a.ID] != indexVersion(a.Version, a.School, d) {
			if err := p.indexArticle(ctx, a.ID); err != nil {
				return err
			}
		}
		delete(indexed, a.ID)
	}
	for id := range indexed {
		if err := index.Remove(ctx, id); err != nil {
			return err
		}
	}
	return nil
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
		var rows []indexRow
		err := p.app.ConcurrentDB().NewQuery(indexColumns + " AND id > {:last} ORDER BY id LIMIT 500").
			Bind(dbx.Params{"last": last}).WithContext(ctx).All(&rows)
		if err != nil || len(rows) == 0 {
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
		last = rows[len(rows)-1].ID
		done += len(rows)
		progress(done)
	}
}

// bindBackups leaves the search index out of backups: it is rebuilt from the
// database, and restoring an old one would only be wrong.
func bindBackups(app core.App) {
	exclude := func(e *core.BackupEvent) error {
		e.Exclude = append(e.Exclude, searchFile, searchFile+"-wal", searchFile+"-shm")
		return e.Next()
	}
	app.OnBackupCreate().BindFunc(exclude)
	app.OnBackupRestore().BindFunc(exclude)
}
