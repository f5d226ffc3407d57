package pb_hooks_test

import (
	"net/http"
	"slices"
	"testing"
)

func TestLettersAreSeenByThoseWhoWorkOnThem(t *testing.T) {
	s := serveRequests(t)
	ordinary, _, _ := s.wrote(aQuestion())
	bullying, _, _ := s.wrote(filledIn(goodLetter(), map[string]any{"category": "bullying", "anonymous": true, "name": nil, "contact": nil, "may_publish": false}))
	about := s.writeTo(lettersA, filledIn(goodLetter(), map[string]any{"category": "ethics", "about_principal": true, "may_publish": false}))
	if about.status != http.StatusOK {
		t.Fatalf("about the principal: %d %s", about.status, about.body)
	}
	record, err := s.app.FindFirstRecordByData("inquiries", "number", about.field("number"))
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		id       string
		see      []string
		takeStep []string
	}{
		"a question":          {ordinary, []string{clerkA, officerA, principalA, supervisor}, nil},
		"bullying":            {bullying, []string{clerkA, principalA, supervisor}, nil},
		"about the principal": {record.Id, []string{supervisor, bureauReviewer}, nil},
	} {
		for _, who := range viewers {
			path := "/api/app/inquiries/" + c.id
			seen := s.do(who, http.MethodGet, path, nil)
			if may := slices.Contains(c.see, who); (seen.status == http.StatusOK) != may {
				t.Errorf("%q opens %s: %d", who, what, seen.status)
			}
			if !slices.Contains(c.see, who) {
				for _, a := range []answer{s.do(who, http.MethodPut, path+"/text", map[string]any{"kind": "answer", "answer": "x"}), s.letterStep(who, c.id, "accept", nil)} {
					if a.status < 400 || a.has("转学") {
						t.Errorf("%q works on %s: %d %s", who, what, a.status, a.body)
					}
				}
			}
		}
	}
	r := s.record("inquiries", bullying)
	if r.GetString("title") != "" || !r.GetBool("confidential") || !r.GetBool("urgent") {
		t.Errorf("stands in clear: %v", r)
	}
	if n := s.rowsOf("audit_log", "action = 'inquiry_opened' AND record = '"+bullying+"'"); n != 3 {
		t.Errorf("opened by three people, entered %d times", n)
	}
	if n := s.rowsOf("notifications", "key LIKE 'inquiry/%' AND title LIKE '%建议增加%' AND link LIKE '%"+bullying+"%'"); n != 0 {
		t.Error("a notice tells what a confidential letter is called")
	}
}
