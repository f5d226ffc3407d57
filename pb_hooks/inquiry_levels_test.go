package pb_hooks_test

import (
	"net/http"
	"testing"
	"time"
)

func TestTheBureauSetsServiceLevels(t *testing.T) {
	s := serveRequests(t)
	path := recordAPI + "inquiry_levels/records"
	good := map[string]any{"channel": "consultation", "valid_from": "2026-11-24", "accept": 1, "reply": 3, "extend": 2}
	for field, change := range map[string]map[string]any{"valid_from": {"valid_from": "2026-11-23"}, "reply": {"reply": 0}, "accept": {"accept": 9},
		"channel": {"channel": "opinions"}, "notice": {"closed": true}} {
		if a := s.do(supervisor, http.MethodPost, path, filledIn(good, change)); a.status != http.StatusBadRequest || !a.has(`"`+field+`"`) {
			t.Errorf("%s: %d %s", field, a.status, a.body)
		}
	}
	for _, who := range []string{clerkA, principalA, bureauAdmin, ""} {
		if a := s.do(who, http.MethodPost, path, good); a.status < 400 {
			t.Errorf("%q sets it: %d", who, a.status)
		}
	}
	if n := s.rowsOf("inquiry_levels", "1"); n != 0 {
		t.Fatalf("%d stored", n)
	}
	before, _, _ := s.wrote(aQuestion())
	if a := s.do(supervisor, http.MethodPost, path, good); a.status != http.StatusOK || a.field("by_name") == "" {
		t.Fatalf("set: %d %s", a.status, a.body)
	}
	closed := map[string]any{"channel": "mailbox", "valid_from": "2026-11-24", "closed": true, "notice": "系统维护，请打电话到学校办公室。"}
	if a := s.do(supervisor, http.MethodPost, path, closed); a.status != http.StatusOK {
		t.Fatalf("close: %d %s", a.status, a.body)
	}
	s.wait(24 * time.Hour)
	after, _, _ := s.wrote(aQuestion())
	for id, due := range map[string]string{before: "2026-11-30", after: "2026-11-27"} {
		if got := s.record("inquiries", id).GetString("due"); got != due {
			t.Errorf("due %s, want %s", got, due)
		}
	}
	if a := s.writeTo(lettersA, goodLetter()); a.status != http.StatusForbidden || !a.has("请打电话到学校办公室") {
		t.Errorf("a closed channel: %d %s", a.status, a.body)
	}
	set := s.do(supervisor, http.MethodGet, path, nil)
	id := set.field("items").([]any)[0].(map[string]any)["id"].(string)
	for _, who := range []string{supervisor, root} {
		for _, a := range []answer{s.do(who, http.MethodPatch, path+"/"+id, map[string]any{"reply": 9}), s.do(who, http.MethodDelete, path+"/"+id, nil)} {
			if a.status < 400 {
				t.Errorf("%q changes it: %d", who, a.status)
			}
		}
	}
}
