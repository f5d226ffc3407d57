// Package publication holds the procedure by which a disclosure appears and
// disappears (信息发布审核、保密审查): what may follow what, by whom, on which exact
// text. It knows no database and no clock. Where an article stands is computed
// from its steps, never stored on its own.
package publication

type (
	// State is what the public sees of an article.
	State string
	// Stage is where the version in work is on its way to the public.
	Stage string
	// Action is what a person, or the clock, does to an article.
	Action string
	// Duty is what a person must be charged with to act.
	Duty string
	// Form says which reviews a column asks for.
	Form string
)

// States: what the public sees.
const (
	Draft     State = "draft"     // 未公开
	Published State = "published" // 已公开
	Withdrawn State = "withdrawn" // 已撤回: a tombstone with the reason
	Concluded State = "concluded" // 公示期满: title and period stay, the text is gone
	Expired   State = "expired"   // 已失效: readable, no longer listed
	Archived  State = "archived"  // 已归档: readable, no longer listed
)

// Stages of the version in work.
const (
	Drafting         Stage = "drafting"          // 草拟中
	Returned         Stage = "returned"          // 退回修改
	Reviewing        Stage = "reviewing"         // 待初审
	SecondReviewing  Stage = "second_reviewing"  // 待复审
	SecrecyReviewing Stage = "secrecy_reviewing" // 待保密审查
	Referred         Stage = "referred"          // 待上级确定
	Released         Stage = "released"          // 待公开
	Withheld         Stage = "withheld"          // 不公开
)

// Actions on the version in work.
const (
	Submit   Action = "submit"   // 提交审核
	Recall   Action = "recall"   // 撤回送审
	Approve  Action = "approve"  // 审核通过
	Return   Action = "return"   // 退回修改
	Clear    Action = "clear"    // 保密审查通过
	Refer    Action = "refer"    // 提请上级确定
	Withhold Action = "withhold" // 不予公开
)

// Actions on what the public sees.
const (
	Publish  Action = "publish"   // 公开
	Import   Action = "import"    // 导入: public before it came here
	Withdraw Action = "withdraw"  // 撤回
	TakeDown Action = "take_down" // 紧急撤下, by the bureau
	Conclude Action = "conclude"  // 公示期满
	Expire   Action = "expire"    // 有效期满
	Archive  Action = "archive"   // 归档
	Confirm  Action = "confirm"   // 核对确认: checked, nothing changed
	Rehome   Action = "rehome"    // 改换栏目: a new version of the standard put it in another column
)

// Duties. A person may hold several; the procedure sees to it that one person
// never fills two of them for one text.
const (
	Editor          Duty = "editor"           // 信息编辑员
	Reviewer        Duty = "reviewer"         // 审核员（初审）
	SecrecyReviewer Duty = "secrecy_reviewer" // 保密审查员
	Principal       Duty = "principal"        // 校长（复审）
	Supervisor      Duty = "supervisor"       // 区级监督员
	Clock           Duty = ""                 // nobody: the server, at the time that people set

	Clerk   Duty = "clerk"   // 信息公开专管员: 依申请公开
	Officer Duty = "officer" // 工作机构负责人: 依申请公开
	Admin   Duty = "admin"   // 账号管理员, of a school or of the bureau
	Auditor Duty = "auditor" // 审计员, of the bureau: reads the audit
)

// Forms, from the fewest people to the most. None has fewer than two.
const (
	TwoPerson Form = "two_person" // 两人制: one other person does both reviews
	Standard  Form = "standard"   // 三人制: 初审、保密审查 by two other people
	Extended  Form = "extended"   // 四人制: 初审、复审、保密审查 by three other people
)

// States are all states in the order in which they are reached.
func States() []State {
	return []State{Draft, Published, Withdrawn, Concluded, Expired, Archived}
}

// Stages are all stages in the order in which they are reached.
func Stages() []Stage {
	return []Stage{Drafting, Returned, Reviewing, SecondReviewing, SecrecyReviewing, Referred, Released, Withheld}
}

// Actions are all actions; those of a review in the order in which they are offered.
func Actions() []Action {
	return []Action{Submit, Recall, Approve, Clear, Return, Withhold, Refer, Publish, Import, Withdraw, TakeDown, Conclude, Expire, Archive, Confirm, Rehome}
}

// Duties are all duties that a person may be charged with.
func Duties() []Duty {
	return []Duty{Editor, Reviewer, SecrecyReviewer, Clerk, Officer, Principal, Supervisor, Admin, Auditor}
}

// Forms are all forms.
func Forms() []Form { return []Form{TwoPerson, Standard, Extended} }

var (
	stateNames = map[State]string{Draft: "未公开", Published: "已公开", Withdrawn: "已撤回", Concluded: "公示期满", Expired: "已失效", Archived: "已归档"}
	stageNames = map[Stage]string{Drafting: "草拟中", Returned: "退回修改", Reviewing: "待初审", SecondReviewing: "待复审",
		SecrecyReviewing: "待保密审查", Referred: "待上级确定", Released: "待公开", Withheld: "不公开"}
	actionNames = map[Action]string{Submit: "提交审核", Recall: "撤回送审", Approve: "审核通过", Return: "退回修改", Clear: "保密审查通过",
		Refer: "提请上级确定", Withhold: "不予公开", Publish: "公开", Import: "导入", Withdraw: "撤回", TakeDown: "紧急撤下", Conclude: "公示期满撤下",
		Expire: "有效期满", Archive: "归档", Confirm: "核对确认", Rehome: "随标准改换栏目"}
	dutyNames = map[Duty]string{Editor: "信息编辑员", Reviewer: "审核员", SecrecyReviewer: "保密审查员", Principal: "校长", Supervisor: "区级监督员",
		Clerk: "信息公开专管员", Officer: "工作机构负责人", Admin: "账号管理员", Auditor: "审计员"}
	formNames = map[Form]string{TwoPerson: "两人制（初审和保密审查由同一人办理）", Standard: "三人制（初审、保密审查）", Extended: "四人制（初审、复审、保密审查）"}
)

// Name is the state in words.
func (s State) Name() string { return stateNames[s] }

// Name is the stage in words.
func (s Stage) Name() string { return stageNames[s] }

// Name is the action in words.
func (a Action) Name() string { return actionNames[a] }

// Name is the duty in words.
func (d Duty) Name() string { return dutyNames[d] }

// Name is the form in words.
func (f Form) Name() string { return formNames[f] }

// IsPublic reports whether the text itself can be read by everybody.
func (s State) IsPublic() bool { return s == Published || s == Expired || s == Archived }

// UnderReview reports whether a reviewer has the version in hand.
func (s Stage) UnderReview() bool {
	return s == Reviewing || s == SecondReviewing || s == SecrecyReviewing || s == Referred
}
