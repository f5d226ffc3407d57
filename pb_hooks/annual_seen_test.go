package pb_hooks_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/annual"
)

// annualPeople may see the report of school A.
var annualPeople = []string{editorA, secondA, reviewerA, secrecyA, principalA, clerkA, officerA, supervisor, bureauReviewer, bureauAdmin, auditor}

func TestReportsAreSeenByThoseWhoMay(t *testing.T) {
	s := serve(t)
	s.at("2026-01-12")
	s.saveReport(clerkA, ownReport(2025), textsOfReport())
	writes := map[string][]string{ownReport(2025): {editorA, secondA, clerkA}, annualPath + "/all/2025": {supervisor}}
	oversee := []string{supervisor, bureauReviewer, bureauAdmin, auditor}
	for _, who := range viewers {
		for path, may := range map[string][]string{ownReport(2025): annualPeople, annualPath + "/all/2025": oversee, ownReport(2025) + "/report.docx": annualPeople,
			annualPath + "/all/2025/report.docx": oversee, annualPath + "/all/2025/tables.xlsx": oversee} {
			a := s.do(who, http.MethodGet, path, nil)
			if ok := a.status == http.StatusOK; ok != slices.Contains(may, who) {
				t.Errorf("%q reads %s: %d %.200s", who, path, a.status, a.body)
			}
			if a.status != http.StatusOK && a.has("学校按照规定做好") {
				t.Errorf("%q is shown the text", who)
			}
		}
		list := s.do(who, http.MethodGet, annualPath, nil)
		lines, _ := list.field("lines").([]any)
		want := 0
		switch {
		case slices.Contains(oversee, who):
			want = 2
		case slices.Contains(annualPeople, who), who == editorB, who == clerkB, who == reviewerB, who == secrecyB:
			want = 1
		}
		if len(lines) != want || want == 0 && list.status == http.StatusOK || want == 1 && strings.Contains(who, "-b@") != list.has("9999990002") {
			t.Errorf("%q lists %d: %d %s", who, len(lines), list.status, list.body)
		}
		for path, may := range writes {
			base := s.annualDesk(supervisor, path).Updated
			a := s.do(who, http.MethodPut, path, map[string]any{"texts": map[string]string{"note2": "说明" + who}, "base": base})
			if ok := a.status == http.StatusOK; ok != slices.Contains(may, who) {
				t.Errorf("%q writes %s: %d %s", who, path, a.status, a.body)
			}
		}
		if a := s.do(who, http.MethodPost, annualPath+"/remind", map[string]any{"year": 2025}); (a.status == http.StatusOK) != (who == supervisor) {
			t.Errorf("%q reminds: %d %s", who, a.status, a.body)
		}
	}
	presents := s.do(editorB, http.MethodPost, ownReport(2025)+"/steps", map[string]any{"do": "present"})
	signs := s.do(supervisor, http.MethodPost, ownReport(2025)+"/steps", map[string]any{"do": "sign"})
	reads := s.do(reviewerA, http.MethodPost, ownReport(2025)+"/steps", map[string]any{"do": "present"})
	if presents.status != http.StatusNotFound || signs.status != http.StatusForbidden || reads.status != http.StatusForbidden {
		t.Errorf("steps by others: %d %d %d", presents.status, signs.status, reads.status)
	}
	for _, collection := range []string{"annual_reports", "annual_steps", "annual_tables"} {
		for _, who := range []string{editorA, principalA, supervisor} {
			if a := s.do(who, http.MethodGet, recordAPI+collection+"/records", nil); a.status < 400 {
				t.Errorf("%s reads %s", who, collection)
			}
		}
		if a := s.do(root, http.MethodPost, recordAPI+collection+"/records", map[string]any{"year": 2025}); a.status != http.StatusForbidden {
			t.Errorf("a superuser writes %s: %d", collection, a.status)
		}
	}
}

func TestBadReports(t *testing.T) {
	s := serve(t)
	s.at("2026-01-12")
	for path, want := range map[string]int{annualPath + "/9999990001/2026": 400, annualPath + "/9999990001/2007": 400, annualPath + "/9999990001/year": 400, annualPath + "/9999990009/2025": 404,
		annualPath + "?year=2027": 400} {
		if a := s.do(supervisor, http.MethodGet, path, nil); a.status != want {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	for field, texts := range map[string]annual.Texts{"part9": {"part9": "x"}, "fees": {"fees": "十二万"}, "other": {"other": strings.Repeat("长", annual.LongestText+1)}} {
		if a := s.saveReport(clerkA, ownReport(2025), texts); a.status != http.StatusBadRequest || a.field("data", field, "message") == nil {
			t.Errorf("%s: %d %s", field, a.status, a.body)
		}
	}
	if n := s.rowsOf("annual_reports", "TRUE"); n != 0 {
		t.Errorf("%d reports are stored", n)
	}
	// a school's own routes answer for the district's only what there is
	for do, field := range map[string]string{"sign": "do", "publish": "do"} {
		path := map[string]string{"sign": annualPath + "/all/2025", "publish": ownReport(2025)}[do]
		who := map[string]string{"sign": supervisor, "publish": clerkA}[do]
		if a := s.do(who, http.MethodPost, path+"/steps", map[string]any{"do": do}); a.status != http.StatusBadRequest || a.field("data", field) == nil {
			t.Errorf("%s: %d %s", do, a.status, a.body)
		}
	}
	if a := s.do(supervisor, http.MethodGet, ownReport(2025)+"/tables.xlsx", nil); a.status != http.StatusBadRequest {
		t.Errorf("tables of a school: %d", a.status)
	}
	if a := s.do(supervisor, http.MethodPost, annualPath+"/remind", map[string]any{"year": 2025, "schools": []string{"1"}}); a.status != http.StatusBadRequest || a.field("data", "schools") == nil {
		t.Errorf("an unknown school is reminded: %d %s", a.status, a.body)
	}
	// of two who save at once one is told
	s.saveReport(clerkA, ownReport(2025), textsOfReport())
	base := s.annualDesk(clerkA, ownReport(2025)).Updated
	s.saveReport(editorA, ownReport(2025), annual.Texts{"other": "本年度没有收取信息处理费。另有一事。"})
	a := s.do(clerkA, http.MethodPut, ownReport(2025), map[string]any{"texts": annual.Texts{"other": "x"}, "base": base})
	if a.status != http.StatusConflict || s.annualDesk(clerkA, ownReport(2025)).Texts["other"] != "本年度没有收取信息处理费。另有一事。" {
		t.Errorf("a stale save: %d %s", a.status, a.body)
	}
	a = s.do(clerkA, http.MethodPost, ownReport(2025)+"/steps", map[string]any{"do": "present", "base": base})
	if a.status != http.StatusConflict {
		t.Errorf("a stale step: %d %s", a.status, a.body)
	}
}
