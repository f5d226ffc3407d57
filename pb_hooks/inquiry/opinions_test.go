package inquiry_test

import (
	"maps"
	"reflect"
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
		{"before", uniform, "甲款", "", "2026-05-31", inquiry.TooEarly},
		{"after", uniform, "甲款", "", "2026-06-15", inquiry.TooLate},
		{"what is not listed", uniform, "丙款", "", "2026-06-01", inquiry.Malformed},
		{"nothing", uniform, "", " ", "2026-06-01", inquiry.Missing},
		{"nothing where only text is asked", noOptions, "", "", "2026-06-01", inquiry.Missing},
		{"text only", noOptions, "", "好", "2026-06-01", ""},
		{"text where none is asked", noText, "甲款", "好", "2026-06-01", inquiry.Malformed},
		{"text instead of a choice", noText, "", "好", "2026-06-01", inquiry.Missing},
		{"a choice only", noText, "乙款", "", "2026-06-01", ""},
		{"10000 characters", uniform, "甲款", strings.Repeat("字", 10000), "2026-06-01", inquiry.OutOfRange},
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
	if got := uniform.Count(map[string]int{"甲款": 2, "乙款": 1, "": 1, "丙款": 1}); got.Given != 5 || !slices.Equal(got.Chosen, []int{2, 1}) {
		t.Errorf("counted %+v", got)
	}
}

func TestACallStandsInTheFactsOfAnArticle(t *testing.T) {
	noText, noOptions := uniform, uniform
	noText.Text, noOptions.Options = false, nil
	for _, call := range []inquiry.CallForOpinions{uniform, noText, noOptions} {
		facts := []map[string]string{call.Facts("已采纳")}
		if got, ok := inquiry.CallOf(facts); !ok || !reflect.DeepEqual(got, call) || len(got.Problems()) > 0 {
			t.Errorf("%+v came back as %+v", call, got)
		}
		if got := inquiry.ResultOf(facts); got != "已采纳" {
			t.Errorf("its result is %q", got)
		}
	}
	for name, facts := range map[string][]map[string]string{
		"nothing":     nil,
		"another way": {{inquiry.CallQuestion: "校服", inquiry.CallWay: "发邮件到学校邮箱"}},
	} {
		if got, ok := inquiry.CallOf(facts); ok {
			t.Errorf("%s is %+v", name, got)
		}
	}
	if inquiry.ResultOf(nil) != "" {
		t.Error("nothing has a result")
	}
	for field, change := range map[string][2]string{
		"options":  {inquiry.CallOptions, " \n"},
		"from":     {inquiry.CallDates, "下周"},
		"until":    {inquiry.CallDates, "2026-06-14至2026-06-01"},
		"question": {inquiry.CallQuestion, ""},
	} {
		row := uniform.Facts("")
		row[change[0]] = change[1]
		if call, ok := inquiry.CallOf([]map[string]string{row}); !ok || call.Problems()[field] == nil {
			t.Errorf("%s: %+v has %v", field, call, call.Problems())
		}
	}
	if by := uniform.ResultBy(); by != "2026-07-14" {
		t.Errorf("the result is due on %s", by)
	}
}

func TestACallThatWasAnsweredKeepsWhatItAsks(t *testing.T) {
	longer, other, added, silent := uniform, uniform, uniform, uniform
	longer.Until, other.Question, added.Options, silent.Text = "2026-06-30", "鞋子选哪一种？", []string{"甲款", "乙款", "丙款"}, false
	if err := uniform.CheckChange(longer); err != nil {
		t.Errorf("a later last day: %v", err)
	}
	for name, to := range map[string]inquiry.CallForOpinions{"question": other, "options": added, "text": silent, "nothing": {}} {
		if r, _ := uniform.CheckChange(to).(inquiry.Refusal); r.Why != inquiry.NotNow {
			t.Errorf("%s: %v", name, uniform.CheckChange(to))
		}
	}
}
