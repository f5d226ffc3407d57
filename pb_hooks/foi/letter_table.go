package foi

import "slices"

// What every letter of a kind says, whatever else it says.
var (
	onPaper  = []string{"文号", "落款单位", "日期"}
	toPerson = slices.Concat(onPaper, []string{"申请人", "受理编号"})
	// 答复书 (§3.5): addressee, number, date of receipt, what was asked, finding,
	// article, remedy, issuer, date
	inAnswer = slices.Concat(toPerson, []string{"收到日期", "申请内容", "审查结论", "法律依据", "救济途径"})
)

func fields(common []string, own ...string) []string { return slices.Concat(common, own) }

// letters is the table of all documents. Suffixes are unique: each begins its own
// series of serial numbers. Those of the answers follow the Shanghai pattern.
var letters = []Letter{
	{Kind: LetterReceipt, Name: "收件回执", Title: "信息公开申请收件回执", Suffix: "收", Sealed: true, Text: textReceipt,
		Required: fields(toPerson, "收到日期", "提交方式", "申请内容", "答复期限"), Optional: []string{"查询方式"}},
	{Kind: LetterCorrection, Name: "补正告知书", Title: "信息公开申请补正告知书", Suffix: "补", Sealed: true, Text: textCorrection,
		Required: fields(toPerson, "收到日期", "申请内容", "补正事项", "补正期限", "补正截止日期"), Optional: []string{"查询方式"}},
	{Kind: LetterExtension, Name: "延期答复告知书", Title: "信息公开申请延期答复告知书", Suffix: "延", Sealed: true, Text: textExtension,
		Required: fields(toPerson, "收到日期", "申请内容", "延期理由", "延长天数", "新答复期限"), Optional: []string{"原答复期限", "查询方式"}},
	// to a third party: never who applied
	{Kind: LetterThirdParty, Name: "第三方意见征询单", Title: "信息公开第三方意见征询单", Suffix: "征询", Sealed: true, Text: textThirdParty,
		Required: fields(onPaper, "第三方", "受理编号", "信息名称", "回复截止日期"), Blankable: []string{"信息概要"}, Optional: []string{"回复方式"}},
	{Kind: LetterConsult, Name: "征求意见函", Title: "信息公开征求意见函", Suffix: "函", Sealed: true, Text: textConsult,
		Required: fields(onPaper, "单位名称", "受理编号", "信息名称", "征求事项", "回复截止日期"), Blankable: []string{"逾期说明"}, Optional: []string{"信息概要", "回复方式"}},
	{Kind: LetterRightHolder, Name: "权利人告知书", Title: "信息公开权利人告知书", Suffix: "权", Sealed: true, Text: textRightHolder,
		Required: fields(onPaper, "第三方", "信息名称", "公开内容", "公开理由", "救济途径"), Blankable: []string{"征询情况"}},

	answer(LetterAnswerDisclosed, "予以公开", "答", textObtain, nil, "获取方式", "附件清单"),
	answer(LetterAnswerPartial, "部分公开", "部答", textWithheld+textObtain, []string{"理由"}, "获取方式", "附件清单"),
	answer(LetterAnswerSecret, "国家秘密", "秘答", textReason, []string{"理由"}),
	answer(LetterAnswerRefused, "不予公开", "不答", textReason, []string{"理由"}),
	answer(LetterAnswerThirdParty, "不予公开·第三方权益", "征答", textReason, []string{"理由"}),
	answer(LetterAnswerNotHeld, "信息不存在", "不存答", textSearch, []string{"理由"}),
	answer(LetterAnswerNotOurs, "不属于本单位", "非答", textReason+textOtherBody, []string{"理由", "其他单位"}),
	answer(LetterAnswerUnavailable, "无法提供", "无答", textReason, []string{"理由"}),
	answer(LetterAnswerPetition, "信访投诉举报", "非申告", textReason+textWay, []string{"理由"}, "获取方式"),
	answer(LetterAnswerRepeated, "重复申请", "重", textEarlier+textReason, []string{"理由", "以前答复"}),
	answer(LetterAnswerDeclined, "不予处理", "不处", textReason+textWay, []string{"理由"}, "获取方式"),
	answer(LetterAnswerOther, "其他处理", "他答", textReason, []string{"理由"}),

	{Kind: LetterSupplement, Name: "补充答复书", Title: "信息公开申请补充答复书", Suffix: "补答", Sealed: true, Text: textSupplement,
		Required: fields(toPerson, "原文号", "补充内容", "救济途径"), Blankable: []string{"附件清单"}, Optional: []string{"收到日期", "申请内容"}},
	{Kind: LetterAbandoned, Name: "视为放弃告知书", Title: "信息公开申请视为放弃告知书", Suffix: "弃", Sealed: true, Text: textAbandoned,
		Required: fields(toPerson, "收到日期", "申请内容", "补正通知日期", "补正截止日期", "救济途径")},
	{Kind: LetterWithdrawn, Name: "撤回确认书", Title: "信息公开申请撤回确认书", Suffix: "撤", Sealed: true, Text: textWithdrawn,
		Required: fields(toPerson, "撤回日期"), Optional: []string{"收到日期", "申请内容"}},
	// inside the school: the department needs the question, not the person
	{Kind: LetterAssignment, Name: "转办单", Title: "信息公开申请转办单", Suffix: "转", Text: textAssignment,
		Required: fields(onPaper, "受理编号", "收到日期", "申请内容", "承办部门", "办理要求", "内部期限", "答复期限")},
	{Kind: LetterSupervision, Name: "督办单", Title: "信息公开申请督办单", Suffix: "督", Sealed: true, Text: textSupervision,
		Required: fields(onPaper, "学校名称", "受理编号", "督办事由", "督办要求", "办结期限"), Optional: []string{"收到日期", "答复期限"}},
	{Kind: LetterDelivery, Name: "送达回证", Title: "送达回证", Suffix: "送", Text: textDelivery,
		Required: fields(onPaper, "受理编号", "送达文书", "受送达人", "送达方式", "送达地点", "送达人")},
	{Kind: LetterDossier, Name: "归档目录", Title: "信息公开申请案卷归档目录", Suffix: "档", Text: textDossier,
		Required: fields(onPaper, "受理编号", "案卷题名", "收到日期", "办结日期", "办理结果", "材料目录", "保管期限", "立卷人"), Optional: []string{"申请人"}},

	order(LetterOrder, "督办通知书", "督办", textOrder, "督办事由", "督办要求", "签收截止日期", "办结期限"),
	order(LetterRectification, "整改通知书", "改", textRectification, "督办事由", "督办要求", "签收截止日期", "办结期限"),
	order(LetterOrderClosed, "验收意见书", "验", textOrderClosed, "原文号", "督办事由", "报送日期"),
	order(LetterOrderReturned, "退回整改意见书", "退", textOrderReturned, "原文号", "督办事由", "报送日期", "退回理由", "办结期限"),
}

// answer is a row of an 答复书. Own is the text between finding and remedy.
func answer(kind LetterKind, name, suffix, own string, required []string, blankable ...string) Letter {
	return Letter{Kind: kind, Name: "答复书（" + name + "）", Title: "信息公开申请答复书", Suffix: suffix, Sealed: true,
		Text: textAnswerOpens + own + textAnswerCloses, Required: fields(inAnswer, required...), Blankable: blankable}
}

// order is a row of a letter about an order. Its number is the order's own: the
// suffix only keeps it apart in the table.
func order(kind LetterKind, name, suffix, text string, required ...string) Letter {
	return Letter{Kind: kind, Name: name, Title: name, Suffix: suffix, Sealed: true, Text: text, Required: fields(onPaper, append(required, "学校名称")...)}
}
