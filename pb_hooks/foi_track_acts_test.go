package pb_hooks_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

// registered is a request that was registered, to be followed.
func (s *server) registered() (id, number, code string) {
	s.t.Helper()
	id, number, code = s.filed()
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(*s.now.Load())})
	return id, number, code
}

// givenAnswer is a request that was answered, to be followed.
func (s *server) givenAnswer() (id, number, code string) {
	s.t.Helper()
	id, number, code = s.registered()
	s.mustAct(clerkA, id, "assign", map[string]any{"party": "总务处"})
	s.draftAnswer(clerkA, id, provided)
	s.signed(id)
	return id, number, code
}

// signed submits the draft of a request and signs it off.
func (s *server) signed(id string) {
	s.t.Helper()
	with := map[string]any{"hash": s.mustAct(clerkA, id, "submit_answer", nil).field("in_review", "hash")}
	s.mustAct(secrecyA, id, "clear", with)
	s.mustAct(officerA, id, "endorse", with)
	s.mustAct(principalA, id, "sign", with)
}

// toCorrect is a request whose applicant was asked to correct it.
func (s *server) toCorrect() (id, number, code string) {
	s.t.Helper()
	id, number, code = s.registered()
	s.mustAct(clerkA, id, "ask_correction", map[string]any{"items": "请写明是哪一学年的招标"})
	s.mustAct(officerA, id, "approve", nil)
	return id, number, code
}

// corrects sends a corrected application.
func (s *server) corrects(number, code string, with map[string]any, papers ...paper) answer {
	s.t.Helper()
	return s.fileAs("", "/api/app/track/correct", filledIn(map[string]any{"number": number, "code": code}, with), papers...)
}

// toldOfRequests are the notices about requests that a person got, oldest first.
func (s *server) toldOfRequests(as string) (titles []string) {
	s.t.Helper()
	err := s.app.DB().Select("title").From("notifications").Where(dbx.HashExp{"staff": s.person(as), "kind": "request"}).OrderBy("rowid").Column(&titles)
	if err != nil {
		s.t.Fatal(err)
	}
	return titles
}

func TestWithoutTheCodeNothingIsDone(t *testing.T) {
	s := serveRequests(t)
	_, number, _ := s.filed()
	_, _, other := s.filed()
	body := map[string]any{"number": number, "code": other, "reason": "不需要了", "rating": 5, "letter": "x", "file": "x", "format": "html"}
	for i, what := range []string{"withdraw", "supplement", "complain", "rate", "letter", "file", "correct"} {
		for _, who := range viewers {
			s.wait(time.Hour + time.Second) // each attempt counts
			before := s.lastRow()
			a := s.do(who, http.MethodPost, "/api/app/track/"+what, body)
			if what == "correct" {
				a = s.fileAs(who, "/api/app/track/"+what, body)
			}
			if a.status != http.StatusNotFound || !a.has("受理编号或者查询码不正确") || a.header.Get("Cache-Control") != "no-store" || s.lastRow() != before {
				t.Errorf("%d %q: %s: %d %s", i, who, what, a.status, a.body)
			}
		}
	}
}

func TestAnApplicantCorrectsTheRequest(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.registered()
	s.mustAct(clerkA, id, "ask_correction", map[string]any{"items": "请写明是哪一学年的招标"})
	if a := s.follows(number, code, "", nil); a.field("state") != "registered" || a.has("哪一学年") || len(a.field("history").([]any)) != 2 {
		t.Errorf("what is only proposed is told: %s", a.body)
	}
	if a := s.corrects(number, code, map[string]any{"details": "评分表"}); a.status != http.StatusBadRequest || !a.has("条例第三十条") {
		t.Errorf("a correction nobody asked for: %d %s", a.status, a.body)
	}
	s.mustAct(officerA, id, "approve", nil)
	a := s.follows(number, code, "", nil)
	if a.field("state") != "correcting" || a.field("correction", "items") != "请写明是哪一学年的招标" || a.field("may", "correct") != true ||
		a.field("may", "correct_late") != false || a.field("clock") != "voided" {
		t.Errorf("asked to correct: %s", a.body)
	}
	for field, with := range map[string]map[string]any{"subject": {"subject": strings.Repeat("长", 5000)}, "phone": {"phone": "12"}} {
		if a := s.corrects(number, code, with); a.status != http.StatusBadRequest || a.field("data", field, "message") == nil {
			t.Errorf("%s: %d %s", field, a.status, a.body)
		}
	}
	if a := s.corrects(number, code, map[string]any{"details": "x"}, paper{"proofs", "x.exe", []byte("MZ")}); a.status != http.StatusBadRequest || a.field("data", "proofs") == nil {
		t.Errorf("a program as a proof: %d %s", a.status, a.body)
	}
	if n, err := s.app.CountRecords("foi_applications"); err != nil || n != 1 {
		t.Errorf("%d versions after what was refused (%v)", n, err)
	}
	change := map[string]any{"subject": "2025 学年食堂招标的中标通知书", "details": "2025 年 9 月", "phone": "13900139000", "name": "", "class": ""}
	for _, when := range []string{"first", "sent again"} {
		a = s.corrects(number, code, change)
		if a.status != http.StatusOK || a.field("state") != "processing" || a.field("subject") != "2025 学年食堂招标的中标通知书" || a.field("clock") != "running" ||
			a.field("application", "person", "phone") != "139******00" || a.field("correction", "corrected") != dayOf(now) || !a.has("收件回执") {
			t.Fatalf("%s: %d %s", when, a.status, a.body)
		}
	}
	desk := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil)
	if desk.field("versions") != float64(2) || desk.field("asked", "details") != "2025 年 9 月" || desk.field("asked", "proofs") != float64(1) {
		t.Errorf("the clerk sees %s", desk.body)
	}
	who := s.do(clerkA, http.MethodPost, "/api/app/requests/"+id+"/identity", map[string]any{"reason": "邮寄补正回执"})
	if who.field("name") != "张三丰" || who.field("phone") != "13900139000" || who.field("document") != "E12345678" || who.field("address") != "示范区晨光路 8 号" {
		t.Errorf("who applied: %s", who.body)
	}
	kept := s.do(clerkA, http.MethodPost, "/api/app/requests/"+id+"/papers", map[string]any{"reason": "核对身份证明", "field": "proofs", "n": 1})
	if kept.body != string(picture(t)) {
		t.Errorf("the proof that was kept: %d, %d bytes", kept.status, len(kept.body))
	}
	for _, secret := range []string{"张三丰", "13900139000", "E12345678"} {
		if s.dump("foi_applications", secret) {
			t.Errorf("the database tells %q", secret)
		}
	}
}

func TestALateCorrectionWaitsForTheOfficer(t *testing.T) {
	s := serveRequests(t)
	for _, accepted := range []bool{true, false} {
		id, number, code := s.toCorrect()
		s.wait(40 * 24 * time.Hour)
		if a := s.follows(number, code, "", nil); a.field("may", "correct") != false || a.field("may", "correct_late") != true {
			t.Fatalf("late: %s", a.body)
		}
		if a := s.corrects(number, code, map[string]any{"details": "晚了"}); a.status != http.StatusBadRequest || a.field("data", "reason", "code") != "foi_missing" {
			t.Errorf("without a reason: %d %s", a.status, a.body)
		}
		a := s.corrects(number, code, map[string]any{"details": "晚了", "reason": "住院"})
		if a.status != http.StatusOK || a.field("state") != "correcting" || a.field("details") == "晚了" || a.field("may", "correct_late") != false || !a.has("正在审核您逾期补正的理由") {
			t.Errorf("late: %d %s", a.status, a.body)
		}
		if again := s.corrects(number, code, map[string]any{"details": "晚了", "reason": "住院"}); again.status != http.StatusOK {
			t.Errorf("sent again: %d %s", again.status, again.body)
		}
		if accepted {
			s.mustAct(officerA, id, "approve", nil)
			if a := s.follows(number, code, "", nil); a.field("state") != "processing" || a.field("details") != "晚了" {
				t.Errorf("accepted: %s", a.body)
			}
			continue
		}
		s.mustAct(officerA, id, "decline", map[string]any{"reason": "内部意见"})
		if a := s.follows(number, code, "", nil); a.field("state") != "correcting" || a.field("details") == "晚了" || a.has("内部意见") || !a.has("没有接受您逾期补正的理由") {
			t.Errorf("declined: %s", a.body)
		}
	}
}

func TestAnApplicantWithdrawsAndRates(t *testing.T) {
	s := serveRequests(t)
	_, number, code := s.registered()
	if a := s.follows(number, code, "rate", map[string]any{"rating": 5}); a.status != http.StatusBadRequest || a.field("data", "rating", "code") != "foi_not_now" {
		t.Errorf("rated before it ended: %d %s", a.status, a.body)
	}
	if a := s.follows(number, code, "withdraw", map[string]any{"reason": strings.Repeat("长", 2001)}); a.status != http.StatusBadRequest || a.field("data", "reason") == nil {
		t.Errorf("a long reason: %d %s", a.status, a.body)
	}
	for range 2 {
		a := s.follows(number, code, "withdraw", map[string]any{"reason": "已经找到"})
		if a.status != http.StatusOK || a.field("state") != "withdrawn" || a.field("ending") != "withdrawn" || !a.has("撤回确认书") || a.field("may", "withdraw") != false {
			t.Fatalf("withdrawn: %d %s", a.status, a.body)
		}
	}
	for field, with := range map[string]map[string]any{"rating": {"rating": 6}, "note": {"rating": 4, "note": strings.Repeat("长", 501)}} {
		if a := s.follows(number, code, "rate", with); a.status != http.StatusBadRequest || a.field("data", field) == nil {
			t.Errorf("%s: %d %s", field, a.status, a.body)
		}
	}
	for range 2 {
		a := s.follows(number, code, "rate", map[string]any{"rating": 4, "note": "很快"})
		if a.status != http.StatusOK || a.field("rating") != float64(4) || a.field("rating_name") != "满意" || a.field("rating_note") != "很快" || a.field("may", "rate") != false {
			t.Errorf("rated: %d %s", a.status, a.body)
		}
	}
	if a := s.follows(number, code, "rate", map[string]any{"rating": 1}); a.status != http.StatusBadRequest || a.field("data", "rating", "code") != "foi_once_only" {
		t.Errorf("rated again: %d %s", a.status, a.body)
	}
}

func TestAnApplicantAsksForASupplementAndComplains(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.givenAnswer()
	if a := s.follows(number, code, "withdraw", nil); a.status != http.StatusBadRequest || !a.has("条例第二十九条") {
		t.Errorf("withdrawn after the answer: %d %s", a.status, a.body)
	}
	a := s.follows(number, code, "", nil)
	if a.field("outcome") != "1.1" || a.field("answered_on") != dayOf(now) || !strings.Contains(a.field("remedy").(string), "申诉") ||
		a.field("may", "supplement") != true || a.field("may", "complain") != true || a.field("may", "rate") != true {
		t.Errorf("answered: %s", a.body)
	}
	for _, inside := range []string{"总务处", "待保密审查", "张三丰"} {
		if a.has(inside) {
			t.Errorf("the applicant is told %q: %s", inside, a.body)
		}
	}
	if a := s.follows(number, code, "supplement", nil); a.status != http.StatusBadRequest || a.field("data", "reason") == nil || !a.has("条例第三十六条") {
		t.Errorf("without saying what: %d %s", a.status, a.body)
	}
	for range 2 {
		if a := s.follows(number, code, "supplement", map[string]any{"reason": "缺评分表"}); a.status != http.StatusOK || a.field("state") != "supplementing" || !a.has("缺评分表") {
			t.Errorf("a supplement: %d %s", a.status, a.body)
		}
	}
	s.draftAnswer(clerkA, id, filledIn(provided, map[string]any{"supplement": "补充评分表"}))
	if a := s.follows(number, code, "", nil); a.has("补充评分表") || a.has("草稿") {
		t.Errorf("what is being written is told: %s", a.body)
	}
	s.signed(id)
	if a := s.follows(number, code, "complain", nil); a.status != http.StatusBadRequest || a.field("data", "reason") == nil {
		t.Errorf("without a reason: %d %s", a.status, a.body)
	}
	before := len(s.toldOfRequests(supervisor))
	for range 2 {
		if a := s.follows(number, code, "complain", map[string]any{"reason": "仍然没有评分表"}); a.status != http.StatusOK || a.field("state") != "complained" {
			t.Errorf("a complaint: %d %s", a.status, a.body)
		}
	}
	if told := s.toldOfRequests(supervisor); len(told) != before+1 || !strings.Contains(told[len(told)-1], "申诉") {
		t.Errorf("the bureau is told %d times", len(told)-before)
	}
}

// Two windows at once: one step, and both are answered.
func TestAButtonPressedTwiceTogetherIsOneStep(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.registered()
	answers := make(chan answer)
	for range 4 {
		go func() { answers <- s.follows(number, code, "withdraw", map[string]any{"reason": "已经找到"}) }()
	}
	for range 4 {
		if a := <-answers; a.status != http.StatusOK || a.field("state") != "withdrawn" {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	if n, err := s.app.CountRecords("foi_steps", dbx.HashExp{"request": id, "action": "withdraw"}); err != nil || n != 1 {
		t.Errorf("%d steps (%v)", n, err)
	}
}

// An answer on the spot shows once the officer has approved it, and a proposal not
// at all.
func TestAnAnswerOnTheSpotIsFollowed(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.registered()
	s.draftAnswer(clerkA, id, map[string]any{"outcome": "1.2", "content": "食堂招标结果", "link": "https://example.cn/a/1", "obtain": "可以在学校网站查看"})
	s.mustAct(clerkA, id, "answer_at_once", nil)
	before := s.follows(number, code, "", nil)
	if before.field("state") != "registered" || before.field("outcome") != "" || before.has("example.cn/a") || len(before.field("history").([]any)) != 2 {
		t.Errorf("while it waits: %s", before.body)
	}
	s.mustAct(officerA, id, "approve", nil)
	a := s.follows(number, code, "", nil)
	if a.field("state") != "answered" || a.field("outcome") != "1.2" || len(a.field("files").([]any)) != 0 || len(a.field("letters").([]any)) != 2 || !a.has("学校作出答复") {
		t.Errorf("approved: %s", a.body)
	}
}
