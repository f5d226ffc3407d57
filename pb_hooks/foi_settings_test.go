package pb_hooks_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// ordinaryTerms are the periods of the law from a day on.
func ordinaryTerms(from string, change map[string]any) map[string]any {
	t := map[string]any{"valid_from": from, "answer": 20, "extend": 20, "correction_notice": 7, "correction": 10, "correction_min": 5, "correction_max": 60,
		"third_party": 15, "other_organ": 15, "confirm": 1, "archive": 10, "supplement": 10, "yellow": 5, "orange": 2, "red": 0}
	maps.Copy(t, change)
	return t
}

// refusedAt asks for a sentence at a field.
func refusedAt(t testing.TB, a answer, field, sentence string) {
	t.Helper()
	if message, _ := a.field("data", field, "message").(string); a.status != http.StatusBadRequest || !strings.Contains(message, sentence) {
		t.Errorf("got %d %s, want %q at %s", a.status, a.body, sentence, field)
	}
}

func TestTermsHoldFromALaterDay(t *testing.T) {
	s := serveRequests(t)
	path := recordAPI + "foi_terms/records"
	before, _, _ := s.filed()
	for _, tt := range []struct {
		name, field, sentence string
		terms                 map[string]any
	}{
		{"today, when a case was submitted already", "valid_from", "最早从明天起适用", ordinaryTerms("2026-11-23", nil)},
		{"in the past", "valid_from", "最早从明天起适用", ordinaryTerms("2026-01-01", nil)},
		{"no day", "valid_from", "请填写从哪一天起适用", ordinaryTerms("", nil)},
		{"no period", "answer", "期限填写 1 至 250 个工作日", ordinaryTerms("2026-11-25", map[string]any{"answer": 0})},
		{"an ordinary correction shorter than the shortest", "correction", "应在最短和最长之间", ordinaryTerms("2026-11-25", map[string]any{"correction": 3})},
		{"alarms the wrong way round", "yellow", "黄色不少于橙色", ordinaryTerms("2026-11-25", map[string]any{"yellow": 1})},
	} {
		t.Run(tt.name, func(t *testing.T) {
			refusedAt(t, s.do(supervisor, http.MethodPost, path, tt.terms), tt.field, tt.sentence)
		})
	}
	beyond := ordinaryTerms("2027-06-01", map[string]any{"answer": 30})
	refusedAt(t, s.do(supervisor, http.MethodPost, path, beyond), "confirmed", "答复期限 30 个工作日（条例规定 20 个）")
	if n := s.rowsOf("foi_terms", "1"); n != 0 {
		t.Fatalf("%d were stored", n)
	}
	made := s.do(supervisor, http.MethodPost, path, ordinaryTerms("2026-11-25", map[string]any{"answer": 15, "by_name": "别人"}))
	if made.status != http.StatusOK || made.field("by_name") != supervisor {
		t.Fatalf("%d %s", made.status, made.body)
	}
	refusedAt(t, s.do(supervisor, http.MethodPost, path, ordinaryTerms("2026-11-25", nil)), "valid_from", "已有从这一天起适用的设置")
	beyond["confirmed"] = true
	if a := s.do(supervisor, http.MethodPost, path, beyond); a.status != http.StatusOK {
		t.Errorf("confirmed: %d %s", a.status, a.body)
	}
	for _, who := range []string{supervisor, root} {
		own := path + "/" + made.field("id").(string)
		if a := s.do(who, http.MethodPatch, own, map[string]any{"answer": 1}); a.status < 400 {
			t.Errorf("%s changes it", who)
		}
		if a := s.do(who, http.MethodDelete, own, nil); a.status < 400 {
			t.Errorf("%s deletes it", who)
		}
	}
	for _, who := range []string{clerkA, adminA, bureauAdmin, auditor, ""} {
		if a := s.do(who, http.MethodPost, path, ordinaryTerms("2026-12-01", nil)); a.status < 400 {
			t.Errorf("%q sets periods", who)
		}
	}

	s.wait(2 * 24 * time.Hour)
	after, _, _ := s.filed()
	s.mustAct(clerkA, after, "register", map[string]any{"confirmed": "2026-11-25"})
	if got := s.dueOf(after); got != "2026-12-16 false" { // 15 working days
		t.Errorf("submitted on the day: %s", got)
	}
	if got := s.dueOf(before); got != "2026-12-22 false" { // 20 from 24 November, when the system confirmed it
		t.Errorf("submitted before: %s", got)
	}
	view := s.do(supervisor, http.MethodGet, "/api/app/requests/settings", nil)
	if !view.has(`"valid_from":"2026-11-25","state":"in_force"`, `"valid_from":"2019-05-15","state":"replaced"`) {
		t.Error(view.body)
	}
}

func TestRemedyTextIsTakenWithOpenEyes(t *testing.T) {
	s := serveRequests(t)
	path := recordAPI + "remedy_texts/records"
	remedy := func(change map[string]any) answer {
		body := map[string]any{"key": "appeal", "valid_from": "2026-11-23", "text": "如对{{本单位}}的答复有异议，可以向{{主管部门}}申诉。"}
		maps.Copy(body, change)
		return s.do(supervisor, http.MethodPost, path, body)
	}
	refusedAt(t, remedy(map[string]any{"text": "请{{申请人}}向{{主管部门}}申诉"}), "text", "不能用 {{申请人}}")
	refusedAt(t, remedy(map[string]any{"text": "向{{主管部门申诉", "confirmed": true}), "text", "占位符不完整")
	refusedAt(t, remedy(map[string]any{"text": " ", "confirmed": true}), "text", "请填写救济途径的文字")
	refusedAt(t, remedy(map[string]any{"key": ""}), "key", "请选择")
	refusedAt(t, remedy(map[string]any{"valid_from": "2026-11-22"}), "valid_from", "不能早于今天")
	refusedAt(t, remedy(map[string]any{"text": strings.Repeat("字", 1001), "confirmed": true}), "text", "最多 1000 字，现有 1001 字")
	doubtful := map[string]any{"text": "可以向{{主管部门}}申诉，也可以申请行政复议。"}
	refusedAt(t, remedy(doubtful), "confirmed", "学校不是行政机关")
	if n := s.rowsOf("remedy_texts", "1"); n != 0 {
		t.Fatalf("%d were stored", n)
	}
	doubtful["confirmed"], doubtful["valid_from"] = true, "2027-03-01"
	if a := remedy(doubtful); a.status != http.StatusOK {
		t.Fatalf("confirmed: %d %s", a.status, a.body)
	}
	if a := remedy(nil); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	refusedAt(t, remedy(nil), "valid_from", "已有从这一天起适用的设置")
	view := s.do(supervisor, http.MethodGet, "/api/app/requests/settings", nil)
	if !view.has(`"valid_from":"2027-03-01","state":"coming"`, `"valid_from":"2026-11-23","state":"in_force"`, "学校不是行政机关") {
		t.Error(view.body)
	}

	id := s.answered()
	letter, err := s.app.FindFirstRecordByFilter("foi_letters", "request = {:id} && kind ~ 'answer_'", dbx.Params{"id": id})
	if err != nil {
		t.Fatal(err)
	}
	if a := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id+"/letters/"+letter.Id, nil); !a.has("如对本校的答复有异议，可以向本区教育局申诉。") {
		t.Errorf("the letter does not carry it: %s", a.body)
	}
}

// inDocx replaces words in the text of a .docx file.
func inDocx(t *testing.T, data []byte, old, instead string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		out, err := w.Create(f.Name)
		if err == nil {
			_, err = out.Write(bytes.ReplaceAll(content, []byte(old), []byte(instead)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLetterTemplateIsTakenIfEveryLetterCanBeMadeOfIt(t *testing.T) {
	s := serveRequests(t)
	const kind, path = "receipt", recordAPI + "letter_templates/records"
	own := s.do(clerkA, http.MethodGet, "/api/app/letter-templates/"+kind, nil)
	if own.status != http.StatusOK || !strings.HasPrefix(own.body, "PK") || !strings.Contains(own.header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("download: %d", own.status)
	}
	upload := func(who string, data []byte, fields map[string]string) answer {
		t.Helper()
		all := map[string]string{"kind": kind}
		maps.Copy(all, fields)
		return s.sendFile(who, path, "收件回执.docx", data, all)
	}
	wrong := inDocx(t, []byte(own.body), "{{受理编号}}", "{{受理号码}}")
	refusedAt(t, upload(supervisor, wrong, nil), "file", "不能使用占位符：{{受理号码}}")
	refusedAt(t, upload(supervisor, inDocx(t, []byte(own.body), "{{答复期限}}", "规定的日期"), nil), "file", "缺少占位符：{{答复期限}}")
	refusedAt(t, upload(supervisor, []byte("不是文档"), nil), "file", ".docx")
	refusedAt(t, upload(supervisor, bytes.Repeat([]byte("x"), 5<<20+1), nil), "file", "不能超过 5 MB")
	refusedAt(t, upload(supervisor, []byte(own.body), map[string]string{"kind": "love_letter"}), "kind", "请选择文书的种类")
	refusedAt(t, s.do(supervisor, http.MethodPost, path, map[string]any{"kind": kind}), "file", "请选择一个 .docx 模板文件")
	if n := s.rowsOf("letter_templates", "1"); n != 0 {
		t.Fatalf("%d were stored", n)
	}
	if a := upload(clerkA, []byte(own.body), nil); a.status < 400 {
		t.Error("a clerk sets a template")
	}

	mine := inDocx(t, []byte(own.body), "现予登记", "已经登记在册")
	refusedAt(t, s.sendFile(supervisor, "/api/app/letter-templates/"+kind+"/preview", "x.docx", wrong, nil), "file", "{{受理号码}}")
	preview := s.sendFile(supervisor, "/api/app/letter-templates/"+kind+"/preview", "x.docx", mine, nil)
	if preview.status != http.StatusOK || !strings.Contains(docxText(t, preview.body), "已经登记在册") || !strings.Contains(docxText(t, preview.body), "（申请的受理编号）") {
		t.Errorf("preview: %d", preview.status)
	}
	stored := upload(supervisor, mine, nil)
	if stored.status != http.StatusOK || stored.field("name") != "收件回执.docx" || len(stored.field("sha256").(string)) != 64 || stored.field("by_name") != supervisor {
		t.Fatalf("upload: %d %s", stored.status, stored.body)
	}
	if a := s.do(supervisor, http.MethodGet, "/api/app/letter-templates/"+kind, nil); a.body != string(mine) {
		t.Error("the template in force is not the one uploaded")
	}
	if a := s.do(supervisor, http.MethodPost, path, map[string]any{"kind": kind, "is_default": true}); a.status != http.StatusOK {
		t.Errorf("back: %d %s", a.status, a.body)
	}
	if a := s.do(supervisor, http.MethodGet, "/api/app/letter-templates/"+kind, nil); a.body != own.body {
		t.Error("the program's own is not in force again")
	}
	view := s.do(supervisor, http.MethodGet, "/api/app/requests/settings", nil)
	if !view.has(`"versions":[{"name":"","by":"`+supervisor+`","on":"2026-`, `"default":true},{"name":"收件回执.docx"`, `{"name":"答复期限","meaning":"依法应当答复的最后一天","required":true}`) {
		t.Error(view.body)
	}
}

func docxText(t *testing.T, data string) string {
	t.Helper()
	r, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := r.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestRequestSettingsAreTheBureaus(t *testing.T) {
	s := serve(t)
	for _, who := range viewers {
		read, change, download := http.StatusForbidden, http.StatusForbidden, http.StatusOK
		switch who {
		case "":
			read, change, download = http.StatusUnauthorized, http.StatusUnauthorized, http.StatusUnauthorized
		case root: // no staff
			download = http.StatusForbidden
		case supervisor:
			read, change = http.StatusOK, http.StatusOK
		case bureauAdmin: // imports calendars, and sees for what
			read = http.StatusOK
		}
		for _, try := range []struct {
			method, path string
			body         any
			want         int
		}{
			{http.MethodGet, "/api/app/requests/settings", nil, read},
			{http.MethodPatch, "/api/app/requests/settings", map[string]any{"bureau_name": "示范区教育局"}, change},
			{http.MethodGet, "/api/app/letter-templates/receipt", nil, download},
			{http.MethodPost, "/api/app/letter-templates/receipt/preview", nil, change},
		} {
			if a := s.do(who, try.method, try.path, try.body); a.status != try.want {
				t.Errorf("%q %s %s: got %d, want %d", who, try.method, try.path, a.status, try.want)
			}
		}
	}
	if a := s.do(supervisor, http.MethodGet, "/api/app/letter-templates/love_letter", nil); a.status != http.StatusNotFound {
		t.Errorf("unknown kind: %d", a.status)
	}
}

func TestRequestSettingsOfTheDistrict(t *testing.T) {
	s := serveRequests(t)
	set := func(body map[string]any) answer {
		return s.do(supervisor, http.MethodPatch, "/api/app/requests/settings", body)
	}
	refusedAt(t, set(map[string]any{"letter_word": "ABC"}), "letter_word", "1 至 4 个汉字")
	refusedAt(t, set(map[string]any{"bureau_name": strings.Repeat("局", 51)}), "bureau_name", "最多 50 字")
	refusedAt(t, set(map[string]any{"foi_purge_days": 3}), "foi_purge_days", "30 至 3650 天")
	refusedAt(t, set(map[string]any{"foi_mode": "never"}), "foi_mode", "请选择")
	refusedAt(t, set(map[string]any{"schools": map[string]string{schoolA: "chenguang"}}), "schools."+schoolA, "1 至 8 个汉字")
	refusedAt(t, set(map[string]any{"schools": map[string]string{schoolA: ""}}), "schools."+schoolA, "请填写校代字")
	refusedAt(t, set(map[string]any{"schools": map[string]string{schoolA: "云帆中学"}, "bureau_name": "某某局"}), "schools."+schoolA, "另一所学校已使用")
	if s.rowsOf("districts", "bureau_name != ''") != 0 || s.rowsOf("audit_log", "action = 'set_requests'") != 0 {
		t.Error("something was stored")
	}

	a := set(map[string]any{"letter_word": "示信", "bureau_name": "示范区教育和体育局", "foi_purge_days": 365, "schools": map[string]string{schoolA: "晨光"}})
	if a.status != http.StatusOK || !a.has(`"letter_word":"示信"`, `"name":"示范区晨光小学","word":"晨光"`) {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if n := s.rowsOf("audit_log", "action = 'set_requests' AND detail LIKE '%示范区教育和体育局%'"); n != 1 {
		t.Errorf("the audit has it %d times", n)
	}
	id, _, _ := s.filed()
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": "2026-11-23"})
	if n := s.rowsOf("foi_letters", "number LIKE '示信晨光信〔2026〕1号-%'"); n != 1 {
		t.Error("the next letter is numbered otherwise")
	}
	refusedAt(t, set(map[string]any{"schools": map[string]string{schoolB: "晨光"}}), "schools."+schoolB, "另一所学校已使用")
	if a := set(map[string]any{"schools": map[string]string{schoolA: "晨光小"}}); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	refusedAt(t, set(map[string]any{"schools": map[string]string{schoolB: "晨光"}}), "schools."+schoolB, "发过文书")

	if a := set(map[string]any{"foi_mode": "consultation"}); a.status != http.StatusOK || !a.has(`"foi_mode":"consultation"`) {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := s.fileAs("", doorA, goodApplication(), s.proof()); a.status != http.StatusForbidden {
		t.Errorf("filed while only consultation is offered: %d", a.status)
	}
	s.mustAct(clerkA, id, "assign", map[string]any{"party": "总务处"}) // what was filed goes on
	if a := set(map[string]any{"foi_mode": "requests"}); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	if a := s.fileAs("", doorA, goodApplication(), s.proof()); a.status != http.StatusOK {
		t.Errorf("switched on again: %d %s", a.status, a.body)
	}
}

func TestSchoolsOfOldGetALetterWordAtStart(t *testing.T) {
	s := serve(t, func(app core.App) {
		if _, err := app.DB().NewQuery("UPDATE schools SET letter_word = ''").Execute(); err != nil {
			t.Fatal(err)
		}
	})
	var words []string
	if err := s.app.DB().NewQuery("SELECT letter_word FROM schools ORDER BY code").Column(&words); err != nil || fmt.Sprint(words) != "[晨光小学 云帆中学]" {
		t.Errorf("%v %v", words, err)
	}
}
