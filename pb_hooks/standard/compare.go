package standard

import (
	"slices"
	"strings"
)

// Difference is what one version changes of another.
type Difference struct {
	From    string         `json:"from"` // numbers of the versions
	To      string         `json:"to"`
	Added   []ColumnRef    `json:"added"`
	Removed []ColumnRef    `json:"removed"`
	Changed []ColumnChange `json:"changed"`
	Merged  []Merge        `json:"merged"`
	Split   []Split        `json:"split"`
	Moved   []Renumbered   `json:"moved"` // one column under another code
}

// ColumnRef names a column.
type ColumnRef struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// ColumnChange is a column that stays, with what changes of it.
type ColumnChange struct {
	Code   string        `json:"code"`
	Name   string        `json:"name"` // in the new version
	Fields []FieldChange `json:"fields"`
}

// FieldChange is one field of a column, in words.
type FieldChange struct {
	Field  string `json:"field"`
	Label  string `json:"label"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Merge is several columns that become one.
type Merge struct {
	From []ColumnRef `json:"from"`
	To   ColumnRef   `json:"to"`
}

// Split is one column that becomes several.
type Split struct {
	From ColumnRef   `json:"from"`
	To   []ColumnRef `json:"to"`
}

// Renumbered is one column that goes on under another code.
type Renumbered struct {
	From ColumnRef `json:"from"`
	To   ColumnRef `json:"to"`
}

// Compare tells what a new version changes. Columns that a move leads to or from are
// told there too: merged, where the new column takes in what an old one held beside
// another column, split, where what one held goes to several.
func Compare(before, after []Column, moves []Move) Difference {
	d := Difference{Added: []ColumnRef{}, Removed: []ColumnRef{}, Changed: []ColumnChange{}, Merged: []Merge{}, Split: []Split{}, Moved: []Renumbered{}}
	for _, c := range after {
		old, ok := Find(before, c.Code)
		if !ok {
			d.Added = append(d.Added, ref(c))
		} else if fields := changes(old, c); len(fields) > 0 {
			d.Changed = append(d.Changed, ColumnChange{c.Code, c.Name, fields})
		}
	}
	for _, c := range before {
		if _, ok := Find(after, c.Code); !ok {
			d.Removed = append(d.Removed, ref(c))
		}
	}
	d.tellMoves(before, after, moves)
	return d
}

func (d *Difference) tellMoves(before, after []Column, moves []Move) {
	targets, sources := map[string][]string{}, map[string][]string{}
	for _, m := range moves {
		if !slices.Contains(targets[m.From], m.To) {
			targets[m.From] = append(targets[m.From], m.To)
			sources[m.To] = append(sources[m.To], m.From)
		}
	}
	refs := func(columns []Column, codes []string) (list []ColumnRef) {
		for _, code := range codes {
			c, ok := Find(columns, code)
			if !ok {
				c = Column{Code: code, Name: code}
			}
			list = append(list, ref(c))
		}
		return list
	}
	for _, c := range before {
		if to := targets[c.Code]; len(to) > 1 {
			d.Split = append(d.Split, Split{ref(c), refs(after, to)})
		}
	}
	for _, c := range after {
		from := sources[c.Code]
		if old, stays := Find(before, c.Code); stays && len(from) > 0 {
			from = append([]string{old.Code}, from...)
		}
		if len(from) > 1 {
			d.Merged = append(d.Merged, Merge{refs(before, from), ref(c)})
		} else if len(from) == 1 && len(targets[from[0]]) == 1 {
			d.Moved = append(d.Moved, Renumbered{refs(before, from)[0], ref(c)})
		}
	}
}

func ref(c Column) ColumnRef { return ColumnRef{c.Code, c.Name} }

// told are the fields of a column in words, in the order in which they are shown.
var told = []struct {
	field, label string
	of           func(Column) string
}{
	{"name", "名称", func(c Column) string { return c.Name }},
	{"kind", "形式", func(c Column) string { return c.Kind.Name() }},
	{"required_fields", "公开内容（要素）", func(c Column) string { return strings.Join(c.RequiredFields, "、") }},
	{"basis", "公开依据", func(c Column) string { return c.Basis }},
	{"disclose_within_workdays", "公开时限", func(c Column) string { return LimitName(c.DiscloseWithin) }},
	{"stages", "公开主体", Column.Subjects},
	{"audience", "公开对象", func(c Column) string { return c.Audience }},
	{"tier", "设置要求", func(c Column) string { return TierName(c.Tier) }},
	{"freshness_days", "更新周期", freshness},
	{"min_items_per_year", "每年最少", func(c Column) string { return itoa(c.MinItemsPerYear) + " 条" }},
	{"publicity_workdays", "公示期", func(c Column) string { return orNone(c.PublicityWorkdays, " 个工作日", "无") }},
	{"retention_years", "保存年限", retention},
	{"review", "审核方式", func(c Column) string { return ReviewName(c.Review) }},
	{"description", "说明", func(c Column) string { return c.Description }},
}

func changes(old, now Column) []FieldChange {
	var list []FieldChange
	for _, t := range told {
		if !now.Leaf && t.field != "name" && t.field != "description" && t.field != "stages" {
			continue
		}
		if before, after := t.of(old), t.of(now); before != after {
			list = append(list, FieldChange{t.field, t.label, before, after})
		}
	}
	return list
}
