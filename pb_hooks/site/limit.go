package site

import (
	"time"

	"github.com/labstack/echo/v5"

	"gongkai/pb_hooks/throttle"
)

// allowSearch holds each address to the searches per minute that the district set.
func (s *Site) allowSearch(c *echo.Context) error {
	d, err := s.reader.District(c.Request().Context())
	if err != nil {
		return err
	}
	if s.searches.Take(throttle.Network(s.clientIP(c.Request())), throttle.PerMinute(d.SearchPerMinute), time.Now()) > 0 {
		return errTooMany
	}
	return nil
}
