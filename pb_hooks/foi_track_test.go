package pb_hooks_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"
)

// follows asks for something as an applicant who has number and code.
func (s *server) follows(number, code, what string, with map[string]any) answer {
	s.t.Helper()
	body := map[string]any{"number": number, "code": code}
	maps.Copy(body, with)
	path := "/api/app/track"
	if what != "" {
		path += "/" + what
	}
	return s.do("", http.MethodPost, path, body)
}

// Whoever has number and code sees the request, whoever they are; nobody else is
// told whether the number exists.
func TestARequestIsTrackedByNumberAndCode(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.filed()
	typed := strings.ToLower(number[:6]) + " " + number[7:]
	for _, who := range viewers {
		a := s.do(who, http.MethodPost, "/api/app/track", map[string]any{"number": typed, "code": strings.ToLower(code[:4]) + "-" + code[4:]})
		if a.status != http.StatusOK || a.header.Get("Cache-Control") != "no-store" || a.field("number") != number {
			t.Fatalf("%q: %d %v %s", who, a.status, a.header, a.body)
		}
		if a.has("张三丰") || a.has("13800138000") || a.has("zhang@example.cn") || a.has("E12345678") {
			t.Errorf("%q is told who applied: %s", who, a.body)
		}
	}
	a := s.follows(number, code, "", nil)
	if a.field("state") != "submitted" || a.field("application", "person", "name") != "张**" || a.field("may", "withdraw") != true || a.field("may", "rate") != false ||
		a.field("left") != nil || a.field("school_code") != "9999990001" || len(a.field("history").([]any)) != 1 {
		t.Errorf("the view: %s", a.body)
	}
	desk, row := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil), s.lastRow()
	if s.follows(number, code, "", nil); s.lastRow() != row || s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil).body != desk.body {
		t.Error("looking at it changes what the clerk sees")
	}
	wrong := s.follows(number, "AAAABBBB", "", nil)
	if wrong.status != http.StatusNotFound || !wrong.has("受理编号或者查询码不正确") || wrong.header.Get("Cache-Control") != "no-store" {
		t.Errorf("a wrong code: %d %s", wrong.status, wrong.body)
	}
	for what, other := range map[string]answer{
		"a number that nobody has":   s.follows("SQ2026-99999", code, "", nil),
		"a number before all others": s.follows("A", code, "", nil),
		"nothing":                    s.follows("", "", "", nil),
		"a very long one":            s.follows(strings.Repeat(number, 1000), code, "", nil),
	} {
		if other.status != wrong.status || other.body != wrong.body {
			t.Errorf("%s: %d %s", what, other.status, other.body)
		}
	}
}

// The code of one case opens no other.
func TestACodeOpensItsOwnRequestOnly(t *testing.T) {
	s := serveRequests(t)
	_, one, codeOfOne := s.filed()
	_, two, codeOfTwo := s.filed()
	if one == two || codeOfOne == codeOfTwo {
		t.Fatal(one, two)
	}
	for _, pair := range [][2]string{{one, codeOfTwo}, {two, codeOfOne}} {
		if a := s.follows(pair[0], pair[1], "", nil); a.status != http.StatusNotFound {
			t.Errorf("%v: %d", pair, a.status)
		}
	}
}

// Guesses become slow, at numbers that exist as at others; the right code takes
// its try back.
func TestGuessesOfACodeAreThrottled(t *testing.T) {
	s := serveRequests(t)
	_, number, code := s.filed()
	for range 30 {
		if a := s.follows(number, code, "", nil); a.status != http.StatusOK {
			t.Fatalf("the right code is held up: %d %s", a.status, a.body)
		}
	}
	refused := 0
	for range 15 {
		if a := s.follows(number, "AAAABBBB", "", nil); a.status == http.StatusTooManyRequests && a.header.Get("Retry-After") != "" {
			refused++
		}
	}
	if refused == 0 {
		t.Error("nobody is held up")
	}
	if a := s.follows(number, code, "", nil); a.status != http.StatusTooManyRequests {
		t.Errorf("the right code while held up: %d", a.status)
	}
	s.wait(time.Hour)
	if a := s.follows(number, code, "", nil); a.status != http.StatusOK {
		t.Errorf("an hour later: %d %s", a.status, a.body)
	}
}
