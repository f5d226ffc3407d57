package pb_hooks_test

import (
	"net/http"
	"testing"
	"time"
)

func (s *server) withToken(token, method, path string) answer {
	s.t.Helper()
	req, err := http.NewRequest(method, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", token)
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := readAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, raw}
}

// What a manager may change of an account, over the record API.
func TestWhatAManagerMayChange(t *testing.T) {
	s := serve(t)
	pass := map[string]any{"password": "New-pass-2026", "passwordConfirm": "New-pass-2026"}
	for _, tt := range []struct {
		name, as, whom string
		change         map[string]any
		status         int
		field, code    string
	}{
		{"name and duties", adminA, nobodyA, map[string]any{"name": "王老师", "duties": []string{"editor", "clerk"}}, 200, "", ""},
		{"one's own name", adminA, adminA, map[string]any{"name": "李老师", "duties": []string{"admin"}}, 200, "", ""},
		{"the bureau's admin, at a school", bureauAdmin, editorB, map[string]any{"duties": []string{"editor", "officer"}}, 200, "", ""},
		{"one's own duties", adminA, adminA, map[string]any{"duties": []string{"admin", "reviewer"}}, 403, "", ""},
		{"one's own duties, at the bureau", bureauAdmin, bureauAdmin, map[string]any{"duties": []string{"admin", "auditor"}}, 403, "", ""},
		{"another school", adminA, editorB, map[string]any{"name": "x"}, 404, "", ""},
		{"the bureau, by a school", adminA, bureauReviewer, map[string]any{"name": "x"}, 404, "", ""},
		{"by an editor", editorA, secondA, map[string]any{"name": "x"}, 404, "", ""},
		{"by oneself", editorA, editorA, map[string]any{"duties": []string{"reviewer"}}, 404, "", ""},
		{"by the supervisor", supervisor, editorA, map[string]any{"name": "x"}, 404, "", ""},
		{"by the auditor", auditor, editorA, map[string]any{"name": "x"}, 404, "", ""},
		{"by a visitor", "", editorA, map[string]any{"name": "x"}, 404, "", ""},
		{"a supervisor at a school", bureauAdmin, editorA, map[string]any{"duties": []string{"supervisor"}}, 400, "duties", "duty_elsewhere"},
		{"an auditor with something else", bureauAdmin, auditor, map[string]any{"duties": []string{"auditor", "supervisor"}}, 400, "duties", "auditor_apart"},
		{"the same, by a superuser", root, auditor, map[string]any{"duties": []string{"auditor", "supervisor"}}, 400, "duties", "auditor_apart"},
		{"a password", adminA, editorA, pass, 400, "password", "password_is_own"},
		{"a password, by the bureau", bureauAdmin, editorA, pass, 400, "password", "password_is_own"},
		{"the address of somebody who has signed in", adminA, editorA, map[string]any{"email": "evil@x.cn"}, 400, "email", "email_in_use"},
		{"the school", bureauAdmin, editorA, map[string]any{"school": schoolB}, 400, "school", "school_is_final"},
		{"the school, by a superuser", root, editorA, map[string]any{"school": schoolB}, 400, "school", "school_is_final"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := s.record("staff", s.person(tt.whom))
			a := s.do(tt.as, http.MethodPatch, "/api/collections/staff/records/"+before.Id, tt.change)
			if a.status != tt.status || tt.field != "" && a.field("data", tt.field, "code") != tt.code {
				t.Errorf("%d, want %d %s: %s", a.status, tt.status, tt.code, a.body)
			}
			after := s.record("staff", before.Id)
			if changed := after.GetString("updated") != before.GetString("updated"); changed != (tt.status == 200) {
				t.Errorf("changed: %v", changed)
			}
		})
	}
	for _, as := range []string{adminA, bureauAdmin, root} {
		if a := s.do(as, http.MethodDelete, "/api/collections/staff/records/"+s.person(nobodyA), nil); a.status < 400 {
			t.Errorf("%s deleted somebody: %d", as, a.status)
		}
	}
}

// What follows from what was done is filled by nobody.
func TestDerivedFieldsOfAnAccountAreTheServers(t *testing.T) {
	s := serve(t)
	whom := s.person(editorA)
	for _, as := range []string{adminA, bureauAdmin, root} {
		for field, value := range map[string]any{"acts_as": []string{"reviewer"}, "deactivated_at": "2026-01-01 00:00:00.000Z", "deactivated_reason": "x",
			"invited_at": "2026-01-01 00:00:00.000Z", "failed_sign_ins": 3, "locked_until": "2099-01-01 00:00:00.000Z"} {
			before := s.record("staff", whom).GetString(field)
			a := s.do(as, http.MethodPatch, "/api/collections/staff/records/"+whom, map[string]any{field: value})
			if got := s.record("staff", whom).GetString(field); got != before {
				t.Errorf("%s as %s: %d, became %s", field, as, a.status, got)
			}
		}
	}
	if a := s.do(adminA, http.MethodPatch, "/api/collections/staff/records/"+whom, map[string]any{"verified": false, "tokenKey": "x"}); a.status == 200 &&
		!s.record("staff", whom).Verified() {
		t.Error("a manager changed whether the address is proved")
	}
	a := s.do(root, http.MethodPost, "/api/collections/staff/records", map[string]any{"email": "d@x.cn", "name": "x", "password": password, "passwordConfirm": password,
		"school": schoolA, "duties": []string{"editor"}, "acts_as": []string{"principal"}, "deactivated_at": "2026-01-01 00:00:00.000Z"})
	if a.status != 200 || s.record("staff", s.person("d@x.cn")).GetString("deactivated_at") != "" || a.has("principal") {
		t.Errorf("made in the dashboard: %d %s", a.status, a.body)
	}
	// such an account may be in use: a manager who could move its address could take it over
	if a := s.do(adminA, http.MethodPatch, "/api/collections/staff/records/"+s.person("d@x.cn"), map[string]any{"email": "evil@x.cn"}); a.status != 400 {
		t.Errorf("its address is moved: %d %s", a.status, a.body)
	}
}

// A wrong address can be put right while nobody has answered the invitation.
func TestTheAddressOfAnInvitationMayBeCorrected(t *testing.T) {
	s := serve(t)
	sink := s.mailSink()
	s.invite(adminA, "wrogn@x.cn", "", "editor")
	old := found(t, sink.next(t, "wrogn@x.cn").text, tokenInMail)
	if a := s.do(adminA, http.MethodPatch, "/api/collections/staff/records/"+s.person("wrogn@x.cn"), map[string]any{"email": "right@x.cn"}); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := s.setPassword(old, "New-pass-2026"); a.status != 400 {
		t.Errorf("the mail that went astray opens the account: %d", a.status)
	}
	s.wait(time.Minute)
	s.staff(adminA, "right@x.cn", "invite", nil)
	sink.next(t, "right@x.cn")
}

// Who stands in for a duty that is taken away does so no more, that very moment.
func TestATakenDutyEndsItsStandIn(t *testing.T) {
	s := serve(t)
	s.standIn(adminA, map[string]any{"absent": reviewerA, "stand_in": nobodyA, "duty": "reviewer", "from": "2026-11-23", "until": "2026-11-30"}, 200, "", "")
	if got := s.record("staff", s.person(nobodyA)).GetStringSlice("acts_as"); len(got) != 1 {
		t.Fatalf("acts as %v", got)
	}
	s.do(adminA, http.MethodPatch, "/api/collections/staff/records/"+s.person(reviewerA), map[string]any{"duties": []string{"editor"}})
	if got := s.record("staff", s.person(nobodyA)).GetStringSlice("acts_as"); len(got) != 0 {
		t.Errorf("acts as %v", got)
	}
	s.wait(24 * time.Hour)
}
