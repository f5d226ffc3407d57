package pb_hooks

import (
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

// StatisticsView is a period of a school or of the district, as a page shows it.
// The cases behind a figure are listed by the list of requests, see figureAsked.
type StatisticsView struct {
	From       workday.Date    `json:"from"`
	To         workday.Date    `json:"to"`
	Year       int             `json:"year"`   // 0 if the period is no calendar year
	School     string          `json:"school"` // code, or all
	SchoolName string          `json:"school_name"`
	FrozenAt   string          `json:"frozen_at"` // "" of what is counted now, and of the district
	FrozenBy   string          `json:"frozen_by"`
	MayFreeze  bool            `json:"may_freeze"`
	Table3     TableView       `json:"table3"`
	Table4     TableView       `json:"table4"`
	Check      CheckLine       `json:"check"`
	Drifts     []DriftLine     `json:"drifts"`
	Plain      PlainFigures    `json:"plain"`
	Schools    []SchoolFigures `json:"schools"` // of the district
}

// TableView is a table with its labels.
type TableView struct {
	Heads []string  `json:"heads"`
	Rows  []RowView `json:"rows"`
}

// RowView is a line of a table: r01–r25 of table 3, a remedy of table 4.
type RowView struct {
	ID      string `json:"id"`
	Section string `json:"section"`
	Group   string `json:"group"`
	Label   string `json:"label"`
	Figures []int  `json:"figures"`
}

// CheckLine is what stands under table 3: 一＋二＝三（七）＋四.
type CheckLine struct {
	Holds    bool   `json:"holds"`
	Sentence string `json:"sentence"` // what does not fit
	New      int    `json:"new"`
	Carried  int    `json:"carried"`
	Closed   int    `json:"closed"`
	Open     int    `json:"open"`
}

// DriftLine is a frozen year whose carried-over cases are no longer those that the
// next one begins with.
type DriftLine struct {
	Year     int        `json:"year"`
	Vanished []CaseName `json:"vanished"`
	Appeared []CaseName `json:"appeared"`
}

// CaseName is a request by its number.
type CaseName struct {
	ID     string `json:"id" db:"id"`
	Number string `json:"number" db:"number"`
}

// SchoolFigures is a school of the district.
type SchoolFigures struct {
	Code     string    `json:"code"`
	Name     string    `json:"name"`
	Check    CheckLine `json:"check"`
	FrozenAt string    `json:"frozen_at"`
}

func drawTable3(t foi.ApplicationTable) TableView {
	v := TableView{Heads: foi.Table3Heads()}
	for i, label := range foi.Table3Labels() {
		row := RowView{ID: label.ID, Section: label.Section, Group: label.Group, Label: label.Label}
		for _, f := range t.Figures[i] {
			row.Figures = append(row.Figures, f.Count)
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

func drawTable4(t foi.DisputeTable) TableView {
	v := TableView{}
	for _, result := range foi.Results() {
		v.Heads = append(v.Heads, result.Name())
	}
	v.Heads = append(v.Heads, "总计")
	for _, remedy := range foi.Remedies() {
		row := RowView{ID: string(remedy), Label: remedy.Name()}
		for _, f := range t.Figures[remedy] {
			row.Figures = append(row.Figures, f.Count)
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

func checkLine(t foi.ApplicationTable) CheckLine {
	total := func(row int) int { return t.At(row, foi.Table3Columns).Count }
	c := CheckLine{Holds: true, New: total(foi.RowNew), Carried: total(foi.RowCarried), Closed: total(foi.RowClosed), Open: total(foi.RowOpen)}
	if err := t.Check(); err != nil {
		c.Holds, c.Sentence = false, err.Error()
	}
	return c
}
