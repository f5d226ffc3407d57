package pb_hooks_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/audit"
)

// noDeed are requests that change something and are nobody's deed, or are
// entered once for many: reading a message, a lock in memory, a draft that saves
// itself, broadcasting what is broadcast already, looking at a letter before it goes out;
// what whoever has the code or the link of a request or a letter does is the
// applicant's, the writer's or the third party's; whoever gives an opinion to a call is not known.
var noDeed = regexp.MustCompile(`^(POST /api/files/token|POST /api/realtime|POST /api/app/notifications/read|PATCH /api/collections/notifications/records/.*` +
	`|(POST|DELETE) /api/app/versions/\w+/lock|PATCH /api/collections/article_versions/records/.*|POST /api/app/broadcasts/\w+/send|POST /api/app/requests/\w+/preview|POST /api/app/(answered|feedback)|POST /api/app/articles/\w+/opinions|POST /api/app/(track|letters/track|opinion)(/\w+)?|POST /api/collections/\w+/(request|auth)-.*)$`)

func (s *server) lastRow() (number int) {
	s.t.Helper()
	if err := s.app.DB().NewQuery("SELECT coalesce(max(number), 0) FROM audit_log").Row(&number); err != nil {
		s.t.Fatal(err)
	}
	return number
}

// mustBeEntered is asked after every request that any test makes: what somebody
// did is in the audit, whoever they are.
func (s *server) mustBeEntered(as, method, path string, before int) {
	s.t.Helper()
	if bare, _, _ := strings.Cut(path, "?"); as == "" || method == http.MethodGet || noDeed.MatchString(method+" "+bare) || triesSettings.MatchString(method+" "+path) {
		return
	}
	var n int
	err := s.app.DB().NewQuery("SELECT count(*) FROM audit_log WHERE number > {:before} AND actor = {:actor}").
		Bind(dbx.Params{"before": before, "actor": s.actor(as)}).Row(&n)
	if err != nil || n == 0 {
		s.t.Errorf("%s %s as %s is not in the audit (%v)", method, path, as, err)
	}
}

func (s *server) actor(email string) string {
	s.t.Helper()
	r := s.account(email)
	return r.Collection().Name + "/" + r.Id
}

// deeds are the rows of the audit after a number, oldest first, as
// "via action collection".
func (s *server) deeds(after int) (list []string) {
	s.t.Helper()
	var rows []audit.Entry
	err := s.app.DB().NewQuery("SELECT via, action, collection FROM audit_log WHERE number > {:after} ORDER BY number").Bind(dbx.Params{"after": after}).All(&rows)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, r := range rows {
		list = append(list, strings.TrimSpace(r.Via+" "+r.Action+" "+r.Collection))
	}
	return list
}

func (s *server) rows() (list []audit.Entry) {
	s.t.Helper()
	var stored []struct {
		audit.Entry
		ActorName string `db:"actor_name"`
	}
	if err := s.app.DB().NewQuery("SELECT * FROM audit_log ORDER BY number").All(&stored); err != nil {
		s.t.Fatal(err)
	}
	for _, r := range stored {
		r.Entry.ActorName = r.ActorName
		list = append(list, r.Entry)
	}
	return list
}

func (s *server) verified(heads ...audit.Head) audit.Report {
	s.t.Helper()
	report, err := audit.Verify(func(yield func(audit.Entry, error) bool) {
		for _, e := range s.rows() {
			if !yield(e, nil) {
				return
			}
		}
	}, heads)
	if err != nil {
		s.t.Fatal(err)
	}
	return report
}

func TestAuditOfAnArticlesWay(t *testing.T) {
	s := serve(t)
	before := s.lastRow()
	article := s.submitted(secretWords, "A0308", "approve", "clear")
	s.must(editorA, article, map[string]any{"action": "withdraw", "reason": "含个人信息" + secretText})
	got := strings.Join(s.deeds(before), "\n")
	want := `workbench create articles
workbench update article_versions
workbench create article_steps
workbench create article_steps
workbench create article_steps
server create article_steps
workbench create article_steps`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, e := range s.rows() {
		if strings.Contains(e.Detail, secretWords) || strings.Contains(e.Detail, secretText) {
			t.Errorf("the audit tells what was written: %+v", e)
		}
		if e.Via == "workbench" && (e.ActorName == "" || e.Address == "" || e.Record == "") {
			t.Errorf("who, from where, what? %+v", e)
		}
	}
	if r := s.verified(); !r.IsIntact() {
		t.Errorf("%+v", r.Breaks)
	}
}

// What was refused is not done, and what failed leaves no row that says it was.
func TestAuditHasNoRowOfWhatWasRefused(t *testing.T) {
	s := serve(t)
	article := s.submitted("标题", "A0308")
	before := s.lastRow()
	for who, step := range map[string]map[string]any{
		editorA:   {"action": "approve", "check": fine},
		secrecyA:  {"action": "clear", "check": clear},
		reviewerB: {"action": "approve", "check": fine},
		reviewerA: {"action": "return"}, // no reason
	} {
		step["article"] = article
		if a := s.do(who, http.MethodPost, recordAPI+"article_steps/records", step); a.status < 400 {
			t.Errorf("%s: %d %s", who, a.status, a.body)
		}
	}
	if got := s.deeds(before); len(got) > 0 {
		t.Errorf("%v", got)
	}
}

func TestAuditOfADraftIsEnteredOnceAnHour(t *testing.T) {
	s := serve(t)
	_, version := s.draft(editorA, "A0308", "标题", someText)
	write := func(who, title string) int {
		before := s.lastRow()
		if a := s.do(who, http.MethodPatch, recordAPI+"article_versions/records/"+version, map[string]any{"title": title}); a.status != 200 {
			t.Fatalf("%d %s", a.status, a.body)
		}
		return s.lastRow() - before
	}
	if n := write(editorA, "二"); n != 0 { // draft saved once already
		t.Errorf("the second save is entered %d times", n)
	}
	if n := write(secondA, "三"); n != 1 {
		t.Errorf("a colleague's save is entered %d times", n)
	}
	s.wait(61 * time.Minute)
	if n := write(editorA, "四"); n != 1 {
		t.Errorf("a save after an hour is entered %d times", n)
	}
}

func TestAuditOfTheDashboard(t *testing.T) {
	s := serve(t)
	staff := s.person(editorA)
	s.submitted("标题", "A0308")
	for _, tt := range []struct {
		name, method, path string
		body               map[string]any
		status             int
		want               string
	}{
		{"a record", "PATCH", recordAPI + "staff/records/" + staff, map[string]any{"name": "王老师"}, 200, "dashboard update staff"},
		{"settings", "PATCH", "/api/settings", map[string]any{"meta": map[string]any{"senderName": "x"}}, 200, "dashboard PATCH settings"},
		{"a question", "POST", "/api/sql", map[string]any{"query": " select count(*) from schools"}, 200, "dashboard POST sql"},
		{"SQL that writes", "POST", "/api/sql", map[string]any{"query": "UPDATE schools SET town = '' WHERE id = 'x'"}, 403, "dashboard POST sql\ndashboard failed"},
		{"SQL that begins otherwise", "POST", "/api/sql", map[string]any{"query": "WITH x AS (SELECT 1) DELETE FROM schools"}, 403, "dashboard POST sql\ndashboard failed"},
		{"a rule of a table", "PATCH", recordAPI + "rescans", map[string]any{"listRule": ""}, 403, "dashboard PATCH collections/{collection} rescans\ndashboard failed rescans"},
		{"a table made", "POST", recordAPI[:len(recordAPI)-1], map[string]any{"name": "peek", "type": "view", "listRule": "", "viewQuery": "select id, title from articles"}, 403,
			"dashboard POST collections\ndashboard failed"},
		{"a mail", "PATCH", recordAPI + "staff", map[string]any{"resetPasswordTemplate": map[string]any{"subject": "新密码", "body": "<p>{APP_URL}/x/{TOKEN}</p>"}}, 200,
			"dashboard PATCH collections/{collection} staff"},
		{"the second factor", "PATCH", recordAPI + "staff", map[string]any{"mfa": map[string]any{"enabled": false}}, 403, "dashboard PATCH collections/{collection} staff\ndashboard failed staff"},
		{"emptying a table of steps", "DELETE", recordAPI + "article_steps/truncate", nil, 400, "dashboard DELETE collections/{collection}/truncate article_steps\ndashboard failed article_steps"},
		{"emptying the audit", "DELETE", recordAPI + "audit_log/truncate", nil, 400, "dashboard DELETE collections/{collection}/truncate audit_log\ndashboard failed audit_log"},
		{"changing the audit's table", "PATCH", recordAPI + "audit_log", map[string]any{"listRule": ""}, 403, "dashboard PATCH collections/{collection} audit_log\ndashboard failed audit_log"},
		{"deleting a table", "DELETE", recordAPI + "findings", nil, 403, "dashboard DELETE collections/{collection} findings\ndashboard failed findings"},
		{"importing tables", "PUT", recordAPI + "import", map[string]any{"collections": []any{map[string]any{"name": "x"}}}, 403, "dashboard PUT collections/import\ndashboard failed"},
		{"a row of the audit", "POST", recordAPI + "audit_log/records", map[string]any{"number": 99, "at": "x", "action": "x", "hash": "x"}, 400, ""},
		{"a job", "POST", "/api/crons/preview-links", nil, 204, "dashboard POST crons/{id}"},
	} {
		before := s.lastRow()
		a := s.do(root, tt.method, tt.path, tt.body)
		if got := strings.Join(s.deeds(before), "\n"); a.status != tt.status || got != tt.want {
			t.Errorf("%s: %d %s\ngot\n%s\nwant\n%s", tt.name, a.status, a.body, got, tt.want)
		}
	}
	if a := s.do(editorA, "POST", "/api/sql", map[string]any{"query": "SELECT 1"}); a.status != 403 {
		t.Errorf("%d", a.status)
	}
	for _, e := range s.rows() {
		if e.Action == "POST sql" && !strings.Contains(strings.ToUpper(e.Detail), "SCHOOLS") {
			t.Errorf("the query is not told: %+v", e)
		}
		if e.Action == "PATCH settings" && e.Detail != `{"meta.senderName":["信息公开与办事服务平台","x"]}` {
			t.Errorf("the change of a setting is not told: %+v", e)
		}
		if e.Action == "update" && e.Collection == "staff" && e.Via == "dashboard" && !strings.Contains(e.Detail, `"王老师"`) {
			t.Errorf("the change is not told: %+v", e)
		}
	}
}

func TestAuditOfSignIns(t *testing.T) {
	s := serve(t)
	before := s.lastRow()
	for _, pass := range []string{"wrong-password", password} {
		for _, who := range []string{"staff/" + editorA, "_superusers/" + root} {
			collection, email, _ := strings.Cut(who, "/")
			s.do("", "POST", recordAPI+collection+"/auth-with-password", map[string]any{"identity": email, "password": pass})
		}
	}
	s.do("", "POST", recordAPI+"staff/auth-with-password", map[string]any{"identity": "nobody@x.cn", "password": "x"})
	want := "workbench sign_in_failed staff\ndashboard sign_in_failed _superusers\nworkbench sign_in staff\ndashboard sign_in _superusers"
	if got := strings.Join(s.deeds(before), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, e := range s.rows()[before:] {
		if strings.Contains(e.Detail, password) || e.Address == "" {
			t.Errorf("%+v", e)
		}
	}
}

// The triggers hold against who writes SQL; who removes them is found out.
func TestAuditCannotBeChangedUnseen(t *testing.T) {
	s := serve(t)
	s.submitted("标题", "A0308", "approve", "clear")
	head := s.verified().Last
	head.At = "2026-11-23 10:00"
	if _, err := s.app.DB().NewQuery("DELETE FROM audit_log WHERE number = 3").Execute(); err == nil {
		t.Error("a row is deleted")
	}
	for _, q := range []string{"DROP TRIGGER audit_log_no_update", "DROP TRIGGER audit_log_no_delete", "UPDATE audit_log SET actor_name = '别人' WHERE number = 5",
		"DELETE FROM audit_log WHERE number = 3"} {
		if _, err := s.app.DB().NewQuery(q).Execute(); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	r := s.verified(head)
	if r.Totals[audit.Changed] != 1 || r.Totals[audit.Missing] != 1 || r.Total != 2 {
		t.Errorf("%+v", r.Breaks)
	}
	if _, err := s.app.DB().NewQuery("DELETE FROM audit_log WHERE number > 5").Execute(); err != nil { // past the server
		t.Fatal(err)
	}
	if r := s.verified(head); r.Totals[audit.Cut]+r.Totals[audit.Rewritten] == 0 {
		t.Errorf("a cut tail is not found against the head: %+v", r.Breaks)
	}
}

func TestAuditHeadIsToldOutsideOnceADay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "heads.txt")
	t.Setenv("GONGKAI_AUDIT_HEADS", path)
	s := serve(t)
	s.submitted("标题", "A0308")
	for range 3 {
		s.run("audit-head")
	}
	s.wait(24 * time.Hour)
	s.run("audit-head")
	raw, err := os.ReadFile(path)
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	if err != nil || len(lines) != 2 {
		t.Fatalf("%v %q", err, raw)
	}
	var heads []audit.Head
	for _, line := range lines {
		h, err := audit.ParseHead(line)
		if err != nil {
			t.Fatal(err)
		}
		heads = append(heads, h)
	}
	if r := s.verified(heads...); !r.IsIntact() || heads[0].Number == 0 {
		t.Errorf("%+v", r)
	}
	a := s.do(auditor, "GET", recordAPI+"notifications/records?sort=created", nil)
	if !a.has(lines[0], lines[1]) || a.field("totalItems") != float64(2) {
		t.Errorf("%s", a.body)
	}
	if a := s.do(supervisor, "GET", recordAPI+"notifications/records", nil); a.has("校验值") {
		t.Errorf("%s", a.body)
	}
}
