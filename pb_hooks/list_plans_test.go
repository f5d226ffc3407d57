package pb_hooks_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// plan is how SQLite would answer a query.
func (s *server) plan(query string) string {
	s.t.Helper()
	var steps []struct{ Detail string }
	if err := s.app.NonconcurrentDB().NewQuery("EXPLAIN QUERY PLAN " + query).Bind(dbx.Params{"most": 21}).All(&steps); err != nil {
		s.t.Fatal(err)
	}
	var plan []string
	for _, step := range steps {
		plan = append(plan, step.Detail)
	}
	return strings.Join(plan, "\n")
}

// versionColumns are the columns of a version in the order of its row.
func (s *server) versionColumns() (names []string) {
	s.t.Helper()
	if err := s.app.DB().NewQuery("SELECT name FROM pragma_table_info('article_versions')").Column(&names); err != nil {
		s.t.Fatal(err)
	}
	return names
}

// Each list walks through an order of its own, also where the planner
// knows from a sample how many articles there are; the long text of a version stands last.
func TestListsWalkThroughTheirOrder(t *testing.T) {
	s := serve(t)
	for _, q := range []string{"ANALYZE", "DELETE FROM sqlite_stat1", `INSERT INTO sqlite_stat1 VALUES ('articles', 'idx_articles_newest', '100800 1001 1 1'),
		('articles', 'idx_articles_everywhere', '100800 501 501 1 1'), ('articles', 'idx_articles_school', '100800 501 501 1 1'),
		('articles', 'idx_articles_column', '100800 501 10 10 1 1'), ('articles', 'sqlite_autoindex_articles_1', '100800 1')`, "ANALYZE sqlite_schema"} {
		if _, err := s.app.NonconcurrentDB().NewQuery(q).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	const one = "likelihood(state = 'published', 0.9) AND " // see mostArePublished
	for where, index := range map[string]string{"state = 'published' AND published_at != ''": "COVERING INDEX idx_articles_line ", one + "school = 'x'": "INDEX idx_articles_school ", one + "`column` = 'A0308'": "INDEX idx_articles_everywhere "} {
		for _, after := range []string{"", " AND (published_at, id) < ('2026-11-23', 'a')"} {
			query := "SELECT id, school, `column`, state, index_number, published_at, title, created_on, summary FROM public_articles WHERE " +
				where + after + " ORDER BY published_at DESC, id DESC LIMIT {:most}+0"
			if plan := s.plan(query); !strings.Contains(plan, index) || strings.Contains(plan, "TEMP B-TREE") {
				t.Errorf("%s%s: %s", where, after, plan)
			}
		}
	}
	if names := s.versionColumns(); names[len(names)-1] != "body" {
		t.Errorf("got %v, want the text last", names)
	}
}

// queriesAsked counts the queries of an app from now on.
func queriesAsked(app core.App) *atomic.Int64 {
	asked := &atomic.Int64{}
	for _, db := range []dbx.Builder{app.ConcurrentDB(), app.NonconcurrentDB()} {
		db.(*dbx.DB).QueryLogFunc = func(context.Context, time.Duration, string, *sql.Rows, error) { asked.Add(1) }
	}
	return asked
}

// costs is how many queries something asks: the fewest of several times, since a job
// may ask something meanwhile.
func costs(asked *atomic.Int64, ask func()) int64 {
	fewest := int64(1 << 30)
	for range 5 {
		asked.Store(0)
		ask()
		fewest = min(fewest, asked.Load())
	}
	return fewest
}

func migration(t testing.TB, file string) *core.Migration {
	t.Helper()
	for _, m := range core.AppMigrations.Items() {
		if m.File == file {
			return m
		}
	}
	t.Fatalf("no migration %s", file)
	return nil
}

// A table that is written anew keeps its rows and all that stands around it.
func TestATextIsPutLastInPlace(t *testing.T) {
	s := serve(t)
	id, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	s.must200(s.publish(editorA, id, version))
	around := func() (names []string) {
		if err := s.app.DB().NewQuery("SELECT name FROM sqlite_master WHERE tbl_name = 'article_versions' ORDER BY name").Column(&names); err != nil {
			t.Fatal(err)
		}
		return names
	}
	was := around()
	if _, err := s.app.DB().NewQuery("ALTER TABLE article_versions ADD COLUMN later TEXT DEFAULT '' NOT NULL").Execute(); err != nil {
		t.Fatal(err)
	}
	up := func() {
		if err := s.app.RunInTransaction(migration(t, "1795009090_versions_in_lists.go").Up); err != nil {
			t.Fatal(err)
		}
	}
	up()
	up() // there is nothing left to do
	if names := s.versionColumns(); !slices.Equal(names[len(names)-2:], []string{"later", "body"}) {
		t.Errorf("got %v, want the text last", names)
	}
	if now := around(); !slices.Equal(now, was) {
		t.Errorf("around the table: %v, want %v", now, was)
	}
	if a := s.get("/a/" + id); !a.has("供餐时间调整") || !a.has(someText) {
		t.Errorf("what was published: %d %s", a.status, a.body)
	}
	if _, err := s.app.DB().Update("article_versions", dbx.Params{"title": "改"}, dbx.HashExp{"id": version}).Execute(); err == nil {
		t.Error("a submitted version can be changed")
	}
}

// A limit that the planner sees has a statement planned anew each time that it is run.
func TestStatementsThatStayAreNotPlannedAnew(t *testing.T) {
	seen := regexp.MustCompile(`(LIMIT|OFFSET) (\?\d*|:\w+)([^+\d]|$)`)
	for _, pattern := range []string{"records/*.go", "search/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if at := seen.FindString(string(raw)); at != "" {
				t.Errorf("%s: %s; see unseen in records/list.go", file, at)
			}
		}
	}
}

// A migration that breaks off leaves nothing behind on its connection, where others
// would then rename tables and not the views of them.
func TestATextThatIsNotPutLastLeavesNoSetting(t *testing.T) {
	app := seededApp(t)
	up := migration(t, "1795009090_versions_in_lists.go").Up
	if _, err := app.DB().NewQuery("ALTER TABLE article_versions ADD COLUMN later TEXT DEFAULT '' NOT NULL").Execute(); err != nil {
		t.Fatal(err)
	}
	db := app.NonconcurrentDB().(*dbx.DB)
	err := app.RunInTransaction(func(tx core.App) error {
		db.ExecLogFunc = func(_ context.Context, _ time.Duration, q string, _ sql.Result, _ error) {
			if q == "PRAGMA legacy_alter_table = ON" { // the next statement finds its name taken
				if _, err := tx.DB().NewQuery("CREATE TABLE article_versions (id TEXT)").Execute(); err != nil {
					t.Error(err)
				}
			}
		}
		return up(tx)
	})
	db.ExecLogFunc = nil
	if err == nil || !strings.Contains(err.Error(), "article_versions") {
		t.Fatalf("it did not break off: %v", err)
	}
	var legacy int
	if err := db.NewQuery("PRAGMA legacy_alter_table").Row(&legacy); err != nil || legacy != 0 {
		t.Errorf("legacy_alter_table is %d, %v", legacy, err)
	}
}
