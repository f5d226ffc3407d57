package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func doc(size int, tags ...string) *document {
	return newDocument(http.StatusOK, "text/html; charset=utf-8", []byte(strings.Repeat("学", size/3)), tags...)
}

func (c *cache) keys() string {
	var keys []string
	for el := c.order.Front(); el != nil; el = el.Next() {
		keys = append(keys, el.Value.(*cacheItem).key)
	}
	return strings.Join(keys, " ")
}

func TestDropForgetsExactlyWhatShowsIt(t *testing.T) {
	for _, tt := range []struct {
		name, drop, want string
	}{
		{"an article's page and its neighbour's", ArticleTag("1"), "home column /a/3"},
		{"a column's lists only", ColumnTag("s", "A0308"), "home /a/3 /a/2 /a/1"},
		{"nothing when nobody shows it", ArticleTag("9"), "home column /a/3 /a/2 /a/1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newCache(1 << 20)
			for _, it := range []struct {
				key  string
				tags []string
			}{
				{"/a/1", []string{ArticleTag("1"), ArticleTag("2")}}, {"/a/2", []string{ArticleTag("2"), ArticleTag("1")}},
				{"/a/3", []string{ArticleTag("3")}}, {"column", []string{ColumnTag("s", "A0308")}}, {"home", []string{DistrictTag}},
			} {
				_, epoch := c.get(it.key)
				c.put(it.key, doc(100, it.tags...), epoch)
			}
			c.drop([]string{tt.drop})
			if got := c.keys(); got != tt.want {
				t.Errorf("kept %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAPageReadBeforeAChangeIsNotKept(t *testing.T) {
	c := newCache(1 << 20)
	_, epoch := c.get("/a/1") // a visitor's request begins to read
	c.drop([]string{ArticleTag("1")})
	c.put("/a/1", doc(100, ArticleTag("1")), epoch)
	if d, _ := c.get("/a/1"); d != nil {
		t.Error("the stale page is kept")
	}
}

func TestTheCacheIsBounded(t *testing.T) {
	c := newCache(100 << 10)
	for i := range 1000 {
		key := fmt.Sprint(i)
		_, epoch := c.get(key)
		c.put(key, doc(3000, ArticleTag(key)), epoch)
		c.get("0") // the first page stays in use
	}
	if c.size > c.max {
		t.Errorf("%d bytes, bound %d", c.size, c.max)
	}
	if d, _ := c.get("0"); d == nil {
		t.Error("the page in use went first")
	}
	if len(c.items) != c.order.Len() || len(c.tags) != len(c.items) {
		t.Errorf("%d items, %d in order, %d tags", len(c.items), c.order.Len(), len(c.tags))
	}
	_, epoch := c.get("big")
	if c.put("big", doc(90<<10), epoch); c.items["big"] != nil {
		t.Error("one page may take the whole cache")
	}
}

func TestTheCacheIsSafeForManyTogether(t *testing.T) {
	c := newCache(50 << 10)
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 500 {
				key := fmt.Sprint((i * (w + 1)) % 40)
				d, epoch := c.get(key)
				if d == nil {
					c.put(key, doc(3000, ArticleTag(key)), epoch)
				}
				if i%50 == 0 {
					c.drop([]string{ArticleTag(key)})
				}
			}
		})
	}
	wg.Wait()
	var size int64
	for el := c.order.Front(); el != nil; el = el.Next() {
		size += el.Value.(*cacheItem).doc.weight()
	}
	if size != c.size {
		t.Errorf("counted %d bytes, holds %d", c.size, size)
	}
}

func TestEncodings(t *testing.T) {
	d := doc(9000)
	for _, tt := range []struct{ name, accept, want string }{
		{"an old client gets plain text", "", ""},
		{"zstd before gzip", "gzip, deflate, br, zstd", "zstd"},
		{"gzip for the rest", "gzip, deflate", "gzip"},
		{"q=0 refuses", "zstd;q=0, gzip;q=0.5", "gzip"},
		{"q=0.0 refuses too", "gzip;q=0.0", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			if tt.accept != "" {
				r.Header.Set("Accept-Encoding", tt.accept)
			}
			w := httptest.NewRecorder()
			if err := d.write(w, r); err != nil {
				t.Fatal(err)
			}
			if got := w.Header().Get("Content-Encoding"); got != tt.want {
				t.Fatalf("encoding %q, want %q", got, tt.want)
			}
			if w.Header().Get("Content-Length") != fmt.Sprint(w.Body.Len()) {
				t.Errorf("Content-Length %s, body %d", w.Header().Get("Content-Length"), w.Body.Len())
			}
			if got := unpack(t, tt.want, w); got != string(d.body) {
				t.Errorf("%d bytes came back", len(got))
			}
		})
	}
}

func unpack(t *testing.T, encoding string, w *httptest.ResponseRecorder) string {
	t.Helper()
	var b strings.Builder
	var err error
	switch encoding {
	case "gzip":
		z, zerr := gzip.NewReader(w.Body)
		if zerr != nil {
			t.Fatal(zerr)
		}
		_, err = z.WriteTo(&b)
	case "zstd":
		z, zerr := zstd.NewReader(w.Body)
		if zerr != nil {
			t.Fatal(zerr)
		}
		defer z.Close()
		_, err = z.WriteTo(&b)
	default:
		return w.Body.String()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestConditionalRequests(t *testing.T) {
	d := doc(9000)
	etag := d.header.Get("Etag")
	for _, tt := range []struct {
		name, match string
		want        int
	}{
		{"the same text", etag, http.StatusNotModified},
		{"one of several", `"x", ` + etag, http.StatusNotModified},
		{"strong form of the same", strings.TrimPrefix(etag, "W/"), http.StatusNotModified},
		{"anything", "*", http.StatusNotModified},
		{"another text", `W/"other"`, http.StatusOK},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("If-None-Match", tt.match)
		w := httptest.NewRecorder()
		if err := d.write(w, r); err != nil || w.Code != tt.want || (w.Body.Len() == 0) != (tt.want == http.StatusNotModified) {
			t.Errorf("%s: %d, %d bytes, %v", tt.name, w.Code, w.Body.Len(), err)
		}
	}
	if doc(9000).header.Get("Etag") != etag || doc(9003).header.Get("Etag") == etag {
		t.Error("the tag does not follow the text")
	}
}
