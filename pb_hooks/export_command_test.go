package pb_hooks_test

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks"
)

// exported is what `gongkai export` writes, by file; it fails the test if the
// command does.
func exported(t *testing.T, s *server, args ...string) map[string]string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.zip")
	if said, err := pb_hooks.RunExport(s.app, io.Discard, append(args, "--out", out)...); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	raw, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return unpacked(t, string(raw))
}

func TestExportHoldsWhatIsPublicAndNothingElse(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	file := s.attach(article, version)
	s.publish(editorA, article, version)
	gone, goneVersion := s.draft(editorA, "A0308", "撤下的标题", "<p>撤下的正文：学校食堂本周起调整供餐时间，午餐提前到十一点三十分，请各位家长知悉。</p>")
	goneFile := s.attach(gone, goneVersion)
	if a := s.publish(editorA, gone, goneVersion); a.status != 200 {
		t.Fatalf("publish: %d %s", a.status, a.body)
	}
	if a := s.step(editorA, gone, "", "withdraw", "时间有误"); a.status != 200 {
		t.Fatalf("withdraw: %d %s", a.status, a.body)
	}
	_, _, draftFile := draftWithFile(s)
	other, otherVersion := s.draft(editorB, "A0308", "云帆中学的通知", someText)
	if a := s.publish(editorB, other, otherVersion); a.status != 200 {
		t.Fatalf("publish: %d %s", a.status, a.body)
	}

	district := exported(t, s, "--district")
	for _, name := range []string{"index.html", "README.txt", "MANIFEST.sha256", "schools.html", "s/9999990001.html", "s/9999990001/a0308.html", "s/9999990001/apply.html",
		"a/" + article + ".html", "a/" + gone + ".html", "a/" + other + ".html", "f/" + file + ".png", "f/" + file + ".thumb.jpg",
		"data/district.json", "data/figures.json", "data/columns.json", "data/schools.jsonl", "data/articles.jsonl", "data/openapi.json"} {
		if district[name] == "" {
			t.Errorf("no %s", name)
		}
	}
	if lines := strings.Count(district["data/articles.jsonl"], "\n"); lines != 3 {
		t.Errorf("%d articles in the data", lines)
	}
	for name, text := range district {
		for _, secret := range []string{secretWords, "撤下的正文", "撤下的标题", draftFile, goneFile, "<script", "<form", editorA} {
			if strings.Contains(text, secret) || strings.Contains(name, secret) {
				t.Errorf("%s has %q", name, secret)
			}
		}
		if strings.ToLower(name) != name && name != "README.txt" && name != "MANIFEST.sha256" || len(name) > 80 {
			t.Errorf("a name that not every system takes: %s", name)
		}
	}
	if page := district["search.html"]; !strings.Contains(page, "离线副本里不能检索") || !strings.Contains(page, "/search</a>") {
		t.Errorf("the page of the search: %s", page)
	}

	school := exported(t, s, "--school", "9999990001")
	if page := school["index.html"]; !strings.Contains(page, "<h1>示范区晨光小学</h1>") || !strings.Contains(page, `href="s/9999990001/a0308.html"`) {
		t.Errorf("the school's index.html: %s", page)
	}
	if school["a/"+article+".html"] == "" || school["f/"+file+".png"] == "" || school["a/"+other+".html"] != "" || school["schools.html"] != "" ||
		strings.Contains(school["data/articles.jsonl"], "云帆中学的通知") {
		t.Error("the export of a school is not that of the school")
	}
}

func TestExportRefuses(t *testing.T) {
	s := serve(t)
	dir := t.TempDir()
	there := filepath.Join(dir, "there.zip")
	if err := os.WriteFile(there, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args []string
		says string
	}{
		{[]string{"--district", "--out", there}, "已经存在"},
		{[]string{"--district", "--folder", "--out", dir}, "已经存在"},
		{[]string{"--district", "--out", filepath.Join(dir, "x.rar")}, ".zip"},
		{[]string{"--district", "--out", filepath.Join(dir, "none", "x.zip")}, "no such file"},
		{[]string{"--school", "123", "--out", filepath.Join(dir, "x.zip")}, "没有代码为 123 的学校"},
		{[]string{"--school", "123", "--district", "--out", filepath.Join(dir, "x.zip")}, "school"},
		{[]string{"--out", filepath.Join(dir, "x.zip")}, "school"},
		{[]string{"--district"}, "out"},
	} {
		if said, err := pb_hooks.RunExport(s.app, io.Discard, tt.args...); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%v: %v %s", tt.args, err, said)
		}
	}
	list, err := os.ReadDir(dir)
	if err != nil || len(list) != 1 || !slices.ContainsFunc(list, func(e os.DirEntry) bool { return e.Name() == "there.zip" }) {
		t.Errorf("it left %v", list)
	}
}
