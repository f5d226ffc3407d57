package registry

import (
	"fmt"
	"slices"
	"strings"
)

// tier is one way to find the school of a row.
type tier struct {
	basis  Basis
	doubts bool // not for a file, whose names are taken at their word
	find   func(p *plan, s *said) []*target
}

// tiers are tried in this order, each for all rows, so that what is surer claims a school first.
var tiers = []tier{
	{ByDecision, true, func(p *plan, s *said) []*target { return p.stored.id[p.decided[s.Key()]] }},
	{ByRegistryID, false, func(p *plan, s *said) []*target { return p.stored.registryID[s.School.RegistryID] }},
	{ByCode, false, func(p *plan, s *said) []*target { return p.stored.code[key(s.School.Code)] }},
	{ByCreditCode, false, func(p *plan, s *said) []*target { return p.stored.creditCode[s.School.CreditCode] }},
	{ByName, false, func(p *plan, s *said) []*target { return p.stored.name[key(s.School.Name)] }},
	{ByAlias, false, func(p *plan, s *said) []*target { return p.stored.alias[key(s.School.Name)] }},
	{ByFormerName, true, formerNames},
	{ByWriting, true, func(p *plan, s *said) []*target {
		if len(p.written[s.face.written]) > 1 {
			return nil
		}
		return p.stored.written[s.face.written]
	}},
}

// formerNames are the schools that the row names as what it was called before.
func formerNames(p *plan, s *said) []*target {
	var found []*target
	for _, alias := range s.School.Aliases {
		for _, t := range p.stored.name[key(alias)] {
			if t.by == nil && !slices.Contains(found, t) {
				found = append(found, t)
			}
		}
	}
	return found
}

// place finds the school of every row: by each tier, then as a new one, then the campuses.
func (p *plan) place() {
	for _, s := range p.rows {
		s.isCampus = s.isOpen() && p.campusOfSchool(s)
	}
	for _, t := range tiers {
		if !t.doubts || !p.file {
			p.placeBy(t)
		}
	}
	if p.file {
		for _, s := range p.rows {
			if s.isOpen() && !s.isCampus {
				p.open(s)
			}
		}
	} else {
		p.placeRest()
	}
	for _, s := range p.rows {
		if s.isOpen() && s.isCampus {
			p.placeCampus(s)
		}
	}
}

// isOwn reports whether a person said that the row is a school of its own: nothing doubtful is asked again. Once that
// school is stored the row finds it like any other.
func (p *plan) isOwn(s *said) bool {
	school, decided := p.decided[s.Key()]
	return decided && school == ""
}

// isOpen reports whether the school of the row is still to be found.
func (s *said) isOpen() bool {
	return s.target == nil && !s.unsure && !s.idle && len(s.Problems)+len(s.problems) == 0
}

// allProblems are what is wrong with the row, and with what it wants of its school.
func (s *said) allProblems() []Problem {
	all := slices.Concat(s.Problems, s.problems)
	if len(all) == 0 && s.target != nil && s.target.problem != nil {
		all = []Problem{{s.Line, s.target.problem.Field, s.target.problem.Reason}}
	}
	return all
}

func (p *plan) placeBy(by tier) {
	claims := map[*target][]*said{}
	var order []*target
	for _, s := range p.rows {
		if !s.isOpen() || s.isCampus {
			continue
		}
		found := by.find(p, s)
		t := only(found)
		if t == nil {
			if p.file && len(found) > 1 {
				p.refuse(s, "name", "“%s”是不止一所学校的别名，请写学校全称或代码", s.School.Name)
			}
			continue
		}
		if claims[t] == nil {
			order = append(order, t)
		}
		claims[t] = append(claims[t], s)
	}
	for _, t := range order {
		p.settle(by.basis, t, claims[t])
	}
}

// settle gives the school to the row that claims it. Of two that claim it in the same way nothing says which is right; in
// a file it is the first.
func (p *plan) settle(by Basis, t *target, claims []*said) {
	for i, s := range claims {
		first := t.by
		if first == nil && !p.file && len(claims) > 1 {
			first = claims[(i+1)%len(claims)]
		}
		if first != nil {
			if p.file || !s.speaksForItself() || slices.Contains([]Basis{ByDecision, ByRegistryID, ByCode, ByName}, by) {
				p.refuse(s, "name", "与第 %d 行指向同一所学校“%s”", first.Line, t.before.Name)
				t.named = true
			}
			continue
		}
		switch doubt, problem := p.objection(by, t, s); {
		case problem != nil:
			s.problems, t.named = append(s.problems, *problem), true
		case doubt == notThis, doubt != "" && p.isOwn(s):
		case doubt != "":
			s.doubtful(t, doubt)
		default:
			s.target, s.basis, t.by = t, by, s
			p.take(t, s)
		}
	}
}

// speaksForItself reports whether the row has a number of its own, by which it may be a school of its own.
func (s *said) speaksForItself() bool { return s.School.Code != "" || s.School.RegistryID != "" }

// doubtful leaves it to a person whether the row is this school.
func (s *said) doubtful(t *target, why string) {
	s.unsure, t.named = true, true
	per := alike(t.face, s.face)
	s.candidates = []Candidate{{School: t.before.ID, Code: t.before.Code, Name: t.before.Name, Alike: per, Reason: fmt.Sprintf("名称相似 %d%%，%s", per, why)}}
	if per == 100 {
		s.candidates[0].Reason = "名称相同，" + why
	}
}

// notThis is a doubt that lets the row look further.
const notThis = "-"

// objection says what speaks against a match: a doubt that a person has to decide, or a problem of the register.
func (p *plan) objection(by Basis, t *target, s *said) (doubt string, problem *Problem) {
	codes := s.School.Code != "" && key(t.before.Code) != key(s.School.Code) && (p.file || !p.numbered(t.before.Code))
	if p.file {
		if codes { // addresses and index numbers carry the code
			problem = &Problem{s.Line, "code", fmt.Sprintf("“%s”已有代码 %s，代码一经使用不能更改；请改正或留空", t.before.Name, t.before.Code)}
		}
		return "", problem
	}
	switch by {
	case ByRegistryID, ByCode:
		return p.reused(by, t, s, codes)
	case ByDecision:
		return "", nil
	case ByCreditCode: // schools of one legal person share it
		if codes || contradiction(t.face, s.face) != "" {
			return notThis, nil
		}
		return "", nil
	}
	against := contradiction(t.face, s.face)
	switch {
	case by != ByName && s.face.elsewhere != "" && s.face.elsewhere != t.face.elsewhere: // a namesake
		return notThis, nil
	case codes && by == ByName && against == "":
		return "", &Problem{s.Line, "code", fmt.Sprintf("“%s”在本平台的代码是 %s，名单中是 %s；代码一经使用不能更改，请与来源核对", t.before.Name, t.before.Code, s.School.Code)}
	case codes:
		return "学校代码不同", nil
	case against != "":
		return against, nil
	case by == ByWriting && strings.Contains(t.before.Name, "民办") != strings.Contains(s.School.Name, "民办") && t.face.movedFrom(s.face):
		return "只有一个名称写有“民办”，地址不同", nil
	}
	return "", nil
}

// numbered reports whether the code was given by the platform: the register's own code of that school is another one.
func (p *plan) numbered(code string) bool {
	serial, ok := strings.CutPrefix(code, p.district.Code)
	return ok && p.district.Code != "" && len(serial) == 4
}

// reused says whether a number of the register has come to mean another school.
func (p *plan) reused(by Basis, t *target, s *said, codes bool) (string, *Problem) {
	number := fmt.Sprintf("%s %s", by.Label(), s.School.RegistryID)
	field := "registry_id"
	if by == ByCode {
		number, field = fmt.Sprintf("%s %s", by.Label(), s.School.Code), "code"
	}
	if other := only(p.stored.code[key(s.School.Code)]); by == ByRegistryID && other != nil && other != t {
		other.named = true
		return "", &Problem{s.Line, field, fmt.Sprintf("%s属于“%s”，学校代码 %s 属于“%s”，请与来源核对", number, t.before.Name, s.School.Code, other.before.Name)}
	}
	per := alike(t.face, s.face)
	known := slices.ContainsFunc(slices.Concat(t.before.Aliases, s.School.Aliases), func(alias string) bool {
		return key(alias) == key(s.School.Name) || key(alias) == key(t.before.Name)
	})
	sameID := t.before.RegistryID != "" && t.before.RegistryID == s.School.RegistryID
	sameCode := s.School.Code != "" && key(t.before.Code) == key(s.School.Code)
	if per >= alikeAtAddress || known || sameID && sameCode {
		return "", nil
	}
	if codes || by == ByCode && s.School.RegistryID != "" && t.before.RegistryID != "" {
		return "", &Problem{s.Line, field, fmt.Sprintf("%s以前是“%s”，名单中却是“%s”，另一个编号也不同，请与来源核对", number, t.before.Name, s.School.Name)}
	}
	if !share(t.face.addresses, s.face.addresses) && !share(t.face.phones, s.face.phones) {
		return by.Label() + "相同，但名称、地址和电话都对不上", nil
	}
	return "", nil
}

// movedFrom reports whether both addresses are known and differ.
func (f face) movedFrom(other face) bool {
	return len(f.addresses) > 0 && len(other.addresses) > 0 && !share(f.addresses, other.addresses)
}
