package statement

import (
	"fmt"
	"maps"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

// Rollup is the district's annual report: the tables of its schools added up, a line
// for each school, and whose report is late or missing.
type Rollup struct {
	annual.Report
	Schools []SchoolReport
}

// SchoolReport is a school of the district.
type SchoolReport struct {
	Name, Code  string
	State       string // in words
	PublishedOn workday.Date
	Timeliness  annual.Timeliness
	Fees        string
	Groups      annual.GroupTable
	Table3      foi.ApplicationTable
	Table4      foi.DisputeTable
}

// UnequalTable is a table of the district that is not the sum of its schools.
type UnequalTable struct{ Table string }

func (e UnequalTable) Error() string { return e.Table + "：全区的数字不等于各校之和" }

// Code is the machine's name of the error.
func (e UnequalTable) Code() string { return "statement_unequal" }

// Params are the words a page may need.
func (e UnequalTable) Params() map[string]any { return map[string]any{"table": e.Table} }

// check refuses a district that is not the sum of its schools in every table.
// Errors are those of Xlsx and UnequalTable.
func (r Rollup) check() error {
	if err := r.data().check(); err != nil {
		return err
	}
	groups, fees := annual.GroupTable{}, []string{}
	var fours []foi.DisputeTable
	for _, s := range r.Schools {
		groups, fees, fours = annual.SumGroups(groups, s.Groups), append(fees, s.Fees), append(fours, s.Table4)
	}
	four, err := foi.SumTable4(fours...)
	if err != nil {
		return err
	}
	for _, remedy := range foi.Remedies() {
		for i, f := range four.Figures[remedy] {
			if f.Count != r.Table4.Figures[remedy][i].Count {
				return UnequalTable{"表4"}
			}
		}
	}
	switch {
	case !maps.Equal(groups, r.Groups):
		return UnequalTable{"表2-校"}
	case annual.AddSums(fees...) != r.Texts[annual.Fees]:
		return UnequalTable{"表2"}
	}
	return nil
}

func (r Rollup) data() Data {
	d := dataOf(r.Report)
	for _, s := range r.Schools {
		d.Schools = append(d.Schools, SchoolLine{s.Name, s.Code, s.Table3})
	}
	return d
}

const (
	tabPublic   = "各校年度报告公开情况"
	tabSchools2 = "各校主动公开情况"
)

// published is the list of schools with where their reports are.
func (r Rollup) published() sheet {
	s := sheet{tab: tabPublic, title: fmt.Sprintf("%d年度报告公开情况（应于%s前公开）", r.Year, foi.LetterDate(annual.DueOn(r.Year))), labels: 2, long: true, grid: []int{3412, 1500, 1700, 1500, 1300}}
	b := block{heads: [][]cell{{head("学校名称", 1, 1), head("代码", 1, 1), head("进度", 1, 1), head("公开日期", 1, 1), head("是否按时", 1, 1)}}}
	for _, school := range r.Schools {
		on := foi.LetterDate(school.PublishedOn)
		if on == "" {
			on = "—"
		}
		b.rows = append(b.rows, []cell{label(line(school.Name), 1, 1), label(line(school.Code), 1, 1), label(school.State, 1, 1), label(on, 1, 1), label(school.Timeliness.Name(), 1, 1)})
	}
	s.blocks = []block{b}
	return s
}

// disclosed is 表2-校 with a line for each school.
func (r Rollup) disclosed() sheet {
	s := sheet{tab: tabSchools2, title: "各校主动公开情况", labels: 2, long: true, grid: []int{1750, 1150, 800, 800, 800, 800, 850, 800, 800, 862}}
	b := block{heads: [][]cell{groupHeads(head("学校名称", 1, 1), head("代码", 1, 1))}}
	for _, school := range r.Schools {
		b.rows = append(b.rows, append([]cell{label(line(school.Name), 1, 1), label(line(school.Code), 1, 1)}, groupFigures(school.Groups.Total())...))
	}
	b.rows = append(b.rows, append([]cell{label("合计", 2, 1)}, groupFigures(r.Groups.Total())...))
	s.blocks = []block{b}
	return s
}

// RollupXlsx is all tables of the district as a workbook, with a line for each
// school. The same data give the same bytes. Errors are those of Xlsx and UnequalTable.
func RollupXlsx(r Rollup) ([]byte, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	w, err := newWorkbook()
	if err != nil {
		return nil, fmt.Errorf("begin the workbook: %w", err)
	}
	defer w.Close()
	d := r.data()
	about := d.about()
	for i, s := range append([]sheet{r.published(), disclosures(r.Report), byGroup(r.Report), r.disclosed()}, d.sheets()...) {
		if i == 0 {
			err = w.SetSheetName(w.GetSheetName(0), s.tab)
		} else {
			_, err = w.NewSheet(s.tab)
		}
		if err == nil {
			err = w.drawOn(s, about[0]+"　制表日期："+foi.LetterDate(d.Made), d.notes(), d.Demo)
		}
		if err != nil {
			return nil, fmt.Errorf("draw %s: %w", s.tab, err)
		}
	}
	return w.finish(r.Made, r.Issuer, r.Title())
}

// RollupDocx is the district's report as a document: its texts and tables in the
// order of the form, then the schools. Errors are those of RollupXlsx.
func RollupDocx(r Rollup) ([]byte, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	pieces := append([]piece{{style: pieceTitle, text: line(r.Title())}}, piecesOf(r.Report)...)
	pieces = append(pieces, piece{style: piecePart, text: "附：各校情况"})
	for _, s := range []sheet{r.published(), r.disclosed(), r.data().schools()} {
		b := s.blocks[0]
		b.caption, b.grid = s.title, s.grid
		pieces = append(pieces, piece{style: pieceTable, table: b})
	}
	return documentOf(r.Demo, pieces)
}
