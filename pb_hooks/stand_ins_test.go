package pb_hooks_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// standIn asks for a stand-in; people are named by their addresses.
func (s *server) standIn(as string, fields map[string]any, status int, field, code string) answer {
	s.t.Helper()
	for _, f := range []string{"absent", "stand_in"} {
		if email, ok := fields[f].(string); ok && email != "" {
			fields[f] = s.person(email)
		}
	}
	a := s.do(as, http.MethodPost, "/api/collections/stand_ins/records", fields)
	if a.status != status || field != "" && a.field("data", field, "code") != code {
		s.t.Errorf("as %s: %d, want %d %s: %s", as, a.status, status, code, a.body)
	}
	return a
}

func TestWhoMayStandInForWhom(t *testing.T) {
	s := serve(t)
	gone := s.record("staff", s.person(secondA))
	gone.Set("deactivated_at", now)
	if err := s.app.Save(gone); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, as, absent, standIn, duty, from, until string
		status                                       int
		field, code                                  string
	}{
		{"set by the admin", adminA, reviewerA, nobodyA, "reviewer", "2026-11-23", "2026-11-30", 200, "", ""},
		{"set by the absent person", secrecyA, secrecyA, nobodyA, "secrecy_reviewer", "2026-11-23", "2026-11-23", 200, "", ""},
		{"set by the bureau's admin", bureauAdmin, principalA, nobodyA, "principal", "2026-12-01", "2026-12-10", 200, "", ""},
		{"at the bureau", bureauAdmin, bureauReviewer, supervisor, "reviewer", "2026-11-23", "2026-11-30", 200, "", ""},
		{"180 days", adminA, reviewerA, editorA, "reviewer", "2026-11-23", "2027-05-21", 200, "", ""},
		{"181 days", adminA, reviewerA, principalA, "reviewer", "2026-11-23", "2027-05-22", 400, "until", "until_too_late"},
		{"the same again", adminA, reviewerA, nobodyA, "reviewer", "2026-11-30", "2026-12-30", 400, "stand_in", "stand_in_twice"},
		{"a colleague's, by an editor", editorA, reviewerA, nobodyA, "reviewer", "2026-11-23", "2026-11-30", 403, "", ""},
		{"by the admin of another school", reviewerB, reviewerA, nobodyA, "reviewer", "2026-11-23", "2026-11-30", 403, "", ""},
		{"by the supervisor", supervisor, reviewerA, nobodyA, "reviewer", "2026-11-23", "2026-11-30", 403, "", ""},
		{"by a superuser", root, reviewerA, nobodyA, "reviewer", "2026-11-23", "2026-11-30", 403, "", ""},
		{"by a visitor", "", reviewerA, nobodyA, "reviewer", "2026-11-23", "2026-11-30", 400, "", ""},
		{"the admin makes themselves a reviewer", adminA, reviewerA, adminA, "reviewer", "2026-11-23", "2026-11-30", 403, "", ""},
		{"for oneself", reviewerA, reviewerA, reviewerA, "reviewer", "2026-11-23", "2026-11-30", 403, "", ""},
		{"for oneself, by the admin", adminA, reviewerA, reviewerA, "reviewer", "2026-11-23", "2026-11-30", 400, "stand_in", "stand_in_self"},
		{"somebody of another school", adminA, reviewerA, editorB, "reviewer", "2026-11-23", "2026-11-30", 400, "stand_in", "stand_in_elsewhere"},
		{"somebody of the bureau", bureauAdmin, reviewerA, bureauReviewer, "reviewer", "2026-11-23", "2026-11-30", 400, "stand_in", "stand_in_elsewhere"},
		{"the auditor", bureauAdmin, bureauSecrecy, auditor, "secrecy_reviewer", "2026-11-23", "2026-11-30", 400, "stand_in", "auditor_apart"},
		{"who has left", adminA, reviewerA, secondA, "reviewer", "2026-11-23", "2026-11-30", 400, "stand_in", "stand_in_deactivated"},
		{"for who has left", adminA, secondA, nobodyA, "editor", "2026-11-23", "2026-11-30", 400, "absent", "absent_deactivated"},
		{"a duty that is not held", adminA, reviewerA, editorA, "principal", "2026-11-23", "2026-11-30", 400, "duty", "duty_not_held"},
		{"a duty held as a stand-in only", adminA, nobodyA, editorA, "reviewer", "2026-11-23", "2026-11-30", 400, "duty", "duty_not_held"},
		{"the account manager's duty", bureauAdmin, adminA, nobodyA, "admin", "2026-11-23", "2026-11-30", 400, "duty", "duty_not_handed_on"},
		{"ending before it begins", adminA, reviewerA, principalA, "reviewer", "2026-11-30", "2026-11-29", 400, "until", "until_before_from"},
		{"backdated", adminA, reviewerA, principalA, "reviewer", "2026-11-22", "2026-11-29", 400, "from", "from_past"},
		{"no day of the calendar", adminA, reviewerA, principalA, "reviewer", "2026-11-31", "2026-12-29", 400, "from", "date_wrong"},
		{"without an end", adminA, reviewerA, principalA, "reviewer", "2026-11-23", "", 400, "until", "date_wrong"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inner := &server{t: t, app: s.app, url: s.url, now: s.now}
			before, _ := s.app.CountRecords("stand_ins")
			a := inner.standIn(tt.as, map[string]any{"absent": tt.absent, "stand_in": tt.standIn, "duty": tt.duty, "from": tt.from, "until": tt.until,
				"school": schoolB, "by": s.person(editorB)}, tt.status, tt.field, tt.code)
			after, _ := s.app.CountRecords("stand_ins")
			if (after > before) != (tt.status == 200) {
				t.Errorf("%d became %d", before, after)
			}
			if tt.status == 200 && (a.field("by") != s.person(tt.as) || a.field("school") != s.record("staff", s.person(tt.absent)).GetString("school")) {
				t.Errorf("signed so: %s", a.body)
			}
		})
	}
}

func TestAStandInOnlyEndsEarlier(t *testing.T) {
	s := serve(t)
	a := s.standIn(adminA, map[string]any{"absent": reviewerA, "stand_in": nobodyA, "duty": "reviewer", "from": "2026-11-23", "until": "2026-12-10", "reason": "出差"}, 200, "", "")
	path := "/api/collections/stand_ins/records/" + a.field("id").(string)
	for _, tt := range []struct {
		name, as string
		change   map[string]any
		status   int
	}{
		{"later", adminA, map[string]any{"until": "2026-12-11"}, 400},
		{"another person", adminA, map[string]any{"stand_in": s.person(editorA)}, 400},
		{"another duty", adminA, map[string]any{"duty": "editor"}, 400},
		{"another first day", adminA, map[string]any{"from": "2026-11-24"}, 400},
		{"another reason", adminA, map[string]any{"reason": "病假"}, 400},
		{"another author", adminA, map[string]any{"by": s.person(editorA)}, 400},
		{"no day", adminA, map[string]any{"until": "2026-12-0x"}, 400},
		{"before yesterday", adminA, map[string]any{"until": "2026-11-21"}, 400},
		{"by the stand-in", nobodyA, map[string]any{"until": "2026-11-23"}, 403},
		{"by another school", editorB, map[string]any{"until": "2026-11-23"}, 404},
		{"by a superuser", root, map[string]any{"until": "2026-11-23"}, 403},
		{"earlier", adminA, map[string]any{"until": "2026-11-25"}, 200},
		{"at once, by the absent person", reviewerA, map[string]any{"until": "2026-11-22"}, 200},
	} {
		if a := s.do(tt.as, http.MethodPatch, path, tt.change); a.status != tt.status {
			t.Errorf("%s: %d, want %d: %s", tt.name, a.status, tt.status, a.body)
		}
	}
	if got := s.record("staff", s.person(nobodyA)).GetStringSlice("acts_as"); len(got) != 0 {
		t.Errorf("after its end they act as %v", got)
	}
	for _, as := range []string{adminA, root} {
		if a := s.do(as, http.MethodDelete, path, nil); a.status < 400 {
			t.Errorf("%s deleted it: %d", as, a.status)
		}
	}
}

// The whole story of a reviewer who is away.
func TestAStandInReviewsInTheirPlace(t *testing.T) {
	s := serve(t)
	s.standIn(adminA, map[string]any{"absent": reviewerA, "stand_in": nobodyA, "duty": "reviewer", "from": "2026-11-24", "until": "2026-11-25", "reason": "外出培训"}, 200, "", "")
	told := map[string]string{nobodyA: "请您代理" + reviewerA + "的审核员职责（2026-11-24 至 2026-11-25）", reviewerA: nobodyA + "将代理" + reviewerA + "的审核员职责（2026-11-24 至 2026-11-25）", adminA: ""}
	for email, title := range told {
		n, _ := s.app.FindFirstRecordByFilter("notifications", "staff = {:p} && kind = 'stand_in'", map[string]any{"p": s.person(email)})
		if (n == nil) != (title == "") || n != nil && n.GetString("title") != title {
			t.Errorf("%s was told %v", email, n)
		}
	}
	article, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	approve := map[string]any{"version": version, "action": "approve", "check": fine}
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	s.refused("the day before", nobodyA, article, approve, 400, "", "")

	s.wait(24 * time.Hour)
	step := s.must(nobodyA, article, approve)
	if step.field("by_name") != nobodyA || step.field("for_name") != reviewerA || step.field("duty") != "reviewer" {
		t.Errorf("the record says: %s", step.body)
	}
	s.must(secrecyA, article, map[string]any{"version": version, "action": "clear", "check": clear})
	s.stands(article, "published", "drafting")

	second, version := s.draft(editorA, "A0308", "家长会通知", someText)
	s.must(editorA, second, map[string]any{"version": version, "action": "submit"})
	s.wait(48 * time.Hour)
	s.refused("the day after", nobodyA, second, map[string]any{"version": version, "action": "approve", "check": fine}, 400, "", "")
	if a := s.do(nobodyA, http.MethodGet, "/api/collections/articles/records/"+second, nil); a.status != 404 {
		t.Errorf("and sees it no more: %d", a.status)
	}
	s.must(reviewerA, second, map[string]any{"version": version, "action": "approve", "check": fine})
}

// Who leaves stands in for nobody, and nobody for them; what waited goes on to
// somebody who is there.
func TestWhoLeavesEndsTheirStandIns(t *testing.T) {
	s := serve(t)
	s.standIn(adminA, map[string]any{"absent": reviewerA, "stand_in": nobodyA, "duty": "reviewer", "from": "2026-11-23", "until": "2026-11-30"}, 200, "", "")
	article, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	if a := s.staff(adminA, reviewerA, "deactivate", map[string]any{"reason": "调离"}); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if got := s.record("staff", s.person(nobodyA)).GetStringSlice("acts_as"); len(got) != 0 {
		t.Errorf("acts as %v", got)
	}
	if !s.record("articles", article).GetBool("at_bureau") {
		t.Error("the review waits for somebody who has left")
	}
	s.must(bureauReviewer, article, map[string]any{"version": version, "action": "approve", "check": fine})
}

func TestAStandInWhoLeavesStandsInForNobody(t *testing.T) {
	s := serve(t)
	a := s.standIn(adminA, map[string]any{"absent": secrecyA, "stand_in": nobodyA, "duty": "secrecy_reviewer", "from": "2026-11-23", "until": "2026-11-30"}, 200, "", "")
	for _, do := range []string{"deactivate", "reactivate"} {
		if a := s.staff(adminA, nobodyA, do, map[string]any{"reason": "调离"}); a.status != 200 {
			t.Fatalf("%s: %d %s", do, a.status, a.body)
		}
	}
	until := s.record("stand_ins", a.field("id").(string)).GetString("until")
	if got := s.record("staff", s.person(nobodyA)).GetStringSlice("acts_as"); until != "2026-11-22" || len(got) != 0 {
		t.Errorf("back again, they act as %v; the stand-in lasts until %s", got, until)
	}
}

// What somebody may do changes with the stand-in or not at all: a server that is
// killed in between leaves nobody acting without a record.
func TestAStandInAndWhatItAllowsAreStoredTogether(t *testing.T) {
	s := serve(t)
	stop := errors.New("stopped before the end")
	s.app.OnRecordCreate("notifications").BindFunc(func(*core.RecordEvent) error { return stop })
	s.standIn(adminA, map[string]any{"absent": reviewerA, "stand_in": nobodyA, "duty": "reviewer", "from": "2026-11-23", "until": "2026-11-30"}, 400, "", "")
	made, _ := s.app.CountRecords("stand_ins")
	if got := s.record("staff", s.person(nobodyA)).GetStringSlice("acts_as"); made != 0 || len(got) != 0 {
		t.Errorf("%d stand-ins, acts as %v", made, got)
	}
}
