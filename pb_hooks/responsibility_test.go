package pb_hooks_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks"
)

const (
	responsibilityPath = "/api/app/responsibility"
	guidePageA         = "/s/9999990001/A0101"
)

// newClerk is somebody who is proposed for a role of school A.
func newClerk(change map[string]any) map[string]any {
	body := map[string]any{"role": "clerk", "name": "钱新任", "post": " 校务办公室主任 ", "phone": "（021）0000 0002 转 8", "from": "2026-11-01"}
	for field, value := range change {
		body[field] = value
	}
	return body
}

// proposed proposes somebody as a person of school A and returns the path of it.
func (s *server) proposed(who string, change map[string]any) string {
	s.t.Helper()
	if a := s.do(who, http.MethodPost, responsibilityPath, newClerk(change)); a.status != 200 {
		s.t.Fatalf("%s: %d %s", who, a.status, a.body)
	}
	var id string
	err := s.app.DB().Select("id").From("responsible_people").Where(dbx.HashExp{"state": "proposed"}).OrderBy("_rowid_ DESC").Limit(1).Row(&id)
	if err != nil {
		s.t.Fatal(err)
	}
	return responsibilityPath + "/" + id + "/steps"
}

func TestResponsibilityIsReadByEachKindOfPerson(t *testing.T) {
	s := serve(t)
	s.proposed(clerkA, nil)
	sees := func(who, query string) string {
		a := s.do(who, http.MethodGet, responsibilityPath+query, nil)
		switch {
		case a.status != 200:
			return "nothing"
		case a.has("甲责任") == a.has("乙责任"):
			t.Errorf("%s sees both schools or none: %s", who, a.body)
		case a.has("甲责任", "钱新任"):
			return "A"
		}
		return "B"
	}
	for who, want := range map[string]string{"": "nothing", nobodyA: "nothing", secrecyA: "nothing", adminA: "nothing", root: "nothing", bureauSecrecy: "nothing", editorA: "A", reviewerA: "A",
		principalA: "A", clerkA: "A", officerA: "A", editorB: "B", clerkB: "B", supervisor: "A", bureauReviewer: "A", auditor: "A", bureauAdmin: "A"} {
		query := "?school=9999990001"
		if want == "B" {
			if got := sees(who, query); got != "nothing" {
				t.Errorf("%s of B sees %s", who, got)
			}
			query = ""
		}
		if got := sees(who, query); got != want {
			t.Errorf("%q sees %s, want %s", who, got, want)
		}
	}
	if got := sees(supervisor, "?school=9999990002"); got != "B" {
		t.Errorf("the supervisor asked for B and sees %s", got)
	}
	if a := s.do(supervisor, http.MethodGet, responsibilityPath+"?school=1", nil); a.status != 404 {
		t.Errorf("a school that there is not: %d", a.status)
	}
	for _, who := range []string{"", nobodyA, editorA, principalA, officerA, clerkB, bureauSecrecy, root} {
		if a := s.do(who, http.MethodGet, responsibilityPath+"/overview", nil); a.status != 401 && a.status != 403 {
			t.Errorf("%q sees the district: %d %s", who, a.status, a.body)
		}
	}
	for _, who := range []string{supervisor, bureauReviewer, auditor, bureauAdmin} {
		if a := s.do(who, http.MethodGet, responsibilityPath+"/overview", nil); a.status != 200 || a.field("complete") != 2.0 || !a.has("云帆中学", `"waiting":1`) {
			t.Errorf("%s: %d %s", who, a.status, a.body)
		}
	}
}

func TestWhoNamesAndConfirms(t *testing.T) {
	s := serve(t)
	for _, who := range []string{"", nobodyA, secrecyA, principalA, reviewerA, adminA, supervisor, bureauAdmin, auditor, root} {
		if a := s.do(who, http.MethodPost, responsibilityPath, newClerk(nil)); a.status != 401 && a.status != 403 {
			t.Errorf("%q proposed somebody: %d %s", who, a.status, a.body)
		}
	}
	for field, value := range map[string]any{"role": "porter", "name": " ", "post": "电话 13800138000", "phone": "138 0013 8000", "from": "2027-06-01"} {
		if a := s.do(clerkA, http.MethodPost, responsibilityPath, newClerk(map[string]any{field: value})); a.status != 400 || a.field("data", field, "message") == nil {
			t.Errorf("%s %v: %d %s", field, value, a.status, a.body)
		}
	}
	if n, _ := s.app.CountRecords("responsible_people", dbx.HashExp{"state": "proposed"}); n != 0 {
		t.Fatalf("%d are there after refusals", n)
	}
	step := s.proposed(clerkA, nil)
	refusedAt(t, s.do(editorA, http.MethodPost, responsibilityPath, newClerk(nil)), "role", "等待确认")
	confirm := map[string]any{"action": "confirm"}
	for who, status := range map[string]int{"": 401, nobodyA: 403, secrecyA: 403, editorA: 400, clerkA: 400, officerA: 400, editorB: 404, reviewerB: 404, supervisor: 403, bureauReviewer: 403, auditor: 403, root: 403} {
		if a := s.do(who, http.MethodPost, step, confirm); a.status != status {
			t.Errorf("%q: %d, want %d: %s", who, a.status, status, a.body)
		}
	}
	for _, who := range []string{root, supervisor, clerkA} { // past the routes
		if a := s.do(who, http.MethodPatch, recordAPI+"responsible_people/records/"+strings.Split(step, "/")[4], map[string]any{"state": "confirmed"}); a.status < 400 {
			t.Errorf("%s changed the record: %d", who, a.status)
		}
	}
	refusedAt(t, s.do(principalA, http.MethodPost, step, map[string]any{"action": "decline"}), "reason", "请填写原因")
	if a := s.do(principalA, http.MethodPost, step, confirm); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	refusedAt(t, s.do(reviewerA, http.MethodPost, step, confirm), "action", "已经办理过")
	if _, err := s.app.DB().NewQuery("UPDATE responsible_people SET name = '别人'").Execute(); err == nil {
		t.Error("a name was changed in the database")
	}
	if _, err := s.app.DB().NewQuery("DELETE FROM responsible_steps").Execute(); err == nil {
		t.Error("steps were deleted in the database")
	}
}

func TestOnlyConfirmedNamesArePublic(t *testing.T) {
	s := serve(t)
	public := []string{guidePageA, "/open/v1/schools/9999990001", "/open/v1/schools/9999990001/columns/A0101"}
	shows := func(name string) (n int) {
		for _, path := range public {
			if s.get(path).has(name) {
				n++
			}
		}
		return n
	}
	if got := shows("甲责任"); got != len(public) {
		t.Fatalf("%d of %d show who is responsible", got, len(public))
	}
	step := s.proposed(clerkA, map[string]any{"from": "2026-11-24"})
	if !waitsFor(s, principalA, "信息公开专管员：钱新任") || !waitsFor(s, reviewerA, "信息公开专管员：钱新任") || waitsFor(s, clerkA, "钱新任") || waitsFor(s, reviewerB, "钱新任") {
		t.Error("it waits for others than those who can confirm it")
	}
	if got := shows("钱新任"); got != 0 {
		t.Fatal("what is proposed is public")
	}
	if a := s.do(principalA, http.MethodPost, step, map[string]any{"action": "confirm"}); a.status != 200 || !a.has(`"place":"coming"`) {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if got := shows("钱新任"); got != 0 {
		t.Error("who takes the role tomorrow is public today")
	}
	s.wait(24 * time.Hour)
	if got := shows("钱新任"); got != len(public) {
		t.Errorf("on the day %d of %d show the new name", got, len(public))
	}
	if page := s.get(guidePageA); !page.has("钱新任（校务办公室主任），电话 <a href=\"tel:021-00000002-8\">") || strings.Count(page.body, "<dt>信息公开专管员</dt>") != 1 {
		t.Error("the page does not say it as it is to be read")
	}
	if page := s.get("/s/9999990001/A0201"); page.has("钱新任") {
		t.Error("another column shows it")
	}
	// a decision is seen at once: the page was in the cache
	if a := s.do(reviewerA, http.MethodPost, step, map[string]any{"action": "end", "reason": "调离"}); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if shows("钱新任") != 0 || !s.get(guidePageA).has("甲责任") {
		t.Error("who left is still shown, or whoever held the role before is not")
	}
}

func TestAMissingRoleIsAToDo(t *testing.T) {
	s := serve(t)
	r, err := s.app.FindFirstRecordByFilter("responsible_people", "school = {:school} && role = 'contact'", dbx.Params{"school": schoolB})
	if err != nil {
		t.Fatal(err)
	}
	if waitsFor(s, editorB, "监督电话联系人") {
		t.Error("something is missing at the start")
	}
	if a := s.do(reviewerB, http.MethodPost, responsibilityPath+"/"+r.Id+"/steps", map[string]any{"action": "end", "reason": "退休"}); a.status != 200 || !a.has(`"missing":["contact"]`) {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if !waitsFor(s, editorB, "监督电话联系人") || !waitsFor(s, clerkB, "监督电话联系人") || waitsFor(s, reviewerB, "监督电话联系人") || waitsFor(s, editorA, "监督电话联系人") {
		t.Error("it is to be done by others than those who can propose")
	}
	if a := s.do(supervisor, http.MethodGet, responsibilityPath+"/overview", nil); a.field("complete") != 1.0 || !a.has(`"missing":["监督电话联系人"]`) {
		t.Error(a.body)
	}
	if page := s.get("/s/9999990002/A0101"); page.has("监督电话联系人") || !page.has("乙责任") {
		t.Error("the public is shown what is missing, or nothing")
	}
}

// waitsFor reports whether something with these words is in somebody's inbox.
func waitsFor(s *server, who, words string) bool {
	return slices.ContainsFunc(s.inbox(who).Items, func(i pb_hooks.InboxItem) bool { return strings.Contains(i.Title, words) })
}
