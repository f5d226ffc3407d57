package inquiry

import (
	"cmp"
	"slices"
)

// Measured is one letter as the bureau's figures count it.
type Measured struct {
	Open         bool
	Decided      bool // accepted, refused, transferred or merged
	AcceptedLate bool
	Undecided    bool // and its day to accept it is over
	Answered     bool
	Late         bool // the first answer
	Overdue      bool // not answered, or not answered again, and the day is over
	Redoing      bool // a low rating that is still open
	AcceptHours  float64
	AnswerHours  float64 // working hours until the first answer
	Rating       Rating  // the one that counts, 0 if there is none
}

// Figures are what the bureau sees of a set of letters. Every share goes with what it is a share of.
type Figures struct {
	Received       int          `json:"received"`
	Open           int          `json:"open"`
	Decided        int          `json:"decided"`
	AcceptedInTime int          `json:"accepted_in_time"` // of decided
	Undecided      int          `json:"undecided"`        // not decided, and late with it
	Answered       int          `json:"answered"`
	AnsweredInTime int          `json:"answered_in_time"` // of answered
	Overdue        int          `json:"overdue"`
	LowOpen        int          `json:"low_open"`
	AcceptHours    float64      `json:"accept_hours"` // average; 0 if none was decided
	AnswerHours    float64      `json:"answer_hours"` // average; 0 if none was answered
	AnswerP90      float64      `json:"answer_p90"`   // nine of ten were answered within
	Satisfaction   Satisfaction `json:"satisfaction"`

	hours []float64
}

// Add counts a letter.
func (f *Figures) Add(m Measured) {
	count := func(n *int, is bool) {
		if is {
			*n++
		}
	}
	f.Received++
	count(&f.Open, m.Open)
	count(&f.Decided, m.Decided)
	count(&f.AcceptedInTime, m.Decided && !m.AcceptedLate)
	count(&f.Undecided, m.Undecided)
	count(&f.Answered, m.Answered)
	count(&f.AnsweredInTime, m.Answered && !m.Late)
	count(&f.Overdue, m.Overdue)
	count(&f.LowOpen, m.Redoing)
	if m.Decided {
		f.AcceptHours += m.AcceptHours
	}
	if m.Answered {
		f.hours = append(f.hours, m.AnswerHours)
		f.Satisfaction.add(m.Rating)
	}
}

// Sum computes what is left once every letter was added: the averages and the ninth decile.
func (f *Figures) Sum() {
	if f.Decided > 0 {
		f.AcceptHours /= float64(f.Decided)
	}
	if n := len(f.hours); n > 0 {
		slices.Sort(f.hours)
		for _, h := range f.hours {
			f.AnswerHours += h
		}
		f.AnswerHours /= float64(n)
		f.AnswerP90 = f.hours[(n*9+9)/10-1]
	}
	f.hours = nil
}

// HideSmall hides the satisfaction of groups that are too small, and of the next smallest until enough are hidden
// together: the total would give them away.
func HideSmall(groups []*Satisfaction) {
	inOrder := slices.Clone(groups)
	slices.SortFunc(inOrder, func(a, b *Satisfaction) int {
		return cmp.Or(cmp.Compare(a.Rated, b.Rated), cmp.Compare(a.Group, b.Group))
	})
	hidden := 0 // ratings
	for _, s := range inOrder {
		if s.Rated < SmallestGroup || hidden > 0 && hidden < SmallestGroup {
			hidden += s.Rated
			*s = hide(*s)
		}
	}
}
