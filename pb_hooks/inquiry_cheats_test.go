package pb_hooks_test

import (
	"net/http"
	"testing"
)

// mustRefuse: the step is refused in these words and leaves the letter as it was.
func (s *server) mustRefuse(as, id, do string, with map[string]any, says string) {
	s.t.Helper()
	state, steps := s.record("inquiries", id).GetString("state"), s.rowsOf("inquiry_steps", "inquiry = '"+id+"'")
	if a := s.letterStep(as, id, do, with); a.status != http.StatusBadRequest || !a.has(says) {
		s.t.Errorf("%s: %d %s", do, a.status, a.body)
	}
	if now := s.record("inquiries", id).GetString("state"); now != state || s.rowsOf("inquiry_steps", "inquiry = '"+id+"'") != steps {
		s.t.Errorf("after %s was refused the letter is %s", do, now)
	}
}

// A letter that was withdrawn while it was answered is not answered.
func TestAWithdrawnLetterIsNotAnswered(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.wrote(goodLetter())
	s.mustLetter(clerkA, id, "accept", nil)
	s.writeAnswer(clerkA, id, "下学期开设。")
	hash := s.mustLetter(clerkA, id, "submit_answer", nil).field("in_review", "hash")
	if a := s.do("", http.MethodPost, "/api/app/letters/track/withdraw", map[string]any{"number": number, "code": code, "reason": "已经解决"}); a.status != http.StatusOK {
		t.Fatalf("withdraw: %d %s", a.status, a.body)
	}
	s.mustRefuse(principalA, id, "answer", map[string]any{"hash": hash}, "“已撤回”的来信不能")
	s.mustRefuse(clerkA, id, "submit_answer", nil, "“已撤回”的来信不能")
	if a := s.do(clerkA, http.MethodPut, "/api/app/inquiries/"+id+"/text", map[string]any{"kind": "answer", "answer": "再答一次"}); a.status < 400 {
		t.Errorf("an answer to it is drafted: %d %s", a.status, a.body)
	}
}

func TestALetterIsNotTransferredToAClosedSchool(t *testing.T) {
	s := serveRequests(t)
	school := s.record("schools", schoolB)
	school.Set("status", "merged")
	if err := s.app.Save(school); err != nil {
		t.Fatal(err)
	}
	id, _, _ := s.wrote(goodLetter())
	with := func(unit string) map[string]any {
		return map[string]any{"unit": unit, "reason": "反映的是该校的事项"}
	}
	s.mustRefuse(clerkA, id, "transfer", with(school.GetString("code")), "已经撤并，不能转给它")
	s.mustRefuse(clerkA, id, "transfer", with("nowhere"), "没有这所学校")
	s.mustRefuse(clerkA, id, "transfer", with("9999990001"), "就由该单位办理")
	s.mustRefuse(clerkA, id, "transfer", map[string]any{"unit": "bureau"}, "请写明为什么")
}

func TestALetterIsNotMergedIntoItselfOrIntoAnythingElse(t *testing.T) {
	s := serveRequests(t)
	id, number, _ := s.wrote(goodLetter())
	_, question, _ := s.wrote(aQuestion())
	gone, refused, _ := s.wrote(goodLetter())
	s.mustLetter(clerkA, gone, "refuse", map[string]any{"ground": "unclear", "right": "请补充时间地点后再写"})
	for into, says := range map[string]string{"": "请填写并入哪一件", number: "没有这件来信", "LX2026-99999": "没有这件来信", question: "另一个渠道", refused: "不予受理”，不能并入"} {
		s.mustRefuse(clerkA, id, "merge", map[string]any{"into": into}, says)
	}
}

// Steps that are the writer's or the system's are nobody's at the desk.
func TestNobodyActsForTheWriter(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.wrote(goodLetter())
	for _, do := range []string{"submit", "hold", "withdraw", "rate", "revoke_consent", "escalate", "recount", "sing"} {
		for _, who := range []string{clerkA, principalA, supervisor} {
			if a := s.letterStep(who, id, do, map[string]any{"rating": 5, "reason": "x"}); a.status != http.StatusBadRequest {
				t.Errorf("%s as %s: %d %s", do, who, a.status, a.body)
			}
		}
	}
}
