// Package survey is the yearly survey of school staff about the platform
// (平台满意度调查): who is asked, when, what an answer must be, and what the
// answers add up to. A role (岗位) is a duty at a school and has one answer,
// whoever gives it. It knows no database and no clock.
package survey

import (
	"fmt"
	"time"
	"unicode/utf8"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
)

// Question is one that is answered with a level of satisfaction.
type Question struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

// Overall is the question that satisfaction is counted by; it must be answered.
const Overall = "overall"

// Target is the share of satisfied roles that the project is to reach.
const Target = 0.9

// Questions are those of a survey opened now. A survey keeps its own.
func Questions() []Question {
	return []Question{
		{"ease", "操作是否方便"},
		{"speed", "打开页面和办理的速度"},
		{"guidance", "使用说明和培训"},
		{"rules", "栏目标准、审核规则对工作的帮助"},
		{Overall, "总体满意程度"},
	}
}

// Bounds of a survey, in days and characters.
const (
	fewestDays  = 14 // the reminder is a week before the end
	mostDays    = 92
	remindDays  = 7
	MostTitle   = 60
	MostImprove = 500
)

// Levels are the levels an answer chooses from, the best first.
func Levels() []inquiry.Rating {
	return []inquiry.Rating{inquiry.VerySatisfied, inquiry.Satisfied, inquiry.RatherSatisfied, inquiry.Dissatisfied, inquiry.VeryDissatisfied}
}

// Duties are those of a school that are asked.
func Duties() []publication.Duty {
	return []publication.Duty{publication.Editor, publication.Reviewer, publication.SecrecyReviewer, publication.Principal, publication.Clerk, publication.Officer, publication.Admin}
}

// Refusal is why something cannot be, at a field of a form.
type Refusal struct{ Field, code, sentence string }

func (r Refusal) Error() string { return r.sentence }

// Code is the machine's name of the refusal.
func (r Refusal) Code() string { return r.code }

// CheckAnswer refuses an answer that leaves the overall question out, has a level
// or a question that there is not, or too long a text. The error is a Refusal.
func CheckAnswer(questions []Question, levels map[string]inquiry.Rating, improve string) error {
	known := map[string]bool{}
	for _, q := range questions {
		known[q.Key] = true
		if level, answered := levels[q.Key]; answered && (level < inquiry.VeryDissatisfied || level > inquiry.VerySatisfied) {
			return Refusal{"levels." + q.Key, "survey_level", "请在五个选项中选择"}
		}
	}
	for key := range levels {
		if !known[key] {
			return Refusal{"levels." + Overall, "survey_question", "没有这个问题，请刷新页面"}
		}
	}
	if levels[Overall] == 0 {
		return Refusal{"levels." + Overall, "survey_overall", "请选择总体满意程度"}
	}
	if utf8.RuneCountInString(improve) > MostImprove {
		return Refusal{"improve", "survey_improve", fmt.Sprintf("最多 %d 个字", MostImprove)}
	}
	return nil
}

// State is where a survey is.
type State string

// States.
const (
	Planned State = "planned"
	Open    State = "open"
	Ended   State = "ended"
)

// Survey is the survey of one year. Days are 2026-11-23 and both belong to it.
type Survey struct {
	Year          int
	Title         string
	From, Until   string
	ResultsOpened bool
}

// StateOn is the state on a day.
func (s Survey) StateOn(today string) State {
	switch {
	case today < s.From:
		return Planned
	case today <= s.Until:
		return Open
	}
	return Ended
}

// Check refuses a survey that is opened today and cannot be. The error is a Refusal.
func (s Survey) Check(today string) error {
	if n := utf8.RuneCountInString(s.Title); n == 0 || n > MostTitle {
		return Refusal{"title", "survey_title", fmt.Sprintf("请填写名称，最多 %d 个字", MostTitle)}
	}
	from, err := time.Parse(time.DateOnly, s.From)
	if err != nil || s.From < today {
		return Refusal{"from", "survey_from", "请填写开始日期，不能早于今天"}
	}
	if s.Year != from.Year() {
		return Refusal{"year", "survey_year", fmt.Sprintf("年度要与开始日期同一年，应为 %d 年", from.Year())}
	}
	return s.checkLength(s.Until)
}

func (s Survey) checkLength(until string) error {
	from, err := time.Parse(time.DateOnly, s.From)
	if err != nil {
		return err
	}
	end, err := time.Parse(time.DateOnly, until)
	if err != nil {
		return Refusal{"until", "survey_until", "请填写结束日期"}
	}
	if days := int(end.Sub(from).Hours()/24) + 1; days < fewestDays || days > mostDays {
		return Refusal{"until", "survey_days", fmt.Sprintf("调查从开始到结束要有 %d 至 %d 天", fewestDays, mostDays)}
	}
	return nil
}

// CheckProlonged refuses another last day unless it is later than the one before
// and than yesterday, and nobody has seen the results. The error is a Refusal.
func (s Survey) CheckProlonged(until, today string) error {
	switch {
	case s.ResultsOpened:
		return Refusal{"until", "survey_seen", "结果已经打开，调查不能再延长"}
	case until <= s.Until || until < today:
		return Refusal{"until", "survey_until", "新的结束日期要晚于原来的，也不能早于今天"}
	}
	return s.checkLength(until)
}

// CheckOpen refuses an answer on a day that is not of the survey. The error is a Refusal.
func (s Survey) CheckOpen(today string) error {
	switch s.StateOn(today) {
	case Planned:
		return Refusal{"survey", "survey_planned", "调查还没有开始"}
	case Ended:
		return Refusal{"survey", "survey_ended", "调查已经结束，不能再填写或更改"}
	}
	return nil
}

// CheckResults refuses to open the results before the end: figures that grow while
// they are looked at would tell who answered what. The error is a Refusal.
func (s Survey) CheckResults(today string) error {
	if s.StateOn(today) != Ended {
		return Refusal{"survey", "survey_running", "调查结束以后才能打开结果"}
	}
	return nil
}

// IsTimeToRemind reports whether the last week has begun and not ended.
func (s Survey) IsTimeToRemind(today string) bool {
	end, err := time.Parse(time.DateOnly, s.Until)
	return err == nil && s.StateOn(today) == Open && today >= end.AddDate(0, 0, -remindDays).Format(time.DateOnly)
}
