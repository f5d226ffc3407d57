package order

import "slices"

// Action is what somebody does to the part of a school.
type Action string

// Actions, in the order of the table.
const (
	Issue         Action = "issue"          // 发出
	Acknowledge   Action = "acknowledge"    // 签收
	AskExtension  Action = "ask_extension"  // 申请延期
	GrantExtend   Action = "grant_extend"   // 同意延期
	DeclineExtend Action = "decline_extend" // 不同意延期
	Submit        Action = "submit"         // 报送整改情况, with evidence
	Return        Action = "return"         // 退回整改
	Close         Action = "close"          // 验收通过
	Withdraw      Action = "withdraw"       // 撤销
	Talk          Action = "talk"           // 约谈
	Remind        Action = "remind"         // 到期提醒
	Escalate      Action = "escalate"       // 逾期上报
	CallTalk      Action = "call_talk"      // 提请约谈
	Recount       Action = "recount"        // 重新计算期限: the calendar changed
	Succeed       Action = "succeed"        // 移交承接学校: the school was merged, split or closed
)

var actions = []struct {
	do              Action
	name, condition string
}{
	{Issue, "发出", "写明要求和期限，选择在办的学校"},
	{Acknowledge, "签收", "收到之日起 2 个工作日内；逾期的仍要签收，并计为逾期"},
	{AskExtension, "申请延期", "期限届满前，写明理由；每件只能申请一次"},
	{GrantExtend, "同意延期", "不超过申请的天数"},
	{DeclineExtend, "不同意延期", "写明理由"},
	{Submit, "报送整改情况", "校长或者信息公开负责人报送，写明做了什么，附上佐证材料"},
	{Return, "退回整改", "写明还差什么，另定期限"},
	{Close, "验收通过", "由没有参与报送的区级监督员验收"},
	{Withdraw, "撤销", "写明理由"},
	{Talk, "记录约谈", "写明约谈的对象、内容和要求"},
	{Remind, "到期提醒", "期限还剩 2 个工作日，由系统提醒学校"},
	{Escalate, "逾期上报", "签收或者办理逾期，由系统告知校长和区教育局"},
	{CallTalk, "提请约谈", "逾期超过 10 个工作日，由系统提请区教育局约谈"},
	{Recount, "重新计算期限", "节假日安排有调整，期限因此变化"},
	{Succeed, "移交承接学校", "学校合并、拆分或者撤销，由系统移交承接的学校；编号和期限不变"},
}

// Actions are all actions in the order of the table.
func Actions() (list []Action) {
	for _, a := range actions {
		list = append(list, a.do)
	}
	return list
}

// Name is the action in words, fit to follow 不能.
func (a Action) Name() string {
	for _, x := range actions {
		if x.do == a {
			return x.name
		}
	}
	return ""
}

// Condition says in words what an action asks beside its state and its actor, for the page that offers it.
func (a Action) Condition() string {
	for _, x := range actions {
		if x.do == a {
			return x.condition
		}
	}
	return ""
}

// Effect is what a step does to the clock of a part.
type Effect string

// Effects.
const (
	Keeps    Effect = ""         // nothing
	Starts   Effect = "starts"   // day zero is the day of issue
	Holds    Effect = "holds"    // the school has done its part; the bureau checks
	Restarts Effect = "restarts" // a new period from the day of the return
	Extends  Effect = "extends"  // the due day moves
	Stops    Effect = "stops"    // for good
	Recounts Effect = "recounts" // the due day moves because the calendar changed
)

// Stay is the place of a step that leaves the part where it is.
const Stay State = ""

// What a step rests on. Where no statute sets a rule it is the district's own norm.
const (
	art47 = "信息公开条例第四十七条" // 督促整改, 通报批评
	norm  = "督办工作规范"      // periods, acknowledgement, extension
)

// Step is one arrow of the procedure, or several that differ only in where they begin.
type Step struct {
	From    []State
	Do      Action
	To      State // or Stay
	By      []Role
	Clock   Effect
	Law     string
	Outside bool // it happens outside and may be entered later: On is then before the day it is entered
}

var (
	school     = []Role{Principal, Officer}
	atWork     = []State{Acknowledged, Returned}
	withSchool = []State{Issued, Acknowledged, Returned}
	open       = []State{Issued, Acknowledged, Submitted, Returned}
)

// Steps is the whole procedure. A step that is not listed is not allowed.
var Steps = []Step{
	{[]State{Draft}, Issue, Issued, []Role{Bureau}, Starts, art47, false},
	{[]State{Issued}, Acknowledge, Acknowledged, school, Keeps, norm, false},
	{atWork, AskExtension, Stay, school, Keeps, norm, false},
	{atWork, GrantExtend, Stay, []Role{Bureau}, Extends, norm, false},
	{atWork, DeclineExtend, Stay, []Role{Bureau}, Keeps, norm, false},
	{atWork, Submit, Submitted, school, Holds, norm, false},
	{[]State{Submitted}, Return, Returned, []Role{Bureau}, Restarts, art47, false},
	{[]State{Submitted}, Close, Closed, []Role{Bureau}, Stops, art47, false},
	{open, Withdraw, Withdrawn, []Role{Bureau}, Stops, norm, false},
	{open, Talk, Stay, []Role{Bureau}, Keeps, art47, true},
	{withSchool, Remind, Stay, []Role{System}, Keeps, norm, false},
	{withSchool, Escalate, Stay, []Role{System}, Keeps, norm, false},
	{withSchool, CallTalk, Stay, []Role{System}, Keeps, norm, false},
	{open, Succeed, Stay, []Role{System}, Keeps, norm, false},
	{withSchool, Recount, Stay, []Role{System}, Recounts, norm, false},
}

// Succession lists the states in which a part goes to the school that succeeds one that ended.
func Succession() []State { return open }

// Find returns the step that an action takes from a state, or a Refusal of kind Illegal.
func Find(from State, do Action) (Step, error) {
	law := norm
	for _, s := range Steps {
		if s.Do != do {
			continue
		}
		if slices.Contains(s.From, from) {
			return s, nil
		}
		law = s.Law
	}
	name := do.Name()
	if name == "" {
		name = "这样办理"
	}
	return Step{}, Refusal{Why: Illegal, Sentence: "“" + from.Name() + "”的督办不能" + name, Law: law}
}
