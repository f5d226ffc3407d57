package site

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestBadQueriesNameTheField(t *testing.T) {
	s := newSite(t, newFake())
	for target, field := range map[string]string{
		"/open/v1/articles?limit=0":                             "limit",
		"/open/v1/articles?limit=101":                           "limit",
		"/open/v1/articles?limit=-1":                            "limit",
		"/open/v1/articles?limit=abc":                           "limit",
		"/open/v1/articles?limit=1e9":                           "limit",
		"/open/v1/articles?since=2026-13-45":                    "since",
		"/open/v1/articles?since=0000-01-01":                    "since",
		"/open/v1/articles?until=2026-02-30":                    "until",
		"/open/v1/articles?until=9999-12-31":                    "until",
		"/open/v1/articles?since=2026-02-02&until=2026-02-01":   "until",
		"/open/v1/articles?cursor=garbage":                      "cursor",
		"/open/v1/articles?cursor=" + strings.Repeat("x", 1000): "cursor",
		"/open/v1/articles?format=xml":                          "format",
		"/open/v1/articles?fields=title,headline":               "fields",
		"/open/v1/articles?fields=title&format=csv":             "fields",
		"/open/v1/articles/a1?fields=title":                     "fields",
		"/open/v1/articles?updated_since=2026-09":               "updated_since",
		"/open/v1/statistics?from=2026-09-02&to=2026-09-01":     "to",
		"/open/v1/statistics?from=2001-09-02&to=2026-09-01":     "to",
		"/open/v1/schools?limit=0":                              "limit",
		"/open/v1/articles/a1?format=csv":                       "format",
		"/open/v1/articles?school=%zz":                          "query",
		"/open/v1/district?x=%zz":                               "query",
		"/open/v1/schools?q=" + strings.Repeat("x", 10<<10):     "query",
		"/open/v1/search?q=x&page=-1":                           "page",
		"/open/v1/search?q=x&to=2026-9-1":                       "to",
	} {
		w := ask(t, s, http.MethodGet, target)
		var p Problem
		_ = json.Unmarshal(w.Body.Bytes(), &p)
		if w.Code != 400 || p.Status != 400 || p.Field != field || p.Type != "urn:gongkai:problem:bad_query" || w.Header().Get("Content-Type") != "application/problem+json; charset=utf-8" {
			t.Errorf("%.80s: got %d %+v, want a problem with the field %s", target, w.Code, p, field)
		}
	}
}

func TestUnknownAddressesAndMethodsAreProblems(t *testing.T) {
	s := newSite(t, newFake())
	for request, want := range map[string]int{"GET /open/v1/nothing": 404, "GET /open/v2/articles": 404, "POST /open/v1/articles": 405, "DELETE /open/v1/articles/a1": 405} {
		method, path, _ := strings.Cut(request, " ")
		w := ask(t, s, method, path)
		var p Problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != want || p.Status != want || p.Detail == "" {
			t.Errorf("%s: got %d %+v, want %d", request, w.Code, p, want)
		}
	}
}

func TestDaysAreInclusiveInTheDistrictsTime(t *testing.T) {
	f, err := articleFilter(url.Values{"since": {"2026-01-02"}, "until": {"2026-01-02"}})
	if err != nil {
		t.Fatal(err)
	}
	since, until := time.Date(2026, 1, 1, 16, 0, 0, 0, time.UTC), time.Date(2026, 1, 2, 16, 0, 0, 0, time.UTC)
	if !f.Since.Equal(since) || !f.Until.Equal(until) {
		t.Errorf("got %v to %v, want %v to %v", f.Since, f.Until, since, until)
	}
}

func TestTheNextLinkLeadsThroughEveryArticleOnce(t *testing.T) {
	for _, form := range []string{formJSON, formCSV} {
		s := newSite(t, newFake())
		target, pages := "/open/v1/articles?limit=2&school=shifan&format="+form+"&unknown=1", 0
		for target != "" && pages < 10 {
			link := get(t, s, target).Header().Get("Link")
			pages++
			target, _ = strings.CutSuffix(strings.TrimPrefix(link, "<https://gongkai.example"), `>; rel="next"`)
			if target != "" && (!strings.Contains(target, "limit=2&school=shifan") || strings.Contains(target, "unknown")) {
				t.Fatalf("%s: got %s, want the same filters", form, target)
			}
		}
		if pages != 2 {
			t.Errorf("%s: got %d pages of two, want 2 for 4 articles", form, pages)
		}
	}
}

func TestHeadAndConditionalRequestsSendNoBody(t *testing.T) {
	server := httptest.NewServer(newSite(t, newFake()))
	defer server.Close()
	for _, targets := range calls {
		for target, status := range targets {
			if status != 200 {
				continue
			}
			head, err := http.Head(server.URL + target)
			if err != nil {
				t.Fatal(err)
			}
			if head.StatusCode != 200 || head.Header.Get("Etag") == "" {
				t.Errorf("HEAD %s: got %d, want 200 with an ETag", target, head.StatusCode)
			}
			r, _ := http.NewRequest(http.MethodGet, server.URL+target, nil)
			r.Header.Set("If-None-Match", head.Header.Get("Etag"))
			again, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(again.Body)
			again.Body.Close()
			if again.StatusCode != 304 || len(body) != 0 {
				t.Errorf("%s: got %d and %d bytes, want 304 and none", target, again.StatusCode, len(body))
			}
		}
	}
}

func TestFormsAreKeptApartAndFilteredListsAreNotKept(t *testing.T) {
	f := newFake()
	s := newSite(t, f)
	for range 2 {
		get(t, s, "/open/v1/articles")
		get(t, s, "/open/v1/articles?limit=20&format=json")
		if w := get(t, s, "/open/v1/articles", "Accept", "text/csv"); !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") {
			t.Errorf("got %s, want CSV beside the JSON that is kept", w.Header().Get("Content-Type"))
		}
	}
	if got := f.count("Articles"); got != 2 {
		t.Errorf("got %d questions for the first page, want one for each form", got)
	}
	get(t, s, "/open/v1/articles?school=shifan")
	get(t, s, "/open/v1/articles?school=shifan")
	if got := f.count("Articles"); got != 4 {
		t.Errorf("got %d questions, want one for each filtered list", got)
	}
	s.Drop(DistrictTag)
	get(t, s, "/open/v1/articles")
	if got := f.count("Articles"); got != 5 {
		t.Errorf("got %d questions, want a new one after the district changed", got)
	}
}

func TestPagesOfOtherSitesMayRead(t *testing.T) {
	s := newSite(t, newFake())
	for _, request := range []string{"GET /open/v1/articles", "GET /open/v1/articles?format=csv", "GET /open/v1/articles/nothing", "GET /open/v1/openapi.json", "OPTIONS /open/v1/articles/a1"} {
		method, target, _ := strings.Cut(request, " ")
		if got := ask(t, s, method, target, "Origin", "https://other.example").Header().Get("Access-Control-Allow-Origin"); got != "*" {
			t.Errorf("%s: got allowed origin %q, want *", request, got)
		}
	}
	w := ask(t, s, http.MethodOptions, "/open/v1/articles", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "if-none-match")
	if w.Code != 204 || !strings.Contains(w.Header().Get("Access-Control-Allow-Headers"), "If-None-Match") || strings.Contains(w.Header().Get("Access-Control-Allow-Methods"), "POST") {
		t.Errorf("got %d %v, want 204 that lets others read", w.Code, w.Header())
	}
	if w := ask(t, s, http.MethodOptions, "/schools"); w.Header().Get("Access-Control-Allow-Origin") != "" || w.Header().Get("Allow") == "" {
		t.Errorf("got %v, want a page to say what is allowed and nothing to other sites", w.Header())
	}
}

func TestListsAreNeverNullAndTheReadersDataIsNotTouched(t *testing.T) {
	view := ColumnPage{Facts: &Table{Rows: [][]string{nil}}}
	raw, err := encode(view)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"siblings":[]`, `"stages":[]`, `"head":[]`, `"rows":[[]]`, `"article":null`} {
		if !bytes.Contains(raw, []byte(want)) {
			t.Errorf("got %s, want %s in it", raw, want)
		}
	}
	if view.Facts.Rows[0] != nil || view.Facts.Head != nil {
		t.Error("encode changed the view it was given")
	}
}
