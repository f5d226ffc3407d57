package pb_hooks_test

import (
	"net/http"
	"testing"

	"github.com/pocketbase/dbx"
)

func TestAVisitorFilesAnApplication(t *testing.T) {
	s := serveRequests(t)
	application := goodApplication()
	a := s.fileAs("", doorA, application, s.proof())
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	number, code := a.field("number").(string), a.field("code").(string)
	if number != "SQ2026-00001" || len(code) != 8 || a.field("confirm_by") != "2026-11-24" || a.field("id") != nil {
		t.Errorf("the receipt: %s", a.body)
	}
	// sent again, because the answer was lost: the same receipt, and one case
	if again := s.fileAs("", doorA, application, s.proof()); again.field("number") != number || again.field("code") != code {
		t.Errorf("sent again: %s", again.body)
	}
	if n, err := s.app.CountRecords("foi_requests"); err != nil || n != 1 {
		t.Errorf("%d requests (%v)", n, err)
	}
	// who reads the database finds nobody
	for _, table := range []string{"foi_requests", "foi_applications", "foi_steps", "foi_mails", "notifications", "audit_log"} {
		for _, secret := range []string{"张三丰", "13800138000", "zhang@example.cn", "E12345678", "晨光路 8 号", code} {
			if s.dump(table, secret) {
				t.Errorf("%s tells %q", table, secret)
			}
		}
	}
}

// dump reports whether any row of a table contains a text.
func (s *server) dump(table, text string) bool {
	s.t.Helper()
	var columns []struct {
		Name string `db:"name"`
	}
	if err := s.app.DB().NewQuery("PRAGMA table_info(" + table + ")").All(&columns); err != nil || len(columns) == 0 {
		s.t.Fatalf("%s: %v", table, err)
	}
	n := 0
	for _, c := range columns {
		found := 0
		err := s.app.DB().NewQuery("SELECT count(*) FROM " + table + " WHERE instr(CAST([[" + c.Name + "]] AS TEXT), {:text}) > 0").
			Bind(dbx.Params{"text": text}).Row(&found)
		if err != nil {
			s.t.Fatal(err)
		}
		n += found
	}
	return n > 0
}

func TestARequestIsAnsweredWithEverySignature(t *testing.T) {
	s := serveRequests(t)
	id := s.answered()
	a := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil)
	if a.field("state") != "answered" || a.field("ending") != "answered" || a.field("clock") != "stopped" || a.field("outcome") != "1.1" {
		t.Errorf("the case: %s", a.body)
	}
	if !a.has("本教晨光小学信〔2026〕1号-收", "本教晨光小学信〔2026〕1号-转", "本教晨光小学信〔2026〕1号-答") {
		t.Errorf("the letters: %s", a.body)
	}
}
