package pb_hooks_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks"
)

func (s *server) batchList(as string) (list pb_hooks.ImportBatchList) {
	s.t.Helper()
	a := s.do(as, http.MethodGet, "/api/app/imports", nil)
	if err := json.Unmarshal([]byte(a.body), &list); err != nil || a.status != http.StatusOK {
		s.t.Fatalf("%s: %d %s %v", as, a.status, a.body, err)
	}
	return list
}

func TestTheBureauSeesHowFarBatchesAre(t *testing.T) {
	s, batch := importedSite(t)
	ids := s.batchPage(editorA, batch, "show=drafts&with=wechat").Matching
	s.many(editorA, batch, "discard", map[string]any{"articles": ids, "reason": "公众号内容不再迁入"})
	sent := s.many(editorA, batch, "steps", map[string]any{"action": "submit", "articles": s.batchPage(editorA, batch, "show=drafts").Matching})
	for who, all := range map[string]bool{supervisor: true, bureauAdmin: true, editorA: false} {
		list := s.batchList(who)
		if list.All != all || list.Total != 1 || len(list.Batches) != 1 {
			t.Fatalf("%s sees %+v", who, list)
		}
		b := list.Batches[0]
		if b.ID != batch || b.School != "9999990001" || b.SchoolName == "" || b.Arriving || b.Created == "" || b.Total != 9 || b.Discarded != 3 || b.InReview != sent.Done || b.Drafts != 6-sent.Done || b.Public != 0 || b.Left != 3 {
			t.Errorf("%s sees %+v", who, b)
		}
	}
	if list := s.batchList(editorB); list.Total != 0 || list.All {
		t.Errorf("another school sees %+v", list)
	}
}

// What a batch costs does not grow with what it holds, nor the list with its batches.
func TestBatchesAskABoundedNumberOfQueries(t *testing.T) {
	s, batch := importedSite(t)
	asked := queriesAsked(s.app)
	costs := func(ask func()) int64 { return costs(asked, ask) }
	one, nine := costs(func() { s.batchPage(editorA, batch, "show=drafts&with=findings") }), costs(func() { s.batchPage(editorA, batch, "show=drafts") })
	list := costs(func() { s.batchList(supervisor) })
	for _, name := range []string{"a", "b", "c"} {
		create(s.app, "import_batches", map[string]any{"school": schoolA, "name": name, "source": name, "state": "arrived"})
	}
	if more := costs(func() { s.batchList(supervisor) }); one != nine || list != more || nine > 30 {
		t.Errorf("one item costs %d queries, nine %d; one batch %d, four %d", one, nine, list, more)
	}
	var plan []struct{ Detail string }
	if err := s.app.DB().NewQuery("EXPLAIN QUERY PLAN SELECT batch, state, stage, count(*) FROM articles WHERE batch IN ('a', 'b') AND batch != '' GROUP BY batch, state, stage").All(&plan); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plan[0].Detail, "COVERING INDEX idx_articles_batch") {
		t.Errorf("counted by %v", plan)
	}
}

// Several people do different things to the same drafts at once: of each draft one
// thing is done, and who came second is told so.
func TestManyDecideOnTheSameDraftsTogether(t *testing.T) {
	s, batch := importedSite(t)
	first := s.many(editorA, batch, "steps", map[string]any{"action": "submit", "articles": s.batchPage(editorA, batch, "show=drafts&with=").Matching[:5]}) // not all may be discarded
	ids := s.batchPage(editorA, batch, "show=drafts&with=").Matching
	submit, discard := map[string]any{"action": "submit", "articles": ids}, map[string]any{"reason": "过时", "articles": ids}
	results := make([]pb_hooks.ManyResult, 4)
	var all sync.WaitGroup
	for i, ask := range []func() pb_hooks.ManyResult{
		func() pb_hooks.ManyResult { return s.many(editorA, batch, "steps", submit) }, func() pb_hooks.ManyResult { return s.many(secondA, batch, "steps", submit) },
		func() pb_hooks.ManyResult { return s.many(editorA, batch, "discard", discard) }, func() pb_hooks.ManyResult { return s.many(secondA, batch, "discard", discard) },
	} {
		all.Go(func() { results[i] = ask() })
	}
	all.Wait()
	var submitted, discarded int64
	for i, r := range results {
		for _, line := range r.Lines {
			if strings.Contains(line.Told, "系统出错") {
				t.Errorf("%s: %s", line.Title, line.Told)
			}
		}
		if i < 2 {
			submitted += int64(r.Done)
		} else {
			discarded += int64(r.Done)
		}
	}
	left := counted(t, s.app, "articles", "article_steps", "import_items")
	submitted += int64(first.Done)
	total := int64(first.Done + len(ids))
	if discarded+left[0] != total || left[1] != submitted || first.Done == 0 || left[2] != total {
		t.Errorf("%d submitted, %d discarded of %d; left %v", submitted, discarded, total, left)
	}
	waiting := s.batchPage(reviewerA, batch, "show=reviewing").Matching
	approve := map[string]any{"action": "approve", "articles": waiting, "check": examinedReview}
	sendBack := map[string]any{"action": "return", "articles": waiting, "reason": "请核对", "check": examinedReview}
	for i, body := range []map[string]any{approve, approve, sendBack} {
		all.Go(func() { results[i] = s.many(reviewerA, batch, "steps", body) })
	}
	all.Wait()
	if done := results[0].Done + results[1].Done + results[2].Done; done != len(waiting) {
		t.Errorf("%d were reviewed %d times: %+v", len(waiting), done, results[:3])
	}
}

// A batch is gone through while the rest of it arrives: nothing comes twice, nothing
// that was discarded comes back, and the batch is closed.
func TestABatchIsReviewedWhileItIsResumedTogether(t *testing.T) {
	s := serve(t)
	old := filepath.Join(t.TempDir(), "site")
	if err := os.CopyFS(old, os.DirFS(oldSite)); err != nil {
		t.Fatal(err)
	}
	rest := filepath.Join(old, "info", "1002")
	if err := os.Rename(rest, old+".rest"); err != nil {
		t.Fatal(err)
	}
	moveIn(t, s.app, old, "--mapping", siteMapping, "--apply")
	b, err := s.app.FindFirstRecordByData("import_batches", "school", schoolA)
	if err != nil {
		t.Fatal(err)
	}
	b.Set("state", "arriving") // as a killed run leaves it
	if err := s.app.Save(b); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(old+".rest", rest); err != nil {
		t.Fatal(err)
	}
	first := s.batchPage(editorA, b.Id, "show=drafts").Matching
	var all sync.WaitGroup
	all.Go(func() { moveIn(t, s.app, old, "--mapping", siteMapping, "--apply", "--batch", "1") })
	all.Go(func() { s.many(editorA, b.Id, "discard", map[string]any{"articles": first[:2], "reason": "过时"}) })
	all.Go(func() { s.many(secondA, b.Id, "steps", map[string]any{"action": "submit", "articles": first[2:]}) })
	all.Wait()
	got := s.batchPage(editorA, b.Id, "show=all")
	if got.Batch.Arriving || got.Batch.Total != 9 || got.Batch.Discarded != 2 || got.Total != 9 {
		t.Errorf("got %+v", got.Batch)
	}
}

// The second of two commands is told who is at work.
func TestTwoMovingsInTogether(t *testing.T) {
	s := serve(t)
	arrived, goOn := make(chan struct{}), make(chan struct{})
	var once sync.Once
	s.app.OnRecordCreate("attachments").BindFunc(func(e *core.RecordEvent) error {
		once.Do(func() {
			close(arrived)
			<-goOn
		})
		return e.Next()
	})
	var all sync.WaitGroup
	all.Go(func() { moveIn(t, s.app, oldSite, "--mapping", siteMapping, "--apply") })
	<-arrived
	out, err := tryMoveIn(t, s.app, oldSite, "--mapping", siteMapping, "--apply")
	if err == nil || !strings.Contains(err.Error(), "另一个迁入正在进行") || !strings.Contains(err.Error(), "开始迁入“site”") {
		t.Errorf("%v\n%s", err, out)
	}
	moveIn(t, s.app, oldSite, "--mapping", siteMapping) // a preview writes nothing and waits for nobody
	close(goOn)
	all.Wait()
	if got := movedInRows(t, s.app); got != "[1 9 9 9 4 9 0]" {
		t.Errorf("got %s", got)
	}
}
