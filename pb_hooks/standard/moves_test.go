package standard_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/standard"
)

func TestTarget(t *testing.T) {
	moves := []standard.Move{
		{From: "A0207", To: "A0504", Words: []string{"体育", "艺术"}},
		{From: "A0207", To: "A0605", Words: []string{"教师"}},
		{From: "A0207", To: "A0201"},
		{From: "A0207", To: "A0309", School: "310"},
	}
	for _, tt := range []struct{ name, from, school, title, want string }{
		{"by a word", "A0207", "", "我校获区艺术节一等奖", "A0504"},
		{"by the first of two words", "A0207", "", "体育教师获奖", "A0504"},
		{"by another word", "A0207", "1", "我校教师获奖", "A0605"},
		{"the rest", "A0207", "1", "文明校园", "A0201"},
		{"a school of its own", "A0207", "310", "体育教师获奖", "A0309"},
		{"what no move names", "A0405", "", "体育", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := standard.Target(moves, tt.from, tt.school, tt.title); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFollow(t *testing.T) {
	versions := [][]standard.Move{
		{{From: "A0207", To: "A0504", Words: []string{"体育"}}, {From: "A0207", To: "A0201"}},
		{{From: "A0201", To: "A0210"}, {From: "A0504", To: "A0511"}},
		{{From: "A0511", To: "A0504"}}, // a school that lost it and got it back
	}
	for _, tt := range []struct{ name, code, has, want string }{
		{"what is there", "A0207", "A0207 A0201", "A0207"},
		{"to where the rest went", "A0207", "A0201 A0504", "A0201"},
		{"by two versions", "A0207", "A0210 A0511", "A0210"},
		{"to what the school has", "A0207", "A0511", "A0511"},
		{"nowhere", "A0207", "A0309", ""},
		{"in a circle", "A0504", "", ""},
		{"never used", "A0299", "A0201", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := standard.Follow(versions, tt.code, "1", func(code string) bool { return strings.Contains(tt.has, code) }); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestUndecidedNamesColumnsAndSchools(t *testing.T) {
	primary, nursery := standard.School{Stages: []string{"小学"}, Ownership: "公办"}, standard.School{Stages: []string{"幼儿园"}, Ownership: "公办"}
	schools := []standard.Holding{{"310", "晨光小学", primary, map[string]int{"A0207": 3, "A0404": 1, "A0504": 2}}, {"311", "彩虹幼儿园", nursery, map[string]int{"A0207": 2, "A0504": 9}}}
	for _, tt := range []struct {
		name  string
		moves []standard.Move
		do    func(standard.Draft) standard.Draft
		want  []string
	}{
		{"nothing goes", nil, nil, nil},
		{"what is empty goes", nil, func(d standard.Draft) standard.Draft { return d.Remove("A0206") }, nil},
		{"content without a move", nil, func(d standard.Draft) standard.Draft { return d.Remove("A0207") }, []string{"A0207  2 所学校共有 5 条信息"}},
		{"a target that one school has not", []standard.Move{{From: "A0207", To: "A0404"}}, func(d standard.Draft) standard.Draft { return d.Remove("A0207") },
			[]string{"A0207 311 彩虹幼儿园没有栏目“学籍管理”"}},
		{"decided for that school", []standard.Move{{From: "A0207", To: "A0404"}, {From: "A0207", To: "A0201", School: "311"}},
			func(d standard.Draft) standard.Draft { return d.Remove("A0207") }, nil},
		{"taken from some schools only", nil, func(d standard.Draft) standard.Draft {
			return change(d, "A0504", func(c *standard.Column) { c.Stages = []string{"小学"} })
		}, []string{"A0504  1 所学校共有 9 条信息"}},
		{"no longer written", nil, func(d standard.Draft) standard.Draft {
			return change(d, "A0504", func(c *standard.Column) { c.Kind = standard.Generated })
		}, []string{"A0504  2 所学校共有 11 条信息"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := draftOf(t)
			if tt.do != nil {
				d = tt.do(d)
			}
			d.Moves = tt.moves
			got := d.Undecided(schools)
			fits := slices.EqualFunc(got, tt.want, func(f standard.Fault, want string) bool {
				return f.Field == "moves" && strings.HasPrefix(want, f.Code+" "+f.School+" ") && strings.Contains(f.Sentence, strings.TrimPrefix(want, f.Code+" "+f.School+" "))
			})
			if !fits {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestCompare(t *testing.T) {
	d := draftOf(t)
	before := d.Columns
	d = change(d.Remove("A0207").Remove("A0305"), "A0308", func(c *standard.Column) { c.Name, c.FreshnessDays, c.TermOnly = "公告", 30, false })
	c, _ := standard.Find(before, "A0405")
	c.Name = "校园欺凌防治"
	d, added := d.Add(c)
	d, moved := d.Place("A0502", "A06", 0)
	got := standard.Compare(before, d.Columns, append(d.Moves, standard.Move{From: "A0207", To: "A0309", Words: []string{"奖"}}, standard.Move{From: "A0207", To: "A0201"},
		standard.Move{From: "A0305", To: "A0301"}))
	said := []string{}
	for _, c := range got.Added {
		said = append(said, "+"+c.Code)
	}
	for _, c := range got.Removed {
		said = append(said, "-"+c.Code)
	}
	for _, c := range got.Changed {
		for _, f := range c.Fields {
			said = append(said, fmt.Sprintf("%s %s: %s → %s", c.Code, f.Label, f.Before, f.After))
		}
	}
	for _, m := range got.Merged {
		said = append(said, fmt.Sprintf("%v ⇒ %s", m.From, m.To.Code))
	}
	for _, s := range got.Split {
		said = append(said, fmt.Sprintf("%s ⇒ %v", s.From.Code, s.To))
	}
	for _, m := range got.Moved {
		said = append(said, m.From.Code+" = "+m.To.Code)
	}
	want := []string{"+" + added, "+" + moved, "-A0207", "-A0305", "-A0502", "A0308 名称: 通知公告 → 公告", "A0308 更新周期: 60 天（寒暑假停算） → 30 天",
		"[{A0201 学校简介} {A0207 学校荣誉}] ⇒ A0201", "[{A0301 规章制度} {A0305 教代会与民主管理}] ⇒ A0301", "[{A0309 校园动态} {A0207 学校荣誉}] ⇒ A0309",
		"A0207 ⇒ [{A0309 校园动态} {A0201 学校简介}]", "A0502 = " + moved}
	slices.Sort(said)
	slices.Sort(want)
	if !slices.Equal(said, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(said, "\n     "), strings.Join(want, "\n     "))
	}
}
