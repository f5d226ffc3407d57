package site

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v5"
)

// CalendarColumn (校历与作息) is what a school's calendar feed is made of.
const CalendarColumn = "B0102"

// calendar gives out a school's 校历 for people's own calendars.
func (s *Site) calendar(c *echo.Context) error {
	code := c.Param("school")
	return s.serve(c, "calendar "+code, func(ctx context.Context) (*document, error) {
		body, err := s.reader.Calendar(ctx, code)
		if err != nil {
			return nil, err
		}
		return newDocument(http.StatusOK, "text/calendar; charset=utf-8", body, SchoolTag(code), ColumnTag(code, CalendarColumn)), nil
	})
}
