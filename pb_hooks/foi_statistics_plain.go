package pb_hooks

import (
	"math"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// PlainFigures are what people ask of a period beside the official tables.
type PlainFigures struct {
	Answered int         `json:"answered"` // with an answer given in the period
	OnTime   int         `json:"on_time"`  // of these
	Workdays *float64    `json:"workdays"` // from receipt to answer on average, one decimal; null without an answer
	Channels []CountLine `json:"channels"` // of what was received in the period
	Outcomes []CountLine `json:"outcomes"` // of what was closed in the period
	Levels   []CountLine `json:"levels"`   // of what is open now
	Ratings  Ratings     `json:"ratings"`  // of what was answered in the period
}

// CountLine is one bar.
type CountLine struct {
	Code  string `json:"code"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Ratings are what applicants think. Of few nothing but their number is told, so
// that nobody can be made out.
type Ratings struct {
	Count   int         `json:"count"`
	Average *float64    `json:"average"` // null below fewestRatings
	Stars   []CountLine `json:"stars"`   // none below fewestRatings
	Fewest  int         `json:"fewest"`
}

// fewestRatings is how many ratings there must be before they are broken down.
const fewestRatings = 10

func oneDecimal(sum, n int) *float64 {
	if n == 0 {
		return nil
	}
	v := math.Round(float64(sum)/float64(n)*10) / 10
	return &v
}

// plainFigures counts them over cases that were read until the end of the period.
func plainFigures(cases []countedCase, period foi.Period, calendar workday.Calendar) PlainFigures {
	f := PlainFigures{Levels: []CountLine{}}
	channels, outcomes, stars := map[foi.Channel]int{}, map[foi.OutcomeKind]int{}, map[int]int{}
	days, took := 0, map[foi.Period]int{}
	for _, c := range cases {
		if c.Void {
			continue
		}
		if c.ReceivedOn >= period.From && c.ReceivedOn <= period.To {
			channels[c.Channel]++
		}
		if c.ClosedOn < period.From || c.ClosedOn > period.To {
			continue
		}
		if o, err := foi.FindOutcome(c.Outcome); err == nil {
			outcomes[o.Kind]++
		}
		if c.Ending != foi.WasAnswered {
			continue
		}
		f.Answered++
		if !c.Late {
			f.OnTime++
		}
		span := foi.Period{From: c.ReceivedOn, To: c.ClosedOn}
		if _, counted := took[span]; !counted {
			took[span] = calendar.Count(span.From, span.To)
		}
		days += took[span]
		if c.Rating > 0 {
			stars[c.Rating]++
		}
	}
	f.Workdays = oneDecimal(days, f.Answered)
	for _, c := range foi.Channels() {
		f.Channels = append(f.Channels, CountLine{string(c), c.Name(), channels[c]})
	}
	for _, k := range foi.OutcomeKinds() {
		f.Outcomes = append(f.Outcomes, CountLine{string(k), k.Name(), outcomes[k]})
	}
	f.Ratings = ratingsOf(stars)
	return f
}

func ratingsOf(stars map[int]int) Ratings {
	r, sum := Ratings{Stars: []CountLine{}, Fewest: fewestRatings}, 0
	for n, count := range stars {
		r.Count, sum = r.Count+count, sum+n*count
	}
	if r.Count < fewestRatings {
		return r
	}
	r.Average = oneDecimal(sum, r.Count)
	for n := 5; n >= 1; n-- {
		r.Stars = append(r.Stars, CountLine{string(rune('0' + n)), string(rune('0'+n)) + " 星", stars[n]})
	}
	return r
}

// openByLevel counts what is open today by level of alarm, as the list filters it.
func (p *platform) openByLevel(app core.App, school string) ([]CountLine, error) {
	list := []CountLine{}
	levels := slices.Clone(foi.Levels())
	slices.Reverse(levels) // the most pressing first
	for _, level := range levels {
		within, err := p.levelIs(level.Code())
		if err != nil {
			return nil, err
		}
		where := []dbx.Expression{within, dbx.In("state", openStates...)}
		if school != "" {
			where = append(where, dbx.HashExp{"school": school})
		}
		n := 0
		if err := app.DB().Select("count(*)").From(records.FOIRequests).Where(dbx.And(where...)).Row(&n); err != nil {
			return nil, err
		}
		list = append(list, CountLine{level.Code(), level.Name(), n})
	}
	return list, nil
}
