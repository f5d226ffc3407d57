package pb_hooks_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/statement"
)

const (
	oldSite     = "../testdata/movein/site"
	siteMapping = "../examples/moving-in.json"
)

// moveIn runs "import site" and fails the test where that fails.
func moveIn(t testing.TB, app core.App, args ...string) string {
	t.Helper()
	out, err := tryMoveIn(t, app, args...)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return out
}

func tryMoveIn(t testing.TB, app core.App, args ...string) (string, error) {
	t.Helper()
	return runCommand(t, app, append([]string{"import", "site", "--report", filepath.Join(t.TempDir(), "report.xlsx")}, args...)...)
}

// movedIn is the item of an old address with its article and text.
func movedIn(t testing.TB, app core.App, address string) (item, article, version *core.Record) {
	t.Helper()
	item, err := app.FindFirstRecordByData("import_items", "address", address)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	if article, err = app.FindRecordById("articles", item.GetString("article")); err != nil {
		t.Fatal(err)
	}
	if version, err = app.FindFirstRecordByData("article_versions", "article", article.Id); err != nil {
		t.Fatal(err)
	}
	return item, article, version
}

func movedInRows(t testing.TB, app core.App) string {
	return fmt.Sprint(counted(t, app, "import_batches", "import_items", "articles", "article_versions", "attachments", "old_addresses", "article_steps"))
}

func TestMovingInPreviewStoresNothing(t *testing.T) {
	app := seededApp(t)
	report := filepath.Join(t.TempDir(), "r.xlsx")
	out := moveIn(t, app, oldSite, "--mapping", siteMapping, "--report", report)
	for _, want := range []string{"共 12 条：可迁入 9 条（附件 4 个），已经迁入 0 条，不迁入 3 条", "A0308 通知公告：6 条", "只有公众号链接：3 条", "没有对上栏目：2 条", "没有标题：1 条", "没有正文：1 条",
		"内容相同，只迁入一次：1 条", "加上 --apply"} {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %q:\n%s", want, out)
		}
	}
	if got := movedInRows(t, app); got != "[0 0 0 0 0 0 0]" {
		t.Errorf("stored %s", got)
	}
	file, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	sheets, err := statement.ReadXlsx(file)
	if err != nil || !strings.Contains(fmt.Sprint(sheets["迁入"]), "info/1001/1234.htm") || !strings.Contains(fmt.Sprint(sheets["不迁入"]), "没有标题") {
		t.Errorf("the report says %v %v", sheets, err)
	}
}

func TestAnOldSiteIsMovedInAsDrafts(t *testing.T) {
	app := seededApp(t)
	moveIn(t, app, oldSite, "--mapping", siteMapping, "--apply")
	if got, want := movedInRows(t, app), "[1 9 9 9 4 9 0]"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	for _, c := range []struct {
		address, title, column, day string
		flags                       []string
		says, not                   []string
	}{
		{"chenguang.example/info/1001/1234.htm", "关于秋游活动的通知", "A0308", "2024-10-08", []string{"links_lost"},
			[]string{"填写<a href=\"/f/", "/form.pdf\">回执表</a>", "阅读<a href=\"/a/", "<img src=\"/f/", "alt=\"关于秋游活动的通知（配图）\"", "旧通知见这里"}, []string{"分享到微信", "9999.htm"}},
		{"chenguang.example/info/1001/1235.htm", "校园科技节精彩回顾", "A0308", "2024-11-02", []string{"wechat"},
			[]string{"https://mp.weixin.qq.com/s?__biz=MzA3&amp;mid=265&amp;idx=1&amp;sn=abc\""}, []string{"token", "lang"}},
		{"chenguang.example/info/1001/1236.htm", "任职公示", "A0308", "2023-09-01", []string{"pictures_only"}, []string{"<img"}, nil},
		{"chenguang.example/info/1001/1237.htm", "转到公众号", "A0308", "2023-09-02", []string{"wechat"}, []string{"科技节作品展示", "https://mp.weixin.qq.com/s/AbCd123\""}, []string{"token"}},
		{"mp.weixin.qq.com/s?__biz=MzA3&idx=1&mid=266&sn=def", "元旦迎新活动", "A0308", "2024-12-20", []string{"wechat"}, []string{"sn=def\""}, []string{"token", "chksm"}},
		{"chenguang.example/info/1002/2001.htm", "招生简章", "A0402", "", []string{"missing_files", "no_date", "links_lost"},
			[]string{"热爱中国，了解中国历史", "内部系统办公平台", "https://edu.example/list?id=3\"", "/form.pdf\">报名表</a>", "安装程序 说明 假文件"}, []string{"10.110", "sessionid", ".exe", "video.example"}},
		{"chenguang.example/info/1002/2002.htm", "", "A0309", "2024-09-10", []string{"no_column", "title_cut"}, []string{"<td>一年级</td><td>16:30</td>"}, nil},
		{"chenguang.example/info/1002/show.jsp?id=5", "资助名单公告", "A0309", "2022-05-06", []string{"no_column"}, []string{"13812345678"}, nil},
	} {
		item, article, version := movedIn(t, app, c.address)
		flags := item.GetStringSlice("flags")
		slices.Sort(flags)
		slices.Sort(c.flags)
		if c.title != "" && version.GetString("title") != c.title || article.GetString("column") != c.column || version.GetString("originally_on") != c.day ||
			version.GetString("created_on") != c.day || !slices.Equal(flags, c.flags) || article.GetString("state") != "draft" || article.GetString("author") != "" {
			t.Errorf("%s: %q in %s of %q, %v, %s", c.address, version.GetString("title"), article.GetString("column"), version.GetString("originally_on"), flags, article.GetString("state"))
		}
		for _, want := range c.says {
			if !strings.Contains(version.GetString("body"), want) {
				t.Errorf("%s lacks %s:\n%s", c.address, want, version.GetString("body"))
			}
		}
		for _, not := range c.not {
			if strings.Contains(version.GetString("body"), not) {
				t.Errorf("%s says %s:\n%s", c.address, not, version.GetString("body"))
			}
		}
	}
	if item, _, _ := movedIn(t, app, "chenguang.example/info/1002/show.jsp?id=5"); item.GetInt("blocks")+item.GetInt("warns") == 0 {
		t.Error("a telephone and an identity number were not found")
	}
	if item, _, version := movedIn(t, app, "chenguang.example/info/1002/2002.htm"); len([]rune(version.GetString("title"))) != 200 || !strings.Contains(item.GetString("notes"), "284 个字") {
		t.Errorf("the long title is %q, %s", version.GetString("title"), item.GetString("notes"))
	}
	// the same page twice is one draft, and both addresses lead to it
	_, first, _ := movedIn(t, app, "chenguang.example/info/1002/2003.htm")
	for _, path := range []string{"/info/1002/2003.htm", "/info/1002/2004.htm"} {
		if r, err := app.FindFirstRecordByData("old_addresses", "path", path); err != nil || r.GetString("article") != first.Id {
			t.Errorf("%s leads to %v %v", path, r, err)
		}
	}
	batch, err := app.FindFirstRecordByData("import_batches", "school", schoolA)
	if err != nil || batch.GetString("state") != "arrived" {
		t.Errorf("the batch is %v %v", batch, err)
	}
	if out := moveIn(t, app, oldSite, "--mapping", siteMapping, "--apply"); !strings.Contains(out, "已经迁入 9 条") || movedInRows(t, app) != "[1 9 9 9 4 9 0]" {
		t.Errorf("a second run left %s:\n%s", movedInRows(t, app), out)
	}
}

// Files of two folders may be called alike: what moves in from one of them goes into a
// batch of its own, and closes none of the other's.
func TestABatchBelongsToItsSource(t *testing.T) {
	app := seededApp(t)
	table := func(title string) string {
		dir := t.TempDir()
		writeIn(t, dir, "articles.csv", "school,column,title,body_html,created_on\n9999990001,A0308,"+title+",<p>全校师生参加。</p>,2024-10-08\n")
		return filepath.Join(dir, "articles.csv")
	}
	first, second := table("秋季运动会"), table("消防演习")
	moveIn(t, app, first, "--apply")
	killed, err := app.FindFirstRecordByData("import_batches", "source", "articles.csv")
	if err != nil {
		t.Fatal(err)
	}
	killed.Set("state", "arriving") // as a killed run leaves it
	if err := app.Save(killed); err != nil {
		t.Fatal(err)
	}
	moveIn(t, app, second, "--apply")
	states := func() (states []string) {
		if err := app.DB().NewQuery("SELECT state FROM import_batches ORDER BY _rowid_").Column(&states); err != nil {
			t.Fatal(err)
		}
		return states
	}
	if got := states(); !slices.Equal(got, []string{"arriving", "arrived"}) {
		t.Errorf("after the second: %v", got)
	}
	file, err := os.OpenFile(first, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteString("9999990001,A0308,冬季长跑,<p>全校师生参加。</p>,2024-12-08\n"); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	moveIn(t, app, first, "--apply")
	if n, err := app.CountRecords("import_items", dbx.HashExp{"batch": killed.Id}); err != nil || n != 2 || !slices.Equal(states(), []string{"arrived", "arrived"}) {
		t.Errorf("after the first went on: %d items in its batch, %v, %v", n, states(), err)
	}
}
