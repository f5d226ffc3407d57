package pb_hooks

import (
	"context"
	"errors"
	"fmt"

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
	missing, _, err := p.outOfStep(ctx, index)
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

// feedMissing adds what the index lacks, a page at a time.
func (p *platform) feedMissing(f *bulkFeed, ids []string) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	for len(ids) > 0 {
		page := ids[:min(len(ids), bulkBatch)]
		ids = ids[len(page):]
		rows, err := p.indexRows(f.ctx, page)
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
