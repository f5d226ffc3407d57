package pb_hooks_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

// Ways around the procedure that were tried, each with what stands in its way.

// alsoActs gives a person other duties.
func (s *server) alsoActs(email string, duties ...string) {
	s.t.Helper()
	r := s.record("staff", s.person(email))
	r.Set("duties", duties)
	if err := s.app.Save(r); err != nil {
		s.t.Fatal(err)
	}
}

func TestACopiedTextKeepsItsWriters(t *testing.T) {
	s := serve(t)
	s.alsoActs(reviewerA, "editor", "reviewer")
	article, version := s.draft(reviewerA, "A0308", "自己写自己审", someText)
	s.must(reviewerA, article, map[string]any{"version": version, "action": "submit"})
	s.must(reviewerA, article, map[string]any{"action": "recall"})
	// a colleague throws the reopened copy away, begins anew from the same text and submits it
	if a := s.do(editorA, http.MethodDelete, recordAPI+"article_versions/records/"+s.openVersion(editorA, article), nil); a.status != http.StatusNoContent {
		t.Fatalf("%d %s", a.status, a.body)
	}
	a := s.do(editorA, http.MethodPost, recordAPI+"article_versions/records", map[string]any{"article": article})
	copied, _ := a.field("id").(string)
	s.must(editorA, article, map[string]any{"version": copied, "action": "submit"})
	s.refused("who wrote what was copied", reviewerA, article, map[string]any{"action": "approve", "check": fine}, 400, "action", "publication_same_person")
}

func TestAChangeOfAPublicTextIsReviewedByThoseWhoWroteThePublicOne(t *testing.T) {
	s := serve(t)
	s.alsoActs(reviewerA, "editor", "reviewer")
	s.alsoActs(principalA, "reviewer", "principal")
	article, version := s.draft(reviewerA, "A0308", "公开过的", someText)
	s.must(reviewerA, article, map[string]any{"version": version, "action": "submit"})
	s.must(principalA, article, map[string]any{"action": "approve", "check": fine})
	s.must(secrecyA, article, map[string]any{"action": "clear", "check": clear})
	a := s.do(editorA, http.MethodPost, recordAPI+"article_versions/records", map[string]any{"article": article})
	s.must(editorA, article, map[string]any{"version": a.field("id"), "action": "submit"})
	s.must(reviewerA, article, map[string]any{"action": "approve", "check": fine}) // the text was reviewed by others; the change is a colleague's
}

func TestWhoGivesAFileWritesAlong(t *testing.T) {
	s := serve(t)
	s.alsoActs(reviewerA, "editor", "reviewer")
	article, version := s.draft(editorA, "A0308", "附件是别人传的", someText)
	before := s.record("article_versions", version).GetString("updated")
	a := s.upload(reviewerA, article, "安排.png", picture(t))
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if got := s.record("article_versions", version).GetString("updated"); got != before {
		t.Error("the colleague who saves next is told of a conflict")
	}
	id := a.field("id")
	s.do(editorA, http.MethodPatch, recordAPI+"attachments/records/"+id.(string), map[string]any{"alt": "安排图"})
	if a := s.do(editorA, http.MethodPatch, recordAPI+"article_versions/records/"+version, map[string]any{"attachments": []any{id}, "base": before}); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	s.refused("who gave the file", reviewerA, article, map[string]any{"action": "approve", "check": fine}, 400, "action", "publication_same_person")
}

func TestWhatTheBureauTookDownStaysDown(t *testing.T) {
	s := serve(t)
	article, first := s.draft(editorA, "A0308", "含有个人信息", someText)
	s.publish(editorA, article, first)
	a := s.do(editorA, http.MethodPost, recordAPI+"article_versions/records", map[string]any{"article": article})
	change, _ := a.field("id").(string)
	s.do(editorA, http.MethodPatch, recordAPI+"article_versions/records/"+change, map[string]any{"release_at": "2026-11-24 02:00:00.000Z"})
	s.must(editorA, article, map[string]any{"version": change, "action": "submit"})
	s.must(reviewerA, article, map[string]any{"action": "approve", "check": fine})
	s.must(secrecyA, article, map[string]any{"action": "clear", "check": clear})
	s.stands(article, "published", "released")
	s.must(supervisor, article, map[string]any{"action": "take_down", "reason": "含有学生个人信息"})
	s.wait(48 * time.Hour)
	s.stands(article, "withdrawn", "drafting")
	if s.record("articles", article).GetString("withdrawn_reason") == "" || s.openVersion(editorA, article) == change {
		t.Error("the reason is gone, or the writer has nothing to write on")
	}
}

func TestTheBureauStopsWhatIsAboutToAppear(t *testing.T) {
	s := serve(t)
	article := s.later("不合适的时间")
	s.refused("a reviewer of the bureau", bureauReviewer, article, map[string]any{"action": "return", "reason": "x"}, 400, "", "")
	s.refused("the school's principal", principalA, article, map[string]any{"action": "return", "reason": "x"}, 403, "", "")
	s.refused("without a reason", supervisor, article, map[string]any{"action": "return"}, 400, "reason", "publication_reason_missing")
	s.must(supervisor, article, map[string]any{"action": "return", "reason": "请改到下周"})
	s.wait(48 * time.Hour)
	s.stands(article, "draft", "returned")
	if a := s.do(editorA, http.MethodGet, recordAPI+"notifications/records", nil); !a.has("退回修改：不合适的时间") {
		t.Errorf("%s", a.body)
	}
}

func TestSuperusersDoNotChangeWhatWasDecided(t *testing.T) {
	s := serve(t)
	article, _ := s.atSecrecy("带有标记")
	found := s.blocks(s.record("articles", article).GetString("pending"))[0].Id
	draft, _ := s.draft(editorA, "A0308", "还没有提交", someText)
	rules, err := s.app.FindAllRecords("review_rules")
	if err != nil {
		t.Fatal(err)
	}
	_, _, attachment := draftWithFile(s)
	const seen = `[{"class":"location","level":"warn","place":"安排.png","sample":"","hint":""}]`
	if _, err := s.app.DB().Update("attachments", dbx.Params{"findings": seen}, dbx.HashExp{"id": attachment}).Execute(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, method, path string
		body               any
		status             int
		field, code        string
	}{
		{"its column", "PATCH", "articles/records/" + article, map[string]any{"column": "A0302"}, 400, "column", "place_is_final"},
		{"its school", "PATCH", "articles/records/" + article, map[string]any{"school": schoolB}, 400, "school", "place_is_final"},
		{"a draft's column is not decided", "PATCH", "articles/records/" + draft, map[string]any{"column": "A0302"}, 200, "", ""},
		{"a finding", "PATCH", "findings/records/" + found, map[string]any{"state": "resolved"}, 400, "id", "finding_is_final"},
		{"a finding, deleted", "DELETE", "findings/records/" + found, nil, 400, "", ""},
		{"all findings", "DELETE", "findings/truncate", nil, 400, "", ""},
		{"a finding, made up", "POST", "findings/records", map[string]any{"article": article, "class": "name_list", "level": "warn", "found": "submit", "state": "open"}, 400, "id", "finding_is_final"},
		{"a rule", "PATCH", "review_rules/records/" + rules[0].Id, map[string]any{"form": "two_person"}, 400, "id", "rule_is_final"},
		{"a rule, deleted", "DELETE", "review_rules/records/" + rules[0].Id, nil, 400, "", ""},
		{"all rules", "DELETE", "review_rules/truncate", nil, 400, "", ""},
		{"a rule from a day that has passed", "POST", "review_rules/records", map[string]any{"form": "standard", "workdays": 2, "valid_from": "2026-11-22"}, 400, "valid_from", "rule_in_the_past"},
		{"two persons for charges", "POST", "review_rules/records", map[string]any{"column": "A0801", "form": "two_person", "workdays": 2, "valid_from": "2026-11-24"}, 400, "form", "form_too_few"},
	} {
		a := s.do(root, tt.method, recordAPI+tt.path, tt.body)
		if a.status != tt.status || tt.code != "" && a.field("data", tt.field, "code") != tt.code {
			t.Errorf("%s: %d %s", tt.name, a.status, a.body)
		}
	}
	for _, who := range []string{root, editorA} {
		s.do(who, http.MethodPatch, recordAPI+"attachments/records/"+attachment, map[string]any{"findings": []any{}, "cleaned": true})
		if r := s.record("attachments", attachment); r.GetBool("cleaned") || r.GetString("findings") != seen {
			t.Errorf("%s says what was found in a file: %s", who, r.GetString("findings"))
		}
	}
}

func TestTheReasonOfAWithdrawalIsScanned(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "含有个人信息", someText)
	s.publish(editorA, article, version)
	const number = "11010519491231002X" // of the national standard
	for _, step := range []struct{ who, do string }{{editorA, "withdraw"}, {supervisor, "take_down"}} {
		s.refused(step.do, step.who, article, map[string]any{"action": step.do, "reason": "误写了学生证件号" + number}, 400, "reason", "reason_not_public")
	}
	s.stands(article, "published", "drafting")
	s.must(editorA, article, map[string]any{"action": "withdraw", "reason": "误写了学生证件号"})
}

func TestABroadcastIsNotReviewedByItsWriter(t *testing.T) {
	s := serve(t)
	s.alsoActs(supervisor, "supervisor", "reviewer")
	id := s.broadcast(schoolA)
	s.sendOut(id)
	article, err := s.app.FindFirstRecordByData("articles", "broadcast", id)
	if err != nil {
		t.Fatal(err)
	}
	away := s.record("staff", s.person(reviewerA))
	away.Set("deactivated_at", now)
	if err := s.app.Save(away); err != nil {
		t.Fatal(err)
	}
	s.must(editorA, article.Id, map[string]any{"version": s.openVersion(editorA, article.Id), "action": "submit"})
	if !s.record("articles", article.Id).GetBool("at_bureau") {
		t.Fatal("it is at the bureau")
	}
	s.refused("who wrote it", supervisor, article.Id, map[string]any{"action": "approve", "check": fine}, 400, "action", "publication_same_person")
	s.must(bureauReviewer, article.Id, map[string]any{"action": "approve", "check": fine})
}

func TestValidityOutlastsTheHourOfPublication(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "短期通知", someText)
	s.do(editorA, http.MethodPatch, recordAPI+"article_versions/records/"+version, map[string]any{"release_at": "2026-11-30 02:00:00.000Z", "valid_until": "2026-11-25"})
	s.refused("over before it begins", editorA, article, map[string]any{"version": version, "action": "submit"}, 400, "valid_until", "publication_valid_until_missing")
}
