package pb_hooks

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/workday"
)

// monthAgo is how many days earlier a figure is compared with.
const monthAgo = 30

// standing is how somebody stood at the end of a day and a month before: stocks as
// they were, totals since the year began.
type standing struct {
	Day, Before   workday.Date // Before is "" if nothing was kept then
	From          workday.Date // totals are counted since
	counts, older figures.Counts
	ofOne         bool // of one school
}

// standing reads it.
func (s scope) standing(app core.App, day workday.Date) (*standing, error) {
	before, err := lastKept(app, shifted(day, -monthAgo))
	if err != nil {
		return nil, err
	}
	starts := map[workday.Date]workday.Date{}
	days := []workday.Date{day}
	for _, d := range []workday.Date{day, before} {
		if d == "" {
			continue
		}
		if starts[d], err = yearStart(app, d); err != nil {
			return nil, err
		}
		days = append(days, d, starts[d])
	}
	kept, err := s.counts(app, days...)
	if err != nil {
		return nil, err
	}
	st := &standing{ofOne: s.school != nil, Day: day, Before: before, From: starts[day].Next(), counts: figures.Period(kept[starts[day]], kept[day])}
	if before != "" && kept[before] != nil {
		st.older = figures.Period(kept[starts[before]], kept[before])
	} else {
		st.Before = ""
	}
	return st, nil
}

// yearStart is the day after which a year is counted: the last one of the year
// before, or the first one that was kept if that was later.
func yearStart(app core.App, day workday.Date) (workday.Date, error) {
	start, err := lastKept(app, workday.Date(fmt.Sprintf("%04d-12-31", day.Year()-1)))
	if err != nil || start != "" {
		return start, err
	}
	return firstKept(app)
}

// ShareChange is a share, and what it was a month ago.
type ShareChange struct {
	ShareLine
	IsYear bool           `json:"is_year"` // counted since the year began, else as of the day
	Before *figures.Ratio `json:"before"`  // null if nothing was kept then
}

// FigureChange is a figure, and what it was a month ago.
type FigureChange struct {
	Name   string `json:"name"`
	Group  string `json:"group"`
	Label  string `json:"label"`
	Unit   string `json:"unit"`
	How    string `json:"how"`
	IsYear bool   `json:"is_year"`
	Count  int    `json:"count"`
	Before *int   `json:"before"`
}

// shares draws every share.
func (st *standing) shares() []ShareChange {
	lines := []ShareChange{}
	for _, s := range figures.Shares() {
		whole, _ := figures.Named(s.Whole)
		if st.hides(s.Whole) {
			continue
		}
		line := ShareChange{ShareLine: ShareLine{s.Name, s.Label, s.Target, s.How, s.Of(st.counts)}, IsYear: whole.Kind == figures.Total}
		if st.compares(s.Whole) {
			before := s.Of(st.older)
			line.Before = &before
		}
		lines = append(lines, line)
	}
	return lines
}

// figures draws every figure.
func (st *standing) figures() []FigureChange {
	lines := []FigureChange{}
	for _, f := range figures.Catalogue() {
		if st.hides(f.Name) {
			continue
		}
		line := FigureChange{Name: f.Name, Group: f.Group, Label: f.Label, Unit: f.Unit, How: f.How, IsYear: f.Kind == figures.Total, Count: st.counts[f.Name]}
		if st.compares(f.Name) {
			before := st.older[f.Name]
			line.Before = &before
		}
		lines = append(lines, line)
	}
	return lines
}

// isRating reports whether a figure tells how people have rated.
func isRating(figure string) bool { return figure == "ratings" || figure == "ratings_satisfied" }

// hides: of a school that few people have rated it is not said how: who they are
// could be told.
func (st *standing) hides(figure string) bool {
	return st.ofOne && isRating(figure) && st.counts["ratings"] < inquiry.SmallestGroup
}

// compares: how a school was rated in the last month may be what one person said.
func (st *standing) compares(figure string) bool {
	return st.older != nil && !(st.ofOne && isRating(figure))
}
