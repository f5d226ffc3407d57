package inquiry_test

import (
	"testing"

	"gongkai/pb_hooks/inquiry"
)

func TestFigures(t *testing.T) {
	var f inquiry.Figures
	for i := range 20 {
		f.Add(inquiry.Measured{Decided: true, AcceptedLate: i < 2, AcceptHours: 2, Answered: i < 15, Late: i < 3, AnswerHours: float64(i + 1),
			Rating: map[bool]inquiry.Rating{true: inquiry.Satisfied, false: inquiry.Dissatisfied}[i < 12], Open: i >= 15, Overdue: i == 19, Redoing: i == 14})
	}
	f.Add(inquiry.Measured{Open: true, Undecided: true})
	f.Sum()
	if f.Received != 21 || f.Decided != 20 || f.AcceptedInTime != 18 || f.Undecided != 1 || f.Answered != 15 || f.AnsweredInTime != 12 || f.Open != 6 ||
		f.Overdue != 1 || f.LowOpen != 1 {
		t.Errorf("counted %+v", f)
	}
	if f.AcceptHours != 2 || f.AnswerHours != 8 || f.AnswerP90 != 14 {
		t.Errorf("hours %v %v %v", f.AcceptHours, f.AnswerHours, f.AnswerP90)
	}
	if s := f.Satisfaction; s.Rated != 15 || s.Satisfied != 12 || s.Low != 3 || s.Levels[inquiry.Satisfied] != 12 {
		t.Errorf("satisfaction %+v", s)
	}
	var none inquiry.Figures
	none.Sum()
	if none.AnswerHours != 0 || none.AnswerP90 != 0 {
		t.Errorf("of nothing: %+v", none)
	}
}

func TestSmallGroupsAreHiddenTogether(t *testing.T) {
	groups := []*inquiry.Satisfaction{{Group: "a", Rated: 3, Answered: 5}, {Group: "b", Rated: 12, Answered: 14}, {Group: "c", Rated: 40, Answered: 50}}
	inquiry.HideSmall(groups)
	if !groups[0].Hidden || !groups[1].Hidden || groups[2].Hidden || groups[1].Rated != 0 || groups[1].Answered != 14 {
		t.Errorf("%+v %+v %+v", groups[0], groups[1], groups[2])
	}
}
