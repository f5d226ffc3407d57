package pb_hooks_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/altcha"
)

// solved asks for a challenge and solves it, as a browser does.
func (s *server) solved() string {
	s.t.Helper()
	a := s.get("/api/app/challenge")
	var c altcha.Challenge
	if err := json.Unmarshal([]byte(a.body), &c); err != nil || a.status != http.StatusOK {
		s.t.Fatalf("ask for a challenge: %d %s %v", a.status, a.body, err)
	}
	text, err := altcha.Solve(c)
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

// trial files something through the doors.
func (s *server) trial(fields ...string) answer {
	s.t.Helper()
	v := url.Values{"subject": {"供餐"}}
	for i := 0; i < len(fields); i += 2 {
		v.Set(fields[i], fields[i+1])
	}
	return s.do("", http.MethodPost, "/api/app/trial?"+v.Encode(), nil)
}

func TestChallengeIsForEverybody(t *testing.T) {
	s := serve(t)
	for _, who := range viewers {
		a := s.do(who, http.MethodGet, "/api/app/challenge", nil)
		p, ok := a.field("parameters").(map[string]any)
		if a.status != http.StatusOK || a.header.Get("Cache-Control") != "no-store" || !ok {
			t.Fatalf("%q: %d %v %s", who, a.status, a.header, a.body)
		}
		if p["algorithm"] != "SHA-256" || p["expiresAt"] != float64(now.Add(20*time.Minute).Unix()) || len(a.body) > 600 {
			t.Errorf("%q: %s", who, a.body)
		}
	}
	one, another := s.get("/api/app/challenge"), s.get("/api/app/challenge")
	if one.body == another.body {
		t.Error("two challenges are the same")
	}
}

func TestChallengesArePaced(t *testing.T) {
	s := serve(t)
	for range 60 {
		if a := s.get("/api/app/challenge"); a.status != http.StatusOK {
			t.Fatal(a.status)
		}
	}
	if a := s.get("/api/app/challenge"); a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") != "1" || !a.has("请 1 秒后再试") {
		t.Errorf("the next: %d %v %s", a.status, a.header, a.body)
	}
	s.wait(time.Minute)
	if a := s.get("/api/app/challenge"); a.status != http.StatusOK {
		t.Errorf("a minute later: %d", a.status)
	}
}

func TestProofLetsOneFilingIn(t *testing.T) {
	s := serve(t, pb_hooks.BindTrial)
	proof := s.solved()
	if a := s.trial("key", "1", "proof", proof, "subject", ""); a.status != http.StatusBadRequest || a.field("data", "proof") != nil {
		t.Fatalf("with a wrong field: %d %s", a.status, a.body)
	}
	for _, when := range []string{"corrected", "sent again after its answer was lost"} {
		if a := s.trial("key", "1", "proof", proof); a.status != http.StatusNoContent {
			t.Errorf("%s: %d %s", when, a.status, a.body)
		}
	}
	for want, a := range map[string]answer{
		"proof_spent":   s.trial("key", "2", "proof", proof),
		"proof_invalid": s.trial("key", "2", "proof", strings.ToLower(s.solved())),
		"proof_missing": s.trial("key", "2"),
		"proof_expired": func() answer {
			old := s.solved()
			s.wait(20*time.Minute + time.Second)
			return s.trial("key", "2", "proof", old)
		}(),
	} {
		if a.status != http.StatusBadRequest || a.field("data", "proof", "code") != want || !strings.ContainsAny(a.body, "验") {
			t.Errorf("%s: %d %s", want, a.status, a.body)
		}
	}
}

func TestProofOutlivesARestart(t *testing.T) {
	s := serve(t, pb_hooks.BindTrial)
	proof := s.solved()
	again := serve(t, pb_hooks.BindTrial) // the same database: a clone of the same template
	if a := again.trial("key", "1", "proof", proof); a.status != http.StatusNoContent {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestFilingsArePaced(t *testing.T) {
	s := serve(t, pb_hooks.BindTrial)
	district := s.record("districts", "district0000000")
	if district.GetInt("filings_per_hour") != 60 {
		t.Errorf("a district begins with %d", district.GetInt("filings_per_hour"))
	}
	set := func(perHour int) {
		district.Set("filings_per_hour", perHour)
		if err := s.app.Save(district); err != nil {
			t.Fatal(err)
		}
	}
	set(6)
	for n := range 2 {
		if a := s.trial("key", fmt.Sprint(n), "proof", s.solved()); a.status != http.StatusNoContent {
			t.Fatal(a.status, a.body)
		}
	}
	proof := s.solved()
	if a := s.trial("key", "3", "proof", proof); a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") != "600" || !a.has("请 10 分钟后再试") {
		t.Errorf("the third: %d %v %s", a.status, a.header, a.body)
	}
	s.wait(10 * time.Minute)
	if a := s.trial("key", "3", "proof", proof); a.status != http.StatusNoContent {
		t.Errorf("when it said: %d %s", a.status, a.body)
	}
	set(0)
	for n := range 20 {
		if a := s.trial("key", fmt.Sprint("x", n), "proof", s.solved()); a.status != http.StatusNoContent {
			t.Fatalf("without a limit: %d %s", a.status, a.body)
		}
	}
}

func TestContactsArePaced(t *testing.T) {
	s := serve(t, pb_hooks.BindTrial)
	file := func(n int, contact string) answer {
		return s.trial("key", fmt.Sprint(contact, n), "proof", s.solved(), "contact", contact)
	}
	for n := range 5 {
		if a := file(n, "h1.aa"); a.status != http.StatusNoContent {
			t.Fatal(a.status, a.body)
		}
	}
	if a := file(5, "h1.aa"); a.status != http.StatusTooManyRequests || !a.has("联系方式", "请 5 小时后再试") {
		t.Errorf("the sixth of a day: %d %s", a.status, a.body)
	}
	for n, contact := range []string{"h1.bb", "", "", "", "", "", ""} {
		if a := file(n, contact); a.status != http.StatusNoContent {
			t.Errorf("contact %q: %d %s", contact, a.status, a.body)
		}
	}
}

func TestWrongCodesAreThrottledAndTellNothing(t *testing.T) {
	for _, number := range []string{"1", "no-such-number"} {
		s := serve(t, pb_hooks.BindTrial)
		var got []string
		for range 12 {
			a := s.get("/api/app/trial/" + number + "/wrong")
			got = append(got, fmt.Sprint(a.status, a.header.Get("Retry-After"), a.field("message")))
		}
		const refused = "42915编号或查询码输错次数过多，请 15 秒后再试。"
		want := append(slices.Repeat(got[:1], 10), refused, refused)
		if !strings.HasPrefix(got[0], "404") || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("number %s:\ngot  %v\nwant %v", number, got, want)
		}
		if a := s.get("/api/app/trial/1/right"); a.status != http.StatusTooManyRequests {
			t.Errorf("the right code meanwhile: %d", a.status)
		}
		s.wait(15 * time.Second)
		if a := s.get("/api/app/trial/1/right"); a.status != http.StatusNoContent {
			t.Errorf("the right code after the wait: %d", a.status)
		}
		s.get("/api/app/trial/2/wrong")
		if a := s.get("/api/app/trial/2/wrong"); a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") != "30" {
			t.Errorf("a right code paid for wrong ones: %d %s", a.status, a.header.Get("Retry-After"))
		}
	}
}
