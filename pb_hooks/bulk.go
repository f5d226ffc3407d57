package pb_hooks

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"iter"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/search"
)

// bulkBatch is how many articles one transaction holds. Each transaction is
// whole: a killed process leaves no half article behind.
const bulkBatch = 500

// newArticle is an article that is published as it is written: a line of an
// import, or a piece of the demonstration.
type newArticle struct {
	Key         string // import_key; the ids follow from it, so that a second run finds the first one's rows
	School      *records.School
	Column      string
	Title       string
	Source      string
	DocNumber   string
	CreatedOn   string
	PublishedAt time.Time
	Body        string // as it was written; it is cleaned here
	Facts       []map[string]string
	Attachments []string // records that are stored already
}

// id is the article's record id.
func (a newArticle) id() string { return idOf(records.Articles, a.Key) }

// idOf makes a record id from what the record is about.
func idOf(collection, key string) string {
	sum := sha256.Sum256([]byte(collection + "\n" + key))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:15]
}

// bulkCount is what a bulk write did.
type bulkCount struct{ Written, Known int }

// bulkOptions: Told hears of every batch after its commit.
type bulkOptions struct {
	Batch int // 0 is bulkBatch
	Told  func(bulkCount)
}

// writeArticles publishes many articles: one goroutine reads and cleans, one
// writes batches, one feeds the search index. What is already there is passed
// over. When ctx ends, the batch under way is finished and the index is told;
// running it again goes on from there.
func (p *platform) writeArticles(ctx context.Context, articles iter.Seq2[newArticle, error], o bulkOptions) (bulkCount, error) {
	if o.Batch == 0 {
		o.Batch = bulkBatch
	}
	w, err := p.newBulkWriter()
	if err != nil {
		return bulkCount{}, err
	}
	defer w.close()
	feed, err := p.newBulkFeed(context.WithoutCancel(ctx))
	if err != nil {
		return bulkCount{}, err
	}
	prepared, committed := make(chan []preparedArticle, 1), make(chan []search.Doc, 1)
	var total bulkCount
	g, work := errgroup.WithContext(context.WithoutCancel(ctx))
	g.Go(func() error {
		defer close(prepared)
		return w.prepareAll(ctx, work, articles, o.Batch, prepared)
	})
	g.Go(func() error {
		defer close(committed)
		for batch := range prepared {
			docs, err := w.write(work, batch)
			if err != nil {
				return err
			}
			total.Written += len(docs)
			total.Known += len(batch) - len(docs)
			if o.Told != nil {
				o.Told(total)
			}
			committed <- docs
		}
		return nil
	})
	g.Go(func() error { return feed.addAll(committed) })
	err = g.Wait()
	if total.Written > 0 {
		err = errors.Join(err, w.analyze(context.WithoutCancel(ctx)))
	}
	// what was committed is indexed even where a later batch failed
	if feed.commit() != nil {
		err = errors.Join(err, p.healIndex(context.WithoutCancel(ctx)))
	}
	return total, errors.Join(err, ctx.Err())
}

// prepareAll cleans articles and hands them on in batches until ctx ends.
func (w *bulkWriter) prepareAll(ctx, work context.Context, articles iter.Seq2[newArticle, error], size int, to chan<- []preparedArticle) error {
	var batch []preparedArticle
	hand := func() error {
		select {
		case to <- batch:
			batch = nil
			return nil
		case <-work.Done():
			return work.Err()
		}
	}
	for a, err := range articles {
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return nil
		}
		ready, err := w.prepare(a)
		if err != nil {
			return err
		}
		if batch = append(batch, ready); len(batch) == size {
			if err := hand(); err != nil {
				return err
			}
		}
	}
	if len(batch) == 0 {
		return nil
	}
	return hand()
}
