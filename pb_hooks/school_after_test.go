package pb_hooks_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

const fileC = schoolsAPI + "/9999990009"

// openC opens a third school.
func (s *server) openC() (id string) {
	s.t.Helper()
	body := opening("9999990009", "示范区新苑小学")
	body["fields"].(map[string]string)["status"] = "开办"
	s.mustPost(bureauAdmin, schoolsAPI, body)
	school, err := s.app.FindFirstRecordByData("schools", "code", "9999990009")
	if err != nil {
		s.t.Fatal(err)
	}
	return school.Id
}

// Whoever stood in for a colleague stops with the school, whoever is taken along has
// what was named and nothing else, and who was left behind can be taken along later.
func TestPeopleOfASchoolThatEnded(t *testing.T) {
	s := serve(t)
	standing := func(absent, person, duty string) answer {
		return s.do(bureauAdmin, http.MethodPost, recordAPI+"stand_ins/records", map[string]any{"absent": s.person(absent), "stand_in": s.person(person), "duty": duty, "from": "2026-11-23", "until": "2026-12-31"})
	}
	for _, a := range []answer{standing(reviewerA, officerA, "reviewer"), standing(officerA, principalA, "officer")} {
		if a.status != http.StatusOK {
			t.Fatal(a.body)
		}
	}
	if acts := s.account(officerA).GetStringSlice("acts_as"); !slices.Contains(acts, "reviewer") {
		t.Fatalf("before the end the stand-in acts as %v", acts)
	}
	draft, _ := s.draft(editorA, "A0308", "校园开放日", someText)
	s.mustPost(bureauAdmin, schoolFileA+"/ending", merging(map[string]any{"staff": []map[string]any{{"staff": s.person(officerA), "school": "9999990002", "duties": []string{"officer"}}}}))
	if acts := s.account(officerA).GetStringSlice("acts_as"); !slices.Equal(acts, []string{"officer"}) {
		t.Errorf("at the successor they act as %v", acts)
	}
	if acts := s.account(principalA).GetStringSlice("acts_as"); !slices.Equal(acts, []string{"principal"}) {
		t.Errorf("who stood in for them acts as %v", acts)
	}
	if n := s.rowsOf("stand_ins", "until >= '2026-11-23'"); n != 0 {
		t.Errorf("%d stand-ins go on", n)
	}
	if a := standing(officerA, principalA, "officer"); a.status != http.StatusBadRequest || !a.has("同在一个单位") {
		t.Errorf("somebody of the school that ended stands in at the successor: %d %s", a.status, a.body)
	}
	t.Run("those who were left see what there was, and are offered nothing", func(t *testing.T) {
		desk := s.do(editorA, http.MethodGet, "/api/app/desk", nil)
		if desk.field("ended") != "示范区晨光小学已于2026年11月23日并入示范区云帆中学" || !desk.has(`"goes_on":[{"id":"schoolb00000000","code":"9999990002"`) {
			t.Errorf("the desk: %.600s", desk.body)
		}
		if a := s.do(editorA, http.MethodGet, "/api/app/articles/"+draft, nil); a.status != http.StatusOK || a.field("can_edit") != false || !a.has(`"actions":[]`) {
			t.Errorf("the draft: %d %s", a.status, a.body)
		}
		if a := s.do(principalA, http.MethodGet, "/api/app/inbox", nil); a.status != http.StatusOK || !a.has(`"items":[]`) {
			t.Errorf("the inbox: %s", a.body)
		}
		if a := s.do(editorB, http.MethodGet, "/api/app/desk", nil); a.field("ended") != "" || !a.has(`"goes_on":[]`) {
			t.Errorf("the desk of the successor: %.300s", a.body)
		}
	})
	t.Run("nobody is invited there any more", func(t *testing.T) {
		a := s.do(bureauAdmin, http.MethodPost, "/api/app/staff", map[string]any{"email": "late@x.cn", "name": "后来", "school": schoolA, "duties": []string{"editor"}})
		refusedAt(t, a, "school", "不能再邀请")
	})
	t.Run("whoever was forgotten is taken along later", func(t *testing.T) {
		move := func(who, to string, duties ...string) answer {
			return s.do(bureauAdmin, http.MethodPost, schoolFileA+"/staff", map[string]any{"staff": []map[string]any{{"staff": s.person(who), "school": to, "duties": duties}}})
		}
		refusedAt(t, s.do(bureauAdmin, http.MethodPost, schoolFileB+"/staff", map[string]any{"staff": []map[string]any{{"staff": s.person(editorB), "school": "9999990001"}}}), "school", "没有合并或撤销")
		refusedAt(t, s.do(bureauAdmin, http.MethodPost, schoolFileA+"/staff", map[string]any{}), "staff", "请选择")
		refusedAt(t, move(editorB, "9999990002", "editor"), "staff", "不是这所学校的在用账号")
		refusedAt(t, move(editorA, "9999990001", "editor"), "staff", "只能转到承接学校")
		refusedAt(t, move(editorA, "9999990002", "supervisor"), "duties", "")
		if a := standing(reviewerA, editorA, "reviewer"); a.status != http.StatusOK {
			t.Fatalf("a stand-in among those who were left: %d %s", a.status, a.body)
		}
		if a := move(editorA, "9999990002", "editor"); a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
		if r := s.account(editorA); r.GetString("school") != schoolB || !slices.Equal(r.GetStringSlice("acts_as"), []string{"editor"}) {
			t.Errorf("the editor: %v", r.FieldsData())
		}
		if id, _ := s.draft(editorA, "A0308", "新学校的通知", someText); id == "" {
			t.Error("the editor writes nothing at the successor")
		}
		if a := s.do(editorA, http.MethodGet, recordAPI+"articles/records/"+draft, nil); a.status == http.StatusOK {
			t.Error("somebody of the successor sees drafts of the school that ended")
		}
	})
	if report := s.verified(); !report.IsIntact() {
		t.Errorf("the audit: %v", report.Breaks)
	}
}

// A school merged into one that is merged into a third: everything goes on at the
// third, also what comes to life again at the first.
func TestAMergerIntoAMergedSchool(t *testing.T) {
	s := serveRequests(t)
	third := s.openC()
	request, number, code := s.filed()
	s.mustAct(clerkA, request, "register", map[string]any{"confirmed": dayOf(*s.now.Load())})
	due := s.record("foi_requests", request).GetString("due")
	letter, letterNumber, letterCode := s.wrote(goodLetter())
	answered, _, _ := s.wrote(goodLetter())
	_, part, _ := s.issued(nil)
	s.mustPost(bureauAdmin, schoolFileA+"/ending", merging(nil))
	s.mustPost(bureauAdmin, schoolFileB+"/ending", merging(map[string]any{"into": []string{"9999990009"}}))
	for collection, id := range map[string]string{"foi_requests": request, "order_parts": part} {
		if got := s.record(collection, id).GetString("school"); got != third {
			t.Errorf("%s is at %s", collection, got)
		}
	}
	if got := s.record("inquiries", letter).GetString("unit"); got != third {
		t.Errorf("the letter is at %s", got)
	}
	track := s.do("", http.MethodPost, "/api/app/track", map[string]any{"number": number, "code": code})
	if track.status != http.StatusOK || track.field("school") != "示范区新苑小学" || track.field("due") != due || !track.has("由示范区云帆中学继续办理", "由示范区新苑小学继续办理") {
		t.Errorf("the applicant sees %d %s", track.status, track.body)
	}
	if track := s.do("", http.MethodPost, "/api/app/letters/track", map[string]any{"number": letterNumber, "code": letterCode}); track.status != http.StatusOK || !strings.Contains(track.field("unit").(string), "新苑小学") {
		t.Errorf("the writer sees %d %s", track.status, track.body)
	}
	for _, a := range []answer{s.fileAs("", doorA, goodApplication(), s.proof()), s.writeTo(lettersA, goodLetter())} {
		if a.status != http.StatusForbidden || !a.has("示范区新苑小学（", "/s/9999990009") {
			t.Errorf("the door of the first school: %d %s", a.status, a.body)
		}
	}
	for path, want := range map[string]string{"/s/9999990001/apply": "/s/9999990002", "/s/9999990002/apply": "/s/9999990009"} {
		if a := s.get(path); !a.has(`<a href="` + want + `"`) {
			t.Errorf("%s does not lead on to %s", path, want)
		}
	}
	if file := s.do(bureauAdmin, http.MethodGet, schoolFileA, nil); !file.has(`"goes_on":[{"code":"9999990009"`) {
		t.Errorf("people of the first school can be moved to %.600s", file.body)
	}
	move := func(to string) answer {
		return s.do(bureauAdmin, http.MethodPost, schoolFileA+"/staff", map[string]any{"staff": []map[string]any{{"staff": s.person(editorA), "school": to, "duties": []string{"editor"}}}})
	}
	refusedAt(t, move("9999990002"), "staff", "只能转到承接学校")
	if a := move("9999990009"); a.status != http.StatusOK || s.account(editorA).GetString("school") != third {
		t.Errorf("to the third: %d %s", a.status, a.body)
	}
	// an appeal revives what was closed at the first
	s.sql("UPDATE inquiries SET unit = '" + schoolA + "' WHERE id = '" + answered + "'")
	s.run("ended-schools")
	s.run("ended-schools")
	if got := s.record("inquiries", answered).GetString("unit"); got != third {
		t.Errorf("what came to life again is at %s", got)
	}
	query := "?from=2026-01-01&to=2026-12-31"
	sum := s.statistics(supervisor, query)
	of := []answer{s.statistics(supervisor, query+"&school=9999990001"), s.statistics(supervisor, query+"&school=9999990002"), s.statistics(supervisor, query+"&school=9999990009")}
	for id, row := range sum.table("table3") {
		for i, figure := range row {
			added := 0
			for _, one := range of {
				added += one.table("table3")[id][i]
			}
			if added != figure {
				t.Errorf("%s column %d: the district %d, its schools %d", id, i+1, figure, added)
			}
		}
	}
}

// What is filed while an opening is taken back is not at a school that is gone.
func TestNothingIsFiledAtASchoolThatIsTakenBack(t *testing.T) {
	s := serveRequests(t)
	s.openC()
	door, letters := "/api/app/schools/9999990009/requests", "/api/app/units/9999990009/letters"
	if a := s.get("/s/9999990009/apply"); a.status != http.StatusOK {
		t.Fatal(a.status)
	}
	s.sql("UPDATE schools SET status = 'planned' WHERE code = '9999990009'") // the door does not know yet
	for _, a := range []answer{s.fileAs("", door, goodApplication(), s.proof()), s.writeTo(letters, goodLetter())} {
		if a.status != http.StatusForbidden || !a.has("撤回开办", "没有收下") {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	if n := s.rowsOf("foi_requests", "TRUE") + s.rowsOf("inquiries", "TRUE"); n != 0 {
		t.Errorf("%d cases are at a school that is not open", n)
	}
}

// The opening is taken back while the first text is published and people write: one
// of them is first, and nothing hangs in the air: a school that somebody works at stays,
// planned, and a planned school may publish.
func TestAnOpeningIsTakenBackTogetherWithItsFirstPublication(t *testing.T) {
	for _, filing := range []bool{false, true} {
		s := serveRequests(t)
		s.withoutPaces()
		school := s.openC()
		s.sql("UPDATE staff SET school = '" + school + "' WHERE email IN ('" + editorA + "', '" + reviewerA + "', '" + secrecyA + "')")
		article := s.submitted("第一条", "A0308", "approve")
		// proofs are brought: whoever solves one on the way also resets the paces of the others
		application := filledIn(goodApplication(), map[string]any{"proof": s.solved()})
		letter := filledIn(goodLetter(), map[string]any{"proof": s.solved()})
		var all sync.WaitGroup
		var undo answer
		all.Go(func() { undo = s.do(bureauAdmin, http.MethodPost, fileC+"/undo", nil) })
		if filing {
			all.Go(func() { s.fileAs("", "/api/app/schools/9999990009/requests", application, s.proof()) })
			all.Go(func() { s.writeTo("/api/app/units/9999990009/letters", letter) })
		} else {
			all.Go(func() { s.act(secrecyA, article, map[string]any{"action": "clear", "check": clear}) })
		}
		all.Wait()
		open, left := s.rowsOf("schools", "id = '"+school+"' AND status = 'open'"), s.rowsOf("schools", "id = '"+school+"'")
		used := s.rowsOf("articles", "school = '"+school+"' AND first_published_at != ''") + s.rowsOf("foi_requests", "school = '"+school+"'") + s.rowsOf("inquiries", "unit = '"+school+"'")
		switch {
		case undo.status == http.StatusNoContent && (open > 0 || used > 0 && filing || used > left):
			t.Errorf("taken back (filing %v): %d are there, %d schools, %d open", filing, used, left, open)
		case undo.status != http.StatusNoContent && (undo.status != http.StatusBadRequest || used == 0 || open != 1):
			t.Errorf("not taken back (filing %v): %d %s; %d are there, open: %d", filing, undo.status, undo.body, used, open)
		}
	}
}
