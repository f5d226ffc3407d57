package pb_hooks_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// anonymous are the routes of PocketBase that answer visitors with something
// other than a refusal; the public site in front of it only reads.
var anonymous = []string{
	"GET /api/health",
	"POST /api/collections/staff/auth-with-password", "POST /api/collections/staff/request-password-reset",
	"POST /api/collections/staff/confirm-password-reset", "POST /api/collections/_superusers/auth-with-password",
	"GET /api/collections/staff/auth-methods", "POST /api/realtime", "GET /api/realtime",
}

func TestDoorsClosedToVisitors(t *testing.T) {
	heavy(t)
	s := serve(t)
	for _, c := range []string{"staff", "articles", "article_versions", "article_steps", "attachments", "schools", "columns", "standards", "districts",
		"index_serials", "public_articles"} {
		base := "/api/collections/" + c + "/records"
		list := s.get(base)
		if list.status < 400 && list.field("totalItems") != 0.0 {
			t.Errorf("visitors list %s: %s", c, list.body)
		}
		for _, method := range []string{http.MethodPost, http.MethodPatch, http.MethodDelete} {
			path := base
			if method != http.MethodPost {
				path += "/" + schoolA
			}
			if a := s.do("", method, path, map[string]any{"title": "x"}); a.status < 400 {
				t.Errorf("%s %s answers %d", method, path, a.status)
			}
		}
	}
	for _, path := range []string{"/api/app/desk", "/api/settings", "/api/logs", "/api/backups", "/api/crons", "/api/collections", "/api/batch"} {
		if a := s.get(path); a.status < 400 {
			t.Errorf("GET %s answers %d", path, a.status)
		}
	}
	for _, door := range anonymous {
		method, path, _ := strings.Cut(door, " ")
		if method == http.MethodGet && path != "/api/realtime" {
			if a := s.get(path); a.status != 200 {
				t.Errorf("%s answers %d", door, a.status)
			}
		}
	}
}

func TestUnknownPathsAreRealNotFound(t *testing.T) {
	s := serve(t)
	for path, kind := range map[string]string{
		"/api/nope": "application/json", "/api/": "application/json", "/nope": "text/html; charset=utf-8", "/s/none": "text/html; charset=utf-8",
		"/s/9999990001/A9999": "text/html; charset=utf-8", "/s/9999990001/A0308?page=2": "text/html; charset=utf-8", "/a/none": "text/html; charset=utf-8",
		"/open/v1/none": "application/problem+json; charset=utf-8", "/open/v1/schools/none": "application/problem+json; charset=utf-8", "/assets/none.js": "text/html; charset=utf-8",
		"/f/none/x.pdf": "text/html; charset=utf-8",
	} {
		a := s.get(path)
		if a.status != 404 || a.header.Get("Content-Type") != kind {
			t.Errorf("%s: %d %s", path, a.status, a.header.Get("Content-Type"))
		}
	}
	if a := s.get("/nope"); !a.has(`action="/search"`) {
		t.Error("the page that is not found offers no search")
	}
}

func TestHostileQueries(t *testing.T) {
	s := serve(t)
	for query, want := range map[string][]int{
		"/search?q=%zz": {400}, "/search?page=0": {400}, "/search?page=abc": {400}, "/search?q=x&from=2026-13-45": {400},
		"/search?q=" + strings.Repeat("a", 5000): {400, 414}, "/search?q=%22%20OR%201%3D1%20--": {200}, "/search?q=NEAR(a%20b)": {200},
		"/search?q=*": {200}, "/search?q=%00": {200}, "/search?q=title:x": {200}, "/search?q=%ff%fe": {200},
		"/s/9999990001/A0308?page=99999999999999999999": {400}, "/schools?q=" + strings.Repeat("%25", 300): {200}, "/s/%2e%2e%2f/A0308": {404},
		"/open/v1/articles?limit=1000000": {400}, "/open/v1/articles?cursor=%27": {400}, "/a/'%20OR%20'1'='1": {404},
	} {
		started := time.Now()
		a := s.get(query)
		if !slices.Contains(want, a.status) {
			t.Errorf("%s: %d, want %v", query, a.status, want)
		}
		if took := time.Since(started); took > 5*time.Second {
			t.Errorf("%s took %v", query, took)
		}
	}
}

func signIn(s *server, email, pass string) answer {
	return s.do("", http.MethodPost, "/api/collections/staff/auth-with-password", map[string]any{"identity": email, "password": pass})
}

func TestSignInLocksAfterFiveFailures(t *testing.T) {
	heavy(t)
	s := serve(t)
	if a := signIn(s, editorA, password); a.status != 200 {
		t.Fatalf("the right password: %d %s", a.status, a.body)
	}
	wrong, unknown := signIn(s, editorA, "wrong"), signIn(s, "nobody@x.cn", "wrong")
	if wrong.status != 400 || wrong.body != unknown.body {
		t.Errorf("the answers tell which accounts exist: %s / %s", wrong.body, unknown.body)
	}
	for range 4 {
		signIn(s, editorA, "wrong")
	}
	if a := signIn(s, editorA, password); a.status != 429 || !a.has("锁定") {
		t.Errorf("after five failures: %d %s", a.status, a.body)
	}
	if a := signIn(s, editorB, password); a.status != 200 {
		t.Errorf("somebody else: %d", a.status)
	}
}

func TestSignInCountsFailuresInARowOnly(t *testing.T) {
	heavy(t)
	s := serve(t)
	for i := range 8 {
		pass := "wrong"
		if i%4 == 3 {
			pass = password
		}
		if a := signIn(s, editorA, pass); (a.status == 200) != (pass == password) {
			t.Fatalf("attempt %d: %d %s", i, a.status, a.body)
		}
	}
}

func TestPasswordPolicy(t *testing.T) {
	heavy(t)
	s := serve(t)
	for i, tt := range []struct {
		name, pass string
		ok         bool
	}{
		{"three kinds and long enough", "lower-2026-x", true},
		{"two kinds only", "lowercase2026", false},
		{"too short", "Ab1-xyz", false},
	} {
		a := s.do(root, http.MethodPost, "/api/collections/staff/records", map[string]any{"email": fmt.Sprintf("p%d@x.cn", i), "name": "x",
			"password": tt.pass, "passwordConfirm": tt.pass})
		if (a.status == 200) != tt.ok {
			t.Errorf("%s: %d %s", tt.name, a.status, a.body)
		}
		if !tt.ok && a.field("data", "password") == nil {
			t.Errorf("%s: not at the field: %s", tt.name, a.body)
		}
	}
}

func TestSearchIsLimitedPerAddress(t *testing.T) {
	s := serve(t)
	r, err := s.app.FindRecordById("districts", "district0000000")
	if err != nil {
		t.Fatal(err)
	}
	r.Set("search_per_minute", 6)
	if err := s.app.Save(r); err != nil {
		t.Fatal(err)
	}
	var last answer
	for range 5 {
		last = s.get("/search?q=食堂")
	}
	if last.status != 429 || last.header.Get("Retry-After") == "" || !last.has("稍等") {
		t.Errorf("%d %v", last.status, last.header)
	}
	if a := s.get("/"); a.status != 200 {
		t.Errorf("reading is limited too: %d", a.status)
	}
}

func TestCodesAreFinal(t *testing.T) {
	s := serve(t)
	if a := s.do(root, http.MethodPatch, "/api/collections/schools/records/"+schoolA, map[string]any{"code": "1234"}); a.status != 400 {
		t.Errorf("a school's code changed: %d", a.status)
	}
	if a := s.do(root, http.MethodPatch, "/api/collections/schools/records/"+schoolA, map[string]any{"name": "示范区晨光实验小学"}); a.status != 200 {
		t.Errorf("a school's name: %d %s", a.status, a.body)
	}
	if !s.get("/s/9999990001").has("示范区晨光实验小学") {
		t.Error("the page shows the old name")
	}
	a := s.do(root, http.MethodPost, "/api/collections/schools/records", map[string]any{"code": "9999990003", "name": "示范区新开学校", "stages": []string{"小学"}, "status": "planned"})
	if a.status != 200 || a.field("initials") != "sfqxkxx" && a.field("initials") != "xkxx" || s.get("/s/9999990003").status != 200 {
		t.Errorf("one row does not open a school: %d %s", a.status, a.body)
	}
}
