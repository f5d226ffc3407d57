package registry

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// lives tells what the row says about whether its school is at work.
func (p *plan) lives(s *said) []Line {
	t := s.target
	theirs := s.School.Status
	if !s.Given["status"] {
		theirs = Open // a list shows what is at work
	}
	gone := theirs == Closed || theirs == Merged
	switch {
	case t.correction("status") != nil || gone == !t.before.IsLiving():
		return nil
	case !gone:
		reason := "本平台已合并或撤销，名单中仍在"
		if s.Given["status"] {
			reason = "本平台已合并或撤销，名单中写明" + StatusLabel(theirs)
		}
		l := s.line(Reopen, s.whyMatched()+"；"+reason)
		l.give(t.before, School{Status: theirs}, "status", "ended_on")
		return []Line{l}
	}
	kind, reason := Close, "名单中写明已撤销"
	if theirs == Merged {
		kind, reason = Merge, "名单中写明已合并"
	}
	l := s.line(kind, s.whyMatched()+"；"+reason)
	l.give(t.before, School{Status: theirs, EndedOn: s.School.EndedOn}, "status", "ended_on")
	if kind == Merge {
		l.Into = p.successors(s)
		l.Reason += intoWords(l.Into)
	}
	return []Line{l}
}

// give sets the fields of the line that differ.
func (l *Line) give(before, after School, names ...string) {
	for _, c := range differences(before, after) {
		if slices.Contains(names, c.Field) && (c.New != "" || l.Kind == Reopen) {
			l.Fields = append(l.Fields, c)
		}
	}
	l.After = School{Status: after.Status, EndedOn: after.EndedOn}
}

func intoWords(into []Successor) string {
	if len(into) == 0 {
		return "，没有写明并入哪所学校，请选择"
	}
	var names []string
	for _, s := range into {
		names = append(names, "“"+s.Name+"”")
	}
	return "，并入" + strings.Join(names, "、")
}

// successors are the schools that the row names by id, code or name.
func (p *plan) successors(s *said) []Successor {
	var into []Successor
	for _, word := range s.School.Successors {
		for _, list := range [][]*target{p.stored.registryID[word], p.stored.code[key(word)], p.stored.name[key(word)], p.stored.alias[key(word)], p.stored.written[p.writing.name(word)]} {
			if t := only(list); t != nil && t != s.target {
				into = addSuccessor(into, t)
				break
			}
		}
		if row := p.names[key(word)]; row != nil && row.target != nil && row.target.isNew {
			into = addSuccessor(into, row.target)
		}
	}
	return into
}

// addSuccessor adds a school that is or will be at work.
func addSuccessor(into []Successor, t *target) []Successor {
	reopened := t.by != nil && t.by.School.IsLiving() && t.correction("status") == nil
	if t.problem != nil && t.isNew || !t.before.IsLiving() && !reopened {
		return into
	}
	one := Successor{t.before.ID, cmp.Or(t.before.Code, t.after.Code), t.after.Name}
	if slices.Contains(into, one) {
		return into
	}
	return append(into, one)
}

// splitSchools finds new schools that were places of a stored one or name it as what they were before. One school that
// took the place of another is a merger.
func (p *plan) splitSchools(whole bool) {
	var origins []*target
	byAddress := map[string][]*target{}
	for _, t := range p.targets {
		if !t.isNew && t.before.IsLiving() {
			for _, c := range t.before.Campuses {
				for _, at := range p.writing.addresses(c.Address) {
					byAddress[at] = append(byAddress[at], t)
				}
			}
		}
	}
	for _, t := range p.targets {
		if !t.isNew || t.problem != nil || !t.by.speaksForItself() {
			continue
		}
		from := p.branchOf(t.by)
		if from == nil {
			from = p.campusAt(byAddress, t)
		}
		if from == nil && whole {
			if former := formerNames(p, t.by); len(former) == 1 {
				from = former[0]
			}
		}
		if from == nil || from.problem != nil || len(from.leaving(p, t)) == 0 && !from.isGone(whole) {
			continue
		}
		if from.parts = append(from.parts, t); len(from.parts) == 1 {
			origins = append(origins, from)
		}
	}
	p.branches = map[*target]*target{}
	for _, t := range origins {
		if t.isGone(whole) && len(t.parts) == 1 {
			p.branches[t] = t.parts[0]
			continue
		}
		p.split = append(p.split, t)
		for _, part := range t.parts {
			part.splitFrom = t
		}
	}
}

// branchOf is the stored school of which the row bears the name with a place: 甲（乙校区）.
func (p *plan) branchOf(s *said) *target {
	base, _, ok := splitCampus(s.School.Name)
	if !ok {
		return nil
	}
	if _, t := p.mother(base); t != nil && t.before.IsLiving() {
		return t
	}
	return nil
}

func (p *plan) campusAt(byAddress map[string][]*target, t *target) *target {
	for _, at := range p.writing.addresses(t.after.Address) {
		if list := byAddress[at]; len(list) == 1 {
			return list[0]
		}
	}
	return nil
}

// isGone reports whether a whole answer says nothing about a school at work that it speaks for.
func (t *target) isGone(whole bool) bool {
	return whole && !t.isNew && t.by == nil && !t.named && !t.beyond && t.before.IsLiving()
}

// leaving are the campuses of a school that the new school is.
func (t *target) leaving(p *plan, part *target) []Campus {
	_, name, _ := splitCampus(part.after.Name)
	var gone []Campus
	for _, c := range t.before.Campuses {
		if key(c.Name) == key(name) || share(p.writing.addresses(c.Address), p.writing.addresses(part.after.Address)) {
			gone = append(gone, c)
		}
	}
	return gone
}

// splitLine is the division of one school.
func (p *plan) splitLine(t *target, whole bool) Line {
	l := Line{Kind: Split, School: t.before.ID, Code: t.before.Code, Name: t.before.Name, Ends: t.isGone(whole)}
	if t.by != nil {
		l.Row, l.RowKey, l.Basis = t.by.Line, t.by.Key(), t.by.basis
	}
	var names []string
	for _, part := range t.parts {
		l.Parts = append(l.Parts, part.after)
		names = append(names, "“"+part.after.Name+"”")
		for _, c := range t.leaving(p, part) {
			if !slices.Contains(l.After.Campuses, c) {
				l.After.Campuses = append(l.After.Campuses, c)
				l.Fields = append(l.Fields, FieldChange{"campuses", c.text(), ""})
			}
		}
	}
	l.Reason = fmt.Sprintf("名单中%s成为独立的学校", strings.Join(names, "、"))
	if l.Ends {
		l.Reason += fmt.Sprintf("，已没有“%s”", l.Name)
	}
	return l
}
