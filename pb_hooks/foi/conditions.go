package foi

// conditions say in words what a step asks beside its state and its actor, for the page that offers it. What holds is
// in rules, asks and limits.
var conditions = map[Action]string{
	Submit:             "必填内容齐全",
	Register:           "收到日期按提出申请的方式确定；网上申请到次一工作日结束仍没有确认的，由系统登记",
	AnswerAtOnce:       "只用于已经公开、无法提供、不予处理的答复；提供信息和不予公开要先审签",
	AskCorrection:      "只能一次，在告知期限内；一次写明全部事项和合理的期限",
	Correct:            "在补正期限内；答复期限自收到补正的次日重新计算",
	CorrectLate:        "补正期限已过，有正当理由",
	Abandon:            "补正期限已过，没有正当理由",
	Assign:             "写明承办部门",
	AskThirdParty:      "涉及第三方合法权益；每个第三方一封，写明答复期限",
	Consult:            "共同制作的单位或者其他单位；共同制作单位逾期没有答复的视为同意",
	RecordOpinion:      "同意或者不同意公开",
	Lapse:              "征求意见的期限已过",
	Extend:             "只能一次，答复期限届满前，不超过规定的天数，写明理由",
	SubmitAnswer:       "答复类型、理由、依据和附件相符；部分公开只附遮盖后的副本",
	Return:             "写明原因",
	Clear:              "审查人没有参与起草",
	Endorse:            "保密审查已经通过；审核人没有参与起草和保密审查",
	Sign:               "保密审查、负责人审核已经通过；签发人没有参与起草和保密审查",
	Deliver:            "写明送达的日期和方式",
	Override:           "第三方不同意，不公开会对公共利益造成重大影响；理由书面告知第三方，并报教育局",
	Withdraw:           "申请人凭查询码办理，答复以前",
	Invalidate:         "根本不是信息公开申请，经教育局同意",
	Archive:            "答复后满归档期限，已经送达，案卷齐全",
	Supplement:         "写明要补充或者更正什么；补充答复同样审签",
	Complain:           "申诉、复议或者诉讼",
	Decide:             "维持、纠正或者其他",
	HandOver:           "答复为不属于本单位负责公开，申请人同意转送",
	Urge:               "黄色预警以上",
	Order:              "黄色预警以上；逾期的由系统自动发出",
	Interview:          "黄色预警以上",
	Approve:            "与拟办的人不是同一人",
	Decline:            "写明原因",
	Recount:            "节假日安排有调整，期限因此变化",
	ProposePublication: "答复公开了信息",
	DeclinePublication: "写明理由",
	Succeed:            "学校合并、拆分或者撤销，由系统移交承接的学校；编号、查询码和期限不变",
}

// Condition says in words what an action asks beside its state and its actor.
func (a Action) Condition() string { return conditions[a] }

// LetterOf is the letter that goes out when a step takes effect in this case, before it is taken: an answer's kind
// follows from its outcome, a supplement has its own. It is "" for a step without a letter and for one that is only
// proposed.
func (c Case) LetterOf(e Event) LetterKind {
	proposed := e.Do != Approve
	if e.Do == Approve {
		e = c.approved(e)
	}
	s, err := Find(c.State, e.Do)
	if err != nil || s.Approver != "" && proposed {
		return ""
	}
	switch {
	case e.Do == Sign && len(c.Answers) > 0:
		return LetterSupplement
	case e.Do == Sign:
		return letterFor(c.Draft.Outcome)
	case e.Do == AnswerAtOnce:
		return letterFor(e.Reply.Outcome)
	}
	return s.Letter
}

func letterFor(code OutcomeCode) LetterKind {
	o, err := FindOutcome(code)
	if err != nil {
		return ""
	}
	return o.Letter
}
