package statement

import (
	"cmp"
	"fmt"

	"gongkai/pb_hooks/docx"
	"gongkai/pb_hooks/workday"
)

// List is a table of texts, and of figures over it where there are some. Texts may
// be hostile: they are cleaned, and never become formulas.
type List struct {
	Demo          bool // a demonstration: every page says so
	Issuer, Title string
	Tab           string // name of its sheet in a Book; 清单 if empty
	About         string
	Made          workday.Date // 制表日期
	Columns       []ListColumn
	Rows          [][]string
	Figures       []ListFigure
}

// ListColumn is a column; its width is in twentieths of a point on paper.
type ListColumn struct {
	Name  string
	Width int
}

// ListFigure is a number with its name.
type ListFigure struct {
	Name  string
	Count int
}

// Xlsx is the list as a workbook of one sheet: A4 landscape, one page wide, the
// heads always in sight. The same list gives the same bytes.
func (l List) Xlsx() ([]byte, error) {
	w, err := newWorkbook()
	if err != nil {
		return nil, fmt.Errorf("begin the workbook: %w", err)
	}
	defer w.Close()
	s := l.sheet()
	if err := w.SetSheetName(w.GetSheetName(0), s.tab); err != nil {
		return nil, fmt.Errorf("name the sheet: %w", err)
	}
	if err := w.drawOn(s, l.Issuer+"　"+l.About+"　制表日期："+string(l.Made), nil, l.Demo); err != nil {
		return nil, fmt.Errorf("draw the list: %w", err)
	}
	return w.finish(l.Made, l.Issuer, l.Title)
}

func (l List) sheet() sheet {
	s := sheet{tab: cmp.Or(l.Tab, "清单"), title: line(l.Title), labels: 1, long: true}
	var heads []cell
	for _, c := range l.Columns {
		s.grid = append(s.grid, c.Width)
		heads = append(heads, head(c.Name, 1, 1))
	}
	b := block{heads: [][]cell{heads}}
	for _, row := range l.Rows {
		var cells []cell
		for _, text := range row {
			cells = append(cells, label(docx.Clean(text), 1, 1))
		}
		b.rows = append(b.rows, cells)
	}
	s.blocks = append(s.blocks, b)
	if len(l.Figures) == 0 {
		return s
	}
	figures := block{caption: "统计"}
	for _, f := range l.Figures {
		figures.rows = append(figures.rows, []cell{label(docx.Clean(f.Name), len(l.Columns)-1, 1), {look: lookFigure, count: &f.Count}})
	}
	s.blocks = append(s.blocks, figures)
	return s
}
