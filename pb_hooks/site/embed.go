package site

import (
	"bytes"
	"context"
	"html/template"
	"net/http"
	"strings"

	"github.com/labstack/echo/v5"
)

// embedPolicy is that of the one page that other sites may frame. It has no
// script and no form: there is nothing in it that a click could be stolen for.
const embedPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors *"

var embedTemplate = template.Must(template.ParseFS(templateFS, "templates/embed.html"))

// embed is the small page that a school shows inside its own site: the ways in
// to what it discloses and to its services.
func (s *Site) embed(c *echo.Context) error {
	code := c.Param("school")
	return s.serve(c, "/s/"+code+"/embed", func(ctx context.Context) (*document, error) {
		d, err := s.reader.District(ctx)
		if err != nil {
			return nil, err
		}
		v, err := s.reader.School(ctx, code)
		if err != nil {
			return nil, err
		}
		var body bytes.Buffer
		if err := embedTemplate.Execute(&body, struct {
			District District
			SchoolPage
			Path string // of the school's home
		}{d, v, strings.TrimSuffix(d.BaseURL, "/") + "/s/" + code}); err != nil {
			return nil, err
		}
		doc := newDocument(http.StatusOK, "text/html; charset=utf-8", body.Bytes(), SchoolTag(code))
		doc.header.Set("Content-Security-Policy", embedPolicy)
		doc.header.Set("X-Robots-Tag", "noindex")
		return doc, nil
	})
}
