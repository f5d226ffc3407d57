package pb_hooks_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gongkai/pb_hooks"
)

// count is one number that a query gives.
func (s *server) count(query string) (n int) {
	s.t.Helper()
	if err := s.app.DB().NewQuery(query).Row(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

func TestALineThatTwoAcceptTogetherIsDoneOnce(t *testing.T) {
	s := serve(t)
	inDistrict(t, s.app, "999999", "示范区")
	run := s.readList(s.fileSource("区级名单").ID, listOf(rowA, rowB, rowC))
	line := s.theLine(run.ID, "kind=create")
	answers := make([]answer, 2)
	ask := func(i int, who string) func() answer {
		return func() answer {
			answers[i] = s.do(who, http.MethodPost, registryPath+"runs/"+run.ID+"/decide", map[string]any{"lines": []string{line.ID}, "decision": "accepted"})
			return answers[i]
		}
	}
	together(ask(0, supervisor), ask(1, bureauAdmin))
	applied := 0
	for _, a := range answers {
		var done pb_hooks.RegistryDecided
		s.readInto(a, &done)
		applied += done.Applied
		if done.Items[0].Outcome != "applied" {
			t.Errorf("both see what became of it: %+v", done.Items[0])
		}
	}
	if n := s.count("SELECT count(*) FROM schools WHERE name = '示范区新港小学'"); n != 1 || applied != 1 {
		t.Errorf("%d schools, %d said that they did it", n, applied)
	}
}

// A set that somebody puts aside while another accepts it is done as far as it came:
// every line whole, and who accepted is told how far.
func TestASetIsPutAsideTogetherWithItsAcceptance(t *testing.T) {
	s := serve(t)
	inDistrict(t, s.app, "999999", "示范区")
	var rows []string
	for i := range 30 {
		rows = append(rows, fmt.Sprintf("N%d,,示范区新区第%d小学,小学,公办,东城镇,新区路%d号,", i, i+1, i+1))
	}
	run := s.readList(s.makeSource(map[string]any{"name": "区级名单", "config": map[string]any{"kind": "file"}, "shares": map[string]any{}}).ID, listOf(append(rows, rowA, rowB)...))
	path := registryPath + "runs/" + run.ID
	var accepted, aside answer
	together(
		func() answer {
			accepted = s.do(bureauAdmin, http.MethodPost, path+"/decide", map[string]any{"kind": "create", "decision": "accepted"})
			return accepted
		},
		func() answer {
			for s.count("SELECT count(*) FROM schools") == 2 {
			}
			aside = s.do(supervisor, http.MethodPost, path+"/dismiss", nil)
			return aside
		})
	if aside.status != http.StatusOK {
		t.Fatalf("put aside: %d %s", aside.status, aside.body)
	}
	var done pb_hooks.RegistryDecided
	s.readInto(accepted, &done)
	opened := s.count("SELECT count(*) FROM schools WHERE name LIKE '示范区新区第%'")
	lines := s.count("SELECT count(*) FROM registry_lines WHERE kind = 'create' AND decision = 'accepted' AND outcome = 'applied'")
	if opened == 0 || opened != lines || done.Applied != lines || done.Run.State != "dismissed" || done.Failed > 0 {
		t.Errorf("%d schools, %d lines, told %+v", opened, lines, done)
	}
	if n := s.count("SELECT count(*) FROM audit_log WHERE action = 'decide_registry_lines'"); n != 1 {
		t.Errorf("entered %d times", n)
	}
}

// Two schools cannot each take over from the other: of a change set and a person on
// the school's page, who do it at once, one is refused.
func TestTwoSchoolsDoNotTakeOverFromEachOtherTogether(t *testing.T) {
	s := serve(t)
	inDistrict(t, s.app, "999999", "示范区")
	run := s.readList(s.fileSource("区级名单").ID, livesOf(rowA+",已合并,示范区云帆中学", rowB+",开办,"))
	line := s.theLine(run.ID, "kind=merge")
	var bySet, byHand answer
	together(
		func() answer {
			bySet = s.do(supervisor, http.MethodPost, registryPath+"runs/"+run.ID+"/decide", map[string]any{"lines": []string{line.ID}, "decision": "accepted"})
			return bySet
		},
		func() answer {
			byHand = s.do(bureauAdmin, http.MethodPost, registryPath+"schools/9999990002/ending", map[string]any{"kind": "merge", "into": []string{"9999990001"}, "on": "2026-11-23", "cases_to": "9999990001", "reason": "两校合并"})
			return byHand
		})
	var done pb_hooks.RegistryDecided
	s.readInto(bySet, &done)
	if (done.Applied == 1) == (byHand.status == http.StatusOK) {
		t.Errorf("by the set %+v, by hand %d %s", done, byHand.status, byHand.body)
	}
	if n := s.count("SELECT count(*) FROM schools WHERE status = 'merged'"); n != 1 {
		t.Errorf("%d schools were merged", n)
	}
}

// The database itself lets no school take over from itself, over however many others.
func TestNoSchoolComesToTakeOverFromItself(t *testing.T) {
	s := serve(t)
	for _, id := range []string{"schoolc00000000", "schoold00000000"} {
		create(s.app, "schools", map[string]any{"id": id, "code": "99999900" + strings.ToUpper(id[6:8]), "name": id, "stages": []string{"小学"}, "ownership": "公办", "status": "open"})
	}
	for _, tt := range []struct {
		school, successors, casesTo string
		refused                     bool
	}{
		{"schoola00000000", `["schoola00000000"]`, "", true},
		{"schoola00000000", `["schoolb00000000","schoolc00000000"]`, "", false},
		{"schoolc00000000", `["schoold00000000"]`, "", false},
		{"schoold00000000", `["schoola00000000"]`, "", true},
		{"schoold00000000", `[]`, "schoola00000000", true},
		{"schoold00000000", `["schoolb00000000"]`, "schoolb00000000", false},
		{"schoolb00000000", `["schoolc00000000"]`, "", true},
		{"schoolb00000000", `null`, "", false},
	} {
		_, err := s.app.DB().NewQuery("UPDATE schools SET successors = '" + tt.successors + "', cases_to = '" + tt.casesTo + "' WHERE id = '" + tt.school + "'").Execute()
		if (err != nil) != tt.refused || err != nil && !strings.Contains(err.Error(), "take over from itself") {
			t.Errorf("%s → %s%s: %v", tt.school, tt.successors, tt.casesTo, err)
		}
	}
}
