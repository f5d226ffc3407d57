package statement

import (
	"fmt"

	"gongkai/pb_hooks/docx"
	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

// Period is the figures of schools over a period as a workbook says them: a sheet
// for each group of figures, the schools and their sum, and how each is counted.
type Period struct {
	Demo        bool // a demonstration: every page says so
	Issuer      string
	Title       string
	Made        workday.Date
	From, Until workday.Date
	Groups      []string // of figures, each on a sheet
	Schools     []PeriodSchool
	Sum         figures.Counts
}

// PeriodSchool is a line of the sheets. What few people have rated is not in Counts.
type PeriodSchool struct {
	Name, Stage string
	Counts      figures.Counts
}

// Xlsx is the workbook. The same figures give the same bytes.
func (p Period) Xlsx() ([]byte, error) {
	w, err := newWorkbook()
	if err != nil {
		return nil, fmt.Errorf("begin the workbook: %w", err)
	}
	defer w.Close()
	sheets := []sheet{}
	for _, group := range p.Groups {
		sheets = append(sheets, p.sheet(group))
	}
	about := "制表单位：" + line(p.Issuer) + "　统计期间：" + foi.LetterDate(p.From) + "至" + foi.LetterDate(p.Until) + "　制表日期：" + foi.LetterDate(p.Made)
	for i, s := range append(sheets, p.explained()) {
		if i == 0 {
			err = w.SetSheetName(w.GetSheetName(0), s.tab)
		} else {
			_, err = w.NewSheet(s.tab)
		}
		if err == nil {
			err = w.drawOn(s, about, nil, p.Demo)
		}
		if err != nil {
			return nil, fmt.Errorf("draw %s: %w", s.tab, err)
		}
	}
	return w.finish(p.Made, p.Issuer, p.Title)
}

// sheet has the figures of a group, and the shares that are of them.
func (p Period) sheet(group string) sheet {
	s := sheet{tab: group, title: p.Title + "（" + group + "）", labels: 1, long: true, grid: []int{3600, 1400}}
	heads := []cell{head("学校", 1, 1), head("学段", 1, 1)}
	var list []figures.Figure
	for _, f := range figures.Catalogue() {
		if f.Group == group {
			list = append(list, f)
			heads = append(heads, head(f.Label+"（"+f.Unit+"）", 1, 1))
			s.grid = append(s.grid, 1200)
		}
	}
	var shares []figures.Share
	for _, of := range figures.Shares() {
		if whole, ok := figures.Named(of.Whole); ok && whole.Group == group {
			shares = append(shares, of)
			heads = append(heads, head(of.Label, 1, 1))
			s.grid = append(s.grid, 1200)
		}
	}
	row := func(name, stage string, counts figures.Counts) []cell {
		cells := []cell{label(docx.Clean(name), 1, 1), label(stage, 1, 1)}
		for _, f := range list {
			n, known := counts[f.Name]
			if !known {
				cells = append(cells, cell{look: lookFigure, text: "—"})
				continue
			}
			cells = append(cells, cell{look: lookFigure, count: &n})
		}
		for _, of := range shares {
			cells = append(cells, cell{look: lookFigure, text: of.Of(counts).Percent()})
		}
		return cells
	}
	b := block{heads: [][]cell{heads}}
	for _, school := range p.Schools {
		b.rows = append(b.rows, row(school.Name, school.Stage, school.Counts))
	}
	b.rows = append(b.rows, row("合计", "", p.Sum))
	s.blocks = []block{b}
	return s
}

// explained says how every figure is counted.
func (p Period) explained() sheet {
	s := sheet{tab: "统计口径", title: "统计口径", labels: 1, long: true, grid: []int{2200, 3000, 9000, 3600}}
	b := block{heads: [][]cell{{head("分组", 1, 1), head("名称", 1, 1), head("怎样统计", 1, 1), head("依据", 1, 1)}}}
	for _, f := range figures.Catalogue() {
		when := "期末状态：" // of a stock
		if f.Kind == figures.Total {
			when = "期间累计："
		}
		b.rows = append(b.rows, []cell{label(f.Group, 1, 1), label(f.Label, 1, 1), label(when+f.How, 1, 1), label(f.Basis, 1, 1)})
	}
	for _, of := range figures.Shares() {
		b.rows = append(b.rows, []cell{label("比率", 1, 1), label(of.Label, 1, 1), label(of.How, 1, 1), label("", 1, 1)})
	}
	s.blocks = []block{b}
	return s
}
