package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// binary is the real thing: built, started as its own process, and killed.
type binary struct {
	t         *testing.T
	path, dir string
	url       string
	process   *exec.Cmd
}

func buildBinary(t *testing.T) *binary {
	t.Helper()
	dir := t.TempDir()
	b := &binary{t: t, path: filepath.Join(dir, "gongkai"), dir: filepath.Join(dir, "data")}
	if out, err := exec.Command("go", "build", "-o", b.path, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	t.Cleanup(b.kill)
	return b
}

func (b *binary) run(args ...string) string {
	b.t.Helper()
	out, err := exec.Command(b.path, append(args, "--dir="+b.dir)...).CombinedOutput()
	if err != nil {
		b.t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

// serve starts the server on a free port and waits until it answers.
func (b *binary) serve() {
	b.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	b.url = "http://" + addr
	b.process = exec.Command(b.path, "serve", "--http="+addr, "--dir="+b.dir)
	b.process.Stderr = os.Stderr
	if err := b.process.Start(); err != nil {
		b.t.Fatal(err)
	}
	for range 200 {
		if res, err := http.Get(b.url + "/healthz"); err == nil {
			res.Body.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatal("the server does not answer")
}

// kill ends the server the hard way.
func (b *binary) kill() {
	if b.process == nil {
		return
	}
	if err := b.process.Process.Kill(); err == nil {
		_ = b.process.Wait() // killed: there is always an error
	}
	b.process = nil
}

func (b *binary) ask(method, path, token string, body any) (int, string) {
	b.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	req, err := http.NewRequest(method, b.url+path, bytes.NewReader(raw))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

func TestAFailedCommandSaysSoInItsExitCode(t *testing.T) {
	b := buildBinary(t)
	for _, args := range [][]string{{"schools", "import", "none.csv"}, {"schools", "import"}, {"articles", "import", "none.jsonl"},
		{"demo", "--schools=x"}, {"health", "--address=127.0.0.1:1"}, {"serve", "--http=256.0.0.1:1"}, {"nonsense"}} {
		if out, err := exec.Command(b.path, append(args, "--dir="+b.dir)...).CombinedOutput(); err == nil {
			t.Errorf("%v ends well: %s", args, out)
		}
	}
	b.run("schools", "import", filepath.Join("examples", "minhang-schools.csv"))
}

func value(t *testing.T, body, name string) string {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	s, _ := v[name].(string)
	return s
}

// What the server acknowledged survives kill -9: it is on the page, in the feed
// and in the search of the next start, with the next index number.
func TestAcknowledgedSurvivesAKill(t *testing.T) {
	b := buildBinary(t)
	b.run("demo", "--schools=2", "--articles=5")
	b.serve()
	status, body := b.ask(http.MethodPost, "/api/collections/staff/auth-with-password", "",
		map[string]string{"identity": "editor1@demo.example", "password": "Demo-2026-gongkai"})
	if status != http.StatusOK {
		t.Fatalf("sign in: %d %s", status, body)
	}
	token := value(t, body, "token")
	var ids, numbers []string
	for i := range 3 {
		title := fmt.Sprintf("断电演练第%c次通知", []rune("甲乙丙")[i])
		_, body = b.ask(http.MethodPost, "/api/collections/articles/records", token, map[string]string{"column": "A0308", "title": title})
		article := value(t, body, "id")
		_, body = b.ask(http.MethodGet, "/api/collections/article_versions/records?filter="+"article='"+article+"'", token, nil)
		var list struct{ Items []struct{ ID string } }
		if err := json.Unmarshal([]byte(body), &list); err != nil || len(list.Items) != 1 {
			t.Fatalf("versions: %v %s", err, body)
		}
		b.ask(http.MethodPatch, "/api/collections/article_versions/records/"+list.Items[0].ID, token,
			map[string]string{"body": "<p>突然断电以后，已经答复的内容仍然要在。</p>", "created_on": "2026-01-05"})
		status, body = b.ask(http.MethodPost, "/api/collections/article_steps/records", token,
			map[string]string{"article": article, "version": list.Items[0].ID, "action": "publish"})
		b.kill() // at the very moment of the answer
		if status != http.StatusOK {
			t.Fatalf("publish: %d %s", status, body)
		}
		ids = append(ids, article)
		b.serve()
		_, body = b.ask(http.MethodGet, "/open/v1/articles/"+article, "", nil)
		number := body[strings.Index(body, "index_number"):][:60]
		numbers = append(numbers, number)
		for _, page := range []string{"/a/" + article, "/feed.xml", "/search?q=" + "断电演练"} {
			if status, text := b.ask(http.MethodGet, page, "", nil); status != http.StatusOK || !strings.Contains(text, article) {
				t.Errorf("%s after the kill: %d, shows it: %v", page, status, strings.Contains(text, article))
			}
		}
	}
	if numbers[0] == numbers[1] || numbers[1] == numbers[2] {
		t.Errorf("an index number was given out twice: %v", numbers)
	}
	if _, text := b.ask(http.MethodGet, "/open/v1/search?q=断电演练", "", nil); strings.Count(text, `"index_number"`) != len(ids) {
		t.Errorf("search finds %d, want %d", strings.Count(text, `"index_number"`), len(ids))
	}
}
