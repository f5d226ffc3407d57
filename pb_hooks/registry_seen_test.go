package pb_hooks_test

import (
	"bytes"
	"context"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/logger"

	"gongkai/pb_hooks"
)

const registryPath = "/api/app/registry/"

// Who may do what with the register of institutions.
var (
	readsRegistry   = []string{supervisor, bureauReviewer, bureauAdmin, auditor}
	decidesRegistry = []string{supervisor, bureauAdmin}
	managesRegistry = []string{bureauAdmin}
)

// fileSource makes a source that lists are sent to.
func (s *server) fileSource(name string) pb_hooks.RegistrySource {
	s.t.Helper()
	return s.makeSource(map[string]any{"name": name, "config": map[string]any{"kind": "file"}})
}

func (s *server) makeSource(body map[string]any) (src pb_hooks.RegistrySource) {
	s.t.Helper()
	s.readInto(s.do(bureauAdmin, http.MethodPost, registryPath+"sources", body), &src)
	return src
}

// readInto reads an answer that has to be a good one.
func (s *server) readInto(a answer, into any) {
	s.t.Helper()
	if a.status != http.StatusOK {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
	if err := json.Unmarshal([]byte(a.body), into); err != nil {
		s.t.Fatal(err)
	}
}

// sendList sends a list along with a run of a source.
func (s *server) sendList(as, source, name, list string, fields ...string) answer {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write([]byte(list))
	}
	for i := 0; i+1 < len(fields) && err == nil; i += 2 {
		err = w.WriteField(fields[i], fields[i+1])
	}
	if err != nil || w.Close() != nil {
		s.t.Fatal(err)
	}
	return s.send(as, http.MethodPost, registryPath+"sources/"+source+"/runs", w.FormDataContentType(), &b)
}

// readList sends a list and waits for what comes of it.
func (s *server) readList(source, list string, fields ...string) pb_hooks.RegistryRun {
	s.t.Helper()
	var run pb_hooks.RegistryRun
	s.readInto(s.sendList(bureauAdmin, source, "名单.csv", list, fields...), &run)
	return s.ended(run.ID)
}

// ended waits until a run is no longer in progress.
func (s *server) ended(id string) (run pb_hooks.RegistryRun) {
	s.t.Helper()
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(5 * time.Millisecond) {
		if s.readInto(s.do(auditor, http.MethodGet, registryPath+"runs/"+id, nil), &run); run.State != "running" {
			return run
		}
	}
	s.t.Fatalf("the run does not end: %+v", run)
	return run
}

// lines are the lines of a run that a query asks for.
func (s *server) lines(run, query string) []pb_hooks.RegistryLine {
	s.t.Helper()
	var list pb_hooks.RegistryLines
	s.readInto(s.do(auditor, http.MethodGet, registryPath+"runs/"+run+"/lines?per_page=200&"+query, nil), &list)
	return list.Items
}

// theLine is the one line of a run that a query asks for.
func (s *server) theLine(run, query string) pb_hooks.RegistryLine {
	s.t.Helper()
	lines := s.lines(run, query)
	if len(lines) != 1 {
		s.t.Fatalf("%d lines of %q: %+v", len(lines), query, lines)
	}
	return lines[0]
}

// decide decides on lines as an admin.
func (s *server) decide(run string, body map[string]any) (done pb_hooks.RegistryDecided) {
	s.t.Helper()
	s.readInto(s.do(bureauAdmin, http.MethodPost, registryPath+"runs/"+run+"/decide", body), &done)
	return done
}

// listOf is a list of the two schools of the tests and of what else stands in it.
func listOf(rows ...string) string {
	return "机构编号,学校代码,学校名称,学段,办学性质,街镇,地址,电话\n" + strings.Join(rows, "\n") + "\n"
}

// rowA and rowB are the two schools as they are stored, but for their ids in the register.
const (
	rowA = "J1,9999990001,示范区晨光小学,小学,公办,东城镇,晨光路1号,021-00000001"
	rowB = "J2,9999990002,示范区云帆中学,初中、高中,民办,西湖镇,,"
)

func TestSourcesAreKeptByTheAdmin(t *testing.T) {
	s := serveRequests(t) // with a data key
	src := s.makeSource(map[string]any{"name": "区机构查询平台", "secret": "very-secret-token", "config": map[string]any{"kind": "json", "url": "https://registry.example.cn/api/schools",
		"auth": map[string]any{"sign": "header", "name": "Authorization", "prefix": "Bearer "}, "fields": map[string]any{"name": map[string]any{"from": []string{"name"}}}}})
	if !src.HasSecret || src.Schedule != "off" || !src.Active {
		t.Fatalf("made %+v", src)
	}
	one := registryPath + "sources/" + src.ID
	for _, who := range viewers {
		for _, ask := range []struct {
			method, path string
			body         any
			may          []string
		}{
			{"GET", registryPath + "sources", nil, readsRegistry},
			{"GET", one, nil, readsRegistry},
			{"POST", registryPath + "sources", map[string]any{"name": ""}, managesRegistry},
			{"PATCH", one, map[string]any{"name": ""}, managesRegistry},
			{"POST", registryPath + "try", map[string]any{"config": map[string]any{"kind": "none"}}, managesRegistry},
		} {
			a := s.do(who, ask.method, ask.path, ask.body)
			if may := slices.Contains(ask.may, who); (a.status < 300 || a.status == http.StatusBadRequest) != may {
				t.Errorf("%q %s %s: %d %s", who, ask.method, ask.path, a.status, a.body)
			}
			if a.has("very-secret-token") {
				t.Errorf("%q is told the secret: %s", who, a.body)
			}
		}
	}
	for _, tt := range []struct {
		body            map[string]any
		field, sentence string
	}{
		{map[string]any{"name": " "}, "name", "请填写名称"},
		{map[string]any{"name": strings.Repeat("长", 61)}, "name", "最多 60 个字"},
		{map[string]any{"schedule": "yearly"}, "schedule", "请选择"},
		{map[string]any{"hour": 24}, "hour", "0 至 23"},
		{map[string]any{"every": 0}, "every", "1 至 168"},
		{map[string]any{"silent_days": 0}, "silent_days", "1 至 365"},
		{map[string]any{"shares": map[string]any{"ended": map[string]any{"most": 1.5}}}, "shares.ended", "100%"},
		{map[string]any{"rules": []any{map[string]any{"name": "电话", "kind": "close"}}}, "rules.0", "可以自动接受"},
		{map[string]any{"rules": []any{map[string]any{"name": "电话", "kind": "update", "field": "telephone"}}}, "rules.0", "没有这一项"},
		{map[string]any{"rules": []any{map[string]any{"name": "电话", "kind": "update", "basis": []string{"similarity"}}}}, "rules.0", "不能自动接受"},
		{map[string]any{"config": map[string]any{"kind": "json", "url": "ftp://x"}}, "config.url", "完整的网址"},
		{map[string]any{"config": map[string]any{"kind": "json", "url": "https://elsewhere.example.cn/", "fields": map[string]any{"name": map[string]any{"from": []string{"name"}}}}}, "secret", "请重新填写"},
	} {
		refusedAt(t, s.do(bureauAdmin, http.MethodPatch, one, tt.body), tt.field, tt.sentence)
	}
	if a := s.do(bureauAdmin, http.MethodPatch, one, map[string]any{"colour": "red"}); a.status != http.StatusBadRequest || !a.has("没有", "colour") {
		t.Errorf("an unknown field: %d %s", a.status, a.body)
	}
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, registryPath+"sources", map[string]any{"name": "区机构查询平台", "config": map[string]any{"kind": "file"}}), "name", "已经有")
	var after pb_hooks.RegistrySource
	if s.readInto(s.do(bureauAdmin, http.MethodGet, one, nil), &after); after.Name != src.Name || after.Config.URL != src.Config.URL {
		t.Errorf("something was stored: %+v", after)
	}
	r, err := s.app.FindRecordById("registry_sources", src.ID)
	if err != nil || strings.Contains(r.GetString("secrets"), "very-secret") || r.GetString("secrets") == "" {
		t.Errorf("the secret is stored as %q: %v", r.GetString("secrets"), err)
	}
	s.nothingTells("very-secret")
}

// nothingTells fails where a word stands in the audit or the log.
func (s *server) nothingTells(word string) {
	s.t.Helper()
	var found int
	if err := s.app.DB().NewQuery("SELECT count(*) FROM audit_log WHERE instr(detail, '" + word + "') > 0").Row(&found); err != nil || found > 0 {
		s.t.Errorf("the audit tells %q: %v", word, err)
	}
	if found := s.logged(word); found > 0 {
		s.t.Errorf("the log tells %q %d times", word, found)
	}
}

// logged counts the entries of the log with all of some words, where the log is kept.
func (s *server) logged(words ...string) (found int) {
	s.t.Helper()
	err := s.app.Logger().Handler().(*logger.BatchHandler).WriteAll(context.Background())
	var all []dbx.Expression
	for i, word := range words {
		param := "word" + strconv.Itoa(i)
		all = append(all, dbx.NewExp("instr(message || data, {:"+param+"}) > 0", dbx.Params{param: word}))
	}
	if err == nil {
		err = s.app.AuxDB().Select("count(*)").From("_logs").Where(dbx.And(all...)).Row(&found)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return found
}
