package pb_hooks_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks"
)

// importChild is set in a process that is there to be killed: the data directory and the file.
const importChild = "GONGKAI_TEST_IMPORT"

// The test's own binary, started again with importChild, is gongkai articles import.
func init() {
	dir, file, found := strings.Cut(os.Getenv(importChild), "\n")
	if !found {
		return
	}
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DBConnect: pb_hooks.ConnectDB})
	err := app.Bootstrap()
	if err == nil {
		pb_hooks.Register(app, options())
		root := &cobra.Command{Use: "gongkai"}
		root.AddCommand(pb_hooks.Commands(app)...)
		root.SetArgs([]string{"articles", "import", file, "--apply", "--batch", "10"})
		err = root.Execute()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// manyArticles writes a file of lines over both schools, two years and three columns, some with attachments.
func manyArticles(t testing.TB, dir string, n int) string {
	t.Helper()
	file, err := os.Create(filepath.Join(dir, "many.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	form, err := os.ReadFile("../testdata/articles/files/form.pdf")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "form.pdf"), form, 0o600); err != nil {
		t.Fatal(err)
	}
	out := json.NewEncoder(file)
	for i := range n {
		row := map[string]any{"school": fmt.Sprintf("999999000%d", 1+i%2), "column": []string{"A0308", "A0309", "A1002"}[i%3], "title": fmt.Sprintf("第 %d 次演习", i),
			"body_html": strings.Repeat(fmt.Sprintf("<p>第 %d 次演习的记录。</p>", i), 20), "published_at": fmt.Sprintf("202%d-03-01 08:00", 5+i%2)}
		if i%40 == 7 {
			row["attachments"] = []string{"form.pdf"}
		}
		if err := out.Encode(row); err != nil {
			t.Fatal(err)
		}
	}
	return file.Name()
}

func TestAnImportThatIsKilledIsRunAgain(t *testing.T) {
	heavy(t)
	const lines, withFile = 1000, 25
	app := seededApp(t)
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(template())); err != nil {
		t.Fatal(err)
	}
	file := manyArticles(t, t.TempDir(), lines)
	start := func() *exec.Cmd {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), importChild+"="+dir+"\n"+file)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		return child
	}
	for _, after := range []int{1, 200, 450, 700} {
		child := start()
		waitForArticles(t, dir, after)
		if err := child.Process.Kill(); err != nil { // SIGKILL
			t.Fatal(err)
		}
		if err := child.Wait(); err == nil {
			t.Fatalf("the import was done before it was killed at %d", after)
		}
	}
	if err := start().Wait(); err != nil {
		t.Fatal(err)
	}
	app.Cleanup()
	done, err := tests.NewTestApp(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(done.Cleanup)
	wholeAndUnique(t, done, dir, lines)
	if got := counted(t, done, "attachments"); got[0] != withFile {
		t.Errorf("got %d attachments, want %d", got[0], withFile)
	}
	if got := storedFiles(t, filepath.Join(dir, "storage")); got != withFile {
		t.Errorf("got %d stored files, want %d", got, withFile)
	}
}

// waitForArticles returns once the other process has committed so many.
func waitForArticles(t testing.TB, dir string, n int) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "data.db")+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); {
		var got int
		if err := db.QueryRow("SELECT count(*) FROM articles").Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got >= n {
			return
		}
	}
	t.Fatalf("the other process never got to %d articles", n)
}

func storedFiles(t testing.TB, dir string) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasSuffix(path, ".attrs") {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
