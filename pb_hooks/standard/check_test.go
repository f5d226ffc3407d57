package standard_test

import (
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/standard"
)

func draftOf(t *testing.T) standard.Draft {
	t.Helper()
	before := seed(t)
	return standard.Draft{Columns: slices.Clone(before), Moves: []standard.Move{}, Before: before, Used: []string{"A0408"},
		LowRisk: func(code string) bool { return code == "A0309" }}
}

func change(d standard.Draft, code string, fn func(*standard.Column)) standard.Draft {
	c, _ := standard.Find(d.Columns, code)
	c.Stages, c.RequiredFields = slices.Clone(c.Stages), slices.Clone(c.RequiredFields)
	fn(&c)
	return d.Replace(c)
}

func TestTheSeedHasNoFaults(t *testing.T) {
	d := draftOf(t)
	if got := d.Check(); len(got) > 0 {
		t.Fatalf("%v", got)
	}
	d.Before, d.Columns = nil, nil
	if got := d.Check(); len(got) > 0 {
		t.Errorf("of nothing: %v", got)
	}
}

// TestCheckNamesEveryFault: one thing is made wrong, and exactly that is named.
func TestCheckNamesEveryFault(t *testing.T) {
	leaf := func(code, parent string) standard.Column {
		return standard.Column{Code: code, Parent: parent, Name: "新栏目", Branch: "信息公开", Leaf: true, Kind: standard.List, Audience: "全社会", Stages: []string{"小学"}, Tier: 2,
			Mandatory: true, FreshnessDays: 365, DiscloseWithin: 20, PublicityWorkdays: -1, RetentionYears: 10, RequiredFields: []string{"标题"}, Basis: "本标准建议"}
	}
	add := func(c standard.Column) func(standard.Draft) standard.Draft {
		return func(d standard.Draft) standard.Draft { d.Columns = append(d.Columns, c); return d }
	}
	set := func(code string, fn func(*standard.Column)) func(standard.Draft) standard.Draft {
		return func(d standard.Draft) standard.Draft { return change(d, code, fn) }
	}
	moves := func(list ...standard.Move) func(standard.Draft) standard.Draft {
		return func(d standard.Draft) standard.Draft { d = d.Remove("A0207"); d.Moves = list; return d }
	}
	for _, tt := range []struct {
		name              string
		do                func(standard.Draft) standard.Draft
		code, field, says string
	}{
		{"a cycle", func(d standard.Draft) standard.Draft {
			return change(change(d, "A09", func(c *standard.Column) { c.Parent = "A10" }), "A10", func(c *standard.Column) { c.Parent = "A09" })
		}, "A09", "parent", "绕成了一圈"},
		{"its own parent", set("A0405", func(c *standard.Column) { c.Parent = "A0405" }), "A0405", "parent", "绕成了一圈"},
		{"no such parent", add(leaf("A1101", "A11")), "A1101", "parent", "没有上级栏目“A11”"},
		{"a parent of the wrong level", set("A0405", func(c *standard.Column) { c.Parent = "A" }), "A0405", "parent", "上级应是 A04"},
		{"another group's code", add(leaf("A0410", "A05")), "A0410", "parent", "上级应是 A04"},
		{"another branch", set("A0405", func(c *standard.Column) { c.Branch = "办事服务" }), "A0405", "branch", "分支不同"},
		{"a third branch", set("A", func(c *standard.Column) { c.Name = "其他" }), "A", "name", "分支只有"},
		{"a doubled code", add(leaf("A0405", "A04")), "A0405", "code", "代码 A0405 重复"},
		{"a malformed code", add(leaf("A4", "A")), "A4", "code", "格式不对"},
		{"a code of an earlier version", add(leaf("A0408", "A04")), "A0408", "code", "以前用过"},
		{"a doubled name under one parent", set("A0405", func(c *standard.Column) { c.Name = "学籍管理" }), "A0405", "name", "已经有“学籍管理”（A0404）"},
		{"no name", set("A0405", func(c *standard.Column) { c.Name = " " }), "A0405", "name", "请填写名称"},
		{"a long name", set("A0405", func(c *standard.Column) { c.Name = strings.Repeat("长", 51) }), "A0405", "name", "最多 50 字"},
		{"a leaf that is none", set("A0405", func(c *standard.Column) { c.Leaf = false }), "A0405", "leaf", "五位代码"},
		{"a leaf without kind", set("A0405", func(c *standard.Column) { c.Kind = "" }), "A0405", "kind", "请选择"},
		{"an unknown kind", set("A0405", func(c *standard.Column) { c.Kind = "video" }), "A0405", "kind", "请选择"},
		{"a kind that only the program fills", set("A0405", func(c *standard.Column) { c.Kind = standard.Generated }), "A0405", "kind", "由程序提供"},
		{"no stages", set("A0405", func(c *standard.Column) { c.Stages = nil }), "A0405", "stages", "请选择"},
		{"an unknown stage", set("A0405", func(c *standard.Column) { c.Stages[0] = "大学" }), "A0405", "stages", "没有学段“大学”"},
		{"a stage that is two", set("A0405", func(c *standard.Column) { c.Stages[0] = "十二年一贯制" }), "A0405", "stages", "没有学段"},
		{"a doubled stage", set("A0405", func(c *standard.Column) { c.Stages = []string{"小学", "小学"} }), "A0405", "stages", "重复"},
		{"an unknown ownership", set("A0405", func(c *standard.Column) { c.Ownership = "混合" }), "A0405", "ownership", "办学性质"},
		{"an unknown condition", set("A0405", func(c *standard.Column) { c.Condition = "pool" }), "A0405", "condition", "适用条件"},
		{"no tier", set("A0405", func(c *standard.Column) { c.Tier = 0 }), "A0405", "tier", "设置要求"},
		{"optional by tier, mandatory by word", set("A0405", func(c *standard.Column) { c.Mandatory = true }), "A0405", "mandatory", "选设"},
		{"a freshness of nothing", set("A0405", func(c *standard.Column) { c.FreshnessDays = 0 }), "A0405", "freshness_days", "更新周期"},
		{"a freshness without end", set("A0405", func(c *standard.Column) { c.FreshnessDays = 3661 }), "A0405", "freshness_days", "更新周期"},
		{"fewer than none", set("A0405", func(c *standard.Column) { c.MinItemsPerYear = -1 }), "A0405", "min_items_per_year", "最少条数"},
		{"a limit beyond the law", set("A0405", func(c *standard.Column) { c.DiscloseWithin = 61 }), "A0405", "disclose_within_workdays", "公开时限"},
		{"a notice of no days", set("A0405", func(c *standard.Column) { c.PublicityWorkdays = 0 }), "A0405", "publicity_workdays", "公示期"},
		{"kept for no time", set("A0405", func(c *standard.Column) { c.RetentionYears = 0 }), "A0405", "retention_years", "永久填 9999"},
		{"no required field", set("A0405", func(c *standard.Column) { c.RequiredFields = nil }), "A0405", "required_fields", "1 至 30 项"},
		{"an empty required field", set("A0405", func(c *standard.Column) { c.RequiredFields[1] = "" }), "A0405", "required_fields", "第 2 项必备内容是空的"},
		{"a doubled required field", set("A0405", func(c *standard.Column) { c.RequiredFields[1] = c.RequiredFields[0] }), "A0405", "required_fields", "重复"},
		{"two required fields in one", set("A0405", func(c *standard.Column) { c.RequiredFields[1] = "方式、地点" }), "A0405", "required_fields", "不含顿号"},
		{"no basis", set("A0405", func(c *standard.Column) { c.Basis = "" }), "A0405", "basis", "请填写公开依据"},
		{"no audience", set("A0405", func(c *standard.Column) { c.Audience = "" }), "A0405", "audience", "请填写公开对象"},
		{"an unknown form of review", set("A0405", func(c *standard.Column) { c.Review = "nobody" }), "A0405", "review", "没有这种审核方式"},
		{"two people where it is not of low risk", set("A0405", func(c *standard.Column) { c.Review = "two_person" }), "A0405", "review", "两人制"},
		{"without what the program needs", func(d standard.Draft) standard.Draft { return d.Remove("A0104") }, "A0104", "code", "由程序使用，不能删除"},
		{"what the program needs in another form", set("B0301", func(c *standard.Column) { c.Kind = standard.List }), "B0301", "kind", "不能改成别的形式"},
		{"a move from what there is not", moves(standard.Move{From: "A0299", To: "A0201"}), "A0299", "moves.0.from", "没有可以发布信息的栏目"},
		{"a move from what stays", moves(standard.Move{From: "A0405", To: "A0201"}), "A0405", "moves.0.from", "仍然保留"},
		{"a move to nowhere", moves(standard.Move{From: "A0207", To: "A0299"}), "A0207", "moves.0.to", "不是新标准里"},
		{"a move to what is generated", moves(standard.Move{From: "A0207", To: "A0102"}), "A0207", "moves.0.to", "不是新标准里"},
		{"a move to a group", moves(standard.Move{From: "A0207", To: "A02"}), "A0207", "moves.0.to", "不是新标准里"},
		{"a last move with words", moves(standard.Move{From: "A0207", To: "A0201", Words: []string{"奖"}}), "A0207", "moves.0.words", "最后一条沿革不写词语"},
		{"a first move without words", moves(standard.Move{From: "A0207", To: "A0309"}, standard.Move{From: "A0207", To: "A0201"}), "A0207", "moves.0.words", "都要写明"},
		{"a doubled word", moves(standard.Move{From: "A0207", To: "A0309", Words: []string{"奖", "奖"}}, standard.Move{From: "A0207", To: "A0201"}), "A0207", "moves.0.words", "重复"},
		{"an empty word", moves(standard.Move{From: "A0207", To: "A0309", Words: []string{""}}, standard.Move{From: "A0207", To: "A0201"}), "A0207", "moves.0.words", "不能为空"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			faults := tt.do(draftOf(t)).Check()
			if !slices.ContainsFunc(faults, func(f standard.Fault) bool {
				return f.Code == tt.code && f.Field == tt.field && strings.Contains(f.Sentence, tt.says)
			}) {
				t.Errorf("%s.%s %q is not among %v", tt.code, tt.field, tt.says, faults)
			}
		})
	}
}

func TestCodesAreNeverUsedAgain(t *testing.T) {
	d := draftOf(t)
	d.Used = append(d.Used, "A0410")
	c, _ := standard.Find(d.Columns, "A0405")
	c.Name = "游学活动"
	d, code := d.Add(c)
	if code != "A0411" || len(d.Check()) > 0 {
		t.Errorf("%s %v", code, d.Check())
	}
	group, _ := standard.Find(d.Columns, "A10")
	group.Name = "数字校园"
	d, code = d.Add(group)
	if at := slices.IndexFunc(d.Columns, func(c standard.Column) bool { return c.Code == code }); code != "A11" || d.Columns[at+1].Code != "B" || len(d.Check()) > 0 {
		t.Errorf("%s at %d: %v", code, at, d.Check())
	}
}

func TestAColumnIsDragged(t *testing.T) {
	order := func(d standard.Draft, parent string) (list []string) {
		for _, c := range d.Columns {
			if c.Parent == parent {
				list = append(list, c.Code)
			}
		}
		return list
	}
	d, code := draftOf(t).Place("A0405", "A04", 0)
	if got := order(d, "A04"); code != "A0405" || !slices.Equal(got, []string{"A0405", "A0401", "A0402", "A0403", "A0404"}) {
		t.Errorf("%s %v", code, got)
	}
	d, code = d.Place("A09", "A", 0)
	if i := slices.IndexFunc(d.Columns, func(c standard.Column) bool { return c.Code == "A09" }); code != "A09" || d.Columns[1].Code != "A09" || d.Columns[i+1].Code != "A0901" || len(d.Check()) > 0 {
		t.Errorf("a group goes with its leaves: %v %v", order(d, "A"), d.Check())
	}
	d, code = d.Place("A0405", "A05", 1)
	want := []standard.Move{{From: "A0405", To: code, Words: []string{}}}
	if got := order(d, "A05"); code != "A0507" || got[1] != code || !slices.EqualFunc(d.Moves, want, sameMove) || len(d.Check()) > 0 {
		t.Errorf("into another group: %s %v %v %v", code, got, d.Moves, d.Check())
	}
	d, code = d.Place(code, "A03", 99)
	if got := order(d, "A03"); code != "A0310" || got[len(got)-1] != code || len(d.Moves) != 1 || d.Moves[0].To != code {
		t.Errorf("and on: %s %v %v", code, got, d.Moves)
	}
	d, code = d.Place(code, "A04", 4)
	if code != "A0405" || len(d.Moves) != 0 || len(d.Check()) > 0 {
		t.Errorf("and back: %s %v %v", code, d.Moves, d.Check())
	}
}

func sameMove(a, b standard.Move) bool {
	return a.From == b.From && a.To == b.To && a.School == b.School && slices.Equal(a.Words, b.Words)
}
