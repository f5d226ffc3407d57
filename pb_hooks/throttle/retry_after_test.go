package throttle

import (
	"net/http"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, " 7 ": 7 * time.Second, "-7": 0, "0": 0, "soon": 0, "1.5": 0, "99999999999999999999": 0, "9999999999": (1 << 20) * time.Second,
		"Mon, 23 Nov 2026 02:00:30 GMT": 30 * time.Second, "Mon, 23 Nov 2026 01:00:00 GMT": 0, "2026-11-23T02:00:30Z": 0,
	} {
		if got := RetryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}
