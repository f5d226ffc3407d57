package pb_hooks_test

import (
	"testing"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/scorecard"
)

// What the platform saw of the site itself counts once it has looked often enough;
// before that it is not measured.
func TestProbesCountOnceTheyHaveLooked(t *testing.T) {
	s := serve(t)
	line := func(code scorecard.Code) scorecard.Line {
		l, _ := s.card(supervisor, "9999990001", "").Card.Line(code)
		return l
	}
	for _, code := range []scorecard.Code{"V2", "D10", "D11", "D18"} {
		if l := line(code); l.Measured || l.Points != 0 || l.Veto {
			t.Errorf("%s before anything was looked at: %+v", code, l)
		}
	}
	for day, failed := range map[string]int{"2026-11-15": 100, "2026-11-16": 4, "2026-11-22": 2} { // the 15th is eight days ago
		s.insert("probe_days", dbx.Params{"school": schoolA, "day": day, "visits": 60, "failed": failed, "slow": 7, "hours": 24})
	}
	s.insert("probe_runs", dbx.Params{"state": "done", "phase": "external", "day": "2026-11-22", "finished_at": "2026-11-22 20:00:00.000Z"})
	for _, l := range []dbx.Params{{"place": "home", "kind": "internal", "state": "broken"}, {"place": "body", "kind": "external", "state": "broken"}, {"place": "file", "kind": "file", "state": "broken"},
		{"place": "body", "kind": "intranet", "state": "foreign"}, {"place": "whole", "kind": "wechat", "state": "foreign"}, {"place": "facts", "kind": "external", "state": "suspect"}} {
		l["school"], l["url"], l["found_at"] = schoolA, "http://10.0.0.1/"+l["place"].(string)+l["kind"].(string), "2026-11-20 20:00:00.000Z"
		s.insert("probe_links", l)
	}
	if l := line("V2"); !l.Veto || l.Items[0].Label != "近七天访问 120 次，失败 6 次" {
		t.Errorf("a twentieth failed: %+v", l)
	}
	for code, points := range map[scorecard.Code]scorecard.Points{"D10": 31, "D11": 30, "D18": 20} { // 1 + 0.1 + 2; 2 + 1; 2
		if l := line(code); l.Points != points || len(l.Items) == 0 {
			t.Errorf("%s costs %s: %+v", code, l.Points, l)
		}
	}
	if l, _ := s.card(supervisor, "9999990002", "").Card.Line("V2"); l.Measured {
		t.Error("a school that was not visited is measured")
	}
}
