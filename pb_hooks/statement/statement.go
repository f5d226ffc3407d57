// Package statement writes the statistics tables of 依申请公开 (统计表) as .xlsx and
// .docx: table 3 and table 4 of the annual report (国办公开办函〔2021〕30号) with
// 表4-校, and for a district one line for each school; the results of the survey of
// school staff; and lists as .xlsx. It counts nothing: the figures are those of
// packages foi and survey. It knows no database and no clock.
package statement

import (
	"fmt"
	"strings"

	"gongkai/pb_hooks/docx"
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

// Data is all that the tables say. Names may be hostile: they are cleaned, and never
// become formulas.
type Data struct {
	Demo   bool         // a demonstration: every page says so
	Issuer string       // the school, or the bureau
	Made   workday.Date // 制表日期
	Frozen bool         // the year's figures are fixed; else they are those of now
	Table3 foi.ApplicationTable
	Table4 foi.DisputeTable
	// Schools are those of a district, in the order of the lines; a school has none.
	Schools []SchoolLine
}

// SchoolLine is a school of the district.
type SchoolLine struct {
	Name, Code string
	Table3     foi.ApplicationTable
}

// check refuses a table 3 that does not fit together or is not the sum of the
// schools: better no table than a wrong one.
// Errors are foi.Unbalanced, foi.BadPeriod and Unequal.
func (d Data) check() error {
	if err := d.Table3.Check(); err != nil {
		return err
	}
	if d.Table4.Period != d.Table3.Period {
		return foi.BadPeriod{Period: d.Table4.Period}
	}
	for _, s := range d.Schools {
		if err := s.Table3.Check(); err != nil {
			return fmt.Errorf("%s：%w", line(s.Name), err)
		}
		if s.Table3.Period != d.Table3.Period {
			return foi.BadPeriod{Period: s.Table3.Period}
		}
	}
	if len(d.Schools) == 0 {
		return nil
	}
	for row := 1; row <= foi.Table3Rows; row++ {
		for column := 1; column <= foi.Table3Columns; column++ {
			schools, district := 0, d.Table3.At(row, column).Count
			for _, s := range d.Schools {
				schools += s.Table3.At(row, column).Count
			}
			if schools != district {
				return Unequal{row, column, schools, district}
			}
		}
	}
	return nil
}

// Unequal is a table of the district that is not the sum of its schools.
type Unequal struct {
	Row, Column       int // of table 3, counted from 1
	Schools, District int
}

func (e Unequal) Error() string {
	return fmt.Sprintf("表3 第 %d 行第 %d 列：各校之和是 %d，全区是 %d，两者不一致", e.Row, e.Column, e.Schools, e.District)
}

// Code is the machine's name of the error.
func (e Unequal) Code() string { return "statement_unequal" }

// Params are the words a page may need.
func (e Unequal) Params() map[string]any {
	return map[string]any{"row": e.Row, "column": e.Column, "schools": e.Schools, "district": e.District}
}

const (
	demoMark   = "演示数据"
	demoNotice = "演示数据：表中的学校和数字均为虚构"
)

// heading is the name of the whole.
func (d Data) heading() string {
	p := d.Table3.Period
	if p == foi.YearOf(p.From.Year()) {
		return fmt.Sprintf("%d年度依申请公开统计表", p.From.Year())
	}
	return "依申请公开统计表"
}

// about is what stands over every table, on two lines where there is no room for one.
func (d Data) about() [2]string {
	state := "实时统计"
	if d.Frozen {
		state = "已冻结"
	}
	return [2]string{"制表单位：" + line(d.Issuer) + "　统计期间：" + foi.LetterDate(d.Table3.Period.From) + "至" + foi.LetterDate(d.Table3.Period.To),
		"数据状态：" + state + "　制表日期：" + foi.LetterDate(d.Made) + "　计量单位：件"}
}

// notes stand under the tables.
func (d Data) notes() []string {
	var notes []string
	if p := d.Table3.Period; p != foi.YearOf(p.From.Year()) {
		notes = append(notes, "统计期间不是完整年度的，“本年”指统计期间，“上年结转”指期间开始时尚未办结，“结转下年度”指期间结束时尚未办结。")
	}
	if !d.Frozen {
		notes = append(notes, "实时统计的数字会随办理变动，年度数字以冻结后的为准。")
	}
	return notes
}

// line is a name on one line.
func line(name string) string { return strings.Join(strings.Fields(docx.Clean(name)), " ") }
