package pb_hooks_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks"
)

// mappingWith is a mapping in a file of its own.
func mappingWith(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "mapping.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestMovingInSaysWhatIsWrongAndStoresNothing(t *testing.T) {
	app := seededApp(t)
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"no mapping":           {[]string{oldSite}, "--mapping"},
		"no source":            {[]string{filepath.Join(t.TempDir(), "none"), "--mapping", siteMapping}, "打不开"},
		"school unknown":       {[]string{oldSite, "--mapping", siteMapping, "--school", "1234567890"}, "没有代码为“1234567890”的学校"},
		"column unknown":       {[]string{oldSite, "--mapping", mappingWith(t, `{"school":"9999990001","host":"a.example","articles":["info/**"],"body":".show-body","otherwise":"A9999"}`)}, "没有栏目“A9999”"},
		"column is generated":  {[]string{oldSite, "--mapping", mappingWith(t, `{"school":"9999990001","host":"a.example","articles":["info/**"],"body":".show-body","otherwise":"A0102"}`)}, "由系统生成"},
		"nothing fits":         {[]string{oldSite, "--mapping", mappingWith(t, `{"school":"9999990001","host":"a.example","articles":["news/**"],"body":".b"}`)}, "没有一个文件符合"},
		"not an export":        {[]string{"../go.mod", "--mapping", siteMapping}, "不认识 go.mod"},
		"batches of no drafts": {[]string{oldSite, "--mapping", siteMapping, "--batch", "0"}, "--batch"},
	} {
		if out, err := tryMoveIn(t, app, append(c.args, "--apply")...); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
	if got := movedInRows(t, app); got != "[0 0 0 0 0 0 0]" {
		t.Errorf("stored %s", got)
	}
}

// A file that cannot be stored, as when the disk is full, ends the run: what was
// written before is whole, and a second run goes on from there.
func TestMovingInEndsWholeWhenTheDiskIsFull(t *testing.T) {
	app := seededApp(t)
	storage := filepath.Join(app.DataDir(), "storage")
	if err := os.RemoveAll(storage); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(storage, nil, 0o600); err != nil { // where a folder has to be
		t.Fatal(err)
	}
	if out, err := tryMoveIn(t, app, oldSite, "--mapping", siteMapping, "--apply", "--batch", "1"); err == nil {
		t.Fatalf("nothing was said:\n%s", out)
	}
	counts := counted(t, app, "import_items", "articles", "article_versions", "attachments")
	if counts[0] != counts[1] || counts[1] != counts[2] || counts[3] != 0 {
		t.Errorf("left %v", counts)
	}
	if err := os.Remove(storage); err != nil {
		t.Fatal(err)
	}
	moveIn(t, app, oldSite, "--mapping", siteMapping, "--apply")
	if got := movedInRows(t, app); got != "[1 9 9 9 4 9 0]" {
		t.Errorf("a second run left %s", got)
	}
}

func TestATableComesAlongAsDrafts(t *testing.T) {
	app := seededApp(t)
	moveIn(t, app, goodArticles, "--apply")
	if got := movedInRows(t, app); !strings.HasPrefix(got, "[2 4 4 4 2 0 0") {
		t.Errorf("got %s", got)
	}
	article, err := app.FindFirstRecordByData("articles", "title", "关于放假的通知")
	if err != nil {
		t.Fatal(err)
	}
	version, err := app.FindFirstRecordByData("article_versions", "article", article.Id)
	if err != nil || article.GetString("state") != "draft" || version.GetString("originally_on") != "2026-03-01" || version.GetString("doc_number") != "示教〔2026〕1号" {
		t.Errorf("got %s of %s %v", article.GetString("state"), version.GetString("originally_on"), err)
	}
	if out := moveIn(t, app, goodArticles, "--apply"); !strings.Contains(out, "已经迁入 4 条") {
		t.Error(out)
	}
}

func TestRedirectsAreOfWhatIsPublic(t *testing.T) {
	s, batch := importedSite(t)
	out, err := runCommand(t, s.app, "import", "redirects")
	if err != nil || strings.Contains(out, "/a/") {
		t.Errorf("before: %v\n%s", err, out)
	}
	if a := s.get("/info/1001/1234.htm"); a.status != 404 {
		t.Errorf("a draft is led to: %d", a.status)
	}
	_, article, _ := movedIn(t, s.app, "chenguang.example/info/1001/1234.htm")
	one := []string{article.Id}
	s.many(editorA, batch, "steps", map[string]any{"action": "submit", "articles": one})
	s.many(reviewerA, batch, "steps", map[string]any{"action": "approve", "articles": one, "check": examinedReview})
	s.many(secrecyA, batch, "steps", map[string]any{"action": "clear", "articles": one, "check": examinedSecrecy})
	out, err = runCommand(t, s.app, "import", "redirects", "--host", "www.chenguang.example")
	if err != nil || !strings.Contains(out, `"/info/1001/1234.htm" `) || !strings.Contains(out, "/a/"+article.Id+";") {
		t.Errorf("after: %v\n%s", err, out)
	}
}

// siteChild is set in a process that is there to be killed: the data directory, the
// old site and its mapping.
const siteChild = "GONGKAI_TEST_IMPORT_SITE"

func init() {
	parts := strings.Split(os.Getenv(siteChild), "\n")
	if len(parts) != 3 {
		return
	}
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: parts[0], DBConnect: pb_hooks.ConnectDB})
	err := app.Bootstrap()
	if err == nil {
		pb_hooks.Register(app, options())
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

func TestMovingInThatIsKilledIsRunAgain(t *testing.T) {
	heavy(t)
	const pages, withFile = 300, 30
	app := seededApp(t)
	dir, old := t.TempDir(), t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(template())); err != nil {
		t.Fatal(err)
	}
	form, err := os.ReadFile(oldSite + "/upload/form.pdf")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(old, "form.pdf"), form, 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range pages {
		link := ""
		if i%10 == 0 {
			link = `<a href="form.pdf">表</a>`
		}
		page := fmt.Sprintf(`<h1>第 %d 次演习</h1><div class=body><p>第 %d 次演习的记录，全校师生参加。</p>%s</div>`, i, i, link)
		if err := os.WriteFile(filepath.Join(old, fmt.Sprintf("%d.htm", i)), []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mapping := mappingWith(t, `{"school":"9999990001","host":"a.example","articles":["*.htm"],"title":"h1","body":".body","columns":[{"path":"/","column":"A0308"}],"otherwise":"A0308"}`)
	start := func() *exec.Cmd {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), siteChild+"="+dir+"\n"+old+"\n"+mapping)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		return child
	}
	for _, after := range []int{1, 60, 150} {
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
	if got, want := movedInRows(t, done), fmt.Sprintf("[1 %d %d %d %d %d 0]", pages, pages, pages, withFile, pages); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := storedFiles(t, filepath.Join(dir, "storage")); got != withFile {
		t.Errorf("got %d stored files, want %d", got, withFile)
	}
}
