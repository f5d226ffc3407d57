package pb_hooks_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
)

const answerTemplates = "/api/collections/answer_templates/records"

func aTemplate(change map[string]any) map[string]any {
	t := map[string]any{"category": "question", "title": "咨询的答复", "text": "您好！您咨询的问题答复如下：\n"}
	maps.Copy(t, change)
	return t
}

// addTemplate adds a template; it returns its address.
func (s *server) addTemplate(as, title string) string {
	s.t.Helper()
	a := s.do(as, http.MethodPost, answerTemplates, aTemplate(map[string]any{"title": title}))
	if a.status != http.StatusOK {
		s.t.Fatalf("%s adds a template: %d %s", as, a.status, a.body)
	}
	return answerTemplates + "/" + a.field("id").(string)
}

func TestAnswerTemplatesAreOfTheUnitThatWroteThem(t *testing.T) {
	s := serve(t)
	for _, who := range viewers {
		a := s.do(who, http.MethodPost, answerTemplates, aTemplate(map[string]any{"title": "写的人：" + who, "school": schoolB}))
		switch who {
		case clerkA, clerkB, supervisor:
			if a.status != http.StatusOK || a.field("school") != s.account(who).GetString("school") {
				t.Errorf("%s adds one: %d %s", who, a.status, a.body)
			}
		case root: // may give it to a unit
			if a.status != http.StatusOK || a.field("school") != schoolB {
				t.Errorf("a superuser adds one: %d %s", a.status, a.body)
			}
		default:
			if a.status != http.StatusBadRequest {
				t.Errorf("%q adds one: %d", who, a.status)
			}
		}
	}
	s.standIn(adminA, map[string]any{"absent": clerkA, "stand_in": nobodyA, "duty": "clerk", "from": today, "until": today}, http.StatusOK, "", "")
	s.addTemplate(nobodyA, "代理专管员写的")
}

func TestAnswerTemplatesAreSeenAndChangedInTheirUnit(t *testing.T) {
	s := serve(t)
	district, ofA := s.addTemplate(supervisor, "全区模板"), s.addTemplate(clerkA, "甲校模板")
	for _, who := range viewers {
		inA := s.account(clerkA).GetString("school") == schoolOf(s, who)
		for path, may := range map[string]struct{ read, change bool }{
			district: {who != "", who == supervisor || who == root},
			ofA:      {inA || who == root, who == clerkA || who == root},
		} {
			if a := s.do(who, http.MethodGet, path, nil); (a.status == http.StatusOK) != may.read || !may.read && a.status != http.StatusNotFound {
				t.Errorf("%q reads %s: %d", who, path, a.status)
			}
			if listed := s.do(who, http.MethodGet, answerTemplates, nil).has(strings.TrimPrefix(path, answerTemplates+"/")); listed != may.read {
				t.Errorf("%q lists %s: %v", who, path, listed)
			}
			a := s.do(who, http.MethodPatch, path, map[string]any{"text": "您好！由" + who + "更改。"})
			if (a.status == http.StatusOK) != may.change || !may.change && a.status != http.StatusNotFound {
				t.Errorf("%q changes %s: %d %s", who, path, a.status, a.body)
			}
			if a := s.do(who, http.MethodDelete, path, nil); a.status < 400 {
				t.Errorf("%q deletes %s: %d", who, path, a.status)
			}
		}
	}
	for _, who := range []string{clerkA, root} {
		refusedAt(t, s.do(who, http.MethodPatch, ofA, map[string]any{"school": schoolB}), "school", "其他单位")
	}
	before := s.lastRow()
	if a := s.do(clerkA, http.MethodPatch, ofA, map[string]any{"deactivated": true}); a.status != http.StatusOK || a.field("deactivated") != true {
		t.Errorf("deactivated: %d %s", a.status, a.body)
	}
	if deeds := s.deeds(before); len(deeds) != 1 || deeds[0] != "workbench update answer_templates" {
		t.Errorf("the audit: %v", deeds)
	}
}

// schoolOf is the school of somebody of the staff; nobody else has one.
func schoolOf(s *server, who string) string {
	if who == "" {
		return ""
	}
	return s.account(who).GetString("school")
}

func TestAnswerTemplateOverWhatAColleagueSaved(t *testing.T) {
	s := serve(t)
	path := s.addTemplate(clerkA, "甲校模板")
	base := s.do(clerkA, http.MethodGet, path, nil).field("updated")
	if a := s.do(clerkA, http.MethodPatch, path, map[string]any{"text": "第一次更改", "base": base}); a.status != http.StatusOK {
		t.Fatalf("the first: %d %s", a.status, a.body)
	}
	if a := s.do(clerkA, http.MethodPatch, path, map[string]any{"text": "从旧的改起", "base": base}); a.status != http.StatusConflict || !a.has("别人刚刚保存") {
		t.Errorf("over it: %d %s", a.status, a.body)
	}
	if a := s.do(clerkA, http.MethodGet, path, nil); a.field("text") != "第一次更改" {
		t.Errorf("it holds %s", a.body)
	}
}

func TestAnswerTemplateNamesWhatIsWrong(t *testing.T) {
	s := serve(t)
	path := s.addTemplate(clerkA, "甲校模板")
	for _, tt := range []struct {
		field    string
		value    any
		sentence string
	}{
		{"title", "", "请填写模板名称"},
		{"title", " \u200b\n ", "请填写模板名称"},
		{"title", strings.Repeat("长", 61), "模板名称不能超过 60 字，现在有 61 字"},
		{"text", nil, "请填写模板内容"},
		{"text", strings.Repeat("长", 2001), "模板内容不能超过 2000 字，现在有 2001 字"},
		{"category", "", "请选择模板用于哪类来信"},
		{"category", "praise", "请选择模板用于哪类来信"},
	} {
		refusedAt(t, s.do(clerkA, http.MethodPost, answerTemplates, aTemplate(map[string]any{tt.field: tt.value})), tt.field, tt.sentence)
		refusedAt(t, s.do(clerkA, http.MethodPatch, path, map[string]any{tt.field: tt.value}), tt.field, tt.sentence)
	}
	a := s.do(clerkA, http.MethodPost, answerTemplates, map[string]any{})
	for field, sentence := range map[string]string{"title": "请填写", "text": "请填写", "category": "请选择"} {
		refusedAt(t, a, field, sentence)
	}
	if n, _ := s.app.CountRecords("answer_templates"); n != 1 {
		t.Errorf("%d are stored", n)
	}
	a = s.do(clerkA, http.MethodPost, answerTemplates, aTemplate(map[string]any{"title": " " + strings.Repeat("题", 60), "text": strings.Repeat("文", 1999) + "\n", "category": "bullying"}))
	if text, _ := a.field("text").(string); a.status != http.StatusOK || strings.HasSuffix(text, "\n") {
		t.Errorf("the longest: %d %s", a.status, a.body)
	}
}
