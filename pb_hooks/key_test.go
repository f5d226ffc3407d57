package pb_hooks_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/sealed"
)

const (
	keyEnv     = "GONGKAI_DATA_KEY"
	keyFileEnv = "GONGKAI_DATA_KEY_FILE"
)

// keyID is the id of a key as it stands in a file.
func keyID(t testing.TB, key string) string {
	t.Helper()
	ring, err := sealed.ParseKeys(key)
	if err != nil {
		t.Fatal(err)
	}
	return ring.CurrentID()
}

// start starts a server on a copy of the data of dir, and stops it again.
func start(t testing.TB, dir string) (*tests.TestApp, error) {
	t.Helper()
	return startOn(t, dir, nil)
}

// startOn is start, where listening ends with this error.
func startOn(t testing.TB, dir string, listening error) (*tests.TestApp, error) {
	t.Helper()
	app, err := tests.NewTestApp(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(app.Cleanup)
	pb_hooks.Register(app, options())
	router, err := apis.NewRouter(app)
	if err != nil {
		t.Fatal(err)
	}
	event := &core.ServeEvent{App: app, Router: router, Server: &http.Server{}}
	err = app.OnServe().Trigger(event, func(e *core.ServeEvent) error { return listening })
	if serr := event.Server.Shutdown(t.Context()); serr != nil {
		t.Fatal(serr)
	}
	// what works beside a server has ended before its files are copied
	if terr := app.OnTerminate().Trigger(&core.TerminateEvent{App: app}, func(*core.TerminateEvent) error { return nil }); terr != nil {
		t.Fatal(terr)
	}
	if _, err := app.DB().NewQuery("PRAGMA wal_checkpoint(TRUNCATE)").Execute(); err != nil {
		t.Fatal(err)
	}
	return app, err
}

func sealings(t testing.TB, app core.App) (ids []string) {
	t.Helper()
	if err := app.DB().NewQuery("SELECT key_id FROM sealing ORDER BY created").Column(&ids); err != nil {
		t.Fatal(err)
	}
	return ids
}

// write writes a file of this mode.
func write(t testing.TB, path, text string, mode os.FileMode) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil { // whatever the umask
		t.Fatal(err)
	}
	return path
}

func TestWhereTheKeyComesFrom(t *testing.T) {
	key := sealed.NewKey()
	outside := t.TempDir()
	link := func(to, at string) string {
		if err := os.Symlink(to, at); err != nil {
			t.Fatal(err)
		}
		return at
	}
	good := write(t, filepath.Join(outside, "good.key"), "# 数据密钥\n"+key+"\n", 0o400)
	for _, tt := range []struct {
		name       string
		value, at  string
		inside     bool   // at is relative to the data folder
		refused    string // part of the sentence; "" starts
		doctor     string // level
		doctorSays string
	}{
		{name: "no key", doctor: "error", doctorSays: "没有数据密钥"},
		{name: "a value", value: key, doctor: "ok", doctorSays: "环境变量 GONGKAI_DATA_KEY"},
		{name: "a file", at: good, doctor: "ok", doctorSays: "good.key"},
		{name: "a file for the group to read", at: write(t, filepath.Join(outside, "group.key"), key, 0o640), doctor: "ok"},
		{name: "a link to a file", at: link(good, filepath.Join(outside, "link.key")), doctor: "ok"},
		{name: "both", value: key, at: good, refused: "都设置了", doctor: "error", doctorSays: "都设置了"},
		{name: "a word", value: "password", refused: "第 1 行", doctor: "error", doctorSays: "环境变量 GONGKAI_DATA_KEY：第 1 行"},
		{name: "spaces", value: "  ", refused: "没有密钥", doctor: "error"},
		{name: "an empty file", at: write(t, filepath.Join(outside, "empty.key"), "# nothing yet\n", 0o400), refused: "没有密钥", doctor: "error", doctorSays: "gongkai key new"},
		{name: "no such file", at: filepath.Join(outside, "none.key"), refused: "读不到密钥文件", doctor: "error", doctorSays: "chown"},
		{name: "a folder", at: outside, refused: "不是密钥文件", doctor: "error"},
		{name: "a large file", at: write(t, filepath.Join(outside, "large.key"), strings.Repeat("#\n", 40<<10), 0o400), refused: "不是密钥文件", doctor: "error"},
		{name: "a file for everybody to read", at: write(t, filepath.Join(outside, "open.key"), key, 0o644), refused: "权限 0644", doctor: "error", doctorSays: "chmod 400"},
		{name: "a file for the group to write", at: write(t, filepath.Join(outside, "shared.key"), key, 0o660), refused: "权限 0660", doctor: "error"},
		{name: "a file in the data folder", at: "data.key", inside: true, refused: "在数据目录里", doctor: "error", doctorSays: "/etc/gongkai/data.key"},
		{name: "a file deep in the data folder", at: "storage/x/data.key", inside: true, refused: "在数据目录里", doctor: "error"},
		{name: "the key of the demonstration", value: demoKey, refused: "演示密钥", doctor: "error"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := cloned(t)
			path := tt.at
			if tt.inside {
				path = write(t, filepath.Join(dir.DataDir(), tt.at), key, 0o400)
			}
			t.Setenv(keyEnv, tt.value)
			t.Setenv(keyFileEnv, path)
			_, err := pb_hooks.NewSealer(dir, true)
			if (err == nil) != (tt.refused == "") || err != nil && !strings.Contains(err.Error(), tt.refused) {
				t.Errorf("got %v, want %q", err, tt.refused)
			}
			if err != nil && strings.Contains(err.Error(), key) {
				t.Errorf("the key is printed: %v", err)
			}
			if f := examined(t, dir)["数据密钥"]; f.Level != tt.doctor || !strings.Contains(f.Found+f.Todo, tt.doctorSays) {
				t.Errorf("doctor says %+v", f)
			}
		})
	}
	t.Run("links around the data folder", func(t *testing.T) {
		app := cloned(t)
		inside := write(t, filepath.Join(app.DataDir(), "data.key"), key, 0o400)
		other := link(app.DataDir(), filepath.Join(outside, "elsewhere"))
		for name, path := range map[string]string{
			"a link into it":            link(inside, filepath.Join(outside, "in.key")),
			"a link out of it":          link(good, filepath.Join(app.DataDir(), "out.key")),
			"another name of it":        filepath.Join(other, "data.key"),
			"a path that goes about it": filepath.Join(app.DataDir(), "..", filepath.Base(app.DataDir()), "data.key"),
		} {
			t.Setenv(keyFileEnv, path)
			if _, err := pb_hooks.NewSealer(app, true); err == nil || !strings.Contains(err.Error(), "在数据目录里") {
				t.Errorf("%s: got %v", name, err)
			}
		}
		t.Setenv(keyFileEnv, write(t, app.DataDir()+".key", key, 0o400)) // its name begins alike
		if _, err := pb_hooks.NewSealer(app, true); err != nil {
			t.Errorf("a file beside it: %v", err)
		}
	})
}

const demoKey = "823015ed439316a0157685e5c1b5d6f39824521d8843f25ea23256e93d2e0c4c"

func cloned(t testing.TB) *tests.TestApp {
	t.Helper()
	app := newApp(t)
	t.Cleanup(app.Cleanup)
	return app
}

func examined(t testing.TB, app core.App) diagnosis {
	t.Helper()
	d, _ := examine(t, app)
	return d
}

// A server that once had a key does not start without it, nor with another.
func TestServeIsRefusedWithoutTheKeyOfTheDatabase(t *testing.T) {
	a, b := sealed.NewKey(), sealed.NewKey()
	dir := template()
	app, err := start(t, dir)
	if err != nil || len(sealings(t, app)) != 0 {
		t.Fatalf("without a key: %v", err)
	}
	t.Setenv(keyEnv, a)
	if app, err := startOn(t, app.DataDir(), errors.New("address already in use")); err == nil || len(sealings(t, app)) > 0 {
		t.Errorf("a server that cannot listen: got %v, known are %v", err, sealings(t, app))
	}
	app, err = start(t, app.DataDir())
	if ids := sealings(t, app); err != nil || len(ids) != 1 || ids[0] != keyID(t, a) {
		t.Fatalf("with a key: %v, known are %v", err, ids)
	}
	before := app.DataDir()
	for _, tt := range []struct {
		name, keys, code, want string
		known                  int
	}{
		{"no key", "", "data_key_missing", "密钥 " + keyID(t, a), 1},
		{"another key", b, "data_key_wrong", "取回密钥 " + keyID(t, a), 1},
		{"the same key", a, "", "", 1},
		{"a new key below", a + "," + b, "", "", 2},
		{"a new key above: the old one goes on", b + "," + a, "", "", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv(keyEnv, tt.keys)
			app, err := start(t, before)
			if (err == nil) != (tt.code == "") {
				t.Fatalf("got %v", err)
			}
			if err != nil {
				coded, isCoded := err.(interface {
					Code() string
					ExitCode() int
				})
				if !isCoded || coded.Code() != tt.code || coded.ExitCode() != 78 || !strings.Contains(err.Error(), tt.want) {
					t.Errorf("got %v", err)
				}
				if f := examined(t, app)["数据密钥"]; f.Level != "error" || !strings.Contains(f.Found+f.Todo, tt.want) {
					t.Errorf("doctor says %+v", f)
				}
			}
			if n := len(sealings(t, app)); n != tt.known {
				t.Errorf("%d keys are known, want %d", n, tt.known)
			}
		})
	}
}

// Without a key everything that is public goes on.
func TestWithoutAKeyThePublicIsServed(t *testing.T) {
	s := serve(t)
	if a := s.get("/"); a.status != http.StatusOK {
		t.Errorf("got %d", a.status)
	}
	_, err := runCommand(t, s.app, "key", "rotate")
	if err == nil || !strings.Contains(err.Error(), "gongkai key new") {
		t.Errorf("rotate: got %v", err)
	}
}

func TestKnownKeysAreTheServersOnly(t *testing.T) {
	t.Setenv(keyEnv, sealed.NewKey())
	s := serve(t)
	id := s.value("SELECT id FROM sealing")
	for _, who := range []string{root, bureauAdmin, auditor} {
		for _, tt := range []struct {
			method, path string
			body         map[string]any
		}{
			{http.MethodPost, "", map[string]any{"key_id": "00000000", "probe": "p1.00000000.0"}},
			{http.MethodPatch, "/" + id, map[string]any{"probe": "p1.00000000.0"}},
			{http.MethodDelete, "/" + id, nil},
		} {
			if a := s.do(who, tt.method, "/api/collections/sealing/records"+tt.path, tt.body); a.status < 400 {
				t.Errorf("%s %s: %d %s", who, tt.method, a.status, a.body)
			}
		}
	}
	if entered := s.value("SELECT count(*) FROM audit_log WHERE action = 'use_key'"); entered != "1" {
		t.Errorf("the audit has %s entries", entered)
	}
}

// value is one value of the database.
func (s *server) value(query string) (v string) {
	s.t.Helper()
	if err := s.app.DB().NewQuery(query).Row(&v); err != nil {
		s.t.Fatal(err)
	}
	return v
}
