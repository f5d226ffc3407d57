package pb_hooks_test

import (
	"net/http"
	"slices"
	"testing"
)

// Who works on the requests of a school sees them, masked; the bureau's supervisor
// sees all; to everybody else they do not exist.
func TestRequestsAreSeenByThoseWhoWorkOnThem(t *testing.T) {
	s := serveRequests(t)
	id, number, _ := s.filed()
	path := "/api/app/requests/" + id
	sees := []string{clerkA, officerA, secrecyA, principalA, supervisor}
	for _, who := range viewers {
		a := s.do(who, http.MethodGet, path, nil)
		if may := slices.Contains(sees, who); may != (a.status == http.StatusOK) {
			t.Errorf("%q sees the request: %d %s", who, a.status, a.body)
		}
		for _, secret := range []string{"张三丰", "13800138000", "zhang@example.cn", "E12345678"} {
			if a.has(secret) {
				t.Errorf("%q is told %q", who, secret)
			}
		}
		list := s.do(who, http.MethodGet, "/api/app/requests", nil)
		if may := slices.Contains(sees, who); may != list.has(number) {
			t.Errorf("%q lists the request: %d %s", who, list.status, list.body)
		}
		for _, door := range []struct{ method, path string }{{http.MethodPost, path + "/steps"}, {http.MethodPost, path + "/preview"}, {http.MethodPut, path + "/draft"}} {
			if a := s.do(who, door.method, door.path, map[string]any{"do": "extend"}); a.status < 400 {
				t.Errorf("%q: %s %s: %d %s", who, door.method, door.path, a.status, a.body)
			} else if !slices.Contains(sees, who) && a.status != http.StatusNotFound && a.status != http.StatusUnauthorized && a.status != http.StatusForbidden {
				t.Errorf("%q learns of the request: %d %s", who, a.status, a.body)
			}
		}
		entered := s.fileAs(who, "/api/app/requests", filledIn(goodApplication(), map[string]any{"channel": "counter", "arrived": dayOf(now), "resend": "of " + who}), s.proof())
		if may := who == clerkA || who == clerkB; may != (entered.status == http.StatusOK) {
			t.Errorf("%q enters a request: %d %s", who, entered.status, entered.body)
		}
	}
}

// Nobody writes past the procedure, not even a superuser.
func TestOnlyTheProcedureWritesRequests(t *testing.T) {
	s := serveRequests(t)
	id := s.answered()
	for _, collection := range []string{"foi_requests", "foi_applications", "foi_steps", "foi_letters", "foi_replies", "foi_serials"} {
		rows, err := s.app.FindAllRecords(collection)
		if err != nil || len(rows) == 0 {
			t.Fatalf("%s: %v", collection, err)
		}
		path := recordAPI + collection + "/records"
		for _, a := range []answer{s.do(root, http.MethodPost, path, map[string]any{"request": id, "action": "sign"}),
			s.do(root, http.MethodPatch, path+"/"+rows[0].Id, map[string]any{"state": "void"}), s.do(root, http.MethodDelete, path+"/"+rows[0].Id, nil)} {
			if a.status < 400 {
				t.Errorf("%s: %d %s", collection, a.status, a.body)
			}
		}
	}
	for _, sql := range []string{"UPDATE foi_steps SET reason = 'x'", "DELETE FROM foi_steps", "DELETE FROM foi_letters", "UPDATE foi_letters SET number = 'x'",
		"UPDATE foi_requests SET number = 'x'", "DELETE FROM foi_requests", "UPDATE foi_replies SET reason = 'x' WHERE frozen"} {
		if _, err := s.app.DB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("%s: went through", sql)
		}
	}
}

// An answered request stays in the list, with its answer on its way or not.
func TestAnsweredRequestsAreListed(t *testing.T) {
	s := serveRequests(t)
	id := s.answered()
	for _, sent := range []bool{false, true} {
		if sent {
			s.mustAct(clerkA, id, "deliver", map[string]any{"way": "邮寄"})
		}
		list := s.do(clerkA, http.MethodGet, "/api/app/requests", nil)
		if list.status != http.StatusOK || !list.has("SQ2026-00001", `"mine":`+map[bool]string{false: "true", true: "false"}[sent]) {
			t.Errorf("sent %t: %d %s", sent, list.status, list.body)
		}
	}
}
