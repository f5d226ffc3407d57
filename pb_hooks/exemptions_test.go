package pb_hooks_test

import (
	"net/http"
	"testing"
)

const exemptionsPath = "/api/app/exemptions"

func TestExemptionsAreAskedForAndDecided(t *testing.T) {
	s := serve(t)
	fine := func() map[string]any {
		return map[string]any{"school": "9999990001", "column": "A0806", "reason": "今年没有采购项目", "from": "2026-11-23", "until": "2027-08-31"}
	}
	for _, who := range viewers {
		mayRead := who != "" && who != root && who != bureauSecrecy
		if a := s.do(who, http.MethodGet, exemptionsPath, nil); (a.status == 200) != mayRead {
			t.Errorf("%q reads: %d %s", who, a.status, a.body)
		}
		if who == principalA || who == officerA || who == supervisor {
			continue
		}
		if a := s.do(who, http.MethodPost, exemptionsPath, fine()); a.status != 401 && a.status != 403 {
			t.Errorf("%q asks: %d %s", who, a.status, a.body)
		}
	}
	for _, tt := range []struct {
		field string
		value any
		says  string
	}{{"column", "A9999", "没有这个栏目"}, {"column", "A0808", "没有这个栏目"}, {"column", "A0207", "选设栏目"}, {"reason", " ", "请写明"}, {"from", "下周", "请填写开始日期"}, {"until", "", "豁免都有期限"},
		{"until", "2026-11-22", "不能早于开始日期"}, {"until", "2028-11-23", "最长两年"}} {
		body := fine()
		body[tt.field] = tt.value
		refusedAt(t, s.do(officerA, http.MethodPost, exemptionsPath, body), tt.field, tt.says)
	}
	past := fine()
	past["from"], past["until"] = "2026-01-01", "2026-06-30"
	refusedAt(t, s.do(officerA, http.MethodPost, exemptionsPath, past), "until", "已经过去")
	if n, _ := s.app.CountRecords("exemptions"); n != 0 {
		t.Fatalf("%d are there after refusals", n)
	}

	theirs := fine()
	theirs["school"] = "9999990002" // the school is the person's own, whatever is sent
	a := s.do(officerA, http.MethodPost, exemptionsPath, theirs)
	if a.status != 200 || a.field("school") != "9999990001" || a.field("state") != "asked" || a.field("in_force") != false || a.field("column_name") != "采购与招标" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	path := exemptionsPath + "/" + a.field("id").(string)
	if s.toldOf(supervisor, "晨光小学申请豁免") != 1 {
		t.Error("the supervisor is not told")
	}
	refusedAt(t, s.do(principalA, http.MethodPost, exemptionsPath, fine()), "from", "已经有豁免或申请")
	if a := s.do(editorB, http.MethodGet, exemptionsPath, nil); a.has("今年没有采购") {
		t.Errorf("another school sees it: %s", a.body)
	}
	for _, who := range []string{"", editorA, principalA, officerA, principalA, editorB, bureauReviewer, bureauAdmin, auditor, root} {
		for _, deed := range []string{"/decide", "/revoke"} {
			if a := s.do(who, http.MethodPost, path+deed, map[string]any{"approve": true, "reason": "x"}); a.status != 401 && a.status != 403 && a.status != 404 {
				t.Errorf("%q %s: %d %s", who, deed, a.status, a.body)
			}
		}
	}
	for _, who := range []string{"", editorA, editorB, supervisor, auditor} {
		if a := s.do(who, http.MethodPost, path+"/withdraw", nil); a.status != 401 && a.status != 403 && a.status != 404 {
			t.Errorf("%q withdraws: %d", who, a.status)
		}
	}
	refusedAt(t, s.do(supervisor, http.MethodPost, path+"/decide", map[string]any{"approve": false}), "decision", "请写明审批意见")
	refusedAt(t, s.do(supervisor, http.MethodPost, path+"/decide", map[string]any{"approve": true, "until": "2027-12-31"}), "until", "不能超过申请的期限")
	a = s.do(supervisor, http.MethodPost, path+"/decide", map[string]any{"approve": true, "until": "2027-06-30"})
	if a.status != 200 || a.field("in_force") != true || a.field("until") != "2027-06-30" || s.toldOf(principalA, "已豁免") != 1 {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := s.do(officerA, http.MethodPost, path+"/withdraw", nil); a.status != 409 {
		t.Errorf("withdrawn after it was decided: %d", a.status)
	}
	refusedAt(t, s.do(supervisor, http.MethodPost, path+"/revoke", map[string]any{}), "reason", "请写明撤销的原因")
	if a := s.do(supervisor, http.MethodPost, path+"/revoke", map[string]any{"reason": "已有采购项目"}); a.status != 200 || a.field("state") != "revoked" || a.field("in_force") != false {
		t.Errorf("%d %s", a.status, a.body)
	}
	for _, q := range []string{"UPDATE exemptions SET reason = 'x'", "DELETE FROM exemptions"} {
		if _, err := s.app.DB().NewQuery(q).Execute(); err == nil {
			t.Errorf("the database lets through: %s", q)
		}
	}

	second := s.do(officerA, http.MethodPost, exemptionsPath, fine())
	if a := s.do(principalA, http.MethodPost, exemptionsPath+"/"+second.field("id").(string)+"/withdraw", nil); a.status != 200 || a.field("state") != "withdrawn" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := s.do(supervisor, http.MethodPost, exemptionsPath, fine()); a.status != 200 || a.field("state") != "approved" || a.field("decided_by_name") != supervisor {
		t.Errorf("set by the bureau: %d %s", a.status, a.body)
	}
	if a := s.do(supervisor, http.MethodGet, exemptionsPath+"?school=9999990001&state=approved", nil); !a.has(`"may_decide":true`, `"in_force":true`, `{"code":"A0101","name":"信息公开指南"}`) || a.has("withdrawn") {
		t.Errorf("%s", a.body)
	}
}
