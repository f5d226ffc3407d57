package pb_hooks_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gongkai/pb_hooks/mirror"
	"gongkai/pb_hooks/site"
)

// linksOf are the links of a page, and the forms, scripts and buttons that need a server.
func linksOf(page string) (links, needs []string) {
	for z := html.NewTokenizer(strings.NewReader(page)); z.Next() != html.ErrorToken; {
		token := z.Token()
		if token.Type == html.StartTagToken && slices.Contains([]string{"form", "script", "button", "input"}, token.Data) {
			needs = append(needs, token.Data)
		}
		for _, a := range token.Attr {
			if a.Key == "href" || a.Key == "src" || a.Key == "data" || a.Key == "srcset" {
				links = append(links, a.Val)
			}
		}
	}
	return links, needs
}

// leadsOut reports whether a link leads out of a copy, or to a place on its page.
func leadsOut(link string) bool {
	return link == "" || strings.HasPrefix(link, "#") || slices.ContainsFunc([]string{"https://", "http://", "tel:", "mailto:", "data:"}, func(scheme string) bool { return strings.HasPrefix(link, scheme) })
}

// furnished publishes something of each kind that pages link to.
func furnished(s *server) {
	s.disclosedForAll()
	article, version := s.draft(editorA, "A0308", "正文里有链接", `<p>见<a href="/s/9999990002">云帆中学</a>、<a href="/workbench">工作台</a>、<a href="/s/9999990001/A0308?page=9999999999">很远的一页</a>、`+
		`<a href="/s/CON/..%2f..%2fetc">奇怪的地址</a>和<a href="/s/9999990001/`+strings.Repeat("长", 300)+`">很长的地址</a>。学校食堂本周起调整供餐时间，请各位家长知悉。</p>`)
	s.attach(article, version)
	s.must200(s.publish(editorA, article, version))
}

// Every link of an export leads to a file of it, or says which server it needs.
func TestNoLinkOfAnExportIsDead(t *testing.T) {
	s := serve(t)
	furnished(s)
	for _, what := range [][]string{{"--district"}, {"--school", "9999990001"}} {
		files := exported(t, s, what...)
		pages := 0
		for name, text := range files {
			if len(name) > 200 {
				t.Errorf("a long name: %s", name)
			}
			if path.Ext(name) != ".html" {
				continue
			}
			pages++
			links, needs := linksOf(text)
			if len(needs) > 0 {
				t.Errorf("%s has %v", name, needs)
			}
			for _, link := range links {
				to, _, _ := strings.Cut(link, "#")
				if leadsOut(link) {
					continue
				}
				if to = path.Join(path.Dir(name), to); files[to] == "" {
					t.Errorf("%s links to %s, which is not there", name, link)
				}
			}
		}
		if pages < 50 {
			t.Errorf("%v: %d pages only", what, pages)
		}
	}
}

// needsTheServer are the addresses that a mirror links to and cannot have: for them a
// web server shows missing.html (deploy/nginx-mirror.conf).
var needsTheServer = []string{"/workbench", "/open/v1/", "/opinion", "/elder.js"}

// Every link of a mirror leads to a file of it as deploy/nginx-mirror.conf finds it, but
// for what needs the server.
func TestNoLinkOfAMirrorIsDead(t *testing.T) {
	s, dir := mirrored(t)
	furnished(s)
	s.run("open-files")
	var files map[string]string
	eventually(t, "the mirror has all of it", func() bool {
		files = tree(t, dir)
		return strings.Contains(files["index.html"], "正文里有链接") && strings.Contains(files["s/9999990001.html"], "正文里有链接") && files["open/v1/bulk/articles.csv.gz"] != "" &&
			files["s/9999990001/A0308/feed.xml"] != ""
	})
	for _, name := range []string{"open.html", "missing.html", "open/v1/openapi.json", "open/v1/catalog.jsonld", "open/v1/bulk.json", "open/v1/bulk/SHA256SUMS", "open/v1/bulk/standards.jsonl.gz"} {
		if files[name] == "" {
			t.Errorf("no %s", name)
		}
	}
	if page := files["missing.html"]; !strings.Contains(page, "<h1>副本里没有这一页</h1>") || !strings.Contains(page, "noindex") || strings.Contains(page, "canonical") {
		t.Errorf("the page for what is missing: %s", page)
	}
	if page := files["open.html"]; !strings.Contains(page, "接口现在不能读取") {
		t.Errorf("the page of the open data: %s", page)
	}
	if page := files["search.html"]; !strings.Contains(page, "不能检索") || !strings.Contains(page, `href="/schools"`) {
		t.Errorf("the search says not what to do: %s", page)
	}
	base := strings.TrimSuffix(s.app.Settings().Meta.AppURL, "/")
	for name, text := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		links, needs := linksOf(text)
		if len(needs) > 0 {
			t.Errorf("%s has %v", name, needs)
		}
		for _, link := range links {
			to := strings.TrimPrefix(link, base)
			if leadsOut(to) || slices.ContainsFunc(needsTheServer, func(p string) bool { return strings.HasPrefix(to, p) }) {
				continue
			}
			if strings.Contains(to, "9999999999") || strings.Contains(to, "奇怪") || strings.Contains(to, "/s/CON") || strings.Contains(to, "%E9%95%BF") {
				continue // nobody has them
			}
			if file := mirror.File(to); file == "" || files[file] == "" {
				t.Errorf("%s links to %s, which is not there", name, link)
			}
		}
	}
	eventually(t, "the bulk files are those of the site", func() bool {
		files = tree(t, dir)
		for file := range s.bulk() {
			if files["open/v1/bulk/"+file] != s.get("/open/v1/bulk/"+file).body {
				return false
			}
		}
		return true
	})
	gone := openAs[site.ArticleList](s, "articles").Items[0].ID
	s.must200(s.step(editorA, gone, "", "withdraw", "写错了"))
	eventually(t, "what was withdrawn is in no bulk file of the mirror", func() bool {
		packed := tree(t, dir)["open/v1/bulk/articles.jsonl.gz"]
		return packed != files["open/v1/bulk/articles.jsonl.gz"] && packed == s.get("/open/v1/bulk/articles.jsonl.gz").body
	})
}
