package registry

import (
	"cmp"
	"fmt"
)

// target is one school while a file is compared with it.
type target struct {
	before, after School
	isNew         bool
	line          int      // of the row that speaks about it; 0 if none does
	problem       *Problem // why it cannot be stored as the file wants it
}

// plan is a file being compared with the schools that exist.
type plan struct {
	district District
	targets  []*target
	stored   struct{ byCode, byName, byAlias map[string]*target }
	shared   map[string]bool // aliases of more than one school
	rows     map[string]*Row // by key of the name, good or bad

	taken map[string]bool // codes, of bad lines too: they will be put right

	byLine       map[int]*target
	refused      map[int][]Problem
	campusFields map[int][]FieldChange
}

func newPlan(existing []School, rows []Row, d District) *plan {
	p := &plan{district: d, shared: map[string]bool{}, taken: map[string]bool{}, rows: map[string]*Row{}, byLine: map[int]*target{}, refused: map[int][]Problem{}, campusFields: map[int][]FieldChange{}}
	p.stored.byCode, p.stored.byName, p.stored.byAlias = map[string]*target{}, map[string]*target{}, map[string]*target{}
	for _, s := range existing {
		t := &target{before: s, after: s.clone()}
		p.targets = append(p.targets, t)
		p.stored.byCode[s.Code] = t
		p.taken[s.Code] = true
		p.stored.byName[key(s.Name)] = t
		for _, alias := range s.Aliases {
			if p.stored.byAlias[key(alias)] != nil {
				p.shared[key(alias)] = true
			}
			p.stored.byAlias[key(alias)] = t
		}
	}
	for i := range rows {
		p.taken[rows[i].School.Code] = true
		if name := key(rows[i].School.Name); name != "" {
			p.rows[name] = &rows[i]
		}
	}
	return p
}

// isVague reports whether the name is no school's name, but the alias of several.
func (p *plan) isVague(name string) bool {
	return p.shared[key(name)] && p.stored.byName[key(name)] == nil
}

// isCampus reports whether the row is a place of another school. An alias does not tell: the next file may give it to a
// second school.
func (p *plan) isCampus(row Row) bool {
	base, _, ok := splitCampus(row.School.Name)
	if !ok || p.stored.byName[key(row.School.Name)] != nil {
		return false
	}
	inFile, stored := p.rows[key(base)], p.stored.byName[key(base)]
	if inFile == nil && stored == nil {
		return false
	}
	code := row.School.Code
	return code == "" || inFile != nil && inFile.School.Code == code || stored != nil && stored.before.Code == code
}

// place finds the school of every row: first where it is certain, then by alias or new, then the campuses.
func (p *plan) place(rows []Row) {
	for _, exact := range []bool{true, false} {
		for _, row := range rows {
			if len(row.Problems) == 0 && !p.isCampus(row) && p.isExact(row) == exact {
				p.placeSchool(row)
			}
		}
	}
	for _, row := range rows {
		if len(row.Problems) == 0 && p.isCampus(row) {
			p.placeCampus(row)
		}
	}
}

// isExact reports whether code or name say which school is meant, so that an alias cannot claim it before.
func (p *plan) isExact(row Row) bool {
	return p.stored.byCode[row.School.Code] != nil || p.stored.byName[key(row.School.Name)] != nil
}

func (p *plan) placeSchool(row Row) {
	t := cmp.Or(p.stored.byCode[row.School.Code], p.stored.byName[key(row.School.Name)], p.stored.byAlias[key(row.School.Name)])
	switch code := row.School.Code; {
	case t != nil && p.isVague(row.School.Name) && code != t.before.Code:
		p.refuse(row.Line, "name", fmt.Sprintf("“%s”是不止一所学校的别名，请写学校全称或代码", row.School.Name))
		return
	case t == nil:
		school := row.School.clone()
		if school.Status == "" {
			school.Status = Open
		}
		dropOwnName(&school)
		t = &target{after: school, isNew: true}
		p.targets = append(p.targets, t)
	case t.line > 0:
		p.refuse(row.Line, "name", fmt.Sprintf("与第 %d 行指向同一所学校“%s”", t.line, t.before.Name))
		return
	case code != "" && code != t.before.Code: // addresses and index numbers carry the code
		p.refuse(row.Line, "code", fmt.Sprintf("“%s”已有代码 %s，代码一经使用不能更改；请改正或留空", t.before.Name, t.before.Code))
		return
	default:
		take(&t.after, row)
	}
	t.line = row.Line
	p.byLine[row.Line] = t
}

func (p *plan) placeCampus(row Row) {
	base, name, _ := splitCampus(row.School.Name)
	t := p.stored.byName[key(base)]
	if inFile := p.rows[key(base)]; inFile != nil {
		if t = p.byLine[inFile.Line]; t == nil {
			p.refuse(row.Line, "name", fmt.Sprintf("所属学校“%s”在第 %d 行，该行有问题", base, inFile.Line))
			return
		}
	}
	if key(t.after.Name) != key(base) {
		p.refuse(row.Line, "name", fmt.Sprintf("所属学校已改名为“%s”，请写新的校名", t.after.Name))
		return
	}
	p.byLine[row.Line] = t
	p.campusFields[row.Line] = addCampus(&t.after, Campus{Name: name, Address: row.School.Address, Phone: row.School.Phone})
}

func (p *plan) refuse(line int, field, reason string) {
	p.refused[line] = append(p.refused[line], Problem{line, field, reason})
}

// fillDerived gives the schools of the file a code and the names they are found by, where these are missing or follow
// from a name that changed. What somebody chose stays.
func (p *plan) fillDerived() {
	for _, t := range p.targets {
		if t.line == 0 {
			continue
		}
		s := &t.after
		if s.Code == "" {
			s.Code = NextCode(p.district.Code, p.taken)
			p.taken[s.Code] = true
		}
		if s.ShortName == "" || s.Name != t.before.Name && s.ShortName == ShortName(t.before.Name, p.district.Name) {
			s.ShortName = ShortName(s.Name, p.district.Name)
		}
		if s.Initials == "" || s.ShortName != t.before.ShortName && s.Initials == t.before.Initials {
			s.Initials = Initials(s.ShortName)
		}
	}
}

// refuseDoubles finds schools that the file would give the name or code of another one. A school refused keeps what it
// has, which may be what a third one was to get: hence again until nothing is found.
func (p *plan) refuseDoubles() {
	for p.findDouble() {
	}
}

func (p *plan) findDouble() bool {
	for _, f := range fields[:2] { // code and name
		first := map[string]*target{}
		for _, t := range p.targets {
			s, ok := t.outcome()
			if !ok {
				continue
			}
			value := key(f.show(s))
			other := first[value]
			if other == nil {
				first[value] = t
				continue
			}
			if t.line == 0 || t.problem != nil {
				t, other = other, t
			}
			t.problem = &Problem{t.line, f.name, fmt.Sprintf("%s“%s”已属于另一所学校（%s）", f.headers[0], f.show(t.after), other.after.Code)}
			return true
		}
	}
	return false
}

// outcome is the school as it will be stored, if at all.
func (t *target) outcome() (School, bool) {
	if t.problem != nil {
		return t.before, !t.isNew
	}
	return t.after, true
}
