package order_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"testing"

	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/workday"
)

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// anything is a step with all its fields filled in somehow.
func anything(r *rand.Rand, do order.Action, on d) ev {
	as := pick(r, order.Roles()...)
	for _, s := range order.Steps {
		if s.Do == do && r.IntN(5) > 0 {
			as = pick(r, s.By...)
		}
	}
	return ev{Do: do, As: as, By: persons[as], On: on, Reason: pick(r, "原因", "原因", "原因", ""), Days: r.IntN(14), Norm: pick(r, order.Norms()...)}
}

// Whatever is tried in whatever order: a step is taken or refused in words, the invariants hold, and replaying what was
// taken gives the same part.
func TestRandomWalks(t *testing.T) {
	taken := map[order.Action]int{}
	reached := map[order.State]int{}
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 23))
		cal := randomCalendar(r)
		p, err := order.Replay(nil, cal)
		if err != nil {
			t.Fatal(err)
		}
		on := d("2026-01-05")
		var history []ev
		for range 60 {
			for range r.IntN(4) {
				on = on.Next()
			}
			tries := []ev{anything(r, pick(r, order.Actions()...), on)}
			if as := pick(r, order.Roles()...); r.IntN(3) > 0 {
				for _, do := range p.Choices(as, persons[as]) {
					if do == order.Withdraw && r.IntN(8) > 0 {
						continue
					}
					e := anything(r, do, on)
					e.As, e.By = as, persons[as]
					tries = append(tries, e)
				}
			}
			for _, e := range append(tries, p.FallenDue(on)...) {
				next, err := p.Take(e)
				if err != nil {
					var refusal order.Refusal
					if !errors.As(err, &refusal) || refusal.Sentence == "" || refusal.Law == "" || !reflect.DeepEqual(next, p) {
						t.Fatalf("seed %d: %s refused with %#v", seed, e.Do, err)
					}
					continue
				}
				p, history = next, append(history, e)
				taken[e.Do]++
				reached[p.State]++
				whole(t, seed, p, on)
			}
		}
		again, err := order.Replay(history, cal)
		if err != nil || !reflect.DeepEqual(again, p) {
			t.Fatalf("seed %d: replayed %v\n%+v\n%+v", seed, err, again, p)
		}
	}
	for _, do := range order.Actions() {
		if taken[do] == 0 && do != order.Recount {
			t.Errorf("no walk took %s", do)
		}
	}
	for _, s := range order.States() {
		if reached[s] == 0 && s != order.Draft {
			t.Errorf("no walk reached %s", s)
		}
	}
}

// randomCalendar has some days off.
func randomCalendar(r *rand.Rand) workday.Calendar {
	year := workday.Year{Year: 2026}
	for day := d("2026-01-05"); day < "2026-12-31"; day = day.Next() {
		if r.IntN(12) == 0 {
			year.Days = append(year.Days, workday.Day{Name: "放假", Date: day, IsOffDay: true})
		}
	}
	return workday.New(year)
}

// whole asks what holds of every part at any time.
func whole(t *testing.T, seed uint64, p order.Part, on d) {
	t.Helper()
	fail := func(what string) {
		t.Helper()
		t.Fatalf("seed %d: %s: %+v", seed, what, p)
	}
	for i, e := range p.Ledger {
		if i > 0 && e.Was != p.Ledger[i-1].Due || e.Law == "" || e.Text() == "" {
			fail("the ledger breaks")
		}
	}
	running := p.Clock == order.Running
	if running != p.State.IsWithSchool() || running != (p.LevelOn(on) != order.NoLevel) || (p.Clock == order.Held) != (p.State == order.Submitted) {
		fail("the clock runs exactly while the school is waited for")
	}
	if days := p.CountedDays(); running && (p.Ledger[len(p.Ledger)-1].Due != p.Due || days[len(days)-1].Nth != p.Period()) {
		fail("the due day is not the one told, or not the last of its period")
	}
	if (p.Closed != "") != (p.State == order.Closed) || (p.Withdrawn != "") != (p.State == order.Withdrawn) {
		fail("ended otherwise than it says")
	}
	if p.State == order.Closed && (len(p.Reports) == 0 || p.Acknowledged == "") {
		fail("closed without a report")
	}
	if p.IsAsked() && !running || p.Extension.Added > p.Extension.Days || p.WaitsForTalk() && !running {
		fail("an extension or a talk that nobody waits for")
	}
	if p.OnTime() && p.State != order.Closed {
		fail("on time and not closed")
	}
	if p.State.IsOpen() && (p.Next(true) == "" || p.Next(false) == "") {
		fail("nobody is told what to do next")
	}
}
