package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/standard"
)

// School is a school of the fictional district, as its register would list it.
type School struct{ registry.School }

// Towns of the district.
var towns = []string{"东城镇", "西湖街道", "南桥镇", "北港街道", "青溪镇", "云岭街道", "新港镇"}

var roads = []string{"晨光路", "望江路", "青禾路", "星河大道", "松涛路", "竹园路", "明德路", "云帆路"}

// prototype is a school before it has a code and an address.
type prototype struct {
	name, stage, ownership, status string
	meals, boarding                bool
}

const publicly, privately = "公办", "民办"

// first are the schools that a small demonstration shows: every stage, both ownerships, one planned, one merged.
var first = []prototype{
	{"示范区第一小学", "小学", publicly, registry.Open, true, false},
	{"示范区望江初级中学", "初中", publicly, registry.Open, true, false},
	{"示范区云帆九年一贯制学校", "九年一贯制", publicly, registry.Open, true, true},
	{"示范区松涛高级中学", "高中", publicly, registry.Open, true, true},
	{"示范区青禾幼儿园", "幼儿园", publicly, registry.Open, true, false},
	{"示范区民办晨光小学", "小学", privately, registry.Open, true, true},
	{"示范区第一中学", "完全中学", publicly, registry.Open, true, true},
	{"示范区特殊教育学校", "特殊教育", publicly, registry.Open, true, false},
	{"示范区职业技术学校", "中等职业", publicly, registry.Open, false, true},
	{"示范区民办海川学校", "十二年一贯制", privately, registry.Open, true, true},
	{"示范区新港实验小学", "小学", publicly, registry.Planned, false, false},
	{"示范区旧街小学", "小学", publicly, registry.Merged, false, false},
}

// more are the names and kinds that a large district is filled up with.
var (
	moreNames = []string{"晨曦", "星河", "明德", "竹园", "汇文", "启明", "长桥", "绿洲", "文澜", "景行", "春申", "碧波", "金穗", "银杏", "梅岭", "荷塘",
		"东篱", "石湾", "白鹭", "海棠", "紫藤", "清源", "博雅", "致远", "求真", "育才", "思源", "和风", "滨江", "虹桥湾"}
	moreKinds = []struct {
		suffix, stage string
		boarding      bool
	}{{"小学", "小学", false}, {"幼儿园", "幼儿园", false}, {"初级中学", "初中", false}, {"学校", "九年一贯制", false},
		{"中学", "完全中学", true}, {"高级中学", "高中", true}}
)

// Made returns the plan's schools in the order of their codes.
func (p Plan) Made() []School {
	taken := map[string]bool{}
	var list []School
	for i := range p.Schools {
		s := finish(prototypeOf(i), rand.New(rand.NewPCG(p.Seed, uint64(i))))
		s.Code = registry.NextCode(DistrictCode, taken)
		taken[s.Code] = true
		if i == 2 || i == 6 {
			s.Campuses = []registry.Campus{{Name: "东校区", Address: "示范区" + s.Town + "演示东路1号", Phone: Phone},
				{Name: "西校区", Address: "示范区" + s.Town + "演示西路2号", Phone: Phone}}
		}
		if s.Status == registry.Merged {
			s.Aliases = append(s.Aliases, "旧街中心校")
		}
		list = append(list, s)
	}
	return list
}

func prototypeOf(i int) prototype {
	if i < len(first) {
		return first[i]
	}
	i -= len(first)
	kind, round := moreKinds[i%len(moreKinds)], i/len(moreNames)
	name := moreNames[i%len(moreNames)]
	if round >= len(moreKinds) {
		name += fmt.Sprintf("第%d", round) // a district of more than 190 schools
	}
	t := prototype{ownership: publicly, status: registry.Open, meals: i%5 != 3}
	kind = moreKinds[(i+round)%len(moreKinds)] // no name twice with the same kind
	t.stage, t.boarding = kind.stage, kind.boarding
	prefix := DistrictName
	if i%7 == 6 {
		t.ownership, prefix = privately, DistrictName+privately
	}
	t.name = prefix + name + kind.suffix
	return t
}

func finish(t prototype, r *rand.Rand) School {
	town := towns[r.IntN(len(towns))]
	s := registry.School{Name: t.name, ShortName: registry.ShortName(t.name, DistrictName), Stages: []string{t.stage}, Ownership: t.ownership,
		Meals: t.meals, Boarding: t.boarding, Town: town, Status: t.status, Phone: Phone,
		Address: fmt.Sprintf("示范区%s%s%d号", town, roads[r.IntN(len(roads))], 1+r.IntN(999)),
		Lon:     float64(100500+r.IntN(400)) / 1000, Lat: float64(40200+r.IntN(300)) / 1000} // a desert, where no such district is
	s.Initials = registry.Initials(s.ShortName)
	return School{s}
}

// Standard is what the column standard asks of the school.
func (s School) Standard() standard.School {
	return standard.School{Stages: s.Stages, Ownership: s.Ownership, Meals: s.Meals, Boarding: s.Boarding}
}

func (s School) hasStage(stages ...string) bool {
	for _, stage := range stages {
		if strings.Contains(strings.Join(s.Stages, " "), stage) {
			return true
		}
	}
	return false
}
