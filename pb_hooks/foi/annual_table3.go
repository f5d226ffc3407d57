package foi

import (
	"fmt"
	"slices"
)

// Size of table 3 (收到和处理政府信息公开申请情况, 国办公开办函〔2021〕30号).
const (
	Table3Rows    = 25
	Table3Columns = 7 // six classes and the total
	totalColumn   = Table3Columns - 1
)

// Rows of table 3 that are not an outcome, counted from 1 as in r01.
const (
	RowNew     = 1  // 一、本年新收
	RowCarried = 2  // 二、上年结转
	RowClosed  = 24 // （七）总计
	RowOpen    = 25 // 四、结转下年度继续办理
)

// ApplicationTable is table 3. It is plain data: a frozen year is the table as it
// was, stored as JSON; nothing in it is computed when it is read.
type ApplicationTable struct {
	Period  Period                            `json:"period"`
	Figures [Table3Rows][Table3Columns]Figure `json:"figures"`
}

// At returns the figure of row 1–25 (r01–r25) and column 1–7.
func (t ApplicationTable) At(row, column int) Figure { return t.Figures[row-1][column-1] }

// Table3 counts the cases of a period: new ones, those open when it began, how the
// cases closed in it ended, those open when it ended. Cases received later or
// closed earlier are in no row; void ones never. A case that is closed after the
// period counts as open, so a past year can be counted again at any time. Errors
// are BadPeriod and Uncountable.
func Table3(cases []AnnualCase, p Period) (ApplicationTable, error) {
	t := ApplicationTable{Period: p}
	if err := p.check(); err != nil {
		return t, err
	}
	if err := checkCases(cases); err != nil {
		return t, err
	}
	for _, c := range cases {
		if c.Void || c.ReceivedOn > p.To || c.ClosedOn != "" && c.ClosedOn < p.From {
			continue
		}
		column := slices.Index(ApplicantClasses(), c.Class)
		if c.ReceivedOn >= p.From {
			t.count(RowNew, column, c.ID)
		} else {
			t.count(RowCarried, column, c.ID)
		}
		if c.ClosedOn == "" || c.ClosedOn > p.To {
			t.count(RowOpen, column, c.ID)
			continue
		}
		o, _ := FindOutcome(c.Outcome)
		t.count(o.Row, column, c.ID)
		t.count(RowClosed, column, c.ID)
	}
	return t, nil
}

func (t *ApplicationTable) count(row, column int, id string) {
	t.Figures[row-1][column].add(id)
	t.Figures[row-1][totalColumn].add(id)
}

func checkCases(cases []AnnualCase) error {
	problems, seen := map[string]string{}, map[string]bool{}
	for _, c := range cases {
		if c.Void {
			continue
		}
		problem := c.problem()
		if problem == "" && seen[c.ID] {
			problem = "重复"
		}
		if problem != "" {
			problems[c.ID] = problem
		}
		seen[c.ID] = true
	}
	if len(problems) > 0 {
		return Uncountable{problems}
	}
	return nil
}

// Check is what is printed under the form and must hold in every column: new +
// carried over = closed + open; the closed are the sum of the outcomes; the total
// is the sum of the classes; each figure has as many cases as it says. Unbalanced
// names the first place where it does not. Tables made by Table3 and SumTable3
// always pass; one that was stored or typed may not.
func (t ApplicationTable) Check() error {
	for row := 1; row <= Table3Rows; row++ {
		sum := 0
		for column := 1; column <= Table3Columns; column++ {
			f := t.At(row, column)
			if f.Count < 0 || len(f.Cases) != f.Count || len(slices.Compact(slices.Sorted(slices.Values(f.Cases)))) != f.Count {
				return Unbalanced{row, column, "数字与案件不一致"}
			}
			if column < Table3Columns {
				sum += f.Count
			}
		}
		if t.At(row, Table3Columns).Count != sum {
			return Unbalanced{row, Table3Columns, "总计不等于各类申请人之和"}
		}
	}
	for column := 1; column <= Table3Columns; column++ {
		sum := 0
		for row := RowCarried + 1; row < RowClosed; row++ {
			sum += t.At(row, column).Count
		}
		if t.At(RowClosed, column).Count != sum {
			return Unbalanced{RowClosed, column, "总计不等于各项办理结果之和"}
		}
		if t.At(RowNew, column).Count+t.At(RowCarried, column).Count != sum+t.At(RowOpen, column).Count {
			return Unbalanced{RowOpen, column, "“一＋二”不等于“三（七）＋四”"}
		}
	}
	return nil
}

// Unbalanced is a table whose figures do not fit together.
type Unbalanced struct {
	Row, Column int // counted from 1
	Sentence    string
}

func (e Unbalanced) Error() string {
	return fmt.Sprintf("第 %d 行第 %d 列：%s", e.Row, e.Column, e.Sentence)
}

// Code is the machine's name of the error.
func (e Unbalanced) Code() string { return "annual_unbalanced" }

// Params are the words a page may need.
func (e Unbalanced) Params() map[string]any {
	return map[string]any{"row": e.Row, "column": e.Column}
}

// SumTable3 adds the tables of several schools to that of the district. They must
// be about the same period; BadPeriod otherwise. Of no tables it is an empty one.
func SumTable3(tables ...ApplicationTable) (ApplicationTable, error) {
	var sum ApplicationTable
	for i, t := range tables {
		if i == 0 {
			sum.Period = t.Period
		}
		if t.Period != sum.Period {
			return ApplicationTable{}, BadPeriod{t.Period}
		}
		for row := range t.Figures {
			for column, f := range t.Figures[row] {
				sum.Figures[row][column] = sum.Figures[row][column].plus(f)
			}
		}
	}
	return sum, nil
}

// Drift is what has changed since a year was frozen: cases that it carried over and
// the next one does not know, and the other way round. Both are empty as long as
// nobody voided a case or changed its dates afterwards.
func Drift(frozen, next ApplicationTable) (vanished, appeared []string) {
	before, after := frozen.At(RowOpen, Table3Columns).Cases, next.At(RowCarried, Table3Columns).Cases
	for _, id := range before {
		if !slices.Contains(after, id) {
			vanished = append(vanished, id)
		}
	}
	for _, id := range after {
		if !slices.Contains(before, id) {
			appeared = append(appeared, id)
		}
	}
	return vanished, appeared
}
