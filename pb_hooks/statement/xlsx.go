package statement

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Xlsx is the tables as a workbook, a sheet for each: A4 landscape, one page wide.
// Figures are numbers and the checks are formulas, so that whoever copies or changes
// a figure sees whether it still fits. The same data give the same bytes. Errors are
// foi.Unbalanced, foi.BadPeriod and Unequal.
func Xlsx(d Data) ([]byte, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	w, err := newWorkbook()
	if err != nil {
		return nil, fmt.Errorf("begin the workbook: %w", err)
	}
	defer w.Close()
	for i, s := range d.sheets() {
		if i == 0 {
			err = w.SetSheetName(w.GetSheetName(0), s.tab)
		} else {
			_, err = w.NewSheet(s.tab)
		}
		if err == nil {
			err = w.draw(s, d)
		}
		if err != nil {
			return nil, fmt.Errorf("draw %s: %w", s.tab, err)
		}
	}
	return w.finish(d.Made, d.Issuer, d.heading())
}

func (w *workbook) draw(s sheet, d Data) error {
	about := d.about()
	return w.drawOn(s, strings.Join(about[:], "　"), d.notes(), d.Demo)
}

// drawOn draws a sheet with what it is about over it and its notes under it.
func (w *workbook) drawOn(s sheet, about string, notes []string, demo bool) error {
	last := len(s.grid)
	for i, width := range s.grid {
		letter := letterOf(i + 1)
		if err := w.SetColWidth(s.tab, letter, letter, charactersOf(width)); err != nil {
			return err
		}
	}
	notice := ""
	if demo {
		notice = demoNotice
	}
	for i, top := range []struct {
		text   string
		style  int
		height float64
	}{{s.title, w.title, 32}, {about, w.about, 20}, {notice, w.notice, 16}} {
		if err := w.across(s.tab, 1+i, last, top.text, top.style, top.height); err != nil {
			return err
		}
	}
	row := firstRow
	for i, b := range s.blocks {
		if b.caption != "" {
			if i > 0 {
				row++ // a free line
			}
			if err := w.across(s.tab, row, last, b.caption, w.caption, 24); err != nil {
				return err
			}
			row++
		}
		if err := w.table(s, b, row); err != nil {
			return err
		}
		row += len(b.heads) + len(b.rows)
	}
	for i, note := range notes {
		if err := w.across(s.tab, row+i, last, "注："+note, w.note, 18); err != nil {
			return err
		}
	}
	return w.setUp(s, demo)
}

// across writes one text over the whole width.
func (w *workbook) across(tab string, row, last int, text string, style int, height float64) error {
	from, to := fmt.Sprint("A", row), fmt.Sprint(letterOf(last), row)
	if err := w.SetCellStr(tab, from, text); err != nil {
		return err
	}
	if err := w.MergeCell(tab, from, to); err != nil {
		return err
	}
	if err := w.SetRowHeight(tab, row, height); err != nil {
		return err
	}
	return w.SetCellStyle(tab, from, to, style)
}

// table writes a block from a row on.
func (w *workbook) table(s sheet, b block, first int) error {
	rows := slices.Concat(b.heads, b.rows)
	all := places(rows, len(s.grid))
	for _, p := range all {
		from := fmt.Sprint(letterOf(p.column+1), first+p.row)
		to := fmt.Sprint(letterOf(p.column+p.across), first+p.row+p.down-1)
		if err := w.put(s.tab, from, p.cell); err != nil {
			return err
		}
		if from != to {
			if err := w.MergeCell(s.tab, from, to); err != nil {
				return err
			}
		}
		if err := w.SetCellStyle(s.tab, from, to, w.looks[p.look]); err != nil {
			return err
		}
	}
	for i, height := range heights(all, len(rows), s.grid) {
		if err := w.SetRowHeight(s.tab, first+i, min(height, excelize.MaxRowHeight)); err != nil {
			return err
		}
	}
	return nil
}

// put writes a value. A text is written as a text whatever it begins with: only
// what has a formula here becomes one.
func (w *workbook) put(tab, at string, c cell) error {
	switch {
	case c.count != nil:
		return w.SetCellInt(tab, at, int64(*c.count))
	case c.formula != "":
		return w.SetCellFormula(tab, at, c.formula)
	}
	return w.SetCellStr(tab, at, c.text)
}
