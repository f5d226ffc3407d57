package foi

import "slices"

// LetterField is a placeholder that letters know: {{Name}}.
type LetterField struct{ Name, Meaning string }

// letterFields is the whole vocabulary of templates. A template with any other
// word in {{ }} is refused.
var letterFields = []LetterField{
	{"文号", "本文书的编号"}, {"日期", "成文日期"}, {"落款单位", "发文单位全称"}, {"本单位", "正文中的自称：本校、本园、本局"},
	{"主管部门", "受理申诉的部门全称"}, {"联系人", "信息公开联系人"}, {"联系电话", "信息公开联系电话"}, {"联系地址", "信息公开联系地址、邮编"},

	{"申请人", "申请人姓名或者名称"}, {"受理编号", "申请的受理编号"}, {"收到日期", "收到申请的日期"}, {"提交方式", "当面、邮寄、网上等"},
	{"申请内容", "申请公开的内容"}, {"答复期限", "依法应当答复的最后一天"}, {"查询方式", "申请人怎样查询办理情况"},

	{"补正事项", "需要补正的事项"}, {"补正期限", "补正期限，工作日数"}, {"补正截止日期", "补正的最后一天"}, {"补正通知日期", "发出补正告知书的日期"},
	{"延期理由", "延长答复期限的理由"}, {"延长天数", "延长的工作日数"}, {"原答复期限", "延长前的答复期限"}, {"新答复期限", "延长后的答复期限"},

	{"第三方", "第三方姓名或者名称"}, {"信息名称", "征求意见的信息名称"}, {"信息概要", "征求意见的信息概要"}, {"回复截止日期", "回复意见的最后一天"},
	{"单位名称", "被征求意见的单位"}, {"征求事项", "征求意见的事项"}, {"公开内容", "决定公开的内容"},
	{"公开理由", "决定公开的理由"}, {"征询情况", "征求意见的经过"}, {"回复方式", "怎样回复意见"}, {"逾期说明", "逾期不提出意见的后果"},

	{"审查结论", "答复的结论，由答复类型得出"}, {"法律依据", "答复的依据，由答复类型得出"}, {"理由", "答复的理由"},
	{"附件清单", "答复的附件"}, {"获取方式", "获取信息的方式、途径和时间"}, {"其他单位", "负责公开的单位及其联系方式"},
	{"以前答复", "以前答复书的文号"}, {"救济途径", "救济途径，由设置得出"},
	{"原文号", "所补充的答复书、所答复的督办的文号"}, {"补充内容", "补充或者更正的内容"}, {"撤回日期", "申请人撤回的日期"},

	{"承办部门", "承办部门"}, {"办理要求", "请承办部门做什么"}, {"内部期限", "承办部门报送意见的最后一天"},
	{"学校名称", "被督办的学校"}, {"督办事由", "为什么督办"}, {"督办要求", "请学校做什么"}, {"办结期限", "督办的期限"},
	{"签收截止日期", "签收督办的最后一天"}, {"报送日期", "学校报送办理情况的日期"}, {"退回理由", "还差什么，怎样才算完成"},
	{"送达文书", "送达的文书名称、文号"}, {"受送达人", "收件的人"}, {"送达方式", "直接送达、邮寄、电子送达等"}, {"送达地点", "送达的地址、邮箱"}, {"送达人", "经办人"},
	{"案卷题名", "案卷题名"}, {"材料目录", "卷内材料，一行一件"}, {"保管期限", "保管期限"}, {"立卷人", "立卷人"}, {"办结日期", "办结日期"}, {"办理结果", "办理结果"},
}

// commonFields may stand in every letter.
var commonFields = []string{"文号", "日期", "落款单位", "本单位", "主管部门", "联系人", "联系电话", "联系地址", "受理编号"}

// LetterFields are all placeholders with their meaning, for the page on which
// templates are edited.
func LetterFields() []LetterField { return slices.Clone(letterFields) }

// IsLetterField reports whether some letter knows a placeholder.
func IsLetterField(name string) bool {
	return slices.ContainsFunc(letterFields, func(f LetterField) bool { return f.Name == name })
}

// Fields are the placeholders that may stand in a template of this kind: its own
// and those common to all. What a letter must not tell (the applicant's name, to a
// third party or a department) is not among them.
func (l Letter) Fields() []string {
	fields := slices.Concat(l.Required, l.Blankable, l.Optional)
	for _, f := range commonFields {
		if !slices.Contains(fields, f) {
			fields = append(fields, f)
		}
	}
	return fields
}
