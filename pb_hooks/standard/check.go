package standard

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Fault is one thing that is wrong with a draft, or that stands in its way.
type Fault struct {
	Code     string `json:"code"`   // of the column; of moves that of the one they start from
	Field    string `json:"field"`  // of the column, or moves, or moves.3.to
	School   string `json:"school"` // code, where it is about one school
	Sentence string `json:"sentence"`
}

// Error makes a fault an error that can be shown at its field.
func (f Fault) Error() string { return f.Sentence }

// ForEver (永久) is how many years a column is kept that is always kept.
const ForEver = 9999

// bounds of the limits of a leaf.
var bounds = []struct {
	field       string
	of          func(Column) int
	least, most int
	sentence    string
}{
	{"freshness_days", func(c Column) int { return c.FreshnessDays }, -1, 3660, "更新周期填写 1 至 3660 天，不计时填 -1"},
	{"min_items_per_year", func(c Column) int { return c.MinItemsPerYear }, 0, 365, "每年最少条数填写 0 至 365"},
	{"disclose_within_workdays", func(c Column) int { return c.DiscloseWithin }, -1, 60, "公开时限填写 0 至 60 个工作日，不计填 -1"},
	{"publicity_workdays", func(c Column) int { return c.PublicityWorkdays }, -1, 60, "公示期填写 1 至 60 个工作日，没有公示期填 -1"},
}

const (
	mostName        = 50
	mostBasis       = 500
	mostDescription = 1000
	mostFields      = 30
	mostFieldName   = 40
)

// Check names every fault of a draft at its column and field. What is only not yet
// decided is told by Undecided.
func (d Draft) Check() []Fault {
	c := checker{Draft: d}
	for i, column := range d.Columns {
		c.at = column.Code
		c.place(i, column)
		c.words(column)
		if column.Leaf {
			c.leaf(column)
		}
	}
	c.kept()
	c.moves()
	return c.faults
}

type checker struct {
	Draft
	at     string // the column that is looked at
	faults []Fault
}

func (c *checker) fault(field, format string, values ...any) {
	c.faults = append(c.faults, Fault{Code: c.at, Field: field, Sentence: fmt.Sprintf(format, values...)})
}

// place checks the code and where the column stands.
func (c *checker) place(i int, column Column) {
	level := Level(column.Code)
	if level == 0 {
		c.fault("code", "代码“%s”的格式不对：分支为 A，分类为 A04，栏目为 A0401", column.Code)
		return
	}
	if indexOf(c.Columns, column.Code) < i {
		c.fault("code", "代码 %s 重复", column.Code)
	}
	if _, before := Find(c.Before, column.Code); !before && slices.Contains(c.Used, column.Code) {
		c.fault("code", "代码 %s 以前用过，不能再用于别的栏目", column.Code)
	}
	if column.Leaf != (level == 3) {
		c.fault("leaf", "只有五位代码的栏目直接发布信息")
	}
	c.parent(level, column)
	for _, other := range c.Columns[:i] {
		if other.Parent == column.Parent && other.Name == column.Name && column.Name != "" {
			c.fault("name", "同一分类下已经有“%s”（%s）", column.Name, other.Code)
			break
		}
	}
}

func (c *checker) parent(level int, column Column) {
	if c.cycles(column) {
		c.fault("parent", "上级栏目绕成了一圈")
		return
	}
	parent, found := Find(c.Columns, column.Parent)
	switch {
	case level == 1 && column.Parent != "":
		c.fault("parent", "分支没有上级")
	case level == 1:
	case !found:
		c.fault("parent", "没有上级栏目“%s”", column.Parent)
	case Level(parent.Code) != level-1 || !strings.HasPrefix(column.Code, parent.Code):
		c.fault("parent", "代码 %s 的上级应是 %s", column.Code, column.Code[:len(column.Code)-2])
	case column.Branch != parent.Branch:
		c.fault("branch", "与上级栏目的分支不同")
	}
	if level == 1 && (column.Branch != column.Name || branches[column.Code] != column.Name) {
		c.fault("name", "分支只有“信息公开”（A）和“办事服务”（B）")
	}
}

var branches = map[string]string{"A": "信息公开", "B": "办事服务"}

func (c *checker) cycles(column Column) bool {
	seen := map[string]bool{}
	for !seen[column.Code] {
		seen[column.Code] = true
		parent, ok := Find(c.Columns, column.Parent)
		if !ok || column.Parent == "" {
			return false
		}
		column = parent
	}
	return true
}

// words checks what every column has.
func (c *checker) words(column Column) {
	c.text("name", "名称", column.Name, 1, mostName)
	c.text("description", "说明", column.Description, 0, mostDescription)
	if len(column.Stages) == 0 {
		c.fault("stages", "请选择适用的学段")
	}
	for i, stage := range column.Stages {
		switch {
		case stage == throughTwelve || !slices.Contains(Stages(), stage):
			c.fault("stages", "没有学段“%s”", stage)
		case slices.Contains(column.Stages[:i], stage):
			c.fault("stages", "学段“%s”重复", stage)
		}
	}
}

func (c *checker) text(field, name, text string, least, most int) {
	switch n := utf8.RuneCountInString(text); {
	case n < least || least > 0 && strings.TrimSpace(text) == "":
		c.fault(field, "请填写%s", name)
	case n > most:
		c.fault(field, "%s最多 %d 字，现在 %d 字", name, most, n)
	case strings.TrimSpace(text) != text || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }):
		c.fault(field, "%s不能以空格开头或结尾，也不能换行", name)
	}
}

func (c *checker) leaf(column Column) {
	if column.Kind.Name() == "" {
		c.fault("kind", "请选择栏目的形式")
	} else if !column.Kind.IsWritten() && usedByProgram[column.Code] != column.Kind {
		c.fault("kind", "“%s”的栏目由程序提供，不能另设", column.Kind.Name())
	}
	c.text("audience", "公开对象", column.Audience, 1, mostName)
	c.text("basis", "公开依据", column.Basis, 1, mostBasis)
	if !slices.Contains([]string{"", "公办", "民办"}, column.Ownership) {
		c.fault("ownership", "办学性质只能是公办、民办或不限")
	}
	if !slices.Contains([]string{"", "meals", "boarding"}, column.Condition) {
		c.fault("condition", "适用条件只能是供餐、住宿或校车，或不限")
	}
	switch {
	case column.Tier < 1 || column.Tier > 3:
		c.fault("tier", "设置要求只能是 1（依法必设）、2（本标准必设）、3（选设）")
	case column.Mandatory != (column.Tier < 3):
		c.fault("mandatory", "第 1、2 级是必设栏目，第 3 级是选设栏目")
	}
	for _, b := range bounds {
		if n := b.of(column); n < b.least || n > b.most {
			c.fault(b.field, "%s", b.sentence)
		}
	}
	if column.FreshnessDays == 0 {
		c.fault("freshness_days", "%s", bounds[0].sentence)
	}
	if column.PublicityWorkdays == 0 {
		c.fault("publicity_workdays", "%s", bounds[3].sentence)
	}
	if n := column.RetentionYears; n != ForEver && (n < 1 || n > 100) {
		c.fault("retention_years", "保存年限填写 1 至 100 年，永久填 %d", ForEver)
	}
	c.fields(column)
	switch {
	case !slices.Contains([]string{"", "two_person", "standard", "extended"}, column.Review):
		c.fault("review", "没有这种审核方式")
	case column.Review == "two_person" && c.LowRisk != nil && !c.LowRisk(column.Code):
		c.fault("review", "两人制只能用于校园动态、通知公告等低风险栏目")
	}
}

func (c *checker) fields(column Column) {
	if len(column.RequiredFields) == 0 || len(column.RequiredFields) > mostFields {
		c.fault("required_fields", "请填写 1 至 %d 项必备内容", mostFields)
	}
	for i, f := range column.RequiredFields {
		switch {
		case strings.TrimSpace(f) == "":
			c.fault("required_fields", "第 %d 项必备内容是空的", i+1)
		case utf8.RuneCountInString(f) > mostFieldName || strings.ContainsAny(f, "、；\n\t") || strings.TrimSpace(f) != f:
			c.fault("required_fields", "“%s”不是一项内容：每项最多 %d 字，不含顿号、分号和换行", f, mostFieldName)
		case slices.Contains(column.RequiredFields[:i], f):
			c.fault("required_fields", "必备内容“%s”重复", f)
		}
	}
}

// kept checks that what the program needs is there as it is.
func (c *checker) kept() {
	for _, before := range c.Before {
		kind, needed := usedByProgram[before.Code]
		column, here := Find(c.Columns, before.Code)
		c.at = before.Code
		switch {
		case needed && !here:
			c.fault("code", "“%s”由程序使用，不能删除或换代码", before.Name)
		case needed && column.Kind != kind:
			c.fault("kind", "“%s”由程序使用，不能改成别的形式", before.Name)
		case !here && UsedByProgram(before.Code):
			c.fault("code", "“%s”里有程序使用的栏目，不能删除", before.Name)
		}
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
