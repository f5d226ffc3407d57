package site

import (
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"
)

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

func TestOnlyTheEmbeddedPageMayBeFramed(t *testing.T) {
	s := newSite(t, newFake())
	w := get(t, s, "/s/shifan/embed")
	if policy := w.Header().Get("Content-Security-Policy"); !strings.HasSuffix(policy, "; frame-ancestors *") || strings.Contains(policy, "script-src") || w.Header().Get("X-Frame-Options") != "" {
		t.Errorf("got %s", policy)
	}
	body := w.Body.String()
	for _, part := range []string{"https://gongkai.example/s/shifan#g-A01", "/s/shifan/ask", "/s/shifan/mailbox", "/s/shifan/apply", "https://gongkai.example/track"} {
		if !strings.Contains(body, part) {
			t.Errorf("the page does not lead to %s", part)
		}
	}
	for _, part := range []string{"<script", "g-B01", `href="/`} {
		if strings.Contains(body, part) {
			t.Errorf("the page has %s", part)
		}
	}
	if planned := get(t, s, "/s/shixiao/embed").Body.String(); strings.Contains(planned, "/ask") || strings.Contains(planned, "/apply") {
		t.Error("a school that is not open yet is asked")
	}
	for _, path := range []string{"/", "/s/shifan", "/s/shifan/apply", "/track", "/a/a4", "/a/nothing", "/f/f1/x.pdf", "/f/f2/x.jpg", "/s/shifan/calendar.ics", "/open/v1/district", "/workbench"} {
		policy := ask(t, s, http.MethodGet, path).Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, "frame-ancestors 'self'") {
			t.Errorf("%s may be framed: %q", path, policy)
		}
	}
	if w := ask(t, s, http.MethodGet, "/s/nobody/embed"); w.Code != http.StatusNotFound {
		t.Errorf("no such school: %d", w.Code)
	}
}

func TestAFileThatIsReplacedLeadsToItsArticle(t *testing.T) {
	f := newFake()
	f.moved = map[string]string{"old": "a4"}
	s := newSite(t, f)
	w := ask(t, s, http.MethodGet, "/f/old/招生计划.pdf")
	if w.Code != http.StatusFound || w.Header().Get("Location") != "/a/a4?file=old" || w.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("got %d %v", w.Code, w.Header())
	}
	if body := get(t, s, "/a/a4?file=old").Body.String(); !strings.Contains(body, "您打开的是旧版（第 1 版）的文件。") {
		t.Error("the page does not say so")
	}
	for _, path := range []string{"/a/a4", "/a/a4?file=f1", "/a/a2?file=old"} {
		if strings.Contains(get(t, s, path).Body.String(), "旧版") {
			t.Errorf("%s says so too", path)
		}
	}
	f.withdraw("a4", "内容有误")
	s.Drop(ArticleTag("a4"))
	if body := get(t, s, "/a/a4?file=old").Body.String(); !strings.Contains(body, "您打开的文件已不再提供。") || strings.Contains(body, "现行版本") {
		t.Error("of a withdrawn form nothing is said, or that it has a current version")
	}
}

func TestADownloadIsCountedOnce(t *testing.T) {
	const person = firefox
	for _, tt := range []struct {
		name, method, path, agent string
		headers                   []string
		want                      int
	}{
		{"a person takes a form", http.MethodGet, "/f/f1/x.pdf?download", person, nil, 1},
		{"the start of a transfer in parts", http.MethodGet, "/f/f1/x.pdf?download", person, []string{"Range", "bytes=0-"}, 1},
		{"the rest of one", http.MethodGet, "/f/f1/x.pdf?download", person, []string{"Range", "bytes=4-"}, 0},
		{"looking at it in the page", http.MethodGet, "/f/f1/x.pdf", person, nil, 0},
		{"only asking", http.MethodHead, "/f/f1/x.pdf?download", person, nil, 0},
		{"what the browser has", http.MethodGet, "/f/f1/x.pdf?download", person, []string{"If-None-Match", `"f1"`}, 0},
		{"fetched ahead", http.MethodGet, "/f/f1/x.pdf?download", person, []string{"Sec-Purpose", "prefetch;prerender"}, 0},
		{"a robot", http.MethodGet, "/f/f1/x.pdf?download", "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)", nil, 0},
		{"a program", http.MethodGet, "/f/f1/x.pdf?download", "curl/8.5.0", nil, 0},
		{"nobody", http.MethodGet, "/f/f1/x.pdf?download", "", nil, 0},
		{"a file that is not there", http.MethodGet, "/f/f9/x.pdf?download", person, nil, 0},
	} {
		f, n := newFake(), 0
		f.form = "a4"
		s := newSite(t, f)
		s.counted = func(article string) {
			if article != "a4" {
				t.Errorf("%s: counted for %s", tt.name, article)
			}
			n++
		}
		ask(t, s, tt.method, tt.path, append(tt.headers, "User-Agent", tt.agent)...)
		if n != tt.want {
			t.Errorf("%s: counted %d times, want %d", tt.name, n, tt.want)
		}
	}
}

func TestOneAddressRaisesNoFigure(t *testing.T) {
	f, n := newFake(), 0
	f.form = "a4"
	s := newSite(t, f)
	at := time.Now()
	s.counted, s.now = func(string) { n++ }, func() time.Time { return at }
	for range 100 {
		get(t, s, "/f/f1/x.pdf?download", "User-Agent", firefox)
	}
	if n != takePace.AtOnce {
		t.Errorf("counted %d times, want %d", n, takePace.AtOnce)
	}
}

func TestAFileIsOfferedAsItIsOrShown(t *testing.T) {
	s := newSite(t, newFake())
	shown, taken := get(t, s, "/f/f1/x.pdf"), get(t, s, "/f/f1/x.pdf?download")
	if got := shown.Header(); !strings.HasPrefix(got.Get("Content-Disposition"), "inline") || strings.Contains(got.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("a browser shows no PDF in a sandbox: %v", got)
	}
	if got := taken.Header().Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") {
		t.Errorf("got %s, want the file as it is", got)
	}
	if got := get(t, s, "/f/f2/x.jpg").Header().Get("Content-Security-Policy"); !strings.HasSuffix(got, "sandbox") {
		t.Errorf("got %s, want a sandbox for everything else", got)
	}
}

func TestACalendarIsKeptUntilItsColumnChanges(t *testing.T) {
	f := newFake()
	s := newSite(t, f)
	for range 2 {
		if got := get(t, s, "/s/shifan/calendar.ics").Header().Get("Content-Type"); got != "text/calendar; charset=utf-8" {
			t.Errorf("got %s", got)
		}
	}
	s.Drop(ColumnTag(middle, CalendarColumn))
	get(t, s, "/s/shifan/calendar.ics")
	if n := f.count("Calendar"); n != 2 {
		t.Errorf("drawn %d times, want 2", n)
	}
	if w := ask(t, s, http.MethodGet, "/s/nobody/calendar.ics"); w.Code != http.StatusNotFound {
		t.Errorf("no such school: %d", w.Code)
	}
}

func TestACodeIsDrawnAsAPictureToo(t *testing.T) {
	s := newSite(t, newFake())
	w := get(t, s, "/qr/s/shifan.png")
	img, err := png.Decode(w.Body)
	if err != nil || w.Header().Get("Content-Type") != "image/png" {
		t.Fatalf("got %v %v", w.Header(), err)
	}
	corner, finder := img.At(quiet*module-1, quiet*module-1), img.At(quiet*module, quiet*module)
	if r, _, _, _ := corner.RGBA(); r == 0 {
		t.Error("there is no white edge")
	}
	if r, _, _, _ := finder.RGBA(); r != 0 {
		t.Error("the corner of the code is not black")
	}
	if w := ask(t, s, http.MethodGet, "/qr/s/shifan.gif"); w.Code != http.StatusNotFound {
		t.Errorf("another kind: %d", w.Code)
	}
}
