package pb_hooks

import (
	"context"
	"net/url"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/movein"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
)

// mostHosts is how many old sites may have had the same path before nobody can tell
// whose is meant.
const mostHosts = 20

// OldAddress implements site.Reader: the public article that stands where a page of
// an old site was. Path and query together are what counts; a query that no page had
// is passed over (it tells who shared a link), unless pages of that path were told
// apart by theirs. Where several sites had the path, it is the one that is asked. What
// is asked of the front page was asked of that very site.
func (r reader) OldAddress(ctx context.Context, host string, u *url.URL) (string, error) {
	at := movein.AddressOf(u)
	host = movein.Host(host)
	paths := []string{at.Path}
	if bare := at.WithoutQuery().Path; bare != at.Path && bare != "/" {
		asked := 0
		err := r.p.app.ConcurrentDB().Select("count(*)").From(records.OldAddresses).
			Where(dbx.NewExp("path >= {:from} AND path < {:to}", dbx.Params{"from": bare + "?", "to": bare + "@"})). // @ follows ? in ASCII
			WithContext(ctx).Row(&asked)
		if err != nil {
			return "", err
		}
		if asked == 0 {
			paths = append(paths, bare)
		}
	}
	for _, path := range paths {
		var rows []struct{ Host, Article string }
		err := r.p.app.ConcurrentDB().Select("o.host", "o.article").From(records.OldAddresses+" o").
			InnerJoin(records.PublicArticles+" a", dbx.NewExp("a.id = o.article")).
			Where(dbx.HashExp{"o.path": path}).Limit(mostHosts).WithContext(ctx).All(&rows)
		if err != nil {
			return "", err
		}
		for _, row := range rows {
			if row.Host == host {
				return row.Article, nil
			}
		}
		if len(rows) == 1 && u.Path != "/" {
			return rows[0].Article, nil
		}
	}
	return "", site.ErrNotFound
}
