package pb_hooks_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func (s *server) claim(as, article string, take bool) answer {
	s.t.Helper()
	return s.do(as, http.MethodPost, "/api/app/articles/"+article+"/claim", map[string]any{"claim": take})
}

// anotherReviewer gives the second editor the reviewer's duty too.
func (s *server) anotherReviewer() string {
	s.t.Helper()
	r := s.record("staff", s.person(secondA))
	r.Set("duties", []string{"reviewer"})
	if err := s.app.Save(r); err != nil {
		s.t.Fatal(err)
	}
	return secondA
}

func TestClaimIsOnePersonsForAWorkingDay(t *testing.T) {
	s := serve(t)
	other := s.anotherReviewer()
	s.wait(4 * 24 * time.Hour) // Friday
	article := s.submitted("标题", "A0308")
	if a := s.claim(reviewerA, article, true); a.status != http.StatusOK || a.field("claimed_by_me") != true || a.field("claimed_by") != reviewerA || a.field("claimed_at") == "" {
		t.Fatalf("claim: %d %s", a.status, a.body)
	}
	mine, theirs := s.inbox(reviewerA).Items[0], s.inbox(other).Items[0]
	if !mine.ClaimedByMe || !mine.CanClaim || theirs.ClaimedByMe || theirs.CanClaim || theirs.ClaimedBy != reviewerA || theirs.Group != "todo" {
		t.Errorf("the inboxes say %+v and %+v", mine, theirs)
	}
	a := s.claim(other, article, true)
	if a.status != http.StatusConflict || !a.has(reviewerA[1:]+"已于 11月27日 10:00 领取，正在办理。到 11月30日 10:00 仍未办完的，其他人可以接手。") {
		t.Errorf("another claims: %d %s", a.status, a.body)
	}
	if a := s.claim(other, article, false); a.status != http.StatusConflict {
		t.Errorf("another gives it back: %d %s", a.status, a.body)
	}
	s.wait(3*24*time.Hour - time.Minute) // Monday 9:59
	if a := s.claim(other, article, true); a.status != http.StatusConflict {
		t.Errorf("a minute early: %d %s", a.status, a.body)
	}
	s.wait(time.Minute)
	if !s.inbox(other).Items[0].CanClaim {
		t.Error("the inbox does not say that it may be taken over")
	}
	if a := s.claim(other, article, true); a.status != http.StatusOK {
		t.Errorf("take over: %d %s", a.status, a.body)
	}
	if a := s.claim(reviewerA, article, false); a.status != http.StatusConflict || !a.has(other[1:]) {
		t.Errorf("the first gives back what is another's: %d %s", a.status, a.body)
	}
	if a := s.claim(other, article, false); a.status != http.StatusOK || a.field("claimed_by") != "" || a.field("claimed_at") != "" {
		t.Errorf("give back: %d %s", a.status, a.body)
	}
	if a := s.claim(reviewerA, article, false); a.status != http.StatusOK {
		t.Errorf("give back what nobody has: %d %s", a.status, a.body)
	}
}

func TestClaimIsForWhoCanReview(t *testing.T) {
	s := serve(t)
	article := s.submitted("标题", "A0308")
	for who, status := range map[string]int{"": 401, root: 403, editorA: 403, secrecyA: 403, nobodyA: 404, editorB: 404, reviewerB: 404, bureauReviewer: 404, supervisor: 403, reviewerA: 200} {
		if a := s.claim(who, article, true); a.status != status {
			t.Errorf("%q: %d %s", who, a.status, a.body)
		}
	}
	if s.record("articles", article).GetString("claimed_by") != s.person(reviewerA) {
		t.Error("it is not the reviewer's")
	}
}

func TestClaimEndsWithTheStep(t *testing.T) {
	s := serve(t)
	article := s.submitted("标题", "A0308")
	s.claim(reviewerA, article, true)
	s.must(reviewerA, article, map[string]any{"action": "approve", "check": fine})
	a := s.record("articles", article)
	if a.GetString("claimed_by") != "" || a.GetString("claimed_at") != "" {
		t.Errorf("claimed by %s", a.GetString("claimed_by"))
	}
}

func TestClaimOfWhoLeftIsNone(t *testing.T) {
	s := serve(t)
	other := s.anotherReviewer()
	article := s.submitted("标题", "A0308")
	s.claim(reviewerA, article, true)
	gone := s.record("staff", s.person(reviewerA))
	gone.Set("deactivated_at", now)
	if err := s.app.Save(gone); err != nil {
		t.Fatal(err)
	}
	if a := s.claim(other, article, true); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestClaimsMadeTogetherHaveOneWinner(t *testing.T) {
	s := serve(t)
	other := s.anotherReviewer()
	article := s.submitted("标题", "A0308")
	answers := make(chan int, 10)
	for i := range 10 {
		go func() { answers <- s.claim([]string{reviewerA, other}[i%2], article, true).status }()
	}
	won := 0
	for range 10 {
		if status := <-answers; status == http.StatusOK {
			won++
		} else if status != http.StatusConflict {
			t.Errorf("%d", status)
		}
	}
	if won != 5 {
		t.Errorf("%d claims were granted; one person's five are", won)
	}
}

func TestNotificationsReadByTheirOwner(t *testing.T) {
	s := serve(t)
	told := func(who, key string) string {
		return create(s.app, "notifications", map[string]any{"staff": s.person(who), "key": key, "kind": "to_review", "title": "待初审：" + key, "link": "/inbox"}).Id
	}
	mine, second, theirs := told(editorA, "one"), told(editorA, "two"), told(reviewerA, "one")
	unread := func(id string) bool { return s.record("notifications", id).GetString("read_at") == "" }
	read := func(as string, body any) int {
		t.Helper()
		return s.do(as, http.MethodPost, "/api/app/notifications/read", body).status
	}
	if got := read(editorA, map[string]any{"ids": []string{mine, theirs}}); got != 204 || unread(mine) || !unread(second) || !unread(theirs) {
		t.Errorf("%d: read %v, unread %v %v", got, !unread(mine), unread(second), unread(theirs))
	}
	if got := read(editorA, map[string]any{"all": true}); got != 204 || unread(second) || !unread(theirs) {
		t.Errorf("all: %d", got)
	}
	if got := read(editorA, map[string]any{}); got != 400 {
		t.Errorf("nothing: %d", got)
	}
	if got := read("", map[string]any{"all": true}); got != 401 {
		t.Errorf("a visitor: %d", got)
	}
	path := "/api/collections/notifications/records/" + theirs
	if a := s.do(editorA, http.MethodPatch, path, map[string]any{"read_at": "2026-11-23 02:00:00.000Z"}); a.status != 404 {
		t.Errorf("another's record: %d", a.status)
	}
	a := s.do(reviewerA, http.MethodPatch, path, map[string]any{"read_at": "2020-01-01 00:00:00.000Z", "title": "改了", "staff": s.person(editorA), "mailed_at": "2020-01-01 00:00:00.000Z"})
	n := s.record("notifications", theirs)
	if a.status != 200 || n.GetString("title") != "待初审：one" || n.GetString("staff") != s.person(reviewerA) || n.GetDateTime("read_at").Time() != now ||
		n.GetString("mailed_at") != "" || strings.Contains(a.body, "mailed_at") {
		t.Errorf("its own: %d %s %v", a.status, a.body, n)
	}
}
