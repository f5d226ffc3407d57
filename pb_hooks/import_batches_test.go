package pb_hooks_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/publication"
)

// What reviewers tick who have looked at everything.
var (
	examinedReview  = map[string]any{"examined": publication.ReviewPoints()}
	examinedSecrecy = map[string]any{"examined": publication.SecrecyPoints(), "result": "public"}
)

// importedSite has the old site of the first school as drafts.
func importedSite(t testing.TB) (s *server, batch string) {
	t.Helper()
	s = serve(t)
	moveIn(t, s.app, oldSite, "--mapping", siteMapping, "--apply")
	b, err := s.app.FindFirstRecordByData("import_batches", "school", schoolA)
	if err != nil {
		t.Fatal(err)
	}
	return s, b.Id
}

func (s *server) batchPage(as, batch, query string) (page pb_hooks.ImportBatchPage) {
	s.t.Helper()
	a := s.do(as, http.MethodGet, "/api/app/imports/"+batch+"?"+query, nil)
	if err := json.Unmarshal([]byte(a.body), &page); err != nil || a.status != http.StatusOK {
		s.t.Fatalf("%s: %d %s", query, a.status, a.body)
	}
	return page
}

func (s *server) many(as, batch, what string, body map[string]any) (r pb_hooks.ManyResult) {
	s.t.Helper()
	a := s.do(as, http.MethodPost, "/api/app/imports/"+batch+"/"+what, body)
	if err := json.Unmarshal([]byte(a.body), &r); err != nil || a.status != http.StatusOK {
		s.t.Fatalf("%s: %d %s", what, a.status, a.body)
	}
	return r
}

func TestImportsAreSeenByTheirSchool(t *testing.T) {
	s, batch := importedSite(t)
	some := s.batchPage(editorA, batch, "show=drafts").Matching[:1]
	bodies := map[string]map[string]any{"steps": {"action": "submit", "articles": some}, "column": {"column": "A0308", "articles": some}, "discard": {"reason": "过时", "articles": some}}
	mine := []string{editorA, secondA, reviewerA, secrecyA, principalA}
	for _, who := range viewers {
		want := http.StatusNotFound
		if who == "" || who == root {
			want = http.StatusUnauthorized
		}
		if who == root {
			want = http.StatusForbidden
		}
		if slices.Contains(mine, who) {
			want = http.StatusOK
		}
		if a := s.do(who, http.MethodGet, "/api/app/imports/"+batch+"?show=all", nil); a.status != want {
			t.Errorf("%s reads: %d %s", who, a.status, a.body)
		}
		if a := s.do(who, http.MethodGet, "/api/app/imports", nil); a.status == http.StatusOK && a.has(batch) != (want == http.StatusOK || who == supervisor || who == bureauAdmin) {
			t.Errorf("%s lists: %d %s", who, a.status, a.body)
		}
		for what, body := range bodies {
			if who == editorA || who == secondA {
				continue
			}
			if a := s.do(who, http.MethodPost, "/api/app/imports/"+batch+"/"+what, body); a.status != want || a.has(`"done":1`) {
				t.Errorf("%s %s: %d %s", who, what, a.status, a.body)
			}
		}
	}
	if a := s.do(editorA, http.MethodGet, "/api/app/imports/"+batch+"?show=all", nil); a.has("null") {
		t.Errorf("a list is null: %s", a.body)
	}
	other := s.do(editorB, http.MethodGet, "/api/app/imports", nil)
	if other.status != http.StatusOK || other.has(batch) {
		t.Errorf("another school lists %s", other.body)
	}
}

func TestManyDraftsGoTheOrdinaryWay(t *testing.T) {
	s, batch := importedSite(t)
	drafts := s.batchPage(editorA, batch, "show=drafts")
	if drafts.Total != 9 || !drafts.MayEdit || !slices.Equal(drafts.Actions, []string{"submit"}) {
		t.Fatalf("got %+v", drafts)
	}
	if withFindings := s.batchPage(editorA, batch, "show=drafts&with=findings"); withFindings.Total != 1 || withFindings.Items[0].Title != "资助名单公告" {
		t.Fatalf("got %+v", withFindings)
	}
	// what has findings that must be handled, no column, no date stays behind; the others go
	sent := s.many(editorA, batch, "steps", map[string]any{"action": "submit", "articles": drafts.Matching})
	if sent.Done+sent.Refused != 9 || sent.Done == 0 || sent.Refused < 3 {
		t.Fatalf("got %+v", sent)
	}
	placed := s.batchPage(editorA, batch, "show=drafts&with=no_column")
	if r := s.many(editorA, batch, "column", map[string]any{"column": "A0308", "articles": placed.Matching}); r.Done != 2 {
		t.Errorf("got %+v", r)
	}
	waiting := s.batchPage(reviewerA, batch, "show=reviewing")
	if waiting.Total != sent.Done {
		t.Errorf("%d wait for %d", waiting.Total, sent.Done)
	}
	// four eyes: the editor who submitted them is their writer
	if r := s.many(editorA, batch, "steps", map[string]any{"action": "approve", "articles": waiting.Matching, "check": examinedReview}); r.Done != 0 {
		t.Errorf("the editor approves %+v", r)
	}
	// a review without its points is none
	if r := s.many(reviewerA, batch, "steps", map[string]any{"action": "approve", "articles": waiting.Matching}); r.Done != 0 {
		t.Errorf("a review without points: %+v", r)
	}
	if r := s.many(reviewerA, batch, "steps", map[string]any{"action": "approve", "articles": waiting.Matching, "check": examinedReview}); r.Refused != 0 {
		t.Errorf("got %+v", r)
	}
	secret := s.batchPage(secrecyA, batch, "show=secrecy_reviewing")
	clear := map[string]any{"action": "clear", "articles": secret.Matching, "check": examinedSecrecy}
	if r := s.many(secrecyA, batch, "steps", clear); r.Refused != 0 || r.Done == 0 {
		t.Errorf("got %+v", r)
	}
	_, article, _ := movedIn(t, s.app, "chenguang.example/info/1001/1234.htm")
	if page := s.get("/a/" + article.Id); page.status != http.StatusOK || !page.has("原发布日期", "2024-10-08") {
		t.Errorf("the page answers %d", page.status)
	}
	if a := s.get("/open/v1/articles/" + article.Id); !a.has(`"originally_on":"2024-10-08"`) {
		t.Errorf("open data say %s", a.body)
	}
	n, err := s.app.CountRecords("audit_log")
	if err != nil || n == 0 {
		t.Errorf("%d deeds %v", n, err)
	}
	steps, err := s.app.FindRecordsByFilter("article_steps", "article = {:a}", "", 0, 0, map[string]any{"a": article.Id})
	if err != nil || len(steps) != 4 || steps[0].GetString("by_name") == "" {
		t.Errorf("got %d steps %v", len(steps), err)
	}
}

func TestManyAreDiscardedWithAReasonAndDoNotComeBack(t *testing.T) {
	s, batch := importedSite(t)
	ids := s.batchPage(editorA, batch, "show=drafts&with=wechat").Matching
	if a := s.do(editorA, http.MethodPost, "/api/app/imports/"+batch+"/discard", map[string]any{"articles": ids, "reason": " "}); a.status != http.StatusBadRequest || !a.has("舍弃的原因") {
		t.Errorf("without a reason: %d %s", a.status, a.body)
	}
	if r := s.many(editorA, batch, "discard", map[string]any{"articles": ids, "reason": "公众号内容不再迁入"}); r.Done != 3 {
		t.Fatalf("got %+v", r)
	}
	gone := s.batchPage(editorA, batch, "show=discarded")
	if gone.Total != 3 || gone.Items[0].Reason != "公众号内容不再迁入" || gone.Items[0].By != editorA {
		t.Errorf("got %+v", gone)
	}
	moveIn(t, s.app, oldSite, "--mapping", siteMapping, "--apply")
	if got := counted(t, s.app, "articles"); got[0] != 6 {
		t.Errorf("%d drafts after a second run", got[0])
	}
}

func TestManyAreAskedForInAForm(t *testing.T) {
	s, batch := importedSite(t)
	ids := s.batchPage(editorA, batch, "show=drafts").Matching
	for name, c := range map[string]struct {
		what string
		body map[string]any
		says string
	}{
		"nothing chosen": {"steps", map[string]any{"action": "submit", "articles": []string{}}, "请选择 1 至 100 条"},
		"too many":       {"steps", map[string]any{"action": "submit", "articles": slices.Repeat(ids[:1], 101)}, "请选择 1 至 100 条"},
		"another step":   {"steps", map[string]any{"action": "withhold", "articles": ids}, "逐条办理"},
		"no reason":      {"steps", map[string]any{"action": "return", "articles": ids}, "退回的原因"},
		"no such column": {"column", map[string]any{"column": "A9999", "articles": ids}, "本校没有这个栏目"},
	} {
		if a := s.do(editorA, http.MethodPost, "/api/app/imports/"+batch+"/"+c.what, c.body); a.status != http.StatusBadRequest || !a.has(c.says) {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	r := s.many(editorA, batch, "steps", map[string]any{"action": "submit", "articles": []string{"nosuch000000000"}})
	if r.Done != 0 || r.Lines[0].Told != "这一批里没有这条草稿" {
		t.Errorf("got %+v", r)
	}
	if a := s.do(editorA, http.MethodGet, "/api/app/imports/"+batch+"?show=drafts&with=nothing", nil); a.status != http.StatusBadRequest {
		t.Errorf("an unknown filter: %d", a.status)
	}
}
