package pb_hooks_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// withMark is a text that nobody may clear as it is.
const withMark = "<p>学籍号G310112201403050120的学生请到校办。</p><p>（内部资料，注意保存）学校食堂本周起调整供餐时间。</p>"

const goodReason = "密级标记是所引用的旧文件格式，原件已公开发布。"

func (s *server) blocks(version string) []*core.Record {
	s.t.Helper()
	list, err := s.app.FindAllRecords("findings", dbx.HashExp{"version": version, "level": "block"})
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

func (s *server) override(as, finding, reason string) answer {
	s.t.Helper()
	return s.do(as, http.MethodPost, "/api/app/findings/"+finding+"/override", map[string]any{"reason": reason})
}

// atSecrecy brings a text with a blocking finding to the secrecy review.
func (s *server) atSecrecy(title string) (article, version string) {
	s.t.Helper()
	article, version = s.draft(editorA, "A0308", title, withMark)
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	s.must(reviewerA, article, map[string]any{"version": version, "action": "approve", "check": fine})
	return article, version
}

func TestOverrideLetsTheSecrecyReviewGoOn(t *testing.T) {
	s := serve(t)
	article, version := s.atSecrecy("带有标记")
	clearStep := map[string]any{"version": version, "action": "clear", "check": clear}
	s.refused("with blocks open", secrecyA, article, clearStep, 400, "findings", "findings_open")
	found := s.blocks(version)
	if len(found) == 0 {
		t.Fatal("nothing blocks")
	}
	for i, f := range found {
		if i > 0 {
			s.refused("with one block open", secrecyA, article, clearStep, 400, "findings", "findings_open")
		}
		a := s.override(secrecyA, f.Id, "  "+goodReason+"  ")
		if a.status != http.StatusOK || a.field("state") != "overridden" || a.field("reason") != goodReason || a.field("by_name") != secrecyA ||
			a.field("by") != s.person(secrecyA) || !strings.HasPrefix(a.field("at").(string), "2026-11-23 02:00") {
			t.Errorf("override: %d %s", a.status, a.body)
		}
	}
	if a := s.override(secrecyA, found[0].Id, goodReason); a.status != 400 || a.field("data", "id", "code") != "finding_is_closed" {
		t.Errorf("twice: %d %s", a.status, a.body)
	}
	s.must(secrecyA, article, clearStep)
	s.stands(article, "published", "drafting")
	if s.record("findings", found[0].Id).GetString("state") != "overridden" {
		t.Error("publishing forgot the override")
	}
}

func TestOverrideAsksForTheSecrecyReview(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "带有标记", withMark)
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	id := s.blocks(version)[0].Id
	if a := s.override(secrecyA, id, goodReason); a.status != 403 {
		t.Errorf("before the secrecy review: %d %s", a.status, a.body)
	}
	s.must(reviewerA, article, map[string]any{"version": version, "action": "approve", "check": fine})
	for _, tt := range []struct {
		name, as, reason string
		status           int
	}{
		{"a visitor", "", goodReason, 401}, {"a superuser", root, goodReason, 403}, {"the writer", editorA, goodReason, 403}, {"the reviewer", reviewerA, goodReason, 403},
		{"the principal", principalA, goodReason, 403}, {"another school", secrecyB, goodReason, 404}, {"the bureau", bureauSecrecy, goodReason, 404},
		{"the supervisor", supervisor, goodReason, 403}, {"without a reason", secrecyA, "", 400}, {"in nine characters", secrecyA, "一二三四五六七八九", 400},
		{"of spaces", secrecyA, strings.Repeat(" ", 20), 400}, {"in too many", secrecyA, strings.Repeat("长", 501), 400},
	} {
		a := s.override(tt.as, id, tt.reason)
		if a.status != tt.status || tt.status == 400 && a.field("data", "reason") == nil {
			t.Errorf("%s: %d %s", tt.name, a.status, a.body)
		}
	}
	if s.record("findings", id).GetString("state") != "open" {
		t.Fatal("one of them let it stand")
	}

	// who also wrote, though charged with the secrecy review, does not decide
	both := s.record("staff", s.person(secondA))
	both.Set("duties", []string{"editor", "secrecy_reviewer"})
	if err := s.app.Save(both); err != nil {
		t.Fatal(err)
	}
	article, version = s.draft(editorA, "A0308", "一起写的", withMark)
	s.patch(secondA, version, map[string]any{"title": "两人一起写的"})
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	s.must(reviewerA, article, map[string]any{"version": version, "action": "approve", "check": fine})
	if a := s.override(secondA, s.blocks(version)[0].Id, goodReason); a.status != 403 {
		t.Errorf("who wrote along: %d %s", a.status, a.body)
	}
}

func TestOverrideByAStandInAndByTheBureau(t *testing.T) {
	s := serve(t)
	create(s.app, "stand_ins", map[string]any{"school": schoolA, "absent": s.person(secrecyA), "stand_in": s.person(nobodyA), "duty": "secrecy_reviewer",
		"from": "2026-11-23", "until": "2026-11-24"})
	article, version := s.atSecrecy("带有标记")
	a := s.override(nobodyA, s.blocks(version)[0].Id, goodReason)
	if a.status != http.StatusOK || a.field("by_name") != nobodyA+"（代"+secrecyA+"）" {
		t.Errorf("the stand-in: %d %s", a.status, a.body)
	}
	s.must(secrecyA, article, map[string]any{"action": "refer", "reason": "拿不准", "check": map[string]any{"result": "ask_above"}})
	blocks := s.blocks(version)
	open := blocks[slices.IndexFunc(blocks, func(f *core.Record) bool { return f.GetString("state") == "open" })].Id
	if a := s.override(secrecyA, open, goodReason); a.status != 403 {
		t.Errorf("the school, after it asked above: %d %s", a.status, a.body)
	}
	if a := s.override(bureauSecrecy, open, goodReason); a.status != http.StatusOK {
		t.Errorf("the bureau, which was asked: %d %s", a.status, a.body)
	}
}

func TestOverridesAreCounted(t *testing.T) {
	s := serve(t)
	_, version := s.atSecrecy("带有标记")
	for _, f := range s.blocks(version) {
		s.override(secrecyA, f.Id, goodReason)
	}
	const path = "/api/app/overrides/count"
	a := s.do(supervisor, http.MethodGet, path, nil)
	if a.status != http.StatusOK || a.field("total") != float64(len(s.blocks(version))) || !a.has("晨光小学", `"last":"2026-11-23"`) {
		t.Errorf("the supervisor: %d %s", a.status, a.body)
	}
	if a := s.do(principalA, http.MethodGet, path, nil); a.status != http.StatusOK || a.field("total") != 2.0 {
		t.Errorf("the school: %d %s", a.status, a.body)
	}
	if a := s.do(secrecyB, http.MethodGet, path, nil); a.status != http.StatusOK || a.has("晨光小学") || a.field("total") != 0.0 {
		t.Errorf("another school: %d %s", a.status, a.body)
	}
	for who, status := range map[string]int{"": 401, nobodyA: 403, bureauAdmin: 403, auditor: 403, root: 403} {
		if a := s.do(who, http.MethodGet, path, nil); a.status != status {
			t.Errorf("%q: %d %s", who, a.status, a.body)
		}
	}
}
