package pb_hooks_test

import (
	"fmt"
	"net/http"
	"testing"

	"gongkai/pb_hooks/foi"
)

// The list reads what the steps added up to; the page of a case replays them. On
// every day they say the same, and the filter by level finds what the list shows.
func TestTheListSaysWhatTheCaseSays(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	for _, state := range []foi.State{foi.Submitted, foi.Registered, foi.Correcting, foi.Processing, foi.ThirdParty, foi.Consulting, foi.SecrecyReviewing, foi.Answered, foi.Void} {
		requestsIn[state](s)
	}
	for range 5 {
		found := map[string]string{} // level by number, from the filters
		for _, level := range foi.Levels() {
			a := s.do(clerkA, http.MethodGet, "/api/app/requests?per_page=100&level="+level.Code(), nil)
			for _, item := range a.field("items").([]any) {
				found[item.(map[string]any)["number"].(string)] += level.Code()
			}
		}
		items := s.do(clerkA, http.MethodGet, "/api/app/requests?per_page=100", nil).field("items").([]any)
		if len(items) != 9 {
			t.Fatalf("%d items", len(items))
		}
		for _, item := range items {
			line := item.(map[string]any)
			desk := s.do(clerkA, http.MethodGet, "/api/app/requests/"+line["id"].(string), nil)
			for _, field := range []string{"number", "state", "submitted", "received", "due", "left", "level", "provisional", "department"} {
				if fmt.Sprint(line[field]) != fmt.Sprint(desk.field(field)) {
					t.Errorf("%v, %v: the list says %s %v, the case %v", s.now.Load(), line["state"], field, line[field], desk.field(field))
				}
			}
			if found[line["number"].(string)] != line["level"] {
				t.Errorf("%v: %v is found as %q, shown as %q", s.now.Load(), line["number"], found[line["number"].(string)], line["level"])
			}
		}
		s.wait(7 * day)
	}
}

// Sorts, pages and filters.
func TestTheListIsSortedAndFiltered(t *testing.T) {
	s := serveRequests(t)
	first, _, _ := s.filed()
	s.wait(day)
	second := s.inHand()
	numbers := func(query string) (list string) {
		for _, item := range s.do(clerkA, http.MethodGet, "/api/app/requests?"+query, nil).field("items").([]any) {
			list += item.(map[string]any)["number"].(string)[11:]
		}
		return list
	}
	for query, want := range map[string]string{"": "21", "sort=number": "12", "sort=-number": "21", "sort=submitted": "12", "per_page=1": "2", "per_page=1&page=2": "1",
		"page=3": "", "state=processing": "2", "state=processing&state=submitted": "21", "q=SQ2026-00001": "1", "q=sq202600002": "2", "q=%E6%8B%9B%E6%A0%87": "21",
		"q=%25": "", "q=_": "", "channel=fax": "", "class=person": "21", "open=1": "21", "mine=1": "21", "from=2026-11-24": "2", "to=2026-11-23": "", "sort=nonsense": "21",
		"school=9999990002": "", "school=0": ""} {
		if got := numbers(query); got != want {
			t.Errorf("%q: %s, want %s", query, got, want)
		}
	}
	if a := s.do(officerA, http.MethodGet, "/api/app/requests?mine=1", nil); len(a.field("items").([]any)) != 0 {
		t.Errorf("nothing waits for the officer: %s", a.body)
	}
	s.mustAct(clerkA, second, "extend", map[string]any{"days": 3, "reason": "等候档案"})
	if a := s.do(officerA, http.MethodGet, "/api/app/requests?mine=1", nil); !a.has(second) || a.has(first) {
		t.Errorf("an approval waits for the officer: %s", a.body)
	}
}
