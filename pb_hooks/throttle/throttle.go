// Package throttle bounds how often somebody may do something: a pace for what is
// allowed (Pacer), and a wait that grows for what went wrong (Guesses). It knows
// no server and no clock of its own: who it is is a key, now is an argument.
//
// What is remembered is bounded and is forgotten with the process. When very many
// keys are busy at once all of them are forgotten: a flood must not shut the door
// to everybody else, and whoever has that many addresses is not held up by any of
// these bounds.
package throttle

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// mostKeys are remembered at once, some 20 MB.
const mostKeys = 100_000

// Pace is how often something may be done: Count times in each Per, AtOnce of
// them one right after the other. A Count of zero does not limit.
type Pace struct {
	Count  int
	Per    time.Duration
	AtOnce int
}

// PerMinute is a pace of which a third may come at once.
func PerMinute(count int) Pace { return Pace{count, time.Minute, max(count/3, 1)} }

// PerHour is a pace of which a third may come at once.
func PerHour(count int) Pace { return Pace{count, time.Hour, max(count/3, 1)} }

func (p Pace) bucket() *rate.Limiter {
	return rate.NewLimiter(rate.Limit(float64(p.Count)/p.Per.Seconds()), p.AtOnce)
}

// Pacer holds each key to a pace, with a token bucket for each that is busy. The
// zero value is ready; it may be used from many goroutines.
type Pacer struct {
	mu      sync.Mutex
	pace    Pace
	buckets map[string]*rate.Limiter
	swept   time.Time
}

// Take lets the key go on now, or returns after how long it may try again.
// Trying costs nothing. When the pace is another than before, every key begins
// anew.
func (p *Pacer) Take(key string, pace Pace, now time.Time) (wait time.Duration) {
	if pace.Count <= 0 {
		return 0
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sweep(pace, now)
	b := p.buckets[key]
	if b == nil {
		b = pace.bucket()
		p.buckets[key] = b
	}
	r := b.ReserveN(now, 1)
	if wait = r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

// Left is how often the key may still go on at once, and after how long it may as
// often as the pace allows again.
func (p *Pacer) Left(key string, pace Pace, now time.Time) (left int, whole time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.buckets[key]
	if b == nil {
		return pace.AtOnce, 0
	}
	tokens := max(b.TokensAt(now), 0)
	return int(tokens), time.Duration((float64(b.Burst()) - tokens) / float64(b.Limit()) * float64(time.Second))
}

// sweep forgets whoever has been quiet long enough to begin anew.
func (p *Pacer) sweep(pace Pace, now time.Time) {
	switch {
	case p.buckets == nil || p.pace != pace || len(p.buckets) >= mostKeys:
		p.buckets, p.pace = map[string]*rate.Limiter{}, pace
	case now.Sub(p.swept) > time.Minute:
		for key, b := range p.buckets {
			if b.TokensAt(now) >= float64(b.Burst()) {
				delete(p.buckets, key)
			}
		}
	default:
		return
	}
	p.swept = now
}

// Network is what an address is counted by: an IPv4 address itself, of an IPv6
// address its first 64 bits, all of which one subscriber has. What is no address
// counts as one.
func Network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	return netip.PrefixFrom(ip, 64).Masked().String()
}
