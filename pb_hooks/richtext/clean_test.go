package richtext

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
)

func clean(t testing.TB, source string) Cleaned {
	t.Helper()
	c, err := Clean(source)
	if err != nil {
		t.Fatal(err)
	}
	checkClean(t, source, c.HTML)
	return c
}

var safeTag = regexp.MustCompile(`\A<(?:` +
	`/?(?:p|h[234]|ul|ol|li|blockquote|strong|em|u|s|sub|sup|table|caption|thead|tbody|tfoot|tr|td|th)|/a|hr|br|` +
	`(?:p|h[234]) align="(?:center|right)"|ol start="\d{1,4}"|` +
	`t[hd](?: colspan="\d{1,3}")?(?: rowspan="\d{1,3}")?(?: scope="(?:row|col|rowgroup|colgroup)")?(?: align="(?:center|right)")?|` +
	`a href="https?://[^"<> ]+" rel="nofollow noopener"|a href="(?:mailto:|tel:|/)[^"<> ]*"|` +
	`img src="/f/[^"<> ]+" alt="[^"<>]*")>\z`)

// checkClean checks what must hold of every cleaned text.
func checkClean(t testing.TB, source, got string) {
	t.Helper()
	if !utf8.ValidString(got) {
		t.Fatalf("not UTF-8: %q from %q", got, source)
	}
	z := html.NewTokenizer(strings.NewReader(got))
	for z.Next() != html.ErrorToken {
		if raw := string(z.Raw()); raw[0] == '<' && !safeTag.MatchString(raw) {
			t.Fatalf("%q survives in %q, from %q", raw, got, source)
		}
	}
	if !isSubset(got) {
		t.Fatalf("the shortcut does not vouch for %q, from %q", got, source)
	}
	if policed := policy.Sanitize(got); policed != got {
		t.Fatalf("the policy changes %q to %q, from %q", got, policed, source)
	}
	if text, want := Text(got), tokenText(got); text != want {
		t.Fatalf("text %q, want %q, from %q", text, want, source)
	}
	again, err := Clean(got)
	if err != nil {
		t.Fatalf("cleaned text refused: %v, from %q", err, source)
	}
	if again.HTML != got {
		t.Fatalf("not stable:\nsource %q\nonce   %q\ntwice  %q", source, got, again.HTML)
	}
	if len(again.Notes) != 0 {
		t.Fatalf("cleaned text still has notes %v, from %q", again.Notes, source)
	}
}

func TestClean(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"nothing stays nothing", "", ""},
		{"plain text becomes a paragraph a line", "第一段\r\n\r\n  第二段 1 < 2 & 3\n", "<p>第一段</p><p>第二段 1 &lt; 2 &amp; 3</p>"},
		{"text before a paragraph gets its own", "前言<p>正文</p>尾", "<p>前言</p><p>正文</p><p>尾</p>"},
		{"the page has the only h1", "<h1>标题</h1><h2>一</h2><h3>二</h3><h4>三</h4><h5>四</h5>", "<h2>标题</h2><h2>一</h2><h3>二</h3><h4>三</h4><h4>四</h4>"},
		{"empty paragraphs collapse", "<p>甲</p><p></p><p>&nbsp;</p><p><br></p><p><strong> </strong></p><p>　</p><p>乙</p>", "<p>甲</p><p>乙</p>"},
		{"an empty line divides a paragraph", "<p align=center>甲<br><br>乙<br>丙<br></p>", `<p align="center">甲</p><p align="center">乙<br>丙</p>`},
		{"b and i become strong and em", "<p><b>甲</b><i>乙</i><u>丙</u><sub>2</sub><sup>3</sup><del>丁</del></p>", "<p><strong>甲</strong><em>乙</em><u>丙</u><sub>2</sub><sup>3</sup><s>丁</s></p>"},
		{"pieces of one format join", "<p><b>甲</b><b>乙</b> <strong>丙</strong></p>", "<p><strong>甲乙 丙</strong></p>"},
		{"a format around paragraphs goes into them", "<b><p>甲</p><p>乙</p></b>", "<p><strong>甲</strong></p><p><strong>乙</strong></p>"},
		{"unclosed tags are closed", "<p><b>甲<p>乙", "<p><strong>甲</strong></p><p><strong>乙</strong></p>"},
		{"wrongly nested tags are put right", "<p><b>甲<i>乙</b>丙</i>", "<p><strong>甲<em>乙</em></strong><em>丙</em></p>"},
		{"style and class and id vanish", `<p class=a id=b style="color:red" onclick="x()" data-x=1 title=t>甲</p>`, "<p>甲</p>"},
		{"alignment by style stays", `<p style="text-align:center">甲</p><p style="TEXT-ALIGN: Right; color:red">乙</p><p style="text-align:justify">丙</p>`, `<p align="center">甲</p><p align="right">乙</p><p>丙</p>`},
		{"center becomes alignment", `<center><p>甲</p><p align=left>乙</p></center>`, `<p align="center">甲</p><p>乙</p>`},
		{"lists stay", "<ul><li>甲<li><p>乙</p><ol start=3><li>丙</ol></ul>", `<ul><li>甲</li><li><p>乙</p><ol start="3"><li>丙</li></ol></li></ul>`},
		{"a list within a list without an item gets one", "<ul><li>甲</li><ul><li>乙</li></ul></ul>", "<ul><li>甲</li><li><ul><li>乙</li></ul></li></ul>"},
		{"an item without a list is a paragraph", "<li>甲</li>", "<p>甲</p>"},
		{"a quotation stays", "<blockquote>甲<hr>乙</blockquote>", "<blockquote><p>甲</p><hr><p>乙</p></blockquote>"},
		{"a table keeps what gives it meaning", `<table border=1><caption><b>表1</b></caption><thead><tr><th scope="col" colspan="2">甲</th></tr></thead><tr><td rowspan=2 style="text-align:center">乙</td><td></td></tr></table>`,
			`<table><caption>表1</caption><thead><tr><th colspan="2" scope="col">甲</th></tr></thead><tbody><tr><td rowspan="2" align="center">乙</td><td></td></tr></tbody></table>`},
		{"absurd spans vanish", `<table><tr><td colspan="99999" rowspan="-1" scope="x">甲</td></tr></table>`, `<table><tbody><tr><td>甲</td></tr></tbody></table>`},
		{"text between cells moves before the table", `<table>前<tr><td>甲</td></tr></table>`, `<p>前</p><table><tbody><tr><td>甲</td></tr></tbody></table>`},
		{"preformatted lines stay lines", "<pre>甲\n乙\n\n丙</pre>", "<p>甲<br>乙</p><p>丙</p>"},
		{"a line of source between Chinese characters leaves no space", "<p>教育\n  局 与\nWord 文档</p>", "<p>教育局 与 Word 文档</p>"},
		{"underlined blanks to fill in stay", "<p>班级：<u>　　　</u>姓名：<u>&nbsp;&nbsp;</u></p>", "<p>班级：<u>　　　</u>姓名：<u>\u00a0\u00a0</u></p>"},
		{"indentation by spaces goes, spaces between words stay", "<p>　　张三　李四&nbsp;&nbsp;</p>", "<p>张三　李四</p>"},
		{"invisible and direction-changing characters go", "<p>甲\u200b\ufeff乙\u202e丙\x01</p>", "<p>甲乙丙</p>"},
		{"invalid UTF-8 is repaired", "<p>甲\xff\xfe乙</p>", "<p>甲\uFFFD乙</p>"},
		{"our own images stay, with text", `<p><img src="/f/abc/校门.jpg?thumb=480" alt=" 校 门 " onerror=x width=3><img src=/f/a.png></p>`, `<p><img src="/f/abc/%E6%A0%A1%E9%97%A8.jpg?thumb=480" alt="校 门"><img src="/f/a.png" alt=""></p>`},
		{"an external link is marked", `<a href=" https://www.gov.cn/a?x=1&y=中 " target=_blank rel=opener>国</a>`, `<p><a href="https://www.gov.cn/a?x=1&amp;y=中" rel="nofollow noopener">国</a></p>`},
		{"a link within the site is not", `<a href="/a/123?p=2#top">文</a>`, `<p><a href="/a/123?p=2#top">文</a></p>`},
		{"mail and telephone links stay", `<a href="mailto:a@b.cn">信</a><a href="tel:021-64120000">话</a>`, `<p><a href="mailto:a@b.cn">信</a><a href="tel:021-64120000">话</a></p>`},
		{"a link without a scheme is made safe", `<a href="//www.gov.cn/">国</a>`, `<p><a href="https://www.gov.cn/" rel="nofollow noopener">国</a></p>`},
		{"a name before the host goes", `<a href="https://www.gov.cn@evil.example/">国</a>`, `<p><a href="https://evil.example/" rel="nofollow noopener">国</a></p>`},
		{"a place in the page is only text", `<a name="_Toc1" href="#_Toc1">目录</a>`, `<p>目录</p>`},
		{"Word's settings vanish with their text", `<xml><w:View>Normal</w:View></xml><p>甲</p>`, `<p>甲</p>`},
		{"two lines around an empty list do not grow together", `<ul><li>甲<blockquote></blockquote>乙</li></ul>`, `<ul><li>甲<p>乙</p></li></ul>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := clean(t, tt.source)
			if got.HTML != tt.want {
				t.Errorf("\ngot  %s\nwant %s", got.HTML, tt.want)
			}
			if len(got.Notes) != 0 {
				t.Errorf("got notes %v, want none", got.Notes)
			}
		})
	}
}

func TestPastes(t *testing.T) {
	for _, tt := range []struct{ name, notes string }{
		{"word", "[已移除 1 张外部图片，请把图片作为附件上传后再插入]"},
		{"wechat", "[已移除 1 张外部图片，请把图片作为附件上传后再插入 已移除 2 处嵌入内容（视频、图形、表单或外部页面），请改为附件或链接]"},
	} {
		t.Run("a paste from "+tt.name+" becomes plain", func(t *testing.T) {
			got := clean(t, sample(t, tt.name))
			want := strings.TrimSuffix(sample(t, tt.name+".want"), "\n")
			if got.HTML != want {
				t.Errorf("\ngot  %s\nwant %s", got.HTML, want)
			}
			if notes := fmt.Sprint(got.Notes); notes != tt.notes {
				t.Errorf("got %s, want %s", notes, tt.notes)
			}
		})
	}
}

func sample(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name + ".html")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTooLong(t *testing.T) {
	for _, tt := range []struct {
		name, source string
		ok           bool
	}{
		{"a text at the limit is cleaned", strings.Repeat("a", MaxText-len("<p></p>")), true},
		{"a text over the limit is refused", strings.Repeat("a", MaxText+1), false},
		{"a text that grows over the limit is refused, it could not be saved again", strings.Repeat("'", MaxText), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Clean(tt.source)
			var long TooLong
			if got := !errors.As(err, &long); got != tt.ok {
				t.Fatalf("got %v, want ok %v", err, tt.ok)
			}
			if !tt.ok && (long.Code() != "article_text_too_long" || long.Params()["max"] != MaxText || !strings.Contains(err.Error(), "1024 KB")) {
				t.Errorf("got %v %v %v", long.Code(), long.Params(), err)
			}
		})
	}
}

func BenchmarkClean(b *testing.B) {
	for _, bb := range []struct{ name, source string }{{"article", article()}, {"word", sample(b, "word")}} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.source)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Clean(bb.source); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// article is 5 KB of an ordinary text.
func article() string {
	var b strings.Builder
	b.WriteString("<h2>一、总体要求</h2>")
	for b.Len() < 5000 {
		b.WriteString(`<p>根据《中华人民共和国政府信息公开条例》和<strong>上海市教育委员会</strong>有关规定，学校应当主动公开招生、收费、膳食管理等信息，接受家长和社会监督。</p><ul><li>公开期限：20个工作日&nbsp;内</li><li>详见<a href="https://www.shmh.gov.cn/">区教育局网站</a></li></ul>`)
	}
	return b.String()
}
