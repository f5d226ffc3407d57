package pb_hooks_test

import (
	"testing"
	"time"
)

// The district tells sums with what they are parts of, how each is counted, and no school.
func TestThePublicSeesSumsAndNoSchool(t *testing.T) {
	s := serve(t)
	if a := s.get("/figures"); !a.has("还没有统计数据") {
		t.Fatalf("before the first night: %s", a.body)
	}
	s.run("snapshots") // what was before the first night is no work of the year that is counted
	if page := s.get("/figures"); !page.has("2026-11-22", "从 <time datetime=\"2026-11-23\">") || page.has(" 条）") {
		t.Errorf("the first night: %s", page.body)
	}
	s.disclosed(schoolA, "A0801", "2026-11-19", "2026-11-20")
	s.disclosed(schoolB, "A0801", "2026-01-05", "2026-11-20") // late
	s.nextMorning()
	page := s.get("/figures")
	if !page.has("2026-11-23", "公开情况统计", "栏目规范达标率", "<strong>50.0%</strong>（1 ÷ 2 条）", "数量太少，不统计", "从生成日期的次日起算") || page.has("晨光") || page.has("云帆") {
		t.Errorf("%s", page.body)
	}
	data := s.get("/open/v1/figures")
	if data.field("schools") != 2.0 || data.field("since") != "2026-11-23" || data.has("待办") || data.has("督办") || data.has("ratings_satisfied") {
		t.Errorf("%s", data.body)
	}
	s.disclosed(schoolB, "A0801", "2026-11-24", "2026-11-24")
	s.nextMorning()
	if a := s.get("/figures"); !a.has("2026-11-24", "（2 ÷ 3 条）") {
		t.Errorf("the next morning: %s", a.body)
	}
}

func (s *server) nextMorning() {
	later := s.now.Load().Add(24 * time.Hour)
	s.now.Store(&later)
	s.run("snapshots")
}
