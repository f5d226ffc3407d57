package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// listed are the schools of the register, and moved those of them that it says have
// moved: with another town, address and postcode each.
const (
	listed = 240
	moved  = 200
)

// register is the second server: slow, a page at a time.
type register struct {
	*httptest.Server
	asked atomic.Int32
	after atomic.Bool // the schools have moved
	quick atomic.Bool
}

func newRegister(t *testing.T) *register {
	r := &register{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		const size = 20
		r.asked.Add(1)
		if !r.quick.Load() {
			time.Sleep(rand.N(30 * time.Millisecond))
		}
		page, _ := strconv.Atoi(q.URL.Query().Get("page"))
		var list []map[string]any
		for i := (page - 1) * size; i < min(page*size, listed); i++ {
			at := r.after.Load() && i < moved
			list = append(list, map[string]any{"code": codeOf(i), "name": fmt.Sprintf("断电区第%d小学", i+1), "stage": "小学", "owner": "公办",
				"town": map[bool]string{false: "旧镇", true: "新镇"}[at], "address": fmt.Sprintf("%s路%d号", map[bool]string{false: "旧", true: "新"}[at], i+1), "postcode": map[bool]string{false: "200000", true: "201100"}[at]})
		}
		if err := json.NewEncoder(w).Encode(map[string]any{"total": listed, "data": list}); err != nil {
			return // the reader was killed
		}
	}))
	t.Cleanup(r.Close)
	return r
}

func codeOf(i int) string { return fmt.Sprintf("88880%05d", i) }

// reader is the appliance that reads the register and is killed.
type reader struct {
	*binary
	register *register
	token    string
	source   string
}

// The server is killed in the middle of readings, and in the middle of accepting two
// hundred changes by a person and by rule. Each school is as it was or as it will be;
// a reading that broke off says so and leaves what the last good one left; what was
// accepted in part says so, and goes on where it was.
func TestAReaderOfTheRegisterThatIsKilledIsBeforeOrAfter(t *testing.T) {
	r := &reader{binary: buildBinary(t), register: newRegister(t)}
	r.run("demo", "--schools=2", "--articles=2", "--days=30")
	r.importSchools()
	r.serve()
	r.token = r.signIn("bureau-admin@demo.example")
	from := func(path string) map[string]any { return map[string]any{"from": []string{path}} }
	_, made := r.ask(http.MethodPost, "/api/app/registry/sources", r.token, map[string]any{"name": "断电区名单", "private_allowed": true, "shares": map[string]any{},
		"rules": []any{map[string]any{"name": "迁址以名单为准", "kind": "move"}},
		"config": map[string]any{"kind": "json", "url": r.register.URL + "/api", "rows": "data", "paging": map[string]any{"way": "page", "param": "page", "first": 1, "total": "total"}, "pace": 50, "scope": map[string]any{"towns": []string{"旧镇", "新镇"}},
			"fields": map[string]any{"code": from("code"), "name": from("name"), "stages": from("stage"), "ownership": from("owner"), "town": from("town"), "address": from("address"), "postcode": from("postcode")}}})
	if r.source = value(t, made, "id"); r.source == "" {
		t.Fatal(made)
	}
	r.register.quick.Store(true)
	if first := r.ended(r.begin(true)); first["state"] != "applied" {
		t.Fatalf("the list as it is: %v", first)
	}
	r.register.after.Store(true)
	readings := r.killReadings(3)
	byPerson := r.killAccepting(2, false)
	byRule := r.killAccepting(2, true)
	if byPerson == 0 || byRule == 0 {
		t.Errorf("killed in the middle of %d acceptances by a person and %d by rule", byPerson, byRule)
	}
	if n := r.whole(); n != moved {
		t.Errorf("%d schools have moved in the end", n)
	}
	if said := r.run("audit", "verify"); !strings.Contains(said, "前后衔接") {
		t.Errorf("the audit: %s", said)
	}
	t.Logf("killed in the middle of %d readings, %d acceptances by a person and %d by rule", readings, byPerson, byRule)
}

func (r *reader) importSchools() {
	r.t.Helper()
	list := "学校代码,学校名称,学段,办学性质,街镇,地址,邮政编码\n"
	for i := range listed {
		list += fmt.Sprintf("%s,断电区第%d小学,小学,公办,旧镇,旧路%d号,200000\n", codeOf(i), i+1, i+1)
	}
	file := filepath.Join(r.t.TempDir(), "schools.csv")
	if err := os.WriteFile(file, []byte(list), 0o600); err != nil {
		r.t.Fatal(err)
	}
	r.run("schools", "import", file, "--apply")
}

func (r *reader) begin(dry bool) string {
	r.t.Helper()
	status, text := r.ask(http.MethodPost, "/api/app/registry/sources/"+r.source+"/runs", r.token, map[string]any{"dry": dry})
	if status != http.StatusOK {
		r.t.Fatalf("begin: %d %s", status, text)
	}
	return value(r.t, text, "id")
}

func (r *reader) runNow(id string) (run map[string]any) {
	r.t.Helper()
	if err := json.Unmarshal([]byte(r.binary.value(http.MethodGet, "/api/app/registry/runs/"+id, r.token)), &run); err != nil {
		r.t.Fatal(err)
	}
	return run
}

// ended waits until a run is no longer being read.
func (r *reader) ended(id string) map[string]any {
	r.t.Helper()
	for range 2000 {
		if run := r.runNow(id); run["state"] != "running" {
			return run
		}
		time.Sleep(5 * time.Millisecond)
	}
	r.t.Fatalf("%v does not end", r.runNow(id))
	return nil
}

// killReadings kills the server so many times in the middle of a reading.
func (r *reader) killReadings(times int) (broken int) {
	r.t.Helper()
	r.register.quick.Store(false)
	defer r.register.quick.Store(true)
	left := r.left()
	for broken < times {
		asked := r.register.asked.Load() + rand.Int32N(10)
		id := r.begin(true)
		for r.register.asked.Load() < asked {
			time.Sleep(time.Millisecond)
		}
		r.kill()
		r.serve()
		run := r.runNow(id)
		if run["state"] != "failed" { // it was quicker
			continue
		}
		broken++
		if sentence, _ := run["sentence"].(string); run["fault"] != "broken_off" || !strings.Contains(sentence, "服务中断") || !strings.Contains(sentence, "请重新读取") {
			r.t.Errorf("it does not say why and what to do: %v", run)
		}
		if now := r.left(); now != left {
			r.t.Errorf("the last good state was %s and is %s", left, now)
		}
		if n := r.whole(); n != 0 {
			r.t.Errorf("%d schools were changed by a reading", n)
		}
	}
	return broken
}

// killAccepting kills the server so many times while the moves of a set are accepted.
func (r *reader) killAccepting(times int, byRule bool) (broken int) {
	r.t.Helper()
	id := r.begin(true)
	r.ended(id)
	for {
		before := r.whole()
		if before == moved || !byRule && broken == times {
			return broken
		}
		done := make(chan struct{})
		ask, body := "rules", map[string]any{}
		if !byRule {
			ask, body = "decide", map[string]any{"kind": "move", "decision": "accepted"}
		}
		go func() {
			defer close(done)
			_, _, _ = r.try(http.MethodPost, "/api/app/registry/runs/"+id+"/"+ask, r.token, body) // nobody may answer
		}()
		if byRule && broken == times { // and now to the end
			<-done
			continue
		}
		for until := before + 1 + rand.N(10); r.whole() < min(until, moved); {
			time.Sleep(time.Millisecond)
		}
		r.kill()
		<-done
		r.serve()
		run := r.runNow(id)
		if run["state"] == "applied" { // it was quicker
			return broken
		}
		if sentence, _ := run["sentence"].(string); run["state"] != "partly" || !strings.Contains(sentence, "服务中断") || !strings.Contains(sentence, "接着处理") {
			r.t.Errorf("it does not say why and what to do: %v", run)
		}
		broken++
	}
}

// left is what the last good reading left.
func (r *reader) left() (state string) {
	r.t.Helper()
	r.query("SELECT memory || good_at FROM registry_sources WHERE id = '"+r.source+"'", &state)
	return state
}

// whole counts the schools that have moved. None is between the two, and each is as
// its line and the audit say.
func (r *reader) whole() (n int) {
	r.t.Helper()
	var half, lines, entered int
	r.query("SELECT (SELECT count(*) FROM schools WHERE code LIKE '88880%' AND town = '新镇' AND address LIKE '新路%' AND postcode = '201100'), "+
		"(SELECT count(*) FROM schools WHERE code LIKE '88880%' AND NOT (town = '新镇' AND address LIKE '新路%' AND postcode = '201100') AND NOT (town = '旧镇' AND address LIKE '旧路%' AND postcode = '200000')), "+
		"(SELECT count(*) FROM registry_lines WHERE kind = 'move' AND decision = 'accepted' AND outcome = 'applied'), "+
		"(SELECT count(*) FROM audit_log WHERE action = 'change_school' AND record IN (SELECT id FROM schools WHERE code LIKE '88880%'))", &n, &half, &lines, &entered)
	if half != 0 || lines != n || entered != n {
		r.t.Fatalf("%d schools have moved, %d are half, %d lines were accepted, %d entered", n, half, lines, entered)
	}
	return n
}

// query reads one row of the database beside the server.
func (r *reader) query(ask string, into ...any) {
	r.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(r.dir, "data.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		r.t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(ask).Scan(into...); err != nil {
		r.t.Fatal(err)
	}
}
