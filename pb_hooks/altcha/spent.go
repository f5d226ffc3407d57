package altcha

import (
	"crypto/sha256"
	"sync"
	"time"
)

// mostSpent are remembered in each half: many more than a district is filed in
// Lifetime. Both halves full are some 30 MB.
const mostSpent = 200_000

type (
	nonce  [16]byte
	filing [16]byte // part of the hash of its idempotency key
)

func filingOf(key string) (f filing) {
	sum := sha256.Sum256([]byte(key))
	copy(f[:], sum[:])
	return f
}

// spent remembers which challenges let something in, and what, until they have
// expired. After each Lifetime the younger half becomes the older and the older
// is forgotten: everything in it was spent longer than Lifetime ago. The process
// forgets all when it ends, so within Lifetime of a restart one may be used a
// second time.
type spent struct {
	mu         sync.Mutex
	young, old map[nonce]filing
	turned     time.Time
}

// isFree reports whether the challenge is not spent, or was for this same filing.
func (s *spent) isFree(n nonce, f filing) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	by, used := s.by(n)
	return !used || by == f
}

func (s *spent) by(n nonce) (f filing, used bool) {
	if f, used = s.young[n]; !used {
		f, used = s.old[n]
	}
	return f, used
}

// add spends the challenge, or reports that it is not free. Where no more can be
// remembered it is false as well: none is let in twice.
func (s *spent) add(n nonce, f filing, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.young == nil || now.Sub(s.turned) > Lifetime {
		s.young, s.old, s.turned = map[nonce]filing{}, s.young, now
	}
	if by, used := s.by(n); used {
		return by == f
	}
	if len(s.young) >= mostSpent {
		return false
	}
	s.young[n] = f
	return true
}
