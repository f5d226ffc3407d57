package throttle

import (
	"sync"
	"time"
)

// Patience is how wrong guesses are borne: after as many as Free the wait is
// First, and it doubles with each further one up to Longest. They are forgotten
// when there was none for Forgotten.
type Patience struct {
	Free                      int
	First, Longest, Forgotten time.Duration
}

// wait is how long to wait after so many wrong guesses in a row.
func (p Patience) wait(wrong int) time.Duration {
	if wrong < p.Free {
		return 0
	}
	wait := p.First
	for range wrong - p.Free {
		if wait *= 2; wait >= p.Longest {
			return p.Longest
		}
	}
	return wait
}

// Guesses makes wrong guesses slow. It is the same for keys that exist and for
// those that do not, so that the wait tells nothing. The zero value is ready; it
// may be used from many goroutines.
type Guesses struct {
	mu    sync.Mutex
	tries map[string]tries
	swept time.Time
}

type tries struct {
	wrong int
	last  time.Time
	until time.Time // no guess is looked at before
}

// Try counts a guess as wrong before it is looked at, so that many at once are no
// more than the same number one after the other, or returns how long none is
// looked at. After a right
// guess call TakeBack or Forget.
func (g *Guesses) Try(key string, p Patience, now time.Time) (wait time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sweep(p, now)
	one := g.tries[key]
	if now.Before(one.until) {
		return one.until.Sub(now)
	}
	if now.Sub(one.last) > p.Forgotten {
		one = tries{}
	}
	one.wrong++
	one.last, one.until = now, now.Add(p.wait(one.wrong))
	g.tries[key] = one
	return 0
}

// TakeBack is for a guess that was right: it is not counted, earlier ones are.
func (g *Guesses) TakeBack(key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if one, counted := g.tries[key]; counted {
		one.wrong, one.until = max(one.wrong-1, 0), time.Time{}
		g.tries[key] = one
	}
}

// Forget forgets the wrong guesses of a key.
func (g *Guesses) Forget(key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.tries, key)
}

func (g *Guesses) sweep(p Patience, now time.Time) {
	switch {
	case g.tries == nil || len(g.tries) >= mostKeys:
		g.tries = map[string]tries{}
	case now.Sub(g.swept) > time.Minute:
		for key, one := range g.tries {
			if now.Sub(one.last) > p.Forgotten {
				delete(g.tries, key)
			}
		}
	default:
		return
	}
	g.swept = now
}
