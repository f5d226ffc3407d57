package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
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

// shared is a folder for what is made once: the binary and a demonstration.
var shared string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "gongkai_shared_*")
	if err != nil {
		panic(err)
	}
	shared = dir
	code := m.Run()
	if err := os.RemoveAll(dir); err != nil {
		panic(err)
	}
	os.Exit(code)
}

var built = sync.OnceValues(func() ([]byte, error) {
	return exec.Command("go", "build", "-o", filepath.Join(shared, "gongkai"), ".").CombinedOutput()
})

func buildBinary(t *testing.T) *binary {
	t.Helper()
	if testing.Short() {
		t.Skip("the binary is a process of its own: the race detector does not see into it")
	}
	if out, err := built(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	b := &binary{t: t, path: filepath.Join(shared, "gongkai"), dir: filepath.Join(t.TempDir(), "data")}
	t.Cleanup(b.kill)
	return b
}

var demonstrated = sync.OnceValues(func() ([]byte, error) {
	return exec.Command(filepath.Join(shared, "gongkai"), "demo", "--schools=2", "--articles=5", "--dir="+filepath.Join(shared, "demo")).CombinedOutput()
})

// demo fills the data folder with a demonstration of two schools.
func (b *binary) demo() {
	b.t.Helper()
	if out, err := demonstrated(); err != nil {
		b.t.Fatalf("demo: %v\n%s", err, out)
	}
	if err := os.CopyFS(b.dir, os.DirFS(filepath.Join(shared, "demo"))); err != nil {
		b.t.Fatal(err)
	}
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
	if b.url == "" { // the same address after every start
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			b.t.Fatal(err)
		}
		b.url = "http://" + l.Addr().String()
		l.Close()
	}
	addr := strings.TrimPrefix(b.url, "http://")
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

// ask gets an answer, or fails the test.
func (b *binary) ask(method, path, token string, body any) (int, string) {
	b.t.Helper()
	status, text, err := b.try(method, path, token, body)
	if err != nil {
		b.t.Fatal(err)
	}
	return status, text
}

// try asks a server that may be dead; an error means that nobody answered.
func (b *binary) try(method, path, token string, body any) (int, string, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return 0, "", err
	}
	req, err := http.NewRequest(method, b.url+path, bytes.NewReader(raw))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return res.StatusCode, string(text), err
}

// signIn returns the token of a demonstration account.
func (b *binary) signIn(email string) string {
	b.t.Helper()
	status, body := b.ask(http.MethodPost, "/api/collections/staff/auth-with-password", "",
		map[string]string{"identity": email, "password": "Demo-2026-gongkai"})
	if status != http.StatusOK {
		b.t.Fatalf("sign in as %s: %d %s", email, status, body)
	}
	return value(b.t, body, "token")
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

// Whoever forgets the key of the settings, or what to export, is told in Chinese what to add.
func TestACommandSaysWhatItLacks(t *testing.T) {
	b := buildBinary(t)
	ask := func(key string, args ...string) string {
		c := exec.Command(b.path, append(args, "--dir="+b.dir)...)
		c.Env = append(os.Environ(), "GONGKAI_KEY="+key)
		out, err := c.CombinedOutput()
		if err == nil && key == "" {
			t.Errorf("%v ends well: %s", args, out)
		}
		return string(out)
	}
	ask(strings.Repeat("k", 32), "schools", "import", filepath.Join("examples", "minhang-schools.csv")) // makes the data folder
	if out := ask("", "schools", "import", filepath.Join("examples", "minhang-schools.csv")); !strings.Contains(out, "/etc/gongkai/key.env") {
		t.Errorf("without the key of the settings: %s", out)
	}
	b.dir = filepath.Join(t.TempDir(), "data")
	for _, tt := range []struct{ args, want string }{
		{"export", "--school"}, {"export --district", "--out 全区.zip"}, {"export --district --school 9999990001 --out x.zip", "还是全区"},
	} {
		if out := ask("", strings.Fields(tt.args)...); !strings.Contains(out, tt.want) || strings.Contains(out, "flag") {
			t.Errorf("%s: %s", tt.args, out)
		}
	}
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
