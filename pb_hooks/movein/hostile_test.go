package movein_test

import (
	"archive/zip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/pb_hooks/movein"
)

const longText = `<div class=body>学校放假三天，请注意安全，按时返校，祝大家节日快乐，身体健康，家庭幸福。%s</div>`

// Pages as old sites really have them: what is taken of each, or why it is left.
func TestPagesOfOldSitesAsTheyAre(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(fmt.Sprintf(`<h1>放假通知𠮷</h1>`+longText, ""))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ page, title, left, note string }{
		"GB18030 that says utf-8":        {`<meta charset="utf-8">` + gbk, "放假通知𠮷", "", ""},
		"byte order mark, says gbk":      {"\ufeff<meta charset=gbk><h1>放假通知</h1>" + fmt.Sprintf(longText, ""), "放假通知", "", ""},
		"UTF-8 with a character cut off": {`<meta charset="utf-8"><h1>放假通知</h1>` + fmt.Sprintf(longText, "\xe5\xad"), "放假通知", "", ""},
		"two headings":                   {`<title>放假通知 - 晨光小学</title><h1>晨光小学</h1><h1>放假通知</h1>` + fmt.Sprintf(longText, ""), "晨光小学", "", ""}, // the mapping says h1
		"an empty heading first":         {`<h1> </h1><h1>放假通知</h1>` + fmt.Sprintf(longText, ""), "放假通知", "", ""},
		"two titles of the window":       {`<title></title><title>放假通知_晨光小学</title>` + fmt.Sprintf(longText, ""), "放假通知", "", ""},
		"frames":                         {`<title>首页</title><frameset><frame src=top.htm><frame src=main.htm></frameset>`, "首页", "网页是框架，内容在 main.htm", ""},
		"sends its visitor on":           {`<title>旧页</title><meta http-equiv="Refresh" content="0; URL='/new.htm'"><div class=body>正在转到新页</div>`, "旧页", "网页只是转到 chenguang.example/new.htm", ""},
		"sends its visitor to a script":  {`<title>旧页</title><meta http-equiv=refresh content="0;url=javascript:alert(1)"><div class=body></div>`, "旧页", "网页只是转到", ""},
		"nothing but WeChat":             {`<h1>运动会</h1><div class=body><a href="https://mp.weixin.qq.com/s/AbC?token=9">点击查看</a></div>`, "运动会", "", "正文只在公众号"},
		"sends its visitor to WeChat":    {`<h1>运动会</h1><script>window.location.href="https://mp.weixin.qq.com/s/AbC"</script><div class=body></div>`, "运动会", "", "正文只在公众号"},
		"nothing":                        {``, "", "没有标题", ""},
		"nested without end":             {`<h1>深</h1><div class=body>` + strings.Repeat("<div>", 3000) + "文", "", "结构太乱", ""},
	} {
		it := onePage(t, "info/1.htm", c.page)
		if it.Title != c.title || !strings.HasPrefix(it.Left, c.left) && !strings.Contains(it.Left, c.left) || (it.Left == "") != (c.left == "") || !strings.Contains(strings.Join(it.Notes, "；"), c.note) {
			t.Errorf("%s: %q, left %q, %q", name, it.Title, it.Left, it.Notes)
		}
	}
	m := mapping(t, `{"school":"9999990001","host":"chenguang.example","articles":["info/*"],"body":".body"}`)
	s, err := movein.Pages(site(t, map[string]string{"info/1.htm": `<title>放假通知 - 晨光小学</title><h1>晨光小学</h1><h1>放假通知</h1>` + fmt.Sprintf(longText, "")}), m, today)
	if items := itemsOf(t, s, err); items[0].Title != "放假通知" {
		t.Errorf("of two headings it takes %q", items[0].Title)
	}
}

// rewritten is the text of a page of a site, whose files are taken along as /f/.
func rewritten(t *testing.T, it movein.Item, tree *movein.Tree) (string, movein.Item) {
	t.Helper()
	body, err := movein.NewSite(mapping(t, plainMapping), tree).Rewrite(&it, movein.Links{Page: func(movein.Address) string { return "" },
		File: func(name, _ string) (string, string) { return "/f/" + name, "" }})
	if err != nil {
		t.Fatal(err)
	}
	return body, it
}

func TestABaseIsWhatLinksAreRelativeTo(t *testing.T) {
	tree := site(t, map[string]string{"upload/a.pdf": "x", "info/a.pdf": "x"})
	for base, want := range map[string]string{
		`<base href="http://www.chenguang.example/upload/">`: `/f/upload/a.pdf`,
		`<base href="/upload/x.htm">`:                        `/f/upload/a.pdf`,
		`<base target="_blank">`:                             `/f/info/a.pdf`,
		`<base href="javascript:x"><base href="/upload/">`:   `/f/info/a.pdf`,
		`<base href="http://other.example/upload/">`:         `http://other.example/upload/a.pdf`,
	} {
		body, _ := rewritten(t, onePage(t, "info/1.htm", base+`<h1>表</h1>`+fmt.Sprintf(longText, `<a href="a.pdf">表</a>`)), tree)
		if !strings.Contains(body, `<a href="`+want+`">`) {
			t.Errorf("%s: %s", base, body)
		}
	}
}

func TestTenThousandLinksOnAPage(t *testing.T) {
	var b strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&b, `<a href="/upload/%d.pdf">第%d号</a>，<a href="http://a.example/%d">第%d号</a>；`, i, i, i, i)
	}
	body, it := rewritten(t, onePage(t, "info/1.htm", `<h1>目录</h1>`+fmt.Sprintf(longText, b.String())), movein.Nothing())
	if strings.Count(body, "<a ") != 10_000 || strings.Contains(body, "/upload/") || !slices.Contains(it.Flags, movein.MissingFiles) || len(it.Flags) != 2 {
		t.Errorf("%d links, flags %v", strings.Count(body, "<a "), it.Flags)
	}
}

func TestAFileIsReadOnlyAsFarAsItMayBe(t *testing.T) {
	dir := t.TempDir()
	big, err := os.Create(filepath.Join(dir, "film.mp4"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(big.Truncate(100<<20), big.Close(), os.WriteFile(filepath.Join(dir, "empty.pdf"), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	tree, err := movein.OpenTree(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	if n := testing.AllocsPerRun(1, func() { _, err = tree.Read("film.mp4", 20<<20) }); !errors.Is(err, movein.ErrTooLong) || n > 50 {
		t.Errorf("100 MB: %v", err)
	}
	if data, err := tree.Read("empty.pdf", 20<<20); err != nil || len(data) != 0 {
		t.Errorf("nothing: %v %v", data, err)
	}
}

// An entry that says it is small and is not, and one whose bytes are not those that
// were packed, are not read to the end.
func TestAZipThatLiesIsNotBelieved(t *testing.T) {
	raw, err := os.ReadFile(zipped(t, map[string]string{"a.htm": strings.Repeat("0", 900_000)}, func(h *zip.FileHeader) { h.Modified = h.Modified.UTC() }))
	if err != nil {
		t.Fatal(err)
	}
	size := []byte{0xa0, 0xbb, 0x0d, 0x00} // 900,000
	lie := strings.ReplaceAll(string(raw), string(size), "\x10\x00\x00\x00")
	if lie == string(raw) {
		t.Fatal("the size was not found")
	}
	path := filepath.Join(t.TempDir(), "lie.zip")
	if err := os.WriteFile(path, []byte(lie), 0o600); err != nil {
		t.Fatal(err)
	}
	tree, err := movein.OpenTree(path)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	if data, err := tree.Read("a.htm", 1000); err == nil {
		t.Errorf("%d bytes were read", len(data))
	}
}

func TestSlipsOutOfAZip(t *testing.T) {
	outside := []string{"../a.htm", "a/../../b.htm", `..\c.htm`, `a\..\..\d.htm`, "/e.htm", `\f.htm`, "C:/g.htm", `\\server\share\h.htm`, "./../i.htm"}
	files := map[string]string{"info/1.htm": "一", "./info/2.htm": "二"}
	for _, name := range outside {
		files[name] = "外"
	}
	tree, err := movein.OpenTree(zipped(t, files))
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	if got := tree.Names(); !slices.Equal(got, []string{"info/1.htm", "info/2.htm"}) || len(tree.Told) != len(outside) {
		t.Errorf("got %q, told %q", got, tree.Told)
	}
	link := zipped(t, map[string]string{"passwd": "/etc/passwd"}, func(h *zip.FileHeader) { h.SetMode(os.ModeSymlink | 0o777) })
	if tree, err := movein.OpenTree(link); err != nil || len(tree.Names()) != 0 || len(tree.Told) != 1 {
		t.Errorf("a link in a zip: %v %v", tree, err)
	}
}

func TestExportsOfWordPressAsTheyAre(t *testing.T) {
	export := func(items string) string {
		path := filepath.Join(t.TempDir(), "wp.xml")
		text := `<?xml version="1.0" encoding="UTF-8"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>` + items + `</channel></rss>`
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	post := func(content string) string {
		return `<item><title><![CDATA[关于 <b>代码</b> 的通知]]></title><guid>http://chenguang.example/blog/?page_id=7</guid><link>http://chenguang.example/blog/about/</link><content:encoded><![CDATA[` + content +
			`]]></content:encoded><wp:post_id>7</wp:post_id><wp:post_date>2021-05-01 09:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>`
	}
	// WordPress closes a CDATA within a text and opens it again
	s, err := movein.WXR(export(post(`<p>数组 a[b[0]]]]><![CDATA[> 0 的说明，学校信息技术课使用，请各班同学下载练习并按时完成作业。</p><img src="/wp-content/uploads/gone.jpg">`)), mapping(t, plainMapping), today)
	it := itemsOf(t, s, err)[0]
	var also []string
	for _, a := range it.Also {
		also = append(also, a.Path)
	}
	if !slices.Equal(also, []string{"/blog/?p=7", "/blog/?page_id=7"}) {
		t.Errorf("it also answers at %q", also)
	}
	body, it := rewritten(t, it, movein.Nothing())
	if !strings.Contains(body, "a[b[0]]&gt; 0") || strings.Contains(body, "<img") || !strings.Contains(strings.Join(it.Notes, ""), "gone.jpg") || !slices.Contains(it.Flags, movein.MissingFiles) {
		t.Errorf("got %s, %q", body, it.Notes)
	}
	if _, err := movein.WXR(export(post("<![CDATA[ x ]]> y")), mapping(t, plainMapping), today); err == nil || !strings.Contains(err.Error(), "第 1 项") {
		t.Errorf("a CDATA within another: %v", err)
	}
	bomb := `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>` + post("x &b; y")
	if s, err := movein.WXR(export(bomb), mapping(t, plainMapping), today); err == nil {
		if it := itemsOf(t, s, nil)[0]; strings.Contains(it.Text(), "aaaa") {
			t.Errorf("an entity was unfolded: %s", it.Text())
		}
	}
}

func TestOldAddressesOfRows(t *testing.T) {
	for said, want := range map[string]string{
		"https://www.yucai.example/info/1.htm": "yucai.example/info/1.htm",
		"yucai.example/show.asp?id=5&b=1":      "yucai.example/show.asp?b=1&id=5",
		"http://yucai.example:8080/?p=3":       "yucai.example/?p=3",
		"/info/1.htm":                          "host.example/info/1.htm",
		"":                                     "",
		"javascript:alert(1)":                  "", "http://user:pw@yucai.example/": "", "不是网址": "", "ftp://yucai.example/a": "",
		"https://mp.weixin.qq.com/s/AbC": "",
	} {
		it := movein.Table("第 2 行", "", "", "通知", "学校放假三天。", "2019年3月5日", today, nil)
		it.At(said, "host.example")
		if it.Address.String() != want || it.Date != "2019-03-05" || (want == "") == (said != "" && len(it.Notes) == 0) {
			t.Errorf("%q: %q %q", said, it.Address, it.Notes)
		}
	}
}
