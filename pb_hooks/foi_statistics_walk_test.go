package pb_hooks_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

// walk is a way of a request through the procedure, begun on a day: whatever is
// possible in any order.
func (s *server) walk(r *rand.Rand, on workday.Date) (events []foi.Event) {
	s.t.Helper()
	people := map[foi.Role]string{foi.Clerk: s.person(clerkA), foi.Department: s.person(editorA), foi.SecrecyReviewer: s.person(secrecyA), foi.Officer: s.person(officerA),
		foi.Principal: s.person(principalA), foi.Bureau: s.person(supervisor)}
	years, err := workday.OfficialYears()
	if err != nil {
		s.t.Fatal(err)
	}
	c, err := foi.Replay(nil, workday.New(years...), foi.DefaultTerms)
	if err != nil {
		s.t.Fatal(err)
	}
	replies := []foi.Reply{{Outcome: "1.1", Content: "结果", Obtain: "到校领取"}, {Outcome: "1.2", Content: "结果", Link: "https://example.edu.cn/1"},
		{Outcome: "4.1.2", Content: "校车", Reason: "由教育局管理", OtherBody: "教育局", OtherContact: "021-1"}}
	for range 40 {
		for range r.IntN(8) {
			on = on.Next()
		}
		var likely []foi.Event
		for _, as := range foi.Roles() {
			for _, do := range c.Choices(as, people[as]) {
				if (do == foi.Invalidate || do == foi.Return || do == foi.Decline || do == foi.Withdraw) && r.IntN(6) > 0 || do == foi.Recount {
					continue
				}
				likely = append(likely, foi.Event{Do: do, As: as, By: people[as], On: on, Recorded: on, Reason: "原因", Channel: foi.Channels()[r.IntN(3)], Party: "甲公司",
					Opinion: foi.Opinions()[r.IntN(2)], Items: "事项", Days: 10, Hash: "h1", Reply: replies[r.IntN(3)], Way: "邮寄", Agreed: true,
					Complaint: foi.Remedies()[r.IntN(4)], Result: foi.Results()[r.IntN(3)], Article: "a1"})
			}
		}
		for _, e := range slices.Concat(c.FallenDue(on), likely[min(len(likely), r.IntN(len(likely)+1)):]) {
			if next, err := c.Take(e); err == nil {
				c, events = next, append(events, e)
				break
			}
		}
	}
	return events
}

// walks stores requests of both schools that went through whatever is possible.
func (s *server) walks(seed uint64, n int) {
	s.t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	for i := range n {
		on := workday.Date("2024-11-01")
		for range r.IntN(600) {
			on = on.Next()
		}
		events := s.walk(r, on)
		if len(events) == 0 {
			continue
		}
		school := []string{schoolA, schoolB}[r.IntN(2)]
		if _, err := pb_hooks.StoreCase(s.app, school, fmt.Sprintf("SQ2025-%05d", i+1), foi.ApplicantClasses()[r.IntN(6)], events); err != nil {
			s.t.Fatalf("seed %d, case %d: %v", seed, i, err)
		}
	}
}

// The summary on a request and the replay of its steps give the same tables,
// whatever happened, for past years too.
func TestStatisticsReadWhatTheStepsAddUpTo(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	s.walks(1, 150)
	supplemented := 0
	if err := s.app.DB().NewQuery("SELECT count(DISTINCT request) FROM foi_steps WHERE action = 'supplement'").Row(&supplemented); err != nil || supplemented < 5 {
		t.Fatalf("%d cases with a supplementary answer (%v)", supplemented, err)
	}
	changed := 0
	for _, until := range []workday.Date{"2024-12-31", "2025-03-31", "2025-06-30", "2025-12-31", "2026-12-31", "2027-12-31"} {
		read, replayed, readDisputes, replayedDisputes, err := pb_hooks.Counted(s.app, until)
		if err != nil {
			t.Fatal(err)
		}
		read = slices.DeleteFunc(read, func(c foi.AnnualCase) bool { return c.Void })
		byID := func(a, b foi.AnnualCase) int { return strings.Compare(a.ID, b.ID) }
		slices.SortFunc(read, byID)
		slices.SortFunc(replayed, byID)
		if len(read) == 0 || len(read) != len(replayed) {
			t.Fatalf("until %s: %d and %d cases", until, len(read), len(replayed))
		}
		for i := range read {
			if !reflect.DeepEqual(read[i], replayed[i]) && replayed[i].ClosedOn <= until {
				t.Errorf("until %s: read %+v, replayed %+v", until, read[i], replayed[i])
			}
			latest, err := s.app.FindRecordById("foi_requests", read[i].ID)
			if err == nil && string(read[i].Outcome) != latest.GetString("outcome") {
				changed++
			}
		}
		disputes := func(a, b foi.Dispute) int { return strings.Compare(a.ID, b.ID) }
		slices.SortFunc(readDisputes, disputes)
		slices.SortFunc(replayedDisputes, disputes)
		if !reflect.DeepEqual(readDisputes, replayedDisputes) || len(readDisputes) < 5 {
			t.Errorf("until %s: %d and %d disputes", until, len(readDisputes), len(replayedDisputes))
		}
	}
	if changed == 0 {
		t.Error("no outcome was another one on an earlier day: nothing was tried")
	}
}
