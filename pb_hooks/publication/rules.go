package publication

import (
	"slices"
	"strings"
)

// Rule says which reviews the columns of some schools ask for, from a day on.
type Rule struct {
	Column    string // a code or the beginning of one; "" for all
	Stage     string // 学段; "" for all
	Ownership string // 公办 or 民办; "" for all
	Form      Form
	Workdays  int    // to finish one review; 办理时限
	From      string // date from which it holds
}

// DefaultRule holds where the bureau has set none.
var DefaultRule = Rule{Form: Standard, Workdays: 2}

// Place is where an article stands.
type Place struct {
	Column    string
	Stages    []string
	Ownership string
}

// RuleFor returns the rule in force on a day: the one that names the column
// most exactly, then the stage, then the ownership; of equals the newest.
func RuleFor(rules []Rule, at Place, day string) Rule {
	best, found := DefaultRule, false
	for _, r := range rules {
		if !r.holds(at, day) || found && !r.before(best) {
			continue
		}
		best, found = r, true
	}
	return best
}

func (r Rule) holds(at Place, day string) bool {
	return r.From <= day && strings.HasPrefix(at.Column, r.Column) && (r.Stage == "" || slices.Contains(at.Stages, r.Stage)) &&
		(r.Ownership == "" || r.Ownership == at.Ownership)
}

// before reports whether r is chosen rather than other.
func (r Rule) before(other Rule) bool {
	switch {
	case len(r.Column) != len(other.Column):
		return len(r.Column) > len(other.Column)
	case (r.Stage != "") != (other.Stage != ""):
		return r.Stage != ""
	case (r.Ownership != "") != (other.Ownership != ""):
		return r.Ownership != ""
	}
	return r.From > other.From
}

// IsLowRisk reports whether a column may be given to two people: news and
// notices, nothing about money, admission or persons.
func IsLowRisk(column string) bool {
	return slices.Contains([]string{"A0308", "A0309", "A0405", "A0503", "A0504"}, column)
}
