package pb_hooks_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/pocketbase/dbx"
)

// A busy day: editors write and publish in two schools, visitors read, file and
// write, staff look at their work, a list of words is looked for in all that is
// public, and every job of the cron table runs, all at once. The race detector
// sees here what it would see on a busy server.
func TestPeopleAndJobsWorkTogether(t *testing.T) {
	s := serveRequests(t)
	s.withoutPaces()
	s.publicTexts(40, 4)
	const each = 3
	forms, kind := s.manyForms(t, 2*each)
	letters, _ := s.manyLetters(t, 2*each)

	var all sync.WaitGroup
	for _, editor := range []string{editorA, editorB} {
		all.Go(func() {
			for n := range each {
				article, version := s.draft(editor, "A0308", fmt.Sprintf("大家同时办理 %d", n), someText)
				if a := s.publish(editor, article, version); a.status != http.StatusOK {
					t.Errorf("%s publishes: %d %s", editor, a.status, a.body)
				}
			}
		})
	}
	all.Go(func() {
		for i := range forms {
			for door, form := range map[string][]byte{doorA: forms[i], lettersA: letters[i]} {
				if _, err := post(s.url+door, kind, form); err != nil {
					t.Error(err)
				}
			}
		}
	})
	reads := func(as string, paths ...string) {
		for range each {
			for _, path := range paths {
				if a := s.do(as, http.MethodGet, path, nil); a.status != http.StatusOK {
					t.Errorf("%q reads %s: %d %s", as, path, a.status, a.body)
				}
			}
		}
	}
	all.Go(func() {
		reads("", "/", "/schools", "/s/9999990001", "/s/9999990001/A0308", "/search?q=供餐", "/sitemap", "/open/v1/schools", "/open/v1/articles", "/open/v1/search?q=供餐")
	})
	for _, who := range []string{officerA, clerkA, supervisor} {
		all.Go(func() { reads(who, "/api/app/inbox", "/api/app/requests", "/api/app/inquiries") })
	}
	all.Go(func() { s.untilDone(s.saveWords([2]string{"家教广告", "严重"})) })
	all.Go(func() {
		for _, job := range s.app.Cron().Jobs() {
			job.Run()
		}
	})
	all.Wait()

	if n, err := s.app.CountRecords("articles", dbx.HashExp{"state": "published"}); err != nil || n != 40+2*each {
		t.Errorf("%d articles are public (%v)", n, err)
	}
	for collection, want := range map[string]int64{"foi_requests": 2 * each, "inquiries": 2 * each} {
		if n, err := s.app.CountRecords(collection); err != nil || n != want {
			t.Errorf("%s: %d, want %d (%v)", collection, n, want, err)
		}
	}
	if found := len(s.opened("", "open")); found != 10 {
		t.Errorf("%d findings, want 10", found)
	}
	if report := s.verified(); !report.IsIntact() {
		t.Errorf("the audit: %v", report.Breaks)
	}
}
