package site

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v5"
)

// MovedColumn is what a Reader answers for a column that a later version of the standard
// put elsewhere: its addresses lead to the new ones for ever.
type MovedColumn struct {
	Column string // its code today; empty leads to the school's own page
}

func (m MovedColumn) Error() string { return "moved to " + m.Column }

// redirect sends whoever asks for an old address of a column to the new one, in the
// same form. Pages of its list are counted anew there.
func (s *Site) redirect(c *echo.Context, m MovedColumn) {
	to := *c.Request().URL
	query := to.Query()
	query.Del("page")
	if old := c.Param("column"); old != "" {
		before, after, _ := strings.Cut(to.Path, "/"+old)
		if m.Column != "" {
			before += "/" + m.Column
		} else {
			before = strings.TrimSuffix(before, "/columns")
		}
		to.Path = before + after
	} else {
		query.Set("column", m.Column)
		if m.Column == "" {
			query.Del("column")
		}
	}
	to.RawQuery, to.RawPath = query.Encode(), ""
	h := c.Response().Header()
	h.Set("Location", to.RequestURI())
	h.Set("Cache-Control", "public, max-age=3600")
	if strings.HasPrefix(to.Path, "/open/") {
		allowReading(h)
	}
	c.Response().WriteHeader(http.StatusMovedPermanently)
}
