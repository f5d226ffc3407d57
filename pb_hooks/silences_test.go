package pb_hooks_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

const silencesPath = "/api/app/silences"

// serveAwake serves a district that was set up in September, and in which everybody
// signed in and published a few days ago; change makes somebody silent.
func serveAwake(t *testing.T) *server {
	s := serve(t)
	for _, sql := range []string{
		"UPDATE schools SET created = '2026-09-01 00:00:00.000Z'", "UPDATE staff SET created = '2026-09-01 00:00:00.000Z', signed_in_on = '2026-11-20'",
		"INSERT INTO articles (id, school, `column`, title, state, stage, published_at) VALUES ('published00000a', '" + schoolA + "', 'A0308', '甲', 'published', 'drafting', '2026-11-19 16:30:00.000Z')",
		"INSERT INTO articles (id, school, `column`, title, state, stage, published_at) VALUES ('published00000b', '" + schoolB + "', 'A0308', '乙', 'published', 'drafting', '2026-11-19 16:30:00.000Z')",
		"UPDATE staff SET duties = '[\"reviewer\",\"principal\",\"officer\"]', acts_as = '[\"reviewer\",\"principal\",\"officer\"]' WHERE email = '" + reviewerB + "'",
	} {
		s.sql(sql)
	}
	return s
}

func (s *server) sql(sql string) {
	s.t.Helper()
	if _, err := s.app.DB().NewQuery(sql).Execute(); err != nil {
		s.t.Fatalf("%s: %v", sql, err)
	}
}

// silent is what schools are silent in: "A sign_in nudged" for each, sorted.
func (s *server) silent() string {
	s.t.Helper()
	rows, err := s.app.FindAllRecords("silences")
	if err != nil {
		s.t.Fatal(err)
	}
	var list []string
	for _, r := range rows {
		school := map[string]string{schoolA: "A", schoolB: "B"}[r.GetString("school")]
		state := "new"
		for _, at := range []string{"nudged", "task", "ended"} {
			if r.GetString(at+"_at") != "" {
				state = at
			}
		}
		list = append(list, school+" "+r.GetString("kind")+" "+state)
	}
	slices.Sort(list)
	return strings.Join(list, "; ")
}

func (s *server) toldOfSilence(who, words string) int {
	s.t.Helper()
	n, err := s.app.CountRecords("notifications", dbx.HashExp{"staff": s.person(who)}, dbx.Like("title", words))
	if err != nil {
		s.t.Fatal(err)
	}
	return int(n)
}

func TestASilentSchoolIsNudgedAndThenTheBureauIsAsked(t *testing.T) {
	s := serveAwake(t)
	s.run("silences")
	if got := s.silent(); got != "" {
		t.Fatalf("silent at the start: %s", got)
	}
	s.wait(24 * time.Hour)
	s.sql("UPDATE staff SET signed_in_on = '2026-11-08' WHERE school = '" + schoolA + "'")
	s.run("silences")
	if got := s.silent(); got != "A sign_in nudged" {
		t.Fatal(got)
	}
	for who, want := range map[string]int{principalA: 1, officerA: 1, adminA: 1, editorA: 0, clerkA: 0, reviewerB: 0, supervisor: 0} {
		if got := s.toldOfSilence(who, "没有人登录：最近一次登录：2026-11-08"); got != want {
			t.Errorf("%s was told %d times, want %d", who, got, want)
		}
	}
	s.sql("DELETE FROM silence_rounds") // as if the server had died before it was done
	s.run("silences")
	if got := s.silent(); got != "A sign_in nudged" || s.toldOfSilence(principalA, "没有人登录") != 1 {
		t.Errorf("a second look: %s, told %d times", got, s.toldOfSilence(principalA, "没有人登录"))
	}
	s.wait(6 * 24 * time.Hour) // four working days
	s.run("silences")
	if got := s.silent(); got != "A sign_in nudged" || waitsFor(s, supervisor, "没有人登录") {
		t.Errorf("too early: %s", got)
	}
	s.wait(24 * time.Hour)
	s.run("silences")
	if got := s.silent(); got != "A sign_in task" || !waitsFor(s, supervisor, "没有人登录") || s.toldOfSilence(supervisor, "请联系 1 所学校") != 1 || waitsFor(s, principalA, "没有人登录") {
		t.Fatalf("%s, inbox %s", got, said(s.inbox(supervisor)))
	}

	r, err := s.app.FindFirstRecordByData("silences", "school", schoolA)
	if err != nil {
		t.Fatal(err)
	}
	note := silencesPath + "/" + r.Id + "/note"
	refusedAt(t, s.do(supervisor, http.MethodPost, note, map[string]any{"note": " "}), "note", "请写下")
	refusedAt(t, s.do(supervisor, http.MethodPost, note, map[string]any{"note": strings.Repeat("长", 501)}), "note", "500")
	if a := s.do(supervisor, http.MethodPost, silencesPath+"/nosuchsilence00/note", map[string]any{"note": "x"}); a.status != 404 {
		t.Errorf("a silence that there is not: %d", a.status)
	}
	if a := s.do(supervisor, http.MethodPost, note, map[string]any{"note": "已与办公室通电话"}); a.status != 200 || !a.has("已与办公室通电话", `"waits":false`) {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if waitsFor(s, supervisor, "没有人登录") {
		t.Error("what was noted still waits")
	}
	if a := s.do(principalA, http.MethodGet, silencesPath, nil); a.has("通电话") || !a.has("没有人登录") {
		t.Errorf("the school reads the bureau's note: %s", a.body)
	}

	signedIn := s.do("", http.MethodPost, "/api/collections/staff/auth-with-password", map[string]any{"identity": clerkA, "password": password})
	if signedIn.status != 200 || signedIn.has("signed_in_on") {
		t.Fatalf("%d %s", signedIn.status, signedIn.body)
	}
	s.wait(24 * time.Hour)
	s.run("silences")
	if got := s.silent(); got != "A sign_in ended" {
		t.Errorf("after a sign-in: %s", got)
	}
	refusedAt(t, s.do(supervisor, http.MethodPost, note, map[string]any{"note": "又"}), "note", "已经自行结束")
	for _, sql := range []string{"UPDATE silences SET detail = ''", "DELETE FROM silences"} {
		if _, err := s.app.DB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("%s was done", sql)
		}
	}
}

func TestWhatWaitsUnopenedIsSeen(t *testing.T) {
	s := serveAwake(t)
	old := "2026-11-12 02:00:00.000Z"
	for _, sql := range []string{
		"INSERT INTO articles (id, school, `column`, title, state, stage, stage_since) VALUES ('waiting0000000a', '" + schoolA + "', 'A0308', '甲', 'draft', 'reviewing', '" + old + "')",
		"INSERT INTO foi_requests (id, number, school, subject, state, submitted) VALUES ('request0000000a', 'SQ1', '" + schoolA + "', '甲', 'submitted', '2026-11-12')",
		"INSERT INTO foi_steps (id, request, action, at) VALUES ('step0000000000a', 'request0000000a', 'submit', '" + old + "')",
		"INSERT INTO inquiries (id, number, unit, title, state, submitted) VALUES ('inquiry0000000a', 'LX1', '" + schoolA + "', '甲', 'submitted', '2026-11-12')",
		"INSERT INTO mails (id, staff, `key`, kind, state, at) VALUES ('mail0000000000a', '" + s.person(editorA) + "', 'digest/1', 'digest', 'failed', '" + old + "')",
		"INSERT INTO mails (id, staff, `key`, kind, state, at) VALUES ('mail0000000000b', '" + s.person(editorB) + "', 'digest/1', 'digest', 'failed', '" + old + "')",
		"INSERT INTO mails (id, staff, `key`, kind, state, at) VALUES ('mail0000000000c', '" + s.person(editorB) + "', 'digest/2', 'digest', 'sent', '2026-11-13 02:00:00.000Z')",
		"UPDATE staff SET verified = FALSE, invited_at = '" + old + "' WHERE email = '" + secondA + "'",
		"UPDATE staff SET deactivated_at = '" + old + "', acts_as = '[]' WHERE email IN ('" + secrecyA + "', '" + clerkB + "')",
	} {
		s.sql(sql)
	}
	s.run("silences")
	if want := "A duty nudged; A invitation nudged; A letters nudged; A mail nudged; A requests nudged; A reviews nudged; B duty nudged"; s.silent() != want {
		t.Fatalf("got  %s\nwant %s", s.silent(), want)
	}
	for kind, detail := range map[string]string{"invitation": secondA, "letters": "1 件来信，最早的从 2026-11-12 等起", "mail": editorA} {
		r, err := s.app.FindFirstRecordByData("silences", "kind", kind)
		if err != nil || r.GetString("detail") != detail {
			t.Errorf("%s: %v %q, want %q", kind, err, r.GetString("detail"), detail)
		}
	}
	if s.toldOfSilence(clerkA, "申请没有人办理") != 1 || s.toldOfSilence(clerkA, "邮件") != 0 || s.toldOfSilence(reviewerA, "待审") != 1 || s.toldOfSilence(adminA, "邀请没有回应") != 1 {
		t.Error("others were told than those who can do something")
	}
	for _, sql := range []string{
		"UPDATE articles SET claimed_by = '" + s.person(reviewerA) + "' WHERE id = 'waiting0000000a'",
		"INSERT INTO foi_steps (id, request, action, `by`, at) VALUES ('step0000000000b', 'request0000000a', 'register', '" + s.person(clerkA) + "', '" + old + "')",
		"INSERT INTO inquiry_steps (id, inquiry, action, `by`, at) VALUES ('step0000000000c', 'inquiry0000000a', 'accept', '" + s.person(clerkA) + "', '" + old + "')",
		"UPDATE mails SET state = 'sent' WHERE id = 'mail0000000000a'",
		"UPDATE staff SET verified = TRUE WHERE email = '" + secondA + "'",
		"UPDATE schools SET status = 'closed' WHERE id = '" + schoolB + "'",
	} {
		s.sql(sql)
	}
	s.wait(24 * time.Hour)
	s.run("silences")
	if want := "A duty nudged; A invitation ended; A letters ended; A mail ended; A requests ended; A reviews ended; B duty ended"; s.silent() != want {
		t.Errorf("got  %s\nwant %s", s.silent(), want)
	}
}

func TestSilencesAreSeenByEachKindOfPerson(t *testing.T) {
	s := serveAwake(t)
	s.sql("UPDATE staff SET signed_in_on = '2026-11-02'")
	s.run("silences")
	ids := map[string]string{}
	for _, school := range []string{schoolA, schoolB} {
		r, err := s.app.FindFirstRecordByData("silences", "school", school)
		if err != nil {
			t.Fatal(err)
		}
		ids[school] = r.Id
	}
	for who, want := range map[string]string{"": "", nobodyA: "", secrecyA: "", adminA: "", root: "", bureauSecrecy: "", editorA: "A", reviewerA: "A", principalA: "A", clerkA: "A", officerA: "A",
		editorB: "B", clerkB: "B", supervisor: "AB", bureauReviewer: "AB", auditor: "AB", bureauAdmin: "AB"} {
		a := s.do(who, http.MethodGet, silencesPath, nil)
		got := ""
		for school, word := range map[string]string{schoolA: "A", schoolB: "B"} {
			if a.status == 200 && a.has(ids[school]) {
				got += word
			}
		}
		if got == "BA" {
			got = "AB"
		}
		if got != want || (want == "") != (a.status == 401 || a.status == 403) {
			t.Errorf("%q sees %q, want %q: %d", who, got, want, a.status)
		}
		if other := s.do(who, http.MethodGet, silencesPath+"?school=9999990002", nil); want == "A" && other.status != 404 || want == "AB" && (other.has(ids[schoolA]) || !other.has(ids[schoolB])) {
			t.Errorf("%q asked for B: %d %s", who, other.status, other.body)
		}
		if strings.Contains(a.body, "/supervision/orders/new") != (who == supervisor) {
			t.Errorf("%q is led to an order: %s", who, a.body)
		}
		if who != supervisor {
			if n := s.do(who, http.MethodPost, silencesPath+"/"+ids[schoolA]+"/note", map[string]any{"note": "x"}); n.status != 401 && n.status != 403 {
				t.Errorf("%q noted something: %d", who, n.status)
			}
		}
	}
	order := fmt.Sprintf("/supervision/orders/new?ref=%s&school=9999990001&source=silence&title=", ids[schoolA])
	if a := s.do(supervisor, http.MethodGet, silencesPath, nil); !strings.Contains(strings.ReplaceAll(a.body, `\u0026`, "&"), order) || a.field("looked_on") != "2026-11-23" {
		t.Errorf("no way to an order %s: %s", order, a.body)
	}
}

func TestManySilentSchoolsAreOneLineOfTheInbox(t *testing.T) {
	s := serveAwake(t)
	for i := range 6 {
		s.sql(fmt.Sprintf("INSERT INTO schools (id, code, name, short_name, status, created) VALUES ('silent00000000%d', '999999010%d', '示范区第%d小学', '第%d小学', 'open', '2026-11-10 00:00:00.000Z')", i, i, i, i))
	}
	s.sql("UPDATE staff SET acts_as = '[]' WHERE email = '" + clerkB + "'")
	s.run("silences")
	s.wait(7 * 24 * time.Hour)
	s.run("silences")
	var lines []string
	for _, item := range s.inbox(supervisor).Items {
		if item.Kind == "silence" {
			lines = append(lines, item.Title+" "+item.Link)
		}
	}
	if want := "职责空缺：7 所学校 /supervision/silence?kind=duty"; strings.Join(lines, "; ") != want {
		t.Errorf("got %v, want %s", lines, want)
	}
	if s.toldOfSilence(supervisor, "请联系 7 所学校") != 1 || s.toldOfSilence(supervisor, "") != 1 {
		t.Error("the supervisor was not told once")
	}
}
