package pb_hooks_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/pb_hooks/statement"
)

// Files as old sites have them: what is no file that the platform takes does not come
// along, is said in the report and beside the draft, and stops nothing. A file that a
// page links to several times is stored once.
func TestFilesOfOldSitesAsTheyAre(t *testing.T) {
	app, old := seededApp(t), t.TempDir()
	for name, from := range map[string]string{"form.pdf": "form.pdf", "lie.pdf": "program.exe"} {
		data, err := os.ReadFile(oldSite + "/upload/" + from)
		if err != nil {
			t.Fatal(err)
		}
		writeIn(t, old, "upload/"+name, string(data))
	}
	writeIn(t, old, "upload/empty.pdf", "")
	writeIn(t, old, "upload/film.pdf", "%PDF-1.4\n")
	if err := os.Truncate(filepath.Join(old, "upload/film.pdf"), 100<<20); err != nil {
		t.Fatal(err)
	}
	links := ""
	for _, name := range []string{"form.pdf", "form.pdf", "FORM.pdf", "form.pdf?v=2", "lie.pdf", "empty.pdf", "film.pdf", "none.pdf"} {
		links += fmt.Sprintf(`<a href="/upload/%s">%s</a> `, name, name)
	}
	writeIn(t, old, "info/1.htm", `<h1>表格下载</h1><div class=body><p>各班所需表格在这里下载，填写后交年级组长汇总，请按时。</p>`+links+`</div>`)
	report := filepath.Join(t.TempDir(), "r.xlsx")
	mapping := mappingWith(t, `{"school":"9999990001","host":"a.example","articles":["info/*"],"title":"h1","body":".body","columns":[{"path":"info/","column":"A0308"}]}`)
	moveIn(t, app, old, "--mapping", mapping, "--apply", "--report", report)
	item, _, version := movedIn(t, app, "a.example/info/1.htm")
	if got := counted(t, app, "attachments"); got[0] != 1 || strings.Count(version.GetString("body"), "/form.pdf\"") != 2 {
		t.Errorf("%v files are stored; the text is %s", got, version.GetString("body"))
	}
	file, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	sheets, err := statement.ReadXlsx(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"upload/lie.pdf", "文件是空的", "超过 20 MB", "none.pdf", "旧网站的文件里没有"} {
		if !strings.Contains(item.GetString("notes"), want) || !strings.Contains(fmt.Sprint(sheets["迁入"]), want) {
			t.Errorf("%s is not said: %s", want, item.GetString("notes"))
		}
	}
	if said := fmt.Sprint(sheets["迁入"]); !strings.Contains(said, "送审前请核对") || !strings.Contains(said, "缺文件") {
		t.Errorf("the report says %s", said)
	}
}
