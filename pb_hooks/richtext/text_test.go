package richtext

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// tokenText is Text by the tokenizer of the html package: slower, and the judge of Text.
func tokenText(source string) string {
	z := html.NewTokenizer(strings.NewReader(source))
	r, hidden := reader{}, false
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return string(r.buf)
		case html.TextToken:
			if text := string(z.Text()); !hidden {
				r.raw(html.EscapeString(text))
			}
			hidden = false
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			name, _ := z.TagName()
			r.tag(string(name))
			hidden = kind != html.EndTagToken && isHidden(string(name))
		}
	}
}

func TestTextAgreesWithTheTokenizer(t *testing.T) {
	sources := append([]string{sample(t, "word"), sample(t, "wechat"), article(), "a<", "a<b", "a<!", "a<!--x", "a<!-->b", "a<!--->b", "a<!--x--!>b",
		"a<!--x--->b", "<p title=\"a>b\">c", "<p title='a>b' x=\"'>\">c", "<p a\"b>c\">d", "<p a= >b", "<p a=b'c>d'>e", "<P>a</P >b", "<br/>a", "1 < 2 <3 > 4"}, attacks...)
	for _, source := range sources {
		if strings.Contains(source, "plaintext") || strings.Contains(source, "<xmp") || strings.Contains(source, "noscript") {
			continue // read differently on purpose: their content is text like any other, or hidden
		}
		if got, want := Text(source), tokenText(source); got != want {
			t.Errorf("%q:\ngot  %q\nwant %q", source, got, want)
		}
	}
}

func TestText(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"nothing reads as nothing", "", ""},
		{"blocks stand on their own lines", "<h2>标题</h2><p>第一段</p><p>第二段</p>", "标题\n第一段\n第二段"},
		{"inline tags do not divide words", "<p>招<strong>生</strong>简<a href=/a>章</a></p>", "招生简章"},
		{"a line break divides", "<p>甲<br>乙</p>", "甲\n乙"},
		{"entities are decoded", "<p>1 &lt; 2 &amp;&#34;引号&#34;&nbsp;</p>", `1 < 2 &"引号"`},
		{"white space collapses", "<p>  甲 \n\t 乙　　丙 </p>\n\n<p> </p>", "甲 乙 丙"},
		{"a row is a line and cells have a space between", "<table><caption>表</caption><tr><th>班</th><th>人数</th></tr><tr><td>一</td><td>45</td></tr></table>", "表\n班 人数\n一 45"},
		{"scripts and styles are not read", "<style>p{}</style><p>甲</p><script>x<y</script>乙<title>丙</title>", "甲\n乙"},
		{"an image is not read", `<p>甲<img src="/f/a" alt="图">乙</p>`, "甲乙"},
		{"plain text is itself", "甲 乙", "甲 乙"},
		{"invisible characters are not read", "招\u200b生", "招生"},
		{"a broken tag at the end is no text", "<p>甲<p cla", "甲"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Text(tt.source); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSummary(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		max        int
		want       string
	}{
		{"a short text is whole", "今天放假。", 10, "今天放假。"},
		{"a text of just the length is whole", "一二三四五", 5, "一二三四五"},
		{"lines become one line", "标题\n正文", 10, "标题 正文"},
		{"a long text is cut after a sentence", "学校今天放假。明天照常上课，请准时到校。", 12, "学校今天放假。…"},
		{"a sentence end that keeps too little is not used", "好。学校今天放假明天照常上课请准时到校", 12, "好。学校今天放假明天照…"},
		{"a closing quotation mark belongs to the sentence", "他说：“放假了！”然后大家都回家了", 12, "他说：“放假了！”…"},
		{"a comma before the cut goes", "学校今天放假，明天照常上课", 8, "学校今天放假…"},
		{"no room gives nothing", "学校", 0, ""},
		{"room for one is the mark of a cut", "学校", 1, "…"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Summary(tt.text, tt.max)
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if n := utf8.RuneCountInString(got); n > tt.max {
				t.Errorf("%d characters, want at most %d", n, tt.max)
			}
		})
	}
}

func BenchmarkText(b *testing.B) {
	source := article()
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		Text(source)
	}
}
