package pb_hooks_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/publication"
)

// The unit's people put files to an answer while it is written; others read what was
// given, and what was submitted stays.
func TestFilesOfALetterAreRead(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.wrote(goodLetter())
	path := "/api/app/inquiries/" + id + "/files"
	if a := s.uploadTo(clerkA, path, "课表.png", picture(t)); a.status != http.StatusForbidden {
		t.Errorf("before it is accepted: %d %s", a.status, a.body)
	}
	s.mustLetter(clerkA, id, "accept", nil)
	for _, who := range viewers {
		a := s.uploadTo(who, path, "课表.png", picture(t))
		if may := who == clerkA; (a.status == http.StatusOK) != may || a.status >= 500 {
			t.Errorf("%q uploads: %d %s", who, a.status, a.body)
		}
	}
	if a := s.uploadTo(clerkA, path, "课表.png", []byte("MZ")); a.status != http.StatusBadRequest || a.field("data", "file") == nil {
		t.Errorf("a program that is called a picture: %d %s", a.status, a.body)
	}
	given := s.uploadTo(clerkA, path, "课表.png", picture(t)).field("id").(string)
	unused := s.uploadTo(clerkA, path, "没有用.png", picture(t)).field("id").(string)
	body := map[string]any{"kind": "answer", "answer": "课表见附件。", "files": []string{given}}
	if a := s.do(clerkA, http.MethodPut, "/api/app/inquiries/"+id+"/text", body); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	reads := func(what string, file string, may ...string) {
		t.Helper()
		for _, who := range viewers {
			a := s.do(who, http.MethodGet, path+"/"+file, nil)
			if (a.status == http.StatusOK) != slices.Contains(may, who) || a.status >= 500 {
				t.Errorf("%s: %q reads: %d", what, who, a.status)
			}
			if a.status == http.StatusOK && (a.body != string(picture(t)) || a.header.Get("Cache-Control") != "no-store" || a.header.Get("X-Content-Type-Options") != "nosniff") {
				t.Errorf("%s: %q reads %d bytes %v", what, who, len(a.body), a.header)
			}
		}
	}
	reads("while it is written", given, clerkA, officerA, principalA)
	if a := s.do(clerkA, http.MethodDelete, path+"/"+given, nil); a.status != http.StatusBadRequest || !a.has("用到这个文件") {
		t.Errorf("the file of a draft is removed: %d %s", a.status, a.body)
	}
	if a := s.followsLetter(number, code, "file", map[string]any{"file": given}); a.status != http.StatusNotFound {
		t.Errorf("the writer before the answer: %d", a.status)
	}
	hash := s.mustLetter(clerkA, id, "submit_answer", nil).field("in_review", "hash")
	s.mustLetter(principalA, id, "return", map[string]any{"hash": hash, "reason": "请再核对"})
	if a := s.do(clerkA, http.MethodDelete, path+"/"+given, nil); a.status != http.StatusBadRequest {
		t.Errorf("the file of what was submitted is removed: %d", a.status)
	}
	for _, who := range []string{"", nobodyA, officerA, supervisor, clerkB} {
		if a := s.do(who, http.MethodDelete, path+"/"+unused, nil); a.status < 400 {
			t.Errorf("%q removes it: %d", who, a.status)
		}
	}
	if a := s.do(clerkA, http.MethodDelete, path+"/"+unused, nil); a.status != http.StatusNoContent || s.rowsOf("inquiry_files", "id = '"+unused+"'") != 0 {
		t.Errorf("removed: %d %s", a.status, a.body)
	}
	hash = s.mustLetter(clerkA, id, "submit_answer", nil).field("in_review", "hash")
	s.mustLetter(principalA, id, "answer", map[string]any{"hash": hash})
	reads("when it is given", given, clerkA, officerA, principalA, supervisor)
	if a := s.followsLetter(number, code, "", nil); !a.has("课表.png", given) {
		t.Errorf("the writer's view: %s", a.body)
	}
	if a := s.followsLetter(number, code, "file", map[string]any{"file": given}); a.body != string(picture(t)) {
		t.Errorf("the writer: %d, %d bytes", a.status, len(a.body))
	}
	other, _, _ := s.wrote(goodLetter())
	if a := s.do(clerkA, http.MethodGet, "/api/app/inquiries/"+other+"/files/"+given, nil); a.status != http.StatusNotFound {
		t.Errorf("through another letter: %d", a.status)
	}
}

func TestWhoWroteIsShownWithAReason(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.wrote(goodLetter())
	path, why := "/api/app/inquiries/"+id, map[string]any{"reason": "电话核实情况", "n": 1}
	for _, who := range viewers {
		row := s.lastRow()
		a := s.do(who, http.MethodPost, path+"/writer", why)
		if may := who == clerkA; (a.status == http.StatusOK) != may || a.has("王小明") != may || may && s.lastRow() != row+1 {
			t.Errorf("%q: %d %s", who, a.status, a.body)
		}
		if a := s.do(who, http.MethodPost, path+"/papers", why); a.status < 400 || a.status >= 500 {
			t.Errorf("%q reads a paper that is not there: %d %s", who, a.status, a.body)
		}
	}
	if n := s.rowsOf("audit_log", "action = 'inquiry_writer' AND record = '"+id+"' AND detail LIKE '%电话核实情况%'"); n != 1 {
		t.Errorf("entered %d times", n)
	}
	if a := s.do(clerkA, http.MethodPost, path+"/writer", map[string]any{"reason": "看"}); a.status != http.StatusBadRequest || a.field("data", "reason") == nil {
		t.Errorf("without a reason: %d %s", a.status, a.body)
	}
	secret, _, _ := s.wrote(filledIn(goodLetter(), map[string]any{"category": "bullying", "anonymous": true, "name": nil, "contact": nil, "may_publish": false}))
	if a := s.do(clerkA, http.MethodPost, "/api/app/inquiries/"+secret+"/writer", why); a.status != http.StatusBadRequest || !a.has("匿名来信") {
		t.Errorf("an anonymous one: %d %s", a.status, a.body)
	}
}

// Notes never leave the unit that wrote them, and tell whom they mention.
func TestNotesStayInTheUnit(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.wrote(goodLetter())
	path := "/api/app/inquiries/" + id + "/notes"
	note := map[string]any{"text": "先问总务处的王老师", "mentions": []string{s.person(principalA)}}
	for _, who := range viewers {
		a := s.do(who, http.MethodPost, path, note)
		if may := slices.Contains([]string{clerkA, officerA, principalA}, who); (a.status == http.StatusOK) != (may && who != principalA) || a.status >= 500 {
			t.Errorf("%q notes: %d %s", who, a.status, a.body) // nobody mentions themselves
		}
		b := s.do(who, http.MethodGet, path, nil)
		if may := slices.Contains([]string{clerkA, officerA, principalA}, who); (b.status == http.StatusOK) != may || who != clerkA && !may && b.has("总务处") {
			t.Errorf("%q reads notes: %d %s", who, b.status, b.body)
		}
	}
	if n := s.rowsOf("notifications", "staff = '"+s.person(principalA)+"' AND title LIKE '%在备注里提到您%"+number+"%' AND title NOT LIKE '%总务处%'"); n != 2 {
		t.Errorf("the principal is told %d times", n)
	}
	row := s.lastRow()
	for field, with := range map[string]map[string]any{"text": {"text": strings.Repeat("长", 2001)}, "mentions": {"text": "x", "mentions": []string{s.person(nobodyA)}}, "text ": {}} {
		if a := s.do(clerkA, http.MethodPost, path, with); a.status != http.StatusBadRequest || a.field("data", strings.TrimSpace(field)) == nil {
			t.Errorf("%s: %d %s", field, a.status, a.body)
		}
	}
	if s.lastRow() != row || s.dump("inquiry_notes", "总务处") {
		t.Error("a refused note is kept, or a note stands in clear")
	}
	if a := s.followsLetter(number, code, "", nil); a.has("总务处") {
		t.Errorf("the writer reads a note: %s", a.body)
	}
	s.mustLetter(clerkA, id, "transfer", map[string]any{"unit": "9999990002", "reason": "反映的是云帆中学"})
	s.mustLetter(clerkB, id, "take_over", nil)
	if a := s.do(clerkB, http.MethodGet, path, nil); a.status != http.StatusOK || a.has("总务处") || len(a.field("notes").([]any)) != 0 {
		t.Errorf("the school that took it: %d %s", a.status, a.body)
	}
	if a := s.do(clerkA, http.MethodGet, path, nil); a.status != http.StatusNotFound {
		t.Errorf("the school that gave it away: %d", a.status)
	}
}

func TestALetterBecomesAQuestion(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.wrote(aQuestion())
	path := "/api/app/inquiries/" + id + "/question"
	good := map[string]any{"title": "转学要带什么材料？", "topic": "招生入学", "audience": "家长"}
	if a := s.do(clerkA, http.MethodPost, path, good); a.status != http.StatusBadRequest || !a.has("答复以后") {
		t.Errorf("before the answer: %d %s", a.status, a.body)
	}
	s.answersLetter(id, officerA, "王小明家长，请带户口簿。")
	row := s.lastRow()
	for field, with := range map[string]map[string]any{"title": {"title": ""}, "topic": {"topic": strings.Repeat("长", 61)}, "audience": {"audience": ""},
		"answer": {}, "title ": {"title": "王小明的问题"}} {
		if a := s.do(clerkA, http.MethodPost, path, filledIn(good, with)); a.status != http.StatusBadRequest || a.field("data", strings.TrimSpace(field)) == nil || a.has("王小明") {
			t.Errorf("%s: %d %s", field, a.status, a.body)
		}
	}
	good["answer"] = "请带户口簿和转学证明。"
	for _, who := range viewers {
		if a := s.do(who, http.MethodPost, path, good); who != clerkA && a.status < 400 {
			t.Errorf("%q: %d %s", who, a.status, a.body)
		} else if who == clerkA && a.status != http.StatusOK {
			t.Fatalf("made a question: %d %s", a.status, a.body)
		}
	}
	if n := s.rowsOf("audit_log", "action = 'inquiry_question' AND record = '"+id+"'"); n != 1 || s.lastRow() == row {
		t.Errorf("entered %d times", n)
	}
	desk := s.do(clerkA, http.MethodGet, "/api/app/inquiries/"+id, nil)
	article := desk.field("question").(string)
	version, err := s.app.FindFirstRecordByData("article_versions", "article", article)
	if err != nil || desk.field("may_question") != false {
		t.Fatal(err, desk.body)
	}
	if facts := version.GetString("facts"); !strings.Contains(facts, "转学证明") || !strings.Contains(facts, "2026-11-23") || strings.Contains(facts, "王小明") {
		t.Errorf("the question: %s", facts)
	}
	if r := s.record("articles", article); r.GetString("column") != "B0301" || r.GetString("state") != "draft" || !slices.Contains(version.GetStringSlice("writers"), s.person(clerkA)) {
		t.Errorf("the article: %v", r)
	}
	if a := s.do(clerkA, http.MethodPost, path, good); a.status != http.StatusBadRequest || !a.has("已经转为便民问答") {
		t.Errorf("made twice: %d %s", a.status, a.body)
	}
}

// selected is a letter that was released for publication: its draft article, with
// what an editor adds.
func (s *server) selected() (id, number, code, article, version string) {
	s.t.Helper()
	id, number, code = s.wrote(aQuestion())
	s.answersLetter(id, officerA, "请带户口簿。")
	s.mustFollow(number, code, "rate", map[string]any{"rating": 5})
	text := map[string]any{"kind": "selection", "title": "转学要带什么材料", "question": "孩子从外区转来，要带哪些材料？", "answer": "请带户口簿。"}
	if a := s.do(clerkA, http.MethodPut, "/api/app/inquiries/"+id+"/text", text); a.status != http.StatusOK {
		s.t.Fatal(a.body)
	}
	hash := s.mustLetter(clerkA, id, "propose_publication", nil).field("selection", "hash")
	article = s.mustLetter(officerA, id, "publish", map[string]any{"hash": hash}).field("article").(string)
	version = s.openVersion(editorA, article)
	if a := s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+version, map[string]any{"created_on": "2026-11-23"}); a.status != http.StatusOK {
		s.t.Fatal(a.body)
	}
	return id, number, code, article, version
}

// What a writer no longer agrees to is not published: neither from a draft, nor out
// of a review; what is public is taken down at once.
func TestARevokedLetterIsNotPublic(t *testing.T) {
	s := serveRequests(t)
	refused := func(what, article string) {
		t.Helper()
		open := s.openVersion(editorA, article)
		if a := s.act(editorA, article, map[string]any{"version": open, "action": "submit"}); a.status != http.StatusBadRequest || !a.has("撤回了公开同意") {
			t.Errorf("%s: submitted again: %d %s", what, a.status, a.body)
		}
	}
	_, number, code, draft, _ := s.selected()
	if a := s.do(editorA, http.MethodPatch, "/api/collections/articles/records/"+draft, map[string]any{"letter": ""}); s.record("articles", draft).GetString("letter") == "" {
		t.Errorf("an editor forgets which letter it is: %d", a.status)
	}
	s.mustFollow(number, code, "consent", nil)
	refused("a draft", draft)

	_, number, code, reviewed, version := s.selected()
	s.must(editorA, reviewed, map[string]any{"version": version, "action": "submit"})
	s.must(reviewerA, reviewed, map[string]any{"version": version, "action": "approve", "check": fine})
	s.mustFollow(number, code, "consent", nil)
	if r := s.record("articles", reviewed); r.GetString("stage") != string(publication.Drafting) {
		t.Errorf("it is still under review: %s", r.GetString("stage"))
	}
	if a := s.act(secrecyA, reviewed, map[string]any{"version": version, "action": "clear", "check": clear}); a.status < 400 {
		t.Errorf("cleared all the same: %d", a.status)
	}
	refused("out of a review", reviewed)

	_, number, code, public, version := s.selected()
	if a := s.publish(editorA, public, version); a.status != http.StatusOK || s.get("/a/"+public).status != http.StatusOK {
		t.Fatalf("published: %d %s", a.status, a.body)
	}
	s.mustFollow(number, code, "consent", nil)
	page := s.get("/a/" + public)
	if r := s.record("articles", public); r.GetString("state") != "withdrawn" || page.has("请带户口簿") || !page.has("来信人不再同意公开") {
		t.Errorf("it is %s: %d %s", r.GetString("state"), page.status, page.body)
	}
	if n := s.rowsOf("notifications", "staff = '"+s.person(editorA)+"' AND title LIKE '%选登的来信已经撤下%"+number+"%'"); n != 1 {
		t.Errorf("the editor is told %d times", n)
	}
	if a := s.do(editorA, http.MethodPost, "/api/collections/article_versions/records", map[string]any{"article": public}); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	refused("taken down", public)

	id, _, _, public, version := s.selected()
	if a := s.publish(editorA, public, version); a.status != http.StatusOK {
		t.Fatalf("published: %d %s", a.status, a.body)
	}
	s.mustLetter(officerA, id, "decline_publication", map[string]any{"reason": "答复已经过时"})
	if r := s.record("articles", public); r.GetString("state") != "withdrawn" || strings.Contains(r.GetString("withdrawn_reason"), "过时") {
		t.Errorf("declined: %s %s", r.GetString("state"), r.GetString("withdrawn_reason"))
	}
}
