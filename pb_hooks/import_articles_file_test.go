package pb_hooks_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestArticleFilesAreReadAsPeopleWriteThem(t *testing.T) {
	app := seededApp(t)
	gbk := func(s string) string {
		out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	const header, line = "学校,栏目,标题,正文,公开时间\n", "9999990001,通知公告,通知,正文,2026-03-01\n"
	const object = `{"school":"9999990001","column":"A0308","title":"通知","body_html":"正文","published_at":"2026-03-01"}`
	for _, tt := range []struct{ name, file, content, want string }{
		{"a spreadsheet's GBK", "a.csv", gbk(header + line), "可新增 1 条"},
		{"a byte order mark", "a.csv", "\ufeff" + header + line, "可新增 1 条"},
		{"English headers", "a.csv", "school,column,title,body_html,published_at\n" + line, "可新增 1 条"},
		{"a header nobody knows", "a.csv", "学校,颜色\n", "不认识标题行中的“颜色”"},
		{"a cell without a header", "a.csv", header + strings.TrimSpace(line) + ",多余\n", "第 2 行：第 6 列有内容"},
		{"an open quote", "a.csv", header + line + "9999990001,\"通知\n", "第 3 行：引号不配对"},
		{"a workbook", "a.csv", "PK\x03\x04", "这是 Excel 工作簿"},
		{"another kind of file", "a.txt", object, "请给出 .jsonl 或 .csv 文件"},
		{"lines with a mark, blanks and no end", "a.jsonl", "\ufeff" + object + "\r\n\r\n  \n" + strings.Replace(object, "通知", "另一则", 1), "可新增 2 条"},
		{"an empty file", "a.jsonl", "", "文件里没有任何信息"},
		{"another encoding", "a.jsonl", gbk(object), "第 1 行：不是 UTF-8 编码"},
		{"two objects in a line", "a.jsonl", object + object, "第 1 行：JSON 格式不对"},
		{"a line without end", "a.jsonl", `{"title":"` + strings.Repeat("x", 9<<20) + "\"}\n" + object, "第 1 行：这一行超过 8 MB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), tt.file)
			if err := os.WriteFile(path, []byte(tt.content), 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := runCommand(t, app, "articles", "import", path)
			if err != nil {
				out += err.Error()
			}
			if !strings.Contains(out, tt.want) {
				t.Errorf("lacks %q: %.400s", tt.want, out)
			}
		})
	}
	if got := everyRow(t, app); got != "[0 0 0 0 0]" {
		t.Errorf("stored %s", got)
	}
}

func TestAttachmentsDoNotFollowLinksOutside(t *testing.T) {
	app := seededApp(t)
	outside, inside := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret.pdf"), []byte("%PDF-1.4 secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(outside, "secret.pdf"), filepath.Join(inside, "link.pdf")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"link.pdf", "../" + filepath.Base(outside) + "/secret.pdf", filepath.Join(outside, "secret.pdf"), `..\\secret.pdf`} {
		path := filepath.Join(inside, "a.jsonl")
		row := `{"school":"9999990001","column":"A0308","title":"通知","body_html":"正文","published_at":"2026-03-01","attachments":["` + name + `"]}`
		if err := os.WriteFile(path, []byte(row), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := runCommand(t, app, "articles", "import", path, "--apply")
		if err == nil || !strings.Contains(out, "只能是导入文件所在目录中的文件") {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
