// Package standard knows the column standard (栏目设置标准): its columns, its
// versions, and which columns a school must show. It knows no database, and no
// school can add or rename a column.
package standard

import (
	"slices"
	"strings"
)

// Kind says how a column shows what it holds.
type Kind string

// The kinds of the standard.
const (
	Page        Kind = "page"        // 单页
	List        Kind = "list"        // 列表
	Structured  Kind = "structured"  // 结构化: named fields
	Attachment  Kind = "attachment"  // 附件
	QA          Kind = "qa"          // 问答
	Interactive Kind = "interactive" // 互动
	Synced      Kind = "synced"      // 同步: from the institution registry
	Generated   Kind = "generated"   // 自动生成
)

var kindNames = map[Kind]string{Page: "单页", List: "列表", Structured: "结构化", Attachment: "附件",
	QA: "问答", Interactive: "互动", Synced: "同步", Generated: "自动生成"}

// Kinds are all kinds in the order of the standard.
func Kinds() []Kind {
	return []Kind{Page, List, Structured, Attachment, QA, Interactive, Synced, Generated}
}

// Name is the kind in the standard's words.
func (k Kind) Name() string { return kindNames[k] }

// IsWritten reports whether people publish into columns of this kind; the
// others are filled by the system.
func (k Kind) IsWritten() bool { return k != Synced && k != Generated }

// Column (栏目) is a node of the standard: a branch, a group or a leaf. Its code
// never changes; only leaves hold disclosures.
type Column struct {
	Code              string   `json:"code"`
	Parent            string   `json:"parent"`
	Name              string   `json:"name"`
	Branch            string   `json:"branch"`
	Leaf              bool     `json:"leaf"`
	Kind              Kind     `json:"kind"`
	Audience          string   `json:"audience"`
	Stages            []string `json:"stages"`    // schools of these stages show it
	Ownership         string   `json:"ownership"` // 公办 or 民办; empty for both
	Condition         string   `json:"condition"` // meals or boarding; empty for none
	Tier              int      `json:"tier"`      // 1 has a basis in law, 2 in this standard, 3 is optional
	Mandatory         bool     `json:"mandatory"`
	TermOnly          bool     `json:"term_only"`      // the freshness clock stops in school vacations
	FreshnessDays     int      `json:"freshness_days"` // -1: no clock, only the disclosure limit
	MinItemsPerYear   int      `json:"min_items_per_year"`
	DiscloseWithin    int      `json:"disclose_within_workdays"` // from 生成日期; -1 not measured; 0 before the period begins
	PublicityWorkdays int      `json:"publicity_workdays"`       // 公示期; -1 none
	RetentionYears    int      `json:"retention_years"`          // 9999 is for ever (永久)
	RequiredFields    []string `json:"required_fields"`
	Basis             string   `json:"basis"`
	Description       string   `json:"description"`
	Review            string   `json:"review"` // form of review that it brings; empty leaves the rules as they are
}

// IsForAll reports whether the column is meant for everybody. What is meant for
// pupils and their parents (师生家长) is on its page, and in no list that is copied.
func (c Column) IsForAll() bool {
	return strings.HasPrefix(c.Audience, everybody) || c.Audience == applicant
}

// School is what the standard asks of a school to know its columns.
type School struct {
	Stages    []string
	Ownership string
	Meals     bool // 供餐
	Boarding  bool // 住宿或校车
}

// Stages are the values a school may have. 十二年一贯制 is not in the standard:
// such a school shows the columns of 九年一贯制 and of 高中.
func Stages() []string {
	return []string{"幼儿园", "小学", "初中", "高中", "九年一贯制", throughTwelve, "完全中学", "特殊教育", "中等职业"}
}

const throughTwelve = "十二年一贯制"

// For returns the leaves that a school shows, in the standard's order.
func For(columns []Column, s School) []Column {
	var out []Column
	for _, c := range columns {
		if c.Leaf && c.AppliesTo(s) {
			out = append(out, c)
		}
	}
	return out
}

// AppliesTo reports whether a school shows the column. A school whose ownership
// is not known shows no column that is for one ownership only.
func (c Column) AppliesTo(s School) bool {
	switch {
	case !slices.ContainsFunc(s.Stages, c.hasStage):
		return false
	case c.Ownership != "" && c.Ownership != s.Ownership:
		return false
	case c.Condition == "meals" && !s.Meals, c.Condition == "boarding" && !s.Boarding:
		return false
	}
	return true
}

func (c Column) hasStage(stage string) bool {
	if stage == throughTwelve {
		return c.hasStage("九年一贯制") || c.hasStage("高中")
	}
	return slices.Contains(c.Stages, stage)
}

// builtIn are required fields that every article has anyway.
var builtIn = []string{"标题", "正文", "附件", "文号", "生成日期", "发布日期", "公开日期", "来源", "日期", "文件", "更新日期"}

// NamedFields are the required fields that the column asks for beside what
// every article has.
func (c Column) NamedFields() []string {
	var out []string
	for _, f := range c.RequiredFields {
		if !slices.Contains(builtIn, f) {
			out = append(out, f)
		}
	}
	return out
}

// GroupCode is the code of the group a leaf stands in: "A04" for "A0401".
func GroupCode(leaf string) string { return leaf[:min(3, len(leaf))] }

// Version is one issue of the standard.
type Version struct {
	ID, Number, Name string
	EffectiveOn      string // date from which it is to hold
	// AppliedOn is the date on which it was rolled out, AppliedAt the instant; empty
	// before that. Only then it holds: nothing is ever between two versions.
	AppliedOn, AppliedAt string
}

// InForce returns the version that is in force on a day (a date such as
// "2026-11-23"): the one that was rolled out last.
func InForce(versions []Version, day string) (Version, bool) {
	var best Version
	for _, v := range versions {
		if v.AppliedOn != "" && v.AppliedOn <= day && v.AppliedAt > best.AppliedAt {
			best = v
		}
	}
	return best, best.AppliedAt != ""
}
