package standard_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/standard"
)

// sheetsOf are the sheets of a draft, with lines above them as a workbook has.
func sheetsOf(d standard.Draft) map[string][][]string {
	above := [][]string{{"栏目设置标准"}, {}, {}}
	return map[string][][]string{
		standard.CatalogueSheet: slices.Concat(above, [][]string{standard.CatalogueHeads()}, standard.CatalogueRows(d.Columns)),
		standard.MovesSheet:     slices.Concat(above, [][]string{standard.MovesHeads()}, standard.MovesRows(d.Before, d.Columns, d.Moves)),
	}
}

func TestAStandardComesBackFromItsSheets(t *testing.T) {
	d := draftOf(t)
	d, _ = d.Place("A0405", "A05", 1)
	d = change(d, "A0309", func(c *standard.Column) { c.Review = "two_person" }).Remove("A0207")
	d.Moves = append(d.Moves, standard.Move{From: "A0207", To: "A0309", Words: []string{"奖", "荣誉"}}, standard.Move{From: "A0207", To: "A0201", Words: []string{}},
		standard.Move{From: "A0207", To: "A0308", Words: []string{}, School: "3101120001"})
	got, faults := d.ReadSheets(sheetsOf(d))
	if len(faults) > 0 {
		t.Fatalf("%v", faults)
	}
	for i, want := range d.Columns {
		if i >= len(got.Columns) || !reflect.DeepEqual(got.Columns[i], want) {
			t.Fatalf("%d:\n%+v\n%+v", i, got.Columns[i], want)
		}
	}
	if len(got.Columns) != len(d.Columns) || !slices.EqualFunc(got.Moves, d.Moves, sameMove) {
		t.Errorf("%d columns, %v", len(got.Columns), got.Moves)
	}
}

func TestAnEditedSheetIsReadOrRefusedAtItsCell(t *testing.T) {
	const row = 30 // of A0308
	for _, tt := range []struct {
		name, head, text string
		at               string // of the fault; of the row itself if empty
		says             string // empty: it is read
	}{
		{"another limit", "公开时限", "信息形成或者变更之日起3个工作日内", "", ""},
		{"a limit as a number", "公开时限", "5", "", ""},
		{"other schools", "公开主体", "小学、初中；公办；供餐", "", ""},
		{"a limit in free words", "公开时限", "尽快", "", "写成“信息形成"},
		{"a limit beyond the law", "公开时限", "90", "", "0 至 60"},
		{"no such stage", "公开主体", "大学", "", "没有学段“大学”"},
		{"no such condition", "公开主体", "小学；游泳", "", "适用条件"},
		{"another channel", "公开渠道", "报纸", "", "只能是“学校信息公开专栏”"},
		{"another way", "公开方式", "依申请公开", "", "只能是“主动公开”"},
		{"no such kind", "形式", "视频", "", "没有“视频”这种形式"},
		{"no tier", "设置要求", "", "", "设置要求写"},
		{"half a number", "更新周期（天）", "六十", "", "不是数字，也不是“不计时”"},
		{"neither yes nor no", "寒暑假停算", "也许", "", "填写“是”或“否”"},
		{"less than none", "每年最少条数", "-1", "", "不是数字"},
		{"no such review", "审核方式", "一人制", "", "没有“一人制”"},
		{"a doubled field", "公开内容（要素）", "标题、标题", "", "重复"},
		{"a doubled code", "代码", "A0307", "", "与第 29 行重复"},
		{"another group's code", "代码", "A0408", "一级事项", "不属于它"},
		{"no such group", "一级事项", "其他", "", "上面没有分类“其他”"},
		{"a doubled name", "二级事项", "党务公开", "", "已经有“党务公开”"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := draftOf(t)
			sheets := sheetsOf(d)
			cells := slices.Clone(sheets[standard.CatalogueSheet][row-1])
			if !slices.Contains(cells, "A0308") {
				t.Fatalf("row %d is %v", row, cells)
			}
			cells[slices.Index(standard.CatalogueHeads(), tt.head)] = tt.text
			sheets[standard.CatalogueSheet][row-1] = cells
			_, faults := d.ReadSheets(sheets)
			if tt.says == "" {
				if len(faults) > 0 {
					t.Errorf("%v", faults)
				}
				return
			}
			if tt.at == "" {
				tt.at = tt.head
			}
			if !slices.ContainsFunc(faults, func(f standard.SheetFault) bool {
				return f.Sheet == "栏目" && f.Row == row && f.Column == tt.at && strings.Contains(f.Sentence, tt.says)
			}) {
				t.Errorf("%v", faults)
			}
		})
	}
}

func TestANewRowNeedsNoCode(t *testing.T) {
	d := draftOf(t)
	sheets := sheetsOf(d)
	rows := sheets[standard.CatalogueSheet]
	fresh := slices.Clone(rows[29])
	fresh[slices.Index(standard.CatalogueHeads(), "二级事项")], fresh[slices.Index(standard.CatalogueHeads(), "代码")] = "家长学校", ""
	sheets[standard.CatalogueSheet] = append(rows[:30:30], append([][]string{fresh}, rows[30:]...)...)
	got, faults := d.ReadSheets(sheets)
	c, ok := standard.Find(got.Columns, "A0310")
	if len(faults) > 0 || !ok || c.Name != "家长学校" || c.Parent != "A03" {
		t.Errorf("%+v %v", c, faults)
	}
}

func TestSheetsThatAreNone(t *testing.T) {
	d := draftOf(t)
	whole := sheetsOf(d)
	for name, sheets := range map[string]map[string][][]string{
		"nothing":         {},
		"another table":   {"栏目": {{"姓名", "电话"}, {"王老师", "1"}}},
		"a head is gone":  {"栏目": {standard.CatalogueHeads()[:12]}},
		"only moves":      {"沿革": whole["沿革"]},
		"a program's one": {"栏目": slices.Delete(slices.Clone(whole["栏目"]), 6, 7)},
		"a false move":    {"栏目": whole["栏目"], "沿革": {standard.MovesHeads(), {"A0207", "", "A9999", "", "", ""}}},
	} {
		if _, faults := d.ReadSheets(sheets); len(faults) == 0 {
			t.Errorf("%s is read", name)
		}
	}
}
