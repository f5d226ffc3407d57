package registry

import (
	"fmt"
	"slices"
)

// kindWords are the kinds in the order of a set: schools that are opened come before those that others become part of.
var kindWords = []struct {
	kind Kind
	word string
}{
	{Create, "新增"}, {Split, "分设"}, {Reopen, "恢复"}, {Rename, "更名"}, {Move, "迁址"}, {Update, "变更"}, {AddCampus, "并为校区"},
	{Merge, "合并"}, {Close, "撤销"}, {Vanish, "名单中消失"}, {Conflict, "与本地更正不一致"}, {Unsure, "待辨认"}, {Bad, "有问题"}, {Same, "不变"},
}

// Label is the Chinese word for the kind.
func (k Kind) Label() string {
	for _, w := range kindWords {
		if w.kind == k {
			return w.word
		}
	}
	return string(k)
}

// Kinds are all kinds in the order of a set.
func Kinds() []Kind {
	var all []Kind
	for _, w := range kindWords {
		all = append(all, w.kind)
	}
	return all
}

// basisWords are the bases, the surest first.
var basisWords = []struct {
	basis Basis
	word  string
}{
	{ByDecision, "人工辨认"}, {ByRegistryID, "机构编号"}, {ByCode, "学校代码"}, {ByCreditCode, "统一社会信用代码"}, {ByName, "校名"},
	{ByAlias, "别名"}, {ByFormerName, "曾用名"}, {ByWriting, "校名（写法不同）"}, {BySimilarity, "名称相似"},
}

// Label is the Chinese word for the basis.
func (b Basis) Label() string {
	for _, w := range basisWords {
		if w.basis == b {
			return w.word
		}
	}
	return string(b)
}

// Bases are all bases, the surest first.
func Bases() []Basis {
	var all []Basis
	for _, w := range basisWords {
		all = append(all, w.basis)
	}
	return all
}

// whyMatched says by what the row found its school.
func (s *said) whyMatched() string {
	switch s.basis {
	case "":
		return ""
	case ByDecision:
		return "已由工作人员辨认"
	case ByRegistryID:
		return fmt.Sprintf("机构编号相同（%s）", s.School.RegistryID)
	case ByCode:
		return fmt.Sprintf("学校代码相同（%s）", s.School.Code)
	case ByCreditCode:
		return fmt.Sprintf("统一社会信用代码相同（%s）", s.School.CreditCode)
	case ByAlias:
		return fmt.Sprintf("“%s”是它的别名", s.School.Name)
	case ByFormerName:
		return fmt.Sprintf("名单写明曾用名“%s”", s.target.before.Name)
	case ByWriting:
		return fmt.Sprintf("校名只是写法不同（名单中是“%s”）", s.School.Name)
	}
	return "校名相同"
}

// Text is the change in one sentence.
func (f FieldChange) Text() string {
	shown := func(value string) string {
		if f.Field != "status" {
			return value
		}
		return StatusLabel(value)
	}
	switch {
	case f.Old == "":
		return Label(f.Field) + "：" + shown(f.New)
	case f.New == "":
		return fmt.Sprintf("%s：%s → （空）", Label(f.Field), shown(f.Old))
	}
	return fmt.Sprintf("%s：%s → %s", Label(f.Field), shown(f.Old), shown(f.New))
}

// StatusLabel is the Chinese word for the state of a school.
func StatusLabel(status string) string {
	words := map[string]string{Open: "开办", Planned: "筹建", Merged: "已合并", Closed: "已撤销"}
	if word := words[status]; word != "" {
		return word
	}
	return status
}

// Count is how many lines of the set are of one of the kinds.
func (s Set) Count(kinds ...Kind) (n int) {
	for _, l := range s.Lines {
		if slices.Contains(kinds, l.Kind) {
			n++
		}
	}
	return n
}
