package pb_hooks_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// under asks for a page under a host that leads here.
func (s *server) under(host, path string) (status int, location string) {
	s.t.Helper()
	req, err := http.NewRequest(http.MethodGet, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Host = host
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode, res.Header.Get("Location")
}

// An old address with a query is that address only; whatever else is asked with a
// query is answered as before, and nothing leads out of the platform.
func TestOldAddressesWithAQueryLeadOn(t *testing.T) {
	s := serve(t)
	dir := t.TempDir()
	writeIn(t, dir, "wp.xml", `<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>学校简介的更新</title>
<link>https://www.chenguang.example/about/</link><guid>https://www.chenguang.example/?page_id=7</guid><content:encoded><![CDATA[<p>学校简介已经更新，欢迎家长和社区居民了解学校的办学情况。</p>]]></content:encoded>
<wp:post_id>7</wp:post_id><wp:post_date>2021-05-01 09:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item></channel></rss>`)
	writeIn(t, dir, "rows.csv", "学校,栏目,标题,正文,公开时间,旧地址\n"+
		"9999990001,A0308,秋季供餐安排,\"食堂供餐时间为十一点半，\n请各班\"\"按时\"\"用餐。\",2019年3月5日,https://www.chenguang.example/show.asp?id=5&b=1\n"+
		"9999990001,A0308,春季供餐安排,\"春季食堂供餐时间照旧。见<a href=\"\"https://www.chenguang.example/show.asp?b=1&id=5\"\">秋季</a>\",19-3-5,chenguang.example/old/page.htm\n"+
		"9999990001,A0308,冬季供餐安排,冬季食堂供餐时间照旧。,2019年3月,chenguang.example/old/page.htm\n"+
		"9999990001,A0308,夏季供餐安排,夏季食堂供餐时间照旧。,,javascript:alert(1)\n")
	moveIn(t, s.app, filepath.Join(dir, "wp.xml"), "--mapping", mappingWith(t, `{"school":"9999990001","host":"www.chenguang.example","columns":[{"path":"/","column":"A0308"}]}`), "--apply")
	moveIn(t, s.app, filepath.Join(dir, "rows.csv"), "--apply")
	if out := moveIn(t, s.app, filepath.Join(dir, "rows.csv"), "--apply"); !strings.Contains(out, "已经迁入 4 条") || !strings.Contains(out, "没有需要迁入") {
		t.Error(out)
	}
	leads := map[string]string{}
	for _, title := range []string{"学校简介的更新", "秋季供餐安排", "春季供餐安排", "冬季供餐安排", "夏季供餐安排"} {
		article, err := s.app.FindFirstRecordByData("articles", "title", title)
		if err != nil {
			t.Fatal(err)
		}
		leads[title] = "/a/" + article.Id
		version, err := s.app.FindFirstRecordByData("article_versions", "article", article.Id)
		if err != nil {
			t.Fatal(err)
		}
		if title == "春季供餐安排" {
			if body := version.GetString("body"); !strings.Contains(body, `<a href="`+leads["秋季供餐安排"]+`">`) || version.GetString("originally_on") != "2019-03-05" {
				t.Errorf("a row links to %s, of %s", body, version.GetString("originally_on"))
			}
		}
		if version.GetString("originally_on") == "" { // which a person fills in
			version.Set("originally_on", "2019-03-01")
			version.Set("created_on", "2019-03-01")
			if err := s.app.Save(version); err != nil {
				t.Fatal(err)
			}
		}
		one := []string{article.Id}
		batch := article.GetString("batch")
		s.many(editorA, batch, "steps", map[string]any{"action": "submit", "articles": one})
		s.many(reviewerA, batch, "steps", map[string]any{"action": "approve", "articles": one, "check": examinedReview})
		if r := s.many(secrecyA, batch, "steps", map[string]any{"action": "clear", "articles": one, "check": examinedSecrecy}); r.Done != 1 {
			t.Fatalf("%s: %+v", title, r)
		}
	}
	const theirs, ours = "www.chenguang.example", "gongkai.example"
	for _, c := range []struct {
		host, path string
		status     int
		to         string // the title
	}{
		{theirs, "/?p=7", 301, "学校简介的更新"},
		{theirs, "/?page_id=7", 301, "学校简介的更新"},
		{theirs, "/about/", 301, "学校简介的更新"},
		{theirs, "/?p=8", 200, ""},
		{theirs, "/?p=7&x=1", 200, ""},
		{theirs, "/", 200, ""},
		{ours, "/?p=7", 200, ""}, // our own front page
		{theirs, "/show.asp?id=5&b=1", 301, "秋季供餐安排"},
		{theirs, "/show.asp?b=1&id=5", 301, "秋季供餐安排"},
		{ours, "/show.asp?b=1&id=5", 301, "秋季供餐安排"}, // no other site had it
		{theirs, "/show.asp?id=6&b=1", 404, ""},
		{theirs, "/show.asp", 404, ""},
		{theirs, "/old/page.htm?from=singlemessage", 301, "春季供餐安排"},
		{theirs, "/search?q=7&p=7", 200, ""},
		{theirs, "/schools?p=7", 200, ""},
		{theirs, "//evil.example/old/page.htm", 404, ""},
		{"evil.example", "/?p=7", 200, ""},
	} {
		status, location := s.under(c.host, c.path)
		want := ""
		if c.to != "" {
			want = leads[c.to]
		}
		if status != c.status || c.status == 301 && location != want || strings.Contains(location, "//") {
			t.Errorf("%s%s: %d to %q, want %d to %q", c.host, c.path, status, location, c.status, want)
		}
	}
	for title, told := range map[string]string{"冬季供餐安排": "旧地址与另一条相同", "夏季供餐安排": "不是网址"} {
		item, err := s.app.FindFirstRecordByData("import_items", "title", title)
		if err != nil || !strings.Contains(item.GetString("notes"), told) {
			t.Errorf("%s: %v %v", title, item, err)
		}
	}
	if out, err := runCommand(t, s.app, "articles", "import", filepath.Join(dir, "rows.csv")); err == nil || !strings.Contains(out, "旧地址") {
		t.Errorf("what is published at once has no old address: %v\n%s", err, out)
	}
}
