package pb_hooks_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"sync/atomic"

	"gongkai/pb_hooks"
)

// goodLetter is one to the principal's mailbox that nothing stands against. Each is
// written in other words: the same text a second time is held.
func goodLetter() map[string]any {
	n := lettersWritten.Add(1)
	return map[string]any{"channel": "mailbox", "category": "suggestion",
		"fields":   map[string]string{"title": "建议增加课后服务的科学课", "text": fmt.Sprintf("希望下学期的课后服务能有科学实验，%d 班的家长都这样想。", n)},
		"capacity": "parent", "name": "王小明", "contact": "wang@example.cn", "may_publish": true, "resend": fmt.Sprintf("letter-of-the-tests-%06d", n)}
}

var lettersWritten atomic.Int64

// aQuestion is one of 在线咨询.
func aQuestion() map[string]any {
	return filledIn(goodLetter(), map[string]any{"channel": "consultation", "category": "question",
		"fields": map[string]string{"title": "转学要带什么材料", "text": fmt.Sprintf("%d 年级的孩子从外区转来，需要带哪些材料？", lettersWritten.Add(1))}})
}

const (
	lettersA      = "/api/app/units/9999990001/letters"
	lettersBureau = "/api/app/units/bureau/letters"
)

// writeTo sends the form of a letter as a visitor who solved the proof of work, if
// the letter brings none.
func (s *server) writeTo(path string, letter map[string]any, papers ...paper) answer {
	s.t.Helper()
	if _, brought := letter["proof"]; !brought {
		pb_hooks.ForgetPaces(s.app)
		letter = filledIn(letter, map[string]any{"proof": s.solved()})
	}
	body, kind := encoded(s.t, "letter", letter, papers...)
	return s.send("", http.MethodPost, path, kind, bytes.NewReader(body))
}

// wrote is a letter of a visitor to school A: the record's id, number and code.
func (s *server) wrote(letter map[string]any) (id, number, code string) {
	s.t.Helper()
	a := s.writeTo(lettersA, letter)
	if a.status != http.StatusOK {
		s.t.Fatalf("write: %d %s", a.status, a.body)
	}
	number, code = a.field("number").(string), a.field("code").(string)
	r, err := s.app.FindFirstRecordByData("inquiries", "number", number)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.Id, number, code
}

// letterStep asks for a step of a letter.
func (s *server) letterStep(as, id, do string, with map[string]any) answer {
	s.t.Helper()
	body := map[string]any{"do": do}
	maps.Copy(body, with)
	return s.do(as, http.MethodPost, "/api/app/inquiries/"+id+"/steps", body)
}

// mustLetter takes a step that succeeds.
func (s *server) mustLetter(as, id, do string, with map[string]any) answer {
	s.t.Helper()
	a := s.letterStep(as, id, do, with)
	if a.status != http.StatusOK {
		s.t.Fatalf("%s as %s: %d %s", do, as, a.status, a.body)
	}
	return a
}

// writeAnswer saves the draft of an answer.
func (s *server) writeAnswer(as, id, text string) answer {
	s.t.Helper()
	body := map[string]any{"kind": "answer", "answer": text}
	if draft, ok := s.do(as, http.MethodGet, "/api/app/inquiries/"+id, nil).field("draft").(map[string]any); ok {
		body["updated"] = draft["updated"]
	}
	a := s.do(as, http.MethodPut, "/api/app/inquiries/"+id+"/text", body)
	if a.status != http.StatusOK {
		s.t.Fatalf("write an answer: %d %s", a.status, a.body)
	}
	return a
}

// answersLetter has a letter accepted, answered by the clerk and released by the
// reviewer.
func (s *server) answersLetter(id, reviewer, text string) {
	s.t.Helper()
	if a := s.do(clerkA, http.MethodGet, "/api/app/inquiries/"+id, nil); a.field("state") == "submitted" {
		s.mustLetter(clerkA, id, "accept", nil)
	}
	s.writeAnswer(clerkA, id, text)
	hash := s.mustLetter(clerkA, id, "submit_answer", nil).field("in_review", "hash")
	s.mustLetter(reviewer, id, "answer", map[string]any{"hash": hash})
}
