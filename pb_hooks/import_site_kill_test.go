package pb_hooks_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks"
)

// siteChild is set in a process that is there to be killed: the data directory, the
// old site, its mapping, and the statement after which it dies, with how often it
// runs before. What that statement's transaction wrote is not committed yet.
const siteChild = "GONGKAI_TEST_IMPORT_SITE"

func init() {
	parts := strings.Split(os.Getenv(siteChild), "\n")
	if len(parts) != 5 {
		return
	}
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: parts[0], DBConnect: pb_hooks.ConnectDB})
	err := app.Bootstrap()
	if err == nil {
		pb_hooks.Register(app, options())
		diesAfter(app, parts[3], parts[4])
		root := &cobra.Command{Use: "gongkai"}
		root.AddCommand(pb_hooks.Commands(app)...)
		root.SetArgs([]string{"import", "site", parts[1], "--mapping", parts[2], "--apply", "--batch", "5", "--report", filepath.Join(parts[0], "report.xlsx")})
		err = root.Execute()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// diesAfter kills this process when a statement has run so many times.
func diesAfter(app core.App, statement, times string) {
	n, err := strconv.Atoi(times)
	if err != nil || n == 0 {
		return
	}
	var ran atomic.Int64
	app.NonconcurrentDB().(*dbx.DB).ExecLogFunc = func(_ context.Context, _ time.Duration, sql string, _ sql.Result, _ error) {
		if strings.HasPrefix(sql, statement) && ran.Add(1) == int64(n) {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // it is on its way
		}
	}
}

// Killed in every phase, one after the other, on one data directory: while files are
// stored, while drafts, their items and addresses are written, between two
// transactions, while the batch is closed and entered. Then everything is there once.
func TestMovingInThatIsKilledIsRunAgain(t *testing.T) {
	heavy(t)
	const pages, withFile = 60, 6
	dir, old := t.TempDir(), t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(template())); err != nil {
		t.Fatal(err)
	}
	form, err := os.ReadFile(oldSite + "/upload/form.pdf")
	if err != nil {
		t.Fatal(err)
	}
	writeIn(t, old, "form.pdf", string(form))
	for i := range pages {
		link := ""
		if i%10 == 0 {
			link = `<a href="form.pdf">表</a>`
		}
		writeIn(t, old, fmt.Sprintf("%02d.htm", i), fmt.Sprintf(`<h1>第 %d 次演习</h1><div class=body><p>第 %d 次演习的记录，全校师生参加。</p>%s</div>`, i, i, link))
	}
	mapping := mappingWith(t, `{"school":"9999990001","host":"a.example","articles":["*.htm"],"title":"h1","body":".body","columns":[{"path":"/","column":"A0308"}],"otherwise":"A0308"}`)
	run := func(statement string, times int) error {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), siteChild+"="+strings.Join([]string{dir, old, mapping, statement, strconv.Itoa(times)}, "\n"))
		return child.Run()
	}
	drafts := 0
	for _, phase := range []struct {
		statement string
		times     int
	}{
		{"INSERT INTO `import_batches`", 1},
		{"INSERT INTO `attachments`", 1}, // the file is there, its record is not; others write meanwhile
		{"INSERT INTO `articles`", 7},    // in the second transaction
		{"INSERT INTO `import_items`", 8},
		{"UPDATE `article_versions`", 6},
		{"INSERT INTO `old_addresses`", 7},
		{"UPDATE `import_batches`", 1},
		{"INSERT INTO `audit_log`", 1},
	} {
		if err := run(phase.statement, phase.times); err == nil || !strings.Contains(err.Error(), "killed") {
			t.Fatalf("%s: %v", phase.statement, err)
		}
		got := draftsIn(t, dir)
		if got%5 != 0 || got < drafts || phase.times > 5 && got < drafts+5 {
			t.Errorf("after %s there are %d drafts, before %d", phase.statement, got, drafts)
		}
		drafts = got
	}
	if drafts != pages {
		t.Errorf("%d drafts before the batch is closed", drafts)
	}
	for range 2 { // the second finds nothing to do
		if err := run("", 0); err != nil {
			t.Fatal(err)
		}
	}
	done, err := tests.NewTestApp(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(done.Cleanup)
	if got, want := movedInRows(t, done), fmt.Sprintf("[1 %d %d %d %d %d 0]", pages, pages, pages, withFile, pages); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := storedFiles(t, filepath.Join(dir, "storage")); got != withFile {
		t.Errorf("got %d stored files, want %d", got, withFile)
	}
	if batch, err := done.FindFirstRecordByData("import_batches", "state", "arrived"); err != nil || !strings.Contains(batch.GetString("counts"), fmt.Sprintf(`"taken":%d`, pages)) {
		t.Errorf("the batch: %v %v", batch, err)
	}
	if n, err := done.CountRecords("audit_log", dbx.HashExp{"action": "import_site"}); err != nil || n != 1 {
		t.Errorf("entered %d times %v", n, err)
	}
}

func draftsIn(t *testing.T, dir string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "data.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow("SELECT count(*) FROM articles").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// writeIn writes a file below a folder.
func writeIn(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
