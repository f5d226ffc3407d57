package pb_hooks

import (
	"context"
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/search"
)

// bulkFeed takes committed articles into the search index, which shows all of
// them when it is done.
type bulkFeed struct {
	ctx   context.Context
	bulk  *search.Bulk
	added int
}

// newBulkFeed begins with what an earlier run that was killed left out.
func (p *platform) newBulkFeed(ctx context.Context) (*bulkFeed, error) {
	index, err := p.searchIndex()
	if err != nil {
		return nil, err
	}
	missing, err := p.missingInIndex(ctx, index)
	if err != nil {
		return nil, err
	}
	bulk, err := index.Bulk(ctx)
	if err != nil {
		return nil, err
	}
	f := &bulkFeed{ctx: ctx, bulk: bulk}
	if err := p.feedMissing(f, missing); err != nil {
		return nil, errors.Join(err, bulk.Abort())
	}
	return f, nil
}

// addAll adds what arrives until the channel is closed. After an error it
// keeps emptying the channel: the database goes first, the index can be healed.
func (f *bulkFeed) addAll(committed <-chan []search.Doc) (err error) {
	for docs := range committed {
		if err == nil {
			err = f.bulk.Add(f.ctx, docs...)
			f.added += len(docs)
		}
	}
	return err
}

func (f *bulkFeed) commit() error {
	if f.added == 0 {
		return f.bulk.Abort()
	}
	if err := f.bulk.Commit(f.ctx); err != nil {
		return fmt.Errorf("finish the search index: %w", err)
	}
	return nil
}

// healIndex adds what the index lacks. It is the second try of a feed that a
// server has come in the way of, which fills the same index when it starts.
func (p *platform) healIndex(ctx context.Context) error {
	f, err := p.newBulkFeed(ctx)
	if err == nil {
		err = f.commit()
	}
	if err != nil {
		return fmt.Errorf("信息已写入，但检索索引没有更新，请运行 gongkai search rebuild：%w", err)
	}
	return nil
}

// missingInIndex are the published articles that the index does not know, or
// knows in another version.
func (p *platform) missingInIndex(ctx context.Context, index *search.Index) ([]any, error) {
	var public []struct {
		ID      string `db:"id"`
		Version string `db:"published"`
	}
	err := p.app.ConcurrentDB().Select("id", "published").From(records.Articles).Where(dbx.HashExp{"state": "published"}).WithContext(ctx).All(&public)
	if err != nil {
		return nil, fmt.Errorf("read what is published: %w", err)
	}
	indexed, err := index.Versions(ctx)
	if err != nil {
		return nil, err
	}
	var missing []any
	for _, a := range public {
		if indexed[a.ID] != a.Version {
			missing = append(missing, a.ID)
		}
	}
	return missing, nil
}

func (p *platform) feedMissing(f *bulkFeed, ids []any) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	for len(ids) > 0 {
		page := ids[:min(len(ids), bulkBatch)]
		ids = ids[len(page):]
		var rows []indexRow
		err := p.app.ConcurrentDB().Select("id", "school", "column", "version", "published_at", "title", "facts", "body").From(records.PublicArticles).
			// the plus keeps the planner from walking all that is published
			Where(dbx.And(dbx.HashExp{"id": page}, dbx.NewExp("+state = 'published'"))).WithContext(f.ctx).All(&rows)
		if err != nil {
			return fmt.Errorf("read what the index lacks: %w", err)
		}
		docs := make([]search.Doc, len(rows))
		for i, row := range rows {
			if docs[i], err = row.doc(d); err != nil {
				return err
			}
		}
		if err := f.bulk.Add(f.ctx, docs...); err != nil {
			return err
		}
		f.added += len(docs)
	}
	return nil
}
