package pb_hooks_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestVisitsOfThePublicSiteAreKept(t *testing.T) {
	s := serve(t)
	s.get("/")
	s.get("/schools?q=%E6%99%A8%0Aforged%22")
	s.get("/a/nothing")
	req, err := http.NewRequest(http.MethodGet, s.url+"/robots.txt", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("User-Agent", "an \"agent\"")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	s.do(editorA, http.MethodGet, "/api/app/desk", nil) // PocketBase's log has it
	path := filepath.Join(s.app.DataDir(), "logs", "access.log")
	var lines []string
	for deadline := time.Now().Add(10 * time.Second); len(lines) < 4 && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		raw, _ := os.ReadFile(path)
		lines = strings.Split(strings.TrimSpace(string(raw)), "\n")
	}
	if len(lines) != 4 {
		t.Fatalf("%q", lines)
	}
	for i, want := range []string{`"GET / HTTP/1.1" 200 `, `"GET /schools?q=%E6%99%A8%0Aforged%22 HTTP/1.1" 200 `, `"GET /a/nothing HTTP/1.1" 404 `, `"an \"agent\""`} {
		if !strings.HasPrefix(lines[i], "127.0.0.1 - - [23/Nov/2026:10:00:00 +0800] ") || !strings.Contains(lines[i], want) {
			t.Errorf("%q has no %q", lines[i], want)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}
