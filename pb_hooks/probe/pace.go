package probe

import (
	"context"
	"errors"
	"sync"
	"time"
)

// restFor is how long a host that asks to come later is left alone.
const restFor = 10 * time.Minute

var errResting = errors.New("the host asked to come later")

// pace spaces the requests to each host.
type pace struct {
	every time.Duration

	mu   sync.Mutex
	next map[string]time.Time // when the host may be asked again
	off  map[string]time.Time // until when it rests
}

// wait returns when the host may be asked: at once an error while it rests, and
// that of ctx when that ends first.
func (p *pace) wait(ctx context.Context, host string) error {
	now := time.Now()
	p.mu.Lock()
	if p.off[host].After(now) {
		p.mu.Unlock()
		return errResting
	}
	at := p.next[host]
	if at.Before(now) {
		at = now
	}
	if p.next == nil || len(p.next) > 10000 { // hosts of long ago
		p.next = map[string]time.Time{}
	}
	p.next[host] = at.Add(p.every)
	p.mu.Unlock()
	if at.Equal(now) {
		return ctx.Err()
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Until(at)):
		return nil
	}
}

func (p *pace) rest(host string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.off == nil || len(p.off) > 10000 {
		p.off = map[string]time.Time{}
	}
	p.off[host] = time.Now().Add(restFor)
}
