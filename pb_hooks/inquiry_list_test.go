package pb_hooks_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// listed are the last digits of the numbers of a list of letters, in its order.
func (s *server) listed(as, query string) (digits string) {
	s.t.Helper()
	a := s.do(as, http.MethodGet, "/api/app/inquiries?"+query, nil)
	if a.status != http.StatusOK {
		s.t.Fatalf("%s lists %q: %d %s", as, query, a.status, a.body)
	}
	for _, item := range a.field("items").([]any) {
		number := item.(map[string]any)["number"].(string)
		digits += number[len(number)-1:]
	}
	return digits
}

func aReport() map[string]any {
	return filledIn(goodLetter(), map[string]any{"category": "bullying", "anonymous": true, "name": nil, "contact": nil, "may_publish": false})
}

func TestTheListOfLettersIsForThoseWhoWorkOnThem(t *testing.T) {
	s := serveRequests(t)
	question, _, _ := s.wrote(aQuestion())                                                                                    // 1
	s.wrote(aReport())                                                                                                        // 2
	moved, _, _ := s.wrote(goodLetter())                                                                                      // 3
	if a := s.writeTo(lettersA, filledIn(goodLetter(), map[string]any{"about_principal": true})); a.status != http.StatusOK { // 4
		t.Fatalf("about the principal: %d %s", a.status, a.body)
	}
	s.mustLetter(clerkA, moved, "transfer", map[string]any{"unit": "9999990002", "reason": "是贵校的事项"})
	for who, want := range map[string]string{clerkA: "123", officerA: "13", principalA: "123", clerkB: "3", supervisor: "1234", bureauReviewer: "4"} {
		if got := s.listed(who, "sort=submitted"); got != want {
			t.Errorf("%s sees %q, want %q", who, got, want)
		}
	}
	for _, who := range viewers {
		if slices.Contains([]string{clerkA, officerA, principalA, clerkB, supervisor, bureauReviewer}, who) {
			continue
		}
		if a := s.do(who, http.MethodGet, "/api/app/inquiries", nil); a.status < 400 || a.has("LX2026") {
			t.Errorf("%q: %d %s", who, a.status, a.body)
		}
	}
	if a := s.do(clerkA, http.MethodGet, "/api/app/inquiries?state=submitted", nil); a.has("建议增加课后服务") || !a.has("学生欺凌") {
		t.Errorf("tells what a confidential letter is called: %s", a.body)
	}
	if got := s.listed(clerkA, "q="+"%E5%BB%BA%E8%AE%AE"); got != "3" { // 建议: also the title of the report, which is sealed
		t.Errorf("found by its title: %q", got)
	}
	s.mustLetter(clerkA, question, "accept", nil)
	s.mustLetter(clerkA, question, "assign", map[string]any{"department": "教导处", "assignee": s.person(nobodyA)})
	if got := s.listed(nobodyA, ""); got != "1" {
		t.Errorf("who it was assigned to sees %q", got)
	}
	for who, want := range map[string]string{clerkA: "2", nobodyA: "1", clerkB: "3", supervisor: "4", officerA: "", principalA: ""} {
		if got := s.listed(who, "mine=1"); got != want {
			t.Errorf("waits for %s: %q, want %q", who, got, want)
		}
	}
}

// What is shown of a letter in the list is what its own page shows, on every day
// and to everybody; what is found by a filter is what the list shows.
func TestTheListOfLettersSaysWhatTheCaseSays(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	s.wrote(aReport())
	for _, take := range []func(id string){
		func(string) {},
		func(id string) { s.mustLetter(clerkA, id, "accept", nil) },
		func(id string) {
			s.mustLetter(clerkA, id, "transfer", map[string]any{"unit": "9999990002", "reason": "是贵校的事项"})
		},
		func(id string) {
			s.mustLetter(clerkA, id, "accept", nil)
			s.mustLetter(clerkA, id, "assign", map[string]any{"department": "教导处"})
		},
		func(id string) {
			s.mustLetter(clerkA, id, "accept", nil)
			s.writeAnswer(clerkA, id, "请带户口簿。")
			s.mustLetter(clerkA, id, "submit_answer", nil)
		},
		func(id string) { s.answersLetter(id, officerA, "请带户口簿。") },
	} {
		id, _, _ := s.wrote(aQuestion())
		take(id)
	}
	for range 4 {
		for _, who := range []string{clerkA, officerA, principalA, clerkB, supervisor} {
			mine, overdue := s.listed(who, "mine=1&per_page=100"), s.listed(who, "overdue=1&per_page=100")
			for _, item := range s.do(who, http.MethodGet, "/api/app/inquiries?per_page=100", nil).field("items").([]any) {
				line := item.(map[string]any)
				number := line["number"].(string)
				desk := s.do(who, http.MethodGet, "/api/app/inquiries/"+line["id"].(string), nil)
				for _, field := range []string{"number", "state", "submitted", "due", "left", "level", "provisional", "department", "offered", "unit"} {
					if fmt.Sprint(line[field]) != fmt.Sprint(desk.field(field)) {
						t.Errorf("%v, %s: the list says %s %v, the case %v", s.now.Load(), number, field, line[field], desk.field(field))
					}
				}
				if found := strings.Contains(mine, number[len(number)-1:]); found != line["mine"] {
					t.Errorf("%v: %s waits for %s: %v, found: %v", s.now.Load(), number, who, line["mine"], found)
				}
				if found, red := strings.Contains(overdue, number[len(number)-1:]), slices.Contains([]any{"red", "supervised", "veto_warning", "veto"}, line["level"]); found != red {
					t.Errorf("%v: %s is %v, found as overdue: %v", s.now.Load(), number, line["level"], found)
				}
			}
		}
		s.wait(4 * day)
	}
}

func TestTheListOfLettersIsSortedAndFiltered(t *testing.T) {
	s := serveRequests(t)
	first, number, _ := s.wrote(aQuestion())
	s.wait(day)
	second, _, _ := s.wrote(goodLetter())
	s.mustLetter(clerkA, second, "accept", nil)
	for query, want := range map[string]string{"": "21", "sort=submitted": "12", "sort=-due": "21", "per_page=1": "2", "per_page=1&page=2": "1", "page=3": "", "state=accepted": "2",
		"state=accepted&state=submitted": "21", "channel=mailbox": "2", "category=question": "1", "q=" + number: "1", "q=lx" + number[2:6] + number[7:]: "1",
		"q=%25": "", "q=%E8%BD%AC%E5%AD%A6": "1", "open=1": "21", "low=1": "", "rating=1": "", "from=2026-11-24": "2", "to=2026-11-23": "1", "unit=bureau": "",
		"unit=9999990001": "21", "unit=9999990002": "", "unit=0": "", "sort=nonsense": "21", "overdue=1": ""} {
		if got := s.listed(clerkA, query); got != want {
			t.Errorf("%q: %s, want %s", query, got, want)
		}
	}
	s.wait(3 * day)
	if got := s.listed(clerkA, "overdue=1"); got != "1" {
		t.Errorf("not accepted in time: %q", got)
	}
	s.answersLetter(first, officerA, "请带户口簿。")
	if got := s.listed(clerkA, "open=1"); got != "2" {
		t.Errorf("waits for an answer: %q", got)
	}
}
