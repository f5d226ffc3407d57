package pb_hooks_test

import (
	"net/http"
	"testing"
)

const (
	schoolsAPI  = "/api/app/registry/schools"
	schoolFileA = schoolsAPI + "/9999990001"
	schoolFileB = schoolsAPI + "/9999990002"
)

// merging is how the bureau merges school A into school B.
func merging(change map[string]any) map[string]any {
	return filledIn(map[string]any{"kind": "merge", "into": []string{"9999990002"}, "on": "2026-11-23", "reason": "区政府批复〔2026〕12 号"}, change)
}

func (s *server) mustPost(as, path string, body map[string]any) answer {
	s.t.Helper()
	a := s.do(as, http.MethodPost, path, body)
	if a.status != http.StatusOK {
		s.t.Fatalf("%s as %s: %d %s", path, as, a.status, a.body)
	}
	return a
}

func TestWhatIsOpenGoesOnAtTheSuccessor(t *testing.T) {
	s := serveRequests(t)
	request, number, code := s.filed()
	s.mustAct(clerkA, request, "register", map[string]any{"confirmed": dayOf(*s.now.Load())})
	s.mustAct(clerkA, request, "assign", map[string]any{"party": "总务处", "assignee": s.person(officerA)})
	due := s.record("foi_requests", request).GetString("due")
	letter, letterNumber, letterCode := s.wrote(goodLetter())
	s.mustLetter(clerkA, letter, "accept", nil)
	_, part, _ := s.issued(nil)
	draft, version := s.draft(editorA, "A0308", "校园开放日", "<p>校园开放日照常举行。</p>")
	published := s.submitted("秋游通知", "A0308", "approve", "clear")

	plan := s.do(bureauAdmin, http.MethodGet, schoolFileA+"/ending", nil)
	if plan.status != http.StatusOK || !plan.has(number, letterNumber, "ZG2026-0001-01", `"drafts":1`, "officer-a@x.cn") {
		t.Fatalf("what will happen: %d %s", plan.status, plan.body)
	}
	for field, body := range map[string]map[string]any{
		"on":     merging(map[string]any{"on": "2026-11-30"}),
		"into":   merging(map[string]any{"into": []string{"9999990001"}}),
		"reason": merging(map[string]any{"reason": " "}),
		"kind":   merging(map[string]any{"kind": "sell"}),
		"staff":  merging(map[string]any{"staff": []map[string]any{{"staff": s.person(editorB), "school": "9999990002"}}}),
		"duties": merging(map[string]any{"staff": []map[string]any{{"staff": s.person(editorA), "school": "9999990002", "duties": []string{"supervisor"}}}}),
		"cases":  merging(map[string]any{"cases": map[string]string{request: "9999990001"}}),
	} {
		refusedAt(t, s.do(bureauAdmin, http.MethodPost, schoolFileA+"/ending", body), field, "")
	}
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, schoolFileA+"/ending", merging(map[string]any{"kind": "close", "into": []string{}})), "cases_to", "1 件申请、1 件督办没有办结")
	if got := s.record("schools", schoolA).GetString("status"); got != "open" {
		t.Fatalf("after refusals the school is %s", got)
	}

	a := s.mustPost(bureauAdmin, schoolFileA+"/ending", merging(map[string]any{"staff": []map[string]any{{"staff": s.person(clerkA), "school": "9999990002", "duties": []string{"editor"}}}}))
	if a.field("status") != "merged" || a.field("ended") != "示范区晨光小学已于2026年11月23日并入示范区云帆中学" {
		t.Errorf("merged: %s", a.body)
	}
	t.Run("the request keeps number, day and code, and is the successor's", func(t *testing.T) {
		r := s.record("foi_requests", request)
		if r.GetString("school") != schoolB || r.GetString("number") != number || r.GetString("due") != due || r.GetString("assignee") != "" {
			t.Errorf("the request: %v", r.FieldsData())
		}
		track := s.do("", http.MethodPost, "/api/app/track", map[string]any{"number": number, "code": code})
		if track.status != http.StatusOK || track.field("school") != "示范区云帆中学" || !track.has("由示范区云帆中学继续办理，受理编号、查询码和期限不变") {
			t.Errorf("the applicant sees %d %s", track.status, track.body)
		}
		if a := s.do(clerkB, http.MethodGet, "/api/app/requests/"+request, nil); a.status != http.StatusOK || a.field("due") != due {
			t.Errorf("the successor's clerk: %d %s", a.status, a.body)
		}
		s.mustAct(clerkB, request, "assign", map[string]any{"party": "办公室"})
		if a := s.do(officerA, http.MethodGet, "/api/app/requests/"+request, nil); a.status != http.StatusNotFound {
			t.Errorf("the old school still sees it: %d", a.status)
		}
		if n := s.rowsOf("foi_mails", "subject LIKE '信息公开申请 "+number+" 由示范区云帆中学继续办理'"); n != 1 {
			t.Errorf("the applicant is told by %d mails", n)
		}
	})
	t.Run("so does the letter", func(t *testing.T) {
		track := s.do("", http.MethodPost, "/api/app/letters/track", map[string]any{"number": letterNumber, "code": letterCode})
		if track.status != http.StatusOK || track.field("unit") != "云帆中学" || !track.has("由云帆中学继续办理") {
			t.Errorf("the writer sees %d %s", track.status, track.body)
		}
		if r := s.record("inquiries", letter); r.GetString("unit") != schoolB || r.GetString("state") != "accepted" {
			t.Errorf("the letter: %v", r.FieldsData())
		}
	})
	t.Run("and the order", func(t *testing.T) {
		if r := s.record("order_parts", part); r.GetString("school") != schoolB || r.GetString("state") != "issued" {
			t.Errorf("the part: %v", r.FieldsData())
		}
		if _, err := s.app.DB().NewQuery("UPDATE order_parts SET school = '" + schoolA + "' WHERE id = '" + part + "'").Execute(); err == nil {
			t.Error("a part can be put anywhere")
		}
	})
	t.Run("who was taken along has the duties that were named, and signs in again", func(t *testing.T) {
		r := s.account(clerkA)
		if r.GetString("school") != schoolB || len(r.GetStringSlice("duties")) != 1 || r.GetStringSlice("duties")[0] != "editor" {
			t.Errorf("the clerk: %v", r.FieldsData())
		}
	})
	t.Run("who was not reads and writes nothing", func(t *testing.T) {
		if a := s.do(editorA, http.MethodGet, recordAPI+"articles/records/"+draft, nil); a.status != http.StatusOK {
			t.Errorf("the draft: %d %s", a.status, a.body)
		}
		for _, try := range []struct {
			path string
			body map[string]any
		}{
			{recordAPI + "article_steps/records", map[string]any{"article": draft, "action": "submit"}},
			{recordAPI + "articles/records", map[string]any{"school": schoolA, "column": "A0308", "title": "新的"}},
			{schoolFileA + "/corrections", map[string]any{"field": "phone", "value": "021-12345678", "reason": "换了号码"}},
		} {
			if a := s.do(editorA, http.MethodPost, try.path, try.body); a.status != http.StatusForbidden || !a.has("已于2026年11月23日并入示范区云帆中学", "只能查看") {
				t.Errorf("%s: %d %s", try.path, a.status, a.body)
			}
		}
		if n := s.rowsOf("notifications", "kind = 'school' AND staff = '"+s.person(editorA)+"'"); n != 2 {
			t.Errorf("the editor is told %d times", n)
		}
	})
	t.Run("every door says where to go", func(t *testing.T) {
		for _, a := range []answer{s.fileAs("", doorA, goodApplication(), s.proof()), s.writeTo(lettersA, goodLetter())} {
			if a.status != http.StatusForbidden || !a.has("不再接收", "示范区云帆中学（", "/s/9999990002") {
				t.Errorf("%d %s", a.status, a.body)
			}
		}
	})
	t.Run("old addresses answer", func(t *testing.T) {
		for _, path := range []string{"/s/9999990001", "/s/9999990001/A0308", "/a/" + published, "/s/9999990001/apply", "/s/9999990001/ask", "/s/9999990001/mailbox"} {
			if a := s.get(path); a.status != http.StatusOK || !a.has(`<strong>本校已于2026年11月23日并入<a href="/s/9999990002">示范区云帆中学</a>。</strong>`) {
				t.Errorf("%s: %d %s", path, a.status, a.body)
			}
		}
		if a := s.get("/open/v1/schools/9999990001"); !a.has(`"ended_on":"2026-11-23"`, `"successors":[{"code":"9999990002"`) {
			t.Errorf("the open data: %s", a.body)
		}
	})
	t.Run("a merged school is not merged again, and can be reopened", func(t *testing.T) {
		refusedAt(t, s.do(bureauAdmin, http.MethodPost, schoolFileA+"/ending", merging(nil)), "school", "已经合并或撤销")
		refusedAt(t, s.do(bureauAdmin, http.MethodPost, schoolFileB+"/ending", merging(map[string]any{"into": []string{"9999990001"}})), "into", "已经合并或撤销，不能承接")
		if a := s.mustPost(bureauAdmin, schoolFileA+"/reopening", nil); a.field("status") != "open" || a.field("ended") != "" {
			t.Errorf("reopened: %s", a.body)
		}
		if a := s.fileAs("", doorA, goodApplication(), s.proof()); a.status != http.StatusOK {
			t.Errorf("the door is still shut: %d %s", a.status, a.body)
		}
		if a := s.do(editorA, http.MethodPost, recordAPI+"article_steps/records", map[string]any{"article": draft, "version": version, "action": "submit"}); a.status != http.StatusOK {
			t.Errorf("an editor still cannot write: %d %s", a.status, a.body)
		}
	})
	if report := s.verified(); !report.IsIntact() {
		t.Errorf("the audit: %v", report.Breaks)
	}
}
