package throttle

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var start = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)

func TestAPaceIsKept(t *testing.T) {
	var p Pacer
	pace := PerMinute(6) // two at once, then one every ten seconds
	for _, step := range []struct {
		after, want time.Duration
	}{{0, 0}, {0, 0}, {0, 10 * time.Second}, {4 * time.Second, 6 * time.Second}, {9 * time.Second, time.Second}, {10 * time.Second, 0}, {10 * time.Second, 10 * time.Second}} {
		if got := p.Take("a", pace, start.Add(step.after)).Round(time.Millisecond); got != step.want {
			t.Errorf("after %v: wait %v, want %v", step.after, got, step.want)
		}
	}
	if wait := p.Take("b", pace, start); wait != 0 {
		t.Errorf("another key waits %v", wait)
	}
	if wait := p.Take("a", PerMinute(9), start.Add(10*time.Second)); wait != 0 {
		t.Errorf("another pace: wait %v", wait)
	}
	for range 1000 {
		if wait := p.Take("a", Pace{}, start); wait != 0 {
			t.Fatalf("no limit: wait %v", wait)
		}
	}
}

func TestWhatIsLeftOfAPaceIsTold(t *testing.T) {
	var p Pacer
	pace := PerMinute(6)
	if left, whole := p.Left("a", pace, start); left != 2 || whole != 0 {
		t.Errorf("before the first: %d left, %v", left, whole)
	}
	p.Take("a", pace, start)
	if left, whole := p.Left("a", pace, start.Add(4*time.Second)); left != 1 || whole.Round(time.Second) != 6*time.Second {
		t.Errorf("after one: %d left, whole in %v", left, whole)
	}
	p.Take("a", pace, start)
	if left, whole := p.Left("a", pace, start); left != 0 || whole.Round(time.Second) != 20*time.Second {
		t.Errorf("after both: %d left, whole in %v", left, whole)
	}
}

func TestManyTogetherAreNoMoreThanOneAfterTheOther(t *testing.T) {
	var p Pacer
	var g Guesses
	var paced, tried atomic.Int32
	var wg sync.WaitGroup
	for range 200 {
		wg.Go(func() {
			if p.Take("a", Pace{30, time.Hour, 10}, start) == 0 {
				paced.Add(1)
			}
			if g.Try("a", Patience{Free: 5, First: time.Minute, Longest: time.Hour, Forgotten: time.Hour}, start) == 0 {
				tried.Add(1)
			}
		})
	}
	wg.Wait()
	if paced.Load() != 10 || tried.Load() != 5 {
		t.Errorf("%d paced, want 10; %d tries, want 5", paced.Load(), tried.Load())
	}
}

func TestTheWaitGrowsWithWrongGuesses(t *testing.T) {
	var g Guesses
	p := Patience{Free: 3, First: 30 * time.Second, Longest: 3 * time.Minute, Forgotten: time.Hour}
	now := start
	for n, want := range []time.Duration{0, 0, 30 * time.Second, time.Minute, 2 * time.Minute, 3 * time.Minute, 3 * time.Minute} {
		if wait := g.Try("a", p, now); wait != 0 {
			t.Fatalf("guess %d is not looked at for %v", n+1, wait)
		}
		if want > 0 {
			if wait := g.Try("a", p, now); wait != want {
				t.Errorf("after %d wrong guesses: wait %v, want %v", n+1, wait, want)
			}
		}
		now = now.Add(want)
	}
	if wait := g.Try("b", p, now); wait != 0 {
		t.Errorf("another key waits %v", wait)
	}
	g.Forget("a")
	for range p.Free {
		if wait := g.Try("a", p, now); wait != 0 {
			t.Errorf("after a right guess: wait %v", wait)
		}
	}
	now = now.Add(p.Forgotten + time.Second)
	for range p.Free {
		if wait := g.Try("a", p, now); wait != 0 {
			t.Errorf("after an hour: wait %v", wait)
		}
	}
}

func TestARightGuessDoesNotPayForWrongOnes(t *testing.T) {
	var g Guesses
	p := Patience{Free: 3, First: time.Minute, Longest: time.Hour, Forgotten: time.Hour}
	g.Try("a", p, start)
	g.Try("a", p, start)
	for range 5 {
		if wait := g.Try("a", p, start); wait != 0 {
			t.Fatalf("after right guesses: wait %v", wait)
		}
		g.TakeBack("a")
	}
	g.Try("a", p, start)
	if wait := g.Try("a", p, start); wait != time.Minute {
		t.Errorf("after the third wrong guess: wait %v, want a minute", wait)
	}
	g.TakeBack("b")
	if len(g.tries) != 1 {
		t.Error("what was never tried is remembered")
	}
}

func TestWhatIsRememberedIsBounded(t *testing.T) {
	var p Pacer
	var g Guesses
	pace, patience := PerMinute(6), Patience{Free: 1, First: time.Second, Longest: time.Second, Forgotten: time.Minute}
	for n := range mostKeys + 10 {
		key := fmt.Sprint(n)
		p.Take(key, pace, start)
		g.Try(key, patience, start)
		if len(p.buckets) > mostKeys || len(g.tries) > mostKeys {
			t.Fatalf("%d buckets, %d tries", len(p.buckets), len(g.tries))
		}
	}
	later := start.Add(2 * time.Minute)
	p.Take("a", pace, later)
	g.Try("a", patience, later)
	if len(p.buckets) != 1 || len(g.tries) != 1 {
		t.Errorf("of the quiet ones %d buckets and %d tries are left", len(p.buckets)-1, len(g.tries)-1)
	}
}

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.7":               "192.0.2.7",
		"::ffff:192.0.2.7":        "192.0.2.7",
		"2001:db8:1:2:3:4:5:6":    "2001:db8:1:2::/64",
		"2001:db8:1:2::9":         "2001:db8:1:2::/64",
		"2001:db8:1:3::9":         "2001:db8:1:3::/64",
		"fe80::1%eth0":            "fe80::/64",
		"":                        "",
		"unknown, or made up by ": "",
	} {
		if got := Network(address); got != want {
			t.Errorf("%q: got %q, want %q", address, got, want)
		}
	}
}

func BenchmarkTake(b *testing.B) {
	var p Pacer
	for n := range b.N {
		p.Take(fmt.Sprint(n%1000), PerMinute(60), start.Add(time.Duration(n)*time.Microsecond))
	}
}
