package site

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v5"
)

// longestOldAddress bounds what is looked up, in bytes.
const longestOldAddress = 1000

// notOld are the beginnings of paths that no old site had: they are ours.
var notOld = []string{"/open/", "/assets/", "/f/", "/a/", "/qr/", "/workbench"}

// oldOr leads on who asks the front page for something: old sites told their pages
// apart so, as WordPress does with ?p=5. Ours asks for nothing.
func (s *Site) oldOr(front echo.HandlerFunc) echo.HandlerFunc {
	return func(c *echo.Context) error {
		if c.Request().URL.RawQuery != "" && s.leadOn(c) {
			return nil
		}
		return front(c)
	}
}

// leadOn sends who follows a link to a school's old site to where its page is now.
func (s *Site) leadOn(c *echo.Context) bool {
	r := c.Request()
	if r.Method != http.MethodGet && r.Method != http.MethodHead || len(r.URL.Path)+len(r.URL.RawQuery) > longestOldAddress {
		return false
	}
	for _, ours := range notOld {
		if strings.HasPrefix(r.URL.Path, ours) {
			return false
		}
	}
	article, err := s.reader.OldAddress(r.Context(), r.Host, r.URL)
	if err != nil {
		if !errors.Is(err, ErrNotFound) && r.Context().Err() == nil {
			s.log.Error("look for an old address", "error", err)
		}
		return false
	}
	if err := c.Redirect(http.StatusMovedPermanently, "/a/"+article); err != nil {
		s.log.Debug("visitor left", "error", err)
	}
	return true
}
