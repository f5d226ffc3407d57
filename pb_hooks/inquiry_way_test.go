package pb_hooks_test

import (
	"net/http"
	"testing"
)

func TestALetterIsAnswered(t *testing.T) {
	s := serveRequests(t)
	id, number, _ := s.wrote(goodLetter())
	if number != "LX2026-00001" {
		t.Errorf("number %s", number)
	}
	desk := s.do(clerkA, http.MethodGet, "/api/app/inquiries/"+id, nil)
	if desk.field("state") != "submitted" || desk.field("writer") != "王**家长" || desk.field("due") != "2026-11-30" || desk.field("title") != "建议增加课后服务的科学课" {
		t.Errorf("as it came: %s", desk.body)
	}
	if desk.has("王小明") || desk.has("wang@example.cn") {
		t.Errorf("shows the writer: %s", desk.body)
	}
	s.mustLetter(clerkA, id, "accept", nil)
	s.mustLetter(clerkA, id, "assign", map[string]any{"department": "教导处", "assignee": s.person(nobodyA)})
	s.writeAnswer(nobodyA, id, "下学期课后服务将开设科学实验课，九月公布课表。")
	hash := s.mustLetter(nobodyA, id, "submit_answer", nil).field("in_review", "hash")
	if a := s.letterStep(officerA, id, "answer", map[string]any{"hash": hash}); a.status != http.StatusBadRequest || !a.has("校长") {
		t.Errorf("the officer releases a letter to the principal: %d %s", a.status, a.body)
	}
	s.mustLetter(principalA, id, "return", map[string]any{"hash": hash, "reason": "请写明开设时间"})
	s.writeAnswer(clerkA, id, "下学期课后服务将开设科学实验课，2027 年 2 月公布课表。")
	hash = s.mustLetter(clerkA, id, "submit_answer", nil).field("in_review", "hash")
	a := s.mustLetter(principalA, id, "answer", map[string]any{"hash": hash})
	if a.field("state") != "answered" || len(a.field("answers").([]any)) != 1 {
		t.Errorf("answered: %s", a.body)
	}
	for _, who := range []string{clerkB, editorA} {
		if a := s.do(who, http.MethodGet, "/api/app/inquiries/"+id, nil); a.status != http.StatusNotFound {
			t.Errorf("%s sees it: %d", who, a.status)
		}
	}
	if a := s.do(supervisor, http.MethodGet, "/api/app/inquiries/"+id, nil); a.status != http.StatusOK || a.field("draft") != nil {
		t.Errorf("the bureau: %d %s", a.status, a.body)
	}
}
