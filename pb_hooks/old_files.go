package pb_hooks

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
)

// An address of a file is written down, sent on and printed. When the file is
// replaced or withdrawn the address leads to the article, which says so. A file
// that was never public is not found, as before.

// moved answers for a file that is not public: where it leads, or not found.
func (r reader) moved(ctx context.Context, f *core.Record) error {
	old, err := r.OldFile(ctx, f.GetString("article"), f.Id)
	if err != nil {
		return err
	}
	if old == nil {
		return site.ErrNotFound
	}
	return site.Moved{Article: f.GetString("article"), File: f.Id}
}

// OldFile implements site.Reader: nil for a file that is still offered, or was
// never public.
func (r reader) OldFile(ctx context.Context, article, attachment string) (*site.OldFile, error) {
	a, err := r.p.public.Article(ctx, article)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil || slices.Contains(a.AttachmentIDs(), attachment) {
		return nil, err
	}
	var last int
	err = r.p.app.ConcurrentDB().NewQuery("SELECT coalesce(max(v.number), 0) FROM " + records.Steps + " s JOIN " + records.Versions + " v ON v.id = s.version" +
		" WHERE s.article = {:article} AND s.action IN ('publish', 'import')" +
		" AND EXISTS (SELECT 1 FROM json_each(v.attachments) shown WHERE shown.value = {:file})").
		Bind(dbx.Params{"article": article, "file": attachment}).WithContext(ctx).Row(&last)
	if err != nil || last == 0 {
		return nil, err
	}
	return &site.OldFile{Version: last}, nil
}
