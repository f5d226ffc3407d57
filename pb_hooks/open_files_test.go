package pb_hooks_test

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks/site"
)

// packed fetches a file of the open data and unpacks it.
func (s *server) packed(f site.BulkDownload) string {
	s.t.Helper()
	a := s.get(f.URL)
	s.must200(a)
	sum := sha256.Sum256([]byte(a.body))
	if hex.EncodeToString(sum[:]) != f.SHA256 || int64(len(a.body)) != f.Bytes {
		s.t.Errorf("%s: %d bytes and another sum than the index says", f.Name, len(a.body))
	}
	z, err := gzip.NewReader(strings.NewReader(a.body))
	if err != nil {
		s.t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

func (s *server) bulk() map[string]site.BulkDownload {
	s.t.Helper()
	found := map[string]site.BulkDownload{}
	for _, f := range openAs[site.BulkIndex](s, "bulk").Items {
		found[f.Name] = f
	}
	return found
}

// By night every list is there whole, in both forms, with sums that are right; what
// has not changed stays the very file that it was.
func TestListsAreMadeIntoFilesByNight(t *testing.T) {
	s := serve(t)
	scene := s.disclosedForAll()
	if v := openAs[site.BulkIndex](s, "bulk"); len(v.Items) != 0 || v.CheckedOn != "" {
		t.Fatalf("before the first night: %+v", v)
	}
	s.run("open-files")
	files := s.bulk()
	if len(files) != 2*len(site.BulkLists()) {
		t.Fatalf("got %v", files)
	}
	sums := s.get("/open/v1/bulk/SHA256SUMS").body
	for name, f := range files {
		text := s.packed(f)
		if !strings.Contains(sums, f.SHA256+"  "+name+"\n") || strings.Contains(text, scene.withdrawn) || strings.Contains(text, "写错") {
			t.Errorf("%s: %s", name, text)
		}
		if f.Format == "jsonl" && strings.Count(text, "\n") != f.Rows {
			t.Errorf("%s: %d rows in %s", name, f.Rows, text)
		}
	}
	if articles := s.packed(files["articles.csv.gz"]); !strings.HasPrefix(articles, "\ufeff索引号") || !strings.Contains(articles, scene.published) {
		t.Errorf("got %s", articles)
	}
	var line site.QuestionItem
	if err := json.Unmarshal([]byte(s.packed(files["questions.jsonl.gz"])), &line); err != nil || line.ID != scene.question {
		t.Errorf("%v: %+v", err, line)
	}
	if a := s.get("/open/v1/bulk/index.json"); a.status != 404 {
		t.Errorf("what the index does not name: %d", a.status)
	}
	s.wait(24 * time.Hour)
	s.step(editorA, scene.question, "", "withdraw", "过时了")
	s.run("open-files")
	later := s.bulk()
	if later["schools.csv.gz"] != files["schools.csv.gz"] || later["questions.csv.gz"].Rows != 0 {
		t.Errorf("the next night: %+v", later)
	}
}

// A platform that was just set up has the files before its first night, and the columns
// of every version of the standard among them.
func TestFilesAreMadeSoonAfterTheFirstStart(t *testing.T) {
	o := options()
	o.Settled = time.Millisecond
	s := serveWith(t, o)
	eventually(t, "the files are made", func() bool { return openAs[site.BulkIndex](s, "bulk").CheckedOn != "" })
	files := s.bulk()
	var version site.StandardVersion
	if err := json.Unmarshal([]byte(s.packed(files["standards.jsonl.gz"])), &version); err != nil || version.Version != "2026" || len(version.Groups) == 0 || !version.InForce {
		t.Errorf("%v: %+v", err, version)
	}
	for name, first := range map[string]string{"standards.csv.gz": "\ufeff版本,栏目代码,栏目名称", "columns.csv.gz": "\ufeff栏目代码,栏目名称"} {
		if text := s.packed(files[name]); !strings.HasPrefix(text, first) || !strings.Contains(text, "A0308") {
			t.Errorf("%s: %.300s", name, text)
		}
	}
	if whole := s.get("/open/v1/standards/2026").body; strings.TrimSpace(s.packed(files["standards.jsonl.gz"])) != strings.TrimSpace(whole) {
		t.Error("the line of a version is not what the list gives out")
	}
}

// What is withdrawn or taken down is in no file from that moment on.
func TestWhatIsTakenBackLeavesTheFilesAtOnce(t *testing.T) {
	for action, who := range map[string]string{"take_down": supervisor, "withdraw": editorA} {
		t.Run(action, func(t *testing.T) {
			s := serve(t)
			scene := s.disclosedForAll()
			s.run("open-files")
			s.wait(time.Minute)
			stale := s.get("/open/v1/bulk/articles.jsonl.gz").body
			s.must(who, scene.published, map[string]any{"action": action, "reason": "含个人信息"})
			for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
				a := s.get("/open/v1/bulk/articles.jsonl.gz")
				if a.body == stale {
					t.Fatal("it is still given out")
				}
				if a.status == 200 {
					break
				}
				if time.Now().After(deadline) {
					t.Fatal("the files were not made anew")
				}
			}
			if text := s.packed(s.bulk()["articles.jsonl.gz"]); strings.Contains(text, scene.published) || !strings.Contains(text, scene.leaders) {
				t.Errorf("made anew: %s", text)
			}
		})
	}
}

func TestTheCatalogueNamesEveryFile(t *testing.T) {
	s := serve(t)
	s.disclosedForAll()
	s.run("open-files")
	a := s.get("/open/v1/catalog.jsonld")
	if a.status != 200 || a.header.Get("Content-Type") != "application/ld+json; charset=utf-8" {
		t.Fatalf("%d %v", a.status, a.header)
	}
	for name, f := range s.bulk() {
		if !a.has("/open/v1/bulk/"+name, f.SHA256) {
			t.Errorf("the catalogue lacks %s", name)
		}
	}
	if a.field("@type") != "dcat:Catalog" {
		t.Errorf("got %s", a.body)
	}
	sets, _ := a.field("dcat:dataset").([]any)
	if len(sets) != len(site.BulkLists()) {
		t.Errorf("got %d datasets", len(sets))
	}
	for _, set := range sets {
		one := set.(map[string]any)
		for _, must := range []string{"dct:title", "dct:description", "dct:publisher", "dcat:distribution", "dct:accrualPeriodicity"} {
			if one[must] == nil {
				t.Errorf("%v lacks %s", one["@id"], must)
			}
		}
		for _, d := range one["dcat:distribution"].([]any) {
			if d.(map[string]any)["dcat:accessURL"] == nil {
				t.Errorf("a distribution of %v cannot be reached", one["@id"])
			}
		}
	}
}
