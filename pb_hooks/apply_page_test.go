package pb_hooks_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestThePageSaysThePeriodsAndTheModeInForce(t *testing.T) {
	s := serve(t)
	const page = "/s/9999990001/apply"
	says := func(words string) {
		t.Helper()
		if a := s.do("", http.MethodGet, page, nil); a.status != http.StatusOK || !strings.Contains(a.body, words) {
			t.Errorf("%d, the page does not say %q", a.status, words)
		}
	}
	says("20 个工作日内答复") // and is kept now
	create(s.app, "foi_terms", map[string]any{"valid_from": "2026-11-25", "answer": 15, "extend": 10, "correction_notice": 7, "correction": 10,
		"correction_min": 5, "correction_max": 60, "third_party": 15, "other_organ": 15, "confirm": 1, "archive": 10, "supplement": 10, "yellow": 5, "orange": 2})
	says("20 个工作日内答复") // not before their day
	s.wait(48 * time.Hour)
	says("15 个工作日内答复")
	says("最多再加 10 个工作日")

	district, err := s.app.FindFirstRecordByFilter("districts", "id != ''")
	if err != nil {
		t.Fatal(err)
	}
	district.Set("foi_mode", "consultation")
	if err := s.app.Save(district); err != nil {
		t.Fatal(err)
	}
	says("按咨询办理")
}
