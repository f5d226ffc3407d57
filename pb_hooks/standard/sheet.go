package standard

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The sheets of the standard as a workbook.
const (
	CatalogueSheet = "栏目"
	MovesSheet     = "沿革"
)

// Channel (公开渠道) is where every column is disclosed.
const Channel = "学校信息公开专栏"

const (
	byItself  = "主动公开"
	onRequest = "依申请公开"
	applicant = "申请人"
	everybody = "全社会"
)

// The heads of the catalogue that name what a row is.
const (
	headGroup = "一级事项"
	headName  = "二级事项"
	headCode  = "代码"
)

// sheetCell is one cell of a row of the catalogue, both ways: what it says of a
// column, and what it makes of one.
type sheetCell struct {
	head, field string
	groups      bool // groups and branches have it too
	write       func(Column) string
	read        func(c *Column, text string) error
}

// catalogue is the form of the district catalogues (一级事项 … 公开方式), then what
// their fields do not hold.
var catalogue = []sheetCell{
	{headGroup, "parent", true, nil, nil}, // written and read with the whole sheet in sight
	{headName, "name", true, nil, nil},
	{"公开内容（要素）", "required_fields", false, func(c Column) string { return strings.Join(c.RequiredFields, "、") },
		func(c *Column, text string) error { c.RequiredFields = listOf(text); return nil }},
	{"公开依据", "basis", false, func(c Column) string { return c.Basis }, func(c *Column, text string) error { c.Basis = text; return nil }},
	{"公开时限", "disclose_within_workdays", false, func(c Column) string { return LimitName(c.DiscloseWithin) }, readLimit},
	{"公开主体", "stages", true, Column.Subjects, readSubjects},
	{"公开渠道", "channel", false, func(Column) string { return Channel }, func(_ *Column, text string) error { return oneOf(text, Channel) }},
	{"公开对象", "audience", false, func(c Column) string { return c.Audience }, func(c *Column, text string) error { c.Audience = text; return nil }},
	{"公开方式", "way", false, wayOf, func(c *Column, text string) error { return oneOf(text, wayOf(*c)) }}, // after 公开对象
	{headCode, "code", true, func(c Column) string { return c.Code }, nil},
	{"形式", "kind", false, func(c Column) string { return c.Kind.Name() }, readKind},
	{"设置要求", "tier", false, func(c Column) string { return TierName(c.Tier) }, readTier},
	{"更新周期（天）", "freshness_days", false, func(c Column) string { return orNone(c.FreshnessDays, "", "不计时") },
		func(c *Column, text string) error { return number(&c.FreshnessDays, text, "不计时", -1) }},
	{"寒暑假停算", "term_only", false, func(c Column) string { return yesNo(c.TermOnly) }, readTermOnly},
	{"每年最少条数", "min_items_per_year", false, func(c Column) string { return itoa(c.MinItemsPerYear) },
		func(c *Column, text string) error { return number(&c.MinItemsPerYear, text, "", 0) }},
	{"公示期（工作日）", "publicity_workdays", false, func(c Column) string { return orNone(c.PublicityWorkdays, "", "无") },
		func(c *Column, text string) error { return number(&c.PublicityWorkdays, text, "无", -1) }},
	{"保存年限", "retention_years", false, func(c Column) string { return strings.TrimSuffix(retention(c), " 年") },
		func(c *Column, text string) error { return number(&c.RetentionYears, text, "永久", ForEver) }},
	{"审核方式", "review", false, func(c Column) string { return ReviewName(c.Review) }, readReview},
	{"说明", "description", true, func(c Column) string { return c.Description }, func(c *Column, text string) error { c.Description = text; return nil }},
}

var movesHeads = []string{"原代码", "原栏目", "新代码", "新栏目", "标题含有的词语", "学校代码"}

// CatalogueHeads are the heads of the catalogue.
func CatalogueHeads() (heads []string) {
	for _, cell := range catalogue {
		heads = append(heads, cell.head)
	}
	return heads
}

// MovesHeads are the heads of the sheet of moves.
func MovesHeads() []string { return slices.Clone(movesHeads) }

// CatalogueRows are the rows of the catalogue: a leaf has its group beside it, a
// group or branch stands alone.
func CatalogueRows(columns []Column) (rows [][]string) {
	for _, c := range columns {
		var row []string
		for _, cell := range catalogue {
			switch group, _ := Find(columns, c.Parent); {
			case cell.head == headGroup && c.Leaf:
				row = append(row, group.Name)
			case cell.head == headGroup:
				row = append(row, c.Name)
			case cell.head == headName && c.Leaf:
				row = append(row, c.Name)
			case cell.write != nil && (c.Leaf || cell.groups):
				row = append(row, cell.write(c))
			default:
				row = append(row, "")
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// MovesRows are the rows of the sheet of moves.
func MovesRows(before, after []Column, moves []Move) (rows [][]string) {
	for _, m := range moves {
		from, _ := Find(before, m.From)
		to, _ := Find(after, m.To)
		rows = append(rows, []string{m.From, from.Name, m.To, to.Name, strings.Join(m.Words, "、"), m.School})
	}
	return rows
}

func wayOf(c Column) string {
	if c.Audience == applicant {
		return onRequest
	}
	return byItself
}

func oneOf(text, want string) error {
	if text != want {
		return fmt.Errorf("这里只能是“%s”", want)
	}
	return nil
}

func yesNo(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

// listOf splits a list; what is empty in it stays, so that it is found.
func listOf(text string) []string {
	list := []string{}
	if text == "" {
		return list
	}
	for _, one := range strings.Split(text, "、") {
		list = append(list, strings.TrimSpace(one))
	}
	return list
}

// number reads a number, or the word that stands for another.
func number(into *int, text, word string, meant int) error {
	if word != "" && text == word {
		*into = meant
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		if word == "" {
			return fmt.Errorf("“%s”不是数字", text)
		}
		return fmt.Errorf("“%s”不是数字，也不是“%s”", text, word)
	}
	*into = n
	return nil
}

func readLimit(c *Column, text string) error {
	switch text {
	case LimitName(-1):
		c.DiscloseWithin = -1
		return nil
	case LimitName(0):
		c.DiscloseWithin = 0
		return nil
	}
	digits := strings.TrimSuffix(strings.TrimPrefix(text, "信息形成或者变更之日起"), "个工作日内")
	if err := number(&c.DiscloseWithin, digits, "", 0); err != nil {
		return fmt.Errorf("写成“%s”、“%s”或“%s”", LimitName(20), LimitName(0), LimitName(-1))
	}
	return nil
}

func readSubjects(c *Column, text string) error {
	parts := strings.Split(strings.ReplaceAll(text, ";", "；"), "；")
	if c.Stages = listOf(strings.TrimSpace(parts[0])); len(c.Stages) == 1 && c.Stages[0] == allSchools {
		c.Stages = ColumnStages()
	}
	for _, part := range parts[1:] {
		part = strings.TrimSpace(part)
		condition := ""
		for key, name := range conditionNames {
			if name == part {
				condition = key
			}
		}
		switch {
		case part == "公办" || part == "民办":
			c.Ownership = part
		case condition != "":
			c.Condition = condition
		default:
			return fmt.Errorf("“%s”不是办学性质，也不是适用条件（供餐、住宿或校车）", part)
		}
	}
	return nil
}

func readKind(c *Column, text string) error {
	for kind, name := range kindNames {
		if name == text {
			c.Kind = kind
			return nil
		}
	}
	return fmt.Errorf("没有“%s”这种形式", text)
}

func readTier(c *Column, text string) error {
	for tier, name := range tierNames {
		if name == text {
			c.Tier, c.Mandatory = tier, tier < 3
			return nil
		}
	}
	return fmt.Errorf("设置要求写“%s”、“%s”或“%s”", TierName(1), TierName(2), TierName(3))
}

func readTermOnly(c *Column, text string) error {
	if c.TermOnly = text == yesNo(true); !c.TermOnly && text != yesNo(false) {
		return fmt.Errorf("填写“是”或“否”")
	}
	return nil
}

func readReview(c *Column, text string) error {
	if text == "" {
		return nil // the rules stay as they are
	}
	for form, name := range reviewNames {
		if name == text {
			c.Review = form
			return nil
		}
	}
	return fmt.Errorf("没有“%s”这种审核方式", text)
}
