package site

import (
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v5"
	"golang.org/x/time/rate"
)

// limiter bounds how often one address may search. It remembers an address
// only while it is busy.
type limiter struct {
	clientIP func(*http.Request) string

	mu      sync.Mutex
	buckets map[string]*rate.Limiter
	swept   time.Time
}

func newLimiter(clientIP func(*http.Request) string) *limiter {
	return &limiter{clientIP: clientIP, buckets: map[string]*rate.Limiter{}}
}

// allow takes one of the address's perMinute searches; up to a third of them
// may come at once. Zero does not limit.
func (l *limiter) allow(r *http.Request, perMinute int) bool {
	if perMinute <= 0 {
		return true
	}
	ip, now := l.clientIP(r), time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept) > time.Minute {
		l.swept = now
		for k, b := range l.buckets {
			if b.TokensAt(now) >= float64(b.Burst()) {
				delete(l.buckets, k)
			}
		}
	}
	b := l.buckets[ip]
	if b == nil {
		b = rate.NewLimiter(rate.Limit(float64(perMinute)/60), max(perMinute/3, 1))
		l.buckets[ip] = b
	}
	return b.AllowN(now, 1)
}

func (s *Site) allowSearch(c *echo.Context) error {
	d, err := s.reader.District(c.Request().Context())
	if err != nil {
		return err
	}
	if !s.limiter.allow(c.Request(), d.SearchPerMinute) {
		return errTooMany
	}
	return nil
}
