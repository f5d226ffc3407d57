package registry

import (
	"cmp"
	"slices"
)

// Compare says what an answer of the register would do to the stored schools. Rows are matched by a person's earlier
// choice, else by the register's id, code, 统一社会信用代码, name, alias, former name, and the name written in one way, the
// surer first; names only where nothing speaks against it. What is merely alike waits for a person as Unsure. The result
// depends neither on the order of the rows nor on that of the schools, and is the same every time.
func Compare(stored []School, rows []Row, d District, o Options) Set {
	p := newPlan(stored, rows, d, false)
	for _, decision := range o.Decisions {
		if decision.School == "" || p.stored.id[decision.School] != nil {
			p.decided[decision.Row] = decision.School
		}
	}
	p.correct(o.Corrections)
	p.bound(o.Scope)
	p.refuseRepeated()
	p.place()
	for _, s := range p.rows {
		if len(s.allProblems()) > 0 {
			p.nameStored(s)
		}
	}
	p.fillDerived()
	p.refuseDoubles()
	p.splitSchools(!o.Partial)
	set := p.set(o)
	set.Stop = o.stop(p, set.Lines)
	return set
}

// placeRest opens a school for each row that has none, unless it may be one that no row speaks about, or belongs elsewhere.
func (p *plan) placeRest() {
	var faces []face
	byID := map[string]*target{}
	for _, t := range p.targets {
		if t.by == nil {
			faces = append(faces, t.face)
			byID[t.before.ID] = t
		}
	}
	near := newBlock(faces)
	for _, s := range p.rows {
		if !s.isOpen() || s.isCampus {
			continue
		}
		if s.School.Status == Closed || s.School.Status == Merged {
			s.idle, s.reason = true, "名单中已撤销或合并，本平台没有这所学校"
			continue
		}
		if !p.isOwn(s) && p.branchOf(s) == nil {
			s.candidates = near.candidates(s.face)
			s.unsure = len(s.candidates) > 0
			if s.face.elsewhere != "" && !s.unsure {
				s.unsure, s.reason = true, "名称或地址写明在"+s.face.elsewhere+"，请确认是不是本区学校"
			}
		}
		for _, c := range s.candidates {
			byID[c.School].named = true
		}
		switch {
		case s.unsure:
		case !s.Given["stages"]:
			p.refuse(s, "stages", "没有填写，新学校需要学段")
		default:
			p.open(s)
		}
	}
}

// set puts the lines of all rows and of the schools without a row in order.
func (p *plan) set(o Options) Set {
	set := Set{Missing: map[string]int{}}
	for _, s := range p.rows {
		set.Lines = append(set.Lines, p.lines(s)...)
	}
	p.ends(o, &set)
	p.hearCorrections(&set)
	order := map[Kind]int{}
	for i, k := range kindWords {
		order[k.kind] = i
	}
	for i := range set.Lines {
		set.Lines[i].Key = set.Lines[i].key()
	}
	slices.SortStableFunc(set.Lines, func(a, b Line) int {
		return cmp.Or(order[a.Kind]-order[b.Kind], cmp.Compare(a.Row, b.Row), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Key, b.Key))
	})
	return set
}
