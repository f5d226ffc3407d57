package pb_hooks_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// triesSettings are requests that only show what would be.
var triesSettings = regexp.MustCompile(`^POST /api/app/(calendar\?dry=1|letter-templates/\w+/preview)$`)

// yearFile is a notice in the shape of the public data set: "2027-01-01 元旦" is a
// day off, "2027-01-10 +元旦" one that is worked.
func yearFile(year int, days ...string) []byte {
	type day struct {
		Name     string `json:"name"`
		Date     string `json:"date"`
		IsOffDay bool   `json:"isOffDay"`
	}
	list := make([]day, len(days))
	for i, d := range days {
		date, name, _ := strings.Cut(d, " ")
		name, worked := strings.CutPrefix(name, "+")
		list[i] = day{name, date, !worked}
	}
	raw, err := json.Marshal(map[string]any{"year": year, "papers": []string{"https://www.gov.cn/notice"}, "days": list})
	if err != nil {
		panic(err)
	}
	return raw
}

// sendFile sends a form with one file as somebody.
func (s *server) sendFile(as, path, name string, data []byte, fields map[string]string) answer {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(data)
	}
	for field, value := range fields {
		if err == nil {
			err = w.WriteField(field, value)
		}
	}
	if err != nil || w.Close() != nil {
		s.t.Fatal(err)
	}
	return s.send(as, http.MethodPost, path, w.FormDataContentType(), &b)
}

func (s *server) importYear(as string, file []byte) answer {
	s.t.Helper()
	return s.sendFile(as, "/api/app/calendar", "2027.json", file, nil)
}

// acrossTheYear is a request that was received on 10 December 2026: it is due in a
// year whose notice nobody has loaded.
func (s *server) acrossTheYear() (id string) {
	s.t.Helper()
	s.wait(17 * 24 * time.Hour)
	id, _, _ = s.filed()
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": "2026-12-10"})
	return id
}

func (s *server) dueOf(id string) string {
	s.t.Helper()
	r, err := s.app.FindRecordById("foi_requests", id)
	if err != nil {
		s.t.Fatal(err)
	}
	return fmt.Sprintf("%s %v", r.GetString("due"), r.GetBool("provisional"))
}

func (s *server) rowsOf(collection, where string) (n int) {
	s.t.Helper()
	if err := s.app.DB().NewQuery("SELECT count(*) FROM " + collection + " WHERE " + where).Row(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

var newYear2027 = yearFile(2027, "2027-01-01 元旦", "2027-01-02 元旦", "2027-01-03 元旦")

func TestCalendarMovesWhatIsDueInItsYear(t *testing.T) {
	s := serveRequests(t)
	id := s.acrossTheYear()
	stays, _, _ := s.filed() // submitted only: no period runs
	if got := s.dueOf(id); got != "2027-01-07 true" {
		t.Fatalf("before: %s", got)
	}
	trial := s.sendFile(supervisor, "/api/app/calendar?dry=1", "2027.json", newYear2027, nil)
	if trial.status != http.StatusOK || !trial.has(`"stored":false`, `"moved":[{"id":"`+id, `"was":"2027-01-07","due":"2027-01-08","provisional":false`, `"off_days":3`,
		`{"date":"2027-01-01","was":"工作日","is":"元旦"}`) {
		t.Fatalf("trial: %d %s", trial.status, trial.body)
	}
	if s.dueOf(id) != "2027-01-07 true" || s.rowsOf("calendar_years", "1") != 0 || s.rowsOf("foi_steps", "action = 'recount'") != 0 {
		t.Fatal("the trial changed something")
	}

	if a := s.importYear(supervisor, newYear2027); a.status != http.StatusOK || !a.has(`"stored":true`, `"due":"2027-01-08"`) {
		t.Fatalf("import: %d %s", a.status, a.body)
	}
	if got := s.dueOf(id); got != "2027-01-08 false" {
		t.Errorf("after: %s", got)
	}
	desk := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil)
	if !desk.has(`"kind":"recount"`, "2027-01-08", "节假日安排有调整，期限由 2027-01-07 重新计算为 2027-01-08") {
		t.Errorf("the ledger does not tell: %s", desk.body)
	}
	if n := s.rowsOf("foi_mails", "request = '"+id+"' AND `key` LIKE 'recount/%' AND state = 'waiting'"); n != 1 {
		t.Errorf("%d mails wait for the applicant", n)
	}
	if n := s.rowsOf("notifications", "title LIKE '节假日安排有调整，答复期限由 2027-01-07 改为 2027-01-08%' AND staff = '"+s.person(clerkA)+"'"); n != 1 {
		t.Errorf("the clerk was told %d times", n)
	}
	if s.rowsOf("audit_log", "action = 'import_calendar' AND actor_name = '"+supervisor+"'") != 1 || s.rowsOf("audit_log", "action = 'foi_recount' AND actor_name = '系统'") != 1 {
		t.Error("the audit does not tell who did what")
	}
	if n := s.rowsOf("foi_steps", "action = 'recount' AND request = '"+stays+"'"); n != 0 {
		t.Error("what has no period was recounted")
	}

	again := s.importYear(bureauAdmin, newYear2027) // the same once more
	if again.status != http.StatusOK || !again.has(`"replaces":true`, `"moved":[]`) || s.rowsOf("foi_steps", "action = 'recount'") != 1 {
		t.Errorf("again: %d %s", again.status, again.body)
	}
	other := s.importYear(bureauAdmin, yearFile(2027, "2027-01-01 元旦", "2027-01-02 元旦", "2027-01-03 元旦", "2027-01-04 元旦", "2027-01-10 +元旦"))
	if other.status != http.StatusOK || s.rowsOf("calendar_years", "1") != 1 {
		t.Errorf("replace: %d %s", other.status, other.body)
	}
	if got := s.dueOf(id); got != "2027-01-10 false" { // one day off more, and a Sunday worked
		t.Errorf("replaced: %s", got)
	}
}

func TestCalendarOnlySettlesWhatDoesNotMove(t *testing.T) {
	s := serveRequests(t)
	id := s.acrossTheYear()
	a := s.importYear(supervisor, yearFile(2027, "2027-05-01 劳动节"))
	if a.status != http.StatusOK || !a.has(`"moved":[]`, `"settled":1`, `"open":1`) {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if got := s.dueOf(id); got != "2027-01-07 false" || s.rowsOf("foi_steps", "action = 'recount'") != 0 {
		t.Errorf("after: %s", got)
	}
}

func TestCalendarRefusesABadFile(t *testing.T) {
	s := serve(t)
	for _, tt := range []struct {
		name string
		file []byte
		want string
	}{
		{"no JSON", []byte("年,月,日"), "不是规定格式的 JSON 文件"},
		{"a year not announced", yearFile(2027), "没有列出任何日期"},
		{"a day of another year", yearFile(2027, "2026-05-01 劳动节"), "不属于这一年"},
		{"a Monday worked in place", yearFile(2027, "2027-01-04 +元旦"), "本来就是工作日"},
		{"too large", bytes.Repeat([]byte(" "), 1<<20+1), "超过 1 MB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := s.importYear(supervisor, tt.file)
			if message, _ := a.field("data", "file", "message").(string); a.status != http.StatusBadRequest || !strings.Contains(message, tt.want) {
				t.Errorf("%d %s", a.status, a.body)
			}
		})
	}
	if a := s.do(supervisor, http.MethodPost, "/api/app/calendar", map[string]any{}); a.status != http.StatusBadRequest || !a.has("请选择节假日安排文件") {
		t.Errorf("without a file: %d %s", a.status, a.body)
	}
	if s.rowsOf("calendar_years", "1") != 0 || s.rowsOf("audit_log", "action = 'import_calendar'") != 0 {
		t.Error("something was stored")
	}
}

func TestCalendarIsImportedByTheBureau(t *testing.T) {
	s := serve(t)
	for _, who := range viewers {
		want := http.StatusForbidden
		switch who {
		case "":
			want = http.StatusUnauthorized
		case supervisor, bureauAdmin:
			want = http.StatusOK
		}
		if a := s.importYear(who, newYear2027); a.status != want {
			t.Errorf("%q: %d %s", who, a.status, a.body)
		}
		if a := s.sendFile(who, "/api/app/calendar?dry=1", "x.json", newYear2027, nil); a.status != want {
			t.Errorf("%q tries: %d", who, a.status)
		}
	}
	if a := s.do(root, http.MethodPost, recordAPI+"calendar_years/records", map[string]any{"year": 2028}); a.status != http.StatusForbidden {
		t.Errorf("past the import: %d", a.status)
	}
}

func TestCalendarInForceIsUsedForReviewsToo(t *testing.T) {
	s := serve(t)
	// the Tuesday after the Monday of the tests becomes a holiday
	if a := s.importYear(supervisor, yearFile(2026, "2026-11-24 临时放假")); a.status != http.StatusOK || !a.has(`"replaces":true`) {
		t.Fatalf("%d %s", a.status, a.body)
	}
	id := s.submitted("校园开放日安排", "A0308")
	r, err := s.app.FindRecordById("articles", id)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.GetString("stage_due"); got != "2026-11-26" {
		t.Errorf("two working days after Monday 23 November, without Tuesday: %s", got)
	}
}

func TestBureauIsRemindedOfTheCalendarOnceAWeek(t *testing.T) {
	s := serve(t)
	told := func() int { return s.rowsOf("notifications", "kind = 'calendar'") }
	s.run("calendar-reminder")
	s.run("calendar-reminder")
	if n := told(); n != 2 { // the supervisor and the administrator of the bureau
		t.Errorf("in the first week %d", n)
	}
	s.wait(7 * 24 * time.Hour)
	s.run("calendar-reminder")
	if n := told(); n != 4 {
		t.Errorf("in the second week %d", n)
	}
	if a := s.importYear(supervisor, newYear2027); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	s.wait(7 * 24 * time.Hour)
	s.run("calendar-reminder")
	if n := told(); n != 4 {
		t.Errorf("after the import %d", n)
	}
	if s.rowsOf("notifications", "kind = 'calendar' AND staff = '"+s.person(bureauAdmin)+"' AND title LIKE '请导入 2027 年节假日安排%'") != 2 {
		t.Error("the administrator was not told what to do")
	}
}

func TestCalendarImportIsAllOrNothing(t *testing.T) {
	t.Setenv(keyEnv, dataKey)
	broken := false
	s := serve(t, func(app core.App) {
		app.OnRecordCreate("foi_mails").BindFunc(func(e *core.RecordEvent) error {
			if broken && strings.HasPrefix(e.Record.GetString("key"), "recount/") {
				return errors.New("the power went out")
			}
			return e.Next()
		})
	})
	id := s.acrossTheYear()
	broken = true
	if a := s.importYear(supervisor, newYear2027); a.status < 400 {
		t.Fatalf("broken: %d %s", a.status, a.body)
	}
	if s.dueOf(id) != "2027-01-07 true" || s.rowsOf("calendar_years", "1")+s.rowsOf("foi_steps", "action = 'recount'")+s.rowsOf("audit_log", "action = 'import_calendar'") != 0 {
		t.Error("a part was stored")
	}
	if desk := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil); !desk.has(`"due":"2027-01-07"`, `"provisional":true`) {
		t.Errorf("somebody sees the year that was taken back: %s", desk.body)
	}
	broken = false
	if a := s.importYear(supervisor, newYear2027); a.status != http.StatusOK || s.dueOf(id) != "2027-01-08 false" {
		t.Errorf("after that: %d %s", a.status, a.body)
	}
}
