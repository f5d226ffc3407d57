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
// an old site was. The path is what counts, with its query and then without; where
// several sites had it, the one that is asked.
func (r reader) OldAddress(ctx context.Context, host string, u *url.URL) (string, error) {
	at := movein.AddressOf(u)
	host = movein.Host(host)
	for _, path := range []string{at.Path, at.WithoutQuery().Path} {
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
		if len(rows) == 1 {
			return rows[0].Article, nil
		}
	}
	return "", site.ErrNotFound
}
