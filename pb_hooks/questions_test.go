package pb_hooks_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
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

func TestQuestionsAreGroupedAndAnswered(t *testing.T) {
	s := serve(t)
	const column = "/s/9999990001/B0301"
	if a := s.get(column); !a.has("该栏目暂无内容") {
		t.Errorf("nothing there: %s", a.body)
	}
	asked := s.question("转学要带哪些材料？", "请带户口簿。\n五个工作日办结。", nil)
	s.question("休学怎样申请？", "由监护人提出。", nil)
	s.question("几点放学？", "四点。", map[string]string{"主题": "作息", "核对日期": "2026-09-01"})
	a := s.get(column)
	if !a.has(`<h2 id="topic-1">学籍</h2>`, `<summary>转学要带哪些材料？</summary>`, "请带户口簿。\n五个工作日办结。", "适用对象：本校学生家长",
		`最近核对 <time datetime="2026-09-01">`, `name="column" value="B0301"`, "/a/"+asked) || strings.Index(a.body, "休学怎样申请") > strings.Index(a.body, `<h2 id="topic-2">`) {
		t.Errorf("the column: %s", a.body)
	}
	if topics := s.get("/open/v1/schools/9999990001/columns/B0301").field("topics").([]any); len(topics) != 2 || len(topics[0].(map[string]any)["questions"].([]any)) != 2 {
		t.Errorf("the open data: %v", topics)
	}
	page := "/a/" + asked
	if a := s.get(page); !a.has(`<p class="answer-text">请带户口簿。`, "<dt>答复单位</dt><dd>示范区晨光小学</dd>", `<dt>最近核对</dt><dd><time datetime="2026-11-20">`, "我也有这个问题") ||
		a.has("<dt>核对日期</dt>", "人觉得有帮助") {
		t.Errorf("the page: %s", a.body)
	}
	// a confirmed answer is shown as checked that day, its text is the same
	s.wait(24 * time.Hour)
	s.must(editorA, asked, map[string]any{"action": "confirm"})
	if a := s.get(page); !a.has(`<dt>最近核对</dt><dd><time datetime="2026-11-24">`) {
		t.Error("the check is not shown")
	}
	s.step(editorA, asked, "", "withdraw", "答复有误")
	for _, path := range []string{page, column, "/open/v1/schools/9999990001/columns/B0301"} {
		if a := s.get(path); a.has("请带户口簿") || a.has("我也有这个问题") && path == page {
			t.Errorf("a withdrawn answer stands on %s", path)
		}
	}
}

func TestTheDayOfACheckIsADay(t *testing.T) {
	s := serve(t)
	for day, ok := range map[string]bool{"去年": false, "2026-11-24": false, "2026-13-01": false, "2026-11-23": true} {
		article, version := s.draft(editorA, "B0301", "转学要带哪些材料？", "")
		s.patch(editorA, version, map[string]any{"facts": []map[string]string{{"问题": "问", "答复": "答", "主题": "学籍", "适用对象": "家长", "核对日期": day}}})
		if a := s.step(editorA, article, version, "submit", ""); (a.status == http.StatusOK) != ok || !ok && !a.has("核对日期") {
			t.Errorf("%s: %d %s", day, a.status, a.body)
		}
	}
}

func TestAnAnswerNobodyCheckedIsAskedFor(t *testing.T) {
	s := serve(t)
	old := s.question("旧的答复", "请带户口簿。", map[string]string{"核对日期": "2026-05-24"})    // 183 days ago
	older := s.question("更旧的答复", "请带户口簿。", map[string]string{"核对日期": "2026-05-23"}) // a day more
	toCheck := func(who, id string) any {
		return s.do(who, http.MethodGet, "/api/app/articles/"+id, nil).field("to_check")
	}
	for _, who := range []string{editorA, secondA} {
		if got := said(s.inbox(who)); got != "todo check 更旧的答复" {
			t.Errorf("%s: %s", who, got)
		}
	}
	if since := s.inbox(editorA).Items[0].Since; since != "2026-11-22 16:00:00.000Z" {
		t.Errorf("since %s", since)
	}
	for _, who := range []string{reviewerA, principalA, editorB, supervisor, clerkA} {
		if got := said(s.inbox(who)); got != "" {
			t.Errorf("%s: %s", who, got)
		}
	}
	if toCheck(editorA, older) != true || toCheck(editorA, old) != false {
		t.Errorf("the desk: %v %v", toCheck(editorA, older), toCheck(editorA, old))
	}
	if a := s.get("/a/" + older); a.has("正在核对") {
		t.Error("the public is told")
	}
	s.must(editorA, older, map[string]any{"action": "confirm"})
	if got := said(s.inbox(editorA)); got != "" || toCheck(editorA, older) != false {
		t.Errorf("after it was confirmed: %s", got)
	}
	s.wait(24 * time.Hour)
	if got := said(s.inbox(editorA)); got != "todo check 旧的答复" {
		t.Errorf("the next day: %s", got)
	}
	// while it is changed, whoever reviews the change checks it
	next := s.do(editorA, http.MethodPost, "/api/collections/article_versions/records", map[string]any{"article": old})
	s.must(editorA, old, map[string]any{"version": next.field("id"), "action": "submit"})
	if got := said(s.inbox(secondA)); got != "" {
		t.Errorf("while it is changed: %s", got)
	}
}

func TestWritersAreOfferedWhatOthersWrote(t *testing.T) {
	s := serve(t)
	s.question("转学要带哪些材料？", "请带户口簿。", nil)
	s.question("休学怎样申请？", "由监护人提出。", nil)
	s.question("几点放学？", "四点。", map[string]string{"主题": "作息"})
	draft, version := s.draft(editorA, "B0301", "还没有公开", "")
	s.patch(editorA, version, map[string]any{"facts": []map[string]string{{"主题": "内部"}}})
	for _, who := range viewers {
		a := s.do(who, http.MethodGet, "/api/app/columns/B0301/values", nil)
		if who == "" || who == root {
			if a.status < 400 {
				t.Errorf("%q: %d", who, a.status)
			}
			continue
		}
		if a.status != http.StatusOK || !a.has(`{"name":"主题","values":["学籍","作息"]}`, `{"name":"适用对象","values":["本校学生家长"]}`) || a.has("内部") {
			t.Errorf("%s: %d %s (draft %s)", who, a.status, a.body, draft)
		}
	}
	if a := s.do(editorA, http.MethodGet, "/api/app/columns/A0308/values", nil); a.body != `{"fields":[]}`+"\n" {
		t.Errorf("another column: %s", a.body)
	}
}

func TestFeedbackIsCounted(t *testing.T) {
	s := serve(t)
	asked := s.question("转学要带哪些材料？", "请带户口簿。", nil)
	draft, _ := s.draft(editorA, "B0301", "还没有公开", "")
	say := func(who string, article, kind any) answer {
		return s.do(who, http.MethodPost, "/api/app/feedback", map[string]any{"article": article, "kind": kind})
	}
	counts := func(who string) any {
		return s.do(who, http.MethodGet, "/api/app/articles/"+asked, nil).field("counts")
	}
	for _, kind := range []string{"helpful", "helpful", "unhelpful", "same_question", "same_question"} {
		if a := say("", asked, kind); a.status != http.StatusNoContent {
			t.Fatalf("%s: %d %s", kind, a.status, a.body)
		}
	}
	if got := fmt.Sprint(counts(editorA)); got != "map[helpful:1 same_question:1 unhelpful:0]" {
		t.Errorf("one address counts %s", got)
	}
	for _, not := range [][2]any{{"", "helpful"}, {"nosucharticle00", "helpful"}, {draft, "helpful"}, {7, "helpful"}, {asked, "download"}, {asked, ""}, {asked, nil}} {
		if a := say("", not[0], not[1]); a.status != http.StatusNotFound && a.status != http.StatusBadRequest {
			t.Errorf("%v: %d %s", not, a.status, a.body)
		}
	}
	// how many is public from ten on, and then at once
	for range 8 {
		s.wait(25 * time.Hour)
		say("", asked, "helpful")
	}
	if a := s.get("/a/" + asked); a.has("人觉得有帮助") {
		t.Error("nine are told")
	}
	s.wait(25 * time.Hour)
	for _, who := range viewers {
		if a := say(who, asked, "helpful"); a.status != http.StatusNoContent {
			t.Errorf("%q: %d %s", who, a.status, a.body)
		}
	}
	if a := s.get("/a/" + asked); !a.has("10 人觉得有帮助") {
		t.Error("ten are not told")
	}
	if a := s.get("/open/v1/articles/" + asked); !a.has(`"helpful":10`) {
		t.Errorf("the open data: %s", a.body)
	}
	stored, err := s.app.FindAllRecords("article_counts")
	if err != nil || len(stored) != 2 {
		t.Errorf("%d rows: %v", len(stored), err)
	}
	// an address that says too much is held back
	for range 60 {
		if a := say("", asked, "helpful"); a.status == http.StatusTooManyRequests {
			if a.header.Get("Retry-After") == "" {
				t.Error("it is not told when to try again")
			}
			return
		}
	}
	t.Error("nobody is held back")
}

// What was public before questions told the day of their check is dated once.
func TestQuestionsOfBeforeAreDated(t *testing.T) {
	s := serve(t)
	old, confirmed := s.question("旧的答复", "请带户口簿。", map[string]string{"核对日期": "2026-05-24"}), s.question("核对过的", "四点。", map[string]string{"核对日期": "2026-05-24"})
	notice, version := s.draft(editorA, "A0308", "通知", someText)
	s.publish(editorA, notice, version)
	s.must(editorA, confirmed, map[string]any{"action": "confirm"})
	if _, err := s.app.DB().NewQuery("UPDATE articles SET checked_on = '2026-11-23' WHERE published != ''").Execute(); err != nil {
		t.Fatal(err)
	}
	for _, m := range core.AppMigrations.Items() {
		if m.File == "1795006510_questions_checked.go" {
			if err := m.Up(s.app); err != nil {
				t.Fatal(err)
			}
		}
	}
	for article, want := range map[string]string{old: "2026-05-24", confirmed: "2026-11-23", notice: "2026-11-23"} {
		if got := s.record("articles", article).GetString("checked_on"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
