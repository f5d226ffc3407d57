package registry

import (
	"fmt"
	"slices"
	"strings"
)

// Scope is the part of the district that a source speaks for, where several sources list a part each. An empty list is
// every value; the zero Scope is the whole district.
type Scope struct {
	Stages     []string `json:"stages,omitempty"`
	Ownerships []string `json:"ownerships,omitempty"`
	Towns      []string `json:"towns,omitempty"`
}

// Check tells what is wrong with the scope; Field is the path within it.
func (s Scope) Check() (found []Problem) {
	for _, part := range s.parts(School{}) {
		for i, value := range part.listed {
			switch {
			case strings.TrimSpace(value) == "":
				found = append(found, Problem{Field: part.path, Reason: "有一个是空的"})
			case part.known != nil && !slices.Contains(part.known, value):
				found = append(found, Problem{Field: part.path, Reason: fmt.Sprintf("没有“%s”，可填：%s", value, strings.Join(part.known, "、"))})
			case slices.Contains(part.listed[:i], value):
				found = append(found, Problem{Field: part.path, Reason: fmt.Sprintf("“%s”写了两次", value)})
			}
		}
	}
	return found
}

// scopePart is one list of a scope beside what a school has of it.
type scopePart struct {
	path, field string
	listed      []string
	known       []string // values there are; nil where there are others
	has         []string
}

func (s Scope) parts(school School) []scopePart {
	text := func(value string) []string {
		return slices.DeleteFunc([]string{value}, func(v string) bool { return v == "" })
	}
	return []scopePart{
		{"stages", "stages", s.Stages, Stages, school.Stages},
		{"ownerships", "ownership", s.Ownerships, Ownerships, text(school.Ownership)},
		{"towns", "town", s.Towns, nil, text(school.Town)},
	}
}

// meets reports whether a school has one of the values that are listed; a town is the same with and without 镇 or 街道.
func (part scopePart) meets() bool {
	return slices.ContainsFunc(part.has, func(value string) bool {
		return slices.ContainsFunc(part.listed, func(listed string) bool { return value == listed || part.known == nil && town(value) == town(listed) })
	})
}

// covers reports whether the source speaks for a stored school, so that it has vanished when the source no longer has it.
// Of a school of which we do not know enough nobody can say so.
func (s Scope) covers(school School) bool {
	return !slices.ContainsFunc(s.parts(school), func(part scopePart) bool { return len(part.listed) > 0 && !part.meets() })
}

// strays says by which field a row is outside of what the source speaks for. What a row does not say is taken to be inside.
func (s Scope) strays(row Row) (problem Problem, is bool) {
	for _, part := range s.parts(row.School) {
		if len(part.listed) > 0 && len(part.has) > 0 && !part.meets() {
			return Problem{row.Line, part.field, fmt.Sprintf("“%s”不在这个来源负责的范围里（%s），没有采用", strings.Join(part.has, "、"), strings.Join(part.listed, "、"))}, true
		}
	}
	return Problem{}, false
}

// bound refuses the rows that a source does not speak for, and leaves in peace the schools that it does not.
func (p *plan) bound(scope Scope) {
	for _, s := range p.rows {
		if problem, is := scope.strays(s.Row); is {
			s.problems = append(s.problems, problem)
		}
	}
	for _, t := range p.targets {
		t.beyond = !scope.covers(t.before)
	}
}
