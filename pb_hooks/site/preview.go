package site

import (
	"context"
	"net/http"
)

// PreviewPage is one version that is not public, shown to who has a link. The
// site draws it and knows nothing else about it: no address of the site leads
// here, and nothing of it passes through the page cache.
type PreviewPage struct {
	Article *Article // nil: the link leads nowhere (any more)
	Until   string   // when the link ends, RFC 3339
	Public  bool     // this very version has become public meanwhile
}

// Preview answers with a preview in the design of the site. The page has no
// script of its own: there is nothing to take over and nothing to fetch.
func (s *Site) Preview(ctx context.Context, w http.ResponseWriter, v PreviewPage) error {
	d, err := s.reader.District(ctx)
	if err != nil {
		return err
	}
	f, err := s.frame(kindPreview, d, v)
	if err != nil {
		return err
	}
	status, title := http.StatusOK, "预览"
	crumbs := []Crumb{{"首页", "/"}}
	if v.Article == nil {
		status, title = http.StatusNotFound, "预览链接已失效"
	} else {
		title += "：" + v.Article.Title
		crumbs = append(crumbs, Crumb{v.Article.School.ShortName, "/s/" + v.Article.School.Code})
	}
	p := Page{Kind: kindPreview, District: d, View: v, Data: "null", Frame: f, Assets: entry{Styles: s.assets.pages[kindPreview].Styles},
		Head: Head{Title: title + " - " + d.SiteName, Crumbs: append(crumbs, Crumb{Name: "预览"}), NoIndex: true}}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", contentPolicy)
	keepPrivate(h)
	w.WriteHeader(status)
	return s.pages[kindPreview].Execute(w, p)
}

// PreviewFile gives out a file of a version that is not public.
func PreviewFile(w http.ResponseWriter, r *http.Request, f File) {
	keepPrivate(w.Header())
	f.serve(w, r)
}

// keepPrivate marks an answer as nobody's to keep, to list, or to tell of: the
// address of a preview is its key.
func keepPrivate(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex, nofollow, noarchive")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
}
