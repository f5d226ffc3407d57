package publication

import "slices"

type (
	// Point is a line of a reviewer's tick list.
	Point string
	// Result is what a secrecy review decides.
	Result string
)

// Grounds of the secrecy review (保守国家秘密法 art. 35; 条例 arts. 14–16): each is
// examined, and what stands against publication is named.
const (
	StateSecret    Point = "state_secret"    // 国家秘密
	WorkSecret     Point = "work_secret"     // 工作秘密
	TradeSecret    Point = "trade_secret"    // 商业秘密
	Privacy        Point = "privacy"         // 个人隐私
	Minors         Point = "minors"          // 未成年人信息
	ProcessInfo    Point = "process_info"    // 过程性信息
	PublicSecurity Point = "public_security" // 三安全一稳定
	Copyright      Point = "copyright"       // 版权
)

// Points of the publication review (三审三校).
const (
	Facts       Point = "facts"       // 事实、数据准确
	Wording     Point = "wording"     // 表述规范，无错别字
	Complete    Point = "complete"    // 要素齐全，栏目正确
	Files       Point = "files"       // 附件已打开核对
	Consent     Point = "consent"     // 涉及个人的内容已征得同意
	Accountable Point = "accountable" // 符合公开范围和时限要求
)

// Results of the secrecy review.
const (
	MayPublish    Result = "public"         // 可公开
	Redact        Result = "redact"         // 删减后公开
	OnApplication Result = "on_application" // 依申请公开
	NotPublic     Result = "not_public"     // 不予公开
	AskAbove      Result = "ask_above"      // 提请上级确定
)

var pointNames = map[Point]string{StateSecret: "国家秘密", WorkSecret: "工作秘密", TradeSecret: "商业秘密", Privacy: "个人隐私", Minors: "未成年人信息",
	ProcessInfo: "过程性信息", PublicSecurity: "国家安全、公共安全、经济安全和社会稳定", Copyright: "版权",
	Facts: "事实、数据准确", Wording: "表述规范，无错别字", Complete: "要素齐全，栏目正确", Files: "附件已打开核对",
	Consent: "涉及个人的内容已征得同意", Accountable: "属于应当公开的内容"}

var resultNames = map[Result]string{MayPublish: "可公开", Redact: "删减后公开", OnApplication: "依申请公开", NotPublic: "不予公开", AskAbove: "提请上级确定"}

// resultsOf are the results that an action of the secrecy review may have.
var resultsOf = map[Action][]Result{Clear: {MayPublish}, Return: {Redact}, Withhold: {OnApplication, NotPublic}, Refer: {AskAbove}}

// Name is the point in words.
func (p Point) Name() string { return pointNames[p] }

// Name is the result in words.
func (r Result) Name() string { return resultNames[r] }

// Results are all results of the secrecy review.
func Results() []Result { return []Result{MayPublish, Redact, OnApplication, NotPublic, AskAbove} }

// SecrecyPoints is the tick list of the secrecy review.
func SecrecyPoints() []Point {
	return []Point{StateSecret, WorkSecret, TradeSecret, Privacy, Minors, ProcessInfo, PublicSecurity, Copyright}
}

// ReviewPoints is the tick list of the publication review.
func ReviewPoints() []Point { return []Point{Facts, Wording, Complete, Files, Consent, Accountable} }

// Check is what a reviewer ticked and decided.
type Check struct {
	Examined []Point `json:"examined"` // looked at
	Found    []Point `json:"found"`    // secrecy review: what stands against publication
	Result   Result  `json:"result"`   // secrecy review
	Basis    string  `json:"basis"`    // article of law or file
}

// complete asks for what the record of a review must show.
func (c Check) complete(do Action, row Review, reason string) error {
	if row.By != SecrecyReviewer {
		if do == Approve && !all(ReviewPoints(), c.Examined) {
			return Incomplete{"check", "请逐项核对并勾选审核要点"}
		}
		return nil
	}
	switch {
	case !slices.Contains(resultsOf[do], c.Result):
		return Incomplete{"result", "请选择保密审查结果"}
	case do == Clear && !all(SecrecyPoints(), c.Examined):
		return Incomplete{"check", "请逐项审查并勾选：是否涉及国家秘密、工作秘密等各项内容"}
	case do == Clear && len(c.Found) > 0:
		return Incomplete{"result", "有不宜公开的内容，不能选择“可公开”"}
	case (do == Return || do == Withhold) && len(c.Found) == 0:
		return Incomplete{"found", "请勾选涉及哪一类不宜公开的内容"}
	case do == Withhold && c.Basis == "":
		return Incomplete{"basis", "请填写依据，例如《政府信息公开条例》第十五条"}
	}
	for _, p := range c.Found {
		if !slices.Contains(SecrecyPoints(), p) {
			return Incomplete{"found", "请从列出的项目中勾选"}
		}
	}
	return nil
}

func all(points, ticked []Point) bool {
	return !slices.ContainsFunc(points, func(p Point) bool { return !slices.Contains(ticked, p) })
}
