package registry

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

var minhang = District{Code: "310112", Name: "闵行区"}

// store is what applying the changes leaves, as the command applies them.
func store(existing []School, changes []Change) []School {
	schools := slices.Clone(existing)
	for _, c := range changes {
		if c.Kind != Create && c.Kind != Update && c.Kind != AddCampus {
			continue
		}
		i := slices.IndexFunc(schools, func(s School) bool { return s.Code == c.School.Code })
		if i < 0 {
			schools = append(schools, School{})
			i = len(schools) - 1
			c.School.ID = fmt.Sprint("id", i)
		}
		c.School.ID = fmt.Sprint("id", i)
		schools[i] = c.School
	}
	return schools
}

// summary writes changes as a person would read them, for comparison.
func summary(changes []Change) string {
	var lines []string
	for _, c := range changes {
		line := fmt.Sprintf("%d %s %s", c.Line, c.Kind, c.School.Name)
		for _, f := range c.Fields {
			line += " [" + f.Text() + "]"
		}
		for _, p := range c.Problems {
			line += " !" + p.Reason
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestDiff(t *testing.T) {
	stored := []School{
		{ID: "a", Code: "3101120001", Name: "上海市甲山中学", ShortName: "甲山中学", Initials: "jszx", Aliases: []string{"甲中"}, Stages: []string{"初中"}, Address: "甲路1号", Phone: "64350000", Meals: true, Status: Open},
		{ID: "b", Code: "3101120002", Name: "上海市乙水小学", ShortName: "乙水小学", Initials: "ysxx", Stages: []string{"小学"}, Status: Open},
	}
	for _, tt := range []struct{ name, file, want string }{
		{"a school not known is created", "name,stage\n丙校,小学\n", "2 create 丙校"},
		{"a school as it is stays the same", "name,stage,address\n上海市甲山中学,初中,甲路1号\n", "2 same 上海市甲山中学"},
		{"a new value is an update", "name,stage,address\n上海市甲山中学,初中,新路2号\n", "2 update 上海市甲山中学 [地址：甲路1号 → 新路2号]"},
		{"empty cells erase nothing", "name,stage,address,phone,meals\n上海市甲山中学,初中,,,\n", "2 same 上海市甲山中学"},
		{"no is not an empty cell", "name,stage,meals\n上海市甲山中学,初中,否\n", "2 update 上海市甲山中学 [供餐：是 → 否]"},
		{"a school is found by its alias and keeps its name", "name,stage,phone\n甲中,初中,1\n", "2 update 上海市甲山中学 [电话：64350000 → 1]"},
		{"the code finds a school that was renamed; its old name becomes an alias", "code,name,stage\n3101120001,上海市甲山实验中学,初中\n",
			"2 update 上海市甲山实验中学 [学校名称：上海市甲山中学 → 上海市甲山实验中学] [学校简称：甲山中学 → 甲山实验中学] [拼音首字母：jszx → jssyzx] [别名：甲中 → 甲中、上海市甲山中学]"},
		{"aliases are added, never taken away", "name,stage,aliases\n上海市甲山中学,初中,甲山\n", "2 update 上海市甲山中学 [别名：甲中 → 甲中、甲山]"},
		{"a code once given cannot change", "code,name,stage\n3101129999,上海市甲山中学,初中\n", "2 bad 上海市甲山中学 !“上海市甲山中学”已有代码 3101120001，代码一经使用不能更改；请改正或留空"},
		{"two lines for one school are refused at the second", "name,stage\n上海市甲山中学,初中\n甲中,初中\n", "2 same 上海市甲山中学\n3 bad 甲中 !与第 2 行指向同一所学校“上海市甲山中学”"},
		{"a school cannot take the name of another", "code,name,stage\n3101120001,上海市乙水小学,初中\n", "2 bad 上海市乙水小学 !学校名称“上海市乙水小学”已属于另一所学校（3101120002）"},
		{"a line with a problem changes nothing", "name,stage\n丙校,大学\n", "2 bad 丙校 !“大学”不是规定的学段，可填：" + strings.Join(Stages, "、")},
		{"a place of a school stored is its campus", "name,stage,address\n上海市甲山中学（北校区）,初中,北路1号\n", "2 campus 上海市甲山中学 [校区：北校区，北路1号]"},
		{"a place of a school of the file is its campus, even on an earlier line", "name,stage\n丙校（北校区）,小学\n丙校,小学\n", "2 campus 丙校 [校区：北校区]\n3 create 丙校"},
		{"a place of a school nobody knows is a school of its own", "name,stage\n丙校（北校区）,小学\n丙校（南校区）,小学\n", "2 create 丙校（北校区）\n3 create 丙校（南校区）"},
		{"a place with a code of its own is a school of its own", "name,stage,code\n上海市甲山中学（北校区）,初中,3101129999\n", "2 create 上海市甲山中学（北校区）"},
		{"a place that repeats the code of its school is its campus", "name,stage,code\n上海市甲山中学（北校区）,初中,3101120001\n", "2 campus 上海市甲山中学 [校区：北校区]"},
		{"a place of a school on a bad line waits for it", "name,stage\n丙校,大学\n丙校（北校区）,小学\n",
			"2 bad 丙校 !“大学”不是规定的学段，可填：" + strings.Join(Stages, "、") + "\n3 bad 丙校（北校区） !所属学校“丙校”在第 2 行，该行有问题"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := summary(Diff(stored, read(t, tt.file), minhang)); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestDiffOfNewSchool(t *testing.T) {
	stored := []School{{ID: "a", Code: "3101120002", Name: "上海市乙校", Stages: []string{"小学"}, Status: Open}}
	file := "name,stage,code,short_name,phone\n上海市闵行区长征小学,小学,,,1\n上海市闵行区长征小学（东校区）,小学,,,2\n丁校,小学,3101120003,小丁,\n戊学校,小学,,,\n"
	changes := Diff(stored, read(t, file), minhang)
	want := School{Code: "3101120001", Name: "上海市闵行区长征小学", ShortName: "长征小学", Initials: "czxx zzxx", Stages: []string{"小学"}, Phone: "1", Status: Open,
		Campuses: []Campus{{Name: "东校区", Phone: "2"}}}
	if got := changes[0].School; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	t.Run("the campus carries the whole school too", func(t *testing.T) {
		if got := changes[1].School; !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	})
	t.Run("a chosen short name is kept", func(t *testing.T) {
		if got := changes[2].School; got.ShortName != "小丁" || got.Initials != "xd" {
			t.Errorf("got %s, %s", got.ShortName, got.Initials)
		}
	})
	t.Run("codes taken, stored or in the file, are passed over", func(t *testing.T) {
		if got := changes[3].School.Code; got != "3101120004" {
			t.Errorf("got %s, want 3101120004", got)
		}
	})
}

func TestDiffLeavesItsArgumentsAlone(t *testing.T) {
	stored := []School{{ID: "a", Code: "3101120001", Name: "甲校", Stages: []string{"小学"}, Aliases: make([]string, 0, 4), Campuses: make([]Campus, 0, 4), Status: Open}}
	Diff(stored, read(t, "code,name,stage,aliases\n3101120001,乙校,初中,丙\n,甲校（东）,小学,\n"), minhang)
	if s := stored[0]; s.Name != "甲校" || s.Stages[0] != "小学" || len(s.Aliases[:1][0])+len(s.Campuses[:1][0].Name) > 0 {
		t.Errorf("the stored school was written on: %+v", s)
	}
}

func TestNextCode(t *testing.T) {
	for _, tt := range []struct {
		name  string
		taken []string
		want  string
	}{
		{"the first code ends in 0001", nil, "3101120001"},
		{"codes taken are passed over", []string{"3101120001", "3101120002"}, "3101120003"},
		{"codes of another form do not count", []string{"3101150001", "x"}, "3101120001"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			taken := map[string]bool{}
			for _, code := range tt.taken {
				taken[code] = true
			}
			if got := NextCode("310112", taken); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// randomFile is a file of up to a dozen lines from few names and codes, so that they meet.
func randomFile(r *rand.Rand) string {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	var b strings.Builder
	b.WriteString("name,code,stage,nature,address,phone,aliases,meals\n")
	for range 1 + r.IntN(12) {
		name := pick("上海市", "上海市闵行区", "") + pick("甲", "乙", "长", "丁") + pick("校", "中学") + pick("", "", "（北校区）", "(南)")
		fmt.Fprintf(&b, "%s,%s,%s,%s,%s,%s,%s,%s\n", name, pick("", "", "3101120001", "3101120007", "310199"), pick("小学", "初中", "小学、初中", "大学"),
			pick("", "公办", "民办"), pick("", "甲路1号"), pick("", "64350000", "64351111"), pick("", "", "老校", "甲校", "甲校、乙校"), pick("", "是", "否"))
	}
	return b.String()
}

func TestDiffProperties(t *testing.T) {
	clean := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		var schools []School
		for range 3 {
			file := randomFile(r)
			rows := read(t, file)
			changes := Diff(schools, rows, minhang)
			if len(changes) != len(rows) {
				t.Fatalf("seed %d: %d rows, %d changes", seed, len(rows), len(changes))
			}
			for i, c := range changes {
				if (c.Kind == Bad) != (len(c.Problems) > 0) || (c.Kind == Update || c.Kind == AddCampus) != (len(c.Fields) > 0) || c.Line != rows[i].Line {
					t.Fatalf("seed %d: inconsistent change %+v", seed, c)
				}
			}
			if twice := Diff(schools, rows, minhang); !reflect.DeepEqual(changes, twice) {
				t.Fatalf("seed %d: not the same twice\n%s\n%s", seed, summary(changes), summary(twice))
			}
			before := schools
			schools = store(schools, changes)
			checkSchools(t, seed, before, schools)
			again := Diff(schools, rows, minhang)
			if slices.ContainsFunc(changes, func(c Change) bool { return c.Kind == Bad }) {
				continue // what a bad line is about may become clear by the good ones
			}
			clean++
			for _, c := range again {
				if c.Kind != Same && c.Kind != Bad {
					t.Fatalf("seed %d: the second import of\n%sstill has\n%s\nafter\n%s", seed, file, summary([]Change{c}), summary(changes))
				}
			}
		}
	}
	if clean < 40 {
		t.Errorf("only %d files without a bad line: the property was hardly tried", clean)
	}
}

// checkSchools holds what must be true of the stored schools whatever was imported.
func checkSchools(t *testing.T, seed uint64, before, after []School) {
	t.Helper()
	codes, names := map[string]bool{}, map[string]bool{}
	for i, s := range after {
		if codes[s.Code] || names[key(s.Name)] || s.Code == "" || s.Name == "" || len(s.Stages) == 0 || s.ShortName == "" || s.Initials == "" {
			t.Fatalf("seed %d: %+v is not whole or not alone", seed, s)
		}
		codes[s.Code], names[key(s.Name)] = true, true
		if i < len(before) && (before[i].Code != s.Code || before[i].Phone != "" && s.Phone == "" || len(before[i].Campuses) > len(s.Campuses)) {
			t.Fatalf("seed %d: %+v lost something of %+v", seed, s, before[i])
		}
	}
}
