package pb_hooks_test

import (
	"net/http"
	"strings"
	"testing"
)

func reportOf(category string) map[string]any {
	return filledIn(goodLetter(), map[string]any{"category": category, "may_publish": false})
}

// A clerk does not get rid of an urgent letter by handling it with an ordinary one.
func TestAnUrgentLetterIsNotBuriedInAnOrdinaryOne(t *testing.T) {
	s := serveRequests(t)
	_, ordinary, _ := s.wrote(goodLetter())
	food, _, _ := s.wrote(reportOf("food"))
	harm, _, _ := s.wrote(reportOf("harm"))
	s.mustRefuse(clerkA, food, "merge", map[string]any{"into": ordinary}, "只能并入另一件紧急来信")
	s.mustRefuse(clerkA, harm, "merge", map[string]any{"into": ordinary}, "只能并入另一件紧急来信")
	_, same, _ := s.wrote(reportOf("food"))
	s.mustLetter(clerkA, food, "merge", map[string]any{"into": same})
	if n := s.rowsOf("notifications", "link = '/inquiries/"+food+"' AND title LIKE '%合并%'"); n < 2 {
		t.Errorf("%d people know that an urgent letter is handled with another", n)
	}
}

// A confidential letter is opened to more people by the principal or the bureau
// only.
func TestTheClerkDoesNotOpenAConfidentialLetter(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.wrote(reportOf("bullying"))
	s.mustRefuse(clerkA, id, "classify", map[string]any{"category": "food"}, "改为不保密的类别")
	s.mustLetter(clerkA, id, "classify", map[string]any{"category": "harm"})
	s.mustLetter(principalA, id, "classify", map[string]any{"category": "complaint"})
	if n := s.rowsOf("notifications", "link = '/inquiries/"+id+"' AND title LIKE '%紧急来信改为%'"); n == 0 {
		t.Error("the bureau is not told that an urgent letter is one no more")
	}
}

// What was told of a letter before it turned out to be confidential no longer says
// what it is called.
func TestNoticesForgetTheTitleOfALetterThatTurnsOutConfidential(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.wrote(aQuestion())
	s.mustLetter(clerkA, id, "accept", nil)
	s.writeAnswer(clerkA, id, "请带户口簿。")
	s.mustLetter(clerkA, id, "submit_answer", nil) // the officer is told
	where := "link = '/inquiries/" + id + "'"
	if n := s.rowsOf("notifications", where+" AND title LIKE '%转学%'"); n == 0 {
		t.Fatal("nobody was told")
	}
	hash := s.do(officerA, http.MethodGet, "/api/app/inquiries/"+id, nil).field("in_review", "hash")
	s.mustLetter(officerA, id, "return", map[string]any{"hash": hash, "reason": "先核对材料"})
	if a := s.letterStep(officerA, id, "classify", map[string]any{"category": "harm"}); a.status != http.StatusNoContent {
		t.Fatalf("classify: %d %s", a.status, a.body)
	}
	if n := s.rowsOf("notifications", where+" AND title LIKE '%转学%'"); n != 0 {
		t.Errorf("%d notices still tell the title", n)
	}
	cases := s.do(officerA, http.MethodGet, "/api/app/inquiries/overview/cases?figure=received", nil)
	if cases.field("total") != 1.0 || cases.has(id) {
		t.Errorf("the officer opens the figure: %s", cases.body)
	}
	if a := s.do(principalA, http.MethodGet, "/api/app/inquiries/overview/cases?figure=received", nil); !a.has(id) {
		t.Errorf("the principal opens the figure: %s", a.body)
	}
}

// The bureau knows of which school's principal a letter is, and no school gets it.
func TestALetterAboutThePrincipalStaysWithTheBureau(t *testing.T) {
	s := serveRequests(t)
	a := s.writeTo(lettersA, filledIn(reportOf("ethics"), map[string]any{"about_principal": true}))
	record, err := s.app.FindFirstRecordByData("inquiries", "number", a.field("number"))
	if err != nil || a.status != http.StatusOK {
		t.Fatalf("write: %d %s (%v)", a.status, a.body, err)
	}
	school := s.record("schools", schoolA)
	if strings.Contains(a.field("unit").(string), school.GetString("short_name")) {
		t.Errorf("the receipt says that the school has it: %s", a.body)
	}
	if desk := s.do(supervisor, http.MethodGet, "/api/app/inquiries/"+record.Id, nil); desk.field("written_to") != school.GetString("short_name") {
		t.Errorf("the bureau is not told of which school: %v", desk.field("written_to"))
	}
	for _, code := range []string{school.GetString("code"), s.record("schools", schoolB).GetString("code")} {
		s.mustRefuse(supervisor, record.Id, "transfer", map[string]any{"unit": code, "reason": "请学校核实"}, "由区教育局办理，不转给学校")
	}
}

// Whoever added a file to an answer does not review it.
func TestAFileIsPartOfTheAnswer(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.wrote(goodLetter())
	s.mustLetter(clerkA, id, "accept", nil)
	s.mustLetter(clerkA, id, "assign", map[string]any{"department": "校长室", "assignee": s.person(principalA)})
	file := s.uploadTo(principalA, "/api/app/inquiries/"+id+"/files", "安排.png", picture(t))
	if file.status != http.StatusOK {
		t.Fatalf("upload: %d %s", file.status, file.body)
	}
	text := s.do(clerkA, http.MethodPut, "/api/app/inquiries/"+id+"/text", map[string]any{"kind": "answer", "answer": "见附件。", "files": []any{file.field("id")}})
	if text.status != http.StatusOK {
		t.Fatalf("write: %d %s", text.status, text.body)
	}
	hash := s.mustLetter(clerkA, id, "submit_answer", nil).field("in_review", "hash")
	s.mustRefuse(principalA, id, "answer", map[string]any{"hash": hash}, "参与了答复的起草")
}

// Reading the notes on a confidential letter is entered.
func TestNotesOnAConfidentialLetterAreOpenedOnRecord(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.wrote(reportOf("harm"))
	if a := s.do(clerkA, http.MethodGet, "/api/app/inquiries/"+id+"/notes", nil); a.status != http.StatusOK {
		t.Fatalf("notes: %d %s", a.status, a.body)
	}
	if n := s.rowsOf("audit_log", "action = 'inquiry_opened' AND record = '"+id+"'"); n != 1 {
		t.Errorf("entered %d times", n)
	}
}

// The contact of a guardian that an anonymous student left can be opened.
func TestTheGuardianOfAnAnonymousStudentIsReached(t *testing.T) {
	s := serveRequests(t)
	for guardian, status := range map[string]int{"13800138000": http.StatusOK, "": http.StatusBadRequest} {
		id, _, _ := s.wrote(filledIn(reportOf("harm"), map[string]any{"anonymous": true, "name": nil, "contact": nil, "guardian": guardian, "capacity": "student"}))
		may := s.do(clerkA, http.MethodGet, "/api/app/inquiries/"+id, nil).field("may_open")
		a := s.do(clerkA, http.MethodPost, "/api/app/inquiries/"+id+"/writer", map[string]any{"reason": "联系监护人"})
		if a.status != status || may != (guardian != "") || guardian != "" && a.field("guardian") != guardian {
			t.Errorf("left %q: may open %v, %d %s", guardian, may, a.status, a.body)
		}
	}
}

// What a unit began to write does not go with a letter to another.
func TestADraftStaysWithTheUnitThatBeganIt(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.wrote(goodLetter())
	s.mustLetter(clerkA, id, "accept", nil)
	file := s.uploadTo(clerkA, "/api/app/inquiries/"+id+"/files", "名单.png", picture(t))
	if file.status != http.StatusOK {
		t.Fatalf("upload: %d %s", file.status, file.body)
	}
	s.writeAnswer(clerkA, id, "本校内部核对的初稿。")
	s.mustLetter(clerkA, id, "transfer", map[string]any{"unit": s.record("schools", schoolB).GetString("code"), "reason": "反映的是该校的事项"})
	desk := s.mustLetter(clerkB, id, "take_over", nil)
	if desk.has("初稿") || desk.has("名单") {
		t.Errorf("the other unit reads it: %s", desk.body)
	}
	if a := s.do(clerkB, http.MethodGet, "/api/app/inquiries/"+id+"/files/"+file.field("id").(string), nil); a.status != http.StatusNotFound {
		t.Errorf("the file: %d", a.status)
	}
}

// After the purge nobody can tell whether a text names the writer: it is published
// no more.
func TestAPurgedLetterIsNotPublished(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.wrote(aQuestion())
	s.answersLetter(id, officerA, "王小明您好，请带户口簿。")
	s.mustFollow(number, code, "rate", map[string]any{"rating": 5})
	text := map[string]any{"kind": "selection", "title": "转学要带什么", "question": "王小明问", "answer": "请带户口簿。"}
	if a := s.do(clerkA, http.MethodPut, "/api/app/inquiries/"+id+"/text", text); a.status != http.StatusOK {
		t.Fatalf("write: %d %s", a.status, a.body)
	}
	r := s.record("inquiries", id)
	r.Set("purged_at", s.now.Load().UTC())
	if err := s.app.Save(r); err != nil {
		t.Fatal(err)
	}
	s.mustRefuse(clerkA, id, "propose_publication", nil, "个人信息已经按期清除")
	a := s.do(clerkA, http.MethodPost, "/api/app/inquiries/"+id+"/question", map[string]any{"title": "转学要带什么？", "topic": "转学", "audience": "家长"})
	if a.status != http.StatusBadRequest || !a.has("个人信息已经按期清除") {
		t.Errorf("as a question: %d %s", a.status, a.body)
	}
}

// A name or an address that no mail could carry is refused while it can be corrected.
func TestAnEndlessNameIsRefused(t *testing.T) {
	s := serveRequests(t)
	for field, text := range map[string]string{"name": strings.Repeat("王", 51), "contact": strings.Repeat("a", 90) + "@example.cn", "guardian": strings.Repeat("a", 90) + "@example.cn"} {
		if a := s.writeTo(lettersA, filledIn(goodLetter(), map[string]any{field: text})); a.status != http.StatusBadRequest || a.field("data", field) == nil {
			t.Errorf("%s: %d %s", field, a.status, a.body)
		}
	}
	s.lettersOnFile(0, 0)
}
