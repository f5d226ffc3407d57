package pb_hooks_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"gongkai/pb_hooks/richtext"
	"gongkai/pb_hooks/search"
)

const (
	goodArticles = "../testdata/articles/good.jsonl"
	goodCSV      = "../testdata/articles/good.csv"
	badArticles  = "../testdata/articles/bad.jsonl"
)

// seededApp has two schools and nothing published.
func seededApp(t testing.TB) *tests.TestApp {
	t.Helper()
	app := newApp(t)
	t.Cleanup(app.Cleanup)
	return app
}

// importArticles imports and fails the test where that fails.
func importArticles(t testing.TB, app core.App, args ...string) string {
	t.Helper()
	out, err := runCommand(t, app, append([]string{"articles", "import"}, args...)...)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return out
}

// counted is how many rows each collection has.
func counted(t testing.TB, app core.App, collections ...string) (counts []int64) {
	t.Helper()
	for _, name := range collections {
		n, err := app.CountRecords(name)
		if err != nil {
			t.Fatal(err)
		}
		counts = append(counts, n)
	}
	return counts
}

func articleTitled(t testing.TB, app core.App, title string) (article, version *core.Record) {
	t.Helper()
	article, err := app.FindFirstRecordByData("articles", "title", title)
	if err != nil {
		t.Fatalf("%s: %v", title, err)
	}
	if version, err = app.FindRecordById("article_versions", article.GetString("published")); err != nil {
		t.Fatal(err)
	}
	return article, version
}

func everyRow(t testing.TB, app core.App) string {
	return fmt.Sprint(counted(t, app, "articles", "article_versions", "article_steps", "attachments", "index_serials"))
}

func TestArticlesPreviewStoresNothing(t *testing.T) {
	app := seededApp(t)
	out := importArticles(t, app, goodArticles)
	for _, want := range []string{"共 5 行：可新增 4 条，已存在 0 条，文件内重复 1 条，有问题 0 行", "示范区晨光小学：3 条", "A0402：1 条", "第 6 行与第 1 行完全相同", "加上 --apply"} {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %q:\n%s", want, out)
		}
	}
	if got := everyRow(t, app); got != "[0 0 0 0 0]" {
		t.Errorf("stored %s", got)
	}
}

func TestArticlesAreImportedWholeAndOnce(t *testing.T) {
	s := serve(t)
	s.get("/search?q=索引") // the server has opened its index
	importArticles(t, s.app, goodArticles, "--apply")
	if got, want := everyRow(t, s.app), "[4 4 4 2 4]"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	article, version := articleTitled(t, s.app, "关于放假的通知")
	for field, want := range map[string]string{"index_number": "9999990001-A0308-2026-0001", "state": "published", "published_at": "2026-03-01 01:30:00.000Z",
		"first_published_at": "2026-03-01 01:30:00.000Z", "school": schoolA, "column": "A0308"} {
		if got := article.GetString(field); got != want {
			t.Errorf("%s: got %q, want %q", field, got, want)
		}
	}
	for field, want := range map[string]string{"number": "1", "frozen": "true", "created_on": "2026-02-27", "doc_number": "示教〔2026〕1号", "source": "教导处",
		"summary": "学校放假三天，请注意安全。", "facts": "[]", "attachments": "[]"} {
		if got := strings.Trim(fmt.Sprint(version.Get(field)), `"`); got != want {
			t.Errorf("%s: got %q, want %q", field, got, want)
		}
	}
	if _, v := articleTitled(t, s.app, "2026 年招生简章"); strings.Contains(v.GetString("body"), "script") || v.GetString("source") != "示范区云帆中学" {
		t.Errorf("stored %s from %s", v.GetString("body"), v.GetString("source"))
	}
	late, v := articleTitled(t, s.app, "运动会 掠影")
	if got := late.GetString("index_number"); got != "9999990001-A0309-2025-0001" || v.GetString("created_on") != "2025-12-31" {
		t.Errorf("got %s, made on %s", got, v.GetString("created_on"))
	}
	if page := s.get("/a/" + article.Id); page.status != 200 || !page.has("学校放假三天", "示教〔2026〕1号") {
		t.Errorf("the page answers %d", page.status)
	}
	if found := s.get("/search?q=放假三天"); !found.has("/a/" + article.Id) {
		t.Error("the search does not find it")
	}
	out := importArticles(t, s.app, goodArticles, "--apply")
	if got := everyRow(t, s.app); got != "[4 4 4 2 4]" || !strings.Contains(out, "已存在 5 条") {
		t.Errorf("a second run left %s:\n%s", got, out)
	}
}

func TestAttachmentsOfAnImportAreThoseOfAnUpload(t *testing.T) {
	s := serve(t)
	s.get("/search?q=索引") // the server has opened its index
	importArticles(t, s.app, goodCSV, "--apply")
	article, version := articleTitled(t, s.app, "休学申请表")
	ids := version.GetStringSlice("attachments")
	if len(ids) != 2 {
		t.Fatalf("got %d attachments, want 2", len(ids))
	}
	picture, err := s.app.FindRecordById("attachments", ids[1])
	if err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]string{"article": article.Id, "name": "picture.png", "alt": "picture", "mime": "image/png", "width": "80", "label": "图片"} {
		if got := picture.GetString(field); got != want {
			t.Errorf("%s: got %q, want %q", field, got, want)
		}
	}
	if page := s.get("/a/" + article.Id); !page.has("/f/"+ids[0]+"/form.pdf", "用黑色水笔填写") {
		t.Error("the page does not offer the file")
	}
	if file := s.get("/f/" + ids[0] + "/form.pdf"); file.status != 200 || !strings.HasPrefix(file.body, "%PDF") {
		t.Errorf("the file answers %d", file.status)
	}
}

func TestBadArticlesAreNamedAndNothingIsStored(t *testing.T) {
	app := seededApp(t)
	out, err := runCommand(t, app, "articles", "import", badArticles, "--apply")
	if err == nil || !strings.Contains(err.Error(), "18 行有问题，没有写入任何内容") {
		t.Errorf("got %v", err)
	}
	for _, want := range []string{"第 1 行 title：没有填写", "第 2 行 school：没有学校“不存在的学校”", "第 3 行 column：云帆中学没有栏目“每周食谱”", "第 4 行 column：“联系方式”由系统生成",
		"第 5 行 column：没有栏目“Z9999”", "第 6 行 published_at：“三月一日”不是日期", "第 7 行 published_at：“2199-01-01”在将来", "第 8 行 published_at：“1989-12-31”早于 1990 年",
		"第 9 行 created_on：“2026-13-01”不是日期", "第 10 行：JSON 格式不对", "第 11 行：不认识字段 \"colour\"", "第 12 行：title 的类型不对",
		"第 13 行 attachments：“files/program.exe”：不能上传 .exe 文件", "第 14 行 attachments：“files/lie.pdf”：文件名是 .pdf，内容却是 网页",
		"第 15 行 attachments：“files/missing.pdf”：找不到文件", "第 16 行 attachments：“../schools/bad.csv”：只能是导入文件所在目录中的文件",
		"第 17 行 title：超过 200 个字", "第 18 行 body_html：没有正文，也没有附件"} {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %q", want)
		}
	}
	if t.Failed() {
		t.Log(out)
	}
	if got := everyRow(t, app); got != "[0 0 0 0 0]" {
		t.Errorf("stored %s", got)
	}
}

func TestBadArticlesAreSkippedWhenToldSo(t *testing.T) {
	app := seededApp(t)
	importArticles(t, app, badArticles, "--apply", "--skip-bad")
	if got := everyRow(t, app); got != "[1 1 1 0 1]" {
		t.Errorf("stored %s", got)
	}
	articleTitled(t, app, "唯一的好行")
}

func TestATextOverTheLimitIsNamed(t *testing.T) {
	app := seededApp(t)
	for name, body := range map[string]string{"as written": strings.Repeat("长", richtext.MaxText/3+1), "once cleaned": "<p>" + strings.Repeat("&", richtext.MaxText/4) + "</p>"} {
		raw, err := json.Marshal(map[string]string{"school": schoolACode, "column": "A0308", "title": "长文", "body_html": body, "published_at": "2026-03-01"})
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "long.jsonl")
		if err := os.WriteFile(file, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, _ := runCommand(t, app, "articles", "import", file); !strings.Contains(out, "第 1 行 body_html：正文过长") {
			t.Errorf("%s: %.300s", name, out)
		}
	}
}

const schoolACode = "9999990001"

// TestAnImportIsWhatPublishingLeavesBehind compares the stored rows of both ways: the hash, and the type of every value.
func TestAnImportIsWhatPublishingLeavesBehind(t *testing.T) {
	s := serve(t)
	s.get("/search?q=索引") // the server has opened its index
	importArticles(t, s.app, goodArticles, "--apply")
	_, imported := articleTitled(t, s.app, "关于放假的通知")
	id, version := s.draft(editorA, "A0308", imported.GetString("title"), imported.GetString("body"))
	record, err := s.app.FindRecordById("article_versions", version)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{"source", "doc_number", "created_on"} {
		record.Set(f, imported.Get(f))
	}
	if err := s.app.Save(record); err != nil {
		t.Fatal(err)
	}
	if a := s.publish(editorA, id, version); a.status != 200 {
		t.Fatal(a.status, a.body)
	}
	record, err = s.app.FindRecordById("article_versions", version)
	if err != nil {
		t.Fatal(err)
	}
	if record.GetString("hash") != imported.GetString("hash") || imported.GetString("hash") == "" {
		t.Errorf("hash: got %s, want %s", imported.GetString("hash"), record.GetString("hash"))
	}
	for _, table := range []string{"articles", "article_versions", "article_steps", "index_serials"} {
		c, err := s.app.FindCollectionByNameOrId(table)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range c.Fields.FieldNames() {
			var kinds []string
			err := s.app.DB().Select("typeof([[" + f + "]]) || ' ' || length(CASE WHEN [[" + f + "]] LIKE '____-__-__ %' THEN [[" + f + "]] ELSE '' END)").
				Distinct(true).From(table).Column(&kinds)
			if err != nil {
				t.Fatal(err)
			}
			if len(kinds) != 1 {
				t.Errorf("%s.%s is stored as %v", table, f, kinds)
			}
		}
	}
}

// wholeAndUnique checks what no import may break, whatever happened to it.
func wholeAndUnique(t *testing.T, app core.App, dir string, want int) {
	t.Helper()
	if got, wanted := fmt.Sprint(counted(t, app, "articles", "article_versions", "article_steps")), fmt.Sprint([]int{want, want, want}); got != wanted {
		t.Errorf("articles, versions, steps: got %s, want %s", got, wanted)
	}
	for what, query := range map[string]string{
		"articles without their version": "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM article_versions v WHERE v.id = a.published AND v.article = a.id AND v.frozen)",
		"articles without their step":    "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM article_steps s WHERE s.article = a.id AND s.version = a.published)",
		"index numbers twice":            "SELECT count(*) - count(DISTINCT index_number) FROM articles",
		"serials that are not the last":  "SELECT count(*) FROM index_serials s WHERE last != (SELECT count(*) FROM articles a WHERE a.index_number LIKE s.prefix || '-%')",
		"attachments of no article":      "SELECT count(*) FROM attachments f WHERE NOT EXISTS (SELECT 1 FROM article_versions v WHERE v.article = f.article AND v.attachments LIKE '%' || f.id || '%')",
		"hashes that the step lacks":     "SELECT count(*) FROM article_steps s JOIN article_versions v ON v.id = s.version WHERE v.hash != s.hash OR v.hash = ''",
	} {
		var n int
		if err := app.DB().NewQuery(query).Row(&n); err != nil {
			t.Fatal(what, err)
		}
		if n != 0 {
			t.Errorf("%d %s", n, what)
		}
	}
	index, err := search.Open(filepath.Join(dir, "search.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	var public []struct{ ID, Published string }
	if err := app.DB().Select("id", "published").From("articles").Where(dbx.HashExp{"state": "published"}).All(&public); err != nil {
		t.Fatal(err)
	}
	versions, err := index.Versions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(versions) != len(public) {
		t.Errorf("the index has %d documents, want %d", len(versions), len(public))
	}
	for _, a := range public {
		if !strings.HasPrefix(versions[a.ID], a.Published+" ") {
			t.Fatalf("the index has %s in version %q, want %s", a.ID, versions[a.ID], a.Published)
		}
	}
	found, err := index.Search(t.Context(), search.Query{Text: "演习"})
	if err != nil || found.Total != want {
		t.Errorf("the search finds %d (%v), want %d", found.Total, err, want)
	}
}
