package inquiry_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/workday"
)

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// anything is a step with all its fields filled in somehow.
func anything(r *rand.Rand, do inquiry.Action, on d) ev {
	as := pick(r, inquiry.Roles()...)
	for _, s := range inquiry.Steps {
		if s.Do == do && r.IntN(5) > 0 {
			as = pick(r, s.By...)
		}
	}
	channel := pick(r, inquiry.Channels()...)
	category := pick(r, inquiry.Categories()...).Code
	if do == inquiry.Submit && len(channel.Categories) > 0 && r.IntN(4) > 0 {
		category = pick(r, channel.Categories...)
	}
	return ev{Do: do, As: as, By: persons[as], On: on, Reason: "原因", Channel: channel.Code, Category: category, MayPublish: r.IntN(4) > 0,
		Unit: pick(r, "一小", "二小", "三小", ""), Closed: r.IntN(9) == 0, Department: "总务处", Ground: pick(r, inquiry.Grounds()...), Right: "12345",
		Interim: "正在核实", Days: r.IntN(12), Into: "1", Hash: "h1", Rating: inquiry.Rating(r.IntN(8)), Norm: pick(r, inquiry.Norms()...),
		Until: workday.Calendar{}.Add(on, 3)}
}

// seldom ends a walk early, or hides the rest of it.
var seldom = []inquiry.Action{inquiry.Withdraw, inquiry.Refuse, inquiry.Merge, inquiry.Return, inquiry.Hold, inquiry.RevokeConsent, inquiry.Transfer,
	inquiry.Classify, inquiry.Urge, inquiry.Order}

// possible are the steps that the case offers to anybody.
func possible(c inquiry.Case, on d, r *rand.Rand) (list []ev) {
	for _, as := range inquiry.Roles() {
		for _, do := range c.Choices(as, persons[as]) {
			if slices.Contains(seldom, do) && r.IntN(10) > 0 {
				continue
			}
			e := anything(r, do, on)
			e.As, e.By = as, persons[as]
			list = append(list, e)
		}
	}
	return list
}

// Whatever is tried in whatever order: a step is taken or refused in words, the invariants hold, and replaying what was
// taken gives the same case.
func TestRandomWalks(t *testing.T) {
	taken := map[inquiry.Action]int{}
	reached := map[inquiry.State]int{}
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 17))
		cal := randomCalendar(r)
		c, err := inquiry.Replay(nil, cal, nil)
		if err != nil {
			t.Fatal(err)
		}
		on := d("2026-01-05")
		var history []ev
		for range 50 {
			for range r.IntN(4) {
				on = on.Next()
			}
			tries := []ev{anything(r, pick(r, inquiry.Actions()...), on)}
			if likely := possible(c, on, r); len(likely) > 0 && r.IntN(4) > 0 {
				tries = []ev{pick(r, likely...)}
			}
			tries = append(tries, c.FallenDue(on)...)
			for _, e := range tries {
				next, err := c.Take(e)
				if err != nil {
					var refusal inquiry.Refusal
					if !errors.As(err, &refusal) || refusal.Sentence == "" || refusal.Law == "" || !reflect.DeepEqual(next, c) {
						t.Fatalf("seed %d: %s refused with %#v", seed, e.Do, err)
					}
					continue
				}
				c, history = next, append(history, e)
				taken[e.Do]++
				reached[c.State]++
				whole(t, seed, c, on)
			}
		}
		again, err := inquiry.Replay(history, cal, nil)
		if err != nil || !reflect.DeepEqual(again, c) {
			t.Fatalf("seed %d: replayed %v\n%+v\n%+v", seed, err, again, c)
		}
	}
	for _, do := range inquiry.Actions() {
		if taken[do] == 0 && do != inquiry.Recount {
			t.Errorf("no walk took %s", do)
		}
	}
	for _, s := range inquiry.States() {
		if reached[s] == 0 && s != inquiry.Draft {
			t.Errorf("no walk reached %s", s)
		}
	}
}

// randomCalendar is the official one with some more days off.
func randomCalendar(r *rand.Rand) workday.Calendar {
	year := workday.Year{Year: 2026}
	for day := d("2026-01-05"); day < "2026-12-31"; day = day.Next() {
		if r.IntN(12) == 0 {
			year.Days = append(year.Days, workday.Day{Name: "放假", Date: day, IsOffDay: true})
		}
	}
	return workday.New(year)
}

// whole asks what holds of every letter at any time.
func whole(t *testing.T, seed uint64, c inquiry.Case, on d) {
	t.Helper()
	fail := func(what string) {
		t.Helper()
		t.Fatalf("seed %d: %s: %+v", seed, what, c)
	}
	for i, e := range c.Ledger {
		if i > 0 && e.Was != c.Ledger[i-1].Due || e.Law == "" || e.Text() == "" {
			fail("the ledger breaks")
		}
	}
	running := c.Clock == inquiry.Running
	if running != c.State.IsOpen() || running != (c.LevelOn(on) != inquiry.NoLevel) {
		fail("the clock runs exactly while an answer is waited for")
	}
	days := c.Days()
	if running && (c.Ledger[len(c.Ledger)-1].Due != c.Due || days[len(days)-1].Nth != c.Period()) {
		fail("the due day is not the one told, or not the last of its period")
	}
	if c.Due != "" && c.CountedFrom < c.Submitted || len(c.Answers) > 2 || len(c.Ratings) > len(c.Answers) {
		fail("more than two answers, or more ratings than answers")
	}
	if len(c.Ratings) == 2 && !c.Ratings[0].Rating.IsLow() || len(c.Answers) == 2 && len(c.Ratings) == 0 {
		fail("redone without a low rating")
	}
	if c.Publication == inquiry.Published || c.Publication == inquiry.Proposed {
		if err := c.MayPublish(); err != nil || c.Selection.Hash == "" || c.State == inquiry.Redoing {
			fail("published against its writer")
		}
	}
	if (c.State == inquiry.Transferring) != (c.Offer.To != "") || slices.Contains(c.Passed, c.Unit) {
		fail("in two hands, or in one that gave it away")
	}
	if (c.State == inquiry.Reviewing) != (c.Draft.Hash != "") {
		fail("a draft outside of review")
	}
	for _, a := range c.Answers {
		if slices.Contains(a.Writers, persons[inquiry.Principal]) || len(a.Writers) == 0 {
			fail("drafted by who reviews")
		}
	}
	if c.IsUrgent() && (c.State == inquiry.Withdrawn || c.FirstReplyBy == "") {
		fail("an urgent letter let go")
	}
	open := 0
	for _, o := range c.Orders {
		if o.Closed == "" {
			open++
		}
	}
	if open > 1 {
		fail("two orders at once")
	}
}

// Steps that were never allowed are refused by Replay too, whatever they lack.
func TestReplayRefusesWithoutPanic(t *testing.T) {
	cal := official(t)
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 19))
		events := []ev{consult("2026-01-28")}
		for range 20 {
			e := ev{Do: pick(r, inquiry.Actions()...), As: inquiry.Clerk, By: "甲", On: "2026-02-02"}
			for _, s := range inquiry.Steps {
				if s.Do == e.Do {
					e.As = pick(r, s.By...)
				}
			}
			if _, err := inquiry.Replay(append(events, e), cal, nil); err == nil {
				events = append(events, e)
			}
		}
	}
	if _, err := inquiry.Replay([]ev{{Do: inquiry.Submit, As: inquiry.Writer, On: "2026-02-02", Channel: "dove"}}, cal, nil); err == nil {
		t.Error("a channel that is none was replayed")
	}
}
