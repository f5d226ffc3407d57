package pb_hooks_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
)

// row is one line of the table of transitions (§3.3), taken over HTTP.
type row struct {
	name   string
	build  func(s *server) string
	who    string
	do     string
	with   map[string]any
	ok     string // who approves; "" if it takes effect at once
	state  string
	clock  string
	due    string // "" is none; "-" is not asked
	letter string // suffix of the letter that goes out, "" for none
	ledger string // kind of the last entry; "" is not asked
}

// now is Monday 2026-11-23; twenty working days later is 2026-12-21.
var transitions = []row{
	{"2 register", requestsIn[foi.Submitted], clerkA, "register", map[string]any{"confirmed": "2026-11-23"}, "", "registered", "running", "2026-12-21", "收", "start"},
	{"3 on the spot", func(s *server) string {
		id := requestsIn[foi.Registered](s)
		s.draftAnswer(clerkA, id, map[string]any{"outcome": "1.2", "content": "招生简章", "link": "https://example.cn/a/1"})
		return id
	}, clerkA, "answer_at_once", nil, officerA, "answered", "stopped", "-", "答", "stop"},
	{"4 ask to correct", requestsIn[foi.Registered], clerkA, "ask_correction", map[string]any{"items": "请写明学年", "days": 10}, officerA, "correcting", "voided", "", "补", "void"},
	{"7 assign", requestsIn[foi.Registered], clerkA, "assign", map[string]any{"party": "总务处"}, "", "processing", "running", "2026-12-21", "转", ""},
	{"8 ask a third party", (*server).inHand, clerkA, "ask_third_party", map[string]any{"party": "某公司", "items": "评分表"}, officerA, "third_party", "paused", "-", "征询", "pause"},
	{"9 its opinion", (*server).asked, clerkA, "record_opinion", map[string]any{"party": "某餐饮公司", "opinion": "agrees", "on": "2026-11-23"}, "", "processing", "running", "2026-12-21", "", "resume"},
	{"10 consult", (*server).inHand, clerkA, "consult", map[string]any{"party": "区教育局", "items": "是否同意", "joint": true}, "", "consulting", "paused", "-", "函", "pause"},
	{"10 its opinion", requestsIn[foi.Consulting], clerkA, "record_opinion", map[string]any{"party": "区教育局", "opinion": "objects", "reason": "未定稿", "on": "2026-11-23"}, "", "processing", "running", "2026-12-21", "", "resume"},
	{"11 extend", (*server).inHand, clerkA, "extend", map[string]any{"days": 8, "reason": "检索量大"}, officerA, "processing", "running", "2026-12-31", "延", "extension"},
	{"12 submit the answer", func(s *server) string {
		id := s.inHand()
		s.draftAnswer(clerkA, id, provided)
		return id
	}, clerkA, "submit_answer", nil, "", "secrecy_reviewing", "running", "2026-12-21", "", ""},
	{"13 return", requestsIn[foi.SecrecyReviewing], secrecyA, "return", map[string]any{"reason": "理由不足"}, "", "processing", "running", "2026-12-21", "", ""},
	{"13 return by the officer", requestsIn[foi.OfficerReviewing], officerA, "return", map[string]any{"reason": "理由不足"}, "", "processing", "running", "2026-12-21", "", ""},
	{"13 return by the principal", requestsIn[foi.Signing], principalA, "return", map[string]any{"reason": "理由不足"}, "", "processing", "running", "2026-12-21", "", ""},
	{"14 deliver", (*server).answered, clerkA, "deliver", map[string]any{"way": "挂号信", "on": "2026-11-23"}, "", "answered", "stopped", "-", "送", ""},
	{"15 override", func(s *server) string {
		id := s.asked()
		s.mustAct(clerkA, id, "record_opinion", map[string]any{"party": "某餐饮公司", "opinion": "objects", "reason": "商业秘密", "on": "2026-11-23"})
		return id
	}, principalA, "override", map[string]any{"party": "某餐饮公司", "reason": "涉及学生食品安全"}, "", "processing", "running", "2026-12-21", "权", ""},
	{"17 void", requestsIn[foi.Submitted], clerkA, "invalidate", map[string]any{"reason": "测试数据"}, supervisor, "void", "not_started", "", "", ""},
	{"19 supplement", (*server).answered, clerkA, "supplement", map[string]any{"reason": "附件缺页"}, "", "supplementing", "stopped", "-", "", ""},
	{"19 complain", (*server).answered, supervisor, "complain", map[string]any{"complaint": "complaint", "on": "2026-11-23"}, "", "complained", "stopped", "-", "", ""},
	{"19 decide", requestsIn[foi.Complained], supervisor, "decide", map[string]any{"result": "upheld", "on": "2026-11-23"}, "", "answered", "stopped", "-", "", ""},
	{"20 hand over", func(s *server) string {
		id := s.inHand()
		s.draftAnswer(clerkA, id, map[string]any{"outcome": "4.1.2", "content": "招生计划", "reason": "由教育局制作", "other_body": "区教育局", "other_contact": "021-1"})
		hash := s.mustAct(clerkA, id, "submit_answer", nil).field("in_review", "hash").(string)
		s.signedOff(id, hash, "clear", "endorse", "sign")
		return id
	}, clerkA, "hand_over", map[string]any{"party": "区教育局", "agreed": true}, "", "answered", "stopped", "-", "", ""},
}

func TestTheTableOfTransitionsOverHTTP(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	for _, r := range transitions {
		id := r.build(s)
		before := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil)
		if r.with["hash"] == nil && r.do == "return" {
			r.with["hash"] = before.field("in_review", "hash")
		}
		a := s.mustAct(r.who, id, r.do, r.with)
		if r.ok != "" {
			if a.field("state") != before.field("state") || a.field("proposal", "do") != r.do {
				t.Errorf("%s: took effect before it was approved: %s", r.name, a.body)
			}
			s.mustAct(r.ok, id, "approve", nil)
		}
		a = s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil)
		due, _ := a.field("due").(string)
		if a.field("state") != r.state || a.field("clock") != r.clock || r.due != "-" && due != r.due {
			t.Errorf("%s: %v, %v, due %v", r.name, a.field("state"), a.field("clock"), due)
		}
		letters, _ := a.field("letters").([]any)
		already, _ := before.field("letters").([]any)
		var got []string
		for _, l := range letters[len(already):] {
			got = append(got, l.(map[string]any)["number"].(string))
		}
		if r.letter == "" && len(got) > 0 || r.letter != "" && (len(got) != 1 || got[0][len(got[0])-len("-"+r.letter):] != "-"+r.letter) {
			t.Errorf("%s: letters %v, want one with -%s", r.name, got, r.letter)
		}
		ledger, _ := a.field("ledger").([]any)
		if r.ledger != "" && (len(ledger) == 0 || ledger[len(ledger)-1].(map[string]any)["kind"] != r.ledger) {
			t.Errorf("%s: ledger %v", r.name, ledger)
		}
	}
}

// What is declined goes nowhere; a draft that came back is there again to be
// changed, and what was looked at stays.
func TestWhatIsDeclinedOrReturned(t *testing.T) {
	s := serveRequests(t)
	id := s.inHand()
	s.mustAct(clerkA, id, "extend", map[string]any{"days": 10, "reason": "档案在外"})
	if a := s.stepAs(officerA, id, "decline", nil); a.field("data", "reason") == nil {
		t.Errorf("without a reason: %d %s", a.status, a.body)
	}
	a := s.mustAct(officerA, id, "decline", map[string]any{"reason": "可以按期答复"})
	if a.field("due") != "2026-12-21" || a.field("proposal") != nil {
		t.Errorf("declined: %s", a.body)
	}
	s.draftAnswer(clerkA, id, provided)
	hash := s.mustAct(clerkA, id, "submit_answer", nil).field("in_review", "hash").(string)
	if a := s.do(clerkA, http.MethodPut, "/api/app/requests/"+id+"/draft", provided); a.status != http.StatusForbidden {
		t.Errorf("changed under review: %d %s", a.status, a.body)
	}
	a = s.mustAct(secrecyA, id, "return", map[string]any{"hash": hash, "reason": "请补充理由"})
	if a = s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil); a.field("draft", "obtain") != provided["obtain"] || a.field("in_review", "hash") != hash {
		t.Errorf("returned: %s", a.body)
	}
	// two people at once: the second is told
	first := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil).field("draft", "updated")
	s.draftAnswer(clerkA, id, filledIn(provided, map[string]any{"reason": "补充"}))
	stale := filledIn(provided, map[string]any{"updated": first})
	if a := s.do(clerkA, http.MethodPut, "/api/app/requests/"+id+"/draft", stale); a.status != http.StatusConflict {
		t.Errorf("a stale save: %d %s", a.status, a.body)
	}
}

// The page offers what the procedure allows this person, and a preview stores nothing.
func TestTheDeskOffersWhatCanBeDone(t *testing.T) {
	s := serveRequests(t)
	id, hash := s.underReview()
	offers := func(who string) (list []string) {
		for _, c := range s.do(who, http.MethodGet, "/api/app/requests/"+id, nil).field("choices").([]any) {
			list = append(list, c.(map[string]any)["do"].(string))
		}
		return list
	}
	for who, want := range map[string][]string{secrecyA: {"return", "clear"}, officerA: nil, principalA: nil, clerkA: {"extend"}} {
		if got := offers(who); !slices.Equal(got, want) {
			t.Errorf("%s is offered %v, want %v", who, got, want)
		}
	}
	s.signedOff(id, hash, "clear", "endorse")
	before, row := s.steps(id), s.lastRow()
	a := s.do(principalA, http.MethodPost, "/api/app/requests/"+id+"/preview", map[string]any{"do": "sign", "hash": hash})
	html, _ := a.field("html").(string)
	if a.status != http.StatusOK || a.field("kind") != "answer_disclosed" || !(answer{body: html}).has("张三丰", "签发时编号", "领取复印件") {
		t.Errorf("the preview: %d %s", a.status, a.body)
	}
	if s.steps(id) != before || s.lastRow() != row {
		t.Error("looking changed something")
	}
	if serial := s.value("SELECT count(*) FROM foi_letters WHERE kind LIKE 'answer%'"); serial != "0" {
		t.Errorf("%s letters were written", serial)
	}
}

// What cannot be stored is refused at its field, in words.
func TestTextsThatAreTooLong(t *testing.T) {
	s := serveRequests(t)
	id := s.inHand()
	for field, with := range map[string]map[string]any{"reason": {"days": 3, "reason": strings.Repeat("长", 2001)}, "items": {"items": strings.Repeat("长", 2001)},
		"party": {"party": strings.Repeat("长", 201)}, "email": {"party": "某公司", "items": "x", "email": "not an address"}} {
		if a := s.stepAs(clerkA, id, "ask_third_party", with); a.status != http.StatusBadRequest || !(answer{body: fmt.Sprint(a.field("data", field))}).has("不") {
			t.Errorf("%s: %d %s", field, a.status, a.body)
		}
	}
	for field, draft := range map[string]map[string]any{"reason": {"reason": strings.Repeat("长", 5001)}, "outcome": {"outcome": "9.9"}, "withheld": {"withheld": []string{"x"}},
		"supplement": {"supplement": strings.Repeat("长", 5001)}, "files": {"files": []string{"nothing"}}} {
		if a := s.do(clerkA, http.MethodPut, "/api/app/requests/"+id+"/draft", draft); a.status != http.StatusBadRequest || a.field("data", field) == nil {
			t.Errorf("%s: %d %s", field, a.status, a.body)
		}
	}
	if n, err := s.app.CountRecords("foi_replies"); err != nil || n != 0 {
		t.Errorf("%d drafts were stored (%v)", n, err)
	}
}
