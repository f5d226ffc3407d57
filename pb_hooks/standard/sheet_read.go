package standard

import (
	"fmt"
	"slices"
	"strings"
)

// SheetFault is what is wrong in a workbook, at its row and column.
type SheetFault struct {
	Sheet    string `json:"sheet"`
	Row      int    `json:"row"`    // as the program that shows it counts: from 1
	Column   string `json:"column"` // its head
	Sentence string `json:"sentence"`
}

// mostRows bounds a sheet: a standard has about a hundred columns.
const mostRows = 2000

// ReadSheets reads a draft from the sheets of a workbook, rows of texts by name, and
// holds it against what d is held against. A leaf without a code is a new one of the
// group beside it. With faults the draft is of no use.
func (d Draft) ReadSheets(sheets map[string][][]string) (Draft, []SheetFault) {
	r := sheetReader{draft: d, rows: map[string]int{}}
	r.draft.Columns, r.draft.Moves = nil, []Move{}
	r.catalogue(sheets[CatalogueSheet])
	r.moves(sheets[MovesSheet])
	if len(r.faults) == 0 {
		r.check()
	}
	return r.draft, r.faults
}

type sheetReader struct {
	draft  Draft
	rows   map[string]int // of columns by code, of moves by the start of their fields
	faults []SheetFault
}

func (r *sheetReader) fault(sheet string, row int, head, format string, values ...any) {
	r.faults = append(r.faults, SheetFault{sheet, row, head, fmt.Sprintf(format, values...)})
}

// heads finds the row of heads, and where each stands.
func (r *sheetReader) heads(sheet string, rows [][]string, want []string) (first int, at map[string]int) {
	for i, row := range rows {
		if !slices.Contains(row, want[0]) {
			continue
		}
		at = map[string]int{}
		for n, head := range row {
			at[strings.TrimSpace(head)] = n
		}
		for _, head := range want {
			if _, ok := at[head]; !ok {
				r.fault(sheet, i+1, head, "没有“%s”一列", head)
			}
		}
		return i, at
	}
	r.fault(sheet, 1, want[0], "没有找到表头：工作表“%s”里要有“%s”一列", sheet, want[0])
	return 0, nil
}

func (r *sheetReader) catalogue(rows [][]string) {
	first, at := r.heads(CatalogueSheet, rows, CatalogueHeads())
	if len(r.faults) > 0 {
		return
	}
	if len(rows) > mostRows {
		r.fault(CatalogueSheet, mostRows+1, headCode, "最多 %d 行", mostRows)
		return
	}
	for i, row := range rows[first+1:] {
		texts := map[string]string{}
		for head, n := range at {
			if n < len(row) {
				texts[head] = strings.TrimSpace(row[n])
			}
		}
		if texts[headGroup]+texts[headName]+texts[headCode] != "" {
			r.column(first+i+2, texts)
		}
	}
}

// column reads one row.
func (r *sheetReader) column(row int, texts map[string]string) {
	name, group := texts[headName], texts[headGroup]
	c := Column{Code: texts[headCode], Leaf: name != "", FreshnessDays: -1, DiscloseWithin: -1, PublicityWorkdays: -1}
	parent, found := r.above(c, group)
	switch {
	case c.Leaf:
		c.Name = name
		if !found {
			r.fault(CatalogueSheet, row, headGroup, "上面没有分类“%s”，或者代码 %s 不属于它", group, c.Code)
			return
		}
		c.Parent = parent.Code
		if c.Code == "" {
			c.Code = r.draft.NextCode(parent.Code)
		}
	default:
		c.Name, c.Mandatory, c.Parent = group, true, parent.Code
	}
	if c.Branch = parent.Branch; c.Branch == "" {
		c.Branch = branches[c.Code[:min(1, len(c.Code))]]
	}
	if before, taken := r.rows[c.Code]; taken {
		r.fault(CatalogueSheet, row, headCode, "代码 %s 与第 %d 行重复", c.Code, before)
		return
	}
	r.rows[c.Code] = row
	for _, cell := range catalogue {
		if cell.read == nil || !c.Leaf && !cell.groups {
			continue
		}
		if err := cell.read(&c, texts[cell.head]); err != nil {
			r.fault(CatalogueSheet, row, cell.head, "%s", err)
		}
	}
	r.draft.Columns = append(r.draft.Columns, c)
}

// above finds what a row belongs to: by its code, or, where a leaf has none, the
// last group of that name. The group that a leaf names must be the one of its code.
func (r *sheetReader) above(c Column, group string) (Column, bool) {
	for _, p := range slices.Backward(r.draft.Columns) {
		byCode := len(p.Code) == len(c.Code)-2 && strings.HasPrefix(c.Code, p.Code)
		if c.Leaf && p.Name == group && Level(p.Code) == 2 && (c.Code == "" || byCode) || !c.Leaf && byCode {
			return p, true
		}
	}
	return Column{}, false
}

func (r *sheetReader) moves(rows [][]string) {
	if len(rows) == 0 {
		return
	}
	first, at := r.heads(MovesSheet, rows, movesHeads)
	if at == nil {
		return
	}
	for i, row := range rows[first+1:] {
		text := func(head string) string {
			if n, ok := at[head]; ok && n < len(row) {
				return strings.TrimSpace(row[n])
			}
			return ""
		}
		m := Move{From: text(movesHeads[0]), To: text(movesHeads[2]), Words: listOf(text(movesHeads[4])), School: text(movesHeads[5])}
		if m.From+m.To == "" {
			continue
		}
		r.rows[fmt.Sprintf("moves.%d.", len(r.draft.Moves))] = first + i + 2
		r.draft.Moves = append(r.draft.Moves, m)
	}
}

// check tells the faults of the draft at their cells.
func (r *sheetReader) check() {
	heads := map[string]string{"leaf": headCode, "branch": headCode, "ownership": "公开主体", "condition": "公开主体", "mandatory": "设置要求",
		"from": movesHeads[0], "to": movesHeads[2], "words": movesHeads[4]}
	for _, cell := range catalogue {
		heads[cell.field] = cell.head
	}
	for _, f := range r.draft.Check() {
		sheet, row, field := CatalogueSheet, r.rows[f.Code], f.Field
		if i := strings.LastIndex(field, "."); i >= 0 {
			sheet, row, field = MovesSheet, r.rows[field[:i+1]], field[i+1:]
		}
		r.fault(sheet, row, heads[field], "%s", f.Sentence)
	}
}
