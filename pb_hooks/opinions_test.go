package pb_hooks_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gongkai/pb_hooks/inquiry"
)

// uniformCall is open for a fortnight from the day of the tests.
var uniformCall = inquiry.CallForOpinions{Question: "明年春季校服选哪一种？", Options: []string{"甲款", "乙款"}, Text: true, From: "2026-11-23", Until: "2026-12-06"}

// calls publishes a call of the first school; it returns the article.
func (s *server) calls(call inquiry.CallForOpinions) string {
	s.t.Helper()
	article, version := s.draft(editorA, "B0602", "关于校服款式征集意见的公告", someText)
	s.asks(version, call, "")
	if a := s.publish(editorA, article, version); a.status != http.StatusOK {
		s.t.Fatalf("publish the call: %d %s", a.status, a.body)
	}
	return article
}

// asks writes a call, and its result, into a version.
func (s *server) asks(version string, call inquiry.CallForOpinions, result string) {
	s.t.Helper()
	if a := s.do(editorA, http.MethodPatch, recordAPI+"article_versions/records/"+version, map[string]any{"facts": []any{call.Facts(result)}}); a.status != http.StatusOK {
		s.t.Fatalf("write the call: %d %s", a.status, a.body)
	}
}

// opine gives an opinion as a browser does, each time with a form of its own.
func (s *server) opine(article string, change map[string]any) answer {
	s.t.Helper()
	body := map[string]any{"choice": "甲款", "text": "面料要厚一些，张三丰同学也这么想", "resend": "form-" + time.Now().Format("150405.000000000"), "proof": s.solved()}
	maps.Copy(body, change)
	return s.do("", http.MethodPost, "/api/app/articles/"+article+"/opinions", body)
}

func (s *server) mustHaveOpinions(n int) {
	s.t.Helper()
	if got, err := s.app.CountRecords("opinions_given"); err != nil || got != int64(n) {
		s.t.Errorf("%d opinions, want %d (%v)", got, n, err)
	}
}

func TestAnOpinionIsGivenToACallThatIsOpen(t *testing.T) {
	s := serveRequests(t)
	article := s.calls(uniformCall)
	if page := s.get("/a/" + article); !page.has(uniformCall.Question, "<li>甲款</li>", "2026-11-23 至 2026-12-06", ">提交意见</button>") || page.has("共收到") {
		t.Errorf("the page: %s", page.body)
	}
	for _, tt := range []struct {
		name        string
		change      map[string]any
		field, says string
	}{
		{"a wrong option", map[string]any{"choice": "丙款"}, "choice", "请选择列出的选项"},
		{"nothing", map[string]any{"choice": "", "text": " \u202e "}, "choice", "请选择一个选项"},
		{"10,000 characters", map[string]any{"text": strings.Repeat("意", 10000)}, "text", "最多 5000 个字"},
		{"no proof of work", map[string]any{"proof": ""}, "proof", "验证"},
	} {
		a := s.opine(article, tt.change)
		if said, _ := a.field("data", tt.field, "message").(string); a.status != http.StatusBadRequest || !strings.Contains(said, tt.says) {
			t.Errorf("%s: %d %s", tt.name, a.status, a.body)
		}
	}
	for name, change := range map[string]map[string]any{"no form": {"resend": "1"}, "a choice that is no text": {"choice": 7}} {
		if a := s.opine(article, change); a.status != http.StatusBadRequest || !a.has("格式不对") {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	s.mustHaveOpinions(0)

	form := map[string]any{"resend": "the-very-same-form-again", "proof": s.solved()}
	for range 2 { // the answer to the first was lost
		if a := s.opine(article, form); a.status != http.StatusOK || a.field("until") != "2026-12-06" || !a.has("公布结果") {
			t.Fatalf("given: %d %s", a.status, a.body)
		}
	}
	s.mustHaveOpinions(1)
	form["choice"] = "乙款"
	if a := s.opine(article, form); a.status != http.StatusBadRequest || !a.has("已经收到，不能再改") {
		t.Errorf("changed afterwards: %d %s", a.status, a.body)
	}
	form = map[string]any{"resend": "another-form-of-somebody", "proof": form["proof"]}
	if a := s.opine(article, form); a.status != http.StatusBadRequest || a.field("data", "proof") == nil {
		t.Errorf("a spent proof: %d %s", a.status, a.body)
	}
	s.mustHaveOpinions(1)
	if r, err := s.app.FindFirstRecordByData("opinions_given", "article", article); err != nil || r.GetString("choice") != "甲款" || !strings.HasPrefix(r.GetString("text"), "s1.") {
		t.Errorf("stored: %v (%v)", r, err)
	}

	for who, want := range map[string]int{editorA: http.StatusOK, root: http.StatusOK, auditor: http.StatusOK} { // whoever: a citizen like others
		if a := s.do(who, http.MethodPost, "/api/app/articles/"+article+"/opinions", map[string]any{"choice": "乙款", "resend": "form-of-" + who + "-0000", "proof": s.solved()}); a.status != want {
			t.Errorf("%s: %d %s", who, a.status, a.body)
		}
	}
}

func TestAnOpinionIsGivenInTimeOnly(t *testing.T) {
	s := serveRequests(t)
	later := uniformCall
	later.From, later.Until = "2026-11-24", "2026-11-25"
	article := s.calls(later)
	early := s.opine(article, nil)
	if early.status != http.StatusBadRequest || !early.has("从 2026-11-24 开始") || !s.get("/a/"+article).has("征集从 2026-11-24 开始") {
		t.Errorf("before: %d %s", early.status, early.body)
	}
	s.wait(24 * time.Hour)
	if page := s.get("/a/" + article); !page.has(">提交意见</button>") {
		t.Errorf("the page of the first day: %s", page.body)
	}
	for choice, n := range map[string]int{"甲款": 2, "乙款": 1, "": 1} {
		for i := range n {
			if a := s.opine(article, map[string]any{"choice": choice, "resend": fmt.Sprintf("form-number-%s-%d-0", choice, i)}); a.status != http.StatusOK {
				t.Fatalf("on the first day: %d %s", a.status, a.body)
			}
		}
	}
	if a := s.get("/open/v1/articles/" + article); a.field("article", "call", "state") != "open" || a.field("article", "call", "tally") != nil {
		t.Errorf("others are led: %s", a.body)
	}
	s.wait(48 * time.Hour)
	if a := s.opine(article, nil); a.status != http.StatusBadRequest || !a.has("已经在 2026-11-25 结束") {
		t.Errorf("after: %d %s", a.status, a.body)
	}
	s.mustHaveOpinions(4)
	page := s.get("/a/" + article)
	if !page.has("共收到 4 份意见", `<th scope="row">甲款</th><td>2</td>`, "50%", "25%", "2026-12-25 以前") || page.has("张三丰", ">提交意见</button>") {
		t.Errorf("the page afterwards: %s", page.body)
	}
	if a := s.get("/open/v1/articles/" + article); a.has("张三丰") || a.field("article", "call", "tally", "given") != 4.0 {
		t.Errorf("the open data afterwards: %s", a.body)
	}
}

func TestWhatIsNoCallTakesNoOpinion(t *testing.T) {
	s := serveRequests(t)
	call := s.calls(uniformCall)
	notice, version := s.draft(editorA, "A0308", "通知", someText)
	s.asks(version, uniformCall, "") // in another column it is none
	s.publish(editorA, notice, version)
	draft, version := s.draft(editorA, "B0602", "还没有公开的征集", someText)
	s.asks(version, uniformCall, "")
	for name, id := range map[string]string{"an article of another column": notice, "a draft": draft, "nothing": "nothing00000000"} {
		if a := s.opine(id, nil); a.status != http.StatusNotFound || !a.has("没有这次意见征集") {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	s.step(editorA, call, "", "withdraw", "内容有误")
	if a := s.opine(call, nil); a.status != http.StatusNotFound {
		t.Errorf("a withdrawn one: %d %s", a.status, a.body)
	}
	s.mustHaveOpinions(0)
}

func TestACallIsCheckedBeforeItIsReviewed(t *testing.T) {
	s := serveRequests(t)
	for _, tt := range []struct {
		name   string
		change func(*inquiry.CallForOpinions)
		says   string
	}{
		{"one option", func(c *inquiry.CallForOpinions) { c.Options = []string{"甲款"} }, "选项填写 2 至 20 个"},
		{"ends before it begins", func(c *inquiry.CallForOpinions) { c.Until = "2026-11-01" }, "截止日期应当在开始日期之后"},
		{"no question, no days", func(c *inquiry.CallForOpinions) { c.Question, c.From = "", "" }, "起止日期；请填写征集什么意见"},
		{"has ended already", func(c *inquiry.CallForOpinions) { c.From, c.Until = "2026-11-01", "2026-11-22" }, "截止日期已经过去"},
	} {
		call := uniformCall
		tt.change(&call)
		article, version := s.draft(editorA, "B0602", "征集公告", someText)
		s.asks(version, call, "")
		a := s.act(editorA, article, map[string]any{"version": version, "action": "submit"})
		if said, _ := a.field("data", "facts", "message").(string); a.status != http.StatusBadRequest || !strings.Contains(said, tt.says) {
			t.Errorf("%s: %d %s", tt.name, a.status, a.body)
		}
	}
}

// What was answered is not asked otherwise afterwards; the result is an ordinary
// change, and so is another last day.
func TestACallKeepsWhatItAsksAndIsGivenItsResult(t *testing.T) {
	s := serveRequests(t)
	article := s.calls(uniformCall)
	version := s.do(editorA, http.MethodPost, recordAPI+"article_versions/records", map[string]any{"article": article}).field("id").(string)
	other := uniformCall
	other.Options = []string{"甲款", "丙款"}
	s.asks(version, other, "")
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"}) // nobody has answered yet
	s.must(reviewerA, article, map[string]any{"version": version, "action": "approve", "check": fine})
	if a := s.opine(article, nil); a.status != http.StatusOK {
		t.Fatalf("meanwhile: %d %s", a.status, a.body)
	}
	s.refused("answered meanwhile", secrecyA, article, map[string]any{"version": version, "action": "clear", "check": clear}, http.StatusBadRequest, "action", "inquiry_not_now")
	s.must(secrecyA, article, map[string]any{"version": version, "action": "return", "reason": "选项不能再改",
		"check": map[string]any{"examined": []string{}, "found": []string{"process_info"}, "result": "redact"}})
	version = s.openVersion(editorA, article)
	if a := s.act(editorA, article, map[string]any{"version": version, "action": "submit"}); a.status != http.StatusBadRequest || !a.has("已经有人提交了意见") {
		t.Errorf("submitted again: %d %s", a.status, a.body)
	}
	longer := uniformCall
	longer.Until = "2026-12-08"
	s.asks(version, longer, "已采用甲款，面料加厚。")
	if a := s.publish(editorA, article, version); a.status != http.StatusOK {
		t.Fatalf("with another last day: %d %s", a.status, a.body)
	}
	s.wait(16 * 24 * time.Hour)
	if page := s.get("/a/" + article); !page.has("共收到 1 份意见", "100%", "已采用甲款，面料加厚。") || page.has("以前在这里公布") {
		t.Errorf("its result: %s", page.body)
	}
}

func TestOpinionsAreReadByThoseWhoWorkOnTheCall(t *testing.T) {
	s := serveRequests(t)
	article := s.calls(uniformCall)
	for i, text := range []string{"=1+1", "面料要厚", ""} {
		s.opine(article, map[string]any{"choice": []string{"甲款", "甲款", "乙款"}[i], "text": text, "resend": fmt.Sprintf("form-number-%d-0000", i)})
	}
	path := "/api/app/articles/" + article + "/opinions"
	may := map[string]int{"": http.StatusUnauthorized, editorA: http.StatusOK, secondA: http.StatusOK, clerkA: http.StatusOK, principalA: http.StatusOK,
		reviewerA: http.StatusForbidden, secrecyA: http.StatusForbidden, officerA: http.StatusForbidden, adminA: http.StatusForbidden, nobodyA: http.StatusForbidden,
		supervisor: http.StatusForbidden, root: http.StatusForbidden, editorB: http.StatusNotFound, clerkB: http.StatusNotFound}
	for _, who := range viewers {
		want, listed := may[who]
		if !listed {
			want = http.StatusNotFound
		}
		for _, address := range []string{path, path + ".xlsx"} {
			before := s.lastRow()
			a := s.do(who, http.MethodGet, address, nil)
			if a.status != want && !(want >= 400 && (a.status == http.StatusForbidden || a.status == http.StatusNotFound)) {
				t.Errorf("%q asks for %s: %d %.200s", who, address, a.status, a.body)
			}
			if entered := len(s.deeds(before)); (a.status == http.StatusOK) != (entered == 1) || a.status != http.StatusOK && a.has("面料") {
				t.Errorf("%q: %d, entered %d times: %s", who, a.status, entered, a.body)
			}
		}
		if may[who] != http.StatusOK && who != "" && who != root {
			if a := s.do(who, http.MethodGet, "/api/app/articles/"+article, nil); a.status == http.StatusOK && a.field("opinions") != false {
				t.Errorf("%q is offered them: %s", who, a.body)
			}
		}
	}
	a := s.do(editorA, http.MethodGet, path, nil)
	if a.field("given") != 3.0 || !a.has("面料要厚", `"option":"甲款","count":2,"percent":67`, `"at":"2026-11-23 10:00"`, `"pages":1`) {
		t.Errorf("read: %s", a.body)
	}
	if a := s.do(editorA, http.MethodGet, path+"?page=2", nil); a.status != http.StatusBadRequest || !a.has("没有这一页") {
		t.Errorf("page 2: %d %s", a.status, a.body)
	}
	if got := strings.Join(s.deeds(s.lastRow()-1), ""); got != "workbench read_opinions opinions_given" {
		t.Errorf("the audit: %s", got)
	}
	book, err := excelize.OpenReader(bytes.NewReader([]byte(s.do(clerkA, http.MethodGet, path+".xlsx", nil).body)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("清单")
	if text := fmt.Sprint(rows); err != nil || !strings.Contains(text, "示范区晨光小学") || !strings.Contains(text, "面料要厚") || !strings.Contains(text, "选择“甲款” ") {
		t.Errorf("the workbook: %v %v", rows, err)
	}
	for row := 1; row <= len(rows); row++ {
		if formula, err := book.GetCellFormula("清单", fmt.Sprint("D", row)); err != nil || formula != "" {
			t.Errorf("row %d calculates %s (%v)", row, formula, err)
		}
	}
}

func TestAnEndedCallWaitsForItsResult(t *testing.T) {
	s := serveRequests(t)
	article := s.calls(uniformCall)
	s.wait(13 * 24 * time.Hour) // the last day
	if got := said(s.inbox(editorA)); got != "" {
		t.Errorf("on the last day: %s", got)
	}
	s.wait(24 * time.Hour)
	if box := s.inbox(secondA); said(box) != "todo result 关于校服款式征集意见的公告" || box.Items[0].Due != "2027-01-05" || box.Items[0].Link != "/articles/"+article {
		t.Errorf("ended: %+v", box)
	}
	if got := said(s.inbox(reviewerA)) + said(s.inbox(editorB)) + said(s.inbox(supervisor)); got != "" {
		t.Errorf("others: %s", got)
	}
	version := s.do(editorA, http.MethodPost, recordAPI+"article_versions/records", map[string]any{"article": article}).field("id").(string)
	s.asks(version, uniformCall, "没有人提交意见，仍用原来的款式。")
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	if got := said(s.inbox(secondA)); got != "waiting result 关于校服款式征集意见的公告" {
		t.Errorf("its result is reviewed: %s", got)
	}
	s.must(reviewerA, article, map[string]any{"version": version, "action": "approve", "check": fine})
	s.must(secrecyA, article, map[string]any{"version": version, "action": "clear", "check": clear})
	if got := said(s.inbox(secondA)); got != "" {
		t.Errorf("its result is public: %s", got)
	}
	if page := s.get("/a/" + article); !page.has("共收到 0 份意见", "0%", "没有人提交意见") {
		t.Errorf("nobody answered: %s", page.body)
	}
}
