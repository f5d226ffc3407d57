package foi

// Action is what somebody does to a request.
type Action string

// Actions, in the order of the table of transitions.
const (
	Submit        Action = "submit"          // 提交
	Register      Action = "register"        // 登记
	AnswerAtOnce  Action = "answer_at_once"  // 当场答复
	AskCorrection Action = "ask_correction"  // 告知补正
	Correct       Action = "correct"         // 补正
	CorrectLate   Action = "correct_late"    // 逾期补正, with a good reason
	Abandon       Action = "abandon"         // 视为放弃
	Assign        Action = "assign"          // 转交承办
	AskThirdParty Action = "ask_third_party" // 征求第三方意见
	Consult       Action = "consult"         // 征求其他单位意见
	RecordOpinion Action = "record_opinion"  // 登记意见
	Lapse         Action = "lapse"           // 逾期未回复意见
	Extend        Action = "extend"          // 延期答复
	SubmitAnswer  Action = "submit_answer"   // 提交答复稿
	Return        Action = "return"          // 退回修改
	Clear         Action = "clear"           // 保密审查通过
	Endorse       Action = "endorse"         // 负责人审核同意
	Sign          Action = "sign"            // 签发答复
	Deliver       Action = "deliver"         // 登记送达
	Override      Action = "override"        // 公共利益公开: although the third party objects
	Withdraw      Action = "withdraw"        // 撤回申请
	Invalidate    Action = "invalidate"      // 列为无效件
	Archive       Action = "archive"         // 归档
	Supplement    Action = "supplement"      // 补充答复: begin one
	Complain      Action = "complain"        // 登记申诉
	Decide        Action = "decide"          // 登记申诉结果
	HandOver      Action = "hand_over"       // 转送有关单位, if the applicant agrees
	Urge          Action = "urge"            // 催办
	Order         Action = "order"           // 督办
	Interview     Action = "interview"       // 约谈记录

	Approve            Action = "approve"             // 同意拟办: what was proposed takes effect
	Decline            Action = "decline"             // 不同意拟办
	Recount            Action = "recount"             // 重新计算期限: the calendar changed
	ProposePublication Action = "propose_publication" // 转为主动公开
	DeclinePublication Action = "decline_publication" // 不转为主动公开
	Succeed            Action = "succeed"             // 移交承接学校: the school was merged, split or closed
)

var actionNames = map[Action]string{Submit: "提交", Register: "登记", AnswerAtOnce: "当场答复", AskCorrection: "告知补正", Correct: "补正",
	CorrectLate: "逾期补正", Abandon: "视为放弃", Assign: "转交承办", AskThirdParty: "征求第三方意见", Consult: "征求其他单位意见", RecordOpinion: "登记意见",
	Lapse: "按逾期未回复意见处理", Extend: "延期答复", SubmitAnswer: "提交答复稿", Return: "退回修改", Clear: "通过保密审查", Endorse: "审核同意", Sign: "签发答复",
	Deliver: "登记送达", Override: "决定为公共利益公开", Withdraw: "撤回", Invalidate: "列为无效件", Archive: "归档", Supplement: "补充答复", Complain: "登记申诉",
	Decide: "登记申诉结果", HandOver: "转送有关单位", Urge: "催办", Order: "督办", Interview: "记录约谈", Approve: "同意拟办", Decline: "不同意拟办",
	Recount: "重新计算期限", ProposePublication: "转为主动公开", DeclinePublication: "不转为主动公开", Succeed: "移交承接学校"}

// Actions are all actions in the order of the table of transitions.
func Actions() []Action {
	return []Action{Submit, Register, AnswerAtOnce, AskCorrection, Correct, CorrectLate, Abandon, Assign, AskThirdParty, Consult, RecordOpinion, Lapse,
		Extend, SubmitAnswer, Return, Clear, Endorse, Sign, Deliver, Override, Withdraw, Invalidate, Archive, Supplement, Complain, Decide, HandOver,
		Urge, Order, Interview, Approve, Decline, Recount, ProposePublication, DeclinePublication, Succeed}
}

// Name is the action in words, fit to follow 不能.
func (a Action) Name() string { return actionNames[a] }
