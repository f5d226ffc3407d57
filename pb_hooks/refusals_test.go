package pb_hooks_test

import (
	"bytes"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// westernStop is a full stop of PocketBase's behind a Chinese sentence.
var westernStop = regexp.MustCompile(`[\p{Han}。！？”）》]\.(\s|"|$)`)

// What is wrong with the type of a value is said at its place, by all own routes.
func TestAWrongTypeIsSaidAtItsField(t *testing.T) {
	s := serve(t)
	src := s.fileSource("区级名单")
	run := s.readList(src.ID, listOf(rowA2, rowB))
	for _, tt := range []struct{ who, path, body, field, sentence string }{
		{bureauAdmin, schoolsAPI, `{"fields":{"name":5}}`, "fields", "内容应当是文字"},
		{bureauAdmin, schoolsAPI, `{"fields":["name"]}`, "fields", "内容应当是 JSON 对象"},
		{bureauAdmin, schoolFileA + "/corrections", `{"field":"phone","value":2100000009,"reason":"补"}`, "value", "内容应当是文字"},
		{bureauAdmin, registryPath + "runs/" + run.ID + "/decide", `{"lines":"x","decision":"accepted"}`, "lines", "内容应当是列表"},
		{bureauAdmin, registryPath + "runs/" + run.ID + "/release", `{"reason":true}`, "reason", "内容应当是文字"},
		{bureauAdmin, registryPath + "sources/" + src.ID + "/runs", `{"dry":"no"}`, "dry", "内容应当是 true 或 false"},
		{bureauAdmin, registryPath + "sources", `{"config":{"url":7}}`, "config.url", "内容应当是文字"},
		{bureauAdmin, registryPath + "try", `{"config":[]}`, "config", "内容应当是 JSON 对象"},
		{supervisor, "/api/app/probes", `{"school":1}`, "school", "内容应当是文字"},
		{"", "/api/app/track", `{"number":1,"code":"x"}`, "number", "内容应当是文字"},
	} {
		a := s.send(tt.who, http.MethodPost, tt.path, "application/json", strings.NewReader(tt.body))
		problems, _ := a.field("data").(map[string]any)
		at, _ := problems[tt.field].(map[string]any)
		if a.status != http.StatusBadRequest || at["code"] != "type_wrong" || at["message"] != tt.sentence || a.field("message") != "内容的格式不对："+tt.field+" 的"+tt.sentence+"。" {
			t.Errorf("%s %s: %d %s", tt.path, tt.body, a.status, a.body)
		}
	}
	if a := s.send(bureauAdmin, http.MethodPost, schoolsAPI, "application/json", strings.NewReader(`[]`)); a.status != http.StatusBadRequest || a.field("message") != "内容的格式不对：内容应当是 JSON 对象。" {
		t.Errorf("a list: %d %s", a.status, a.body)
	}
}

// unannounced hides how long a body is.
type unannounced struct{ io.Reader }

func TestABodyThatIsTooLargeIsRefusedInChinese(t *testing.T) {
	s := serve(t)
	long := []byte(`{"number":"` + strings.Repeat("1", 200<<10) + `"}`)
	for _, path := range []string{"/api/app/track", "/api/app/letters/track", "/api/app/feedback", "/api/app/opinion"} {
		for _, body := range []io.Reader{bytes.NewReader(long), unannounced{bytes.NewReader(long)}} {
			a := s.send("", http.MethodPost, path, "application/json", body)
			if data, isForm := a.field("data").(map[string]any); a.status != http.StatusRequestEntityTooLarge || a.field("status") != 413.0 || a.field("message") != "提交的内容太大，请减少后再提交。" || !isForm || len(data) > 0 {
				t.Errorf("%s, %T: %d %s", path, body, a.status, a.body)
			}
		}
	}
	if a := s.send("", http.MethodPost, "/api/app/feedback", "multipart/form-data; boundary=x", bytes.NewReader(long)); a.status != http.StatusRequestEntityTooLarge || !a.has("单个文件不超过 20 MB") {
		t.Errorf("a form: %d %s", a.status, a.body)
	}
}

// Sentences end as they were written, wherever they are made.
func TestSentencesHaveNoWesternStop(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	for name, tt := range map[string]struct {
		who, method, path string
		body              any
		status            int
		says              string
	}{
		"a forbidden deed":          {reviewerA, "POST", schoolsAPI, opening("9999990009", "示范区新苑小学"), 403, `由区级管理员办理。"`},
		"a thing that is not there": {bureauAdmin, "GET", registryPath + "runs/none", nil, 404, `没有这次读取，请回到“变更审核”查看。"`},
		"a field":                   {bureauAdmin, "POST", schoolsAPI, opening("9999990001", "示范区新苑小学"), 400, `已经属于示范区晨光小学（9999990001）"`},
		"a format":                  {bureauAdmin, "POST", schoolsAPI, "x", 400, "内容的格式不对"},
		"a step by its hook":        {editorA, "POST", recordAPI + "article_steps/records", map[string]any{"article": article, "version": version, "action": "approve"}, 400, ""},
		"a record by its hook":      {editorA, "PATCH", recordAPI + "article_versions/records/" + version, map[string]any{"doc_number": strings.Repeat("号", 300)}, 400, ""},
		"a code that is wrong":      {"", "POST", "/api/app/track", map[string]any{"number": "YS2026-0001", "code": "AAAAAAAA"}, 0, ""},
	} {
		a := s.do(tt.who, tt.method, tt.path, tt.body)
		if a.status < 400 || tt.status != 0 && a.status != tt.status || !a.has(tt.says) || westernStop.MatchString(a.body) {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
}
