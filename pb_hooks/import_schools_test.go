package pb_hooks_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks"
)

const (
	districtFile = "../examples/minhang-schools.csv"
	badFile      = "../testdata/schools/bad.csv"
	gbkFile      = "../testdata/schools/gbk.csv"
)

// freshApp is an installation as it is after the first start: migrated, with nobody and no school in it.
func freshApp(t testing.TB) *tests.TestApp {
	t.Helper()
	app, err := tests.NewTestApp(migrated())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(app.Cleanup)
	pb_hooks.Register(app, options())
	return app
}

// inDistrict fills in whose schools these are.
func inDistrict(t testing.TB, app core.App, code, name string) {
	t.Helper()
	r, err := app.FindRecordById("districts", "district0000000")
	if err != nil {
		t.Fatal(err)
	}
	r.Set("code", code)
	r.Set("name", name)
	if err := app.Save(r); err != nil {
		t.Fatal(err)
	}
}

// runCommand runs a gongkai command as a shell would and returns what it printed for the person.
func runCommand(t testing.TB, app core.App, args ...string) (string, error) {
	t.Helper()
	root := &cobra.Command{Use: "gongkai"}
	root.AddCommand(pb_hooks.Commands(app)...)
	var out, errs bytes.Buffer
	root.SetArgs(args)
	root.SetOut(&out)
	root.SetErr(&errs)
	err := root.Execute()
	return out.String(), err
}

func importFile(t testing.TB, app core.App, args ...string) string {
	t.Helper()
	out, err := runCommand(t, app, append([]string{"schools", "import"}, args...)...)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return out
}

func countSchools(t testing.TB, app core.App) int64 {
	t.Helper()
	n, err := app.CountRecords("schools")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func schoolNamed(t testing.TB, app core.App, name string) *core.Record {
	t.Helper()
	r, err := app.FindFirstRecordByData("schools", "name", name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return r
}

// everySchool is all that is stored about the schools, but for when.
func everySchool(t testing.TB, app core.App) string {
	t.Helper()
	list, err := app.FindAllRecords("schools")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestImportOfDistrict(t *testing.T) {
	heavy(t)
	app := freshApp(t)
	inDistrict(t, app, "310112", "上海市闵行区")
	t.Run("the preview accounts for every line and stores nothing", func(t *testing.T) {
		out := importFile(t, app, districtFile)
		if !strings.Contains(out, "共 157 行：不变 0，并为校区 20，修改 0，新增 137，有问题 0") || !strings.Contains(out, "加上 --apply 才会写入") {
			t.Errorf("got\n%s", out)
		}
		if n := countSchools(t, app); n != 0 {
			t.Errorf("got %d schools stored", n)
		}
	})
	t.Run("applied, the schools are stored with codes, short names and initials", func(t *testing.T) {
		out := importFile(t, app, districtFile, "--apply")
		if !strings.Contains(out, "已写入") || countSchools(t, app) != 137 {
			t.Fatalf("got %d schools and\n%s", countSchools(t, app), out)
		}
		r := schoolNamed(t, app, "上海市航华中学")
		if r.GetString("code") != "3101120001" || r.GetString("short_name") != "航华中学" || r.GetString("initials") != "hhzx" || r.GetString("status") != "open" {
			t.Errorf("got %v", r)
		}
	})
	t.Run("a campus is kept with its school", func(t *testing.T) {
		campuses := schoolNamed(t, app, "上海市闵行区平南小学").GetString("campuses")
		if campuses != `[{"name":"平吉校区","address":"平吉路1288号","phone":""}]` {
			t.Errorf("got %s", campuses)
		}
	})
	t.Run("a second import changes nothing", func(t *testing.T) {
		before := everySchool(t, app)
		out := importFile(t, app, districtFile, "--apply")
		if !strings.Contains(out, "共 157 行：不变 157，并为校区 0，修改 0，新增 0，有问题 0") || !strings.Contains(out, "没有需要写入的内容") {
			t.Errorf("got\n%s", out)
		}
		if everySchool(t, app) != before {
			t.Error("a school was written on")
		}
	})
}

func TestImportAsksForTheDistrict(t *testing.T) {
	heavy(t)
	app := freshApp(t)
	if out := importFile(t, app, districtFile); !strings.Contains(out, "--district 310112") {
		t.Errorf("got\n%s", out)
	}
	if _, err := runCommand(t, app, "schools", "import", districtFile, "--apply"); err == nil || countSchools(t, app) != 0 {
		t.Errorf("got %v and %d schools numbered for no district", err, countSchools(t, app))
	}
	if _, err := runCommand(t, app, "schools", "import", districtFile, "--apply", "--district=闵行"); err == nil || countSchools(t, app) != 0 {
		t.Errorf("got %v for a district that is no code", err)
	}
	importFile(t, app, districtFile, "--apply", "--district=310112")
	if r := schoolNamed(t, app, "上海市航华中学"); r.GetString("code") != "3101120001" {
		t.Errorf("got %s", r.GetString("code"))
	}
}

func TestImportOfBadFile(t *testing.T) {
	heavy(t)
	for _, apply := range [][]string{nil, {"--apply"}} {
		t.Run("with "+strings.Join(append(apply, "nothing else"), " ")+" every bad line is named and nothing is stored", func(t *testing.T) {
			app := freshApp(t)
			out, err := runCommand(t, app, append([]string{"schools", "import", badFile}, apply...)...)
			if err == nil || !strings.Contains(err.Error(), "4 行有问题，没有写入任何内容") {
				t.Errorf("got error %v", err)
			}
			for _, want := range []string{"\n3   有问题", "学校名称：没有填写", "\n4   有问题", "“小学部”不是规定的学段，可填：幼儿园", "学校代码：与第 7 行重复", "学校代码：与第 6 行重复"} {
				if !strings.Contains(out, want) {
					t.Errorf("%q is not in\n%s", want, out)
				}
			}
			if n := countSchools(t, app); n != 0 {
				t.Errorf("got %d schools stored", n)
			}
		})
	}
	t.Run("with --skip-bad the good lines are stored and no others", func(t *testing.T) {
		app := freshApp(t)
		importFile(t, app, badFile, "--apply", "--skip-bad")
		if n := countSchools(t, app); n != 2 {
			t.Errorf("got %d schools, want 2", n)
		}
		r := schoolNamed(t, app, "上海市甲山中学")
		if !r.GetBool("meals") || r.GetBool("boarding") || r.GetString("phone") != "021-64350001" || r.GetString("town") != "甲山镇" {
			t.Errorf("got %v", r)
		}
	})
}

func TestImportUpdates(t *testing.T) {
	app := newApp(t)
	defer app.Cleanup()
	file := func(text string) string {
		path := filepath.Join(t.TempDir(), "schools.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	t.Run("a GBK file is read, its campus too", func(t *testing.T) {
		importFile(t, app, gbkFile, "--apply")
		r := schoolNamed(t, app, "上海市航华中学")
		if r.GetString("phone") != "021-64350001；64350002" || r.GetString("aliases") != `["航中"]` || !strings.Contains(r.GetString("campuses"), "东校区") {
			t.Errorf("got %v", r)
		}
	})
	t.Run("the preview shows the old value and the new, and what is not named stays", func(t *testing.T) {
		path := file("name,stage,address,phone\n示范区晨光小学,小学,星光路2号,\n")
		if out := importFile(t, app, path); !strings.Contains(out, "地址：晨光路1号 → 星光路2号") {
			t.Errorf("got\n%s", out)
		}
		importFile(t, app, path, "--apply")
		r := schoolNamed(t, app, "示范区晨光小学")
		if r.GetString("address") != "星光路2号" || r.GetString("phone") != "021-00000001" || r.Id != schoolA || !r.GetBool("meals") {
			t.Errorf("got %v", r)
		}
	})
	t.Run("a value that only the database refuses is named in the preview", func(t *testing.T) {
		out, err := runCommand(t, app, "schools", "import", file("name,stage,website\n新校,小学,http://a_b..c\n"))
		if err == nil || !strings.Contains(out, "2   有问题") {
			t.Errorf("got %v\n%s", err, out)
		}
	})
	t.Run("a running server is told", func(t *testing.T) {
		updated := func() string {
			r, err := app.FindRecordById("districts", "district0000000")
			if err != nil {
				t.Fatal(err)
			}
			return r.GetString("updated")
		}
		before := updated()
		importFile(t, app, file("name,stage,town\n示范区晨光小学,小学,南山镇\n"), "--apply")
		if updated() == before {
			t.Error("nothing tells the server")
		}
	})
	for _, args := range [][]string{{}, {"a.csv", "b.csv"}, {filepath.Join(t.TempDir(), "none.csv")}, {districtFile, "--aply"}} {
		t.Run("refused: schools import "+strings.Join(args, " "), func(t *testing.T) {
			if _, err := runCommand(t, app, append([]string{"schools", "import"}, args...)...); err == nil {
				t.Error("got no error")
			}
		})
	}
}
