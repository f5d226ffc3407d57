package pb_hooks_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"
)

// followsLetter asks for something as a writer who has number and code.
func (s *server) followsLetter(number, code, what string, with map[string]any) answer {
	s.t.Helper()
	body := map[string]any{"number": number, "code": code}
	maps.Copy(body, with)
	path := "/api/app/letters/track"
	if what != "" {
		path += "/" + what
	}
	return s.do("", http.MethodPost, path, body)
}

// mustFollow does something as a writer that succeeds.
func (s *server) mustFollow(number, code, what string, with map[string]any) answer {
	s.t.Helper()
	a := s.followsLetter(number, code, what, with)
	if a.status != http.StatusOK {
		s.t.Fatalf("%s of %s: %d %s", what, number, a.status, a.body)
	}
	return a
}

// Whoever has number and code sees the letter, whoever they are; nobody else is told
// whether the number exists.
func TestALetterIsTrackedByNumberAndCode(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.wrote(goodLetter())
	typed := strings.ToLower(number[:6]) + " " + number[7:]
	for _, who := range viewers {
		a := s.do(who, http.MethodPost, "/api/app/letters/track", map[string]any{"number": typed, "code": strings.ToLower(code[:4]) + "-" + code[4:]})
		if a.status != http.StatusOK || a.header.Get("Cache-Control") != "no-store" || a.field("number") != number || !a.has("希望下学期") {
			t.Fatalf("%q: %d %v %s", who, a.status, a.header, a.body)
		}
		if a.has("王小明") || a.has("wang@example.cn") {
			t.Errorf("%q is told who wrote: %s", who, a.body)
		}
	}
	a := s.followsLetter(number, code, "", nil)
	may := a.field("may").(map[string]any)
	if a.field("state") != "submitted" || a.field("unit") != "晨光小学" || a.field("due") != "2026-11-30" || may["withdraw"] != true || may["rate"] != false ||
		may["urge"] != false || may["revoke_consent"] != true || len(a.field("history").([]any)) != 1 || len(a.field("answers").([]any)) != 0 {
		t.Errorf("the view: %s", a.body)
	}
	s.mustLetter(clerkA, id, "accept", nil)
	s.mustLetter(clerkA, id, "assign", map[string]any{"department": "教导处", "assignee": s.person(nobodyA)})
	s.writeAnswer(nobodyA, id, "还没有定下来的答复")
	s.mustLetter(nobodyA, id, "submit_answer", nil)
	a = s.followsLetter(number, code, "", nil)
	for _, inside := range []string{"教导处", "还没有定下来", clerkA, nobodyA} {
		if a.has(inside) {
			t.Errorf("the writer is told %q: %s", inside, a.body)
		}
	}
	row := s.lastRow()
	wrong := s.followsLetter(number, "AAAABBBB", "", nil)
	if wrong.status != http.StatusNotFound || !wrong.has("来信编号或者查询码不正确") || wrong.header.Get("Cache-Control") != "no-store" || s.lastRow() != row {
		t.Errorf("a wrong code: %d %s", wrong.status, wrong.body)
	}
	_, request, codeOfRequest := s.filed()
	for what, other := range map[string]answer{
		"a number that nobody has":   s.followsLetter("LX2026-99999", code, "", nil),
		"a number before all others": s.followsLetter("A", code, "", nil),
		"nothing":                    s.followsLetter("", "", "", nil),
		"a request":                  s.followsLetter(request, codeOfRequest, "", nil),
		"a very long one":            s.followsLetter(strings.Repeat(number, 1000), code, "", nil),
	} {
		if other.status != wrong.status || other.body != wrong.body {
			t.Errorf("%s: %d %s", what, other.status, other.body)
		}
	}
}

func TestWithoutTheCodeOfALetterNothingIsDone(t *testing.T) {
	s := serveRequests(t)
	id, number, _ := s.wrote(goodLetter())
	_, _, other := s.wrote(goodLetter())
	s.answersLetter(id, principalA, "下学期开设。")
	body := map[string]any{"number": number, "code": other, "reason": "不需要了", "rating": 5, "file": "x"}
	for _, what := range []string{"withdraw", "urge", "rate", "consent", "file"} {
		for _, who := range []string{"", clerkA, supervisor, root} {
			s.wait(time.Hour + time.Second) // each attempt counts
			before := s.lastRow()
			a := s.do(who, http.MethodPost, "/api/app/letters/track/"+what, body)
			if a.status != http.StatusNotFound || !a.has("来信编号或者查询码不正确") || a.header.Get("Cache-Control") != "no-store" || s.lastRow() != before {
				t.Errorf("%q: %s: %d %s", who, what, a.status, a.body)
			}
		}
	}
}

func TestGuessesOfACodeOfALetterAreThrottled(t *testing.T) {
	s := serveRequests(t)
	_, number, code := s.wrote(aQuestion())
	refused := 0
	for range 15 {
		if a := s.followsLetter(number, "AAAABBBB", "", nil); a.status == http.StatusTooManyRequests && a.header.Get("Retry-After") != "" {
			refused++
		}
	}
	if refused == 0 {
		t.Error("nobody is held up")
	}
	if a := s.followsLetter(number, code, "", nil); a.status != http.StatusTooManyRequests {
		t.Errorf("the right code while held up: %d", a.status)
	}
	s.wait(time.Hour)
	s.mustFollow(number, code, "", nil)
}

// Asked, answered, rated low, redone, rated high, selected: the article is there,
// and the name is not in it.
func TestTheLifeOfALetter(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.wrote(aQuestion())
	s.answersLetter(id, officerA, "请电话咨询。")
	a := s.followsLetter(number, code, "", nil)
	if a.field("state") != "answered" || a.field("rate_by") != "2026-12-23" || a.field("may", "rate") != true || a.field("may", "withdraw") != false || !a.has("请电话咨询。") {
		t.Errorf("answered: %s", a.body)
	}
	if a := s.followsLetter(number, code, "withdraw", nil); a.status != http.StatusBadRequest || !a.has("不能撤回") {
		t.Errorf("withdrawn after the answer: %d %s", a.status, a.body)
	}
	row := s.lastRow()
	for what, with := range map[string]map[string]any{
		"reason":  {"rating": 2},
		"rating":  {"rating": 7},
		"rating ": {},
		"reason ": {"rating": 5, "reason": strings.Repeat("长", 2001)},
	} {
		if a := s.followsLetter(number, code, "rate", with); a.status != http.StatusBadRequest || a.field("data", strings.TrimSpace(what), "message") == nil {
			t.Errorf("%s: %d %s", what, a.status, a.body)
		}
	}
	if s.lastRow() != row {
		t.Error("what was refused left something behind")
	}
	for _, when := range []string{"first", "sent again"} {
		a = s.mustFollow(number, code, "rate", map[string]any{"rating": 6, "reason": "没有说要带什么材料"})
		if a.field("state") != "redoing" || a.field("due") != "2026-12-14" || len(a.field("ratings").([]any)) != 1 || a.field("may", "rate") != false {
			t.Errorf("rated low, %s: %s", when, a.body)
		}
	}
	if n := s.rowsOf("audit_log", "action = 'inquiry_rate' AND record = '"+id+"' AND actor_name = '来信人' AND via = 'public'"); n != 1 {
		t.Errorf("the rating stands %d times in the log", n)
	}
	if n := s.rowsOf("notifications", "staff = '"+s.person(principalA)+"' AND title LIKE '%没有回答我的问题%"+number+"%'"); n != 1 {
		t.Errorf("the principal is told %d times", n)
	}
	if a := s.followsLetter(number, code, "rate", map[string]any{"rating": 1, "reason": "慢"}); a.status != http.StatusBadRequest || !a.has("每次答复只评价一次") {
		t.Errorf("rated twice: %d %s", a.status, a.body)
	}
	s.answersLetter(id, officerA, "请带户口簿、转学证明和学籍表。")
	a = s.mustFollow(number, code, "rate", map[string]any{"rating": 5})
	if a.field("state") != "rated" || len(a.field("answers").([]any)) != 2 || len(a.field("ratings").([]any)) != 2 || !a.has("再次答复", "非常满意") {
		t.Errorf("rated high: %s", a.body)
	}
	text := map[string]any{"kind": "selection", "title": "转学要带什么材料", "question": "孩子从外区转来，要带哪些材料？", "answer": "请带户口簿、转学证明和学籍表。"}
	if a := s.do(clerkA, http.MethodPut, "/api/app/inquiries/"+id+"/text", text); a.status != http.StatusOK {
		t.Fatalf("what is to be published: %d %s", a.status, a.body)
	}
	hash := s.mustLetter(clerkA, id, "propose_publication", nil).field("selection", "hash")
	article := s.mustLetter(officerA, id, "publish", map[string]any{"hash": hash}).field("article").(string)
	version, err := s.app.FindFirstRecordByData("article_versions", "article", article)
	if err != nil {
		t.Fatal(err)
	}
	all := version.GetString("title") + version.GetString("body") + version.GetString("facts")
	if !strings.Contains(all, "学籍表") || !strings.Contains(all, "非常满意") || strings.Contains(all, "王小明") || strings.Contains(all, "wang@") || strings.Contains(all, number) {
		t.Errorf("the article: %s", all)
	}
	if a := s.followsLetter(number, code, "", nil); a.field("publication_name") != "已公开" || a.field("may", "revoke_consent") != true {
		t.Errorf("published: %s", a.body)
	}
	for range 2 {
		if a := s.mustFollow(number, code, "consent", nil); a.field("consent") != false || a.field("publication") != "unpublished" || a.field("may", "revoke_consent") != false {
			t.Errorf("the consent is revoked: %s", a.body)
		}
	}
}

func TestALetterIsRatedInItsTimeOnly(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.wrote(goodLetter())
	if a := s.followsLetter(number, code, "rate", map[string]any{"rating": 5}); a.status != http.StatusBadRequest || !a.has("不能评价") {
		t.Errorf("before the answer: %d %s", a.status, a.body)
	}
	s.answersLetter(id, principalA, "下学期开设。")
	_, gone, codeOfGone := s.wrote(goodLetter())
	for range 2 {
		if a := s.mustFollow(gone, codeOfGone, "withdraw", map[string]any{"reason": "已经解决"}); a.field("state") != "withdrawn" || a.field("may", "withdraw") != false {
			t.Errorf("withdrawn: %s", a.body)
		}
	}
	row := s.lastRow()
	if a := s.followsLetter(gone, codeOfGone, "rate", map[string]any{"rating": 5}); a.status != http.StatusBadRequest || !a.has("已撤回") || s.lastRow() != row {
		t.Errorf("of a withdrawn letter: %d %s", a.status, a.body)
	}
	later := s.now.Load().Add(31 * 24 * time.Hour) // no job runs: nothing is archived yet
	s.now.Store(&later)
	if a := s.followsLetter(number, code, "rate", map[string]any{"rating": 5}); a.status != http.StatusBadRequest || !a.has("30 天内可以评价") || s.lastRow() != row {
		t.Errorf("a day late: %d %s", a.status, a.body)
	}
	if a := s.followsLetter(number, code, "", nil); a.field("may", "rate") != false {
		t.Errorf("a day late it is offered: %s", a.body)
	}
}

func TestAWriterUrges(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.wrote(goodLetter())
	s.mustLetter(clerkA, id, "accept", nil)
	if a := s.followsLetter(number, code, "urge", nil); a.status != http.StatusBadRequest || !a.has("还没有过办理期限") {
		t.Errorf("early: %d %s", a.status, a.body)
	}
	later := s.now.Load().Add(8 * 24 * time.Hour)
	s.now.Store(&later)
	if a := s.followsLetter(number, code, "", nil); a.field("may", "urge") != true {
		t.Errorf("overdue: %s", a.body)
	}
	before := s.rowsOf("notifications", "staff = '"+s.person(clerkA)+"' AND title LIKE '%来信人催办%'")
	for range 2 {
		if a := s.mustFollow(number, code, "urge", nil); a.field("may", "urge") != false || !a.has("您提醒了单位") {
			t.Errorf("urged: %s", a.body)
		}
	}
	if n := s.rowsOf("notifications", "staff = '"+s.person(clerkA)+"' AND title LIKE '%来信人催办%'"); n != before+1 {
		t.Errorf("the clerk is told %d times", n-before)
	}
}

// Two windows at once: one rating, and both are answered.
func TestARatingSentTwiceTogetherIsOne(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.wrote(goodLetter())
	s.answersLetter(id, principalA, "下学期开设。")
	answers := make(chan answer)
	for range 4 {
		go func() {
			answers <- s.followsLetter(number, code, "rate", map[string]any{"rating": 2, "reason": "没有说时间"})
		}()
	}
	for range 4 {
		if a := <-answers; a.status != http.StatusOK || a.field("state") != "redoing" {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	if n := s.rowsOf("inquiry_steps", "inquiry = '"+id+"' AND action = 'rate'"); n != 1 {
		t.Errorf("%d ratings", n)
	}
}

// Of a letter that was handled with another its writer reads the answer of the other
// one, once it is given, and nothing else of it.
func TestAMergedLetterShowsTheAnswerOfTheOther(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.wrote(goodLetter())
	other, otherNumber, otherCode := s.wrote(filledIn(goodLetter(), map[string]any{"name": "李大同", "fields": map[string]string{"title": "开设编程课", "text": "另一个人的原话"}}))
	s.mustLetter(clerkA, other, "accept", nil)
	s.mustLetter(clerkA, id, "merge", map[string]any{"into": otherNumber})
	if a := s.followsLetter(number, code, "", nil); a.field("state") != "merged" || len(a.field("answers").([]any)) != 0 || a.has(otherNumber) {
		t.Errorf("merged: %s", a.body)
	}
	if a := s.followsLetter(otherNumber, otherCode, "withdraw", nil); a.status != http.StatusBadRequest || !a.has("并在这一件里等待答复") {
		t.Errorf("the letter that others wait in is withdrawn: %d %s", a.status, a.body)
	}
	s.answersLetter(other, principalA, "科学课和编程课都将开设。")
	a := s.followsLetter(number, code, "", nil)
	if len(a.field("answers").([]any)) != 1 || !a.has("科学课和编程课都将开设", "已经答复") {
		t.Errorf("the answer of the other: %s", a.body)
	}
	for _, others := range []string{"另一个人的原话", "开设编程课", "李", otherNumber} {
		if a.has(others) {
			t.Errorf("is told %q: %s", others, a.body)
		}
	}
}
