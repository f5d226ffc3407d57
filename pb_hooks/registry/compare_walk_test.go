package registry

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// accept does what the lines say, as whoever stores them does.
func accept(t *testing.T, stored []School, lines []Line) []School {
	t.Helper()
	schools := slices.Clone(stored)
	at := func(id string) *School {
		return &schools[slices.IndexFunc(schools, func(s School) bool { return s.ID == id })]
	}
	open := func(s School) string {
		s.ID = fmt.Sprintf("s%d", len(schools)+1)
		schools = append(schools, s)
		return s.ID
	}
	for _, l := range lines {
		if !l.Acceptable() {
			continue
		}
		if l.Kind == Create {
			open(l.After)
			continue
		}
		s := at(l.School)
		if !l.Holds(*s) {
			t.Fatalf("the line does not hold for the school it was made for: %+v\n%+v", l, *s)
		}
		next := l.Apply(*s)
		switch l.Kind {
		case Merge:
			for _, into := range l.Into {
				i := slices.IndexFunc(schools, func(s School) bool { return s.ID == into.ID || s.Code == into.Code })
				next.Successors = append(next.Successors, schools[i].ID)
			}
		case Split:
			for _, part := range l.Parts {
				next.Successors = append(next.Successors, open(part))
			}
			if s = at(l.School); l.Ends {
				next.Status = Closed
			} else {
				next.Successors = nil
			}
		case Reopen:
			next.Successors = nil
		}
		*s = next
	}
	return schools
}

// answer is a random answer about a district: most schools as they are, some renamed, moved, written otherwise, with a
// campus, closed, missing or listed twice, and some new ones.
func answer(r *rand.Rand, stored []School) []Row {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	var rows []Row
	add := func(values map[string]any) { rows = append(rows, ReadRow(len(rows)+1, values)) }
	for _, s := range stored {
		if r.IntN(12) == 0 {
			continue
		}
		values := map[string]any{"registry_id": s.RegistryID, "code": s.Code, "name": s.Name, "address": s.Address, "town": s.Town, "phone": s.Phone, "stages": "小学"}
		if r.IntN(3) == 0 {
			delete(values, "registry_id")
		}
		if r.IntN(2) == 0 {
			delete(values, "code")
		}
		switch r.IntN(14) {
		case 0:
			values["name"] = strings.Replace(s.Name, "上海市", "", 1)
		case 1:
			values["name"] = s.Name[:len(s.Name)-len("小学")] + pick("实验小学", "小学", "学校")
		case 2:
			values["address"] = pick("新路", "老路") + fmt.Sprint(r.IntN(9), "号")
		case 3:
			values["status"] = pick("已撤销", "已合并", "开办", "筹建")
			values["successors"] = pick("", s.Name, stored[r.IntN(len(stored))].Name)
		case 4:
			add(map[string]any{"name": s.Name + pick("（北校区）", "(南)"), "address": pick("", "北路1号", "新路2号"), "stages": "小学", "code": pick("", "", "31129"+fmt.Sprint(10000+r.IntN(90000)))})
		case 5:
			values["aliases"] = stored[r.IntN(len(stored))].Name
		case 6:
			values["town"], values["phone"] = pick("莘庄镇", "七宝镇"), pick("64350000", "64351111/64350000")
		case 7:
			add(values)
		case 8:
			values["registry_id"], values["code"] = fmt.Sprint(r.IntN(30)), ""
		}
		add(values)
	}
	for range r.IntN(3) {
		add(map[string]any{"registry_id": pick("", fmt.Sprint(100+r.IntN(900))), "name": "上海市" + pick("春", "夏", "秋", "冬", "晨") + pick("风", "雨", "光") + pick("", "第一", "第二") + "小学",
			"address": pick("", "新路", "甲路") + fmt.Sprint(r.IntN(9), "号"), "stages": "小学", "aliases": pick("", "", stored[r.IntN(len(stored))].Name)})
	}
	return rows
}

// randomDistrict has up to a dozen schools with what the register knows of them.
func randomDistrict(r *rand.Rand) []School {
	var schools []School
	for i := range 4 + r.IntN(9) {
		name := "上海市" + []string{"春", "夏", "秋", "冬"}[i%4] + []string{"山", "水", "田"}[i/4] + "小学"
		s := School{ID: fmt.Sprint("s", i+1), Code: fmt.Sprintf("311200%04d", i), Name: name, ShortName: ShortName(name, "闵行区"), Stages: []string{"小学"}, Address: fmt.Sprintf("甲路%d号", i), Status: Open}
		s.Initials = Initials(s.ShortName)
		if r.IntN(2) == 0 {
			s.RegistryID = fmt.Sprint(i)
		}
		if r.IntN(5) == 0 {
			s.Campuses = []Campus{{Name: "北校区", Address: "北路1号"}}
		}
		if r.IntN(8) == 0 {
			s.Status = []string{Closed, Merged, Planned}[r.IntN(3)]
		}
		schools = append(schools, s)
	}
	return schools
}

// decide makes a random choice about every row that is not recognised.
func decide(r *rand.Rand, set Set) []Decision {
	var decisions []Decision
	for _, l := range set.Lines {
		if l.Kind == Unsure {
			d := Decision{Row: l.RowKey}
			if len(l.Candidates) > 0 && r.IntN(2) == 0 {
				d.School = l.Candidates[r.IntN(len(l.Candidates))].School
			}
			decisions = append(decisions, d)
		}
	}
	return decisions
}

func TestCompareWalks(t *testing.T) {
	settled, kinds := 0, map[Kind]int{}
	for seed := range uint64(220) {
		r := rand.New(rand.NewPCG(seed, 7))
		schools := randomDistrict(r)
		missing := map[string]int{}
		for range 3 {
			rows := answer(r, schools)
			o := Options{Partial: r.IntN(4) == 0, VanishAfter: 2, Missing: missing}
			set := Compare(schools, rows, minhang, o)
			kinds[Unsure] += set.Count(Unsure)
			for range 3 {
				o.Decisions = append(o.Decisions, decide(r, set)...)
				set = Compare(schools, rows, minhang, o)
			}
			checkOrder(t, r, seed, schools, rows, o, set)
			checkLines(t, seed, rows, set)
			for _, l := range set.Lines {
				kinds[l.Kind]++
			}
			before := schools
			schools = accept(t, schools, set.Lines)
			checkWhole(t, seed, before, schools, set)
			missing = set.Missing
			if set.Count(Bad, Unsure) > 0 || slices.ContainsFunc(set.Lines, func(l Line) bool { return l.Kind == Merge && !l.Acceptable() }) {
				continue // what such a line is about may become clear by the others
			}
			settled++
			for _, l := range Compare(schools, rows, minhang, o).Lines {
				if l.Kind != Same && !l.Known {
					t.Fatalf("seed %d: accepted, compared again and still\n%+v\nafter\n%s", seed, l, told(set))
				}
			}
		}
	}
	t.Logf("%d runs were settled; lines: %v", settled, kinds)
	for _, k := range Kinds() {
		if kinds[k] == 0 && k != Conflict {
			t.Errorf("no line of the kind %s: the property was hardly tried", k)
		}
	}
	if settled < 250 {
		t.Errorf("only %d runs were settled", settled)
	}
}

// checkOrder holds that neither the order of the rows nor that of the schools matters.
func checkOrder(t *testing.T, r *rand.Rand, seed uint64, schools []School, rows []Row, o Options, set Set) {
	t.Helper()
	schools, rows = slices.Clone(schools), slices.Clone(rows)
	r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	r.Shuffle(len(schools), func(i, j int) { schools[i], schools[j] = schools[j], schools[i] })
	if again := Compare(schools, rows, minhang, o); !reflect.DeepEqual(set, again) {
		t.Fatalf("seed %d: another order, another set\n%s\n---\n%s", seed, told(set), told(again))
	}
	for i := range rows {
		rows[i].Line = i + 1
	}
	if again := Compare(schools, rows, minhang, o); !slices.Equal(unnumbered(set), unnumbered(again)) {
		t.Fatalf("seed %d: other lines, another set\n%s\n---\n%s", seed, told(set), told(again))
	}
}

// unnumbered is what a set says apart from the numbers of its rows and of new schools.
func unnumbered(set Set) []string {
	var lines []string
	for _, l := range set.Lines {
		if l.Kind == Bad { // its reason names rows
			l.Fields = nil
		}
		lines = append(lines, fmt.Sprint(l.Kind, l.School, l.Name, l.Fields, l.Candidates, l.Known, len(l.Into), len(l.Parts)))
	}
	slices.Sort(lines)
	return lines
}

// checkLines holds that every row is answered and every line is whole.
func checkLines(t *testing.T, seed uint64, rows []Row, set Set) {
	t.Helper()
	answered, keys := map[int]bool{}, map[string]bool{}
	for _, l := range set.Lines {
		answered[l.Row] = true
		if l.Kind != Same && l.Kind != Bad && keys[l.Key] {
			t.Fatalf("seed %d: two lines have one key: %+v", seed, l)
		}
		keys[l.Key] = true
		if (l.Kind == Bad) != (len(l.Problems) > 0) || l.Kind != Same && l.Reason == "" || slices.Contains([]Kind{Update, Rename, Move, AddCampus}, l.Kind) && len(l.Fields) == 0 {
			t.Fatalf("seed %d: inconsistent line %+v", seed, l)
		}
	}
	for _, row := range rows {
		if !answered[row.Line] {
			t.Fatalf("seed %d: nothing is said of row %+v\n%s", seed, row, told(set))
		}
	}
}

// checkWhole holds that no school is lost or doubled.
func checkWhole(t *testing.T, seed uint64, before, after []School, set Set) {
	t.Helper()
	opened := 0
	for _, l := range set.Lines {
		opened += opens(l)
	}
	if len(after) != len(before)+opened {
		t.Fatalf("seed %d: %d schools, %d opened, then %d", seed, len(before), opened, len(after))
	}
	codes, names, ids := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i, s := range after {
		if codes[s.Code] || names[key(s.Name)] || s.Code == "" || s.ShortName == "" || s.Initials == "" || s.RegistryID != "" && s.IsLiving() && ids[s.RegistryID] {
			t.Fatalf("seed %d: %+v is not whole or not alone\n%s", seed, s, told(set))
		}
		codes[s.Code], names[key(s.Name)] = true, true
		ids[s.RegistryID] = ids[s.RegistryID] || s.IsLiving()
		if i < len(before) && (before[i].ID != s.ID || before[i].Code != s.Code) {
			t.Fatalf("seed %d: %+v became %+v", seed, before[i], s)
		}
	}
}
