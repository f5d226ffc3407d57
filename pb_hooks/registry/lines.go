package registry

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
)

// key names what the line is about and what would come of it.
func (l Line) key() string {
	parts := []string{string(l.Kind), cmp.Or(l.School, l.RowKey)}
	for _, c := range l.Fields {
		parts = append(parts, c.Field, c.New)
	}
	for _, s := range l.Into {
		parts = append(parts, s.Code, s.Name)
	}
	for _, s := range l.Parts {
		parts = append(parts, s.Name)
	}
	for _, c := range l.Candidates {
		parts = append(parts, c.School)
	}
	for _, p := range l.Problems {
		parts = append(parts, p.Field, p.Reason)
	}
	if l.Kind == Create {
		parts = append(parts, l.Name)
	}
	return fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(parts, "\x00"))))[:24]
}

// line is what all lines of a row have in common.
func (s *said) line(kind Kind, reason string) Line {
	l := Line{Kind: kind, Row: s.Line, RowKey: s.Key(), Code: s.School.Code, Name: s.School.Name, Reason: reason}
	if s.target != nil {
		l.School, l.Basis = s.target.before.ID, s.basis
		l.Code, l.Name = cmp.Or(s.target.before.Code, s.target.after.Code), cmp.Or(s.target.before.Name, s.target.after.Name)
	}
	return l
}

// lines are what a row does.
func (p *plan) lines(s *said) []Line {
	switch problems := s.allProblems(); {
	case len(problems) > 0:
		l := s.line(Bad, problems[0].Reason)
		l.Problems = problems
		return []Line{l}
	case s.idle:
		return []Line{s.line(Same, s.reason)}
	case s.unsure:
		l := s.line(Unsure, s.reason)
		l.Candidates = s.candidates
		if len(l.Candidates) > 0 {
			l.Basis = BySimilarity
			l.Reason = fmt.Sprintf("可能是“%s”（%s）", l.Candidates[0].Name, l.Candidates[0].Reason)
		}
		return []Line{l}
	case s.isCampus:
		return []Line{s.campusLine()}
	case s.target.isNew:
		if s.target.splitFrom != nil {
			return []Line{s.line(Same, fmt.Sprintf("随“%s”分设一并新增", s.target.splitFrom.before.Name))}
		}
		l := s.line(Create, "名单中有，本平台没有")
		l.After = s.target.after
		return []Line{l}
	}
	lines := p.lives(s)
	if s.target.before.IsLiving() && len(lines) == 0 || len(lines) > 0 && lines[0].Kind == Reopen { // of what has ended nothing is brought up to date
		lines = slices.Concat(lines, s.fieldLines(p), p.otherCode(s))
	}
	if len(lines) == 0 {
		lines = []Line{s.line(Same, s.whyMatched())}
	}
	return lines
}

// otherCode tells that the register has another code for the school. There is nothing to decide: addresses and index
// numbers carry ours.
func (p *plan) otherCode(s *said) []Line {
	ours, theirs := s.target.before.Code, s.School.Code
	if theirs == "" || key(theirs) == key(ours) || p.numbered(ours) || s.target.correction("code") != nil {
		return nil
	}
	l := s.line(Conflict, fmt.Sprintf("本平台的学校代码是 %s，名单中是 %s；代码一经使用不能更改", ours, theirs))
	l.Fields, l.Known = []FieldChange{{"code", ours, theirs}}, true
	return []Line{l}
}

func (s *said) campusLine() Line {
	t := s.target
	switch {
	case t.isNew:
		return s.line(Same, fmt.Sprintf("随新学校“%s”一并新增", t.after.Name))
	case len(s.campus) == 0:
		return s.line(Same, fmt.Sprintf("是“%s”的校区", t.before.Name))
	}
	l := s.line(AddCampus, fmt.Sprintf("是“%s”的校区", t.before.Name))
	l.Fields = s.campus
	_, name, _ := splitCampus(s.School.Name)
	i := slices.IndexFunc(t.after.Campuses, func(c Campus) bool { return key(c.Name) == key(name) })
	l.After.Campuses = []Campus{t.after.Campuses[i]}
	return l
}

// fieldGroups are fields that are accepted together; the first gives the line its name.
var fieldGroups = [][]string{{"name", "short_name", "initials", "aliases"}, {"address", "town", "postcode", "lon", "lat"}, {"short_name", "initials"}, {"lon", "lat"}}

// fieldLines are the values that become others.
func (s *said) fieldLines(p *plan) []Line {
	t := s.target
	changes := differences(t.before, t.after)
	take := func(names []string) []FieldChange {
		var taken []FieldChange
		changes = slices.DeleteFunc(changes, func(c FieldChange) bool {
			if !slices.Contains(names, c.Field) {
				return false
			}
			taken = append(taken, c)
			return true
		})
		return taken
	}
	var lines []Line
	add := func(kind Kind, reason string, fields []FieldChange) {
		l := s.line(kind, s.whyMatched())
		if reason != "" {
			l.Reason += "；" + reason
		}
		l.Fields = fields
		for _, c := range fields {
			for _, f := range p.fieldsNamed(c.Field) {
				f.take(&l.After, t.after)
			}
		}
		lines = append(lines, l)
	}
	if t.before.Name != t.after.Name {
		reason := ""
		if p.writing.name(t.before.Name) == p.writing.name(t.after.Name) {
			reason = "只是写法不同"
		}
		add(Rename, reason, take(fieldGroups[0]))
	}
	if p.hasMoved(t) {
		add(Move, "", take(fieldGroups[1]))
	}
	for len(changes) > 0 {
		names := []string{changes[0].Field}
		for _, group := range fieldGroups[2:] {
			if slices.Contains(group, names[0]) {
				names = group
			}
		}
		fields := take(names)
		add(Update, p.updateReason(t, fields[0]), fields)
	}
	return lines
}

func (p *plan) fieldsNamed(name string) []field {
	i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
	if i < 0 {
		return nil
	}
	return fields[i : i+1]
}

// hasMoved reports whether address or town become another place; an address known better or written otherwise does not.
func (p *plan) hasMoved(t *target) bool {
	before, after := p.writing.addresses(t.before.Address), p.writing.addresses(t.after.Address)
	moved := len(before) > 0 && len(after) > 0 && !share(before, after)
	return moved || t.before.Town != "" && t.after.Town != "" && town(t.before.Town) != town(t.after.Town)
}

func (p *plan) updateReason(t *target, change FieldChange) string {
	switch {
	case change.Old == "":
		return "原来没有填写"
	case change.Field == "address" || change.Field == "town":
		return "只是写法不同，地点没有变"
	}
	return ""
}
