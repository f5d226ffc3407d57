package statement

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"gongkai/pb_hooks/workday"
)

// workbook is a workbook being written.
type workbook struct {
	*excelize.File
	title, about, notice, caption, note int // styles
	looks                               map[look]int
}

// cellFont is on every computer with a Chinese word processor.
const cellFont = "宋体"

const fontSize = 11 // points

func newWorkbook() (*workbook, error) {
	w := &workbook{File: excelize.NewFile(), looks: map[look]int{}}
	font := func(size float64, bold bool) *excelize.Font {
		return &excelize.Font{Family: cellFont, Size: size, Bold: bold}
	}
	to := func(horizontal string) *excelize.Alignment {
		return &excelize.Alignment{Horizontal: horizontal, Vertical: "center", WrapText: true}
	}
	var borders []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		borders = append(borders, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	grey := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}
	red := &excelize.Font{Family: cellFont, Size: fontSize, Bold: true, Color: "C00000"}
	var err error
	style := func(s excelize.Style) int {
		id, failed := w.NewStyle(&s)
		if failed != nil {
			err = failed
		}
		return id
	}
	w.title = style(excelize.Style{Font: font(18, true), Alignment: to("center")})
	w.about = style(excelize.Style{Font: font(fontSize, false), Alignment: to("center")})
	w.notice = style(excelize.Style{Font: red, Alignment: to("center")})
	w.caption = style(excelize.Style{Font: font(12, true), Alignment: to("left")})
	w.note = style(excelize.Style{Font: font(fontSize, false), Alignment: to("left")})
	w.looks[lookHead] = style(excelize.Style{Font: font(fontSize, true), Alignment: to("center"), Border: borders, Fill: grey})
	w.looks[lookLabel] = style(excelize.Style{Font: font(fontSize, false), Alignment: to("left"), Border: borders})
	w.looks[lookFigure] = style(excelize.Style{Font: font(fontSize, false), Alignment: to("center"), Border: borders, NumFmt: 1}) // 0
	return w, err
}

// setUp is how a sheet is printed and looked at: A4 landscape, one page wide, a
// form on one page, the heads on every page and always in sight.
func (w *workbook) setUp(s sheet, demo bool) error {
	var (
		a4, one, high = 9, 1, 1
		landscape     = "landscape"
		yes           = true
		margin, edge  = 0.5, 0.3 // inches
	)
	if s.long {
		high = 0 // as many as it takes
	}
	if err := w.SetSheetProps(s.tab, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := w.SetPageLayout(s.tab, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &one, FitToHeight: &high}); err != nil {
		return err
	}
	if err := w.SetPageMargins(s.tab, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &margin,
		Header: &edge, Footer: &edge, Horizontally: &yes}); err != nil {
		return err
	}
	pages := &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页，共 &N 页"}
	if demo {
		pages.OddHeader = "&C" + demoMark
	}
	if err := w.SetHeaderFooter(s.tab, pages); err != nil {
		return err
	}
	if s.labels == 0 {
		return nil
	}
	last := firstRow + len(s.blocks[0].heads) - 1
	if err := w.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.tab, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", s.tab, firstRow, last)}); err != nil {
		return err
	}
	return w.SetPanes(s.tab, &excelize.Panes{Freeze: true, XSplit: s.labels, YSplit: last, ActivePane: "bottomRight",
		TopLeftCell: fmt.Sprint(letterOf(s.labels+1), last+1)})
}

// finish writes the properties and the file. Without a creator of ours the library
// would write its author's name. It writes no results of formulas: who opens the
// workbook calculates them.
func (w *workbook) finish(on workday.Date, issuer, title string) ([]byte, error) {
	calculate := true
	if err := w.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &calculate}); err != nil {
		return nil, fmt.Errorf("have it calculated: %w", err)
	}
	made := string(on) + "T00:00:00Z"
	if err := w.SetDocProps(&excelize.DocProperties{Creator: line(issuer), Title: line(title), Created: made, Modified: made, Language: "zh-CN"}); err != nil {
		return nil, fmt.Errorf("write the properties: %w", err)
	}
	var b bytes.Buffer
	if err := w.Write(&b); err != nil {
		return nil, fmt.Errorf("write the workbook: %w", err)
	}
	return b.Bytes(), nil
}
