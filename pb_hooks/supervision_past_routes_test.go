package pb_hooks_test

import (
	"net/http"
	"testing"
)

// What supervision found, asked for and decided is written by its routes only: the
// dashboard of superusers reads it and changes nothing.
func TestNobodyWritesPastTheRoutesOfSupervision(t *testing.T) {
	s := serve(t)
	for _, collection := range []string{"school_days", "district_days", "exemptions", "orders", "order_parts", "order_steps", "order_files", "annual_reports", "annual_steps", "annual_tables",
		"responsible_people", "responsible_steps", "silences", "silence_rounds", "probe_hours", "probe_days", "probe_links", "probe_runs", "score_weights", "score_cards", "score_findings",
		"score_objections", "score_decisions", "registry_sources", "registry_runs", "registry_lines", "registry_choices", "import_batches", "import_items", "old_addresses",
		"push_subscribers", "push_deliveries", "push_attempts", "push_outcomes", "push_feed"} {
		for _, who := range []string{root, supervisor, principalA} {
			if a := s.do(who, http.MethodPost, recordAPI+collection+"/records", map[string]any{}); a.status != http.StatusForbidden {
				t.Errorf("%s writes %s: %d %s", who, collection, a.status, a.body)
			}
		}
	}
}

// From one day to the next the count of a live look would tell how the one person who
// wrote in between was satisfied.
func TestALiveLookTellsNothingOfWhoWasSatisfied(t *testing.T) {
	s := serve(t)
	s.fillLetters(60)
	v := s.today(principalA, "")
	if v.Counts["ratings"] == 0 {
		t.Fatalf("nobody has rated: %v", v.Counts)
	}
	if _, told := v.Counts["ratings_satisfied"]; told || len(v.Counts) == 0 {
		t.Errorf("told: %v", v.Counts)
	}
}
