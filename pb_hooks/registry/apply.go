package registry

import (
	"slices"
	"strings"
)

// Apply is the school as it is once the line is accepted, with the fields of the line and no other. Opening, merging,
// closing and reopening are more than fields: see Line.
func (l Line) Apply(s School) School {
	s = s.clone()
	for _, change := range l.Fields {
		if change.Field == "campuses" {
			l.applyCampuses(&s)
			continue
		}
		for _, f := range fields {
			if f.name == change.Field {
				f.take(&s, l.After)
			}
		}
	}
	dropOwnName(&s)
	return s
}

// applyCampuses adds the campuses of After, or takes them away where they became schools.
func (l Line) applyCampuses(s *School) {
	for _, campus := range l.After.Campuses {
		if l.Kind == Split {
			s.Campuses = slices.DeleteFunc(s.Campuses, func(c Campus) bool { return key(c.Name) == key(campus.Name) })
			continue
		}
		addCampus(s, campus)
	}
}

// Holds reports whether the school still is what the line was made for. Who keeps a set for review asks it before
// applying a line: somebody may have changed the school meanwhile.
func (l Line) Holds(s School) bool {
	switch l.Kind {
	case Close, Merge, Vanish:
		return s.IsLiving()
	case Reopen:
		return !s.IsLiving()
	case AddCampus:
		s = s.clone()
		return addCampus(&s, l.After.Campuses[0]) != nil
	case Split:
		return s.IsLiving() && !slices.ContainsFunc(l.After.Campuses, func(gone Campus) bool { return !slices.Contains(s.Campuses, gone) })
	}
	for _, change := range l.Fields {
		for _, f := range fields {
			if f.name == change.Field && f.name != "aliases" && f.show(s) != change.Old { // aliases are only added
				return false
			}
		}
	}
	return true
}

// IsLiving reports whether the school is open or to be opened.
func (s School) IsLiving() bool { return s.Status == Open || s.Status == Planned || s.Status == "" }

// Key names the row in every answer: by the register's id, else the code, else name and address. A Decision is about it.
func (r Row) Key() string {
	switch s := r.School; {
	case s.RegistryID != "":
		return "id:" + s.RegistryID
	case s.Code != "":
		return "code:" + s.Code
	default:
		return strings.Join([]string{"name", key(s.Name), key(s.Town), key(s.Address)}, ":")
	}
}

// certain are the bases that do not rest on a name.
var certain = []Basis{ByDecision, ByRegistryID, ByCode, ByCreditCode}

// Ruled are the kinds that a Rule may cover, those that are met most first.
func Ruled() []Kind { return []Kind{Update, Move, Rename, Create, AddCampus} }

// Accepted are the lines that the rules accept without a person: none while the set is stopped.
func (s Set) Accepted(rules []Rule) []Line {
	if s.Stop != "" {
		return nil
	}
	var accepted []Line
	for _, line := range s.Lines {
		if slices.ContainsFunc(rules, func(r Rule) bool { return r.covers(line) }) {
			accepted = append(accepted, line)
		}
	}
	return accepted
}

func (r Rule) covers(l Line) bool {
	if !l.Acceptable() || r.From != l.Kind || !slices.Contains(Ruled(), l.Kind) {
		return false
	}
	if r.Field != "" && slices.ContainsFunc(l.Fields, func(c FieldChange) bool { return c.Field != r.Field }) {
		return false
	}
	bases := r.Basis
	if len(bases) == 0 {
		bases = certain
	}
	return l.Kind == Create || slices.Contains(bases, l.Basis) // a new school was found by nothing
}
