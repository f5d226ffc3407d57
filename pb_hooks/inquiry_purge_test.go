package pb_hooks_test

import (
	"net/http"
	"testing"
	"time"
)

func TestWhoWroteIsRemovedOnSchedule(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.wrote(goodLetter())
	open, _, _ := s.wrote(goodLetter())
	s.mustLetter(clerkA, id, "accept", nil)
	s.writeAnswer(clerkA, id, "王小明家长您好")
	if a := s.do(clerkA, http.MethodPost, "/api/app/inquiries/"+id+"/notes", map[string]any{"text": "王小明的家长来过电话"}); a.status != http.StatusOK {
		t.Fatalf("note: %d %s", a.status, a.body)
	}
	s.mustFollow(number, code, "withdraw", nil)
	later := s.now.Load().Add(364 * 24 * time.Hour)
	s.now.Store(&later)
	s.run("foi-purge")
	if s.record("inquiries", id).GetString("purged_at") != "" {
		t.Error("purged a day early")
	}
	later = later.Add(24 * time.Hour)
	s.now.Store(&later)
	s.run("foi-purge")
	letter, err := s.app.FindFirstRecordByData("inquiry_letters", "inquiry", id)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{"name", "contact", "contact_hash", "guardian"} {
		if letter.GetString(f) != "" {
			t.Errorf("%s is left", f)
		}
	}
	if n := s.rowsOf("inquiry_notes", "inquiry = '"+id+"' AND text != ''") + s.rowsOf("inquiry_texts", "inquiry = '"+id+"'"); n != 0 {
		t.Errorf("%d notes and drafts are left", n)
	}
	if n := s.rowsOf("foi_mails", "inquiry = '"+id+"' AND (recipient != '' OR content != '')"); n != 0 {
		t.Errorf("%d mails tell the address", n)
	}
	if n := s.rowsOf("audit_log", "action = 'inquiry_purge' AND record = '"+id+"'"); n != 1 {
		t.Errorf("entered %d times", n)
	}
	if s.record("inquiries", open).GetString("purged_at") != "" {
		t.Error("an open letter was purged")
	}
	desk := s.do(clerkA, http.MethodGet, "/api/app/inquiries/"+id, nil)
	if !desk.has("王**家长", "希望下学期", `"purged":true`, `"may_open":false`) {
		t.Errorf("the letter: %s", desk.body)
	}
	if a := s.do(clerkA, http.MethodPost, "/api/app/inquiries/"+id+"/writer", map[string]any{"reason": "核对身份"}); a.status != http.StatusBadRequest {
		t.Errorf("who wrote: %d %s", a.status, a.body)
	}
}
