package registry

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// target is one school while an answer is compared with it.
type target struct {
	before, after School
	face          face
	isNew         bool
	by            *said    // the row that speaks about it, if any does
	named         bool     // a row that is bad or not yet recognised may be about it: it has not vanished
	problem       *Problem // why it cannot be stored as the row wants it
	beyond        bool     // the source does not speak for it
	corrections   []Correction
	parts         []*target // new schools that it was split into
	splitFrom     *target   // the school that this new one was part of
}

// said is one row while its school is looked for. At the end it has a target, problems, or is unsure.
type said struct {
	Row
	face       face
	target     *target
	basis      Basis
	problems   []Problem
	campus     []FieldChange // what it does to its target, if it is a campus
	isCampus   bool
	unsure     bool
	reason     string
	candidates []Candidate
	idle       bool // it says nothing that is not said by another row or that matters here
}

// plan is an answer being compared with the schools that exist. Of a file that a person wrote, and who expects every
// line to be done, the names are taken at their word; an answer of the register is doubted.
type plan struct {
	file     bool
	district District
	writing  writing
	targets  []*target
	rows     []*said
	stored   index
	names    map[string]*said // rows by key of the name, good or bad
	written  map[string][]*said
	taken    map[string]bool // codes, of bad rows too: they will be put right
	decided  map[string]string
	split    []*target           // schools that become several
	branches map[*target]*target // gone schools whose name one new school bears
}

// index finds the stored schools. A value of more than one school tells nothing.
type index struct {
	id, registryID, code, creditCode, name, alias, written map[string][]*target
}

func newPlan(existing []School, rows []Row, d District, file bool) *plan {
	p := &plan{file: file, district: d, names: map[string]*said{}, written: map[string][]*said{}, taken: map[string]bool{}, decided: map[string]string{}}
	var names []string
	for _, s := range existing {
		names = append(names, s.Name)
	}
	for _, r := range rows {
		names = append(names, r.School.Name)
	}
	p.writing = newWriting(d, names)
	p.store(existing)
	for _, r := range rows {
		p.rows = append(p.rows, &said{Row: r, face: p.writing.face(r.School)})
	}
	slices.SortFunc(p.rows, func(a, b *said) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return strings.Compare(fmt.Sprint(a.Row), fmt.Sprint(b.Row))
	})
	for _, s := range p.rows {
		p.taken[s.School.Code] = true
		if name := key(s.School.Name); name != "" {
			p.names[name] = s
			p.written[s.face.written] = append(p.written[s.face.written], s)
		}
	}
	return p
}

func (p *plan) store(existing []School) {
	in := &p.stored
	for _, m := range []*map[string][]*target{&in.id, &in.registryID, &in.code, &in.creditCode, &in.name, &in.alias, &in.written} {
		*m = make(map[string][]*target, len(existing))
	}
	add := func(m map[string][]*target, value string, t *target) {
		if value != "" {
			m[value] = append(m[value], t)
		}
	}
	for _, s := range existing {
		t := &target{before: s, after: s.clone(), face: p.writing.face(s)}
		p.targets = append(p.targets, t)
		p.taken[s.Code] = true
		add(in.id, s.ID, t)
		add(in.registryID, s.RegistryID, t)
		add(in.code, key(s.Code), t)
		add(in.creditCode, s.CreditCode, t)
		add(in.name, key(s.Name), t)
		add(in.written, t.face.written, t)
		for _, alias := range s.Aliases {
			add(in.alias, key(alias), t)
		}
	}
	slices.SortFunc(p.targets, func(a, b *target) int {
		return cmp.Or(cmp.Compare(a.before.Code, b.before.Code), cmp.Compare(a.before.ID, b.before.ID))
	})
}

// only is the school that a value names: the only one, or the only one that has not ended.
func only(list []*target) *target {
	if len(list) == 1 {
		return list[0]
	}
	var living *target
	for _, t := range list {
		if t.before.IsLiving() {
			if living != nil {
				return nil
			}
			living = t
		}
	}
	return living
}

func (p *plan) refuse(s *said, field, reason string, args ...any) {
	s.problems = append(s.problems, Problem{s.Line, field, fmt.Sprintf(reason, args...)})
}

// open makes a school of the row that is none yet.
func (p *plan) open(s *said) {
	school := s.School.clone()
	school.ID = ""
	if school.Status == "" {
		school.Status = Open
	}
	dropOwnName(&school)
	s.target = &target{after: school, isNew: true, by: s}
	p.targets = append(p.targets, s.target)
}

// fillDerived gives the schools that rows speak about a code and the names they are found by, where these are missing or
// follow from a name that changed. What somebody chose stays.
func (p *plan) fillDerived() {
	serial := 1
	for _, t := range p.targets {
		if t.by == nil {
			continue
		}
		s := &t.after
		if s.Code == "" {
			s.Code, serial = nextCode(p.district.Code, p.taken, serial)
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

// refuseDoubles finds schools that the answer would give the name, code or id of another one. A school refused keeps what it
// has, which may be what a third one was to get: hence again until nothing is found.
func (p *plan) refuseDoubles() {
	for p.findDouble() {
	}
}

func (p *plan) findDouble() bool {
	for _, f := range slices.Concat(p.fieldsNamed("code"), p.fieldsNamed("name"), p.fieldsNamed("registry_id")) {
		first := map[string]*target{}
		for _, t := range p.targets {
			s, ok := t.outcome()
			value := key(f.show(s))
			if !ok || value == "" || f.name == "registry_id" && !s.IsLiving() { // the register may give the id of an ended school again
				continue
			}
			other := first[value]
			if other == nil {
				first[value] = t
				continue
			}
			if t.by == nil || t.problem != nil {
				t, other = other, t
			}
			if t.by == nil || t.problem != nil { // stored so
				continue
			}
			t.problem = &Problem{t.by.Line, f.name, fmt.Sprintf("%s“%s”已属于另一所学校（%s）", f.headers[0], f.show(t.after), other.after.Code)}
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
