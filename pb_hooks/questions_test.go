package pb_hooks_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// question publishes one in 便民问答 of school A. Row may change or add named fields.
func (s *server) question(title, answer string, row map[string]string) (article string) {
	s.t.Helper()
	article, version := s.draft(editorA, "B0301", title, "")
	facts := map[string]string{"问题": title, "答复": answer, "主题": "学籍", "适用对象": "本校学生家长", "核对日期": "2026-11-20"}
	for name, value := range row {
		facts[name] = value
	}
	if a := s.patch(editorA, version, map[string]any{"facts": []map[string]string{facts}}); a.status != http.StatusOK {
		s.t.Fatalf("write the facts: %d %s", a.status, a.body)
	}
	if a := s.publish(editorA, article, version); a.status != http.StatusOK {
		s.t.Fatalf("publish: %d %s", a.status, a.body)
	}
	return article
}

// hits are the ids of what a search finds, in its order.
func (s *server) hits(query string) (ids []string, page answer) {
	s.t.Helper()
	page = s.get("/open/v1/search?" + query)
	items, ok := page.field("items").([]any)
	if !ok {
		s.t.Fatalf("search %s: %d %s", query, page.status, page.body)
	}
	for _, item := range items {
		ids = append(ids, item.(map[string]any)["id"].(string))
	}
	return ids, page
}

func TestSearchFindsQuestionsFirst(t *testing.T) {
	s := serve(t)
	names := map[string]string{}
	asked := s.question("转学要带哪些材料？", "请监护人带户口簿到教导处办理转学手续，五个工作日办结。", nil)
	names[asked] = "question"
	inText := s.question("证件丢了怎么办？", "到教导处补办，与转学时领证相同。", nil)
	names[inText] = "question, in its text"
	for title, column := range map[string]string{"notice": "A0308", "letter": "B0402"} {
		article, version := s.draft(editorA, column, "转学的"+title, "<p>办理转学的时间另行通知。</p>")
		if a := s.publish(editorA, article, version); a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
		names[article] = title
	}
	article, version := s.draft(editorA, "A0308", "学籍办理", "<p>包括转学和休学。</p>")
	s.publish(editorA, article, version)
	names[article] = "notice, in its text"
	in := func(query string) string {
		var found []string
		ids, _ := s.hits("q=" + url.QueryEscape("转学") + query)
		for _, id := range ids {
			found = append(found, names[id])
		}
		return strings.Join(found, "; ")
	}
	got := in("")
	if !strings.HasPrefix(got, "question; ") || !strings.HasSuffix(got, "; question, in its text; notice, in its text") || strings.Count(got, ";") != 4 {
		t.Errorf("found %s", got)
	}
	if got := in("&first=answers&school=9999990001"); !strings.HasPrefix(got, "letter; question; notice; ") && !strings.HasPrefix(got, "question; letter; notice; ") {
		t.Errorf("while a letter is written: %s", got)
	}
	if got := in("&column=A0308"); got != "notice; notice, in its text" {
		t.Errorf("in one column: %s", got)
	}
	if a := s.get("/open/v1/search?q=x&first=letters"); a.status != http.StatusBadRequest || !a.has("first") {
		t.Errorf("%d %s", a.status, a.body)
	}
	// a question is shown with the beginning of its answer
	if a := s.get("/search?q=" + url.QueryEscape("转学")); !a.has("答：请监护人带户口簿到教导处办理<mark>转学</mark>手续") {
		t.Errorf("the answer is not shown: %s", a.body)
	}
	s.step(editorA, asked, "", "withdraw", "答复有误")
	if got := in(""); strings.Contains(got, "question; ") {
		t.Errorf("a withdrawn question is found: %s", got)
	}
}
