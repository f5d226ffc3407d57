package registry

import (
	"slices"
)

// mother is the row and the stored school of which a name like 甲（乙校区） is a place.
func (p *plan) mother(base string) (*said, *target) {
	row, stored := p.names[key(base)], only(p.stored.name[key(base)])
	if p.file {
		return row, stored
	}
	written := p.writing.name(base)
	if rows := p.written[written]; row == nil && len(rows) == 1 {
		row = rows[0]
	}
	if stored == nil {
		stored = only(p.stored.written[written])
	}
	return row, stored
}

// campusOfSchool reports whether the row is a place of another school. An alias does not tell: the next answer may give
// it to a second school.
func (p *plan) campusOfSchool(s *said) bool {
	base, _, ok := splitCampus(s.School.Name)
	if !ok || len(p.stored.name[key(s.School.Name)]) > 0 {
		return false
	}
	if _, decided := p.decided[s.Key()]; decided {
		return false
	}
	row, stored := p.mother(base)
	if row == nil && stored == nil {
		return false
	}
	if known := only(p.stored.registryID[s.School.RegistryID]); known != nil && known != stored {
		return false
	}
	code := s.School.Code
	return code == "" || row != nil && row.School.Code == code || stored != nil && stored.before.Code == code
}

func (p *plan) placeCampus(s *said) {
	base, name, _ := splitCampus(s.School.Name)
	row, t := p.mother(base)
	if row != nil {
		if t = row.target; t == nil {
			p.refuse(s, "name", "所属学校“%s”在第 %d 行，该行有问题", base, row.Line)
			return
		}
	}
	if !p.sameName(t.after.Name, base) {
		p.refuse(s, "name", "所属学校已改名为“%s”，请写新的校名", t.after.Name)
		return
	}
	t.named = true
	s.target = t
	s.campus = addCampus(&t.after, Campus{Name: name, Address: s.School.Address, Phone: s.School.Phone})
}

func (p *plan) sameName(a, b string) bool {
	return key(a) == key(b) || !p.file && p.writing.name(a) == p.writing.name(b)
}

// take writes what the row says over what is stored. A name is taken by a number or as the new one of a school named
// before: who was found by another name is already known by it.
func (p *plan) take(t *target, s *said) {
	old := t.after.Name
	for _, f := range fields {
		if s.Given[f.name] && f.name != "name" && !p.keeps(t, s, f) {
			f.take(&t.after, s.School)
		}
	}
	named := slices.Contains(certain, s.basis) || s.basis == ByFormerName
	if named && s.Given["name"] && key(old) != key(s.School.Name) && t.correction("name") == nil {
		t.after.Name = s.School.Name
		t.after.Aliases = addAliases(t.after.Aliases, old)
	}
	dropOwnName(&t.after)
}

// keeps reports whether the stored value stays whatever the register says: one that was corrected here, the code by which
// addresses call the school, and what is only written otherwise. Whether a school is at work is not a value: see lives.
func (p *plan) keeps(t *target, s *said, f field) bool {
	switch {
	case f.name == "code":
		return t.before.Code != ""
	case p.file:
		return false
	case t.correction(f.name) != nil:
		return true
	case f.name == "status":
		return !(t.before.IsLiving() && s.School.IsLiving())
	case f.name == "ended_on":
		return true
	}
	return sameValue(f, t.before, s.School)
}

// sameValue reports whether two values differ at most in how they are written.
func sameValue(f field, a, b School) bool {
	switch f.name {
	case "name":
		return key(a.Name) == key(b.Name)
	case "phone":
		return slices.Equal(phones(a.Phone), phones(b.Phone))
	}
	return f.show(a) == f.show(b)
}
