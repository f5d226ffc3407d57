package pb_hooks_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// together sends requests at the same moment and returns their states.
func together(requests ...func() answer) []int {
	start, states := make(chan struct{}), make([]int, len(requests))
	var all sync.WaitGroup
	for i, send := range requests {
		all.Go(func() {
			<-start
			states[i] = send().status
		})
	}
	close(start)
	all.Wait()
	return states
}

// A save that waits while somebody submits must not thaw what was submitted.
func TestWhatIsSavedAndSubmittedTogetherStaysFrozen(t *testing.T) {
	s := serve(t)
	for n := range 20 {
		article, version := s.draft(editorA, "A0308", fmt.Sprintf("同时保存和提交%d", n), someText)
		save := func() answer {
			return s.do(secondA, http.MethodPatch, recordAPI+"article_versions/records/"+version, map[string]any{"note": "请快些"})
		}
		states := together(save, func() answer { return s.act(editorA, article, map[string]any{"version": version, "action": "submit"}) }, save)
		if v := s.record("article_versions", version); states[1] == http.StatusOK && (!v.GetBool("frozen") || v.GetString("hash") == "") {
			t.Fatalf("after %v the submitted version is open", states)
		}
	}
}

func TestOfTwoSavesTogetherOneIsRefused(t *testing.T) {
	s := serve(t)
	_, version := s.draft(editorA, "A0308", "同时保存", someText)
	for n := range 20 {
		base := s.record("article_versions", version).GetString("updated")
		save := func(who string) func() answer {
			return func() answer {
				return s.do(who, http.MethodPatch, recordAPI+"article_versions/records/"+version, map[string]any{"title": fmt.Sprintf("%s %d", who, n), "base": base})
			}
		}
		if states := together(save(editorA), save(secondA)); states[0] == 200 && states[1] == 200 {
			t.Fatalf("both saves are taken: one of them is lost")
		}
	}
}

func TestADeactivationTogetherWithASaveIsNotUndone(t *testing.T) {
	s := serve(t)
	id := s.person(nobodyA)
	for n := range 15 {
		states := together(
			func() answer { return s.staff(bureauAdmin, nobodyA, "deactivate", map[string]any{"reason": "调离"}) },
			func() answer {
				return s.do(adminA, http.MethodPatch, recordAPI+"staff/records/"+id, map[string]any{"name": fmt.Sprint("新名字", n)})
			})
		if states[0] == http.StatusOK && s.record("staff", id).GetString("deactivated_at") == "" {
			t.Fatalf("after %v the account is open again", states)
		}
		s.staff(bureauAdmin, nobodyA, "reactivate", nil)
	}
}

func TestTheBureauDoesNotSeeATitleBeingWritten(t *testing.T) {
	s := serve(t)
	article := s.submitted("送审时的标题", "A0308", "return")
	version := s.openVersion(editorA, article)
	if a := s.do(editorA, http.MethodPatch, recordAPI+"article_versions/records/"+version, map[string]any{"title": secretWords}); a.status != 200 {
		t.Fatal(a.body)
	}
	if a := s.do(supervisor, http.MethodGet, recordAPI+"articles/records/"+article, nil); a.status != 200 || a.has(secretWords) {
		t.Errorf("%d %s", a.status, a.body)
	}
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	if a := s.do(supervisor, http.MethodGet, recordAPI+"articles/records/"+article, nil); !a.has(secretWords) {
		t.Errorf("submitted, it is called what it is: %s", a.body)
	}
}

func TestWhoNeverAnsweredAnInvitationIsNobody(t *testing.T) {
	s := serve(t)
	away := s.record("staff", s.person(reviewerA))
	away.SetVerified(false)
	if err := s.app.Save(away); err != nil {
		t.Fatal(err)
	}
	article := s.submitted("没有人会来审", "A0308")
	if !s.record("articles", article).GetBool("at_bureau") {
		t.Error("the case waits for somebody who may not exist")
	}
	sink := s.mailSink()
	s.mailsAt("2026-11-24 07:31")
	sink.next(t, bureauReviewer)
	if _, mailed := sink.take(reviewerA); mailed {
		t.Error("mail goes to somebody who may not exist")
	}
}

func TestAPreviewEndsWithTheArticle(t *testing.T) {
	s := serve(t)
	article, first := s.draft(editorA, "A0308", "第一版", someText)
	s.publish(editorA, article, first)
	a := s.do(editorA, http.MethodPost, recordAPI+"article_versions/records", map[string]any{"article": article})
	s.publish(editorA, article, a.field("id").(string))
	link := s.do(editorA, http.MethodPost, "/api/app/versions/"+first+"/preview", nil).field("url").(string)
	if a := s.get(link); !a.has("第一版") {
		t.Fatalf("%d %s", a.status, a.body)
	}
	s.must(editorA, article, map[string]any{"action": "withdraw", "reason": "有误"})
	if a := s.get(link); a.has(secretText) {
		t.Error("an earlier public version is shown after the withdrawal")
	}
	if a := s.do(editorA, http.MethodPost, "/api/app/versions/"+first+"/preview", nil); a.status != 400 {
		t.Errorf("a new link: %d %s", a.status, a.body)
	}
}

func TestTheLogOfRequestsOpensNothing(t *testing.T) {
	s := serve(t)
	for address, want := range map[string]string{
		"/api/app/preview/gdHqRhIrXhui":                 "/api/app/preview/…",
		"/api/app/preview/gdHqRhIrXhui/f/abc":           "/api/app/preview/…/f/abc",
		"/api/files/attachments/x/y?token=eyJh.b&thumb": "/api/files/attachments/x/y?token=…&thumb",
		"/api/collections/articles/records?page=2":      "/api/collections/articles/records?page=2",
	} {
		entry := &core.Log{Message: "GET " + address, Data: types.JSONMap[any]{"url": address}}
		entry.MarkAsNew()
		entry.Id = core.GenerateDefaultRandomId()
		if err := s.app.AuxSave(entry); err != nil {
			t.Fatal(err)
		}
		stored, err := s.app.FindLogById(entry.Id)
		if err != nil || stored.Data["url"] != want || stored.Message != "GET "+want {
			t.Errorf("%s is logged as %v, %q (%v)", address, stored.Data["url"], stored.Message, err)
		}
	}
}
