package foi

import (
	"fmt"
	"slices"
	"strings"
)

type (
	// OutcomeCode says how an application ended: the type of reply and its
	// reason, numbered as in table 3 of the annual report (国办公开办函〔2021〕30号).
	OutcomeCode string
	// OutcomeKind is the type of reply without its reason.
	OutcomeKind string
	// Need is what an answer of some outcome must have.
	Need string
)

// Outcomes. 4.1 of the form is two here: 条例 art. 36 (四) and (五) are two answers
// with two letters, counted in one row.
const (
	OutcomeProvided     OutcomeCode = "1.1"   // 提供信息
	OutcomePublished    OutcomeCode = "1.2"   // 已主动公开，告知获取方式
	OutcomePartial      OutcomeCode = "2"     // 部分公开
	OutcomeStateSecret  OutcomeCode = "3.1"   // 国家秘密
	OutcomeForbidden    OutcomeCode = "3.2"   // 其他法律、行政法规禁止公开
	OutcomeStability    OutcomeCode = "3.3"   // 危及“三安全一稳定”
	OutcomeThirdParty   OutcomeCode = "3.4"   // 保护第三方合法权益
	OutcomeInternal     OutcomeCode = "3.5"   // 三类内部事务信息
	OutcomeProcess      OutcomeCode = "3.6"   // 四类过程性信息
	OutcomeEnforcement  OutcomeCode = "3.7"   // 行政执法案卷
	OutcomeQuery        OutcomeCode = "3.8"   // 行政查询事项
	OutcomeNotHeld      OutcomeCode = "4.1.1" // 信息不存在
	OutcomeNotOurs      OutcomeCode = "4.1.2" // 不属于本单位负责公开
	OutcomeNotMade      OutcomeCode = "4.2"   // 没有现成信息
	OutcomeUnclear      OutcomeCode = "4.3"   // 补正后仍不明确
	OutcomePetition     OutcomeCode = "5.1"   // 信访、投诉、举报
	OutcomeRepeated     OutcomeCode = "5.2"   // 重复申请
	OutcomePublication  OutcomeCode = "5.3"   // 公开出版物
	OutcomeExcessive    OutcomeCode = "5.4"   // 无正当理由大量反复申请
	OutcomeConfirmation OutcomeCode = "5.5"   // 要求确认或者重新出具
	OutcomeAbandoned    OutcomeCode = "6.1"   // 逾期不补正
	OutcomeUnpaid       OutcomeCode = "6.2"   // 逾期未缴费
	OutcomeOther        OutcomeCode = "6.3"   // 其他，如申请人撤回
)

// Kinds of outcome, in the order of the form.
const (
	KindDisclosed   OutcomeKind = "disclosed"   // 予以公开
	KindPartial     OutcomeKind = "partial"     // 部分公开
	KindRefused     OutcomeKind = "refused"     // 不予公开
	KindUnavailable OutcomeKind = "unavailable" // 无法提供
	KindDeclined    OutcomeKind = "declined"    // 不予处理
	KindOther       OutcomeKind = "other"       // 其他处理
)

// Needs.
const (
	NeedFileOrWay    Need = "file_or_way"   // 附件，或者获取的方式、途径和时间
	NeedWay          Need = "way"           // 获取的方式、途径
	NeedRedactedCopy Need = "redacted_copy" // 遮盖后的副本
	NeedWithheld     Need = "withheld"      // 不予公开部分属于哪些情形
	NeedReason       Need = "reason"        // 理由
	NeedBasis        Need = "basis"         // 条例以外的依据
	NeedConsulted    Need = "consulted"     // 已书面征求第三方意见
	NeedOtherBody    Need = "other_body"    // 负责公开的单位的名称、联系方式
	NeedEarlier      Need = "earlier"       // 以前的答复书
)

// Outcome is one row of what an application may come to.
type Outcome struct {
	Code    OutcomeCode
	Kind    OutcomeKind
	Name    string     // of the reason; in lists after the name of the kind
	Article string     // of 条例, without its name; "" where it has none, then the answer names its own basis
	Finding string     // the sentence in the answer, with {{本单位}}
	Hint    string     // what the reason has to say
	Needs   []Need     // beside content and outcome, which every answer has
	Letter  LetterKind // what tells the applicant
	Remedy  RemedyKey  // which remedy paragraph the letter carries
	Row     int        // of table 3, 3 to 23
	Caution string     // what the clerk should know before choosing it
}

// Outcomes are all outcomes in the order of the form. The slice is the caller's.
func Outcomes() []Outcome { return slices.Clone(outcomes) }

// OutcomeCodes are the codes of all outcomes.
func OutcomeCodes() []OutcomeCode {
	var codes []OutcomeCode
	for _, o := range outcomes {
		codes = append(codes, o.Code)
	}
	return codes
}

// FindOutcome returns the row of a code, or UnknownOutcome.
func FindOutcome(code OutcomeCode) (Outcome, error) {
	for _, o := range outcomes {
		if o.Code == code {
			return o, nil
		}
	}
	return Outcome{}, UnknownOutcome{code}
}

// UnknownOutcome is a code that the table does not hold.
type UnknownOutcome struct{ OutcomeCode OutcomeCode }

func (e UnknownOutcome) Error() string {
	return fmt.Sprintf("没有编号为“%s”的答复类型", e.OutcomeCode)
}

// Code is the machine's name of the error.
func (e UnknownOutcome) Code() string { return "foi_unknown_outcome" }

// Params are the words a page may need.
func (e UnknownOutcome) Params() map[string]any { return map[string]any{"outcome": e.OutcomeCode} }

// Requires reports whether an answer with this outcome must have something.
func (o Outcome) Requires(n Need) bool { return slices.Contains(o.Needs, n) }

// FullName is kind and reason: 不予公开：国家秘密.
func (o Outcome) FullName() string {
	if o.Name == "" {
		return o.Kind.Name()
	}
	return o.Kind.Name() + "：" + o.Name
}

// Suffix is the end of the number of the letter: 答, 不答. One series of serial
// numbers belongs to each.
func (o Outcome) Suffix() string { return o.Letter.Suffix() }

// MayCarryFiles reports whether the answer may have attachments: what is refused,
// not there or not handled is not sent along.
func (o Outcome) MayCarryFiles() bool { return o.Kind == KindDisclosed || o.Kind == KindPartial }

// Regulation is the full name of 条例.
const Regulation = "《中华人民共和国政府信息公开条例》"

// Grounds writes the legal basis of an answer. Articles are of 条例, others are
// laws with their articles as the clerk wrote them. A school is no 行政机关: its
// disclosure follows the rules that art. 55 points to, and those let it go by 条例
// in the manner of verb (参照); the other laws bind it directly.
func Grounds(verb string, articles []string, others string) string {
	var articlesOnce []string
	for _, a := range articles {
		if a != "" && !slices.Contains(articlesOnce, a) {
			articlesOnce = append(articlesOnce, a)
		}
	}
	var parts []string
	if others = strings.Join(strings.Fields(others), ""); others != "" {
		parts = append(parts, "根据"+others)
	}
	if len(articlesOnce) > 0 {
		parts = append(parts, verb+Regulation+strings.Join(articlesOnce, "、"))
	}
	return strings.Join(parts, "，")
}

// OutcomeKinds are all kinds.
func OutcomeKinds() []OutcomeKind {
	return []OutcomeKind{KindDisclosed, KindPartial, KindRefused, KindUnavailable, KindDeclined, KindOther}
}

var outcomeKindNames = map[OutcomeKind]string{KindDisclosed: "予以公开", KindPartial: "部分公开", KindRefused: "不予公开",
	KindUnavailable: "无法提供", KindDeclined: "不予处理", KindOther: "其他处理"}

// Name is the kind in words.
func (k OutcomeKind) Name() string { return outcomeKindNames[k] }
