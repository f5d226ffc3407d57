package movein_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/pb_hooks/movein"
)

const today = "2026-11-26"

const plainMapping = `{"school":"9999990001","host":"www.chenguang.example","articles":["info/**"],"title":"h1","date":".date","body":".body",
	"columns":[{"path":"info/","column":"A0308"},{"category":"通知公告","column":"A0308"}]}`

func mapping(t *testing.T, text string) *movein.Mapping {
	t.Helper()
	m, err := movein.ReadMapping(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// site is a folder of files.
func site(t *testing.T, files map[string]string) *movein.Tree {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tree, err := movein.OpenTree(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tree.Close(); err != nil {
			t.Error(err)
		}
	})
	return tree
}

func itemsOf(t *testing.T, s movein.Source, err error) (items []movein.Item) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for it, err := range s.Items() {
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, it)
	}
	return items
}

// onePage reads one page of a site.
func onePage(t *testing.T, name, page string) movein.Item {
	t.Helper()
	s, err := movein.Pages(site(t, map[string]string{name: page}), mapping(t, plainMapping), today)
	items := itemsOf(t, s, err)
	if len(items) != 1 {
		t.Fatalf("got %d items", len(items))
	}
	return items[0]
}

func TestCharsetsAreFoundWhateverAPageSays(t *testing.T) {
	const body = `<h1>放假通知</h1><div class=body>学校放假三天，请注意安全，按时返校。</div>`
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(body)
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range map[string]string{
		"says nothing, is UTF-8":  body,
		"says nothing, is GBK":    gbk,
		"says gb2312, is GBK":     `<meta charset=gb2312>` + gbk,
		"says gb2312, is UTF-8":   `<meta http-equiv="Content-Type" content="text/html; charset=gb2312">` + body,
		"says utf-8, is GBK":      `<meta charset="utf-8">` + gbk,
		"says utf-8, is UTF-8":    `<meta charset='UTF-8'>` + body,
		"byte order mark":         "\ufeff<meta charset=gbk>" + body,
		"says what nobody reads":  `<meta charset=iso-8859-1>` + gbk,
		"says it in a style only": `<style>@charset "gbk";</style>` + body,
	} {
		if it := onePage(t, "info/1.htm", page); it.Title != "放假通知" {
			t.Errorf("%s: %q", name, it.Title)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ name, said, want, told string }{
		{"info/1.htm", "发布时间：2024-03-05 08:00", "2024-03-05", ""},
		{"info/1.htm", "2024年3月5日", "2024-03-05", ""},
		{"info/1.htm", "2024/3/5", "2024-03-05", ""},
		{"info/1.htm", "2024.03.05", "2024-03-05", ""},
		{"info/1.htm", "03-05", "", "没有年份"},
		{"info/2023/1.htm", "03-05", "2023-03-05", "按网址取 2023 年"},
		{"info/2023/0305/c1.htm", "", "2023-03-05", ""},
		{"info/t20230305_9.htm", "", "2023-03-05", ""},
		{"info/1.htm", "2024-03-0508:00", "2024-03-05", ""}, // two elements of the page
		{"info/1.htm", "2019年3月", "", "“2019年3月”没有写明哪一天"},
		{"info/1.htm", "2019年3月 10:20", "", "没有写明哪一天"},
		{"info/1.htm", "2019-3", "", "没有写明哪一天"},
		{"info/1.htm", "19-3-5", "2019-03-05", "按 2019-03-05 理解"},
		{"info/1.htm", "98.12.31", "1998-12-31", "按 1998-12-31 理解"},
		{"info/1.htm", "12-05 10:30", "", "没有年份"},
		{"info/1.htm", "2024-02-30", "", "不对"},
		{"info/1.htm", "2027-01-01", "", "不对"}, // in the future
		{"info/1.htm", "1949-01-01", "", "不对"}, // before there were sites
		{"info/1.htm", "", "", ""},
	} {
		it := onePage(t, c.name, `<h1>通知</h1><p class=date>`+c.said+`</p><div class=body>学校放假三天，请注意安全，按时返校，祝大家节日快乐。</div>`)
		if it.Date != c.want || !strings.Contains(strings.Join(it.Notes, "；"), c.told) || (c.want == "") != slices.Contains(it.Flags, movein.NoDate) {
			t.Errorf("%s %q: %q, %q, %v", c.name, c.said, it.Date, it.Notes, it.Flags)
		}
	}
}

func TestAddressesOfSavedFiles(t *testing.T) {
	const page = `<h1>通知</h1><div class=body>学校放假三天。</div>`
	for name, want := range map[string]string{
		"info/1.htm":                   "/info/1.htm",
		"info/show.jsp@id=5.html":      "/info/show.jsp?id=5",
		"info/show.jsp?tm=2&id=5":      "/info/show.jsp?id=5&tm=2",
		"info/show.php.html":           "/info/show.php",
		"info/通知.htm":                  "/info/通知.htm",
		"info/2024/index.html":         "/info/2024/index.html",
		"info/a@b.htm":                 "/info/a@b.htm",
		"info/show.asp@Id=5&p=1.html":  "/info/show.asp?Id=5&p=1",
		"info/list.do@method=view.htm": "/info/list.do?method=view",
	} {
		if it := onePage(t, name, page); it.Address != (movein.Address{Host: "chenguang.example", Path: want}) {
			t.Errorf("%s: %v", name, it.Address)
		}
	}
	it := onePage(t, "info/x1.html", `<!-- Mirrored from www.chenguang.example/info/read.asp?id=7 by HTTrack Website Copier/3.x -->`+page)
	if it.Address.Path != "/info/read.asp?id=7" {
		t.Errorf("HTTrack: %v", it.Address)
	}
	if it := onePage(t, "info/2024/index.html", page); len(it.Also) != 1 || it.Also[0].Path != "/info/2024/" {
		t.Errorf("a folder: %v", it.Also)
	}
}

func TestRewrite(t *testing.T) {
	tree := site(t, map[string]string{"upload/a.pdf": "x", "upload/b.jpg": "x", "upload/c.doc": "x", "info/x.htm": ""})
	m := mapping(t, plainMapping)
	for _, c := range []struct{ name, in, want, told string }{
		{"relative file", `<a href="../upload/a.pdf">表</a>`, `<a href="/f/upload/a.pdf">表</a>`, ""},
		{"absolute file", `<a href="http://www.chenguang.example/upload/a.pdf">表</a>`, `<a href="/f/upload/a.pdf">表</a>`, ""},
		{"file by the other slash", `<a href="..\upload\a.pdf">表</a>`, `<a href="/f/upload/a.pdf">表</a>`, ""},
		{"missing file", `<a href="/upload/no.xls">表</a>`, `表`, "/upload/no.xls"},
		{"file that is not taken", `<a href="/upload/c.doc">表</a>`, `表`, "不收"},
		{"page that came along", `<a href="/info/2.htm?from=x">通知</a>`, `<a href="/a/two">通知</a>`, ""},
		{"page that did not", `<a href="/info/3.htm">通知</a>`, `通知`, "没有迁入"},
		{"itself", `<a href="1.htm#top">回顶</a>`, `回顶`, ""},
		{"intranet", `<a href="http://10.110.33.3/oa">平台</a>`, `平台`, "内网地址"},
		{"single name", `<a href="http://oa/x">平台</a>`, `平台`, "内网地址"},
		{"session", `<a href="https://a.example/x;jsessionid=9?b=1&token=3">外</a>`, `<a href="https://a.example/x?b=1">外</a>`, "会话参数"},
		{"script", `<a href="javascript:void(0)">点</a>`, `点`, ""},
		{"local file", `<a href="file:///C:/a.doc">点</a>`, `点`, "不是网址"},
		{"mail", `<a href="mailto:a@b.example">信</a>`, `<a href="mailto:a@b.example">信</a>`, ""},
		{"late picture", `<img src="/blank.gif" data-src="/upload/b.jpg" alt="运动会入场">`, `<img src="/f/upload/b.jpg" alt="运动会入场"/>`, ""},
		{"picture without words", `<img src="/upload/b.jpg" alt="IMG_1.jpg">`, `<img src="/f/upload/b.jpg" alt="通知（配图）"/>`, ""},
		{"data as a link", `<a href="data:text/html,<script>x</script>">点</a>`, `点`, "不是网址"},
		{"script in other letters", `<a href=" JaVaScript:x()">点</a><a href="java&#10;script:x()">点</a><a href="vbscript:x">点</a>`, `点点点`, ""},
		{"layout of one cell", `<table><tbody><tr><td></td><td><p>文</p></td></tr></tbody></table>`, `<div><p>文</p></div>`, ""},
		{"layout around layout and figures", `<table><tr><td>题</td></tr><tr><td><table><tr><td><table><tr><th>班</th><th>人</th></tr></table></td></tr></table></td></tr></table>`,
			`<div>题</div><div><div><table><tbody><tr><th>班</th><th>人</th></tr></tbody></table></div></div>`, ""},
		{"a list in a table", `<table><tbody><tr><td>甲</td></tr><tr><td>乙</td></tr></tbody></table>`, `<table><tbody><tr><td>甲</td></tr><tr><td>乙</td></tr></tbody></table>`, ""},
		{"icon", `<img src="/fileTypeImages/icon_pdf.gif">`, ``, ""},
		{"picture elsewhere", `<img src="https://a.example/b.jpg">`, ``, "别的网站"},
		{"picture in the page", `<img src="data:image/png;base64,AA">`, ``, "写在网页里"},
		{"embedded file", `<iframe src="/upload/a.pdf"></iframe>`, `<a href="/f/upload/a.pdf">a.pdf</a>`, ""},
		{"embedded film", `<iframe src="https://v.example/1"></iframe>`, ``, "嵌入的外部内容"},
		{"noise", `<a href="/z">中国</a>与<a href="/z">中国</a>`, `中国与中国`, "自动加在“中国”"},
		{"no noise: once", `<a href="https://a.example/">中国</a>与世界`, `<a href="https://a.example/">中国</a>与世界`, ""},
		{"no noise: said elsewhere", `<a href="https://a.example/">中国</a>、<a href="https://a.example/">中国</a>、中国`,
			`<a href="https://a.example/">中国</a>、<a href="https://a.example/">中国</a>、中国`, ""},
		{"WordPress", `<img src="/wp-content/uploads/b-300x200.jpg" alt="">`, ``, "旧网站的文件里没有"},
	} {
		it := movein.Table("1", "", "", "通知", "<p></p>"+c.in, "2024-01-01", today, nil)
		it.Address = movein.Address{Host: "chenguang.example", Path: "/info/1.htm"}
		got, err := movein.NewSite(m, tree).Rewrite(&it, movein.Links{
			Page: func(a movein.Address) string { return map[string]string{"/info/2.htm": "/a/two"}[a.Path] },
			File: func(name, _ string) (string, string) {
				if strings.HasSuffix(name, ".doc") {
					return "", "不收"
				}
				return "/f/" + name, ""
			},
		})
		if err != nil || got != "<p></p>"+c.want || !strings.Contains(strings.Join(it.Notes, "；"), c.told) {
			t.Errorf("%s:\n got %s %v\nwant %s\ntold %q", c.name, got, err, "<p></p>"+c.want, it.Notes)
		}
	}
}

func TestMappingsThatAreWrongSayWhere(t *testing.T) {
	for text, want := range map[string]string{
		`{`:                                "不是 JSON",
		`{"host":"a.example","x":1}`:       "不认识 \"x\"",
		`{"host":"a.example","body":"[["}`: "选择器",
		`{"school":"1"}`:                   "host",
		`{"host":"a.example","columns":[{"path":"x"}]}`:    "第 1 项",
		`{"host":"a.example","charset":"big5"}`:            "charset",
		`{"host":"a.example","lists":{"paths":["x.htm"]}}`: "item",
		`{"host":5}`: "类型不对",
	} {
		if _, err := movein.ReadMapping(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	m := mapping(t, `{"school":"1","host":"a.example","articles":["news/*"],"body":".b"}`)
	if _, err := movein.Pages(site(t, map[string]string{"a.htm": ""}), m, today); err == nil || !strings.Contains(err.Error(), "articles") {
		t.Errorf("no page fits: %v", err)
	}
}

func TestWordPress(t *testing.T) {
	item := func(id, status, title, more, content string) string {
		return fmt.Sprintf(`<item><title>%s</title><link>https://www.chenguang.example/2021/05/p%s/</link><guid isPermaLink="false">https://www.chenguang.example/?p=%s</guid>
<content:encoded><![CDATA[%s]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>%s</wp:post_id><wp:post_date>2021-05-0%s 09:00:00</wp:post_date>
<wp:status>%s</wp:status>%s</item>`, title, id, id, content, id, id, status, more)
	}
	const post, category = `<wp:post_type>post</wp:post_type>`, `<category domain="category" nicename="tz"><![CDATA[通知公告]]></category><category domain="post_tag" nicename="x"><![CDATA[x]]></category>`
	export := `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>晨光小学</title>` +
		item("1", "publish", "开学通知", post+category, "各位家长：\n\n九月一日开学。\n请准时到校。[gallery ids=\"9\"]") +
		item("2", "draft", "草稿", post+category, "x") +
		item("3", "publish", "有密码", post+category+`<wp:post_password>1</wp:post_password>`, "x") +
		item("9", "inherit", "图", `<wp:post_type>attachment</wp:post_type><wp:attachment_url>https://www.chenguang.example/wp-content/uploads/2021/05/a.jpg</wp:attachment_url>`, "") +
		item("5", "publish", "菜单", `<wp:post_type>nav_menu_item</wp:post_type>`, "") + `</channel></rss>`
	path := filepath.Join(t.TempDir(), "wp.xml")
	if err := os.WriteFile(path, []byte(export), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := movein.WXR(path, mapping(t, plainMapping), today)
	items := itemsOf(t, s, err)
	if len(items) != 3 || s.Count() != 3 || items[1].Left != "状态是“草稿”" || items[2].Left != "有访问密码" {
		t.Fatalf("got %+v", items)
	}
	first := items[0]
	if first.Title != "开学通知" || first.Date != "2021-05-01" || first.Column != "A0308" || first.Address.Path != "/2021/05/p1/" || len(first.Also) != 1 || first.Also[0].Path != "/?p=1" {
		t.Errorf("got %+v", first)
	}
	body, err := movein.NewSite(mapping(t, plainMapping), site(t, map[string]string{"2021/05/a.jpg": "x"})).Rewrite(&first, movein.Links{
		Page: func(movein.Address) string { return "" }, File: func(name, _ string) (string, string) { return "/f/" + name, "" }})
	if err != nil || !strings.Contains(body, "<p>各位家长：</p>") || !strings.Contains(body, "九月一日开学。<br/>请准时到校。") || !strings.Contains(body, `src="/f/2021/05/a.jpg"`) {
		t.Errorf("got %s %v", body, err)
	}
	cutShort := filepath.Join(t.TempDir(), "cut.xml")
	if err := os.WriteFile(cutShort, []byte(export[:len(export)/2]), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := movein.WXR(cutShort, mapping(t, plainMapping), today); err == nil || !strings.Contains(err.Error(), "可能不完整") {
		t.Errorf("half an export: %v", err)
	}
}
