package pb_hooks_test

import (
	"strings"
	"testing"

	"gongkai/pb_hooks"
)

// livesOf is a list with the state of each school and who took over from it.
func livesOf(rows ...string) string {
	return "机构编号,学校代码,学校名称,学段,办学性质,街镇,地址,电话,状态,承接学校\n" + strings.Join(rows, "\n") + "\n"
}

// accepted decides the one line of a kind, and is what became of it.
func (s *server) accepted(run, kind string) pb_hooks.RegistryLine {
	s.t.Helper()
	done := s.decide(run, map[string]any{"lines": []string{s.theLine(run, "kind="+kind).ID}, "decision": "accepted"})
	if done.Applied != 1 {
		s.t.Fatalf("%s: %+v", kind, done.Items)
	}
	return done.Items[0]
}

// What the list says of the life of a school is done once a person has accepted it:
// opened, closed, open again, merged into the school that the list names.
func TestSchoolsOpenAndEndAsTheListSays(t *testing.T) {
	s := serve(t)
	inDistrict(t, s.app, "999999", "示范区")
	src := s.fileSource("区级名单")
	stay := []string{rowA + ",开办,", rowB + ",开办,"}
	list := func(last string) string { return s.readList(src.ID, livesOf(append(stay, last)...)).ID }

	first := list(rowC + ",开办,")
	opened := s.accepted(first, "create")
	s.decide(first, map[string]any{"kind": "update", "decision": "accepted"}) // the ids that the list gives
	school, err := s.app.FindFirstRecordByData("schools", "code", opened.School.Code)
	if err != nil {
		t.Fatal(err)
	}
	is := func(status string) {
		t.Helper()
		if got := s.school("status", school.Id); got != status {
			t.Fatalf("%s; want %s", got, status)
		}
	}
	is("open")
	s.accepted(list(rowC+",已撤销,"), "close")
	is("closed")
	if page := s.get("/s/" + opened.School.Code); !page.has("已撤销") {
		t.Errorf("the page of a school that was closed does not say so: %d", page.status)
	}
	s.accepted(list(rowC+",开办,"), "reopen")
	is("open")
	merged := list(rowC + ",已合并,示范区晨光小学")
	if line := s.theLine(merged, "kind=merge"); len(line.Into) != 1 || line.Into[0].Code != "9999990001" || line.NeedsInto {
		t.Fatalf("who takes over: %+v", line)
	}
	s.accepted(merged, "merge")
	is("merged")
	if page := s.get("/s/" + opened.School.Code); !page.has("并入", "示范区晨光小学") {
		t.Errorf("the page of a school that was merged does not say so: %d", page.status)
	}
	if left := s.readList(src.ID, livesOf(append(stay, rowC+",已合并,示范区晨光小学")...)); left.Open != 0 {
		t.Errorf("the list and the schools agree: %+v", s.lines(left.ID, ""))
	}
}

// Two rows under one id are nobody: the school stays as it is, and the person sees
// which rows to have put right.
func TestAnIDThatIsGivenTwiceChangesNothing(t *testing.T) {
	s := serve(t)
	src := s.fileSource("区级名单")
	run := s.readList(src.ID, listOf(rowA2, strings.Replace(rowB2, "J2,", "J1,", 1)))
	bad := s.lines(run.ID, "kind=bad")
	if len(bad) == 0 || len(bad[0].Problems) == 0 || bad[0].MayAccept || len(s.lines(run.ID, "kind=update&field=phone")) != 0 {
		t.Fatalf("%+v", s.lines(run.ID, ""))
	}
	if s.school("phone", schoolA) != "021-00000001" || s.school("name", schoolB) != "示范区云帆中学" {
		t.Error("a school was changed")
	}
}
