package pb_hooks_test

import (
	"net/http"
	"testing"
	"time"
)

func TestASchoolThatEndedPublishesNothingMore(t *testing.T) {
	s := serve(t)
	planned, version := s.draft(editorA, "A0308", "明天公开", someText)
	s.do(editorA, http.MethodPatch, recordAPI+"article_versions/records/"+version, map[string]any{"release_at": now.Add(26 * time.Hour).Format("2006-01-02 15:04:05.000Z")})
	if a := s.publish(editorA, planned, version); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	s.stands(planned, "draft", "released")
	atBureau := s.submitted("拿不准的", "A0308", "approve", "refer")
	public, published := s.draft(editorA, "A0308", "公开过的", someText)
	if a := s.publish(editorA, public, published); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	s.mustPost(bureauAdmin, schoolFileA+"/ending", merging(nil))
	s.wait(27 * time.Hour)
	if a := s.get("/a/" + planned); a.status != http.StatusNotFound {
		t.Errorf("the clock publishes at a school that ended: %d", a.status)
	}
	if a := s.act(bureauSecrecy, atBureau, map[string]any{"action": "clear", "check": clear}); a.status == http.StatusOK || s.get("/a/"+atBureau).status != http.StatusNotFound {
		t.Errorf("the bureau publishes at a school that ended: %d %s", a.status, a.body)
	}
	if a := s.act(supervisor, public, map[string]any{"version": published, "action": "take_down", "reason": "内容有误，现予以撤下"}); a.status != http.StatusOK {
		t.Errorf("nothing can be taken down any more: %d %s", a.status, a.body)
	}
	s.mustPost(bureauAdmin, schoolFileA+"/reopening", nil)
	s.wait(time.Minute)
	if a := s.get("/a/" + planned); a.status != http.StatusOK {
		t.Errorf("what waited does not come out once the school is open again: %d", a.status)
	}
}

func TestTheOpeningOfASchoolThatEndedIsNotTakenBack(t *testing.T) {
	s := serve(t)
	opened := s.mustPost(bureauAdmin, schoolsAPI, map[string]any{"fields": map[string]string{"name": "示范区新苑小学", "stages": "小学", "code": "9999990009"}})
	if opened.field("may_undo") != true {
		t.Fatalf("opened: %s", opened.body)
	}
	at := schoolsAPI + "/9999990009"
	s.mustPost(bureauAdmin, at+"/ending", merging(nil))
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, at+"/undo", nil), "school", "已经合并或撤销")
	if a := s.do(bureauAdmin, http.MethodGet, at, nil); a.field("status") != "merged" {
		t.Errorf("the school that was merged is %v: %s", a.field("status"), a.body)
	}
}

// A school may end while somebody sends their papers: the door was passed before.
func TestNothingIsFiledAtASchoolThatJustEnded(t *testing.T) {
	s := serveRequests(t)
	if a := s.get("/s/9999990001/apply"); a.status != http.StatusOK {
		t.Fatal(a.status)
	}
	if _, err := s.app.DB().NewQuery("UPDATE schools SET status = 'closed' WHERE id = '" + schoolA + "'").Execute(); err != nil { // the door does not know yet
		t.Fatal(err)
	}
	for _, a := range []answer{s.fileAs("", doorA, goodApplication(), s.proof()), s.writeTo(lettersA, goodLetter())} {
		if a.status != http.StatusForbidden || !a.has("刚刚合并、撤销", "没有收下") {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	if n := s.rowsOf("foi_requests", "TRUE") + s.rowsOf("inquiries", "TRUE"); n != 0 {
		t.Errorf("%d cases are at a school that was closed", n)
	}
}
