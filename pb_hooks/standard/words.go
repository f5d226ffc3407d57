package standard

import (
	"slices"
	"strings"
)

var tierNames = map[int]string{1: "依法必设", 2: "本标准必设", 3: "选设"}

// TierName is a tier (设置要求) in words.
func TierName(tier int) string { return tierNames[tier] }

var reviewNames = map[string]string{"": "按现行审核规则", "two_person": "两人制", "standard": "三人制", "extended": "四人制"}

// ReviewName is a form of review in words; empty for one that there is not.
func ReviewName(form string) string { return reviewNames[form] }

var conditionNames = map[string]string{"meals": "供餐", "boarding": "住宿或校车"}

// ConditionName is a condition (适用条件) in words.
func ConditionName(condition string) string { return conditionNames[condition] }

// LimitName is the disclosure limit (公开时限) as the district catalogues word it.
func LimitName(workdays int) string {
	switch workdays {
	case -1:
		return "不计"
	case 0:
		return "所述期间开始前"
	}
	return "信息形成或者变更之日起" + itoa(workdays) + "个工作日内"
}

// Subjects (公开主体) are the schools that show a column, in words: stages, then
// ownership and condition where they narrow it.
func (c Column) Subjects() string {
	parts := []string{strings.Join(c.Stages, "、")}
	if slices.Equal(c.Stages, allStages) {
		parts[0] = allSchools
	}
	if c.Ownership != "" {
		parts = append(parts, c.Ownership)
	}
	if c.Condition != "" {
		parts = append(parts, conditionNames[c.Condition])
	}
	return strings.Join(parts, "；")
}

const allSchools = "全部学校"

var allStages = ColumnStages()

// ColumnStages are the stages that a column may name.
func ColumnStages() []string {
	return slices.DeleteFunc(Stages(), func(s string) bool { return s == throughTwelve })
}

func freshness(c Column) string {
	words := orNone(c.FreshnessDays, " 天", "不计时")
	if c.TermOnly {
		words += "（寒暑假停算）"
	}
	return words
}

func retention(c Column) string {
	if c.RetentionYears == ForEver {
		return "永久"
	}
	return itoa(c.RetentionYears) + " 年"
}

func orNone(n int, unit, none string) string {
	if n < 0 {
		return none
	}
	return itoa(n) + unit
}
