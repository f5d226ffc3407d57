package pb_hooks_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/search"
)

// diagnosis is what doctor --json says, by check.
type diagnosis map[string]struct{ Check, Level, Found, Todo string }

// examine runs doctor; wrong is whether it ended with an error.
func examine(t testing.TB, app core.App) (d diagnosis, wrong bool) {
	t.Helper()
	out, err := runCommand(t, app, "doctor", "--json")
	var printed struct {
		Findings []struct{ Check, Level, Found, Todo string }
		Errors   int
	}
	if jerr := json.Unmarshal([]byte(out), &printed); jerr != nil {
		t.Fatalf("%v\n%s", jerr, out)
	}
	if (printed.Errors > 0) != (err != nil) {
		t.Errorf("%d errors, but the command ended with %v", printed.Errors, err)
	}
	d = diagnosis{}
	for _, f := range printed.Findings {
		d[f.Check] = f
	}
	return d, err != nil
}

func expect(t testing.TB, d diagnosis, levels map[string]string) {
	t.Helper()
	for check, level := range levels {
		if d[check].Level != level {
			t.Errorf("%s: got %+v, want %s", check, d[check], level)
		}
	}
}

// durableApp is a fresh installation whose databases are opened as the program opens them.
func durableApp(t testing.TB) *tests.TestApp {
	t.Helper()
	app, err := tests.NewTestAppWithConfig(core.BaseAppConfig{DataDir: migrated(), EncryptionEnv: "GONGKAI_TEST_KEY", DBConnect: pb_hooks.ConnectDB})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(app.Cleanup)
	pb_hooks.Register(app, options())
	return app
}

func TestDoctorOfFreshInstallation(t *testing.T) {
	heavy(t)
	app := durableApp(t)
	d, wrong := examine(t, app)
	if !wrong {
		t.Error("a fresh installation has no superuser and no district: it is not ready")
	}
	expect(t, d, map[string]string{"数据库结构": "ok", "数据库": "ok", "检索索引": "ok", "后台访问范围": "ok", "限流": "ok", "依申请公开": "ok", "机构名单": "ok", "推送": "ok", "反向代理": "ok", "演示数据": "ok",
		"设置加密": "notice", "数据密钥": "error", "备份": "notice", "邮件": "notice", "网站地址": "notice", "超级管理员": "error", "本区信息": "error"})
	t.Run("for people it names what to do", func(t *testing.T) {
		out, err := runCommand(t, app, "doctor")
		if err == nil || !strings.Contains(err.Error(), "项错误") {
			t.Errorf("got error %v", err)
		}
		for _, want := range []string{"错误  超级管理员：", "→ gongkai superuser upsert", "注意  备份：还没有备份", "OK    数据库：完好", "共 23 项："} {
			if !strings.Contains(out, want) {
				t.Errorf("%q is not in\n%s", want, out)
			}
		}
	})
	t.Run("it leaves nothing in the data folder", func(t *testing.T) {
		if left, _ := filepath.Glob(filepath.Join(app.DataDir(), ".doctor-*")); len(left) > 0 {
			t.Errorf("got %v", left)
		}
	})
}

func TestDoctorOfReadyInstallation(t *testing.T) {
	heavy(t)
	t.Setenv("GONGKAI_TEST_KEY", "0123456789abcdef0123456789abcdef")
	app := durableApp(t)
	create(app, core.CollectionNameSuperusers, map[string]any{"email": root, "password": password})
	inDistrict(t, app, "310112", "闵行区")
	if err := app.CreateBackup(t.Context(), "test.zip"); err != nil {
		t.Fatal(err)
	}
	app.Settings().Logs.MaxDays = 190 // NewTestApp turned the log off
	if err := app.Save(app.Settings()); err != nil {
		t.Fatal(err)
	}
	d, _ := examine(t, app)
	expect(t, d, map[string]string{"数据目录": "ok", "设置加密": "ok", "超级管理员": "ok", "备份": "notice", "日志留存": "ok", "本区信息": "notice"})
	if f := d["备份"].Found; !strings.Contains(f, "1 份") || !strings.Contains(f, "同一块磁盘") {
		t.Errorf("got %s", f)
	}
	if f := d["本区信息"].Found; !strings.Contains(f, "主办单位 host") || !strings.Contains(f, "ICP 备案号 icp_number") {
		t.Errorf("got %s", f)
	}
	t.Run("a backup of the day before yesterday is late", func(t *testing.T) {
		old := time.Now().Add(-48 * time.Hour)
		if err := os.Chtimes(filepath.Join(app.DataDir(), core.LocalBackupsDirName, "test.zip"), old, old); err != nil {
			t.Fatal(err)
		}
		d, wrong := examine(t, app)
		if expect(t, d, map[string]string{"备份": "error"}); !wrong {
			t.Error("the command ended well")
		}
	})
	t.Run("a migration that was not applied is found", func(t *testing.T) {
		if _, err := app.DB().NewQuery("DELETE FROM _migrations WHERE file LIKE '%public_articles%'").Execute(); err != nil {
			t.Fatal(err)
		}
		d, _ := examine(t, app)
		expect(t, d, map[string]string{"数据库结构": "error"})
	})
}

func TestDoctorOfDatabase(t *testing.T) {
	heavy(t)
	t.Run("a database that may lose what was acknowledged is found", func(t *testing.T) {
		app := freshApp(t) // opened as PocketBase does: synchronous=NORMAL
		d, _ := examine(t, app)
		expect(t, d, map[string]string{"数据库": "error"})
	})
	t.Run("an index out of step is found", func(t *testing.T) {
		app := newApp(t)
		defer app.Cleanup()
		_, err := app.DB().NewQuery("INSERT INTO articles (id, school, `column`, title, state, published) VALUES ('articlea0000000', '" + schoolA + "', 'A0101', '甲', 'published', 'versiona0000000')").Execute()
		if err != nil {
			t.Fatal(err)
		}
		index, err := search.Open(filepath.Join(app.DataDir(), "search.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer index.Close() // as a running server has it
		for _, tt := range []struct{ name, id, version, level, want string }{
			{"an article at another version", "articlea0000000", "versionb0000000", "notice", "1 条公开信息中有 1 条需要补入"},
			{"the article as it is", "articlea0000000", "versiona0000000", "ok", "一致"},
			{"an article that is not public", "articleb0000000", "versionb0000000", "error", "1 条已不公开"},
		} {
			if err := index.Put(t.Context(), search.Doc{ID: tt.id, Version: tt.version, School: "1", Column: "A0101", Title: "甲"}); err != nil {
				t.Fatal(err)
			}
			d, _ := examine(t, app)
			if got := d["检索索引"]; got.Level != tt.level || !strings.Contains(got.Found, tt.want) {
				t.Errorf("%s: got %+v, want %s", tt.name, got, tt.level)
			}
		}
	})
}
