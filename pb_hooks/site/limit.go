package site

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v5"

	"gongkai/pb_hooks/throttle"
)

// tooOften is answered to an address that asks faster than the district allows.
type tooOften struct {
	what string        // in Chinese
	wait time.Duration // until it may ask again
}

func (e tooOften) Error() string { return e.what + "太频繁了，请稍等一分钟再试" }

// seconds is the wait as Retry-After has it.
func (e tooOften) seconds() string { return strconv.Itoa(ceil(e.wait)) }

func ceil(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

// allowSearch holds each address to the searches per minute that the district set.
func (s *Site) allowSearch(c *echo.Context) error {
	d, err := s.reader.District(c.Request().Context())
	if err != nil {
		return err
	}
	if wait := s.searches.Take(throttle.Network(s.clientIP(c.Request())), throttle.PerMinute(d.SearchPerMinute), time.Now()); wait > 0 {
		return tooOften{"检索", wait}
	}
	return nil
}

// paced holds each address to the requests of open data per minute that the district
// set, and tells it what is left (draft-ietf-httpapi-ratelimit-headers). All of a
// minute may come at once: a school sits behind one address.
func (s *Site) paced(h echo.HandlerFunc) echo.HandlerFunc {
	return func(c *echo.Context) error {
		d, err := s.reader.District(c.Request().Context())
		if err != nil {
			return err
		}
		if d.OpenPerMinute <= 0 || c.Request().Context().Value(unkept{}) != nil { // or the platform itself asks
			return h(c)
		}
		pace := throttle.Pace{Count: d.OpenPerMinute, Per: time.Minute, AtOnce: d.OpenPerMinute}
		who, now := throttle.Network(s.clientIP(c.Request())), s.now()
		wait := s.asked.Take(who, pace, now)
		tellPace(c.Response().Header(), pace, &s.asked, who, now)
		if wait > 0 {
			return tooOften{"读取", wait}
		}
		return h(c)
	}
}

func tellPace(h http.Header, pace throttle.Pace, p *throttle.Pacer, who string, now time.Time) {
	left, whole := p.Left(who, pace, now)
	h.Set("RateLimit-Policy", fmt.Sprintf(`"open";q=%d;w=%d`, pace.Count, ceil(pace.Per)))
	h.Set("RateLimit", fmt.Sprintf(`"open";r=%d;t=%d`, left, ceil(whole)))
}
