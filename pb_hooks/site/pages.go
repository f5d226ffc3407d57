package site

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v5"

	"gongkai/pb_hooks/workday"
)

// resource is something public that can be shown: the same view is drawn as a
// page, embedded in it as JSON, and given out by /open/v1.
type resource struct {
	kind string
	key  string   // cache key; "" is never cached
	tags []string // what it shows, as far as the address tells
	load func(context.Context) (view any, tags []string, err error)
}

// handler finds the resource that a request asks for. It refuses what cannot be
// understood; it does not touch the database.
type handler func(c *echo.Context) (resource, error)

// badQuery is a query value that cannot be understood.
type badQuery struct{ Field, Reason string }

func (e badQuery) Error() string { return e.Field + "：" + e.Reason }

// html draws a resource as a page.
func (s *Site) html(h handler) echo.HandlerFunc {
	return func(c *echo.Context) error {
		res, err := find(c, h)
		if err != nil {
			return err
		}
		return s.serve(c, res.key, func(ctx context.Context) (*document, error) {
			d, view, tags, err := s.load(ctx, res)
			if err != nil {
				return nil, err
			}
			body, err := s.render(res.kind, d, view)
			if err != nil {
				return nil, err
			}
			return newDocument(http.StatusOK, "text/html; charset=utf-8", body, tags...), nil
		})
	}
}

// find checks the query string as a whole before the handler reads from it.
func find(c *echo.Context, h handler) (resource, error) {
	if raw := c.Request().URL.RawQuery; raw != "" {
		if len(raw) > 4096 {
			return resource{}, badQuery{"query", "太长"}
		}
		if _, err := url.ParseQuery(raw); err != nil {
			return resource{}, badQuery{"query", "不是有效的查询字符串"}
		}
	}
	return h(c)
}

func (s *Site) load(ctx context.Context, res resource) (d District, view any, tags []string, err error) {
	if d, err = s.reader.District(ctx); err != nil {
		return d, nil, nil, err
	}
	view, more, err := res.load(ctx)
	return d, view, append(more, res.tags...), err
}

type unkept struct{}

// Unkept is the context of requests that the platform makes itself: pages that
// nobody else asked for do not push others out of the cache.
func Unkept(ctx context.Context) context.Context { return context.WithValue(ctx, unkept{}, true) }

// serve answers from the cache, or builds the document and keeps it.
func (s *Site) serve(c *echo.Context, key string, build func(context.Context) (*document, error)) error {
	doc, epoch := s.cache.get(key)
	if doc == nil {
		var err error
		if doc, err = build(c.Request().Context()); err != nil {
			return err
		}
		if key != "" && doc.status == http.StatusOK && c.Request().Context().Value(unkept{}) == nil {
			s.cache.put(key, doc, epoch)
		}
	}
	if shown, ok := c.Request().Context().Value(copying{}).(*shownTags); ok {
		shown.list = doc.tags
	}
	return doc.write(c.Response(), c.Request())
}

func (s *Site) home(*echo.Context) (resource, error) {
	return resource{kindHome, "/", []string{DistrictTag}, func(ctx context.Context) (any, []string, error) {
		v, err := s.reader.Home(ctx)
		return v, nil, err
	}}, nil
}

func (s *Site) schools(c *echo.Context) (resource, error) {
	q := c.QueryParams()
	f := SchoolFilter{Query: text(q, "q"), Stage: text(q, "stage"), Town: text(q, "town"), Ownership: text(q, "ownership"), Status: text(q, "status")}
	var err error
	if f.Cursor, f.Limit, err = paging(q, 0); err != nil {
		return resource{}, err
	}
	key := ""
	if f == (SchoolFilter{}) {
		key = "/schools"
	}
	return resource{kindSchools, key, []string{DistrictTag, ComparedTag}, func(ctx context.Context) (any, []string, error) {
		v, err := s.reader.Schools(ctx, f)
		return v, nil, badCursor(err)
	}}, nil
}

func (s *Site) school(c *echo.Context) (resource, error) {
	code := c.Param("school")
	return resource{kindSchool, "/s/" + code, []string{SchoolTag(code)}, func(ctx context.Context) (any, []string, error) {
		v, err := s.reader.School(ctx, code)
		return v, nil, err
	}}, nil
}

func (s *Site) column(c *echo.Context) (resource, error) {
	school, column := c.Param("school"), c.Param("column")
	page, err := pageNumber(c)
	if err != nil {
		return resource{}, err
	}
	key := "/s/" + school + "/" + column
	if page > 1 {
		key += "?page=" + itoa(page)
	}
	return resource{kindColumn, key, []string{ColumnTag(school, column)}, func(ctx context.Context) (any, []string, error) {
		v, err := s.reader.Column(ctx, school, column, page)
		if err != nil {
			return nil, nil, err
		}
		if v.Column.Kind == "generated" {
			return v, []string{SchoolTag(school)}, nil // the catalogue shows every column
		}
		return v, nil, nil
	}}, nil
}

func (s *Site) article(c *echo.Context) (resource, error) {
	id, file, key := c.Param("id"), text(c.QueryParams(), "file"), ""
	if file == "" {
		key = "/a/" + id
	}
	return resource{kindArticle, key, []string{ArticleTag(id)}, func(ctx context.Context) (any, []string, error) {
		v, err := s.reader.Article(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		var tags []string
		for _, link := range []*ArticleLink{v.Previous, v.Next} {
			if link != nil {
				tags = append(tags, ArticleTag(link.ID))
			}
		}
		if a := v.Article; a.State != "published" { // it is nobody's neighbour, so nobody's change names it
			tags = append(tags, ColumnTag(a.School.Code, a.Column.Code))
		}
		if file != "" {
			v.OldFile, err = s.reader.OldFile(ctx, id, file)
		}
		return v, append(tags, v.Shows...), err
	}}, nil
}

func (s *Site) search(c *echo.Context) (resource, error) {
	q := c.QueryParams()
	f := SearchFilter{Q: text(q, "q"), School: text(q, "school"), Stage: text(q, "stage"), Column: text(q, "column"), From: text(q, "from"), To: text(q, "to")}
	for _, name := range []string{"from", "to"} {
		if v := q.Get(name); v != "" {
			if _, err := time.Parse(time.DateOnly, v); err != nil {
				return resource{}, badQuery{name, "日期要写成 2026-09-01 的样子"}
			}
		}
	}
	switch first := q.Get("first"); first {
	case "":
	case "answers":
		f.Answers = true
	default:
		return resource{}, badQuery{"first", "只能是 answers"}
	}
	var err error
	if f.Page, err = pageNumber(c); err != nil {
		return resource{}, err
	}
	if f.Q != "" {
		if err := s.allowSearch(c); err != nil {
			return resource{}, err
		}
	}
	return resource{kindSearch, "", nil, func(ctx context.Context) (any, []string, error) {
		v, err := s.reader.Search(ctx, f)
		return v, nil, err
	}}, nil
}

func (s *Site) apply(c *echo.Context) (resource, error) {
	code := c.Param("school")
	return resource{kindApply, "/s/" + code + "/apply", []string{SchoolTag(code)}, func(ctx context.Context) (any, []string, error) {
		v, err := s.reader.School(ctx, code)
		return ApplyPage{v.School}, nil, err
	}}, nil
}

func (s *Site) track(*echo.Context) (resource, error)   { return s.blank(kindTrack) }
func (s *Site) opinion(*echo.Context) (resource, error) { return s.blank(kindOpinion) }

func (s *Site) blank(kind string) (resource, error) {
	return resource{kind, "/" + kind, nil, func(context.Context) (any, []string, error) { return Blank{}, nil, nil }}, nil
}

func (s *Site) sitemap(*echo.Context) (resource, error) { return s.standard(kindSitemap) }
func (s *Site) privacy(*echo.Context) (resource, error) { return s.standard(kindPrivacy) }

func (s *Site) figures(*echo.Context) (resource, error) {
	return resource{kindFigures, "/figures", []string{DistrictTag}, func(ctx context.Context) (any, []string, error) {
		v, err := s.reader.DistrictFigures(ctx)
		return v, nil, err
	}}, nil
}

func (s *Site) standard(kind string) (resource, error) {
	return resource{kind, "/" + kind, []string{DistrictTag}, func(ctx context.Context) (any, []string, error) {
		v, err := s.reader.Standard(ctx)
		return v, nil, err
	}}, nil
}

// maxPage bounds how deep a list can be paged.
const maxPage = 10000

func pageNumber(c *echo.Context) (int, error) {
	raw := c.QueryParam("page")
	if raw == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(raw)
	if err != nil || n < 1 || n > maxPage {
		return 0, badQuery{"page", "页码要是 1 到 10000 的整数"}
	}
	return n, nil
}

func text(q url.Values, name string) string {
	return strings.TrimSpace(strings.ToValidUTF8(q.Get(name), ""))
}

func itoa(n int) string { return strconv.Itoa(n) }

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// local shows an instant (RFC 3339) in the district's time.
func local(instant, layout string) string {
	t, err := time.Parse(time.RFC3339, instant)
	if err != nil {
		return ""
	}
	return t.In(shanghai).Format(layout)
}

var shanghai = workday.Shanghai
