package site

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/labstack/echo/v5"
)

// Forms of an open-data answer, as the parameter format names them.
const (
	formJSON = "json"
	formCSV  = "csv"

	formLines = "jsonl" // of whole lists only
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
		fields, err := fieldsOf(c.QueryParams(), res.kind, form)
		if err != nil {
			return err
		}
		key := ""
		if res.key != "" && fields == nil {
			key = "open " + form + " " + res.key
		}
		return s.serve(c, key, func(ctx context.Context) (*document, error) {
			d, view, tags, err := s.load(ctx, res)
			if err != nil {
				return nil, err
			}
			doc, err := drawOpen(form, res.kind, fields, d, view, tags)
			if err != nil {
				return nil, err
			}
			if list, ok := view.(paged); ok && list.next() != "" {
				doc.header.Set("Link", "<"+d.BaseURL+nextPage(c.Request().URL.Path, res.kind, form, c.QueryParams(), list.next())+`>; rel="next"`)
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
		return "", badQuery{"format", "这一项不是表格，只能取 JSON"}
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

func drawOpen(form, kind string, fields []string, d District, view any, tags []string) (*document, error) {
	var doc *document
	if form == formCSV {
		doc = newDocument(http.StatusOK, "text/csv; charset=utf-8", drawCSV(d, view), tags...)
		doc.header.Set("Content-Disposition", csvNames[kind].disposition(d))
	} else {
		body, err := encode(view)
		if fields != nil {
			body, err = encodeSparse(view, fields)
		}
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
	h.Set("Access-Control-Expose-Headers", "Link, ETag, Content-Disposition, Retry-After, RateLimit, RateLimit-Policy")
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

// encode writes a view as JSON. An empty list is [], as openapi.json promises,
// also where the Reader left it nil.
func encode(view any) ([]byte, error) { return json.Marshal(listed(reflect.ValueOf(view)).Interface()) }

// listed gives a view empty lists for nil ones. It copies what it changes, because a
// Reader may keep what it gave out, and leaves alone what holds no lists: looking at
// every text of a page cost more than writing it.
func listed(v reflect.Value) reflect.Value {
	if !holdsLists(v.Type()) {
		return v
	}
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
		out.Set(v)
		for i := range v.NumField() {
			if holdsLists(v.Type().Field(i).Type) {
				out.Field(i).Set(listed(v.Field(i)))
			}
		}
		return out
	case reflect.Slice:
		if !v.IsNil() && !holdsLists(v.Type().Elem()) {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(listed(v.Index(i)))
		}
		return out
	}
	return v
}

// listTypes remembers of each type whether it holds lists.
var listTypes sync.Map

func holdsLists(t reflect.Type) bool {
	if known, ok := listTypes.Load(t); ok {
		return known.(bool)
	}
	holds := false
	switch t.Kind() {
	case reflect.Slice:
		holds = true
	case reflect.Pointer:
		holds = holdsLists(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			holds = holds || holdsLists(t.Field(i).Type)
		}
	}
	listTypes.Store(t, holds)
	return holds
}
