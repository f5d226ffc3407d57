package site

import (
	"context"
	"encoding/xml"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v5"
)

// maxSitemap is how many addresses one file may list (sitemaps.org).
const maxSitemap = 50000

const sitemapNamespace = "http://www.sitemaps.org/schemas/sitemap/0.9"

type sitemapIndex struct {
	XMLName xml.Name     `xml:"sitemapindex"`
	XMLNS   string       `xml:"xmlns,attr"`
	Files   []sitemapURL `xml:"sitemap"`
}

type sitemapURLs struct {
	XMLName xml.Name     `xml:"urlset"`
	XMLNS   string       `xml:"xmlns,attr"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemapIndex lists one sitemap for each school and one for the district's own pages.
func (s *Site) sitemapIndex(c *echo.Context) error {
	return s.serveXML(c, "sitemap index", DistrictTag, func(ctx context.Context, d District) (any, error) {
		schools, err := s.reader.Sitemap(ctx, "")
		if err != nil {
			return nil, err
		}
		files := []sitemapURL{{Loc: d.BaseURL + "/sitemap-pages.xml"}}
		for _, e := range newestEntries(schools, maxSitemap-1) {
			e.Path += "/sitemap.xml"
			files = append(files, e.url(d))
		}
		return sitemapIndex{XMLNS: sitemapNamespace, Files: files}, nil
	})
}

// sitemapPages lists the pages that belong to no school. Search results are
// for people, not for search engines.
func (s *Site) sitemapPages(c *echo.Context) error {
	return s.serveXML(c, "sitemap pages", DistrictTag, func(_ context.Context, d District) (any, error) {
		var urls []sitemapURL
		for _, page := range []string{"/", "/schools", "/sitemap", "/privacy", "/figures", "/open", "/appeal"} {
			urls = append(urls, sitemapURL{Loc: d.BaseURL + page})
		}
		return sitemapURLs{XMLNS: sitemapNamespace, URLs: urls}, nil
	})
}

// sitemapSchool lists the pages of one school: its home, columns and articles.
func (s *Site) sitemapSchool(c *echo.Context) error {
	school := c.Param("school")
	return s.serveXML(c, "sitemap school "+school, SchoolTag(school), func(ctx context.Context, d District) (any, error) {
		entries, err := s.reader.Sitemap(ctx, school)
		if err != nil {
			return nil, err
		}
		var urls []sitemapURL
		for _, e := range newestEntries(entries, maxSitemap) {
			urls = append(urls, e.url(d))
		}
		return sitemapURLs{XMLNS: sitemapNamespace, URLs: urls}, nil
	})
}

// newestEntries keeps the order, unless something has to be left out: then the
// entries unchanged for longest are.
func newestEntries(all []SitemapEntry, limit int) []SitemapEntry {
	if len(all) <= limit {
		return all
	}
	sorted := slices.SortedStableFunc(slices.Values(all), func(a, b SitemapEntry) int {
		return b.Modified.Compare(a.Modified)
	})
	return sorted[:limit]
}

func (e SitemapEntry) url(d District) sitemapURL {
	u := sitemapURL{Loc: d.BaseURL + e.Path}
	if !e.Modified.IsZero() {
		u.LastMod = e.Modified.In(shanghai).Format(time.RFC3339)
	}
	return u
}

func (s *Site) serveXML(c *echo.Context, key, tag string, build func(context.Context, District) (any, error)) error {
	return s.serve(c, key, func(ctx context.Context) (*document, error) {
		d, err := s.reader.District(ctx)
		if err != nil {
			return nil, err
		}
		v, err := build(ctx, d)
		if err != nil {
			return nil, err
		}
		body, err := xmlDocument(v)
		if err != nil {
			return nil, err
		}
		return newDocument(http.StatusOK, "application/xml; charset=utf-8", body, tag), nil
	})
}

// robots tells search engines what they need not read.
func (s *Site) robots(c *echo.Context) error {
	return s.serve(c, "robots", func(ctx context.Context) (*document, error) {
		d, err := s.reader.District(ctx)
		if err != nil {
			return nil, err
		}
		body := "User-agent: *\nAllow: /\nDisallow: /search\nDisallow: /correct\nDisallow: /s/*/correct\nDisallow: /workbench\nDisallow: /_/\nDisallow: /api/\n\nSitemap: " + d.BaseURL + "/sitemap.xml\n"
		return newDocument(http.StatusOK, "text/plain; charset=utf-8", []byte(body), DistrictTag), nil
	})
}
