package survey_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/survey"
)

// codeOf is the code and the field of a refusal; nothing of what is allowed.
func codeOf(err error) string {
	var r survey.Refusal
	if errors.As(err, &r) {
		return r.Field + " " + r.Code()
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestCheck(t *testing.T) {
	fine := survey.Survey{Year: 2026, Title: "满意度调查", From: "2026-11-23", Until: "2026-12-06"}
	for _, tt := range []struct {
		name   string
		change func(*survey.Survey)
		want   string
	}{
		{"fourteen days from today", func(*survey.Survey) {}, ""},
		{"92 days", func(s *survey.Survey) { s.Until = "2027-02-22" }, ""},
		{"93 days", func(s *survey.Survey) { s.Until = "2027-02-23" }, "until survey_days"},
		{"thirteen days", func(s *survey.Survey) { s.Until = "2026-12-05" }, "until survey_days"},
		{"ending before it begins", func(s *survey.Survey) { s.Until = "2026-11-01" }, "until survey_days"},
		{"no day", func(s *survey.Survey) { s.Until = "2026-12-32" }, "until survey_until"},
		{"yesterday", func(s *survey.Survey) { s.From = "2026-11-22" }, "from survey_from"},
		{"without a first day", func(s *survey.Survey) { s.From = "" }, "from survey_from"},
		{"another year", func(s *survey.Survey) { s.Year = 2027 }, "year survey_year"},
		{"without a title", func(s *survey.Survey) { s.Title = "" }, "title survey_title"},
		{"61 characters", func(s *survey.Survey) { s.Title = strings.Repeat("题", 61) }, "title survey_title"},
	} {
		s := fine
		tt.change(&s)
		if got := codeOf(s.Check("2026-11-23")); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestDaysOfASurvey(t *testing.T) {
	s := survey.Survey{From: "2026-11-23", Until: "2026-12-20"}
	for _, tt := range []struct {
		today                 string
		state                 survey.State
		remind                bool
		answer, open, prolong string
	}{
		{"2026-11-22", survey.Planned, false, "survey survey_planned", "survey survey_running", ""},
		{"2026-11-23", survey.Open, false, "", "survey survey_running", ""},
		{"2026-12-12", survey.Open, false, "", "survey survey_running", ""},
		{"2026-12-13", survey.Open, true, "", "survey survey_running", ""},
		{"2026-12-20", survey.Open, true, "", "survey survey_running", ""},
		{"2026-12-21", survey.Ended, false, "survey survey_ended", "", ""},
		{"2026-12-26", survey.Ended, false, "survey survey_ended", "", "until survey_until"},
	} {
		if s.StateOn(tt.today) != tt.state || s.IsTimeToRemind(tt.today) != tt.remind || codeOf(s.CheckOpen(tt.today)) != tt.answer ||
			codeOf(s.CheckResults(tt.today)) != tt.open || codeOf(s.CheckProlonged("2026-12-25", tt.today)) != tt.prolong {
			t.Errorf("%s: %s, remind %v, answer %v, results %v, prolong %v", tt.today, s.StateOn(tt.today), s.IsTimeToRemind(tt.today),
				s.CheckOpen(tt.today), s.CheckResults(tt.today), s.CheckProlonged("2026-12-25", tt.today))
		}
	}
	for until, want := range map[string]string{"2026-12-20": "until survey_until", "2026-12-19": "until survey_until", "": "until survey_until",
		"2027-02-22": "", "2027-02-23": "until survey_days"} {
		if got := codeOf(s.CheckProlonged(until, "2026-12-01")); got != want {
			t.Errorf("until %q: %q, want %q", until, got, want)
		}
	}
	s.ResultsOpened = true
	if got := codeOf(s.CheckProlonged("2026-12-25", "2026-12-21")); got != "until survey_seen" {
		t.Errorf("reopened after the results were seen: %q", got)
	}
}

func TestCheckAnswer(t *testing.T) {
	for _, tt := range []struct {
		name    string
		levels  map[string]inquiry.Rating
		improve string
		want    string
	}{
		{"all", map[string]inquiry.Rating{"ease": 5, "speed": 4, "guidance": 3, "rules": 2, "overall": 1}, "统一登录", ""},
		{"the overall question alone", map[string]inquiry.Rating{"overall": 3}, "", ""},
		{"nothing", nil, "", "levels.overall survey_overall"},
		{"all but the overall question", map[string]inquiry.Rating{"ease": 5}, "", "levels.overall survey_overall"},
		{"a sixth level", map[string]inquiry.Rating{"overall": inquiry.BesideTheMatter}, "", "levels.overall survey_level"},
		{"a level of zero", map[string]inquiry.Rating{"overall": 3, "ease": 0}, "", "levels.ease survey_level"},
		{"a level below", map[string]inquiry.Rating{"overall": 3, "speed": -1}, "", "levels.speed survey_level"},
		{"a question that is not asked", map[string]inquiry.Rating{"overall": 3, "food": 3}, "", "levels.overall survey_question"},
		{"500 characters", map[string]inquiry.Rating{"overall": 3}, strings.Repeat("字", 500), ""},
		{"501 characters", map[string]inquiry.Rating{"overall": 3}, strings.Repeat("字", 501), "improve survey_improve"},
	} {
		if got := codeOf(survey.CheckAnswer(survey.Questions(), tt.levels, tt.improve)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// district is n schools with every role; those whose number has a level answer it.
func district(n int, level func(school int, duty publication.Duty) inquiry.Rating) (asked []survey.Role, answers []survey.Answer) {
	for school := range n {
		for _, duty := range survey.Duties() {
			r := survey.Role{School: fmt.Sprint(school), Duty: duty}
			asked = append(asked, r)
			if l := level(school, duty); l > 0 {
				answers = append(answers, survey.Answer{Role: r, Levels: map[string]inquiry.Rating{"overall": l}, Improve: fmt.Sprintf(" 建议%02d ", 99-len(answers))})
			}
		}
	}
	return asked, answers
}

func stageOf(school string) string {
	if len(school) == 1 { // 0 to 9
		return "小学"
	}
	return "初中、高中"
}

func TestCount(t *testing.T) {
	// 12 schools: editors are not satisfied at three of them, the admins of two do not answer
	asked, answers := district(12, func(school int, duty publication.Duty) inquiry.Rating {
		switch {
		case duty == publication.Admin && school > 9:
			return 0
		case duty == publication.Editor && school < 3:
			return inquiry.Dissatisfied
		}
		return inquiry.RatherSatisfied
	})
	r := survey.Count(survey.Questions(), asked, answers, stageOf)
	if got := fmt.Sprintf("%+v", r.Overall); got != "{Name:全区 Asked:84 Answered:82 Satisfied:79 Share:96.3% Levels:[0 0 79 3 0] Hidden:false}" || !r.Reached {
		t.Errorf("the district: %s %v", got, r.Reached)
	}
	if q := r.Questions; len(q) != 5 || !q[0].Hidden || q[0].Asked != 84 || q[4].Name != "总体满意程度" || q[4].Answered != 82 {
		t.Errorf("questions: %+v", q)
	}
	if s := r.Stages; len(s) != 2 || s[0].Name != "初中、高中" || s[0].Asked != 14 || s[0].Answered != 12 || s[1].Answered != 70 {
		t.Errorf("stages: %+v", s)
	}
	if d := r.Duties; len(d) != 7 || d[0].Name != "信息编辑员" || d[0].Share != "75.0%" || d[6].Answered != 10 || d[6].Asked != 12 {
		t.Errorf("duties: %+v", d)
	}
	if len(r.Improve) != 82 || !slices.IsSorted(r.Improve) || strings.HasPrefix(r.Improve[0], " ") {
		t.Errorf("texts: %q", r.Improve)
	}
}

func TestCountHidesTheFew(t *testing.T) {
	asked, answers := district(2, func(school int, duty publication.Duty) inquiry.Rating {
		if school == 0 || duty == publication.Editor || duty == publication.Clerk {
			return inquiry.VerySatisfied
		}
		return 0
	})
	few := survey.Count(survey.Questions(), asked, answers, stageOf) // nine
	if !few.Overall.Hidden || few.Overall.Asked != 14 || few.Overall.Answered != 0 || few.Overall.Share != "" || few.Reached || len(few.Improve) != 0 {
		t.Errorf("nine answers are told: %+v", few)
	}
	for _, l := range slices.Concat(few.Questions, few.Stages, few.Duties) {
		if !l.Hidden || l.Answered+l.Satisfied+len(l.Levels) > 0 {
			t.Errorf("told: %+v", l)
		}
	}
	if none := survey.Count(survey.Questions(), nil, nil, stageOf); none.Reached || !none.Overall.Hidden {
		t.Errorf("a share of nobody: %+v", none)
	}
}

func TestAskedAndSilent(t *testing.T) {
	a, b, gone := survey.Role{School: "a", Duty: "editor"}, survey.Role{School: "b", Duty: "editor"}, survey.Role{School: "c", Duty: "clerk"}
	answers := []survey.Answer{{Role: gone}, {Role: a}}
	existing := []survey.Role{a, b}
	asked := survey.Asked(existing, answers)
	if !slices.Equal(asked, []survey.Role{a, b, gone}) || !slices.Equal(survey.Silent(asked, answers), []survey.Role{b}) || len(existing) != 2 {
		t.Errorf("asked %v, silent %v", asked, survey.Silent(asked, answers))
	}
}
