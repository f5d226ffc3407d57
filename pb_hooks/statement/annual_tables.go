package statement

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"gongkai/pb_hooks/annual"
)

const (
	tab2  = "表2主动公开情况"
	tab2s = "表2-校各栏目公开情况"
)

// notForSchools stands where the form asks for what no school makes.
const notForSchools = "不适用"

// disclosures is table 2 of the annual report as the form prints it: 条例 art. 20
// (一) (五) (六) (八). Of these a school knows fees only.
func disclosures(r annual.Report) sheet {
	s := sheet{tab: tab2, title: "表2　主动公开信息情况", grid: slices.Repeat([]int{textWidth / 4}, 4)}
	plain := func(text string, across int) cell { return cell{look: lookFigure, text: text, across: across} }
	part := func(article, figure string, value string, rows ...string) {
		b := &s.blocks[0]
		b.rows = append(b.rows, []cell{head(article, 4, 1)}, []cell{head("信息内容", 1, 1), head(figure, 3, 1)})
		for _, row := range rows {
			b.rows = append(b.rows, []cell{label(row, 1, 1), plain(value, 3)})
		}
	}
	s.blocks = []block{{rows: [][]cell{{head("第二十条第（一）项", 4, 1)}, {head("信息内容", 1, 1), head("本年制发件数", 1, 1), head("本年废止件数", 1, 1), head("现行有效件数", 1, 1)}}}}
	for _, name := range []string{"规章", "行政规范性文件"} {
		s.blocks[0].rows = append(s.blocks[0].rows, []cell{label(name, 1, 1), plain(notForSchools, 1), plain(notForSchools, 1), plain(notForSchools, 1)})
	}
	part("第二十条第（五）项", "本年处理决定数量", notForSchools, "行政许可")
	part("第二十条第（六）项", "本年处理决定数量", notForSchools, "行政处罚", "行政强制")
	part("第二十条第（八）项", "本年收费金额（单位：万元）", cmp.Or(r.Texts[annual.Fees], "0"), "行政事业性收费")
	return s
}

// byGroup is 表2-校: what was published in each column group.
func byGroup(r annual.Report) sheet {
	s := sheet{tab: tab2s, title: "表2-校　各栏目主动公开情况", labels: 1, grid: []int{2400, 870, 870, 870, 870, 898, 870, 870, 898}}
	b := block{heads: [][]cell{groupHeads(head("栏目", 1, 1))}}
	names := slices.Clone(r.Names)
	for _, code := range slices.Sorted(maps.Keys(r.Groups)) {
		if !slices.ContainsFunc(names, func(n annual.GroupName) bool { return n.Code == code }) {
			names = append(names, annual.GroupName{Code: code, Name: code}) // of an earlier standard
		}
	}
	for _, n := range names {
		b.rows = append(b.rows, append([]cell{label(line(n.Name), 1, 1)}, groupFigures(r.Groups[n.Code])...))
	}
	b.rows = append(b.rows, append([]cell{label("合计", 1, 1)}, groupFigures(r.Groups.Total())...))
	s.blocks = []block{b}
	return s
}

func groupHeads(first ...cell) []cell {
	for _, name := range []string{"公开\n（条）", "更新\n（条）", "撤下\n（条）", "年末\n现行有效", "生成到公开\n平均天数", "有时限\n（条）", "其中\n按时", "按时率\n（%）"} {
		first = append(first, head(name, 1, 1))
	}
	return first
}

func groupFigures(row annual.GroupRow) []cell {
	measured := func(n float64, ok bool) cell {
		if !ok {
			return cell{look: lookFigure, text: "—"}
		}
		return cell{look: lookFigure, text: strconv.FormatFloat(n, 'f', 1, 64)}
	}
	return []cell{count(row.Published), count(row.Updated), count(row.Removed), count(row.Valid), measured(row.Average()), count(row.Timed), count(row.OnTime), measured(row.Share())}
}

// tablesOf are the tables of a report by their names in its parts.
func tablesOf(r annual.Report) map[string]block {
	d := dataOf(r)
	captioned := func(s sheet) block {
		b := s.blocks[0]
		b.caption, b.grid = s.title, s.grid
		return b
	}
	disputes := d.disputes()
	tables := map[string]block{annual.Table2: captioned(disclosures(r)), annual.Table2School: captioned(byGroup(r)), annual.Table3: captioned(d.applications())}
	for i, name := range []string{annual.Table4, annual.Table4School} {
		b := disputes.blocks[i]
		b.grid = disputes.grid
		tables[name] = b
	}
	return tables
}

func dataOf(r annual.Report) Data {
	return Data{Demo: r.Demo, Issuer: r.Issuer, Made: r.Made, Frozen: r.Frozen, Table3: r.Table3, Table4: r.Table4}
}
