package pb_hooks

import (
	"maps"
	"sync"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/standard"
)

// downloads counts what visitors took of forms since the last flush: the public
// site only reads, and nothing is kept of who it was. A process that is killed
// loses the count of a minute at most.
type downloads struct {
	mu      sync.Mutex
	waiting map[string]int // by article
}

func (d *downloads) add(article string, n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.waiting == nil {
		d.waiting = map[string]int{}
	}
	d.waiting[article] += n
}

func (d *downloads) take() map[string]int {
	d.mu.Lock()
	defer d.mu.Unlock()
	taken := d.waiting
	d.waiting = nil
	return taken
}

// bindDownloads stores what is left when the server ends, after its last answer.
func bindDownloads(app core.App, p *platform) {
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		p.storeDownloads()
		return e.Next()
	})
}

// storeDownloads adds what was counted to the sums, in one transaction, and lets
// the pages say so. What cannot be stored now waits for the next time.
func (p *platform) storeDownloads() {
	taken := p.downloads.take()
	if len(taken) == 0 {
		return
	}
	err := p.app.RunInTransaction(func(tx core.App) error {
		for article, n := range taken {
			if err := countMore(tx, article, countDownload, n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		p.app.Logger().Error("store the downloads of forms", "error", err)
		for article, n := range taken {
			p.downloads.add(article, n)
		}
		return
	}
	for article := range maps.Keys(taken) {
		p.drop(site.ArticleTag(article))
	}
}

// downloadsOf is how often the files of an article were taken, of all its
// versions; nil in columns where that is not counted.
func downloadsOf(app core.App, article string, c standard.Column) (*int, error) {
	if c.Kind != standard.Attachment {
		return nil, nil
	}
	counts, err := countsOf(app, article)
	n := counts[countDownload]
	return &n, err
}

// countMore adds to a sum. An article that is not there any more is left out.
func countMore(app core.App, article, kind string, n int) error {
	_, err := app.DB().NewQuery("INSERT INTO " + records.ArticleCounts + " (id, article, kind, n)" +
		" SELECT {:id}, id, {:kind}, {:n} FROM " + records.Articles + " WHERE id = {:article}" +
		" ON CONFLICT (article, kind) DO UPDATE SET n = n + excluded.n").
		Bind(dbx.Params{"id": core.GenerateDefaultRandomId(), "article": article, "kind": kind, "n": n}).Execute()
	return err
}
