package pb_hooks_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/figures"
)

func TestAPeriodIsCountedBetweenTwoEvenings(t *testing.T) {
	s := serve(t)
	day := func(day string, a, b figures.Counts) {
		s.kept(day, map[string]figures.Counts{schoolA: a, schoolB: b})
	}
	day("2026-09-30", figures.Counts{"items_published": 10, "items_public": 9, "ratings": 4, "ratings_satisfied": 4}, figures.Counts{"items_published": 100, "ratings": 30, "ratings_satisfied": 20})
	day("2026-10-15", figures.Counts{"items_published": 14, "items_public": 12, "ratings": 5, "ratings_satisfied": 5}, figures.Counts{"items_published": 103, "ratings": 31, "ratings_satisfied": 21})
	day("2026-10-31", figures.Counts{"items_published": 15, "items_public": 8, "ratings": 6, "ratings_satisfied": 5}, figures.Counts{"items_published": 120, "ratings": 50, "ratings_satisfied": 38})
	path := "/api/app/supervision/statistics"
	v := drawn[pb_hooks.PeriodStatistics](s, supervisor, "statistics?from=2026-10-01&to=2026-10-31")
	if v.Since != "2026-09-30" || v.Until != "2026-10-31" || len(v.Schools) != 2 {
		t.Fatalf("%+v", v)
	}
	a, b := v.Schools[0].Counts, v.Schools[1].Counts
	if a["items_published"] != 5 || a["items_public"] != 8 || b["items_published"] != 20 || v.Sum["items_published"] != 25 {
		t.Errorf("A %v, B %v, sum %v", a, b, v.Sum)
	}
	// two people rated A: how is not said, also not by the sum less B
	if _, shown := a["ratings_satisfied"]; shown || !v.Hidden || a["ratings"] != 2 || b["ratings_satisfied"] != 18 {
		t.Errorf("ratings of A %v, of B %v", a, b)
	}
	if _, shown := v.Sum["ratings_satisfied"]; shown {
		t.Errorf("the sum less B tells of A: %v", v.Sum)
	}
	// from before anything was kept: what the first evening had counted is of no period
	if early := drawn[pb_hooks.PeriodStatistics](s, supervisor, "statistics?from=2020-01-01&to=2026-10-20&school=9999990001"); early.Since != "" || early.Sum["items_published"] != 4 || len(early.Schools) != 1 {
		t.Errorf("%+v", early)
	}
	if town := drawn[pb_hooks.PeriodStatistics](s, supervisor, "statistics?town=%E8%A5%BF%E6%B9%96%E9%95%87"); len(town.Schools) != 1 || town.Schools[0].School.Code != "9999990002" {
		t.Errorf("of a town: %+v", town.Schools)
	}
	for ask, field := range map[string]string{"from=2026-10-31&to=2026-10-01": "to", "from=2026-02-30": "from", "school=1": "school", "stage=x": "stage"} {
		if a := s.do(supervisor, http.MethodGet, path+"?"+ask, nil); a.status != http.StatusBadRequest || a.field("data", field) == nil {
			t.Errorf("%s: %d %s", ask, a.status, a.body)
		}
	}
	file := s.do(supervisor, http.MethodGet, path+".xlsx?from=2026-10-01&to=2026-10-31", nil)
	if file.status != http.StatusOK || !strings.HasPrefix(file.body, "PK") {
		t.Errorf("the workbook: %d", file.status)
	}
}

func TestStatisticsAreSeenByTheSchoolAndTheBureau(t *testing.T) {
	s := serve(t)
	for _, suffix := range []string{"", ".xlsx"} {
		for _, who := range viewers {
			for school, code := range map[string]string{schoolA: "9999990001", schoolB: "9999990002"} {
				a := s.do(who, http.MethodGet, "/api/app/supervision/statistics"+suffix+"?school="+code, nil)
				may := slices.Contains([]string{supervisor, bureauReviewer, bureauAdmin, auditor}, who) || who != "" && who != root && s.record("staff", s.person(who)).GetString("school") == school
				if may != (a.status == http.StatusOK) {
					t.Errorf("%q asks for %s%s: %d %s", who, code, suffix, a.status, a.body)
				}
			}
		}
	}
}
