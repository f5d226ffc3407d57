package pb_hooks_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

// lastLetter is the newest letter of a kind of a case, as it reads.
func (s *server) lastLetter(id, kind string) answer {
	s.t.Helper()
	list, err := s.app.FindRecordsByFilter("foi_letters", "request = {:id} && kind = {:kind}", "-@rowid", 1, 0, dbx.Params{"id": id, "kind": kind})
	if err != nil || len(list) == 0 {
		s.t.Fatalf("no letter %s: %v", kind, err)
	}
	return s.do(clerkA, http.MethodGet, "/api/app/requests/"+id+"/letters/"+list[0].Id+"?format=html", nil)
}

func TestLettersFitTheirSituation(t *testing.T) {
	s := serveRequests(t)
	id := s.askedToCorrect()
	s.correct(id)
	if a := s.lastLetter(id, "receipt"); !a.has("补正后的申请", "重新计算", "2025 学年食堂招标结果") {
		t.Errorf("the receipt of a correction: %s", a.body)
	}
	// a supplement says what every answer says
	id = s.postedAnswer()
	s.mustAct(clerkA, id, "supplement", map[string]any{"reason": "附件缺页"})
	s.draftAnswer(clerkA, id, map[string]any{"outcome": "3.5", "content": "食堂排班表", "reason": "属于后勤管理", "supplement": "原答复漏了排班表。"})
	hash := s.mustAct(clerkA, id, "submit_answer", nil).field("in_review", "hash").(string)
	s.signedOff(id, hash, "clear", "endorse", "sign")
	if a := s.lastLetter(id, "supplement"); !a.has("原答复漏了排班表。", "第十六条第一款", "内部事务信息，不予公开", "理由：属于后勤管理", "申诉") {
		t.Errorf("the supplement: %s", a.body)
	}
	// who applied late and was not heard did give a reason
	id = s.askedToCorrect()
	s.wait(20 * 24 * time.Hour)
	s.mustAct(officerA, id, "approve", nil)
	if a := s.lastLetter(id, "abandoned"); !a.has("没有正当理由，逾期未补正") || a.has("没有说明") {
		t.Errorf("the abandonment: %s", a.body)
	}
	// the order that the system writes demands something
	id = s.inHand()
	s.wait(40 * 24 * time.Hour)
	if a := s.lastLetter(id, "supervision"); !a.has("督办要求：请立即办理") {
		t.Errorf("the order: %s", a.body)
	}
}

// A complaint that was right opens a case again that was given up, and whoever has
// to act on its result is told.
func TestACorrectedComplaintLeadsOn(t *testing.T) {
	s := serveRequests(t)
	id := s.askedToCorrect()
	s.wait(20 * 24 * time.Hour)
	s.mustAct(officerA, id, "approve", nil)
	s.mustAct(supervisor, id, "complain", map[string]any{"complaint": "complaint"})
	s.mustAct(supervisor, id, "decide", map[string]any{"result": "corrected"})
	for _, who := range []string{clerkA, officerA} {
		if n := s.toldOf(who, "向教育局申诉的处理结果：结果纠正"); n != 1 {
			t.Errorf("%s is told %d times", who, n)
		}
	}
	s.mustAct(clerkA, id, "supplement", map[string]any{"reason": "申诉结果为纠正"})
	s.draftAnswer(clerkA, id, provided)
	hash := s.mustAct(clerkA, id, "submit_answer", nil).field("in_review", "hash").(string)
	s.signedOff(id, hash, "clear", "endorse", "sign")
	if a := s.lastLetter(id, "answer_disclosed"); !a.has("领取复印件", "第三十六条第（二）项") {
		t.Errorf("the answer: %s", a.body)
	}
}

// Whoever gives a case to a department gives up to answer on the spot: what was
// written comes back.
func TestADraftOnTheSpotComesBack(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.filed()
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(*s.now.Load())})
	s.draftAnswer(clerkA, id, map[string]any{"outcome": "4.1.1", "content": "校车班次", "reason": "检索了校车档案"})
	s.mustAct(clerkA, id, "answer_at_once", nil)
	a := s.mustAct(clerkA, id, "assign", map[string]any{"party": "总务处"})
	if a.field("draft", "reason") != "检索了校车档案" || a.field("proposal") != nil {
		t.Errorf("%s", a.body)
	}
}

// A supplement that does not come presses, and the applicant need not wait for it
// to complain; what the officer does not agree to comes back to the clerk.
func TestNobodyWaitsForever(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.registered()
	s.mustAct(clerkA, id, "assign", map[string]any{"party": "总务处"})
	s.draftAnswer(clerkA, id, provided)
	hash := s.mustAct(clerkA, id, "submit_answer", nil).field("in_review", "hash").(string)
	s.signedOff(id, hash, "clear", "endorse", "sign")
	if a := s.follows(number, code, "supplement", map[string]any{"reason": "附件缺页"}); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	s.wait(20 * 24 * time.Hour)
	for _, who := range []string{clerkA, officerA, principalA} {
		if n := s.toldOf(who, "补充答复已过"); n != 1 {
			t.Errorf("%s is told %d times", who, n)
		}
	}
	if a := s.follows(number, code, "complain", map[string]any{"reason": "一直没有补充"}); a.status != http.StatusOK || a.field("state") != "complained" {
		t.Errorf("the complaint: %d %s", a.status, a.body)
	}
	if a := s.mustAct(supervisor, id, "decide", map[string]any{"result": "corrected"}); a.field("state") != "supplementing" {
		t.Errorf("the complaint is decided: %s", a.body)
	}
	id = s.askedToCorrect()
	s.wait(20 * 24 * time.Hour)
	s.mustAct(officerA, id, "decline", map[string]any{"reason": "申请人住院"})
	if n := s.toldOf(clerkA, "没有同意“视为放弃”"); n != 1 {
		t.Errorf("the clerk is told %d times", n)
	}
	if a := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil); !a.has("还没有视为放弃") {
		t.Errorf("what is next: %v", a.field("next"))
	}
	id = s.inHand()
	s.mustAct(clerkA, id, "extend", map[string]any{"days": 5, "reason": "需要检索历年档案"})
	s.mustAct(officerA, id, "decline", map[string]any{"reason": "不必延期"})
	if n := s.toldOf(clerkA, "没有同意“延期答复”"); n != 1 {
		t.Errorf("of the extension the clerk is told %d times", n)
	}
}
