package registry

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// realDistrict is a real list of schools as the platform stores it, and a row for each school.
func realDistrict(t *testing.T) ([]School, []Row) {
	t.Helper()
	file, err := os.Open("../../examples/minhang-schools.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := ReadCSV(file)
	if err != nil {
		t.Fatal(err)
	}
	return store(nil, Diff(nil, rows, minhang)), rows
}

// otherWritings are what registers do to names.
var otherWritings = []func(string) string{
	func(name string) string {
		return strings.TrimPrefix(strings.TrimPrefix(name, "上海市"), "闵行区")
	},
	func(name string) string {
		if strings.Contains(name, "闵行") || !strings.HasPrefix(name, "上海市") {
			return name
		}
		return "上海市闵行区" + strings.TrimPrefix(name, "上海市")
	},
	func(name string) string {
		return strings.NewReplacer("第二", "第2", "第三", "３", "第一", "一").Replace(name)
	},
	func(name string) string { return "上海市" + name },
	func(name string) string { return strings.NewReplacer("（", " (", "）", ") ").Replace(name) },
	func(name string) string { return strings.Replace(name, "附属中学", "附中", 1) },
	func(name string) string { return strings.Join(strings.Split(name, ""), " ") },
	func(name string) string { return strings.Replace(name, "民办", "", 1) },
}

func TestMatchOfDistrict(t *testing.T) {
	schools, rows := realDistrict(t)
	for i, write := range otherWritings {
		written := changed(rows, func(r *Row) { r.School.Name, _ = readName(clean(write(r.School.Name))) })
		set := Compare(schools, written, minhang, Options{})
		if set.Count(Same) != len(rows) {
			t.Errorf("writing %d: not every school is found\n%s", i, told(set))
		}
	}
}

// A school that is not stored must not be taken for one of its neighbours, which are called much the same. Two schools of
// one university at one address are asked about.
func TestMatchOfStrangers(t *testing.T) {
	schools, rows := realDistrict(t)
	asked := 0
	for _, row := range rows {
		others := slices.DeleteFunc(slices.Clone(schools), func(s School) bool { return s.Name == row.School.Name })
		if _, _, ok := splitCampus(row.School.Name); ok || len(others) == len(schools) {
			continue
		}
		set := Compare(others, []Row{row}, minhang, Options{Partial: true})
		if set.Count(Create, Unsure) != 1 {
			t.Errorf("%s was taken for another\n%s", row.School.Name, told(set))
		}
		if n := set.Count(Unsure); n > 0 {
			asked += n
			t.Log(told(set))
		}
	}
	t.Logf("%d of %d strangers are asked about", asked, len(rows))
	if asked > 2 {
		t.Errorf("too many")
	}
}
