package pb_hooks_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"gongkai/pb_hooks/publication"
)

// draft starts an article and fills its first version; it returns both ids.
func (s *server) draft(as, column, title, body string) (article, version string) {
	s.t.Helper()
	a := s.do(as, http.MethodPost, "/api/collections/articles/records", map[string]any{"column": column, "title": title})
	if a.status != http.StatusOK {
		s.t.Fatalf("start article: %d %s", a.status, a.body)
	}
	article = a.field("id").(string)
	version = s.openVersion(as, article)
	v := s.do(as, http.MethodPatch, "/api/collections/article_versions/records/"+version, map[string]any{"title": title, "body": body, "created_on": "2026-11-20"})
	if v.status != http.StatusOK {
		s.t.Fatalf("write version: %d %s", v.status, v.body)
	}
	return article, version
}

func (s *server) openVersion(as, article string) string {
	s.t.Helper()
	r, err := s.app.FindFirstRecordByFilter("article_versions", "article = {:a} && frozen = false", map[string]any{"a": article})
	if err != nil {
		s.t.Fatal(err)
	}
	return r.Id
}

func (s *server) step(as, article, version, action, reason string) answer {
	s.t.Helper()
	return s.do(as, http.MethodPost, "/api/collections/article_steps/records",
		map[string]any{"article": article, "version": version, "action": action, "reason": reason})
}

// Complete tick lists.
var (
	fine  = map[string]any{"examined": publication.ReviewPoints()}
	clear = map[string]any{"examined": publication.SecrecyPoints(), "result": "public"}
)

// act takes a step with everything it may carry.
func (s *server) act(as, article string, step map[string]any) answer {
	s.t.Helper()
	step["article"] = article
	return s.do(as, http.MethodPost, "/api/collections/article_steps/records", step)
}

// publish takes a version through its reviews; it returns the answer to the
// first step that is refused, or to the last one.
func (s *server) publish(as, article, version string) answer {
	s.t.Helper()
	reviewer, secrecy := reviewerA, secrecyA
	if as == editorB {
		reviewer, secrecy = reviewerB, secrecyB
	}
	a := s.act(as, article, map[string]any{"version": version, "action": "submit"})
	if a.status == http.StatusOK {
		a = s.act(reviewer, article, map[string]any{"version": version, "action": "approve", "check": fine})
	}
	if a.status == http.StatusOK && a.field("form") == "extended" {
		a = s.act(principalA, article, map[string]any{"version": version, "action": "approve", "check": fine})
	}
	if a.status == http.StatusOK {
		a = s.act(secrecy, article, map[string]any{"version": version, "action": "clear", "check": clear})
	}
	return a
}

const someText = "<p>学校食堂本周起调整供餐时间，午餐提前到十一点三十分，请各位家长知悉。</p>"

func TestPublishedIsVisibleAtOnceEverywhere(t *testing.T) {
	s := serve(t)
	pages := []string{"/", "/s/9999990001", "/s/9999990001/A0308", "/feed.xml", "/s/9999990001/feed.xml", "/s/9999990001/A0308/feed.xml",
		"/open/v1/articles", "/open/v1/schools/9999990001/columns/A0308", "/search?q=供餐时间", "/s/9999990001/A0102"}
	for _, page := range pages { // fill the cache with what is about to be stale
		if a := s.get(page); a.status != http.StatusOK || a.has("供餐时间调整") {
			t.Fatalf("%s before: %d, shows it: %v", page, a.status, a.has("供餐时间调整"))
		}
	}
	article, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	if a := s.get("/a/" + article); a.status != http.StatusNotFound {
		t.Errorf("a draft answers %d", a.status)
	}
	if a := s.publish(editorA, article, version); a.status != http.StatusOK {
		t.Fatalf("publish: %d %s", a.status, a.body)
	}
	for _, page := range append(pages, "/a/"+article, "/open/v1/articles/"+article) {
		// a search hit's title is cut by its marks
		if a := s.get(page); a.status != http.StatusOK || !a.has("调整") {
			t.Errorf("%s after: %d, shows it: %v", page, a.status, a.has("调整"))
		}
	}
	if a := s.get("/a/" + article); !a.has("9999990001-A0308-2026-0001", `<meta name="ArticleTitle" content="供餐时间调整">`, `<meta name="PubDate" content="2026-11-23 10:00">`) {
		t.Errorf("index number or tags are missing: %s", a.body)
	}

	if a := s.step(editorA, article, "", "withdraw", "时间有误，另行通知"); a.status != http.StatusOK {
		t.Fatalf("withdraw: %d %s", a.status, a.body)
	}
	for _, page := range pages {
		if a := s.get(page); a.has("供餐时间调整") {
			t.Errorf("%s still shows it", page)
		}
	}
	if a := s.get("/a/" + article); a.status != http.StatusOK || !a.has("该信息已撤回", "时间有误，另行通知", "9999990001-A0308-2026-0001") || a.has("十一点") {
		t.Errorf("the tombstone: %d %s", a.status, a.body)
	}
}

func TestNeighboursFollow(t *testing.T) {
	s := serve(t)
	first, v1 := s.draft(editorA, "A0308", "第一条通知", someText)
	s.publish(editorA, first, v1)
	s.get("/a/" + first)
	second, v2 := s.draft(editorA, "A0308", "第二条通知", someText)
	s.publish(editorA, second, v2)
	if a, b := s.get("/a/"+first), s.get("/a/"+second); !a.has("第二条通知") && !b.has("第一条通知") {
		t.Error("neither page shows its neighbour")
	}
	s.step(editorA, second, "", "withdraw", "重复")
	if s.get("/a/" + first).has("第二条通知") {
		t.Error("the withdrawn neighbour is still shown")
	}
}

func TestPublishRefuses(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "标题", someText)
	other, otherVersion := s.draft(editorB, "A0308", "另一所学校", someText)
	empty, emptyVersion := s.draft(editorA, "A0308", "标题", "")
	table, tableVersion := s.draft(editorA, "A0202", "学校领导", someText)
	for _, tt := range []struct {
		name, as, article, version, action, reason string
		status                                     int
		field, code                                string
	}{
		{"a visitor", "", article, version, "submit", "", 400, "", ""},
		{"a superuser is not staff", root, article, version, "submit", "", 403, "", ""},
		{"staff without the duty", nobodyA, article, version, "submit", "", 400, "", ""},
		{"an editor of another school", editorB, article, version, "submit", "", 400, "", ""},
		{"a version of another article", editorA, article, otherVersion, "submit", "", 400, "version", "publication_version_missing"},
		{"withdrawing a draft", editorA, article, version, "withdraw", "x", 400, "action", "publication_illegal_step"},
		{"an empty text, at the field", editorA, empty, emptyVersion, "submit", "", 400, "body", "publication_body_missing"},
		{"named fields of a structured column", editorA, table, tableVersion, "submit", "", 400, "facts", "publication_facts_missing"},
		{"an action that does not exist", editorA, article, version, "explode", "", 400, "action", "publication_illegal_step"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := s.step(tt.as, tt.article, tt.version, tt.action, tt.reason)
			if a.status != tt.status {
				t.Errorf("%d, want %d: %s", a.status, tt.status, a.body)
			}
			if got := a.field("data", tt.field, "code"); tt.field != "" && got != tt.code {
				t.Errorf("%s: %v, want %s: %s", tt.field, got, tt.code, a.body)
			}
		})
	}
	if n, _ := s.app.CountRecords("article_steps"); n != 0 {
		t.Errorf("%d steps stored", n)
	}
	for _, id := range []string{article, other, empty, table} {
		if r, _ := s.app.FindRecordById("articles", id); r.GetString("state") != "draft" || r.GetString("index_number") != "" {
			t.Errorf("%s became %s %s", id, r.GetString("state"), r.GetString("index_number"))
		}
	}
}

func TestAVersionIsFrozenAndAStepIsFinal(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "标题", someText)
	step := s.publish(editorA, article, version).field("id").(string)
	for _, tt := range []struct{ name, as, method, path string }{
		{"the published text", editorA, http.MethodPatch, "/api/collections/article_versions/records/" + version},
		{"the published text, by a superuser", root, http.MethodPatch, "/api/collections/article_versions/records/" + version},
		{"the step", root, http.MethodPatch, "/api/collections/article_steps/records/" + step},
	} {
		if a := s.do(tt.as, tt.method, tt.path, map[string]any{"title": "改写", "reason": "改写"}); a.status < 400 {
			t.Errorf("%s changed: %d %s", tt.name, a.status, a.body)
		}
	}
	for _, path := range []string{"/api/collections/article_steps/records/" + step, "/api/collections/articles/records/" + article,
		"/api/collections/article_versions/records/" + version} {
		if a := s.do(root, http.MethodDelete, path, nil); a.status < 400 {
			t.Errorf("%s was deleted", path)
		}
	}
	if a := s.do(root, http.MethodPatch, "/api/collections/articles/records/"+article, map[string]any{"published_at": "2001-01-01 00:00:00.000Z", "index_number": "X"}); a.status != 200 ||
		a.field("index_number") != "9999990001-A0308-2026-0001" || a.field("published_at") != "2026-11-23 02:00:00.000Z" {
		t.Errorf("a superuser wrote over the derived fields: %s", a.body)
	}
}

func TestAChangeWaitsBesideThePublicVersion(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "标题", someText)
	s.publish(editorA, article, version)
	next := s.do(editorA, http.MethodPost, "/api/collections/article_versions/records", map[string]any{"article": article})
	if next.status != 200 || next.field("number") != 2.0 || !next.has("十一点三十分") {
		t.Fatalf("the new version: %d %s", next.status, next.body)
	}
	if again := s.do(editorA, http.MethodPost, "/api/collections/article_versions/records", map[string]any{"article": article}); again.status != 400 {
		t.Errorf("a second open version: %d", again.status)
	}
	id := next.field("id").(string)
	s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+id, map[string]any{"title": "改过的标题"})
	if a := s.get("/a/" + article); a.has("改过的标题") {
		t.Error("the public sees what is not published")
	}
	s.publish(editorA, article, id)
	if a := s.get("/a/" + article); !a.has("改过的标题", "9999990001-A0308-2026-0001") {
		t.Errorf("after the change: %s", a.body)
	}
}

func TestWhatIsWrittenIsCleaned(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "  标题 \n 换行 ", `<p onclick="x()">正文<script>alert(1)</script><img src="https://mmbiz.qpic.cn/a.png"></p>`)
	a := s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+version, map[string]any{"body": `<p>甲</p><script>alert(1)</script>`})
	if a.field("body") != "<p>甲</p>" || !a.has("script_removed") {
		t.Errorf("got %s", a.body)
	}
	r, _ := s.app.FindRecordById("articles", article)
	if r.GetString("title") != "标题 换行" {
		t.Errorf("title %q", r.GetString("title"))
	}
	long := s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+version, map[string]any{"body": strings.Repeat("学", 400_000)})
	if long.status != 400 || long.field("data", "body", "code") == nil {
		t.Errorf("too long: %d %s", long.status, long.body[:min(len(long.body), 300)])
	}
}

func TestAttachments(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "带附件的通知", someText)
	var pic bytes.Buffer
	if err := png.Encode(&pic, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	up := s.upload(editorA, article, "校园 照片.png", pic.Bytes())
	if up.status != 200 || up.field("name") != "校园 照片.png" || up.field("width") != 40.0 || up.field("mime") != "image/png" {
		t.Fatalf("upload: %d %s", up.status, up.body)
	}
	for _, tt := range []struct {
		name, as, file string
		data           []byte
		code           any
	}{
		{"a lying name", editorA, "表格.pdf", pic.Bytes(), "attachment_type_mismatch"},
		{"a forbidden type", editorA, "a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>`), "attachment_type_forbidden"},
		{"an editor of another school", editorB, "a.png", pic.Bytes(), nil},
	} {
		if a := s.upload(tt.as, article, tt.file, tt.data); a.status != 400 || a.field("data", "file", "code") != tt.code {
			t.Errorf("%s: %d %s", tt.name, a.status, a.body)
		}
	}
	id := up.field("id").(string)
	s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+version, map[string]any{"attachments": []string{id}})
	if a := s.publish(editorA, article, version); a.field("data", "attachments", "code") != "publication_attachments_missing" {
		t.Errorf("a picture without words was published: %s", a.body)
	}
	if a := s.get("/f/" + id + "/x.png"); a.status != 404 {
		t.Errorf("the file of a draft answers %d", a.status)
	}
	s.do(editorA, http.MethodPatch, "/api/collections/attachments/records/"+id, map[string]any{"alt": "校门"})
	if a := s.publish(editorA, article, version); a.status != 200 {
		t.Fatalf("publish: %s", a.body)
	}
	for _, path := range []string{"/f/" + id + "/x.png", "/f/" + id + "/thumb.jpg"} {
		if a := s.get(path); a.status != 200 || a.header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(a.header.Get("Content-Type"), "image/") {
			t.Errorf("%s: %d %v", path, a.status, a.header)
		}
	}
	if !s.get("/a/"+article).has("校园 照片.png", "/f/"+id+"/") {
		t.Error("the page does not name the file")
	}
	stored, _ := s.app.FindRecordById("attachments", id)
	if a := s.get("/api/files/attachments/" + id + "/" + stored.GetString("file")); a.status == 200 {
		t.Error("the second door gives the file to anybody")
	}
	if a := s.do(editorA, http.MethodDelete, "/api/collections/attachments/records/"+id, nil); a.status < 400 {
		t.Error("a published file was deleted")
	}
	s.step(editorA, article, "", "withdraw", "含个人信息")
	if a := s.get("/f/" + id + "/thumb.jpg"); a.status != 404 {
		t.Errorf("the small picture of a withdrawn article answers %d", a.status)
	}
	if a := s.get("/f/" + id + "/x.png"); a.status != 302 || a.header.Get("Location") != "/a/"+article+"?file="+id || a.has("PNG") {
		t.Errorf("the file of a withdrawn article leads not to its notice: %d %v", a.status, a.header)
	}
}

func TestColumnsAreThoseOfTheStandard(t *testing.T) {
	s := serve(t)
	for _, tt := range []struct{ name, column, code string }{
		{"a column of private schools", "A0808", "column_not_applicable"},
		{"a column that does not exist", "Z9999", "column_not_applicable"},
		{"a generated column", "A0102", "column_not_written"},
		{"a synchronised column", "A0204", "column_not_written"},
		{"no column", "", "column_missing"},
	} {
		a := s.do(editorA, http.MethodPost, "/api/collections/articles/records", map[string]any{"column": tt.column, "title": "x"})
		if a.status != 400 || a.field("data", "column", "code") != tt.code {
			t.Errorf("%s: %d %s", tt.name, a.status, a.body)
		}
	}
	a := s.do(editorA, http.MethodPost, "/api/collections/articles/records",
		map[string]any{"column": "A0308", "title": "x", "school": schoolB, "state": "published", "index_number": "9"})
	if a.field("school") != schoolA || a.field("state") != "draft" || a.field("index_number") != "" {
		t.Errorf("the client's own idea was kept: %s", a.body)
	}
}
