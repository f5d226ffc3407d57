package pb_hooks_test

import (
	"net/http"
	"testing"
	"time"

	"gongkai/pb_hooks"
)

// A source that takes its time does not hold the others, and is still stopped alone.
func TestASlowSourceIsReadTogetherWithOthers(t *testing.T) {
	s, second, slow := serveRegisterWaiting(t, time.Minute)
	asked := make(chan struct{}, 10)
	second.answers(func(_ http.ResponseWriter, q *http.Request) {
		asked <- struct{}{}
		<-q.Context().Done()
	})
	var run pb_hooks.RegistryRun
	s.readInto(s.do(bureauAdmin, http.MethodPost, registryPath+"sources/"+slow.ID+"/runs", map[string]any{"dry": true}), &run)
	<-asked
	if quick := s.readList(s.fileSource("区级名单").ID, listOf(rowA, rowB)); quick.State == "failed" {
		t.Errorf("the quick one: %+v", quick)
	}
	if s.readInto(s.do(auditor, http.MethodGet, registryPath+"runs/"+run.ID, nil), &run); run.State != "running" || run.Step != "reading" {
		t.Errorf("the slow one: %+v", run)
	}
	if a := s.do(supervisor, http.MethodPost, registryPath+"runs/"+run.ID+"/cancel", nil); a.status != http.StatusOK || a.field("state") != "cancelled" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	second.answers(institutions(40, nil))
	if run = s.readNow(slow.ID); run.State == "failed" {
		t.Errorf("after a cancelled one: %+v", run)
	}
}

// What goes wrong of our own at one source is logged, and leaves the others their turn.
func TestASourceThatCannotBeginDoesNotStopTheOthers(t *testing.T) {
	s, _, src := serveRegister(t)
	first, err := s.app.FindRecordById("registry_sources", src.ID)
	if err != nil {
		t.Fatal(err)
	}
	var others []string
	for _, id := range []string{"aaaaaaaaaaaaaaa", "zzzzzzzzzzzzzzz"} { // one before it, one behind
		create(s.app, "registry_sources", map[string]any{"id": id, "name": id, "kind": "json", "config": first.Get("config"), "schedule": "daily", "hour": 6, "private_allowed": true, "active": true})
		others = append(others, id)
	}
	s.sql("CREATE TRIGGER broken BEFORE INSERT ON registry_runs WHEN NEW.source = '" + src.ID + "' BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
	later := s.now.Load().Add(24 * time.Hour)
	s.now.Store(&later)
	s.run("registry")
	for _, id := range others {
		if n, err := s.app.CountRecords("registry_runs"); err != nil || n != 3 {
			t.Fatalf("%d runs (%v), want the first, and one of each that can be read", n, err)
		}
		s.lastEnded(id)
	}
	if told := s.logged("the disk is full", "区机构查询平台"); told != 1 {
		t.Errorf("logged %d times", told)
	}
}
