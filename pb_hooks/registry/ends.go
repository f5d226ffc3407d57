package registry

import (
	"fmt"
	"slices"
	"strings"
)

// usualAbsences is how many whole answers in a row must be without a school before it may be closed.
const usualAbsences = 3

// ends adds the lines of schools that no row speaks about.
func (p *plan) ends(o Options, set *Set) {
	whole := !o.Partial
	for _, t := range p.split {
		set.Lines = append(set.Lines, p.splitLine(t, whole))
	}
	heirs := p.heirs()
	for _, t := range p.targets {
		if !t.isGone(whole) {
			if o.Partial && !t.isNew && t.by == nil && o.Missing[t.before.ID] > 0 {
				set.Missing[t.before.ID] = o.Missing[t.before.ID]
			}
			continue
		}
		if slices.Contains(p.split, t) || t.before.Status == Planned { // a school to be opened need not be listed yet
			continue
		}
		set.Missing[t.before.ID] = o.Missing[t.before.ID] + 1
		if l, ok := p.mergeLine(t, heirs); ok {
			set.Lines = append(set.Lines, l)
			continue
		}
		set.Lines = append(set.Lines, vanishLine(t, set.Missing[t.before.ID], o.VanishAfter))
	}
}

func vanishLine(t *target, times, after int) Line {
	if after <= 0 {
		after = usualAbsences
	}
	l := Line{Kind: Vanish, School: t.before.ID, Code: t.before.Code, Name: t.before.Name, Known: times < after}
	l.Reason = fmt.Sprintf("名单中连续 %d 次没有这所学校，请向区里核实后撤销", times)
	if l.Known {
		l.Reason = fmt.Sprintf("名单中没有这所学校（第 %d 次，连续 %d 次后可以撤销）", times, after)
	}
	l.give(t.before, School{Status: Closed}, "status")
	return l
}

// heirs are the rows that may have taken over from a school, by what they name of it.
type heirs struct {
	former    map[string][]*said // by a former name they give
	campuses  map[string][]*said // campuses by address
	places    []*said            // campuses of no known address
	newcomers map[string][]*said // by the address a school moved to
}

func (p *plan) heirs() heirs {
	h := heirs{map[string][]*said{}, map[string][]*said{}, nil, map[string][]*said{}}
	for _, s := range p.rows {
		if s.target == nil || len(s.allProblems()) > 0 {
			continue
		}
		for _, alias := range s.School.Aliases {
			h.former[p.writing.name(alias)] = append(h.former[p.writing.name(alias)], s)
		}
		for _, at := range s.face.addresses {
			switch {
			case s.isCampus:
				h.campuses[at] = append(h.campuses[at], s)
			case !s.target.isNew && s.target.face.movedFrom(s.face):
				h.newcomers[at] = append(h.newcomers[at], s)
			}
		}
		if s.isCampus && len(s.face.addresses) == 0 {
			h.places = append(h.places, s)
		}
	}
	return h
}

// mergeLine finds who took over from a school that is in no row: who names it as a former name, or has its place as a
// campus. Who merely moved to its address is a candidate.
func (p *plan) mergeLine(t *target, h heirs) (Line, bool) {
	l := Line{Kind: Merge, School: t.before.ID, Code: t.before.Code, Name: t.before.Name}
	l.give(t.before, School{Status: Merged}, "status")
	add := func(s *said, why string) {
		if l.Reason == "" {
			l.Row, l.RowKey, l.Reason = s.Line, s.Key(), "名单中已没有这所学校；"+why
		}
		l.Into = addSuccessor(l.Into, s.target)
	}
	for _, s := range h.former[t.face.written] {
		add(s, fmt.Sprintf("“%s”写明曾用名“%s”", s.target.after.Name, t.before.Name))
	}
	if branch := p.branches[t]; branch != nil {
		add(branch.by, fmt.Sprintf("“%s”用了它的校名", branch.after.Name))
	}
	for _, at := range t.face.addresses {
		for _, s := range h.campuses[at] {
			add(s, fmt.Sprintf("它的地址现在是“%s”的校区", s.target.after.Name))
		}
	}
	core := strings.TrimSuffix(t.face.written, schoolKind(t.face.written))
	for _, s := range h.places {
		if _, place, _ := splitCampus(s.School.Name); len([]rune(core)) >= 2 && strings.Contains(p.writing.name(place), core) {
			add(s, fmt.Sprintf("“%s”有校区“%s”", s.target.after.Name, place))
		}
	}
	if len(l.Into) > 0 {
		return l, true
	}
	for _, at := range t.face.addresses {
		for _, s := range h.newcomers[at] {
			l.Candidates = append(l.Candidates, Candidate{s.target.before.ID, s.target.before.Code, s.target.before.Name, alike(t.face, s.face), "搬到了它的地址"})
		}
	}
	if len(l.Candidates) == 0 {
		return l, false
	}
	l.Reason = fmt.Sprintf("名单中已没有这所学校；“%s”搬到了它的地址，如已并入请选择", l.Candidates[0].Name)
	return l, true
}
