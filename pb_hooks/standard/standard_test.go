package standard_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"gongkai/pb_hooks/standard"
)

// seed reads the standard as the first migration stores it.
func seed(t testing.TB) []standard.Column {
	t.Helper()
	raw, err := os.ReadFile("../../pb_migrations/standard_2026.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []json.RawMessage
	if err := json.Unmarshal(raw, &rows); err != nil {
		t.Fatal(err)
	}
	var out []standard.Column
	for _, row := range rows {
		c := standard.Column{FreshnessDays: -1, DiscloseWithin: -1, PublicityWorkdays: -1}
		if err := json.Unmarshal(row, &c); err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

func TestColumnsOfASchool(t *testing.T) {
	std := seed(t)
	for _, tt := range []struct {
		name      string
		school    standard.School
		want      int // leaves
		mandatory int
		has, not  []string
	}{
		{"a public primary school without meals", standard.School{Stages: []string{"小学"}, Ownership: "公办"}, 67, 55,
			[]string{"A0401", "A0402", "A0505", "A0803"}, []string{"A0704", "A0705", "A0706", "A0808", "A0902"}},
		{"the same with meals shows the menu and the meal accounts", standard.School{Stages: []string{"小学"}, Ownership: "公办", Meals: true}, 71, 59,
			[]string{"A0901", "A0902", "A0903", "A0904"}, []string{"A0905"}},
		{"boarding adds one optional column", standard.School{Stages: []string{"小学"}, Ownership: "公办", Meals: true, Boarding: true}, 72, 59,
			[]string{"A0905"}, nil},
		{"a private junior school shows its accounts instead of the public budget", standard.School{Stages: []string{"初中"}, Ownership: "民办"}, 66, 54,
			[]string{"A0808"}, []string{"A0803", "A0804"}},
		{"a high school has no catchment area and no after-school service", standard.School{Stages: []string{"高中"}, Ownership: "公办"}, 64, 52,
			[]string{"A0402"}, []string{"A0401", "A0505", "A0703"}},
		{"a nine-year school", standard.School{Stages: []string{"九年一贯制"}, Ownership: "公办"}, 67, 55, []string{"A0401"}, nil},
		{"a twelve-year school shows what a nine-year and a high school show", standard.School{Stages: []string{"十二年一贯制"}, Ownership: "公办"}, 67, 55,
			[]string{"A0401", "A0402", "A0505", "A0703"}, []string{"A0704"}},
		{"a complete secondary school", standard.School{Stages: []string{"完全中学"}, Ownership: "公办"}, 67, 55, []string{"A0401"}, []string{"A0705"}},
		{"a kindergarten has its own daily life and no pupils' records", standard.School{Stages: []string{"幼儿园"}, Ownership: "公办"}, 61, 50,
			[]string{"A0704"}, []string{"A0401", "A0404", "A0501", "A0503", "A0701"}},
		{"a special school offers rehabilitation and no prospectus", standard.School{Stages: []string{"特殊教育"}, Ownership: "公办"}, 67, 55,
			[]string{"A0706", "A0401"}, []string{"A0402"}},
		{"a vocational school shows its trades", standard.School{Stages: []string{"中等职业"}, Ownership: "公办"}, 65, 53,
			[]string{"A0705"}, []string{"A0401", "A0505"}},
		{"ownership not known: neither the public nor the private accounts", standard.School{Stages: []string{"小学"}}, 65, 53,
			nil, []string{"A0803", "A0804", "A0808"}},
		{"two stages show the union", standard.School{Stages: []string{"小学", "幼儿园"}, Ownership: "公办"}, 68, 56, []string{"A0704", "A0401"}, nil},
		{"no stage, no columns", standard.School{Ownership: "公办"}, 0, 0, nil, []string{"A0101"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := standard.For(std, tt.school)
			var codes []string
			mandatory := 0
			for _, c := range got {
				codes = append(codes, c.Code)
				if c.Mandatory {
					mandatory++
				}
			}
			if len(got) != tt.want || mandatory != tt.mandatory {
				t.Errorf("%d leaves, %d mandatory; want %d and %d", len(got), mandatory, tt.want, tt.mandatory)
			}
			for _, code := range tt.has {
				if !slices.Contains(codes, code) {
					t.Errorf("lacks %s", code)
				}
			}
			for _, code := range tt.not {
				if slices.Contains(codes, code) {
					t.Errorf("has %s", code)
				}
			}
		})
	}
}

func TestTheSeedIsTheWholeStandard(t *testing.T) {
	std := seed(t)
	leaves := standard.For(std, standard.School{Stages: standard.Stages(), Ownership: "公办", Meals: true, Boarding: true})
	if len(std) != 95 || len(leaves) != 75 { // 76 less the one for private schools
		t.Errorf("%d nodes, %d leaves for a public school of every stage", len(std), len(leaves))
	}
	for _, c := range std {
		if c.Leaf && (c.Kind.Name() == "" || len(c.Code) != 5 || standard.GroupCode(c.Code) != c.Parent) {
			t.Errorf("leaf %s: kind %q, parent %q", c.Code, c.Kind, c.Parent)
		}
	}
}

func TestNamedFields(t *testing.T) {
	c := standard.Column{RequiredFields: []string{"标题", "文号", "岗位", "报名期限", "附件"}}
	if got := c.NamedFields(); !slices.Equal(got, []string{"岗位", "报名期限"}) {
		t.Errorf("got %v", got)
	}
}

func TestVersionInForce(t *testing.T) {
	versions := []standard.Version{
		{Number: "2020", EffectiveOn: "2020-09-01", AppliedOn: "2020-09-01", AppliedAt: "2020-08-31 16:01:00.000Z"},
		{Number: "2027, released", EffectiveOn: "2026-02-01"},
		{Number: "2026", EffectiveOn: "2026-01-01", AppliedOn: "2026-01-02", AppliedAt: "2026-01-02 01:00:00.000Z"},
		{Number: "2026b", EffectiveOn: "2026-01-02", AppliedOn: "2026-01-02", AppliedAt: "2026-01-02 02:00:00.000Z"},
	}
	for _, tt := range []struct{ name, day, want string }{
		{"before any version there is none", "2019-12-31", ""},
		{"the older one until the newer was rolled out, a day late", "2026-01-01", "2020"},
		{"of two on one day the later; what is only released never", "2026-03-01", "2026b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if v, _ := standard.InForce(versions, tt.day); v.Number != tt.want {
				t.Errorf("got %q, want %q", v.Number, tt.want)
			}
		})
	}
}
