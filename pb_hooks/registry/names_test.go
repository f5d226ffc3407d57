package registry

import (
	"os"
	"testing"
)

func TestShortName(t *testing.T) {
	for _, tt := range []struct{ name, school, district, want string }{
		{"the city is left out", "上海市航华中学", "闵行区", "航华中学"},
		{"city and district are left out", "上海市闵行区七宝第二中学", "闵行区", "七宝第二中学"},
		{"the district may be recorded with its city", "上海市闵行区七宝第二中学", "上海市闵行区", "七宝第二中学"},
		{"a city without 市 before the district is left out", "上海闵行区诺达双语学校", "闵行区", "诺达双语学校"},
		{"an unnamed district is still recognised after its city", "上海市闵行区七宝第二中学", "本区", "七宝第二中学"},
		{"民办 is left out: the ownership says it", "上海市民办上宝中学", "闵行区", "上宝中学"},
		{"民办 after the district is left out", "上海闵行区民办美高双语学校", "闵行区", "美高双语学校"},
		{"民办 after a bare city is left out", "上海民办圣华紫竹双语学校", "闵行区", "圣华紫竹双语学校"},
		{"the name of a university stays whole", "上海交通大学附属第二中学", "闵行区", "上海交通大学附属第二中学"},
		{"a district without 区 is a name, not an address", "上海市闵行第三中学", "闵行区", "闵行第三中学"},
		{"a name too short alone keeps its place", "上海市七中", "闵行区", "上海市七中"},
		{"a county of a province is left out", "浙江省宁波市象山县丹城中学", "象山县", "丹城中学"},
		{"a campus stays recognisable", "上海市向明中学（浦江校区）", "闵行区", "向明中学（浦江校区）"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := ShortName(tt.school, tt.district); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestShortNamesOfDistrict(t *testing.T) {
	file, err := os.Open("../../examples/minhang-schools.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := ReadCSV(file)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, row := range rows {
		short := ShortName(row.School.Name, "闵行区")
		if other := seen[short]; other != "" {
			t.Errorf("%s and %s are both called %s", other, row.School.Name, short)
		}
		if seen[short] = row.School.Name; Initials(short) == "" {
			t.Errorf("%s has no initials", short)
		}
	}
}

func TestInitials(t *testing.T) {
	for _, tt := range []struct{ name, school, want string }{
		{"every character gives a letter", "航华中学", "hhzx"},
		{"闵行 is Minhang first", "闵行中学", "mhzx mxzx"},
		{"莘庄 is Xinzhuang first", "莘庄中学", "xzzx szzx"},
		{"诸翟 is Zhudi first", "诸翟学校", "zdxx zzxx"},
		{"长 is read two ways", "长宁小学", "cnxx znxx"},
		{"two such characters give four writings", "长乐中学", "clzx zlzx cyzx zyzx"},
		{"letters and figures stay", "ABC第1中学", "abcd1zx"},
		{"full-width letters and figures count as plain", "Ａ１中学", "a1zx"},
		{"brackets and dots are left out", "甲·乙（丙）", "jyb"},
		{"nothing gives nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Initials(tt.school); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	t.Run("a long name with many readings fits its field", func(t *testing.T) {
		long := ""
		for range 40 {
			long += "长行"
		}
		if got := len(Initials(long)); got != maxInitials {
			t.Errorf("got %d letters, want %d", got, maxInitials)
		}
	})
}
