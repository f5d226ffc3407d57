package pb_hooks_test

import (
	"net/http"
	"slices"
	"testing"

	"gongkai/pb_hooks/foi"
)

// A merger moves what is open; it changes no sum of the district, whoever's the
// figure is afterwards.
func TestAMergerChangesNoSum(t *testing.T) {
	s := serveRequests(t)
	request, _, _ := s.filed()
	s.mustAct(clerkA, request, "register", map[string]any{"confirmed": dayOf(*s.now.Load())})
	s.filed()
	s.store(schoolA, foi.ClassLegal, received("2026-11-02", "2026-11-03"))
	s.store(schoolB, foi.ClassLegal, received("2026-11-04", ""))
	query := "?from=2026-01-01&to=2026-12-31"
	before := s.statistics(supervisor, query)
	s.mustPost(bureauAdmin, schoolFileA+"/ending", merging(nil))
	after, a, b := s.statistics(supervisor, query), s.statistics(supervisor, query+"&school=9999990001"), s.statistics(supervisor, query+"&school=9999990002")
	for _, name := range []string{"table3", "table4"} {
		for id, row := range before.table(name) {
			if got := after.table(name)[id]; !slices.Equal(got, row) {
				t.Errorf("%s, %s: %v before, %v after", name, id, row, got)
			}
			for i, figure := range row {
				if sum := a.table(name)[id][i] + b.table(name)[id][i]; sum != figure {
					t.Errorf("%s, %s column %d: the district %d, its schools %d", name, id, i+1, figure, sum)
				}
			}
		}
	}
	for _, path := range []string{"/api/app/scores", "/api/app/scores/9999990001", "/api/app/supervision/overview", "/api/app/supervision/heat", "/api/app/supervision/schools/9999990001", "/api/app/supervision/statistics?from=2026-11-01&to=2026-11-23",
		"/api/app/annual-reports", "/api/app/inquiries/overview", "/api/app/responsibility/overview"} {
		if a := s.do(supervisor, http.MethodGet, path, nil); a.status >= 500 || a.status == http.StatusBadRequest && !a.has("请") {
			t.Errorf("%s after a school ended: %d %.300s", path, a.status, a.body)
		}
	}
	if a := s.get("/figures"); a.status != http.StatusOK {
		t.Errorf("the figures: %d", a.status)
	}
}
