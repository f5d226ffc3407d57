package statement

import (
	"fmt"
	"slices"

	"gongkai/pb_hooks/foi"
)

const (
	tab3       = "表3申请办理情况"
	tab4       = "表4复议诉讼和申诉情况"
	tabSchools = "各校办理情况"
)

// Table 3 has three columns of labels and three rows of heads.
const labels3, heads3 = 3, 3

// row3 and column3 are where a figure of table 3 stands in its sheet; rows and
// columns of the table are counted from 1.
func row3(row int) int { return firstRow + heads3 - 1 + row }

func column3(column int) string { return letterOf(labels3 + column) }

// applications is table 3 as the form prints it, with its check as a last line.
func (d Data) applications() sheet {
	heads := foi.Table3Heads()
	s := sheet{tab: tab3, title: "表3　收到和处理政府信息公开申请情况", labels: labels3,
		grid: []int{1000, 1330, 3162, 560, 560, 560, 560, 560, 560, 560}}
	b := block{heads: [][]cell{
		{head("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", labels3, heads3), head("申请人情况", len(heads), 1)},
		{head(heads[0], 1, 2), head("法人或其他组织", len(heads)-2, 1), head(heads[len(heads)-1], 1, 2)},
		nil,
	}}
	for _, name := range heads[1 : len(heads)-1] {
		b.heads[2] = append(b.heads[2], head(name, 1, 1))
	}
	rows := foi.Table3Labels()
	for i, row := range rows {
		var cells []cell
		if i == 0 || rows[i-1].Section != row.Section {
			cells = append(cells, sectionLabel(rows[i:]))
		}
		if row.Group != "" && rows[i-1].Group != row.Group {
			cells = append(cells, groupLabel(rows[i:]))
		}
		if row.Label != "" {
			cells = append(cells, label(row.Label, 1, 1))
		}
		for column := 1; column <= foi.Table3Columns; column++ {
			cells = append(cells, figure(d.Table3.At(i+1, column)))
		}
		b.rows = append(b.rows, cells)
	}
	check := []cell{label("核对：一＋二＝三（七）＋四", labels3, 1)}
	for column := 1; column <= foi.Table3Columns; column++ {
		at := func(row int) string { return fmt.Sprint(column3(column), row3(row)) }
		check = append(check, fitting(at(1)+"+"+at(2)+"="+at(foi.Table3Rows-1)+"+"+at(foi.Table3Rows)))
	}
	b.rows = append(b.rows, check)
	s.blocks = []block{b}
	return s
}

// sectionLabel is the label of a section; one without groups is a single line.
func sectionLabel(rows []foi.TableRow) cell {
	if rows[0].Group == "" {
		return label(rows[0].Section, labels3, 1)
	}
	return label(rows[0].Section, 1, same(rows, func(r foi.TableRow) string { return r.Section }))
}

func groupLabel(rows []foi.TableRow) cell {
	if rows[0].Label == "" {
		return label(rows[0].Group, labels3-1, 1)
	}
	return label(rows[0].Group, 1, same(rows, func(r foi.TableRow) string { return r.Group }))
}

// disputes is table 4 as the form prints it, and 表4-校 for the complaints to the
// bureau, which the form does not know (条例 art. 55 ¶2).
func (d Data) disputes() sheet {
	s := sheet{tab: tab4, title: "政府信息公开行政复议、行政诉讼和申诉情况"}
	results := append(resultNames(), "总计")
	n := len(results)
	for range 3 * n {
		s.grid = append(s.grid, textWidth/(3*n))
	}
	form := block{caption: "表4　行政复议、行政诉讼情况", heads: [][]cell{
		{head("行政复议", n, 1), head("行政诉讼", 2*n, 1)}, nil, nil,
	}, rows: [][]cell{nil}}
	complaints := block{caption: "表4-校　向教育局申诉情况", heads: [][]cell{{head(foi.ToBureau.Name(), 3*n, 1)}, nil}, rows: [][]cell{nil}}
	for _, name := range results {
		form.heads[1] = append(form.heads[1], head(folded(name), 1, 2))
		complaints.heads[1] = append(complaints.heads[1], head(name, 3, 1))
	}
	form.heads[1] = append(form.heads[1], head("未经复议直接起诉", n, 1), head("复议后起诉", n, 1))
	for _, name := range slices.Concat(results, results) {
		form.heads[2] = append(form.heads[2], head(folded(name), 1, 1))
	}
	for _, remedy := range []foi.Remedy{foi.Reconsider, foi.Litigate, foi.LitigateReview} {
		form.rows[0] = append(form.rows[0], d.figures(remedy)...)
	}
	for _, c := range d.figures(foi.ToBureau) {
		c.across = 3
		complaints.rows[0] = append(complaints.rows[0], c)
	}
	s.blocks = []block{form, complaints}
	return s
}

func resultNames() []string {
	var names []string
	for _, r := range foi.Results() {
		names = append(names, r.Name())
	}
	return names
}

// figures are the results of a kind of dispute and their total.
func (d Data) figures(remedy foi.Remedy) []cell {
	var cells []cell
	for _, r := range foi.Results() {
		cells = append(cells, figure(d.Table4.At(remedy, r)))
	}
	return append(cells, figure(d.Table4.Total(remedy)))
}

// schools has a line for each school; the last lines are the district as in table 3
// and the check that it is their sum.
func (d Data) schools() sheet {
	groups := resultGroups()
	lines := slices.Concat([]group{{"", 1, 1}, {"", 2, 2}}, groups, []group{{"", foi.Table3Rows, foi.Table3Rows}})
	s := sheet{tab: tabSchools, title: "各校收到和处理政府信息公开申请情况", labels: 2, long: true, grid: []int{1750, 1010}}
	for range len(lines) + 1 {
		s.grid = append(s.grid, (textWidth-1750-1010)/(len(lines)+1))
	}
	b := block{heads: [][]cell{{head("学校名称", 1, 2), head("代码", 1, 2), head("一、\n本年\n新收", 1, 2), head("二、\n上年\n结转", 1, 2),
		head("三、本年度办理结果", len(groups), 1), head("四、\n结转\n下年度", 1, 2), head("一＋二\n＝三\n（七）\n＋四", 1, 2)}, nil}}
	for _, g := range groups {
		b.heads[1] = append(b.heads[1], head(g.narrow(), 1, 1))
	}
	first := firstRow + len(b.heads)
	total := first + len(d.Schools)
	for i, school := range d.Schools {
		b.rows = append(b.rows, append([]cell{label(line(school.Name), 1, 1), label(line(school.Code), 1, 1)}, figuresOf(lines, school.Table3, first+i)...))
	}
	b.rows = append(b.rows, append([]cell{label("合计", 2, 1)}, figuresOf(lines, d.Table3, total)...))
	check := []cell{label("核对：各校之和＝合计＝表3", 2, 1)}
	for i, g := range lines {
		column := letterOf(3 + i)
		sum := fmt.Sprintf("%s%d", column, total)
		check = append(check, fitting(fmt.Sprintf("AND(SUM(%s%d:%s%d)=%s,%s=SUM('%s'!%s%d:%s%d))", column, first, column, total-1, sum,
			sum, tab3, column3(foi.Table3Columns), row3(g.first), column3(foi.Table3Columns), row3(g.last))))
	}
	b.rows = append(b.rows, append(check, cell{look: lookFigure}))
	s.blocks = []block{b}
	return s
}

// figuresOf are the figures of a line and whether they fit, on a row of the sheet.
func figuresOf(lines []group, t foi.ApplicationTable, row int) []cell {
	var cells []cell
	for _, g := range lines {
		cells = append(cells, figure(g.sumOf(t)))
	}
	at := func(line int) string { return fmt.Sprint(letterOf(3+line), row) }
	last := len(lines) - 1
	return append(cells, fitting(at(0)+"+"+at(1)+"="+at(last-1)+"+"+at(last)))
}

// letterOf is the name of a column of a workbook, counted from 1. The widest table
// has fifteen.
func letterOf(column int) string { return string(rune('A' + column - 1)) }
