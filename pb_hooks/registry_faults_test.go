package pb_hooks_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/registry/source"
)

// secondServer is the register of institutions as it is on a bad day.
type secondServer struct {
	*httptest.Server
	answer atomic.Pointer[http.HandlerFunc]
	asked  atomic.Int32
}

func (r *secondServer) answers(f http.HandlerFunc) { r.answer.Store(&f) }

func newSecondServer(t *testing.T) *secondServer {
	r := &secondServer{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r.asked.Add(1)
		(*r.answer.Load())(w, q)
	}))
	t.Cleanup(r.Close)
	return r
}

// institutions are n schools of the register; a change sees each of them.
func institutions(n int, change func(i int, school map[string]any)) http.HandlerFunc {
	var list []map[string]any
	for i := range n {
		school := map[string]any{"id": fmt.Sprintf("R%03d", i), "code": fmt.Sprintf("999999%04d", i+100), "name": fmt.Sprintf("示范区第%d实验学校", i+1), "stage": "小学", "owner": "公办",
			"town": "东城镇", "phone": fmt.Sprintf("021-%08d", 50000000+i)}
		if change != nil {
			change(i, school)
		}
		list = append(list, school)
	}
	return sends(map[string]any{"data": list})
}

func sends(v any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(v); err != nil {
			panic(err)
		}
	}
}

func fails(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}

// serveRegister serves the appliance with a source that is read from a second server
// with forty schools, all of which were taken over.
func serveRegister(t *testing.T) (*server, *secondServer, pb_hooks.RegistrySource) {
	return serveRegisterWaiting(t, 200*time.Millisecond)
}

// serveRegisterWaiting is serveRegister with so much patience for an answer.
func serveRegisterWaiting(t *testing.T, wait time.Duration) (*server, *secondServer, pb_hooks.RegistrySource) {
	t.Setenv(keyEnv, dataKey)
	o := options()
	o.Registry = source.Limits{Pause: time.Millisecond, Tries: 2, Wait: wait}
	s := serveWith(t, o)
	settings := s.app.Settings()
	settings.Logs.MaxDays = 5
	if err := s.app.Save(settings); err != nil {
		t.Fatal(err)
	}
	inDistrict(t, s.app, "999999", "示范区")
	second := newSecondServer(t)
	from := func(path string) map[string]any { return map[string]any{"from": []string{path}} }
	src := s.makeSource(map[string]any{"name": "区机构查询平台", "private_allowed": true, "secret": "very-secret-token", "schedule": "daily", "hour": 6,
		"rules": []any{map[string]any{"name": "电话", "kind": "update", "field": "phone"}},
		"config": map[string]any{"kind": "json", "url": second.URL + "/api/schools", "rows": "data", "auth": map[string]any{"sign": "query", "name": "token"},
			"fields": map[string]any{"registry_id": from("id"), "code": from("code"), "name": from("name"), "stages": from("stage"), "ownership": from("owner"), "town": from("town"), "phone": from("phone"), "status": from("state")}}})
	for i := range 40 {
		create(s.app, "schools", map[string]any{"code": fmt.Sprintf("999999%04d", i+100), "registry_id": fmt.Sprintf("R%03d", i), "name": fmt.Sprintf("示范区第%d实验学校", i+1), "stages": []string{"小学"},
			"ownership": "公办", "town": "东城镇", "phone": fmt.Sprintf("021-%08d", 50000000+i), "status": "open"})
	}
	second.answers(institutions(40, nil))
	if run := s.readNow(src.ID); run.State != "ready" && run.State != "applied" || run.Rows != 40 {
		t.Fatalf("the first reading: %+v", run)
	}
	return s, second, src
}

// readNow reads a source by its rules and waits for the end.
func (s *server) readNow(source string) (run pb_hooks.RegistryRun) {
	s.t.Helper()
	s.readInto(s.do(bureauAdmin, http.MethodPost, registryPath+"sources/"+source+"/runs", map[string]any{"dry": false}), &run)
	return s.ended(run.ID)
}

// schoolsNow is everything that the register could change.
func (s *server) schoolsNow() (all string) {
	s.t.Helper()
	if err := s.app.DB().NewQuery("SELECT group_concat(code || name || phone || status || updated, ';') FROM (SELECT * FROM schools ORDER BY id)").Row(&all); err != nil {
		s.t.Fatal(err)
	}
	return all
}

// What a register can do wrong changes no school and not what the next reading builds
// on, and the run says what it was.
func TestABadDayOfTheRegisterChangesNothing(t *testing.T) {
	s, second, src := serveRegister(t)
	before := s.schoolsNow()
	r, err := s.app.FindRecordById("registry_sources", src.ID)
	if err != nil {
		t.Fatal(err)
	}
	memory, good := r.GetString("memory"), r.GetString("good_at")
	for _, tt := range []struct {
		what     string
		answer   http.HandlerFunc
		state    string
		sentence string
	}{
		{"500", fails(http.StatusInternalServerError), "failed", "500"},
		{"time-out", func(w http.ResponseWriter, q *http.Request) {
			select {
			case <-q.Context().Done():
			case <-time.After(2 * time.Second):
			}
		}, "failed", ""},
		{"half an answer", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100000")
			_, _ = w.Write([]byte(`{"data":[{"id":"R000","name":"示范区第1实`))
		}, "failed", ""},
		{"HTML", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte("<html><body>请登录</body></html>"))
		}, "failed", ""},
		{"the rows are elsewhere", sends(map[string]any{"list": []any{}}), "failed", ""},
		{"no row", sends(map[string]any{"data": []any{}}), "failed", ""},
		{"the name is called otherwise", institutions(40, func(_ int, school map[string]any) { school["title"] = school["name"]; delete(school, "name") }), "failed", "名称"},
		{"an expired token", fails(http.StatusUnauthorized), "failed", ""},
		{"ten times the size", institutions(21_000, nil), "failed", ""},
		{"a redirect into the office", func(w http.ResponseWriter, q *http.Request) {
			http.Redirect(w, q, "http://127.0.0.2:9/api", http.StatusFound)
		}, "failed", ""},
		{"the phone is called otherwise", institutions(40, func(_ int, school map[string]any) { school["tel"] = school["phone"]; delete(school, "phone") }), "stopped", "电话"},
		{"two of five closed", institutions(40, func(i int, school map[string]any) {
			if i < 16 {
				school["state"] = "已撤销"
			}
		}), "stopped", "关闭 16 所"},
		{"two of five renamed", institutions(40, func(i int, school map[string]any) {
			if i < 16 {
				school["name"] = "示范区" + strings.Repeat("新", i+2) + "学校"
			}
		}), "stopped", "更名 16 所"},
	} {
		second.answers(tt.answer)
		run := s.readNow(src.ID)
		if run.State != tt.state || !strings.Contains(run.Sentence+run.Stop, tt.sentence) || tt.state == "failed" && (run.Fault == "" || run.Sentence == "" || len(run.Counts) > 0) {
			t.Errorf("%s: %s, fault %q: %s%s", tt.what, run.State, run.Fault, run.Sentence, run.Stop)
		}
		if after := s.schoolsNow(); after != before {
			t.Fatalf("%s: schools have changed", tt.what)
		}
		if r, err = s.app.FindRecordById("registry_sources", src.ID); err != nil || r.GetString("memory") != memory || r.GetString("good_at") != good {
			t.Errorf("%s: the last good state has changed: %v", tt.what, err)
		}
	}
	second.answers(institutions(40, nil))
	if run := s.readNow(src.ID); run.State == "failed" || run.Rows != 40 {
		t.Errorf("on a good day again: %+v", run)
	}
	if s.logged("read the list of schools") == 0 {
		t.Error("no cause is logged")
	}
	s.nothingTells("very-secret-token")
	for _, path := range []string{"runs?per_page=100", "sources"} {
		if a := s.do(bureauAdmin, http.MethodGet, registryPath+path, nil); a.has("very-secret-token") {
			t.Errorf("%s tells the secret", path)
		}
	}
}

func TestAStoppedSetIsReleasedWithAReason(t *testing.T) {
	s, second, src := serveRegister(t)
	second.answers(institutions(40, func(i int, school map[string]any) {
		if i < 16 {
			school["name"] = "示范区" + strings.Repeat("新", i+2) + "学校"
		}
	}))
	run := s.readNow(src.ID)
	path := registryPath + "runs/" + run.ID
	if run.State != "stopped" || run.MayDecide {
		t.Fatalf("%+v", run)
	}
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, path+"/decide", map[string]any{"kind": "rename", "decision": "accepted"}), "run", "已暂停")
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, path+"/rules", nil), "run", "已暂停")
	refusedAt(t, s.do(supervisor, http.MethodPost, path+"/release", map[string]any{"reason": "好"}), "reason", "写明")
	if n := s.noticesOf(supervisor, "已暂停"); n != 1 {
		t.Errorf("the supervisor was told %d times", n)
	}
	if box := s.do(supervisor, http.MethodGet, "/api/app/inbox", nil); !box.has("变更集已暂停") {
		t.Errorf("not in the inbox: %s", box.body)
	}
	if a := s.do(supervisor, http.MethodPost, path+"/release", map[string]any{"reason": "区里统一更名，已核对文件"}); a.status != http.StatusOK || a.field("released_by") != supervisor || a.field("state") != "ready" {
		t.Fatalf("released: %d %s", a.status, a.body)
	}
	if done := s.decide(run.ID, map[string]any{"kind": "rename", "decision": "accepted"}); done.Applied != 16 {
		t.Errorf("%+v", done)
	}
}

// noticesOf counts what somebody was told with these words.
func (s *server) noticesOf(who, words string) int { return s.toldOfSilence(who, words) }

func TestOfTwoReadingsTogetherOneIsRefused(t *testing.T) {
	s, second, src := serveRegister(t)
	hold := make(chan struct{})
	whole := institutions(40, nil)
	second.answers(func(w http.ResponseWriter, q *http.Request) {
		select {
		case <-hold:
		case <-q.Context().Done():
		}
		whole(w, q)
	})
	answers := make([]answer, 2)
	var both sync.WaitGroup
	for i := range answers {
		both.Go(func() {
			answers[i] = s.do(bureauAdmin, http.MethodPost, registryPath+"sources/"+src.ID+"/runs", map[string]any{"dry": true})
		})
	}
	both.Wait()
	close(hold)
	if answers[0].status != http.StatusOK {
		answers[0], answers[1] = answers[1], answers[0]
	}
	if answers[0].status != http.StatusOK {
		t.Fatalf("none began: %+v", answers)
	}
	refusedAt(t, answers[1], "source", "正在读取")
	s.ended(answers[0].field("id").(string))
	if n, err := s.app.CountRecords("registry_runs"); err != nil || n != 2 {
		t.Errorf("%d runs (%v), want the first and this", n, err)
	}
}

func TestAReadingIsCancelled(t *testing.T) {
	s, second, src := serveRegister(t)
	asked := make(chan struct{}, 10)
	second.answers(func(_ http.ResponseWriter, q *http.Request) {
		asked <- struct{}{}
		<-q.Context().Done()
	})
	var run pb_hooks.RegistryRun
	s.readInto(s.do(bureauAdmin, http.MethodPost, registryPath+"sources/"+src.ID+"/runs", map[string]any{"dry": true}), &run)
	<-asked
	a := s.do(supervisor, http.MethodPost, registryPath+"runs/"+run.ID+"/cancel", nil)
	if a.status != http.StatusOK || a.field("state") != "cancelled" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	second.answers(institutions(40, nil))
	if run = s.readNow(src.ID); run.State == "failed" {
		t.Errorf("after a cancelled one: %+v", run)
	}
}

// A server that died in the middle says so at its next start, and keeps what the last
// good reading left.
func TestAReadingThatBrokeOffIsTold(t *testing.T) {
	const memory = `{"state":{"etag":"one"},"shape":{"rows":0,"fields":null},"missing":null,"whole_at":"2026-11-20T00:00:00Z"}`
	var src, left string
	s := serve(t, func(app core.App) { // what the one before it left
		src = create(app, "registry_sources", map[string]any{"name": "区级名单", "kind": "file", "config": map[string]any{"kind": "file"}, "schedule": "off", "active": true, "memory": memory}).Id
		left = create(app, "registry_runs", map[string]any{"source": src, "state": "running", "occasion": "schedule", "step": "waiting"}).Id
	})
	run := s.ended(left)
	r, err := s.app.FindRecordById("registry_sources", src)
	if err != nil || run.State != "failed" || run.Fault != "broken_off" || !strings.Contains(run.Sentence, "服务中断") || r.GetString("memory") != memory || r.GetInt("failures") != 1 {
		t.Errorf("%+v (%v)", run, err)
	}
	if _, err := s.app.DB().NewQuery("UPDATE registry_runs SET state = 'ready' WHERE id = '" + left + "'").Execute(); err == nil {
		t.Error("a run that ended was changed")
	}
	if run = s.readList(src, listOf(rowA, rowB)); run.State == "failed" {
		t.Errorf("then: %+v", run)
	}
	line := s.lines(run.ID, "kind=update")[0]
	s.decide(run.ID, map[string]any{"lines": []string{line.ID}, "decision": "refused"})
	for _, sql := range []string{"UPDATE registry_lines SET decision = 'pending' WHERE id = '" + line.ID + "'", "DELETE FROM registry_lines WHERE id = '" + line.ID + "'", "DELETE FROM registry_runs WHERE id = '" + left + "'"} {
		if _, err := s.app.DB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("not refused: %s", sql)
		}
	}
}

func TestASourceIsReadByItsScheduleAndMissed(t *testing.T) {
	s, second, src := serveRegister(t)
	asked := second.asked.Load()
	s.run("registry") // read today already
	later := func(d time.Duration) {
		at := s.now.Load().Add(d)
		s.now.Store(&at)
		s.run("registry")
	}
	runs := func() int {
		n, err := s.app.CountRecords("registry_runs")
		if err != nil {
			t.Fatal(err)
		}
		return int(n)
	}
	if runs() != 1 || second.asked.Load() != asked {
		t.Fatalf("read again: %d runs", runs())
	}
	second.answers(fails(http.StatusInternalServerError))
	for day := 1; day <= 3; day++ {
		later(24 * time.Hour)
		s.lastEnded(src.ID)
	}
	if runs() != 4 || s.noticesOf(supervisor, "连续 3 次读取失败") != 1 {
		t.Errorf("%d runs, told %d times", runs(), s.noticesOf(supervisor, "连续 3 次读取失败"))
	}
	later(6 * 24 * time.Hour)
	s.lastEnded(src.ID)
	if runs() != 5 || s.noticesOf(bureauAdmin, "没有成功读取") != 1 || s.noticesOf(editorA, "") != 0 {
		t.Errorf("%d runs, told of the silence %d times", runs(), s.noticesOf(bureauAdmin, "没有成功读取"))
	}
	var view pb_hooks.RegistrySource
	if s.readInto(s.do(auditor, http.MethodGet, registryPath+"sources/"+src.ID, nil), &view); len(view.Alarms) != 3 || view.Failures != 4 {
		t.Errorf("%q after %d failures", view.Alarms, view.Failures)
	}
}

// lastEnded waits for the latest run of a source.
func (s *server) lastEnded(source string) pb_hooks.RegistryRun {
	s.t.Helper()
	var list pb_hooks.RegistryRuns
	s.readInto(s.do(auditor, http.MethodGet, registryPath+"runs?per_page=1&source="+source, nil), &list)
	return s.ended(list.Items[0].ID)
}
