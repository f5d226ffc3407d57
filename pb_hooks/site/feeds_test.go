package site

import (
	"encoding/xml"
	"html"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// feedDocument is an RSS feed as a reader of feeds sees it.
type feedDocument struct {
	Version string `xml:"version,attr"`
	Channel struct {
		Title     string `xml:"title"`
		Links     []link `xml:"link"`
		Language  string `xml:"language"`
		BuildDate string `xml:"lastBuildDate"`
		Items     []struct {
			Title       string `xml:"title"`
			Link        string `xml:"link"`
			Description string `xml:"description"`
			Creator     string `xml:"http://purl.org/dc/elements/1.1/ creator"`
			PubDate     string `xml:"pubDate"`
			GUID        struct {
				PermaLink string `xml:"isPermaLink,attr"`
				Value     string `xml:",chardata"`
			} `xml:"guid"`
		} `xml:"item"`
	} `xml:"channel"`
}

// link is <link>, or <atom:link> with attributes.
type link struct {
	XMLName xml.Name
	Rel     string `xml:"rel,attr"`
	Href    string `xml:"href,attr"`
	Text    string `xml:",chardata"`
}

func readFeed(t *testing.T, s *Site, target string) feedDocument {
	t.Helper()
	w := get(t, s, target)
	if got := w.Header().Get("Content-Type"); got != "application/rss+xml; charset=utf-8" {
		t.Errorf("%s: got type %q", target, got)
	}
	var feed feedDocument
	if err := xml.Unmarshal(w.Body.Bytes(), &feed); err != nil {
		t.Fatalf("%s: %v in %s", target, err, w.Body)
	}
	return feed
}

func TestFeedsListWhatTheirAddressSays(t *testing.T) {
	s := newSite(t, newFake())
	for target, want := range map[string]struct{ title, page, items string }{
		"/feed.xml":                 {"示例区中小学信息公开与办事服务平台", "/", "a4 a3 a2 a1"},
		"/s/shifan/feed.xml":        {"示例区示范中学", "/s/shifan", "a4 a2 a1"},
		"/s/shifan/A0401/feed.xml":  {"示例区示范中学 招生计划与范围", "/s/shifan/A0401", "a4 a2"},
		"/s/shixiao/A0101/feed.xml": {"示例区实验小学 信息公开指南", "/s/shixiao/A0101", ""},
	} {
		feed := readFeed(t, s, target)
		var ids []string
		for _, i := range feed.Channel.Items {
			ids = append(ids, strings.TrimPrefix(i.Link, "https://gongkai.example/a/"))
		}
		if feed.Version != "2.0" || feed.Channel.Title != want.title || feed.Channel.Language != "zh-CN" || strings.Join(ids, " ") != want.items {
			t.Errorf("%s: got %s %q %v, want 2.0 %q %s", target, feed.Version, feed.Channel.Title, ids, want.title, want.items)
		}
		self := link{xml.Name{Space: "http://www.w3.org/2005/Atom", Local: "link"}, "self", "https://gongkai.example" + target, ""}
		page := link{xml.Name{Local: "link"}, "", "", "https://gongkai.example" + want.page}
		if got := feed.Channel.Links; len(got) != 2 || got[0] != page || got[1] != self {
			t.Errorf("%s: got links %v, want %v and %v", target, got, page, self)
		}
	}
}

func TestFeedItemsAreDatedNamedAndCleaned(t *testing.T) {
	i := readFeed(t, newSite(t, newFake()), "/s/shifan/feed.xml").Channel.Items[0]
	if i.Title != `2026 年招生计划 <初中> & "高中"` {
		t.Errorf("got title %q, want it whole but for the control character", i.Title)
	}
	if i.GUID.PermaLink != "true" || i.GUID.Value != i.Link || i.Creator != "示例区示范中学" || i.Description != html.EscapeString(i.Title)+"的概述" {
		t.Errorf("got %+v, want the address as guid, the school as creator and the summary as HTML", i)
	}
	if i.PubDate != "Sun, 04 Jan 2026 09:30:00 +0800" {
		t.Errorf("got date %q, want it in the district's time", i.PubDate)
	}
}

func TestFeedsAreDatedByTheirContent(t *testing.T) {
	s := newSite(t, newFake())
	if got, want := readFeed(t, s, "/feed.xml").Channel.BuildDate, "Sun, 04 Jan 2026 09:30:00 +0800"; got != want {
		t.Errorf("got build date %q, want %q", got, want)
	}
	w := get(t, s, "/feed.xml")
	if got, want := w.Header().Get("Last-Modified"), "Sun, 04 Jan 2026 01:30:00 GMT"; got != want {
		t.Errorf("got Last-Modified %q, want %q", got, want)
	}
	if again := ask(t, s, http.MethodGet, "/feed.xml", "If-None-Match", w.Header().Get("Etag")); again.Code != http.StatusNotModified {
		t.Errorf("got %d, want 304", again.Code)
	}
	empty := get(t, s, "/s/shixiao/A0101/feed.xml")
	if empty.Header().Get("Last-Modified") != "" || strings.Contains(empty.Body.String(), "lastBuildDate") {
		t.Errorf("got %v %s, want an empty feed without a date", empty.Header(), empty.Body)
	}
}

func TestFeedsEndAtThirtyItems(t *testing.T) {
	f := newFake()
	for i := range 40 {
		f.publish("n"+strconv.Itoa(i), middle, "A0401", "通知")
	}
	if got := len(readFeed(t, newSite(t, f), "/feed.xml").Channel.Items); got != feedItems {
		t.Errorf("got %d items, want %d", got, feedItems)
	}
}

func TestAFeedOfNothingIsNotFound(t *testing.T) {
	s := newSite(t, newFake())
	for _, target := range []string{"/s/nobody/feed.xml", "/s/shifan/A9999/feed.xml", "/s/nobody/A0401/feed.xml"} {
		if w := ask(t, s, http.MethodGet, target); w.Code != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", target, w.Code)
		}
	}
}

func TestAFeedIsKeptUntilWhatItListsChanges(t *testing.T) {
	for target, tag := range map[string]string{"/feed.xml": DistrictTag, "/s/shifan/feed.xml": SchoolTag(middle), "/s/shifan/A0401/feed.xml": ColumnTag(middle, "A0401")} {
		f := newFake()
		s := newSite(t, f)
		get(t, s, target)
		f.publish("new", middle, "A0401", "新的招生计划")
		s.Drop(SchoolTag(primary), ColumnTag(middle, "A0101"), ArticleTag("a1"))
		if got := readFeed(t, s, target).Channel.Items[0].Title; strings.HasPrefix(got, "新") {
			t.Errorf("%s: got %q before its tag was dropped", target, got)
		}
		s.Drop(tag)
		if got := readFeed(t, s, target).Channel.Items[0].Title; got != "新的招生计划" {
			t.Errorf("%s: got %q after its tag was dropped", target, got)
		}
	}
}

func TestCleanLeavesOnlyWhatXMLAllows(t *testing.T) {
	for in, want := range map[string]string{"通知": "通知", "a\x00b\x1fc": "abc", "a\tb\nc": "a\tb\nc", "x\ufffey\uffff": "xy", "\u0085z": "z", "🏫": "🏫"} {
		if got := clean(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// maps of the site

type sitemapDocument struct {
	XMLName xml.Name
	Entries []struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod"`
	} `xml:",any"`
}

func readSitemap(t *testing.T, s *Site, target string) sitemapDocument {
	t.Helper()
	var doc sitemapDocument
	if err := xml.Unmarshal(get(t, s, target).Body.Bytes(), &doc); err != nil {
		t.Fatalf("%s: %v", target, err)
	}
	if doc.XMLName.Space != sitemapNamespace {
		t.Errorf("%s: got namespace %q", target, doc.XMLName.Space)
	}
	return doc
}

func TestSitemapsListAbsoluteAddressesWithTheirLastChange(t *testing.T) {
	s := newSite(t, newFake())
	for target, want := range map[string]struct {
		root    string
		entries []string
	}{
		"/sitemap.xml": {"sitemapindex", []string{"/sitemap-pages.xml ", "/s/shifan/sitemap.xml 2026-01-05T09:30:00+08:00",
			"/s/shixiao/sitemap.xml 2026-01-03T09:30:00+08:00"}},
		"/sitemap-pages.xml": {"urlset", []string{"/ ", "/schools ", "/sitemap ", "/privacy ", "/figures ", "/open ", "/appeal "}},
		"/s/shixiao/sitemap.xml": {"urlset", []string{"/s/shixiao 2026-01-03T09:30:00+08:00", "/s/shixiao/A0401 ",
			"/a/a3 2026-01-03T09:30:00+08:00"}},
	} {
		doc := readSitemap(t, s, target)
		var got []string
		for _, e := range doc.Entries {
			got = append(got, strings.TrimPrefix(e.Loc, "https://gongkai.example")+" "+e.LastMod)
		}
		if doc.XMLName.Local != want.root || strings.Join(got, "|") != strings.Join(want.entries, "|") {
			t.Errorf("%s: got %s %q, want %s %q", target, doc.XMLName.Local, got, want.root, want.entries)
		}
	}
}

func TestEverySitemapOfTheIndexIsThere(t *testing.T) {
	s := newSite(t, newFake())
	for _, e := range readSitemap(t, s, "/sitemap.xml").Entries {
		readSitemap(t, s, strings.TrimPrefix(e.Loc, "https://gongkai.example"))
	}
	if w := ask(t, s, http.MethodGet, "/s/nobody/sitemap.xml"); w.Code != http.StatusNotFound {
		t.Errorf("got %d for a school that is not there, want 404", w.Code)
	}
}

func TestASitemapLeavesOutTheOldestBeyondTheLimit(t *testing.T) {
	f := newFake()
	for i := range maxSitemap {
		f.entries = append(f.entries, SitemapEntry{"/a/n" + strconv.Itoa(i), time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)})
	}
	entries := readSitemap(t, newSite(t, f), "/s/shifan/sitemap.xml").Entries
	if len(entries) != maxSitemap || entries[0].Loc != "https://gongkai.example/a/n0" {
		t.Errorf("got %d entries from %s, want the %d newest", len(entries), entries[0].Loc, maxSitemap)
	}
}

func TestRobotsMayReadWhatIsForReading(t *testing.T) {
	body := get(t, newSite(t, newFake()), "/robots.txt").Body.String()
	for _, want := range []string{"User-agent: *", "Allow: /", "Disallow: /search", "Disallow: /workbench", "Disallow: /_/", "Disallow: /api/", "Sitemap: https://gongkai.example/sitemap.xml"} {
		if !strings.Contains("\n"+body, "\n"+want+"\n") {
			t.Errorf("got %q, want the line %s", body, want)
		}
	}
}
