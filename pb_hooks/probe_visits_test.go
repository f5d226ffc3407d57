package pb_hooks_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

func TestVisitsAreCountedByHourAndDay(t *testing.T) {
	s := serve(t)
	s.linking(schoolA, "<p>通知</p>")
	visit := func(hours int) {
		t.Helper()
		s.run("probe-visits")
		for end := time.Now().Add(20 * time.Second); s.rowsOf("probe_hours", "TRUE") < hours; time.Sleep(2 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%d hours were counted, not %d", s.rowsOf("probe_hours", "TRUE"), hours)
			}
		}
	}
	visit(2)
	a, b := s.line("9999990001"), s.line("9999990002")
	if a.Visits != 4 || b.Visits != 3 || a.Failed+b.Failed+a.Slow+b.Slow != 0 || a.Within == 0 { // home, two columns, the one article
		t.Errorf("%+v %+v", a, b)
	}
	s.run("probe-visits") // again in the same hour: nothing
	s.wait(time.Hour)

	// an article without its text cannot be shown
	if _, err := s.app.NonconcurrentDB().Insert("articles", dbx.Params{"id": "brokenarticle00", "school": schoolB, "column": "A0308", "title": "x", "state": "published", "stage": "drafting", "published": "nosuchversion00",
		"published_at": "2026-11-20 04:00:00.000Z", "first_published_at": "2026-11-20 04:00:00.000Z", "created": "2026-11-20 04:00:00.000Z", "updated": "2026-11-20 04:00:00.000Z"}).Execute(); err != nil {
		t.Fatal(err)
	}
	visit(4)
	desk := s.probes(supervisor, "9999990002")
	if len(desk.Days) != 1 || desk.Days[0].Hours != 2 || desk.Days[0].Visits != 3+4 || desk.Days[0].Failed != 1 {
		t.Errorf("the day: %+v", desk.Days)
	}
	if len(desk.Faults) != 1 || desk.Faults[0].Path != "/a/brokenarticle00" || desk.Faults[0].Status != http.StatusNotFound || desk.Faults[0].Hour != "2026-11-23 11" {
		t.Errorf("the fault: %+v", desk.Faults)
	}
	if v := s.today(supervisor, "9999990002"); v.Counts["visits_probed"] != 7 || v.Counts["visits_failed"] != 1 {
		t.Errorf("counted: %v", v.Counts)
	}

	// hours are kept for eight days, days for ever
	s.wait(9 * 24 * time.Hour)
	s.run("probe-visits")
	for end := time.Now().Add(20 * time.Second); s.rowsOf("probe_days", "day = '2026-12-02'") < 2; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("nobody visited after nine days")
		}
	}
	if hours, days := s.rowsOf("probe_hours", "TRUE"), s.rowsOf("probe_days", "TRUE"); hours != 2 || days != 4 {
		t.Errorf("%d hours and %d days are kept", hours, days)
	}
	if _, err := s.app.NonconcurrentDB().NewQuery("DELETE FROM probe_days").Execute(); err == nil {
		t.Error("days that were measured could be deleted")
	}
}

func TestTheNightsRunIsOne(t *testing.T) {
	s := serve(t, func(app core.App) { // a run that the last server did not end
		create(app, "probe_runs", map[string]any{"state": "running", "phase": "pages", "day": "2026-11-22", "last": "", "total": 2})
	})
	for range 2 {
		s.run("probe-links")
	}
	if n := s.rowsOf("probe_runs", "day = '2026-11-23'"); n != 1 {
		t.Errorf("%d runs of the night", n)
	}
	for end := time.Now().Add(20 * time.Second); s.rowsOf("probe_runs", "state = 'done'") < 2; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the runs do not end")
		}
	}
	s.wait(100 * 24 * time.Hour)
	s.run("probe-links")
	if n := s.rowsOf("probe_runs", "TRUE"); n != 1 {
		t.Errorf("%d runs are kept after 100 days", n)
	}
}
