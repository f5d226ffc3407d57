package inquiry

// Action is what somebody does to a letter.
type Action string

// Actions, in the order of the table.
const (
	Submit     Action = "submit"      // 提交
	Hold       Action = "hold"        // 留待核查
	Release    Action = "release"     // 核查放行
	Accept     Action = "accept"      // 受理
	Refuse     Action = "refuse"      // 不予受理, with the right channel
	Classify   Action = "classify"    // 改定类别
	Assign     Action = "assign"      // 转办部门
	HandBack   Action = "hand_back"   // 部门退回: to the clerk
	Transfer   Action = "transfer"    // 转办其他单位
	TakeOver   Action = "take_over"   // 接收转办
	GiveBack   Action = "give_back"   // 退回转办
	FirstReply Action = "first_reply" // 先行回复: to an urgent letter
	Extend     Action = "extend"      // 延期, with an interim answer

	SubmitAnswer Action = "submit_answer" // 提交答复稿
	Return       Action = "return"        // 退回修改
	Answer       Action = "answer"        // 审核答复
	Merge        Action = "merge"         // 合并重复件
	Withdraw     Action = "withdraw"      // 撤回
	Rate         Action = "rate"          // 评价

	ProposePublication Action = "propose_publication" // 提请选登
	Publish            Action = "publish"             // 公开选登
	DeclinePublication Action = "decline_publication" // 决定不公开
	RevokeConsent      Action = "revoke_consent"      // 撤回公开同意
	Archive            Action = "archive"             // 归档

	Urge       Action = "urge"        // 催办
	Escalate   Action = "escalate"    // 逾期上报
	Order      Action = "order"       // 督办
	ReplyOrder Action = "reply_order" // 督办回复
	CloseOrder Action = "close_order" // 督办办结
	Recount    Action = "recount"     // 重新计算期限: the calendar changed
	Succeed    Action = "succeed"     // 移交承接单位: the school was merged, split or closed
)

var actionNames = map[Action]string{Submit: "提交", Hold: "留待核查", Release: "核查放行", Accept: "受理", Refuse: "决定不予受理", Classify: "改定类别",
	Assign: "转办部门", HandBack: "退回专管员", Transfer: "转办其他单位", TakeOver: "接收转办", GiveBack: "退回转办", FirstReply: "先行回复", Extend: "延期",
	SubmitAnswer: "提交答复稿", Return: "退回修改", Answer: "审核答复", Merge: "合并", Withdraw: "撤回", Rate: "评价",
	ProposePublication: "提请选登", Publish: "公开选登", DeclinePublication: "决定不公开", RevokeConsent: "撤回公开同意", Archive: "归档",
	Urge: "催办", Escalate: "逾期上报", Order: "督办", ReplyOrder: "回复督办", CloseOrder: "办结督办", Recount: "重新计算期限", Succeed: "移交承接单位"}

// conditions say in words what a step asks beside its state and its actor, for the page that offers it. What holds is
// in rules, asks and limits.
var conditions = map[Action]string{
	Submit:             "必填内容齐全",
	Hold:               "内容检查认为可能是广告、重复发送或者含有不当词语",
	Release:            "人工看过，是正常来信",
	Accept:             "在受理期限内；逾期的仍要受理，并计为逾期",
	Refuse:             "选择原因，写明应当走的渠道；紧急来信由校长决定",
	Classify:           "紧急类别由校长才能改为一般类别",
	Assign:             "写明承办部门",
	HandBack:           "部门写明不属于其职责的理由；每件只能退回一次",
	Transfer:           "不属于本单位的事项，写明理由；不能转给已经撤并的学校，也不能转回经手过的单位",
	TakeOver:           "接收单位办理；退回期限内没有退回的，系统记为接收",
	GiveBack:           "在退回期限内，写明理由；每件只能退回一次",
	FirstReply:         "紧急来信，次一工作日内",
	Extend:             "只能一次，答复期限届满前，写明理由，同时给来信人阶段性答复；复杂事项由校长决定",
	SubmitAnswer:       "答复稿已经保存",
	Return:             "写明原因",
	Answer:             "审核人没有参与起草；校长信箱和紧急来信由校长审核",
	Merge:              "写明并入哪一件，同一事项一并答复",
	Withdraw:           "来信人凭查询码办理，答复以前；涉及未成年人安全的紧急来信不能撤回",
	Rate:               "来信人凭查询码办理，答复后的评价期限内，一事一评；不满意的写明原因",
	ProposePublication: "来信人同意公开，个人信息已经去除",
	Publish:            "审核人没有参与起草和提请；校长信箱由校长决定",
	DeclinePublication: "写明理由",
	RevokeConsent:      "来信人凭查询码办理",
	Archive:            "评价期限已过，或者评价后满归档期限；没有待审核的选登",
	Urge:               "受理或者答复临近期限；来信人逾期后可以催办",
	Escalate:           "受理、先行回复或者答复逾期，由系统报工作机构负责人和教育局",
	Order:              "写明督办要求和期限；答复逾期较久的由系统自动发出",
	ReplyOrder:         "写明办理情况",
	CloseOrder:         "教育局确认督办回复",
	Recount:            "节假日安排有调整，期限因此变化",
	Succeed:            "学校合并、拆分或者撤销，由系统移交承接的单位；编号、查询码和期限不变",
}

// Actions are all actions in the order of the table.
func Actions() []Action {
	return []Action{Submit, Hold, Release, Accept, Refuse, Classify, Assign, HandBack, Transfer, TakeOver, GiveBack, FirstReply, Extend, SubmitAnswer, Return,
		Answer, Merge, Withdraw, Rate, ProposePublication, Publish, DeclinePublication, RevokeConsent, Archive, Urge, Escalate, Order, ReplyOrder,
		CloseOrder, Recount, Succeed}
}

// Name is the action in words, fit to follow 不能.
func (a Action) Name() string { return actionNames[a] }

// Condition says in words what an action asks beside its state and its actor.
func (a Action) Condition() string { return conditions[a] }
