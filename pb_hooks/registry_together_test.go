package pb_hooks_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

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

// Of two people who accept lines of one set at once, the first to end does not say that
// the other has.
func TestASetIsBeingAcceptedUntilTheLastOfTwoTogether(t *testing.T) {
	s := serve(t)
	src := s.fileSource("区级名单")
	run := s.readList(src.ID, listOf(rowA2, rowB2))
	slow, quick := s.lines(run.ID, "kind=update")[0].ID, s.theLine(run.ID, "kind=rename").ID
	atWork, goOn := make(chan struct{}), make(chan struct{})
	s.app.OnRecordAfterUpdateSuccess("registry_lines").BindFunc(func(e *core.RecordEvent) error {
		if e.Record.Id == slow { // it is written: nobody waits for the database
			close(atWork)
			<-goOn
		}
		return e.Next()
	})
	step := func() string { return s.record("registry_runs", run.ID).GetString("step") }
	ended := make(chan pb_hooks.RegistryDecided)
	go func() { ended <- s.decide(run.ID, map[string]any{"lines": []string{slow}, "decision": "accepted"}) }()
	<-atWork
	if done := s.decide(run.ID, map[string]any{"lines": []string{quick}, "decision": "postponed"}); done.Run.Step != "accepting" || done.Run.StepName != "写入变更" || step() != "accepting" {
		t.Errorf("while the first is at work: %+v", done.Run)
	}
	close(goOn)
	if done := <-ended; done.Applied != 1 || done.Run.Step != "" || step() != "" {
		t.Errorf("after both: %+v", done.Run)
	}
}

// A command that was killed in the middle is noticed by the server, one that is slow is
// left alone.
func TestAReadingOfACommandThatWasKilledEndsTogether(t *testing.T) {
	s, second, src := serveRegisterWaiting(t, time.Minute)
	asked, goOn := make(chan struct{}, 10), make(chan struct{})
	second.answers(func(w http.ResponseWriter, q *http.Request) {
		asked <- struct{}{}
		<-goOn
		institutions(40, nil)(w, q)
	})
	ended := make(chan error)
	go func() {
		_, err := runCommand(t, s.app, "registry", "run")
		ended <- err
	}()
	<-asked
	last := func() *core.Record {
		r, err := s.app.FindFirstRecordByFilter("registry_runs", "source = {:source} && occasion = 'command'", dbx.Params{"source": src.ID})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	later := func(d time.Duration) {
		at := s.now.Load().Add(d)
		s.now.Store(&at)
		s.run("registry-broken")
	}
	if later(time.Minute); last().GetString("state") != "running" {
		t.Errorf("a slow one was ended: %s", last().GetString("sentence"))
	}
	if later(time.Minute); last().GetString("state") != "failed" || last().GetString("fault") != "broken_off" || !strings.Contains(last().GetString("sentence"), "命令中断") {
		t.Errorf("a silent one goes on: %s %s", last().GetString("state"), last().GetString("sentence"))
	}
	close(goOn)
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "命令中断") { // it was only asleep: what it read is not kept
		t.Errorf("the command says %v", err)
	}
}

// However long it takes, what gives signs of life is alive.
func TestAReadingOfACommandThatTakesLongIsLeftAloneTogether(t *testing.T) {
	s := serve(t)
	create(s.app, "registry_runs", map[string]any{"id": "readingaaaaaaaa", "source": s.fileSource("区级名单").ID, "state": "running", "step": "reading", "occasion": "command", "alive_at": now})
	ctx, stop := context.WithCancel(context.Background())
	var signs sync.WaitGroup
	signs.Go(func() { pb_hooks.GiveSigns(ctx, s.app, "readingaaaaaaaa", time.Millisecond) })
	at := s.now.Load().Add(time.Hour)
	s.now.Store(&at)
	eventually(t, "a sign of life", func() bool {
		return s.record("registry_runs", "readingaaaaaaaa").GetDateTime("alive_at").Time().Equal(at.UTC())
	})
	stop()
	signs.Wait()
	if s.run("registry-broken"); s.record("registry_runs", "readingaaaaaaaa").GetString("state") != "running" {
		t.Error("it was ended")
	}
}

// A set that a killed command was accepting by rules says so, and goes on.
func TestAnAcceptanceByACommandThatWasKilledIsTold(t *testing.T) {
	s := serve(t)
	src := s.fileSource("区级名单")
	run := s.readList(src.ID, listOf(rowA2, rowB2))
	s.sql("UPDATE registry_runs SET occasion = 'command', step = 'accepting', alive_at = '" + s.now.Load().Add(-time.Minute).UTC().Format("2006-01-02 15:04:05.000Z") + "' WHERE id = '" + run.ID + "'")
	if s.run("registry-broken"); s.record("registry_runs", run.ID).GetString("step") != "accepting" {
		t.Error("a living one was ended")
	}
	at := s.now.Load().Add(time.Minute)
	s.now.Store(&at)
	s.run("registry-broken")
	if r := s.record("registry_runs", run.ID); r.GetString("step") != "" || !strings.Contains(r.GetString("sentence"), "命令中断，接受变更时只做了一部分") {
		t.Errorf("%q %q", r.GetString("step"), r.GetString("sentence"))
	}
	if done := s.decide(run.ID, map[string]any{"kind": "update", "decision": "accepted"}); done.Applied != 3 {
		t.Errorf("it does not go on: %+v", done)
	}
}
