package pb_hooks_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"gongkai/pb_hooks"
)

// saveWords saves a list as the supervisor; it returns the id.
func (s *server) saveWords(words ...[2]string) string {
	s.t.Helper()
	a := s.do(supervisor, http.MethodPost, wordLists, map[string]any{"words": wordRows(words...), "note": "测试"})
	if a.status != http.StatusOK {
		s.t.Fatalf("save the list: %d %s", a.status, a.body)
	}
	return a.field("id").(string)
}

// runOf is the rescan that a list started.
func (s *server) runOf(list string) *core.Record {
	s.t.Helper()
	r, err := s.app.FindFirstRecordByData("rescans", "word_list", list)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

// until waits for the run of a list to be as asked for.
func (s *server) until(list, what string, is func(*core.Record) bool) *core.Record {
	s.t.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if r := s.runOf(list); is(r) {
			return r
		}
	}
	s.t.Fatalf("the rescan is not %s: %v", what, s.runOf(list).PublicExport())
	return nil
}

func (s *server) untilDone(list string) *core.Record {
	s.t.Helper()
	return s.until(list, "done", func(r *core.Record) bool { return r.GetString("state") == "done" })
}

func begun(r *core.Record) bool { return r.GetInt("done") > 0 }

// opened are the findings of words, of an article or ("") of all.
func (s *server) opened(article, state string) []*core.Record {
	s.t.Helper()
	where := dbx.HashExp{"class": "word", "state": state}
	if article != "" {
		where["article"] = article
	}
	list, err := s.app.FindAllRecords("findings", where)
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

// publicTexts puts published articles into the database, as an import does; one
// in every `each` says 家教广告.
func (s *server) publicTexts(n, each int) {
	s.t.Helper()
	err := s.app.RunInTransaction(func(tx core.App) error {
		for i := range n {
			id, body := fmt.Sprintf("many%011d", i), strings.Repeat("<p>学校食堂本周起调整供餐时间，请各位家长知悉。</p>", 10)
			if i%each == 0 {
				body += "<p>承接家教广告</p>"
			}
			school := []string{schoolA, schoolB}[i%2]
			_, err := tx.DB().Insert("articles", dbx.Params{"id": id, "school": school, "column": "A0308", "title": "通知", "state": "published",
				"stage": "drafting", "published": "v" + id[1:], "published_at": "2026-11-01 00:00:00.000Z"}).Execute()
			if err == nil {
				_, err = tx.DB().Insert("article_versions", dbx.Params{"id": "v" + id[1:], "article": id, "number": 1, "frozen": true, "title": "通知",
					"body": body, "attachments": "[]", "facts": "[]", "writers": "[]"}).Execute()
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestRescanOpensFindingsInWhatIsPublic(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "家教活动通知", someText+"<p>禁止校外 家教 进校园。</p>")
	s.attached(editorA, article, version, "附件.docx", office(t, "", "", "附件里也有家教"))
	s.publish(editorA, article, version)
	other, otherVersion := s.draft(editorB, "A0308", "无关的", someText)
	s.publish(editorB, other, otherVersion)
	waiting, waitingVersion := s.draft(editorA, "A0308", "送审中的家教", someText)
	s.must(editorA, waiting, map[string]any{"version": waitingVersion, "action": "submit"})
	s.draft(editorA, "A0308", "还在写的家教", someText)

	first := s.saveWords([2]string{"家教", "一般"})
	run := s.untilDone(first)
	if run.GetInt("total") != 3 || run.GetInt("done") != 3 || run.GetInt("found") != 4 || run.GetString("finished_at") == "" {
		t.Errorf("the run: %v", run.PublicExport())
	}
	var places []string
	for _, f := range s.opened(article, "open") {
		if f.GetString("found") != "rescan" || f.GetString("version") != version || f.GetInt("word_list") != 1 || f.GetString("level") != "warn" {
			t.Errorf("the finding: %v", f.PublicExport())
		}
		places = append(places, f.GetString("place"))
	}
	if got := strings.Join(places, " "); len(places) != 3 || !strings.Contains(got, "标题") || !strings.Contains(got, "正文第2段") || !strings.Contains(got, "附件.docx") {
		t.Errorf("found at %v", places)
	}
	if len(s.opened(waiting, "open")) != 1 || len(s.opened("", "open")) != 4 {
		t.Errorf("found %d in all", len(s.opened("", "open")))
	}
	s.told(t, run.Id, map[string]int{editorA: 1, secondA: 1, secrecyA: 1, reviewerA: 0, editorB: 0, secrecyB: 0, supervisor: 0})

	second := s.saveWords([2]string{"家教", "一般"}, [2]string{"没有的词", "严重"})
	if run := s.untilDone(second); run.GetInt("found") != 0 || len(s.opened("", "open")) != 4 {
		t.Errorf("the same list again found %d, %d are open", run.GetInt("found"), len(s.opened("", "open")))
	}
	s.told(t, s.runOf(second).Id, map[string]int{editorA: 0})
	if run := s.untilDone(s.saveWords([2]string{"家教", "严重"})); run.GetInt("found") != 4 || s.opened(article, "open")[0].GetString("level") != "block" || len(s.opened("", "open")) != 4 {
		t.Errorf("a word that became serious: found %d, %d are open", run.GetInt("found"), len(s.opened("", "open")))
	}
	s.must(reviewerA, waiting, map[string]any{"version": waitingVersion, "action": "approve", "check": fine})
	s.refused("a word that became serious stands in the way", secrecyA, waiting, map[string]any{"version": waitingVersion, "action": "clear", "check": clear}, 400, "findings", "findings_open")
	s.untilDone(s.saveWords([2]string{"别的", "严重"}))
	if open := s.opened("", "open"); len(open) != 0 {
		t.Errorf("%d are open though no list has the word", len(open))
	}
	s.must(secrecyA, waiting, map[string]any{"version": waitingVersion, "action": "clear", "check": clear})
}

// told counts who was told of a run.
func (s *server) told(t *testing.T, run string, want map[string]int) {
	t.Helper()
	for who, n := range want {
		got, err := s.app.CountRecords("notifications", dbx.HashExp{"staff": s.person(who), "key": "rescan/" + run, "kind": "finding"})
		if err != nil || int(got) != n {
			t.Errorf("%s was told %d times, want %d (%v)", who, got, n, err)
		}
	}
}

func TestRescanDoesNotAskAgainWhatPeopleDecided(t *testing.T) {
	s := serve(t)
	s.untilDone(s.saveWords([2]string{"家教", "一般"}, [2]string{"贷款", "严重"}))
	article, version := s.draft(editorA, "A0308", "标题", someText+"<p>防范校园贷款和家教骗局</p>")
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	s.must(reviewerA, article, map[string]any{"version": version, "action": "approve", "check": fine})
	if a := s.override(secrecyA, s.blocks(version)[0].Id, "这是防范校园贷的宣传，用词恰当。"); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	s.must(secrecyA, article, map[string]any{"version": version, "action": "clear", "check": clear})
	if run := s.untilDone(s.saveWords([2]string{"家教", "一般"}, [2]string{"贷款", "严重"}, [2]string{"新词", "敏感"})); run.GetInt("found") != 0 {
		t.Errorf("what was seen at the review is asked again: %v", s.opened(article, "open")[0].PublicExport())
	}

	// what a rescan found in a public text the school's secrecy reviewer lets stand
	s.untilDone(s.saveWords([2]string{"供餐", "敏感"}))
	found := s.opened(article, "open")
	if len(found) != 1 {
		t.Fatalf("found %d", len(found))
	}
	for who, status := range map[string]int{editorA: 403, secrecyB: 404, supervisor: 403, secrecyA: 200} {
		if who != secrecyA {
			if a := s.override(who, found[0].Id, goodReason); a.status != status {
				t.Errorf("%s: %d %s", who, a.status, a.body)
			}
		}
	}
	if a := s.override(secrecyA, found[0].Id, goodReason); a.status != http.StatusOK {
		t.Errorf("the secrecy reviewer: %d %s", a.status, a.body)
	}
	if run := s.untilDone(s.saveWords([2]string{"供餐", "敏感"}, [2]string{"再加一个", "敏感"})); run.GetInt("found") != 0 {
		t.Error("what was overridden is asked again")
	}
}

func TestRescanIsCancelled(t *testing.T) {
	s := serve(t)
	s.publicTexts(4000, 400)
	list := s.saveWords([2]string{"家教广告", "严重"})
	run := s.until(list, "begun", begun)
	path := "/api/app/rescans/" + run.Id + "/cancel"
	for who, status := range map[string]int{"": 401, editorA: 404, principalA: 404, bureauAdmin: 403, auditor: 403, root: 403} {
		if a := s.do(who, http.MethodPost, path, nil); a.status != status {
			t.Errorf("%q: %d %s", who, a.status, a.body)
		}
	}
	if a := s.do(supervisor, http.MethodPost, path, nil); a.status != http.StatusOK || a.field("state") != "cancelled" {
		t.Fatalf("cancel: %d %s", a.status, a.body)
	}
	if a := s.do(supervisor, http.MethodPost, path, nil); a.status != http.StatusBadRequest || !a.has("已经结束") {
		t.Errorf("cancel twice: %d %s", a.status, a.body)
	}
	at := s.runOf(list).GetInt("done")
	if at == 0 || at >= 4000 {
		t.Errorf("cancelled at %d", at)
	}
	time.Sleep(200 * time.Millisecond)
	if now := s.runOf(list); now.GetInt("done") != at || now.GetString("state") != "cancelled" {
		t.Errorf("it went on to %d, %s", now.GetInt("done"), now.GetString("state"))
	}
}

func TestRescanIsSupersededByANewerList(t *testing.T) {
	heavy(t)
	s := serve(t)
	s.publicTexts(3000, 300)
	old := s.saveWords([2]string{"家教", "一般"})
	s.until(old, "begun", begun)
	fresh := s.saveWords([2]string{"家教广告", "严重"})
	if r := s.runOf(old); r.GetString("state") != "cancelled" {
		t.Errorf("the old run is %s", r.GetString("state"))
	}
	s.untilDone(fresh)
	for _, f := range s.opened("", "open") {
		if f.GetString("sample") != "家教广告" {
			t.Fatalf("of the old list is still open: %v", f.PublicExport())
		}
	}
	if n := len(s.opened("", "open")); n != 10 {
		t.Errorf("%d are open, want 10", n)
	}
}

func TestRescanLeavesTheDatabaseToWriters(t *testing.T) {
	s := serve(t)
	s.publicTexts(1800, 3)
	article, version := s.draft(editorA, "A0308", "正在写", someText)
	list := s.saveWords([2]string{"家教广告", "严重"})
	var longest time.Duration
	saves := 0
	for s.runOf(list).GetString("state") == "running" {
		started := time.Now()
		s.patch(editorA, version, map[string]any{"title": fmt.Sprintf("正在写 %d", saves)})
		longest, saves = max(longest, time.Since(started)), saves+1
		if saves > 5000 {
			t.Fatal("it does not end")
		}
	}
	t.Logf("%d saves while 1800 articles were read, the longest took %v", saves, longest)
	if saves < 5 {
		t.Errorf("%d saves, the longest took %v", saves, longest)
	}
	if n := len(s.opened("", "open")); n != 600 {
		t.Errorf("%d are open, want 600", n)
	}
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
}

// again is the appliance started anew on what a stopped one left.
func (s *server) again() *server {
	s.t.Helper()
	if _, err := s.app.DB().NewQuery("PRAGMA wal_checkpoint(TRUNCATE)").Execute(); err != nil {
		s.t.Fatal(err)
	}
	app, err := tests.NewTestApp(s.app.DataDir())
	if err != nil {
		s.t.Fatal(err)
	}
	pb_hooks.Register(app, options())
	router, err := apis.NewRouter(app)
	if err != nil {
		s.t.Fatal(err)
	}
	event := &core.ServeEvent{App: app, Router: router, Server: &http.Server{}}
	err = app.OnServe().Trigger(event, func(e *core.ServeEvent) error {
		mux, err := e.Router.BuildMux()
		e.Server.Handler = mux
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(app.Cleanup)
	return &server{t: s.t, app: app, now: s.now}
}

// stop ends what runs in the background, as the end of the process does.
func (s *server) stop() {
	s.t.Helper()
	event := &core.TerminateEvent{App: s.app}
	if err := s.app.OnTerminate().Trigger(event, func(*core.TerminateEvent) error { return nil }); err != nil {
		s.t.Fatal(err)
	}
}

func TestRescanGoesOnAfterARestart(t *testing.T) {
	heavy(t)
	s := serve(t)
	s.publicTexts(4000, 101)
	list := s.saveWords([2]string{"家教广告", "严重"})
	s.until(list, "begun", begun)
	s.stop()
	stopped := s.runOf(list)
	if stopped.GetString("state") != "running" || stopped.GetInt("done") >= 4000 {
		t.Fatalf("it was not stopped in the middle: %v", stopped.PublicExport())
	}
	time.Sleep(100 * time.Millisecond)
	if now := s.runOf(list); now.GetInt("done") != stopped.GetInt("done") {
		t.Errorf("it went on after the end: %d, then %d", stopped.GetInt("done"), now.GetInt("done"))
	}
	next := s.again()
	run := next.untilDone(list)
	if run.GetInt("done") != 4000 || run.GetInt("total") != 4000 || run.GetInt("found") != 40 {
		t.Errorf("after the restart: %v", run.PublicExport())
	}
	if n := len(next.opened("", "open")); n != 40 {
		t.Errorf("%d are open, want 40: nothing twice, nothing left out", n)
	}
	told, err := next.app.FindAllRecords("notifications", dbx.HashExp{"key": "rescan/" + run.Id})
	if err != nil || len(told) != 5 { // two editors and a secrecy reviewer of A, one each of B
		t.Errorf("%d were told (%v)", len(told), err)
	}
}
