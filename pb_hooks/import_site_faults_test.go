package pb_hooks_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
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
