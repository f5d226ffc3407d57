package pb_hooks_test

import (
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks/sealed"
)

// A key that was lost before anything was sealed with it is not needed; one that
// something is sealed with cannot be done without.
func TestALostKeyIsForgottenIfItWasNotUsed(t *testing.T) {
	a, b := sealed.NewKey(), sealed.NewKey()
	t.Setenv(keyEnv, a)
	app, err := start(t, template())
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(keyEnv, b)
	if f := examined(t, app)["数据密钥"]; f.Level != "error" || !strings.Contains(f.Todo, "gongkai key forget "+keyID(t, a)) {
		t.Errorf("doctor says %+v", f)
	}
	if _, err := runCommand(t, app, "key", "forget", keyID(t, b)); err == nil || !strings.Contains(err.Error(), "并不需要") {
		t.Errorf("a key that is not known: got %v", err)
	}
	if out, err := runCommand(t, app, "key", "forget", keyID(t, a)); err != nil || !strings.Contains(out, keyID(t, a)) {
		t.Errorf("%v\n%s", err, out)
	}
	app, err = start(t, app.DataDir())
	if err != nil {
		t.Fatal(err)
	}
	sealPeople(t, app)
	save(t, app, fill(t, sealer(t, app), newRecord(t, app), "name", "王小明"))
	if _, err := runCommand(t, app, "key", "forget", keyID(t, b)); err == nil || !strings.Contains(err.Error(), "有 1 项个人信息") {
		t.Errorf("a key in use: got %v", err)
	}
	if ids := sealings(t, app); len(ids) != 1 || ids[0] != keyID(t, b) {
		t.Errorf("known are %v", ids)
	}
}

// A demonstration made while a server without a key is running: the server takes
// the demonstration's key.
func TestTheKeyOfTheDemonstrationIsTakenWhileServing(t *testing.T) {
	s := serve(t)
	if _, err := s.app.DB().NewQuery("UPDATE districts SET demo = true, updated = '2026-11-23 03:00:00.000Z'").Execute(); err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if s.value("SELECT count(*) FROM sealing") == "1" {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("the server has no key")
}

func TestTheDemonstrationHasAKeyOfItsOwn(t *testing.T) {
	app := demoApp(t, smallDemo...)
	if ids := sealings(t, app); len(ids) != 1 || ids[0] != keyID(t, demoKey) {
		t.Errorf("known are %v", ids)
	}
	if f := examined(t, app)["数据密钥"]; f.Level != "notice" || !strings.Contains(f.Found, "演示密钥") {
		t.Errorf("doctor says %+v", f)
	}
	app, err := start(t, app.DataDir())
	if err != nil {
		t.Errorf("it does not start: %v", err)
	}
	district, err := app.FindRecordById("districts", "district0000000")
	if err != nil {
		t.Fatal(err)
	}
	district.Set("demo", false)
	if err := app.Save(district); err == nil {
		t.Error("a demonstration became a real district, with a key that is no secret")
	}
	if _, err := app.DB().NewQuery("UPDATE districts SET demo = false").Execute(); err != nil {
		t.Fatal(err)
	}
	if _, err := start(t, app.DataDir()); err == nil || !strings.Contains(err.Error(), "演示库不能转为正式使用") {
		t.Errorf("and behind the server's back: got %v", err)
	}
}

func TestKeyStatus(t *testing.T) {
	a, b := sealed.NewKey(), sealed.NewKey()
	for _, tt := range []struct {
		name, before, now string
		fails             bool
		want              []string
	}{
		{"no key", "", "", true, []string{"没有数据密钥", "gongkai key new"}},
		{"a key", a, a, false, []string{"来源：环境变量 GONGKAI_DATA_KEY", keyID(t, a) + "  现用密钥\n"}},
		{"a key that is gone", a, b, true, []string{keyID(t, a) + "  数据库需要，但不在手上", keyID(t, b) + "  现用密钥，重启服务后开始使用", "取回密钥 " + keyID(t, a)}},
		{"a new key", a, a + "," + b, false, []string{keyID(t, a) + "  旧密钥\n", keyID(t, b) + "  现用密钥，重启服务后开始使用", "→ 重启服务，再执行 gongkai key rotate"}},
	} {
		t.Setenv(keyEnv, tt.before)
		app, err := start(t, template())
		if err != nil {
			t.Fatal(err)
		}
		t.Setenv(keyEnv, tt.now)
		out, err := runCommand(t, app, "key", "status")
		if (err != nil) != tt.fails {
			t.Errorf("%s: got %v", tt.name, err)
		}
		for _, want := range tt.want {
			if !strings.Contains(out, want) {
				t.Errorf("%s: %q is not in\n%s", tt.name, want, out)
			}
		}
		for _, key := range []string{a, b} {
			if strings.Contains(out, key) {
				t.Errorf("%s: it prints a key", tt.name)
			}
		}
	}
}

func TestKeyNew(t *testing.T) {
	var made [2]string
	for i := range made {
		out, err := runCommand(t, cloned(t), "key", "new")
		if err != nil {
			t.Fatal(err)
		}
		made[i] = out
	}
	if made[0] == made[1] {
		t.Error("the same key twice")
	}
	// appended to a file, whether it ends with a line break or not
	for name, file := range map[string]string{"whole": made[0] + made[1], "cut": strings.TrimSpace(made[0]) + made[1]} {
		ring, err := sealed.ParseKeys(file)
		if err != nil || len(ring.IDs()) != 2 || ring.CurrentID() != keyID(t, made[1]) || !strings.Contains(made[1], ring.CurrentID()) {
			t.Errorf("%s: what is appended is not the current key: %v, %v", name, ring, err)
		}
	}
}
