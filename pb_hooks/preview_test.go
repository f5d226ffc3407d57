package pb_hooks_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"
)

// previewOf makes a link to a version and returns its path.
func (s *server) previewOf(as, version string) string {
	s.t.Helper()
	a := s.do(as, http.MethodPost, "/api/app/versions/"+version+"/preview", nil)
	if a.status != http.StatusOK || a.field("expires_at") != s.now.Load().UTC().Add(24*time.Hour).Format(time.RFC3339) {
		s.t.Fatalf("make a preview link: %d %s", a.status, a.body)
	}
	return a.field("url").(string)
}

// draftWithFiles is a draft whose text shows a picture; the second file belongs
// to the article, but not to the version.
func (s *server) draftWithFiles() (article, version, shown, other string) {
	s.t.Helper()
	article, version = s.draft(editorA, "A0308", "供餐时间调整", someText)
	shown = s.upload(editorA, article, "场地图.png", pngBytes(s.t)).field("id").(string)
	other = s.upload(editorA, article, "别的.png", pngBytes(s.t)).field("id").(string)
	s.do(editorA, http.MethodPatch, "/api/collections/attachments/records/"+shown, map[string]any{"alt": "操场跑道分区示意图"})
	a := s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+version, map[string]any{"attachments": []string{shown},
		"body": someText + `<p><img src="/f/` + shown + `/x.png" alt="场地图"></p>`})
	if a.status != http.StatusOK {
		s.t.Fatal(a.body)
	}
	return article, version, shown, other
}

func TestPreviewShowsOneVersionToWhoHasTheLink(t *testing.T) {
	s := serve(t)
	article, version, shown, other := s.draftWithFiles()
	link := s.previewOf(editorA, version)
	page := s.get(link)
	if page.status != http.StatusOK || !page.has("预览，未公开，链接到", "2026年11月24日 10:00", "供餐时间调整", "十一点三十分", `class="site-header"`,
		`src="`+link+"/f/"+shown+`"`, `href="`+link+"/f/"+shown+`"`, `<meta name="robots" content="noindex">`) {
		t.Errorf("the page: %d %s", page.status, page.body)
	}
	if page.has("assets/public.js", `rel="canonical"`, "/f/"+shown+"/x.png") {
		t.Error("the page takes over, names an address of its own, or leads to files that are not public")
	}
	for name, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive",
		"Content-Security-Policy": s.get("/").header.Get("Content-Security-Policy")} {
		if got := page.header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	file := s.get(link + "/f/" + shown)
	if file.status != http.StatusOK || file.header.Get("Content-Type") != "image/png" || file.header.Get("Cache-Control") != "no-store" {
		t.Errorf("its picture: %d %v", file.status, file.header)
	}
	if a := s.get(link + "/f/" + shown + "?thumb=1"); a.status != http.StatusOK || a.header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("its thumbnail: %d %v", a.status, a.header)
	}
	if a := s.get(link + "/f/" + other); a.status != http.StatusNotFound {
		t.Errorf("a file of another version: %d", a.status)
	}
	for _, path := range []string{"/a/" + article, "/f/" + shown + "/x.png", "/search?q=供餐时间"} {
		if a := s.get(path); a.has("十一点三十分") || strings.HasPrefix(path, "/f/") && a.status != http.StatusNotFound {
			t.Errorf("%s shows what only the link shows: %d", path, a.status)
		}
	}
	stored, err := s.app.FindFirstRecordByData("preview_links", "version", version)
	if err != nil || strings.Contains(link, stored.GetString("token_hash")) || len(stored.GetString("token_hash")) != 64 {
		t.Errorf("the token itself is stored: %v", err)
	}
}

func TestPreviewIsMadeByThoseWhoSeeTheVersionAndServeTheSchool(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	for who, want := range map[string]int{editorA: 200, reviewerA: 200, secrecyA: 200, principalA: 200, nobodyA: 404, adminA: 404, editorB: 404,
		bureauReviewer: 404, auditor: 404, supervisor: 403, root: 403, "": 401} {
		if a := s.do(who, http.MethodPost, "/api/app/versions/"+version+"/preview", nil); a.status != want {
			t.Errorf("%q: %d, want %d: %s", who, a.status, want, a.body)
		}
	}
}

func TestPreviewLinkDies(t *testing.T) {
	heavy(t)
	for name, end := range map[string]func(s *server, article, version string){
		"after 24 hours": func(s *server, _, _ string) { s.wait(24 * time.Hour) },
		"when the draft is discarded": func(s *server, article, version string) {
			if a := s.do(editorA, http.MethodDelete, "/api/collections/articles/records/"+article, nil); a.status != http.StatusNoContent {
				s.t.Fatal(a.body)
			}
		},
		"when its maker is deactivated": func(s *server, _, _ string) {
			r := s.record("staff", s.person(editorA))
			r.Set("deactivated_at", now)
			if err := s.app.Save(r); err != nil {
				s.t.Fatal(err)
			}
		},
		"when the text is withdrawn": func(s *server, article, version string) {
			if a := s.publish(editorA, article, version); a.status != http.StatusOK {
				s.t.Fatal(a.body)
			}
			s.must(editorA, article, map[string]any{"action": "withdraw", "reason": "时间有误"})
		},
		"when it is found not to be for the public": func(s *server, article, version string) {
			s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
			s.must(reviewerA, article, map[string]any{"version": version, "action": "approve", "check": fine})
			s.must(secrecyA, article, map[string]any{"version": version, "action": "withhold", "reason": "涉及个人隐私",
				"check": map[string]any{"found": []string{"privacy"}, "basis": "条例第十五条", "result": "not_public"}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t)
			article, version, shown, _ := s.draftWithFiles()
			link := s.previewOf(editorA, version)
			if a := s.get(link); a.status != http.StatusOK {
				t.Fatalf("before: %d", a.status)
			}
			end(s, article, version)
			gone, unknown := s.get(link), s.get("/api/app/preview/"+strings.Repeat("x", 43))
			if gone.status != http.StatusNotFound || !gone.has("预览链接已失效") || gone.has("十一点三十分") || gone.body != unknown.body {
				t.Errorf("after: %d, like an unknown one: %v", gone.status, gone.body == unknown.body)
			}
			if a := s.get(link + "/f/" + shown); a.status != http.StatusNotFound || a.body != unknown.body {
				t.Errorf("its file: %d", a.status)
			}
		})
	}
}

func TestPreviewIsNotMadeOfWhatWasTakenBack(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	s.publish(editorA, article, version)
	if a := s.get(s.previewOf(editorA, version)); !a.has("这个版本已经公开", "/a/"+article) || a.has("未公开") {
		t.Errorf("of what is public: %s", a.body)
	}
	s.must(editorA, article, map[string]any{"action": "withdraw", "reason": "时间有误"})
	if a := s.do(editorA, http.MethodPost, "/api/app/versions/"+version+"/preview", nil); a.status != http.StatusBadRequest || !a.has("撤下") {
		t.Errorf("of what was withdrawn: %d %s", a.status, a.body)
	}
}

func TestPreviewLinksThatHaveEndedAreForgotten(t *testing.T) {
	s := serve(t)
	_, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	s.previewOf(editorA, version)
	s.wait(time.Hour)
	young := s.previewOf(editorA, version)
	s.wait(23 * time.Hour)
	s.run("preview-links")
	if n, err := s.app.CountRecords("preview_links"); err != nil || n != 1 || s.get(young).status != http.StatusOK {
		t.Errorf("%d links left, %v", n, err)
	}
}

// pngBytes is a small picture.
func pngBytes(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
