package pb_hooks_test

import (
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/dossier"
)

func TestEvidenceOfACase(t *testing.T) {
	s := serveRequests(t)
	id := s.answered()
	path := "/api/app/requests/" + id + "/evidence"
	sees := []string{clerkA, officerA, secrecyA, principalA, supervisor}
	for _, who := range viewers {
		a := s.do(who, http.MethodGet, path, nil)
		if !slices.Contains(sees, who) {
			if a.status != http.StatusNotFound && a.status != http.StatusUnauthorized && a.status != http.StatusForbidden {
				t.Errorf("%q takes the evidence: %d", who, a.status)
			}
			continue
		}
		if a.status != http.StatusOK {
			t.Fatalf("%q: %d %s", who, a.status, a.body)
		}
		report := dossier.Check(strings.NewReader(a.body), int64(len(a.body)))
		if !report.IsIntact() || len(report.Holds) < 6 {
			t.Errorf("%q: %q, holds %q", who, report.Breaks, report.Holds)
		}
		for name, text := range unpacked(t, a.body) {
			if who == supervisor && strings.HasSuffix(name, ".docx") {
				t.Errorf("the bureau gets the original %s", name)
			}
			for _, secret := range []string{"张三丰", "13800138000", "zhang@example.cn", "E12345678"} {
				if !strings.HasSuffix(name, ".docx") && strings.Contains(text, secret) {
					t.Errorf("%q is told %q by %s", who, secret, name)
				}
			}
		}
	}

	a := s.do(clerkA, http.MethodGet, path, nil)
	if _, params, err := mime.ParseMediaType(a.header.Get("Content-Disposition")); err != nil || params["filename"] != "申请案卷_SQ2026-00001.zip" {
		t.Errorf("the file is called %v (%v)", params, err)
	}
	if out, err := s.check(a.body, "--database"); err != nil {
		t.Errorf("against the database: %v %s", err, out)
	}
	files := unpacked(t, a.body)
	for name, want := range map[string]string{"案卷.html": "逐日计算", "案件.json": "SQ2026-00001", "办理环节.json": `"action": "sign"`, "期限台账.json": "20 个工作日内答复",
		"逐日计算.json": `"nth": 20`, "申请.json": "中标单位", "文书.json": "1号-答", "审计记录.jsonl": "export_case", "校验值.txt": ""} {
		if text, ok := files[name]; !ok || !strings.Contains(text, want) {
			t.Errorf("%s: %t, %.300s", name, ok, text)
		}
	}
	originals := 0
	for name := range files {
		if strings.HasPrefix(name, "文书/") && strings.HasSuffix(name, ".docx") {
			originals++
		}
	}
	if originals != 3 {
		t.Errorf("%d letters: %q", originals, files["文书.json"])
	}

	// whoever changes what was done, when, or by whom is found out, also with sums made anew
	for what, change := range map[string][3]string{
		"who signed":   {"办理环节.json", principalA, clerkA},
		"when":         {"办理环节.json", `"on": "2026-11-23"`, `"on": "2026-11-20"`},
		"a letter":     {"文书.json", `"number": "本教`, `"number": "别教`},
		"the page":     {"案卷.html", "期限台账", "期限"},
		"a row":        {"审计记录.jsonl", "foi_sign", "foi_void"},
		"the whole of": {"案件.json", "SQ2026-00001", "SQ2026-00002"},
	} {
		if !strings.Contains(files[change[0]], change[1]) {
			t.Fatalf("%s: %s does not hold %q", what, change[0], change[1])
		}
		changed := rezipped(t, a.body, func(name, text string) (string, bool) {
			if name == change[0] {
				text = strings.ReplaceAll(text, change[1], change[2])
			}
			return text, true
		})
		if report := dossier.Check(strings.NewReader(changed), int64(len(changed))); !slices.ContainsFunc(report.Breaks, func(b string) bool { return !strings.HasPrefix(b, "文件“") && !strings.HasPrefix(b, "压缩包") }) {
			t.Errorf("%s was changed, and nobody noticed more than a sum: %q", what, report.Breaks)
		}
	}
}

func TestWhoAppliedIsInTheEvidenceForAReason(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.filed()
	path := "/api/app/requests/" + id + "/evidence?identity="
	reason := url.QueryEscape("法院调取案卷")
	if a := s.do(clerkA, http.MethodGet, path, nil); a.status != http.StatusBadRequest {
		t.Errorf("without a reason: %d %s", a.status, a.body)
	}
	for _, who := range []string{officerA, principalA, supervisor} {
		if a := s.do(who, http.MethodGet, path+reason, nil); a.status != http.StatusForbidden {
			t.Errorf("%s: %d", who, a.status)
		}
	}
	a := s.do(clerkA, http.MethodGet, path+reason, nil)
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if report := dossier.Check(strings.NewReader(a.body), int64(len(a.body))); !report.IsIntact() {
		t.Errorf("%q", report.Breaks)
	}
	files := unpacked(t, a.body)
	if !strings.Contains(files["申请.json"], "张三丰") || !strings.Contains(files["申请.json"], "E12345678") || !strings.HasPrefix(files["附件/身份证明 1-1.png"], "\x89PNG") {
		t.Errorf("who applied: %s", files["申请.json"])
	}
	n, err := s.app.CountRecords("audit_log", dbx.HashExp{"record": id, "action": "foi_identity"})
	if err != nil || n != 1 || !s.dump("audit_log", "法院调取案卷") {
		t.Errorf("%d reasons are entered (%v)", n, err)
	}
}
