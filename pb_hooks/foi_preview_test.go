package pb_hooks_test

import (
	"net/http"
	"testing"
)

// A letter is looked at before it goes out: by who proposes it, by who agrees, and
// at every station of the sign-off; nothing of that is stored.
func TestLettersAreSeenBeforeTheyGoOut(t *testing.T) {
	s := serveRequests(t)
	preview := func(as, request, do string, with map[string]any) answer {
		body := map[string]any{"do": do}
		for field, value := range with {
			body[field] = value
		}
		return s.do(as, http.MethodPost, "/api/app/requests/"+request+"/preview", body)
	}
	id, _, _ := s.filed()
	if a := preview(clerkA, id, "register", map[string]any{"confirmed": dayOf(now)}); a.field("kind") != "receipt" {
		t.Errorf("the receipt: %s", a.body)
	}
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(now)})
	items := map[string]any{"items": "请写明学年和供餐单位", "days": 10}
	if a := preview(clerkA, id, "ask_correction", items); a.field("kind") != "correction" || !a.has("请写明学年和供餐单位") {
		t.Errorf("the notice to correct, before it is proposed: %d %s", a.status, a.body)
	}
	if a := preview(clerkA, id, "ask_correction", nil); a.status != http.StatusBadRequest || !a.has("items") {
		t.Errorf("a notice without items: %d %s", a.status, a.body)
	}
	s.mustAct(clerkA, id, "ask_correction", items)
	if a := preview(officerA, id, "approve", nil); a.field("kind") != "correction" {
		t.Errorf("the notice to correct, before it is approved: %d %s", a.status, a.body)
	}
	s.mustAct(officerA, id, "decline", map[string]any{"reason": "内容已经明确"})
	if a := preview(clerkA, id, "decline_publication", nil); a.status != http.StatusBadRequest {
		t.Errorf("a step without a letter: %d %s", a.status, a.body)
	}

	s.draftAnswer(clerkA, id, map[string]any{"outcome": "4.1.1", "content": "食堂招标结果", "reason": "经检索档案室和办公系统，没有该信息"})
	if a := preview(clerkA, id, "answer_at_once", nil); a.field("kind") != "answer_not_held" || !a.has("经检索档案室") {
		t.Errorf("an answer at once: %d %s", a.status, a.body)
	}
	s.mustAct(clerkA, id, "answer_at_once", nil)
	if a := s.mustAct(officerA, id, "approve", nil); a.field("outcome") != "4.1.1" || !a.has("号-不存答") {
		t.Errorf("answered at once: %s", a.body)
	}

	id, _, _ = s.filed()
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(now)})
	s.mustAct(clerkA, id, "assign", map[string]any{"party": "总务处"})
	s.draftAnswer(clerkA, id, provided)
	if a := preview(clerkA, id, "submit_answer", nil); a.field("kind") != "answer_disclosed" || !a.has("校长办公室领取复印件") {
		t.Errorf("the answer, before it is submitted: %d %s", a.status, a.body)
	}
	hash := s.mustAct(clerkA, id, "submit_answer", nil).field("in_review", "hash").(string)
	for _, station := range []struct{ who, do string }{{secrecyA, "clear"}, {officerA, "endorse"}, {principalA, "sign"}} {
		if a := preview(station.who, id, station.do, map[string]any{"hash": hash}); a.field("kind") != "answer_disclosed" {
			t.Errorf("the answer before %s: %d %s", station.do, a.status, a.body)
		}
		s.mustAct(station.who, id, station.do, map[string]any{"hash": hash})
	}
	letters, err := s.app.CountRecords("foi_letters")
	if err != nil || letters != 5 { // two receipts, one assignment, two answers
		t.Errorf("%d letters are stored (%v)", letters, err)
	}
}
