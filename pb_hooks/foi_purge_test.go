package pb_hooks_test

import (
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

// storedFiles counts what is stored of a record.
func (s *server) storedFiles(collection, id string) int {
	s.t.Helper()
	r := s.record(collection, id)
	files, err := filepath.Glob(filepath.Join(s.app.DataDir(), "storage", r.BaseFilesPath(), "*.bin"))
	if err != nil {
		s.t.Fatal(err)
	}
	return len(files)
}

func (s *server) applicationOf(request string) string {
	s.t.Helper()
	r, err := s.app.FindFirstRecordByData("foi_applications", "request", request)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.Id
}

func TestWhoAppliedIsRemovedOnSchedule(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	id, number, code := s.filed()
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(now)})
	s.mustAct(clerkA, id, "assign", map[string]any{"party": "总务处"})
	s.mustAct(clerkA, id, "ask_third_party", map[string]any{"party": "示范餐饮公司", "items": "投标报价", "email": "third@example.cn"})
	s.mustAct(officerA, id, "approve", nil)
	s.mustAct(clerkA, id, "record_opinion", map[string]any{"party": "示范餐饮公司", "opinion": "agrees"})
	s.draftAnswer(clerkA, id, provided)
	hash := s.mustAct(clerkA, id, "submit_answer", nil).field("in_review", "hash").(string)
	s.mustAct(secrecyA, id, "clear", map[string]any{"hash": hash})
	s.mustAct(officerA, id, "endorse", map[string]any{"hash": hash})
	s.mustAct(principalA, id, "sign", map[string]any{"hash": hash})
	s.mustAct(clerkA, id, "deliver", map[string]any{"way": "邮寄"})
	s.run("mails")
	s.wait(20 * 24 * time.Hour) // archived
	if got := s.lastSteps(id, 1); got != "archive system" {
		t.Fatal(got)
	}
	other, _, _ := s.filed() // just begun
	application := s.applicationOf(id)
	if n := s.storedFiles("foi_applications", application); n != 1 {
		t.Fatalf("%d proofs", n)
	}
	s.wait(364 * 24 * time.Hour)
	s.run("foi-purge")
	if s.record("foi_requests", id).GetString("purged_at") != "" {
		t.Fatal("purged a day early")
	}
	s.wait(24 * time.Hour)
	s.run("foi-purge")
	s.run("foi-purge")
	a := s.record("foi_applications", application)
	for _, f := range []string{"name", "phone", "phone_hash", "email", "email_hash", "document", "document_hash", "person"} {
		if a.GetString(f) != "" {
			t.Errorf("%s is left", f)
		}
	}
	if a.GetString("last4") != "5678" || a.GetString("subject") == "" || len(a.GetStringSlice("proofs")) != 0 || s.storedFiles("foi_applications", application) != 0 {
		t.Errorf("the application: last4 %q, proofs %v, %d files stored", a.GetString("last4"), a.GetStringSlice("proofs"), s.storedFiles("foi_applications", application))
	}
	n := 0
	err := s.app.DB().NewQuery("SELECT (SELECT count(*) FROM foi_mails WHERE request = {:id} AND (recipient != '' OR content != ''))" +
		" + (SELECT count(*) FROM foi_inquiries WHERE request = {:id} AND email != '')").Bind(dbx.Params{"id": id}).Row(&n)
	if err != nil || n != 0 {
		t.Errorf("%d addresses are left (%v)", n, err)
	}
	if n, err := s.app.CountRecords("audit_log", dbx.HashExp{"action": "foi_purge", "record": id}); err != nil || n != 1 {
		t.Errorf("%d entries in the audit (%v)", n, err)
	}
	if s.record("foi_applications", s.applicationOf(other)).GetString("name") == "" {
		t.Error("an open request was purged")
	}
	desk := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil)
	if !desk.has("个人信息已按期清除", "尾号 5678", `"purged":true`, `"may_open":false`, "1号-答") {
		t.Errorf("the case: %s", desk.body)
	}
	if a := s.do("", http.MethodPost, "/api/app/track", map[string]any{"number": number, "code": code}); a.status != http.StatusOK || a.field("state") != "archived" || a.has("张") {
		t.Errorf("the applicant's view: %d %s", a.status, a.body)
	}
	if a := s.do(clerkA, http.MethodPost, "/api/app/requests/"+id+"/identity", map[string]any{"reason": "核对身份"}); a.status != http.StatusBadRequest {
		t.Errorf("who applied: %d %s", a.status, a.body)
	}
	letter := desk.field("letters").([]any)[0].(map[string]any)["id"].(string)
	if a := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id+"/letters/"+letter+"?format=docx", nil); a.status != http.StatusOK {
		t.Errorf("the letters stay: %d %s", a.status, a.body)
	}
}

func TestNothingIsPurgedWhileAComplaintIsOpen(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	id := s.delivered()
	s.wait(20 * 24 * time.Hour)
	s.mustAct(clerkA, id, "complain", map[string]any{"complaint": "complaint"})
	s.wait(400 * 24 * time.Hour)
	s.run("foi-purge")
	if s.record("foi_requests", id).GetString("purged_at") != "" {
		t.Fatal("purged while the complaint is open")
	}
	s.mustAct(supervisor, id, "decide", map[string]any{"result": "upheld"})
	s.run("foi-purge")
	if s.record("foi_requests", id).GetString("purged_at") != "" {
		t.Fatal("purged on the day of the decision")
	}
	district := s.record("districts", "district0000000")
	district.Set("foi_purge_days", 30)
	if err := s.app.Save(district); err != nil {
		t.Fatal(err)
	}
	s.wait(31 * 24 * time.Hour)
	s.run("foi-purge")
	if s.record("foi_requests", id).GetString("purged_at") == "" {
		t.Error("not purged after the days that the district set")
	}
}

func TestAWithdrawnRequestIsPurgedAfterItsEnd(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.filed()
	if a := s.do("", http.MethodPost, "/api/app/track/withdraw", map[string]any{"number": number, "code": code}); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	s.wait(366 * 24 * time.Hour)
	s.run("foi-purge")
	if s.record("foi_requests", id).GetString("purged_at") == "" {
		t.Error("not purged")
	}
}
