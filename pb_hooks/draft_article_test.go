package pb_hooks_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks"
)

// lettersQuestion is a letter made a question, by its clerk.
func (s *server) lettersQuestion(by, column string, facts map[string]string) (article, version string, err error) {
	s.t.Helper()
	person, err := s.app.FindAuthRecordByEmail("staff", by)
	if err != nil {
		s.t.Fatal(err)
	}
	made, err := pb_hooks.DraftArticle(s.app, person, schoolA, column, "  插班需要哪些材料？ ", facts, "<p>带户口簿。</p><script>x</script>", []string{s.person(secondA)})
	if err != nil {
		return "", "", err
	}
	v, err := s.app.FindFirstRecordByData("article_versions", "article", made.Id)
	if err != nil {
		s.t.Fatal(err)
	}
	return made.Id, v.Id, nil
}

func TestALetterBecomesADraft(t *testing.T) {
	s := serve(t)
	facts := map[string]string{"问题": "插班需要哪些材料？", "答复": " 带户口簿。 ", "主题": "招生入学"}
	article, version, err := s.lettersQuestion(clerkA, "B0301", facts)
	if err != nil {
		t.Fatal(err)
	}
	a, v := s.record("articles", article), s.record("article_versions", version)
	if a.GetString("state") != "draft" || a.GetString("title") != "插班需要哪些材料？" || a.GetString("author") != s.person(clerkA) {
		t.Errorf("the article: %v", a.FieldsData())
	}
	var rows []map[string]string
	if err := v.UnmarshalJSONField("facts", &rows); err != nil || len(rows) != 1 || rows[0]["答复"] != "带户口簿。" || rows[0]["主题"] != "招生入学" {
		t.Errorf("%v %v", rows, err)
	}
	if body := v.GetString("body"); body != "<p>带户口簿。</p>" {
		t.Errorf("the body: %s", body)
	}
	writers := v.GetStringSlice("writers")
	if len(writers) != 2 || !slices.Contains(writers, s.person(secondA)) || !slices.Contains(writers, s.person(clerkA)) {
		t.Errorf("the writers: %v", writers)
	}
	// it is public for nobody, and what the column asks for is asked for before it is reviewed
	if a := s.get("/a/" + article); a.status != http.StatusNotFound {
		t.Errorf("a draft is shown: %d", a.status)
	}
	if a := s.step(editorA, article, version, "submit", ""); a.status != http.StatusBadRequest || !a.has("适用对象") {
		t.Errorf("submitted with fields empty: %d %s", a.status, a.body)
	}
	for column, want := range map[string]string{"": "请选择栏目", "B9999": "本校没有这个栏目", "B0601": "由系统生成"} {
		if _, _, err := s.lettersQuestion(clerkA, column, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", column, err)
		}
	}
}

func TestCountsAreTheServers(t *testing.T) {
	s := serve(t)
	article, _, err := s.lettersQuestion(clerkA, "B0301", nil)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := pb_hooks.CountOne(s.app, article, "helpful"); err != nil {
			t.Fatal(err)
		}
	}
	counts, err := s.app.FindAllRecords("article_counts")
	if err != nil || len(counts) != 1 || counts[0].GetInt("n") != 2 {
		t.Fatalf("%v %v", counts, err)
	}
	path := recordAPI + "article_counts/records/" + counts[0].Id
	for _, who := range []string{"", editorA, principalA, supervisor, root} {
		for method, to := range map[string]string{http.MethodPatch: path, http.MethodDelete: path, http.MethodPost: recordAPI + "article_counts/records"} {
			if a := s.do(who, method, to, map[string]any{"article": article, "kind": "download", "n": 1000}); a.status < 400 {
				t.Errorf("%q %s: %d", who, method, a.status)
			}
		}
		if a := s.do(who, http.MethodGet, path, nil); who != root && a.status < 400 {
			t.Errorf("%q reads: %s", who, a.body)
		}
	}
}
