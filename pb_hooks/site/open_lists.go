package site

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v5"
)

// ErrCursor is what a Reader answers for a cursor it did not make.
var ErrCursor = errors.New("bad cursor")

// How many items one answer of a list holds.
const (
	defaultLimit = 20
	maxLimit     = 100
	maxCursor    = 256 // bytes
)

// Kinds of open data that have no page.
const (
	kindArticles   = "articles"
	kindFiles      = "files"
	kindForms      = "forms"
	kindQuestions  = "questions"
	kindAnswers    = "answers"
	kindStandards  = "standards"
	kindStandard   = "standard"
	kindStatistics = "statistics"
)

var articleQuery = []string{"school", "column", "stage", "town", "since", "until", "updated_since"}

// listQueries are the lists, with the filters that their next page keeps.
var listQueries = map[string][]string{
	kindSchools:    {"q", "stage", "town", "ownership", "status"},
	kindArticles:   articleQuery,
	kindFiles:      articleQuery,
	kindForms:      articleQuery,
	kindQuestions:  articleQuery,
	kindAnswers:    articleQuery,
	kindStandards:  nil,
	kindStatistics: {"from", "to", "by"},
}

// openList lists disclosures, or what is made of them. Only the first page without
// a filter is kept: the others are as many as there are questions.
func openList[V any](s *Site, kind string, read func(Reader, context.Context, ArticleFilter) (V, error)) handler {
	return func(c *echo.Context) (resource, error) {
		f, err := articleFilter(c.QueryParams())
		if err != nil {
			return resource{}, err
		}
		key := ""
		if f == (ArticleFilter{Limit: defaultLimit}) {
			key = "/" + kind
		}
		return resource{kind, key, []string{DistrictTag}, func(ctx context.Context) (any, []string, error) {
			v, err := read(s.reader, ctx, f)
			return v, nil, badCursor(err)
		}}, nil
	}
}

var errBadCursor = badQuery{"cursor", "不是本接口给出的游标，请从第一页重新开始"}

func badCursor(err error) error {
	if errors.Is(err, ErrCursor) {
		return errBadCursor
	}
	return err
}

// articleFilter reads the filters. Since is the first instant of its day and
// Until the first instant after its day, so the days are inclusive.
func articleFilter(q url.Values) (f ArticleFilter, err error) {
	f = ArticleFilter{School: text(q, "school"), Column: text(q, "column"), Stage: text(q, "stage"), Town: text(q, "town")}
	if f.Cursor, f.Limit, err = paging(q, defaultLimit); err != nil {
		return f, err
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
	f.UpdatedSince, err = moment(q, "updated_since")
	return f, err
}

// paging reads where a page begins and how long it is; limit where nothing is said.
func paging(q url.Values, limit int) (string, int, error) {
	cursor := text(q, "cursor")
	if len(cursor) > maxCursor {
		return "", 0, errBadCursor
	}
	raw := text(q, "limit")
	if raw == "" {
		return cursor, limit, nil
	}
	n, err := strconv.Atoi(raw)
	if err != nil || n < 1 || n > maxLimit {
		return "", 0, badQuery{"limit", "条数要是 1 到 100 的整数"}
	}
	return cursor, n, nil
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

// moment reads an instant (RFC 3339), or a date: the instant at which it begins.
func moment(q url.Values, name string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, text(q, name))
	if err == nil && t.Year() >= 1900 && t.Year() <= 2999 {
		return t.UTC(), nil
	}
	if t, err = midnight(q, name, 0); err != nil {
		return t, badQuery{name, "时刻要写成 2026-09-01T08:00:00Z 或者 2026-09-01 的样子"}
	}
	return t, nil
}

// nextPage is the address of the page after this one, same filters, same form.
func nextPage(path, kind, form string, q url.Values, cursor string) string {
	next := url.Values{"cursor": {cursor}}
	for _, name := range append(slices.Clone(listQueries[kind]), "limit", "fields") {
		if v := text(q, name); v != "" {
			next.Set(name, v)
		}
	}
	if form != formJSON {
		next.Set("format", form)
	}
	return path + "?" + next.Encode()
}

func (s *Site) standards(c *echo.Context) (resource, error) {
	cursor, limit, err := paging(c.QueryParams(), defaultLimit)
	if err != nil {
		return resource{}, err
	}
	return resource{kindStandards, "", []string{DistrictTag}, func(ctx context.Context) (any, []string, error) {
		v, err := s.reader.Standards(ctx, cursor, limit)
		return v, nil, badCursor(err)
	}}, nil
}

func (s *Site) standardVersion(c *echo.Context) (resource, error) {
	version := c.Param("version")
	return resource{kindStandard, "/standards/" + version, []string{DistrictTag}, func(ctx context.Context) (any, []string, error) {
		v, err := s.reader.StandardVersion(ctx, version)
		return v, nil, err
	}}, nil
}

// mostDays bounds a series.
const mostDays = 3660

func (s *Site) statistics(c *echo.Context) (resource, error) {
	q := c.QueryParams()
	f := StatisticsFilter{From: text(q, "from"), To: text(q, "to"), By: text(q, "by")}
	from, err := midnight(q, "from", 0)
	if err != nil {
		return resource{}, err
	}
	to, err := midnight(q, "to", 1)
	if err != nil {
		return resource{}, err
	}
	switch {
	case f.From == "" || f.To == "":
	case !from.Before(to):
		return resource{}, badQuery{"to", "结束日期早于开始日期"}
	case to.Sub(from) > mostDays*24*time.Hour:
		return resource{}, badQuery{"to", "一次最多取十年"}
	}
	if f.By == "" {
		f.By = "month"
	}
	if f.By != "day" && f.By != "month" {
		return resource{}, badQuery{"by", "只能是 day 或 month"}
	}
	if f.Cursor, f.Limit, err = paging(q, maxLimit); err != nil {
		return resource{}, err
	}
	return resource{kindStatistics, "", []string{DistrictTag}, func(ctx context.Context) (any, []string, error) {
		v, err := s.reader.Statistics(ctx, f)
		return v, nil, badCursor(err)
	}}, nil
}
