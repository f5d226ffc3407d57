package pb_hooks

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
)

// bindPublic puts the public site in front of everything that is not
// PocketBase's: the handler is split by path before either router runs.
func bindPublic(app core.App, p *platform) {
	whileServing(app, p.watch) // ends before the index and the database are closed
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		if err := p.open(); err != nil {
			return err
		}
		if err := se.Next(); err != nil { // builds PocketBase's mux
			return err
		}
		if se.Server == nil {
			return nil // somebody drives the router without a server
		}
		api, public := se.Server.Handler, p.access.around(p.site)
		se.Server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/api/") || strings.HasPrefix(r.URL.Path, "/_/") || r.URL.Path == "/_" {
				api.ServeHTTP(w, r)
				return
			}
			public.ServeHTTP(w, r)
		})
		return nil
	})
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		if err := p.closeIndex(); err != nil {
			p.app.Logger().Error("close the search index", "error", err)
		}
		return e.Next()
	})
	app.OnRecordAfterCreateSuccess(records.Steps).BindFunc(p.tellStep)
}

// open prepares what the public site reads from.
func (p *platform) open() error {
	public, err := records.NewPublic(p.app)
	if err != nil {
		return err
	}
	p.public = public
	p.site, err = site.New(site.Options{UI: p.options.UI, Reader: reader{p}, Logger: p.app.Logger(), ClientIP: p.clientIP,
		Downloaded: func(article string) { p.downloads.add(article, 1) }, Dropped: p.tellDropped, Now: p.options.Now})
	return err
}

// tellDropped has the mirror follow what the page cache drops.
func (p *platform) tellDropped(tags ...string) {
	if p.mirror != nil {
		p.mirror.Drop(tags...)
	}
}

// tellStep makes a committed step visible: the pages that show the article are
// dropped and the search index follows, before the person is answered.
func (p *platform) tellStep(e *core.RecordEvent) error {
	if err := p.articleChanged(context.Background(), e.Record.GetString("article")); err != nil {
		// the step is committed; what is stale heals at the next reconciliation
		p.app.Logger().Error("tell a step", "article", e.Record.GetString("article"), "error", err)
	}
	if slices.Contains(outOfFiles, publication.Action(e.Record.GetString("action"))) {
		p.bulk.remove()
	}
	return e.Next()
}

func (p *platform) articleChanged(ctx context.Context, id string) error {
	defer func() {
		if p.site != nil {
			p.dropPages(ctx, id)
		}
	}()
	return p.indexArticle(ctx, id)
}

// dropPages forgets the pages that show an article.
func (p *platform) dropPages(ctx context.Context, id string) {
	tags, err := p.showing(ctx, id)
	if err != nil {
		p.site.Purge()
		return
	}
	p.drop(tags...)
}

// drop forgets the pages that show one of these; a command has none.
func (p *platform) drop(tags ...string) {
	if p.site != nil {
		p.site.Drop(tags...)
	}
}

// showing are the tags of the pages that show an article: its own, its
// neighbours', and the lists of its column, school and district. Of one that was
// never public there is only the page that says so.
func (p *platform) showing(ctx context.Context, id string) ([]string, error) {
	a, err := p.public.Article(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		var published string
		err := p.app.ConcurrentDB().Select("published").From(records.Articles).Where(dbx.HashExp{"id": id}).WithContext(ctx).Row(&published)
		if err == nil && published != "" {
			err = fmt.Errorf("article %s was public and is not shown", id)
		}
		return []string{site.ArticleTag(id)}, err
	}
	if err != nil {
		return nil, err
	}
	before, after, err := p.public.Neighbours(ctx, a)
	if err != nil {
		return nil, err
	}
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	tags := []string{site.ArticleTag(id), site.DistrictTag}
	for _, n := range []*records.PublicArticle{before, after} {
		if n != nil {
			tags = append(tags, site.ArticleTag(n.ID))
		}
	}
	if school, ok := d.ByID(a.School); ok {
		tags = append(tags, site.SchoolTag(school.Code), site.ColumnTag(school.Code, a.Column))
	}
	return tags, nil
}

// announceChange tells a running server that a command has changed the
// database; the server looks for it every two seconds.
func announceChange(app core.App) error {
	_, err := app.DB().Update(records.Districts, dbx.Params{"updated": time.Now().UTC().Format(records.InstantLayout)},
		dbx.HashExp{"id": records.DistrictID}).Execute()
	return err
}

// watch brings the search index in step with the database at the start and
// whenever a command announced a change.
func (p *platform) watch(ctx context.Context) {
	reconcile := func() {
		if err := p.reconcile(ctx); err != nil && ctx.Err() == nil {
			p.app.Logger().Error("bring the search index in step", "error", err)
		}
	}
	reconcile()
	seen := ""
	for {
		var now string
		err := p.app.DB().NewQuery("SELECT updated FROM districts WHERE id = {:id}").Bind(dbx.Params{"id": records.DistrictID}).WithContext(ctx).Row(&now)
		if err == nil && seen != "" && now != seen {
			p.refresh()
			reconcile()
		}
		if err == nil {
			if now != seen {
				p.openDemoKey()
			}
			seen = now
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(2 * time.Second):
		}
	}
}

// clientIP is the visitor's address: what the trusted proxy says, where one is
// set up, else the peer.
func (p *platform) clientIP(r *http.Request) string {
	for _, h := range p.app.Settings().TrustedProxy.Headers {
		// a proxy may add a line of its own behind one that the visitor sent
		if v := strings.Join(r.Header.Values(h), ","); v != "" {
			list := strings.Split(v, ",")
			if p.app.Settings().TrustedProxy.UseLeftmostIP {
				return strings.TrimSpace(list[0])
			}
			return strings.TrimSpace(list[len(list)-1])
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
