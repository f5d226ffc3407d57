package foi_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

// anything is a step with all its fields filled in somehow.
func anything(r *rand.Rand, do foi.Action, on workday.Date) ev {
	as := foi.Roles()[r.IntN(len(foi.Roles()))]
	for _, s := range foi.Steps {
		if s.Do == do && r.IntN(5) > 0 {
			as = s.By[r.IntN(len(s.By))]
		}
	}
	replies := []foi.Reply{provided, provided, {Outcome: foi.OutcomeNotOurs, Content: "校车", Reason: "由教育局管理", OtherBody: "教育局", OtherContact: "021-1"},
		{Outcome: foi.OutcomePublished, Content: "收费", Link: "https://example.edu.cn/1"}, {}}
	party := []string{"甲公司", "乙公司", ""}[r.IntN(3)]
	return ev{Do: do, As: as, By: persons[as], On: on, Reason: "原因", Channel: foi.Channels()[r.IntN(3)], Party: party, Joint: r.IntN(2) == 0,
		Opinion: foi.Opinions()[r.IntN(3)], Items: "事项", Days: r.IntN(25), Hash: "h1", Reply: replies[r.IntN(len(replies))], Way: "邮寄", Agreed: true,
		Complaint: foi.Remedies()[r.IntN(4)], Result: foi.Results()[r.IntN(4)], Article: "a1"}
}

var seldom = []foi.Action{foi.Withdraw, foi.Invalidate, foi.Decline, foi.Return, foi.Assign, foi.Urge, foi.Order, foi.Interview, foi.AnswerAtOnce}

// possible are the steps that the case offers to anybody.
func possible(c foi.Case, on workday.Date, r *rand.Rand) (list []ev) {
	for _, as := range foi.Roles() {
		for _, do := range c.Choices(as, persons[as]) {
			if slices.Contains(seldom, do) && r.IntN(10) > 0 {
				continue
			}
			e := anything(r, do, on)
			e.As, e.By = as, persons[as]
			if do == foi.Override {
				e.Party = c.Objections()[0]
			}
			list = append(list, e)
		}
	}
	return list
}

// Whatever is tried in whatever order: a step is taken or refused in words, the ledger stays a chain, and replaying what
// was taken gives the same case.
func TestRandomWalks(t *testing.T) {
	taken := map[foi.Action]int{}
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 11))
		cal := randomCalendar(r)
		c, err := foi.Replay(nil, cal, foi.DefaultTerms)
		if err != nil {
			t.Fatal(err)
		}
		on := workday.Date("2026-01-05")
		var history []ev
		for range 60 {
			for range r.IntN(4) {
				on = on.Next()
			}
			tries := []ev{anything(r, foi.Actions()[r.IntN(len(foi.Actions()))], on)}
			if likely := possible(c, on, r); len(likely) > 0 && r.IntN(4) > 0 {
				if r.IntN(2) == 0 { // what was taken least so far
					slices.SortStableFunc(likely, func(a, b ev) int { return taken[a.Do] - taken[b.Do] })
					likely = likely[:1]
				}
				tries = likely[r.IntN(len(likely)):][:1]
			}
			tries = append(tries, c.FallenDue(on)...)
			for _, e := range tries {
				next, err := c.Take(e)
				if err != nil {
					var coded interface{ Code() string }
					if !errors.As(err, &coded) || coded.Code() == "" || err.Error() == "" || !reflect.DeepEqual(next, c) {
						t.Fatalf("seed %d: %s refused with %#v", seed, e.Do, err)
					}
					continue
				}
				c, history = next, append(history, e)
				taken[e.Do]++
				whole(t, seed, c)
			}
		}
		again, err := foi.Replay(history, cal, foi.DefaultTerms)
		if err != nil || !reflect.DeepEqual(again, c) {
			t.Fatalf("seed %d: replayed %v\n%+v\n%+v", seed, err, again, c)
		}
	}
	for _, do := range foi.Actions() {
		if taken[do] == 0 && do != foi.Recount {
			t.Errorf("no walk took %s", do)
		}
	}
}

func whole(t *testing.T, seed uint64, c foi.Case) {
	t.Helper()
	for i, e := range c.Ledger {
		if i > 0 && e.Was != c.Ledger[i-1].Due || e.Law == "" || e.Text() == "" {
			t.Fatalf("seed %d: the ledger breaks at %d: %+v", seed, i, c.Ledger)
		}
	}
	running := c.Clock == foi.Running || c.Clock == foi.Paused
	if n := len(c.Ledger); running && (c.Due == "" || c.Ledger[n-1].Due != c.Due || c.Used(c.Due) != c.Period()) {
		t.Fatalf("seed %d: due %q, ledger %+v", seed, c.Due, c.Ledger)
	}
	if running != (c.Ending == foi.Open && c.State != foi.Draft && c.State != foi.Submitted && c.State != foi.Correcting) {
		t.Fatalf("seed %d: %s, %s, %s", seed, c.State, c.Ending, c.Clock)
	}
	if waits := c.State == foi.ThirdParty || c.State == foi.Consulting; waits != (c.Clock == foi.Paused) {
		t.Fatalf("seed %d: %s with the clock %s", seed, c.State, c.Clock)
	}
	if (c.State == foi.Answered) && len(c.Answers) == 0 || c.State == foi.Back {
		t.Fatalf("seed %d: %s with %d answers", seed, c.State, len(c.Answers))
	}
}

// Steps that were never allowed are refused by Replay too, whatever they lack.
func TestReplayRefusesWithoutPanic(t *testing.T) {
	cal := official(t)
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 13))
		events := filed("2026-01-28")
		for range 20 {
			do := foi.Actions()[r.IntN(len(foi.Actions()))]
			e := ev{Do: do, As: foi.Clerk, By: "甲", On: "2026-02-02"}
			for _, s := range foi.Steps {
				if s.Do == do {
					e.As = s.By[r.IntN(len(s.By))]
				}
			}
			if _, err := foi.Replay(append(events, e), cal, foi.DefaultTerms); err == nil {
				events = append(events, e)
			}
		}
	}
}
