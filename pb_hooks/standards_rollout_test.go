package pb_hooks_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/standard"
)

// placed stores articles as they are after their reviews: in every state, in columns
// that their school has. Those that were ever submitted have a step.
func placed(t testing.TB, app core.App, n int, column func(i int, school string) string) {
	t.Helper()
	err := app.RunInTransaction(func(tx core.App) error {
		for i := range n {
			school, code := []string{schoolA, schoolB}[i%2], []string{"9999990001", "9999990002"}[i%2]
			state, number := []string{"published", "published", "withdrawn", "expired", "draft"}[i%5], ""
			if state != "draft" {
				number = fmt.Sprintf("%s-%s-2026-%04d", code, column(i, school), 5000+i)
			}
			id, version := fmt.Sprintf("moving%09d", i), fmt.Sprintf("movingv%08d", i)
			title := fmt.Sprintf("第%d号%s", i, []string{"通知", "体育比赛", "教师名单", "收费说明"}[i%4])
			for table, row := range map[string]dbx.Params{
				"articles": {"id": id, "school": school, "column": column(i, school), "title": title, "state": state, "stage": "drafting", "published": version, "index_number": number,
					"published_at": "2026-10-01 00:00:00.000Z", "first_published_at": "2026-10-01 00:00:00.000Z", "updated": "2026-10-01 00:00:00.000Z"},
				"article_versions": {"id": version, "article": id, "number": 1, "frozen": true, "title": title, "body": someText, "facts": "[]", "attachments": "[]"},
			} {
				if _, err := tx.DB().Insert(table, row).Execute(); err != nil {
					return err
				}
			}
			if state == "draft" {
				continue
			}
			if _, err := tx.DB().Insert("article_steps", dbx.Params{"id": "movings" + id[7:], "article": id, "version": version, "action": "import", "at": "2026-10-01 00:00:00.000Z"}).Execute(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// stands is every article with its number, and where it stands.
func standing(t testing.TB, app core.App) (numbers, columns map[string]string) {
	t.Helper()
	var rows []struct {
		ID     string `db:"id"`
		School string `db:"school"`
		Number string `db:"index_number"`
		Column string `db:"column"`
	}
	if err := app.DB().Select("id", "school", "index_number", "column").From("articles").All(&rows); err != nil {
		t.Fatal(err)
	}
	numbers, columns = map[string]string{}, map[string]string{}
	for _, r := range rows {
		numbers[r.ID], columns[r.ID] = r.School+" "+r.Number, r.School+" "+r.Column
	}
	return numbers, columns
}

// TestNothingIsLostByRollOuts: random versions, one after the other, over articles in
// every column and state. No article and no number is lost, every article stands in a
// column of its school that people write into, and every address that ever answered
// answers or leads straight to one that does.
func TestNothingIsLostByRollOuts(t *testing.T) {
	s := serve(t)
	traits := map[string]standard.School{schoolA: {Stages: []string{"小学"}, Ownership: "公办", Meals: true}, schoolB: {Stages: []string{"初中", "高中"}, Ownership: "民办"}}
	codes := map[string]string{schoolA: "9999990001", schoolB: "9999990002"}
	random := rand.New(rand.NewPCG(2027, 1))
	v := s.startStandard("0")
	shown := func(school string) (list []string) {
		for _, c := range v.Columns {
			if c.Leaf && c.AppliesTo(traits[school]) && c.Kind.IsWritten() {
				list = append(list, c.Code)
			}
		}
		return list
	}
	home := map[string][]string{schoolA: shown(schoolA), schoolB: shown(schoolB)}
	placed(t, s.app, 500, func(i int, school string) string { return home[school][i/2%len(home[school])] })
	numbers, _ := standing(t, s.app)
	addresses := map[string]bool{}
	remember := func() {
		for school := range traits {
			for _, code := range shown(school) {
				addresses["/s/"+codes[school]+"/"+code] = true
			}
		}
	}
	remember()
	for round := 1; round <= 4; round++ {
		v = s.startStandard(fmt.Sprint(round))
		s.changeAtRandom(random, &v)
		s.edit(&v, "POST", "/release", map[string]any{"effective_on": s.now.Load().Format(time.DateOnly)})
		if v.State != "in_force" {
			t.Fatalf("round %d: %+v", round, v.Open)
		}
		after, columns := standing(t, s.app)
		if len(after) != len(numbers) {
			t.Fatalf("round %d: %d articles of %d", round, len(after), len(numbers))
		}
		for id, number := range numbers {
			school, code, _ := strings.Cut(columns[id], " ")
			if after[id] != number || !slices.Contains(shown(school), code) {
				t.Fatalf("round %d: %s has %q, had %q, and stands in %s", round, id, after[id], number, columns[id])
			}
		}
		remember()
		for address := range addresses {
			a := s.get(address)
			if a.status == http.StatusMovedPermanently {
				a = s.get(a.header.Get("Location"))
			}
			if a.status != http.StatusOK {
				t.Errorf("round %d: %s answers %d", round, address, a.status)
			}
		}
		s.wait(time.Hour)
	}
	if report := s.verified(); len(report.Breaks) > 0 {
		t.Errorf("%+v", report.Breaks)
	}
	if n := s.rowsOf("article_steps", "action = 'rehome'"); n == 0 {
		t.Error("nothing was moved: the test tests nothing")
	}
	deadline := time.Now().Add(20 * time.Second) // the index follows within seconds
	_, columns := standing(t, s.app)
	_, code, _ := strings.Cut(columns["moving000000000"], " ")
	for !s.get("/search?q=第0号通知&column=" + code).has("/a/moving000000000") {
		if time.Now().After(deadline) {
			t.Fatalf("the search does not find the article in %s", code)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// changeAtRandom takes columns away, narrows them, drags them and adds some, and
// decides where everything goes.
func (s *server) changeAtRandom(random *rand.Rand, v *pb_hooks.StandardView) {
	s.t.Helper()
	free := func() string {
		var list []string
		for _, c := range v.Columns {
			if c.Leaf && !c.Program && !c.IsNew && c.Code != "A0201" && !slices.ContainsFunc(v.Moves, func(m standard.Move) bool { return m.To == c.Code }) {
				list = append(list, c.Code)
			}
		}
		return list[random.IntN(len(list))]
	}
	group := func() string { return []string{"A02", "A03", "A07", "B03"}[random.IntN(4)] }
	for range 5 {
		s.edit(v, "DELETE", "/columns/"+free(), map[string]any{})
	}
	s.edit(v, "PATCH", "/columns/"+free(), map[string]any{"stages": []string{"小学"}})
	s.edit(v, "PATCH", "/columns/"+free(), map[string]any{"stages": []string{"高中"}, "ownership": "公办"})
	for range 2 {
		s.edit(v, "POST", "/columns/"+free()+"/place", map[string]any{"parent": group(), "position": random.IntN(5)})
	}
	s.edit(v, "POST", "/columns", newLeaf(group(), "新栏目"+v.Version))
	targets := []string{"A0201"}
	for _, c := range v.Columns {
		if c.Leaf && c.Kind.IsWritten() && !slices.ContainsFunc(v.Open, func(f standard.Fault) bool { return f.Code == c.Code }) {
			targets = append(targets, c.Code)
		}
	}
	moves := v.Moves
	for _, f := range v.Open {
		if f.School == "" {
			moves = append(moves, standard.Move{From: f.Code, To: targets[random.IntN(len(targets))], Words: []string{"体育", "教师"}},
				standard.Move{From: f.Code, To: targets[random.IntN(len(targets))]})
		}
	}
	s.edit(v, "PUT", "/moves", map[string]any{"moves": moves})
	for _, f := range v.Open { // what fits not everywhere is decided for that school
		moves = append(moves, standard.Move{From: f.Code, To: "A0201", School: f.School})
	}
	s.edit(v, "PUT", "/moves", map[string]any{"moves": moves})
}

// rollOutChild is set in a process that is there to be killed: the data directory.
const rollOutChild = "GONGKAI_TEST_ROLL_OUT"

// The test's own binary, started again with rollOutChild, runs the job of the
// standard once, and says when it begins.
func init() {
	dir := os.Getenv(rollOutChild)
	if dir == "" {
		return
	}
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DBConnect: pb_hooks.ConnectDB})
	if err := app.Bootstrap(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	pb_hooks.Register(app, options())
	for _, job := range app.Cron().Jobs() {
		if job.Id() == "standard" {
			fmt.Println("rolling out")
			job.Run()
		}
	}
	os.Exit(0)
}

// TestARollOutThatIsKilledIsBeforeOrAfter kills a process in the middle of the
// transaction, again and again, then lets one run to its end.
func TestARollOutThatIsKilledIsBeforeOrAfter(t *testing.T) {
	heavy(t)
	const articles = 4000
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(template())); err != nil {
		t.Fatal(err)
	}
	open := func() *tests.TestApp {
		app, err := tests.NewTestApp(dir) // a copy: what the killed process left is read as a restart reads it
		if err != nil {
			t.Fatal(err)
		}
		return app
	}
	prepared := core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DBConnect: pb_hooks.ConnectDB})
	if err := prepared.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	placed(t, prepared, articles, func(int, string) string { return "A0207" })
	releaseWithout(t, prepared, "A0207", standard.Move{From: "A0207", To: "A0504", Words: []string{"体育"}}, standard.Move{From: "A0207", To: "A0201", Words: []string{}})
	if err := prepared.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	run := func() (*exec.Cmd, io.Reader) {
		child := exec.Command(os.Args[0])
		child.Env, child.Stderr = append(os.Environ(), rollOutChild+"="+dir), os.Stderr
		out, err := child.StdoutPipe()
		if err == nil {
			err = child.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		return child, out
	}
	killed := 0
	for _, after := range []time.Duration{20 * time.Millisecond, 150 * time.Millisecond, 400 * time.Millisecond} {
		child, out := run()
		if _, err := io.ReadFull(out, make([]byte, len("rolling out"))); err != nil {
			t.Fatal(err)
		}
		time.Sleep(after)
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if child.Wait() != nil {
			killed++
		}
		app := open()
		moved, whole := rolledOut(t, app)
		if !whole {
			t.Errorf("killed after %v: between, %d articles moved", after, moved)
		}
		app.Cleanup()
	}
	if killed == 0 {
		t.Error("no process was killed at work")
	}
	child, out := run()
	if _, err := io.Copy(io.Discard, out); err != nil {
		t.Fatal(err)
	}
	if err := child.Wait(); err != nil {
		t.Fatal(err)
	}
	app := open()
	defer app.Cleanup()
	if moved, whole := rolledOut(t, app); moved != articles || !whole {
		t.Errorf("at the end %d of %d articles are moved (%v)", moved, articles, whole)
	}
}

// rolledOut counts the articles that left their column, and reports whether the
// database is wholly before or wholly after the roll-out.
func rolledOut(t testing.TB, app core.App) (moved int, whole bool) {
	t.Helper()
	var applied, columns, steps, entered, left int
	err := app.DB().NewQuery("SELECT (SELECT count(*) FROM standards WHERE version = '2027' AND applied_at != ''), (SELECT count(*) FROM columns WHERE standard IN (SELECT id FROM standards WHERE version = '2027')),"+
		" (SELECT count(*) FROM article_steps WHERE action = 'rehome'), (SELECT count(*) FROM audit_log WHERE action = 'roll_out_standard'),"+
		" (SELECT count(*) FROM articles WHERE `column` = 'A0207'), (SELECT count(*) FROM articles WHERE `column` != 'A0207')").Row(&applied, &columns, &steps, &entered, &left, &moved)
	if err != nil {
		t.Fatal(err)
	}
	before := applied == 0 && columns == 0 && steps == 0 && entered == 0 && moved == 0
	after := applied == 1 && columns == 94 && entered == 1 && left == 0 && steps == moved-moved/5
	return moved, before || after
}

// releaseWithout stores a released version that has a column no more.
func releaseWithout(t testing.TB, app core.App, code string, moves ...standard.Move) {
	t.Helper()
	rows, err := app.FindRecordsByFilter("columns", "", "position", 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	var columns []map[string]any
	for _, r := range rows {
		c := r.PublicExport()
		if c["required_fields"] = r.Get("required_fields"); c["code"] != code {
			columns = append(columns, c)
		}
	}
	create(app, "standards", map[string]any{"version": "2027", "name": "栏目设置标准（2027版）", "state": "released", "effective_on": "2026-11-23", "content": columns, "moves": moves})
}
