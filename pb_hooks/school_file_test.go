package pb_hooks_test

import (
	"net/http"
	"testing"

	"github.com/pocketbase/dbx"
)

func TestSchoolDataAreSeenByEachKindOfPerson(t *testing.T) {
	s := serve(t)
	opening := map[string]any{"fields": map[string]string{"name": "示范区新苑小学", "stages": "小学", "code": "9999990009"}}
	fix := map[string]any{"field": "phone", "value": "021-00000009", "reason": "总机更换"}
	const none, no, yes = http.StatusNotFound, http.StatusForbidden, http.StatusOK
	for _, tt := range []struct {
		who                                                           string
		list, own, other, plan, open, start, end, reopen, fix, decide int
	}{
		{"", 401, 401, 401, 401, 401, 401, 401, 401, 401, 401},
		{nobodyA, yes, yes, none, no, no, no, no, no, no, no},
		{editorA, yes, yes, none, no, no, no, no, no, yes, no},
		{editorB, yes, none, yes, none, no, none, none, none, none, none},
		{supervisor, yes, yes, yes, no, no, no, no, no, no, no},
		{bureauReviewer, yes, yes, yes, no, no, no, no, no, no, no},
		{auditor, yes, yes, yes, no, no, no, no, no, no, no},
		{bureauSecrecy, no, no, no, no, no, no, no, no, no, no},
		{root, no, no, no, no, no, no, no, no, no, no},
	} {
		for name, got := range map[string][2]int{
			"list":   {s.do(tt.who, http.MethodGet, schoolsAPI, nil).status, tt.list},
			"own":    {s.do(tt.who, http.MethodGet, schoolFileA, nil).status, tt.own},
			"other":  {s.do(tt.who, http.MethodGet, schoolFileB, nil).status, tt.other},
			"plan":   {s.do(tt.who, http.MethodGet, schoolFileA+"/ending", nil).status, tt.plan},
			"open":   {s.do(tt.who, http.MethodPost, schoolsAPI, opening).status, tt.open},
			"start":  {s.do(tt.who, http.MethodPost, schoolFileA+"/start", nil).status, tt.start},
			"undo":   {s.do(tt.who, http.MethodPost, schoolFileA+"/undo", nil).status, tt.start},
			"end":    {s.do(tt.who, http.MethodPost, schoolFileA+"/ending", merging(nil)).status, tt.end},
			"staff":  {s.do(tt.who, http.MethodPost, schoolFileA+"/staff", map[string]any{"staff": []any{}}).status, tt.end},
			"reopen": {s.do(tt.who, http.MethodPost, schoolFileA+"/reopening", nil).status, tt.reopen},
			"fix":    {s.do(tt.who, http.MethodPost, schoolFileA+"/corrections", fix).status, tt.fix},
			"decide": {s.do(tt.who, http.MethodPost, schoolFileA+"/corrections/x", map[string]any{"do": "accept"}).status, tt.decide},
		} {
			if got[0] != got[1] {
				t.Errorf("%s as %q: %d, want %d", name, tt.who, got[0], got[1])
			}
		}
	}
	if a := s.do(editorA, http.MethodGet, schoolsAPI, nil); !a.has("晨光小学") || a.has("云帆") || a.field("may_open") != false {
		t.Errorf("a school sees %s", a.body)
	}
	if a := s.do(supervisor, http.MethodGet, schoolFileA, nil); !a.has(`"label":"状态","value":"开办"`) {
		t.Errorf("the bureau reads the state in %s", a.body)
	}
	if a := s.do(supervisor, http.MethodGet, schoolsAPI, nil); !a.has("晨光小学", "云帆中学", `"proposed":1`) {
		t.Errorf("the bureau sees %s", a.body)
	}
}

func TestACorrectionHoldsAndIsWithdrawn(t *testing.T) {
	s := serve(t)
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, schoolFileA+"/corrections", map[string]any{"field": "phone", "value": "021-00000009"}), "reason", "请写明更正的原因")
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, schoolFileA+"/corrections", map[string]any{"field": "postcode", "value": "20", "reason": "补"}), "value", "六位数字")
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, schoolFileA+"/corrections", map[string]any{"field": "status", "value": "已撤销", "reason": "补"}), "field", "不能在这里更正")
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, schoolFileA+"/corrections", map[string]any{"field": "phone", "value": "021-00000001", "reason": "补"}), "value", "相同")
	a := s.mustPost(editorA, schoolFileA+"/corrections", map[string]any{"field": "phone", "value": "021—00000009", "reason": "总机更换"})
	proposal, err := s.app.FindFirstRecordByData("school_corrections", "school", schoolA)
	if err != nil {
		t.Fatal(err)
	}
	if proposal.GetString("state") != "proposed" || s.record("schools", schoolA).GetString("phone") != "021-00000001" {
		t.Fatalf("a proposal holds already: %s", a.body)
	}
	refusedAt(t, s.do(editorA, http.MethodPost, schoolFileA+"/corrections", map[string]any{"field": "phone", "value": "021-00000008", "reason": "又换"}), "field", "已经提出过")
	at := schoolFileA + "/corrections/" + proposal.Id
	a = s.mustPost(bureauAdmin, at, map[string]any{"do": "accept"})
	if s.record("schools", schoolA).GetString("phone") != "021-00000009" || !a.has(`"origin":"correction","was":"021-00000001"`) {
		t.Errorf("accepted: %s", a.body)
	}
	if page := s.get("/s/9999990001"); !page.has("021-00000009") {
		t.Error("the public page has the old number")
	}
	if n := s.rowsOf("notifications", "staff = '"+s.person(editorA)+"' AND title LIKE '学校资料更正已采用%'"); n != 1 {
		t.Errorf("the editor is told %d times", n)
	}
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, at, map[string]any{"do": "refuse", "decision": "不对"}), "do", "已经处理过")
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, at, map[string]any{"do": "withdraw"}), "decision", "请写明撤回更正的理由")
	s.mustPost(bureauAdmin, at, map[string]any{"do": "withdraw", "decision": "登记平台已经改正"})
	if got := s.record("schools", schoolA).GetString("phone"); got != "021-00000001" {
		t.Errorf("withdrawn, and the number is %s", got)
	}
	if _, err := s.app.DB().NewQuery("UPDATE school_corrections SET value = 'x' WHERE id = {:id}").Bind(dbx.Params{"id": proposal.Id}).Execute(); err == nil {
		t.Error("what was decided can be changed")
	}
}
