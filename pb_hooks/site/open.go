package site

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v5"
)

// ErrCursor is what a Reader answers for a cursor it did not make.
var ErrCursor = errors.New("bad cursor")

// How many disclosures one answer of /open/v1/articles lists.
const (
	defaultLimit = 20
	maxLimit     = 100
	maxCursor    = 256 // bytes
)

// Forms of an open-data answer, as the parameter format names them.
const (
	formJSON = "json"
	formCSV  = "csv"
)

// json gives a resource out as open data: the view as it is, or as a CSV file
// where it is a list. Anybody's page may read it (CORS), nobody's may write.
func (s *Site) json(h handler) echo.HandlerFunc {
	return func(c *echo.Context) error {
		res, err := find(c, h)
		if err != nil {
			return err
		}
		form, err := formOf(c.Request(), res.kind)
		if err != nil {
			return err
		}
		key := ""
		if res.key != "" {
			key = "open " + form + " " + res.key
		}
		return s.serve(c, key, func(ctx context.Context) (*document, error) {
			d, view, tags, err := s.load(ctx, res)
			if err != nil {
				return nil, err
			}
			doc, err := drawOpen(form, res.kind, d, view, tags)
			if err != nil {
				return nil, err
			}
			if list, ok := view.(ArticleList); ok && list.Next != "" {
				doc.header.Set("Link", "<"+d.BaseURL+nextArticles(c.QueryParams(), form, list.Next)+`>; rel="next"`)
			}
			return doc, nil
		})
	}
}

// formOf says in which form a kind of resource is wanted. An unknown format is
// refused; an Accept header that cannot be met is answered with JSON.
func formOf(r *http.Request, kind string) (string, error) {
	_, isList := csvNames[kind]
	switch format := r.URL.Query().Get("format"); {
	case format == formJSON:
		return formJSON, nil
	case format == formCSV && isList:
		return formCSV, nil
	case format == formCSV:
		return "", badQuery{"format", "只有学校、栏目、信息和检索结果的列表可以取 CSV"}
	case format != "":
		return "", badQuery{"format", "只能是 json 或 csv"}
	}
	if isList && prefersCSV(r.Header.Values("Accept")) {
		return formCSV, nil
	}
	return formJSON, nil
}

// prefersCSV reports whether text/csv is asked for by name, and JSON is not
// asked for by name as much or more.
func prefersCSV(accept []string) bool {
	var wantCSV, wantJSON float64
	for part := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		media, params, _ := strings.Cut(part, ";")
		q := 1.0
		if _, v, ok := strings.Cut(params, "q="); ok {
			q, _ = strconv.ParseFloat(strings.TrimSpace(v), 64) // what cannot be read is not wanted
		}
		switch strings.ToLower(strings.TrimSpace(media)) {
		case "text/csv":
			wantCSV = max(wantCSV, q)
		case "application/json":
			wantJSON = max(wantJSON, q)
		}
	}
	return wantCSV > wantJSON
}

func drawOpen(form, kind string, d District, view any, tags []string) (*document, error) {
	var doc *document
	if form == formCSV {
		doc = newDocument(http.StatusOK, "text/csv; charset=utf-8", drawCSV(d, view), tags...)
		doc.header.Set("Content-Disposition", csvNames[kind].disposition(d))
	} else {
		body, err := encode(view)
		if err != nil {
			return nil, err
		}
		doc = newDocument(http.StatusOK, "application/json; charset=utf-8", body, tags...)
	}
	doc.header.Set("Vary", "Accept-Encoding, Accept")
	allowReading(doc.header)
	return doc, nil
}

// allowReading lets the pages of other sites read the answer (CORS).
func allowReading(h http.Header) {
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "Link, ETag, Content-Disposition, Retry-After")
}

// openOptions answers OPTIONS: what is allowed here and, under /open/v1, that
// other sites may ask too.
func openOptions(c *echo.Context) error {
	h := c.Response().Header()
	if allow, ok := c.Get(echo.ContextKeyHeaderAllow).(string); ok {
		h.Set("Allow", allow)
	}
	if strings.HasPrefix(c.Request().URL.Path, "/open/v1/") {
		allowReading(h)
		h.Set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
		h.Set("Access-Control-Allow-Headers", "Accept, If-None-Match")
		h.Set("Access-Control-Max-Age", "86400")
	}
	return c.NoContent(http.StatusNoContent)
}

// articles lists what all schools disclosed, newest first. Only the first page
// without a filter is kept: the others are as many as there are questions.
func (s *Site) articles(c *echo.Context) (resource, error) {
	f, err := articleFilter(c.QueryParams())
	if err != nil {
		return resource{}, err
	}
	key := ""
	if f == (ArticleFilter{Limit: defaultLimit}) {
		key = "/articles"
	}
	return resource{kindArticles, key, []string{DistrictTag}, func(ctx context.Context) (any, []string, error) {
		v, err := s.reader.Articles(ctx, f)
		if errors.Is(err, ErrCursor) {
			err = errBadCursor
		}
		return v, nil, err
	}}, nil
}

var errBadCursor = badQuery{"cursor", "不是本接口给出的游标，请从第一页重新开始"}

// articleFilter reads the filters. Since is the first instant of its day and
// Until the first instant after its day, so the days are inclusive.
func articleFilter(q url.Values) (f ArticleFilter, err error) {
	f = ArticleFilter{School: text(q, "school"), Column: text(q, "column"), Cursor: text(q, "cursor"), Limit: defaultLimit}
	if len(f.Cursor) > maxCursor {
		return f, errBadCursor
	}
	if raw := text(q, "limit"); raw != "" {
		if f.Limit, err = strconv.Atoi(raw); err != nil || f.Limit < 1 || f.Limit > maxLimit {
			return f, badQuery{"limit", "条数要是 1 到 100 的整数"}
		}
	}
	if f.Since, err = midnight(q, "since", 0); err != nil {
		return f, err
	}
	if f.Until, err = midnight(q, "until", 1); err != nil {
		return f, err
	}
	if !f.Until.IsZero() && !f.Since.Before(f.Until) {
		return f, badQuery{"until", "结束日期早于开始日期"}
	}
	return f, nil
}

// midnight reads a date and gives the instant at which it, or a day soon after
// it, begins in the district; zero when no date is given.
func midnight(q url.Values, name string, daysLater int) (time.Time, error) {
	raw := text(q, name)
	if raw == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, raw, shanghai)
	if err != nil || t.Year() < 1900 || t.Year() > 2999 { // instants are compared as text of four-digit years
		return time.Time{}, badQuery{name, "日期要写成 2026-09-01 的样子"}
	}
	return t.AddDate(0, 0, daysLater), nil
}

// nextArticles is the address of the page after this one, same filters, same form.
func nextArticles(q url.Values, form, cursor string) string {
	next := url.Values{"cursor": {cursor}}
	for _, name := range []string{"school", "column", "since", "until", "limit"} {
		if v := text(q, name); v != "" {
			next.Set(name, v)
		}
	}
	if form != formJSON {
		next.Set("format", form)
	}
	return "/open/v1/articles?" + next.Encode()
}

// encode writes a view as JSON. An empty list is [], as openapi.json promises,
// also where the Reader left it nil.
func encode(view any) ([]byte, error) { return json.Marshal(listed(reflect.ValueOf(view)).Interface()) }

// listed copies a view with empty lists for nil ones. It copies because a
// Reader may keep what it gave out.
func listed(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(listed(v.Elem()))
		return out
	case reflect.Struct:
		out := reflect.New(v.Type()).Elem()
		for i := range v.NumField() {
			out.Field(i).Set(listed(v.Field(i)))
		}
		return out
	case reflect.Slice:
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(listed(v.Index(i)))
		}
		return out
	}
	return v
}
