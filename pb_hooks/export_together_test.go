package pb_hooks_test

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gongkai/pb_hooks"
)

// meanwhile does something once, in the middle of an export: when its progress is told.
type meanwhile struct {
	io.Writer
	once sync.Once
	do   func()
}

func (m *meanwhile) Write(b []byte) (int, error) {
	m.once.Do(m.do)
	return m.Writer.Write(b)
}

// What is done while an export is written is not in it, in no page, list, file or
// line of data; and who exported is told what the site does not show any more.
func TestAnExportTogetherWithDeedsIsOfOneState(t *testing.T) {
	s := serve(t)
	publish := func(title string) (article, file string) {
		article, version := s.draft(editorA, "A0308", title, someText)
		file = s.attach(article, version)
		s.must200(s.publish(editorA, article, version))
		return article, file
	}
	kept, _ := publish("留下的信息")
	gone, goneFile := publish("导出期间撤回的信息")
	var late, lateFile string
	m := &meanwhile{Writer: io.Discard, do: func() {
		late, lateFile = publish("导出期间公开的信息")
		s.must200(s.step(editorA, gone, "", "withdraw", "时间有误"))
		s.must200(s.do(root, "PATCH", "/api/collections/schools/records/"+schoolA, map[string]any{"short_name": "改名小学"}))
	}}
	out := filepath.Join(t.TempDir(), "out.zip")
	said, err := pb_hooks.RunExport(s.app, m, "--district", "--out", out)
	if err != nil || late == "" {
		t.Fatalf("%v %q %s", err, late, said)
	}
	raw, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	files := unpacked(t, string(raw))
	for name, text := range files {
		for _, later := range []string{"导出期间公开的信息", "改名小学", "该信息已撤回", late, lateFile} {
			if strings.Contains(text, later) || strings.Contains(name, later) {
				t.Errorf("%s has %q, which is later", name, later)
			}
		}
	}
	for _, name := range []string{"a/" + kept + ".html", "a/" + gone + ".html", "f/" + goneFile + ".png"} {
		if files[name] == "" {
			t.Errorf("no %s", name)
		}
	}
	for _, name := range []string{"index.html", "s/9999990001.html", "s/9999990001/a0308.html", "s/9999990001/a0102.html", "data/articles.jsonl"} {
		if !strings.Contains(files[name], "导出期间撤回的信息") || !strings.Contains(files[name], "留下的信息") {
			t.Errorf("%s is not of the beginning", name)
		}
	}
	var figures struct{ Articles int }
	if err := json.Unmarshal([]byte(files["data/district.json"]), &struct {
		Figures any `json:"figures"`
	}{&figures}); err != nil || figures.Articles != 2 {
		t.Errorf("the figures: %v %+v in %s", err, figures, files["data/district.json"])
	}
	if !strings.Contains(said, "导出期间撤回了 1 条") || !strings.Contains(said, "/a/"+gone) {
		t.Errorf("it says %s", said)
	}
	if text := files["README.txt"]; !strings.Contains(text, "这一刻") {
		t.Errorf("the readme: %s", text)
	}
}
