package inquiry_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/inquiry"
)

var uniform = inquiry.CallForOpinions{Question: "校服选哪一种？", Options: []string{"甲款", "乙款"}, Text: true, From: "2026-06-01", Until: "2026-06-14"}

func TestOpinionsProblems(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*inquiry.CallForOpinions)
		want   []string
	}{
		{"a good one", func(*inquiry.CallForOpinions) {}, nil},
		{"for one day", func(s *inquiry.CallForOpinions) { s.Until = s.From }, nil},
		{"no question", func(s *inquiry.CallForOpinions) { s.Question = " " }, []string{"question"}},
		{"text only", func(s *inquiry.CallForOpinions) { s.Options = nil }, nil},
		{"nothing to say", func(s *inquiry.CallForOpinions) { s.Options, s.Text = nil, false }, []string{"options"}},
		{"one option", func(s *inquiry.CallForOpinions) { s.Options = []string{"甲款"} }, []string{"options"}},
		{"twice the same", func(s *inquiry.CallForOpinions) { s.Options = []string{"甲款", "甲款"} }, []string{"options"}},
		{"too many", func(s *inquiry.CallForOpinions) { s.Options = strings.Split(strings.Repeat("一", 21), "") }, []string{"options"}},
		{"no days", func(s *inquiry.CallForOpinions) { s.From = "" }, []string{"from"}},
		{"ends before it begins", func(s *inquiry.CallForOpinions) { s.Until = "2026-05-31" }, []string{"until"}},
		{"never ends", func(s *inquiry.CallForOpinions) { s.Until = "2028-01-01" }, []string{"until"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := uniform
			tt.change(&s)
			if got := slices.Sorted(maps.Keys(s.Problems())); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", s.Problems(), tt.want)
			}
		})
	}
}

func TestOpinionsCheck(t *testing.T) {
	noText, noOptions := uniform, uniform
	noText.Text, noOptions.Options = false, nil
	for _, tt := range []struct {
		name         string
		call         inquiry.CallForOpinions
		choice, text string
		day          d
		why          inquiry.Why
	}{
		{"on the first day", uniform, "甲款", "", "2026-06-01", ""},
		{"on the last day", uniform, "", "都不好看", "2026-06-14", ""},
		{"before", uniform, "甲款", "", "2026-05-31", "too_early"},
		{"after", uniform, "甲款", "", "2026-06-15", "too_late"},
		{"what is not listed", uniform, "丙款", "", "2026-06-01", "malformed"},
		{"nothing", uniform, "", " ", "2026-06-01", "missing"},
		{"nothing where only text is asked", noOptions, "", "", "2026-06-01", "missing"},
		{"text only", noOptions, "", "好", "2026-06-01", ""},
		{"text where none is asked", noText, "甲款", "好", "2026-06-01", "malformed"},
		{"text instead of a choice", noText, "", "好", "2026-06-01", "missing"},
		{"a choice only", noText, "乙款", "", "2026-06-01", ""},
		{"10000 characters", uniform, "甲款", strings.Repeat("字", 10000), "2026-06-01", "out_of_range"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.call.Check(tt.choice, tt.text, tt.day)
			r, _ := err.(inquiry.Refusal)
			if r.Why != tt.why || (err == nil) != (tt.why == "") {
				t.Errorf("got %v, want %q", err, tt.why)
			}
		})
	}
	if uniform.IsOpen("2026-05-31") || !uniform.IsOpen("2026-06-14") || uniform.IsOpen("2026-06-15") {
		t.Error("open on the wrong days")
	}
	if got := uniform.Count([]string{"甲款", "乙款", "甲款", "", "丙款"}); got.Given != 5 || !slices.Equal(got.Chosen, []int{2, 1}) {
		t.Errorf("counted %+v", got)
	}
}
