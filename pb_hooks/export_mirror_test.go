package pb_hooks_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks"
)

// tree reads a mirror: its files with their content, without what only the server reads.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == ".gongkai" {
				return fs.SkipDir
			}
			return nil
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil && !os.IsNotExist(err) { // it changes while it is read
		t.Fatal(err)
	}
	return files
}

// eventually waits until a condition holds.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("not within 20 seconds: %s", what)
}

// mirrored serves with a mirror and waits until it is filled.
func mirrored(t testing.TB) (*server, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "mirror")
	t.Setenv("GONGKAI_MIRROR", dir)
	s := serve(t)
	t.Cleanup(func() {
		if t.Failed() {
			status, _ := os.ReadFile(filepath.Join(s.app.DataDir(), "mirror.json"))
			t.Logf("%s", status)
		}
	})
	eventually(t, "the mirror is filled", func() bool { _, err := os.Stat(filepath.Join(dir, "MANIFEST.sha256")); return err == nil })
	return s, dir
}

func TestMirrorFollowsPublicationAndWithdrawal(t *testing.T) {
	s, dir := mirrored(t)
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return ""
		}
		return string(data)
	}
	if page := read("s/9999990001.html"); !strings.Contains(page, "晨光小学 <a href=\"tel:021-00000001\">") || strings.Contains(page, "<script") || strings.Contains(page, "供餐") {
		t.Errorf("the school's page: %s", page)
	}
	article, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	id := s.attach(article, version)
	if a := s.publish(editorA, article, version); a.status != 200 {
		t.Fatalf("publish: %d %s", a.status, a.body)
	}
	lists := []string{"index.html", "s/9999990001.html", "s/9999990001/A0308.html", "s/9999990001/A0102.html", "feed.xml", "s/9999990001/feed.xml"}
	eventually(t, "what was published is in the mirror", func() bool {
		return strings.Contains(read("a/"+article+".html"), "十一点三十分") && read("f/"+id+".png") == s.get("/f/"+id+"/x").body && read("f/"+id+".thumb.jpg") != "" &&
			!slices.ContainsFunc(lists, func(name string) bool { return !strings.Contains(read(name), "供餐时间调整") })
	})
	if a := s.step(editorA, article, "", "withdraw", "时间有误，另行通知"); a.status != 200 {
		t.Fatalf("withdraw: %d %s", a.status, a.body)
	}
	eventually(t, "what was withdrawn is not in the mirror", func() bool {
		all := tree(t, dir)
		_, there := all["f/"+id+".png"]
		_, small := all["f/"+id+".thumb.jpg"]
		return !there && !small && strings.Contains(all["a/"+article+".html"], "该信息已撤回") &&
			!slices.ContainsFunc(slices.Collect(maps.Values(all)), func(text string) bool {
				return strings.Contains(text, "供餐时间调整") || strings.Contains(text, "十一点三十分")
			})
	})
	eventually(t, "the manifest lists every file with its sum", func() bool {
		all := tree(t, dir)
		var want strings.Builder
		for _, name := range slices.Sorted(maps.Keys(all)) {
			if name != "MANIFEST.sha256" {
				sum := sha256.Sum256([]byte(all[name]))
				want.WriteString(hex.EncodeToString(sum[:]) + "  " + name + "\n")
			}
		}
		return all["MANIFEST.sha256"] == want.String()
	})
	same(t, s, dir)
}

// same waits until a mirror is what a fresh one is.
func same(t testing.TB, s *server, dir string) {
	t.Helper()
	fresh := filepath.Join(t.TempDir(), "fresh")
	if err := pb_hooks.FreshMirror(s.app, fresh); err != nil {
		t.Fatal(err)
	}
	want := tree(t, fresh)
	var got map[string]string
	defer func() {
		if !t.Failed() {
			return
		}
		for name, text := range want {
			if got[name] != text {
				t.Logf("%s differs or is missing:\n%.3000s\nwant\n%.3000s", name, got[name], text)
			}
		}
		for name := range got {
			if _, is := want[name]; !is {
				t.Logf("%s is too many", name)
			}
		}
	}()
	eventually(t, "the mirror is what a fresh one is", func() bool {
		got = tree(t, dir)
		return maps.Equal(got, want)
	})
}

// Whatever people publish, change, withdraw or rename, in whatever order, the
// mirror is then what one would be that is made from nothing.
func TestMirrorAfterRandomDeedsIsAFreshOne(t *testing.T) {
	heavy(t)
	s, dir := mirrored(t)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	type published struct{ as, id string }
	var public []published
	columns := []string{"A0308", "A0309"}
	deeds := []func(int){
		func(n int) { // a new article, sometimes with files
			which := random.IntN(2)
			as := []string{editorA, editorB}[which]
			if s.school("status", []string{schoolA, schoolB}[which]) == "closed" {
				return // its people only read
			}
			article, version := s.draft(as, columns[random.IntN(2)], fmt.Sprintf("随机信息 %d", n), someText)
			if as == editorA && random.IntN(2) == 0 {
				s.attach(article, version)
			}
			if a := s.publish(as, article, version); a.status == 200 {
				public = append(public, published{as, article})
			}
		},
		func(n int) { // another version, without the files of the first
			if len(public) == 0 {
				return
			}
			a := public[random.IntN(len(public))]
			next := s.do(a.as, "POST", "/api/collections/article_versions/records", map[string]any{"article": a.id})
			if next.status != 200 {
				return // withdrawn
			}
			s.do(a.as, "PATCH", "/api/collections/article_versions/records/"+next.field("id").(string), map[string]any{"title": fmt.Sprintf("改过的标题 %d", n), "attachments": []string{}})
			s.publish(a.as, a.id, next.field("id").(string))
		},
		func(int) {
			if len(public) > 0 {
				a := public[random.IntN(len(public))]
				s.step(a.as, a.id, "", "withdraw", "内容有误")
			}
		},
		func(int) {
			if len(public) > 0 {
				s.act(supervisor, public[random.IntN(len(public))].id, map[string]any{"action": "take_down", "reason": "含有学生个人信息"})
			}
		},
		func(n int) { // a school is renamed, moves or closes
			school := []string{schoolA, schoolB}[random.IntN(2)]
			change := []map[string]any{{"short_name": fmt.Sprintf("学校%d", n)}, {"phone": fmt.Sprintf("021-%08d", n)}, {"status": "closed"}, {"status": "open"}, {"town": "南山镇"}}
			s.do(root, "PATCH", "/api/collections/schools/records/"+school, change[random.IntN(len(change))])
		},
		func(n int) {
			s.do(root, "PATCH", "/api/collections/districts/records/district0000000", map[string]any{"site_name": fmt.Sprintf("信息公开平台%d", n)})
		},
	}
	some := []int{0, 0, 0, 0, 0, 1, 1, 2, 2, 3}
	for n := range 40 { // each drops what it changes and no more
		deeds[some[random.IntN(len(some))]](n)
	}
	same(t, s, dir)
	for n := range 20 { // and these everything
		deeds[random.IntN(len(deeds))](n)
	}
	if len(public) < 5 {
		t.Errorf("%d articles only", len(public))
	}
	t.Logf("%d articles, %d files", len(public), len(tree(t, dir)))
	same(t, s, dir)
}
