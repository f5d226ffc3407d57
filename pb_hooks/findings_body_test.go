package pb_hooks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
)

// seen are the class and place of what the answer of a save says was found.
func seen(a answer) []string {
	var list []string
	found, _ := a.field("findings").([]any)
	for _, f := range found {
		f := f.(map[string]any)
		list = append(list, fmt.Sprint(f["class"], " ", f["place"]))
	}
	return list
}

func pupils(n int, before, after string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(before + string([]rune("王李张刘陈杨赵黄周吴徐孙")[i%12]) + []string{"小雨", "子涵", "一诺"}[i/12] + after)
	}
	return b.String()
}

func TestFindingsInTheBody(t *testing.T) {
	s := serve(t)
	_, version := s.draft(editorA, "A0308", "通知", someText)
	id := "310112201403050120"
	for _, tt := range []struct {
		name string
		save map[string]any
		want string
	}{
		{"a table of marks", map[string]any{"body": "<table><tbody><tr><th>姓名</th><th>语文</th></tr>" + pupils(3, "<tr><td>", "</td><td>92</td></tr>") + "</tbody></table>"}, "scores 正文第1个表格第2行第2列"},
		{"under headings over two columns", map[string]any{"body": `<table><tbody><tr><th rowspan="2">班级</th><th colspan="2">学生</th></tr><tr><th>姓名</th><th>语文</th></tr><tr><td rowspan="2">一班</td><td>王小雨</td><td>92</td></tr><tr><td>李子涵</td><td>95</td></tr></tbody></table>`}, "scores 正文第1个表格第4行第3列"},
		{"a list of names", map[string]any{"body": "<p>录取名单</p><ol>" + pupils(25, "<li>", "</li>") + "</ol>"}, "name_list 正文第2段"},
		{"names on lines", map[string]any{"body": "<p>" + pupils(25, "", "<br>") + "</p>"}, "name_list 正文第1段"},
		{"names on lines of one cell", map[string]any{"body": "<table><tbody><tr><td>录取</td><td>" + pupils(25, "<p>", "</p>") + "</td></tr></tbody></table>"}, "name_list 正文第1个表格第1行第2列"},
		{"a number in a link", map[string]any{"body": `<p>见<a href="https://example.com/?sfz=` + id + `">链接</a></p>`}, "identity_card 正文第1段的链接"},
		{"paragraphs as before", map[string]any{"body": "<p>甲</p><p>身份证" + id + "</p>"}, "identity_card 正文第2段"},
		{"named fields under their names", map[string]any{"body": someText, "facts": []map[string]string{{"姓名": "王小雨", "总分": "285"}}}, "scores 栏目要素第1行“总分”"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := seen(s.patch(editorA, version, tt.save)); !strings.Contains(strings.Join(got, "\n"), tt.want) {
				t.Errorf("found %q, want %s", got, tt.want)
			}
		})
	}
}

func TestWordsInAttachmentsAreFoundAtSubmission(t *testing.T) {
	s := serve(t)
	words := func(version string) (list []string) {
		found, err := s.app.FindAllRecords("findings", dbx.HashExp{"version": version, "class": "word"})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			list = append(list, f.GetString("sample")+" "+f.GetString("found"))
		}
		return list
	}
	s.untilDone(s.saveWords([2]string{"家教", "一般"}))
	article, version := s.draft(editorA, "A0308", "通知", someText)
	s.attached(editorA, article, version, "附件.docx", office(t, "", "", "附件里有家教和奥数"))
	if got := strings.Join(seen(s.patch(editorA, version, map[string]any{"source": "本校"})), " "); !strings.Contains(got, "word 附件.docx") {
		t.Errorf("a save says %q", got)
	}
	s.untilDone(s.saveWords([2]string{"奥数", "严重"})) // after the upload
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	if got := strings.Join(words(version), ", "); got != "奥数 submit" {
		t.Errorf("the submission found %q", got)
	}
}
