package registry

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// refuseRepeated finds rows of one answer that cannot both be true: an id or code given twice, one school under two ids.
// A row that says the same as another in every word, as pages that overlap do, is passed over. Of several rows the one that
// a stored school is known by stays.
func (p *plan) refuseRepeated() {
	for _, f := range []string{"registry_id", "code", "name"} {
		groups := map[string][]*said{}
		var order []string
		for _, s := range p.rows {
			value := key(ShowField(s.School, f))
			if !s.isOpen() || value == "" {
				continue
			}
			if groups[value] == nil {
				order = append(order, value)
			}
			groups[value] = append(groups[value], s)
		}
		for _, value := range order {
			if group := passOver(groups[value]); len(group) > 1 {
				p.refuseGroup(f, group)
			}
		}
	}
}

// passOver makes rows idle that repeat an earlier one, and returns the others.
func passOver(group []*said) []*said {
	var different []*said
	for _, s := range group {
		same := slices.IndexFunc(different, func(d *said) bool {
			return reflect.DeepEqual(d.School, s.School) && reflect.DeepEqual(d.Given, s.Given)
		})
		if same < 0 {
			different = append(different, s)
			continue
		}
		s.idle, s.reason = true, fmt.Sprintf("与第 %d 行完全相同", different[same].Line)
	}
	return different
}

func (p *plan) refuseGroup(f string, group []*said) {
	if f != "name" && campusesOfOne(group) {
		return
	}
	var lines, ids []string
	oneName := true
	for _, s := range group {
		oneName = oneName && s.face.written == group[0].face.written
		lines = append(lines, fmt.Sprint(s.Line))
		if id := s.School.RegistryID; id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	where := "第 " + strings.Join(lines, "、") + " 行"
	reason := fmt.Sprintf("%s“%s”在名单中出现 %d 次（%s），请与来源核对", Label(f), ShowField(group[0].School, f), len(group), where)
	if f != "registry_id" && oneName && len(ids) > 1 {
		reason = fmt.Sprintf("同一所学校在名单中有 %d 个机构编号：%s（%s），请与来源核对", len(ids), strings.Join(ids, "、"), where)
	}
	known := slices.DeleteFunc(slices.Clone(group), func(s *said) bool { return !p.isKnown(f, s) })
	for _, s := range group {
		if len(known) == 1 && s == known[0] {
			continue
		}
		p.refuse(s, f, "%s", reason)
	}
}

// campusesOfOne reports whether the rows repeat a number because they are places of one school.
func campusesOfOne(group []*said) bool {
	for i, a := range group {
		for _, b := range group[:i] {
			if !isSameSchool(a.School.Name, b.School.Name) {
				return false
			}
		}
	}
	return true
}

// isKnown reports whether a stored school has the number of the row, and its name or the other number.
func (p *plan) isKnown(f string, s *said) bool {
	byID := s.School.RegistryID != "" && only(p.stored.registryID[s.School.RegistryID]) != nil
	byName := only(p.stored.name[key(s.School.Name)])
	switch f {
	case "registry_id":
		return byID && only(p.stored.registryID[s.School.RegistryID]) == byName
	case "code":
		return byID && only(p.stored.registryID[s.School.RegistryID]) == only(p.stored.code[key(s.School.Code)])
	}
	return byID
}

// nameStored notes which stored schools a row that cannot be used is about: they have not vanished.
func (p *plan) nameStored(s *said) {
	for _, list := range [][]*target{
		p.stored.registryID[s.School.RegistryID], p.stored.code[key(s.School.Code)], p.stored.name[key(s.School.Name)], p.stored.alias[key(s.School.Name)],
	} {
		for _, t := range list {
			t.named = true
		}
	}
	if t := only(p.stored.written[s.face.written]); t != nil {
		t.named = true
	}
}
