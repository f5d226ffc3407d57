package source

import (
	"net/http"
	"net/url"
	"testing"
)

// Whatever a source sends, reading it ends and nothing gives way.
func FuzzDocuments(f *testing.F) {
	f.Add(`{"code":0,"data":{"list":[{"jgid":1,"xxmc":"甲","xd":["11"]}],"total":"1"}}`)
	f.Add(`<base href="/x"><title>a</title><table class=list><tr><td>1<td><a href="?id=1">甲</a></table><p class=sum>共 1,2 条</p>`)
	f.Add(`</?a>; rel="next", <b>; rel=x`)
	at, _ := url.Parse("http://a.cn/x")
	f.Fuzz(func(t *testing.T, s string) {
		linkNext(http.Header{"Link": {s}})
		p := &page{url: at, text: decode([]byte(s))}
		c := paged("http://a.cn")
		m := newMapping(c.Fields)
		if d, err := readJSON(c, p, 10, func(s string) string { return s }); err == nil {
			d.total()
			d.next()
			d.offers()
			d.beginning()
			items, _ := d.rows()
			if len(items) > 11 {
				t.Errorf("%d rows where ten are allowed", len(items))
			}
			for _, it := range items {
				m.sample(1, it, nil)
			}
		}
		h := listed("http://a.cn")
		h.Paging.Total, h.Paging.Next = ".sum", "a"
		m = newMapping(h.Fields)
		if d, err := readHTML(h, p, selectors{}); err == nil {
			d.total()
			d.next()
			d.offers()
			d.beginning()
			items, _ := d.rows()
			for _, it := range items {
				it.isBlank(m)
				m.sample(1, it, asked{"xdfl": "19"})
			}
		}
		r, stop, _ := begin(t.Context(), &Config{Kind: File}, Secrets{}, Limits{})
		defer stop()
		if trial, err := r.tryFile("x", []byte(s)); err == nil && len(trial.Places) == 0 {
			t.Error("a file without titles was read")
		}
	})
}
