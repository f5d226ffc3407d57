package site

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// refusedAs holds an answer to an address that asks too often to the contract.
func refusedAs(t *testing.T, path string, w *httptest.ResponseRecorder) {
	t.Helper()
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || w.Header().Get("Retry-After") == "0" {
		t.Errorf("got %d and Retry-After %q, want 429 and some seconds", w.Code, w.Header().Get("Retry-After"))
	}
	value, _ := jsonschema.UnmarshalJSON(w.Body)
	if err := readContract(t).responseSchema(t, path, 429, "application/problem+json").Validate(value); err != nil {
		t.Error(err)
	}
}

func TestTooManySearchesAreRefusedAsDocumented(t *testing.T) {
	f := newFake()
	f.district.SearchPerMinute = 1
	s := newSite(t, f)
	get(t, s, "/open/v1/search?q=x")
	refusedAs(t, "/open/v1/search", ask(t, s, http.MethodGet, "/open/v1/search?q=x"))
}

// Every answer of the open data tells what is left, also those that come from the
// cache; pages do not count.
func TestOpenDataIsPacedByAddress(t *testing.T) {
	f := newFake()
	f.district.OpenPerMinute = 60
	s := newSite(t, f)
	at := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return at }
	for left := 59; left >= 0; left-- {
		if left%10 == 0 {
			get(t, s, "/schools")
		}
		h := get(t, s, "/open/v1/schools").Header()
		if policy, limit := h.Get("RateLimit-Policy"), h.Get("RateLimit"); policy != `"open";q=60;w=60` || limit != `"open";r=`+itoa(left)+`;t=`+itoa(60-left) {
			t.Fatalf("got %s and %s with %d left", policy, limit, left)
		}
	}
	w := ask(t, s, http.MethodGet, "/open/v1/articles")
	if got := w.Header().Get("RateLimit"); got != `"open";r=0;t=60` || w.Header().Get("Retry-After") != "1" || w.Header().Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("got %s and %v", got, w.Header())
	}
	refusedAs(t, "/open/v1/articles", w)
	get(t, s, "/schools")
	at = at.Add(time.Second)
	get(t, s, "/open/v1/articles")
	var p Problem
	_ = json.Unmarshal(ask(t, s, http.MethodGet, "/open/v1/articles").Body.Bytes(), &p)
	if p.Detail != "读取太频繁了，请稍等一分钟再试" {
		t.Errorf("got %+v", p)
	}
}
