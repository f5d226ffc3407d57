package pb_hooks_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// record reads a record of the running server.
func (s *server) record(collection, id string) *core.Record {
	s.t.Helper()
	r, err := s.app.FindRecordById(collection, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

// stands asserts where an article stands.
func (s *server) stands(article, state, stage string) {
	s.t.Helper()
	a := s.record("articles", article)
	if a.GetString("state") != state || a.GetString("stage") != stage {
		s.t.Errorf("the article is %s, %s; want %s, %s", a.GetString("state"), a.GetString("stage"), state, stage)
	}
}

// must takes a step that has to succeed.
func (s *server) must(as, article string, step map[string]any) answer {
	s.t.Helper()
	a := s.act(as, article, step)
	if a.status != http.StatusOK {
		s.t.Fatalf("%v as %s: %d %s", step["action"], as, a.status, a.body)
	}
	return a
}

// refused takes a step that must not succeed, and asserts that nothing changed.
func (s *server) refused(name, as, article string, step map[string]any, status int, field, code string) {
	s.t.Helper()
	before, _ := s.app.CountRecords("article_steps")
	was := s.record("articles", article)
	a := s.act(as, article, step)
	if a.status != status || code != "" && a.field("data", field, "code") != code {
		s.t.Errorf("%s: %d %s", name, a.status, a.body)
	}
	after, _ := s.app.CountRecords("article_steps")
	s.stands(article, was.GetString("state"), was.GetString("stage"))
	if before != after {
		s.t.Errorf("%s: a step was stored", name)
	}
}

func TestNothingAppearsWithoutTwoReviewsByTwoPeople(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	approve := map[string]any{"version": version, "action": "approve", "check": fine}
	clearStep := map[string]any{"version": version, "action": "clear", "check": clear}
	s.refused("a draft is not approved", reviewerA, article, approve, 400, "action", "publication_illegal_step")
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	s.stands(article, "draft", "reviewing")

	s.refused("the editor does not approve", editorA, article, approve, 403, "", "")
	s.refused("nor a superuser", root, article, approve, 403, "", "")
	s.refused("nor the reviewer of another school", reviewerB, article, approve, 400, "", "")
	s.refused("nor the bureau, while the school has people", bureauReviewer, article, approve, 400, "", "")
	s.refused("nor a visitor", "", article, approve, 400, "", "")
	s.refused("without ticks", reviewerA, article, map[string]any{"version": version, "action": "approve"}, 400, "check", "publication_check_missing")
	s.refused("the server's own step", reviewerA, article, map[string]any{"version": version, "action": "publish"}, 403, "", "")
	s.refused("import is no way round", editorA, article, map[string]any{"version": version, "action": "import"}, 403, "", "")
	step := s.must(reviewerA, article, approve)
	if step.field("by_name") != reviewerA || step.field("duty") != "reviewer" || step.field("stage") != "reviewing" || step.field("hash") == "" {
		t.Errorf("the step is signed so: %s", step.body)
	}
	s.refused("the reviewer does not clear", reviewerA, article, clearStep, 403, "", "")
	if s.get("/a/"+article).status != 404 {
		t.Error("half reviewed it is public")
	}
	s.must(secrecyA, article, clearStep)
	s.stands(article, "published", "drafting")
	if a := s.get("/a/" + article); a.status != 200 || !a.has("供餐时间调整") {
		t.Errorf("the page: %d", a.status)
	}
	steps, _ := s.app.FindRecordsByFilter("article_steps", "article = {:a}", "created,@rowid", 0, 0, map[string]any{"a": article})
	var said []string
	for _, st := range steps {
		said = append(said, st.GetString("action"))
	}
	if strings.Join(said, " ") != "submit approve clear publish" {
		t.Errorf("the record says %v", said)
	}
}

func TestOnePersonWithTwoDutiesFillsOnlyOne(t *testing.T) {
	s := serve(t)
	all := s.record("staff", s.person(reviewerA))
	all.Set("duties", []string{"editor", "reviewer", "secrecy_reviewer"})
	if err := s.app.Save(all); err != nil {
		t.Fatal(err)
	}
	article, version := s.draft(editorA, "A0308", "标题", someText)
	s.do(reviewerA, http.MethodPatch, "/api/collections/article_versions/records/"+version, map[string]any{"title": "改了一处"})
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	s.refused("who wrote along does not review", reviewerA, article, map[string]any{"version": version, "action": "approve", "check": fine}, 400, "action", "publication_same_person")

	article, version = s.draft(editorA, "A0308", "标题二", someText)
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	s.must(reviewerA, article, map[string]any{"version": version, "action": "approve", "check": fine})
	s.refused("who reviewed does not clear", reviewerA, article, map[string]any{"version": version, "action": "clear", "check": clear}, 400, "action", "publication_same_person")
	s.must(secrecyA, article, map[string]any{"version": version, "action": "clear", "check": clear})
}

func (s *server) person(email string) string {
	s.t.Helper()
	r, err := s.app.FindAuthRecordByEmail("staff", email)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.Id
}

func TestAReturnedTextComesBackAsACopy(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "家长会通知", someText)
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	if a := s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+version, map[string]any{"title": "偷偷改"}); a.status != 400 {
		t.Errorf("what is under review was changed: %d %s", a.status, a.body)
	}
	s.refused("returning needs a reason", reviewerA, article, map[string]any{"action": "return", "version": version}, 400, "reason", "publication_reason_missing")
	s.must(reviewerA, article, map[string]any{"action": "return", "version": version, "reason": "时间写错了"})
	s.stands(article, "draft", "returned")
	next := s.openVersion(editorA, article)
	copied := s.record("article_versions", next)
	if next == version || copied.GetString("body") != s.record("article_versions", version).GetString("body") || copied.GetInt("number") != 2 ||
		copied.GetStringSlice("writers")[0] != s.person(editorA) {
		t.Errorf("the copy: %v", copied)
	}
	s.refused("the old text is not approved any more", reviewerA, article, map[string]any{"action": "approve", "version": version, "check": fine}, 400, "action", "publication_illegal_step")
	s.must(editorA, article, map[string]any{"version": next, "action": "submit"})
	s.refused("nor in place of the new one", reviewerA, article, map[string]any{"action": "approve", "version": version, "check": fine}, 400, "action", "publication_other_text")
	s.must(editorA, article, map[string]any{"action": "recall"})
	s.stands(article, "draft", "drafting")
	if a := s.publish(editorA, article, s.openVersion(editorA, article)); a.status != 200 {
		t.Errorf("again: %d %s", a.status, a.body)
	}
}

func TestAChangeWaitsBesideWhatIsPublic(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "第一版", someText)
	s.publish(editorA, article, version)
	began := s.do(editorA, http.MethodPost, "/api/collections/article_versions/records", map[string]any{"article": article})
	next := began.field("id").(string)
	s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+next, map[string]any{"title": "第二版"})
	s.must(editorA, article, map[string]any{"version": next, "action": "submit"})
	s.must(reviewerA, article, map[string]any{"version": next, "action": "approve", "check": fine})
	if a := s.get("/a/" + article); !a.has("第一版") || a.has("第二版") {
		t.Error("the public sees what is under review")
	}
	first := s.record("articles", article).GetString("index_number")
	s.must(secrecyA, article, map[string]any{"version": next, "action": "clear", "check": clear})
	if a := s.get("/a/" + article); !a.has("第二版", first) {
		t.Error("the change did not take its place")
	}
	back := s.do(editorA, http.MethodPost, "/api/collections/article_versions/records", map[string]any{"article": article, "restored_from": version})
	if back.field("title") != "第一版" || back.field("number") != 3.0 {
		t.Errorf("restored: %s", back.body)
	}
	if a := s.do(editorA, http.MethodDelete, "/api/collections/article_versions/records/"+back.field("id").(string), nil); a.status != 204 {
		t.Errorf("a draft beside is not discarded: %d %s", a.status, a.body)
	}
	if a := s.do(editorA, http.MethodDelete, "/api/collections/article_versions/records/"+version, nil); a.status != 400 {
		t.Errorf("a version that was public was deleted: %d", a.status)
	}
	other, _ := s.draft(editorB, "A0308", "别校", someText)
	if a := s.do(editorB, http.MethodPost, "/api/collections/article_versions/records", map[string]any{"article": other, "restored_from": version}); a.status != 400 {
		t.Errorf("the text of another school was restored: %d %s", a.status, a.body)
	}
}

func TestAnAdmissionTextHasASecondReview(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0402", "招生简章", someText)
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	s.must(reviewerA, article, map[string]any{"version": version, "action": "approve", "check": fine})
	s.stands(article, "draft", "second_reviewing")
	s.refused("the reviewer does not give it", reviewerA, article, map[string]any{"version": version, "action": "approve", "check": fine}, 403, "", "")
	s.must(principalA, article, map[string]any{"version": version, "action": "approve", "check": fine})
	s.must(secrecyA, article, map[string]any{"version": version, "action": "clear", "check": clear})
	s.stands(article, "published", "drafting")
}

func TestSecrecyReviewDecides(t *testing.T) {
	s := serve(t)
	waiting := func(title string) string {
		article, version := s.draft(editorA, "A0308", title, someText)
		s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
		s.must(reviewerA, article, map[string]any{"version": version, "action": "approve", "check": fine})
		return article
	}
	article := waiting("不予公开的")
	s.refused("without grounds", secrecyA, article, map[string]any{"action": "withhold", "reason": "涉及工作秘密", "check": map[string]any{"result": "not_public", "basis": "条例第十四条"}},
		400, "found", "publication_found_missing")
	s.refused("cleared though something was found", secrecyA, article, map[string]any{"action": "clear",
		"check": map[string]any{"examined": clear["examined"], "found": []string{"privacy"}, "result": "public"}}, 400, "result", "publication_result_missing")
	s.must(secrecyA, article, map[string]any{"action": "withhold", "reason": "涉及工作秘密",
		"check": map[string]any{"result": "not_public", "found": []string{"work_secret"}, "basis": "条例第十四条"}})
	s.stands(article, "draft", "withheld")

	article = waiting("请示上级的")
	s.must(secrecyA, article, map[string]any{"action": "refer", "reason": "拿不准", "check": map[string]any{"result": "ask_above"}})
	s.stands(article, "draft", "referred")
	if !s.record("articles", article).GetBool("at_bureau") {
		t.Error("the bureau does not see it")
	}
	s.refused("the school does not answer itself", secrecyA, article, map[string]any{"action": "clear", "check": clear}, 403, "", "")
	step := s.must(bureauSecrecy, article, map[string]any{"action": "clear", "check": clear})
	if step.field("at_bureau") != true {
		t.Errorf("the record does not say that the bureau decided: %s", step.body)
	}
	s.stands(article, "published", "drafting")
}

func TestWhereASchoolHasNobodyTheBureauReviews(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "标题", someText)
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	if s.record("articles", article).GetBool("at_bureau") {
		t.Fatal("the school has a reviewer")
	}
	away := s.record("staff", s.person(reviewerA))
	away.Set("deactivated_at", now)
	if err := s.app.Save(away); err != nil {
		t.Fatal(err)
	}
	if !s.record("articles", article).GetBool("at_bureau") {
		t.Error("nobody is left, and nobody is told")
	}
	if a := s.do(bureauReviewer, http.MethodGet, "/api/collections/notifications/records", nil); !a.has("转区级办理", "/articles/"+article) {
		t.Errorf("the bureau's reviewer is not told: %s", a.body)
	}
	if a := s.do(reviewerA, http.MethodGet, "/api/collections/articles/records/"+article, nil); a.status == 200 && a.field("id") != nil {
		t.Error("who was deactivated still sees it")
	}
	step := s.must(bureauReviewer, article, map[string]any{"version": version, "action": "approve", "check": fine})
	if step.field("at_bureau") != true || step.field("by_name") != bureauReviewer {
		t.Errorf("the record: %s", step.body)
	}
	if s.record("articles", article).GetBool("at_bureau") {
		t.Error("the school has a secrecy reviewer, but the case stayed at the bureau")
	}
}

func TestAStandInSignsWithBothNames(t *testing.T) {
	s := serve(t)
	create(s.app, "stand_ins", map[string]any{"school": schoolA, "absent": s.person(reviewerA), "stand_in": s.person(nobodyA), "duty": "reviewer",
		"from": "2026-11-23", "until": "2026-11-24"})
	article, version := s.draft(editorA, "A0308", "标题", someText)
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	step := s.must(nobodyA, article, map[string]any{"version": version, "action": "approve", "check": fine})
	if step.field("by_name") != nobodyA || step.field("for_name") != reviewerA {
		t.Errorf("the step names %v for %v", step.field("by_name"), step.field("for_name"))
	}
	s.wait(48 * time.Hour)
	article, version = s.draft(editorA, "A0308", "标题二", someText)
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	s.refused("after the last day", nobodyA, article, map[string]any{"version": version, "action": "approve", "check": fine}, 400, "", "")
}

func TestWhatPeopleSetATimeFor(t *testing.T) {
	s := serve(t)
	at := now.Add(26 * time.Hour)
	article, version := s.draft(editorA, "A0308", "明天公开", someText)
	s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+version, map[string]any{"release_at": at.Format("2006-01-02 15:04:05.000Z"), "valid_until": "2026-11-30"})
	if a := s.publish(editorA, article, version); a.status != 200 {
		t.Fatal(a.body)
	}
	s.stands(article, "draft", "released")
	s.wait(25 * time.Hour)
	if s.stands(article, "draft", "released"); s.get("/a/"+article).status != 404 {
		t.Error("it is public an hour early")
	}
	s.wait(time.Hour)
	s.stands(article, "published", "drafting")
	if a := s.get("/s/9999990001/A0308"); !a.has("明天公开") {
		t.Error("the column does not show it")
	}
	s.wait(7 * 24 * time.Hour)
	s.stands(article, "expired", "drafting")
	if a := s.get("/a/" + article); a.status != 200 || !a.has("十一点三十分") {
		t.Errorf("an expired text is not readable: %d", a.status)
	}
	if s.get("/s/9999990001/A0308").has("明天公开") {
		t.Error("an expired text is still listed")
	}

	article, version = s.draft(editorA, "A0304", "拟表彰教师公示", someText)
	s.refused("a 公示 needs its period", editorA, article, map[string]any{"version": version, "action": "submit"}, 400, "publicity_workdays", "publication_publicity_workdays_missing")
	s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+version, map[string]any{"publicity_workdays": 5})
	s.publish(editorA, article, version)
	until := s.record("articles", article).GetString("publicity_until")
	if until != "2026-12-08" { // from Tuesday 1 December: five working days after
		t.Errorf("public until %s", until)
	}
	s.wait(7 * 24 * time.Hour)
	s.stands(article, "published", "drafting")
	s.wait(24 * time.Hour)
	s.stands(article, "concluded", "drafting")
	a := s.get("/a/" + article)
	if a.status != 200 || !a.has("拟表彰教师公示", "公示期") || a.has("十一点三十分") {
		t.Errorf("the fact of the notice: %d %v", a.status, a.has("十一点三十分"))
	}
}

func TestConfirmingIsNoNewPublication(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "标题", someText)
	s.publish(editorA, article, version)
	s.wait(24 * time.Hour)
	s.must(reviewerA, article, map[string]any{"action": "confirm"})
	a := s.record("articles", article)
	if a.GetString("checked_on") != "2026-11-24" || a.GetDateTime("published_at").Time() != now {
		t.Errorf("checked %s, published %s", a.GetString("checked_on"), a.GetString("published_at"))
	}
	s.refused("another school does not", reviewerB, article, map[string]any{"action": "confirm"}, 400, "", "")
}

func TestTheBureauTakesDown(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "含有个人信息", someText)
	s.publish(editorA, article, version)
	s.refused("without a reason", supervisor, article, map[string]any{"action": "take_down"}, 400, "reason", "publication_reason_missing")
	s.refused("a school cannot", principalA, article, map[string]any{"action": "take_down", "reason": "x"}, 403, "", "")
	s.refused("the bureau does not withdraw in the school's name", supervisor, article, map[string]any{"action": "withdraw", "reason": "x"}, 403, "", "")
	s.must(supervisor, article, map[string]any{"action": "take_down", "reason": "含有学生个人信息"})
	if a := s.get("/a/" + article); !a.has("含有学生个人信息") || a.has("十一点三十分") {
		t.Error("the tombstone")
	}
	for _, email := range []string{editorA, principalA} {
		told, err := s.app.FindAllRecords("notifications", dbx.HashExp{"staff": s.person(email), "kind": "withdrawn", "urgent": true})
		if err != nil || len(told) != 1 {
			t.Errorf("%s was told %d times (%v)", email, len(told), err)
		}
	}
}
