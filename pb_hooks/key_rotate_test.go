package pb_hooks_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/sealed"
)

// person is what was sealed of somebody.
type person struct{ id, name, phone, proof string }

// people seals n people, every tenth with a proof of 100 kB.
func people(t testing.TB, app core.App, by pb_hooks.Sealer, from, n int) (list []person) {
	t.Helper()
	for i := from; i < from+n; i++ {
		p := person{name: fmt.Sprintf("王小明%d", i), phone: fmt.Sprintf("139%08d", i)}
		r := fill(t, by, newRecord(t, app), "name", p.name, "phone", p.phone)
		if i%10 == 0 {
			p.proof = strings.Repeat(p.name, 100_000/len(p.name))
			for range 2 {
				if err := by.Upload(r, "proofs", strings.NewReader(p.proof)); err != nil {
					t.Fatal(err)
				}
			}
		}
		p.id = save(t, app, r).Id
		list = append(list, p)
	}
	return list
}

// areThere opens everything of the people with the keys at hand, and finds them.
func areThere(t testing.TB, app core.App, by pb_hooks.Sealer, list []person) {
	t.Helper()
	for _, p := range list {
		r := again(t, app, p.id)
		mustBe(t, by, r, "name", p.name)
		mustBe(t, by, r, "phone", p.phone)
		equals, err := by.Equals(theSealed, "phone", p.phone)
		if err != nil {
			t.Fatal(err)
		}
		if found, err := app.FindAllRecords(theSealed, equals); err != nil || len(found) != 1 || found[0].Id != p.id {
			t.Errorf("%s is not found: %d, %v", p.phone, len(found), err)
		}
		names := r.GetStringSlice("proofs")
		if p.proof != "" && len(names) != 2 {
			t.Errorf("%s has %d proofs", p.name, len(names))
		}
		for _, name := range names {
			var plain bytes.Buffer
			if err := by.Download(t.Context(), &plain, r, "proofs", name); err != nil || plain.String() != p.proof {
				t.Errorf("%s of %s: %d bytes, %v", name, p.name, plain.Len(), err)
			}
		}
	}
}

// started is a server with these keys on a copy of the data of dir.
func started(t testing.TB, dir, keys string) (*tests.TestApp, pb_hooks.Sealer) {
	t.Helper()
	t.Setenv(keyEnv, keys)
	app, err := start(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	return app, sealer(t, app)
}

// settle brings everything that was written into the files that are copied.
func settle(t testing.TB, app core.App) string {
	t.Helper()
	if _, err := app.DB().NewQuery("PRAGMA wal_checkpoint(TRUNCATE)").Execute(); err != nil {
		t.Fatal(err)
	}
	return app.DataDir()
}

// underKeys counts what is sealed, by key, from what gongkai key status says.
func underKeys(t testing.TB, app core.App) map[string]int {
	t.Helper()
	out, _ := runCommand(t, app, "key", "status")
	counts := map[string]int{}
	for line := range strings.Lines(out) {
		var field, id string
		var n int
		if _, err := fmt.Sscanf(strings.NewReplacer("：密钥 ", " ", "：明文", " plain", "，", " ").Replace(line), "%s %s %d", &field, &id, &n); err == nil {
			counts[id] += n
		}
	}
	return counts
}

func TestRotate(t *testing.T) {
	a, b := sealed.NewKey(), sealed.NewKey()
	app, by := started(t, template(), a)
	sealPeople(t, app)
	list := people(t, app, by, 0, 450)

	t.Setenv(keyEnv, a+"\n"+b)
	if _, err := runCommand(t, app, "key", "rotate"); err == nil || !strings.Contains(err.Error(), "先重启服务") {
		t.Errorf("before the server has the new key: got %v", err)
	}
	app, by = started(t, settle(t, app), a+"\n"+b)
	list = append(list, people(t, app, by, 450, 30)...)
	if got := underKeys(t, app); got[keyID(t, a)] != 450*2+90 || got[keyID(t, b)] != 30*2+6 {
		t.Errorf("before: %v", got)
	}
	if f := examined(t, app)["数据密钥"]; f.Level != "notice" || !strings.Contains(f.Found, "还在用旧密钥 "+keyID(t, a)) || f.Todo != "gongkai key rotate" {
		t.Errorf("doctor says %+v", f)
	}
	out, err := runCommand(t, app, "key", "rotate")
	if err != nil || !strings.Contains(out, "已把 990 项") || !strings.Contains(out, "旧密钥 "+keyID(t, a)+" 已经不用") {
		t.Errorf("%v\n%s", err, out)
	}
	if got := underKeys(t, app); got[keyID(t, a)] != 0 || got[keyID(t, b)] != 480*2+96 {
		t.Errorf("after: %v", got)
	}
	if f := examined(t, app)["数据密钥"]; f.Level != "notice" || !strings.Contains(f.Todo, "从密钥文件移走") {
		t.Errorf("doctor says %+v", f)
	}
	areThere(t, app, by, list)
	app, by = started(t, settle(t, app), b)
	areThere(t, app, by, list)
	if f := examined(t, app)["数据密钥"]; f.Level != "ok" || !strings.Contains(f.Found, "1056 项") {
		t.Errorf("doctor says %+v", f)
	}
	if out, err := runCommand(t, app, "key", "rotate"); err != nil || !strings.Contains(out, "已把 0 项") {
		t.Errorf("once more: %v\n%s", err, out)
	}
	var entered int
	if err := app.DB().NewQuery("SELECT count(*) FROM audit_log WHERE action = 'rotate_key'").Row(&entered); err != nil || entered != 1 {
		t.Errorf("the audit has %d entries, %v", entered, err)
	}
}

// A rotation that is stopped at any moment goes on where it was.
func TestRotateIsStoppedAndGoesOn(t *testing.T) {
	a, b := sealed.NewKey(), sealed.NewKey()
	app, by := started(t, template(), a)
	sealPeople(t, app)
	list := people(t, app, by, 0, 450)
	app, by = started(t, settle(t, app), a+","+b)
	runs, total := 0, 0
	for {
		ctx, cancel := context.WithCancel(t.Context())
		left := 1 + rand.IntN(20)
		done, failed, err := by.Rotate(ctx, func(int) {
			if left--; left == 0 {
				cancel()
			}
		})
		cancel()
		runs, total = runs+1, total+done
		if len(failed) > 0 || err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(failed, err)
		}
		areThere(t, app, by, list[:20])
		if err == nil {
			break
		}
	}
	if total != 990 || runs < 3 {
		t.Errorf("%d things in %d runs", total, runs)
	}
	if _, err := runCommand(t, app, "key", "rotate"); err != nil {
		t.Error(err)
	}
	app, by = started(t, settle(t, app), b)
	areThere(t, app, by, list)
}

// Another process seals everything anew while the server writes: what it had
// read before it saves after, new people come, others go with their files.
func TestRotateTogetherWithAServer(t *testing.T) {
	a, b := sealed.NewKey(), sealed.NewKey()
	app, by := started(t, template(), a)
	sealPeople(t, app)
	list := people(t, app, by, 0, 300)
	app, by = started(t, settle(t, app), a+","+b)
	gone, stale := list[:20], map[string]*core.Record{}
	for _, p := range list {
		stale[p.id] = again(t, app, p.id)
	}
	command := core.NewBaseApp(core.BaseAppConfig{DataDir: app.DataDir(), DBConnect: pb_hooks.ConnectDB})
	if err := command.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = command.ResetBootstrapState() })
	pb_hooks.Register(command, options())
	var work sync.WaitGroup
	work.Go(func() {
		for _, p := range gone {
			if err := app.Delete(stale[p.id]); err != nil {
				t.Error(err)
			}
		}
	})
	work.Go(func() {
		for _, i := range rand.Perm(280) {
			r := stale[list[20+i].id]
			r.Set("state", "closed")
			if err := app.Save(r); err != nil {
				t.Error(err)
			}
		}
	})
	var late []person
	work.Go(func() { late = people(t, app, by, 300, 60) })
	_, err := runCommand(t, command, "key", "rotate")
	work.Wait()
	if err != nil {
		t.Error(err)
	}
	for _, p := range list[20:40] { // and long after
		r := stale[p.id]
		r.Set("state", "archived")
		save(t, app, r)
	}
	if got := underKeys(t, app); len(got) != 1 || got[keyID(t, b)] != 340*2+68 {
		t.Errorf("got %v", got)
	}
	files, err := app.NewFilesystem()
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	for _, p := range gone {
		if left, err := files.List(stale[p.id].BaseFilesPath()); err != nil || len(left) > 0 {
			t.Errorf("%s is gone, and %d files are left, %v", p.name, len(left), err)
		}
	}
	app, by = started(t, settle(t, app), b)
	areThere(t, app, by, append(list[20:], late...))
}

// A file is not written again whose record went while it was sealed anew.
func TestRotateBringsNoFileBack(t *testing.T) {
	a, b := sealed.NewKey(), sealed.NewKey()
	app, by := started(t, template(), a)
	sealPeople(t, app)
	for range 2 {
		r := newRecord(t, app)
		if err := by.Upload(r, "proof", strings.NewReader("身份证")); err != nil {
			t.Fatal(err)
		}
		save(t, app, r)
	}
	app, by = started(t, settle(t, app), a+","+b)
	done, failed, err := by.Rotate(t.Context(), func(done int) {
		if done == 1 {
			if _, err := app.DB().NewQuery("DELETE FROM sealed_people WHERE id = (SELECT max(id) FROM sealed_people)").Execute(); err != nil {
				t.Error(err)
			}
		}
	})
	if done != 1 || len(failed) > 0 || err != nil {
		t.Errorf("%d done, %v, %v", done, failed, err)
	}
}

// What cannot be opened stays as it is, is named, and keeps its key.
func TestRotateLeavesWhatItCannotOpen(t *testing.T) {
	a, b := sealed.NewKey(), sealed.NewKey()
	app, by := started(t, template(), a)
	sealPeople(t, app)
	list := people(t, app, by, 0, 30)
	app, by = started(t, settle(t, app), a+","+b)
	value := func(id string) string { return again(t, app, id).GetString("name") }
	foreign, plain := value(list[2].id), "王小明"
	for id, text := range map[string]string{list[1].id: foreign, list[3].id: plain} {
		if _, err := app.DB().Update(theSealed, dbx.Params{"name": text}, dbx.HashExp{"id": id}).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	files, err := app.NewFilesystem()
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	r := again(t, app, list[10].id)
	if err := files.Upload([]byte("f1."+keyID(t, a)+".and no more"), r.BaseFilesPath()+"/"+r.GetStringSlice("proofs")[0]); err != nil {
		t.Fatal(err)
	}
	out, err := runCommand(t, app, "key", "rotate")
	if err == nil || !strings.Contains(err.Error(), "3 项解不开") || strings.Contains(out, "已经不用") || strings.Contains(out, plain) {
		t.Errorf("%v\n%s", err, out)
	}
	for _, id := range []string{list[1].id, list[3].id, r.Id} {
		if !strings.Contains(out, id) {
			t.Errorf("%s is not named in\n%s", id, out)
		}
	}
	if value(list[1].id) != foreign || value(list[3].id) != plain {
		t.Error("what could not be opened was changed")
	}
	if len(sealings(t, app)) != 2 {
		t.Error("the old key was forgotten")
	}
	if f := examined(t, app)["数据密钥"]; f.Level != "error" || !strings.Contains(f.Found, "1 项个人信息是明文") {
		t.Errorf("doctor says %+v", f)
	}
	areThere(t, app, by, append(list[4:10], list[11:]...))
}

// BenchmarkRotate seals 20,000 values, or 400 files of 100 kB, anew.
func BenchmarkRotate(bench *testing.B) {
	for name, make := range map[string]func(testing.TB, core.App, pb_hooks.Sealer) int{
		"values": func(t testing.TB, app core.App, by pb_hooks.Sealer) int {
			for range 10_000 {
				save(t, app, fill(t, by, newRecord(t, app), "name", "王小明", "phone", "13900004321"))
			}
			return 20_000
		},
		"files": func(t testing.TB, app core.App, by pb_hooks.Sealer) int {
			for range 400 {
				r := newRecord(t, app)
				if err := by.Upload(r, "proof", strings.NewReader(strings.Repeat("王小明", 10_000))); err != nil {
					t.Fatal(err)
				}
				save(t, app, r)
			}
			return 400
		},
	} {
		bench.Run(name, func(bench *testing.B) {
			a, b := sealed.NewKey(), sealed.NewKey()
			app, by := started(bench, template(), a)
			sealPeople(bench, app)
			n := make(bench, app, by)
			dir := settle(bench, app)
			for bench.Loop() {
				bench.StopTimer()
				_, by := started(bench, dir, a+","+b)
				bench.StartTimer()
				if _, failed, err := by.Rotate(bench.Context(), func(int) {}); err != nil || len(failed) > 0 {
					bench.Fatal(err, failed)
				}
			}
			bench.ReportMetric(float64(n*bench.N)/bench.Elapsed().Seconds(), "things/s")
		})
	}
}
