// Package foi holds the procedure of information requests (依申请公开): what may follow what, by whom, with which
// document, and what each step does to the answer clock. It knows no database, no server and no clock of its own:
// today, the calendar and the person are arguments. Where a request is, how it ended, its clock and what is published
// of it are four separate things, all computed from its steps and never stored on their own.
//
// Read steps.go first: the whole procedure is one table. replay.go folds steps into a [Case] and judges a new one; what
// it asks beside the table is in rules.go, asks.go, limits.go and people.go; what it leaves behind in effects.go; the
// due day and why it is that day in clock.go and ledger.go.
//
// Articles are those of 《中华人民共和国政府信息公开条例》 (2019), which schools follow by its article 55.
package foi

type (
	// State is where a request is.
	State string
	// Ending is how a request ended, empty while it has not.
	Ending string
	// Clock is what the answer period is doing.
	Clock string
	// Publication is what became of the idea to publish the answer for everybody (art. 44). Whether the text is public
	// at this moment is asked of the article that was made of it.
	Publication string
	// Role is in which capacity somebody takes a step.
	Role string
)

// States, in the order in which they are reached.
const (
	Draft            State = "draft"             // 草稿: with the applicant only
	Submitted        State = "submitted"         // 已提交: nobody has confirmed it yet
	Registered       State = "registered"        // 已登记: the date of receipt is fixed
	Correcting       State = "correcting"        // 待补正
	Processing       State = "processing"        // 办理中
	ThirdParty       State = "third_party"       // 征求第三方意见
	Consulting       State = "consulting"        // 征求其他单位意见: a joint maker or another organ
	SecrecyReviewing State = "secrecy_reviewing" // 待保密审查
	OfficerReviewing State = "officer_reviewing" // 待负责人审核
	Signing          State = "signing"           // 待签发
	Answered         State = "answered"          // 已答复
	Archived         State = "archived"          // 已归档
	Abandoned        State = "abandoned"         // 视为放弃
	Withdrawn        State = "withdrawn"         // 已撤回
	Void             State = "void"              // 无效件: never was a request; not counted anywhere
	Supplementing    State = "supplementing"     // 补充答复中
	Complained       State = "complained"        // 申诉中
)

// Endings.
const (
	Open         Ending = ""          // 未办结
	WasAnswered  Ending = "answered"  // 已答复
	WasAbandoned Ending = "abandoned" // 逾期未补正，视为放弃
	WasWithdrawn Ending = "withdrawn" // 申请人撤回
	WasVoid      Ending = "void"      // 无效件
)

// What the answer clock does.
const (
	NotStarted Clock = "not_started" // 未起算
	Running    Clock = "running"     // 计时中
	Paused     Clock = "paused"      // 不计入答复期限: others are being asked
	Voided     Clock = "voided"      // 待补正后重新起算
	Stopped    Clock = "stopped"     // 已停止
)

// What became of publishing the answer.
const (
	Undecided Publication = "undecided" // 未决定
	Proposed  Publication = "proposed"  // 已提出主动公开: an article goes its own way
	Declined  Publication = "declined"  // 不转为主动公开, with a reason
)

// Roles. The duties of staff of the same name fill them; Department is whoever the clerk gave the case to.
const (
	Applicant       Role = "applicant"        // 申请人
	Clerk           Role = "clerk"            // 信息公开专管员
	Department      Role = "department"       // 承办部门
	SecrecyReviewer Role = "secrecy_reviewer" // 保密审查员
	Officer         Role = "officer"          // 信息公开工作机构负责人
	Principal       Role = "principal"        // 校长
	Bureau          Role = "supervisor"       // 区教育局信息公开办
	System          Role = "system"           // 系统: at the time the law sets
	Third           Role = "third_party"      // 第三方, or the organ consulted
)

var (
	stateNames = map[State]string{Draft: "草稿", Submitted: "已提交", Registered: "已登记", Correcting: "待补正", Processing: "办理中",
		ThirdParty: "征求第三方意见", Consulting: "征求其他单位意见", SecrecyReviewing: "待保密审查", OfficerReviewing: "待负责人审核", Signing: "待签发",
		Answered: "已答复", Archived: "已归档", Abandoned: "视为放弃", Withdrawn: "已撤回", Void: "无效件", Supplementing: "补充答复中", Complained: "申诉中"}
	endingNames = map[Ending]string{Open: "未办结", WasAnswered: "已答复", WasAbandoned: "逾期未补正，视为放弃", WasWithdrawn: "申请人撤回", WasVoid: "无效件"}
	clockNames  = map[Clock]string{NotStarted: "未起算", Running: "计时中", Paused: "暂停计时", Voided: "待补正后重新起算", Stopped: "已停止"}
	pubNames    = map[Publication]string{Undecided: "未决定", Proposed: "已提出主动公开", Declined: "不转为主动公开"}
	roleNames   = map[Role]string{Applicant: "申请人", Clerk: "信息公开专管员", Department: "承办部门", SecrecyReviewer: "保密审查员",
		Officer: "工作机构负责人", Principal: "校长", Bureau: "区教育局", System: "系统", Third: "被征求意见的一方"}
)

// States are all states in the order in which they are reached.
func States() []State {
	return []State{Draft, Submitted, Registered, Correcting, Processing, ThirdParty, Consulting, SecrecyReviewing, OfficerReviewing,
		Signing, Answered, Archived, Abandoned, Withdrawn, Void, Supplementing, Complained}
}

// Endings are all endings, the open one first.
func Endings() []Ending {
	return []Ending{Open, WasAnswered, WasAbandoned, WasWithdrawn, WasVoid}
}

// Clocks are all states of the answer clock.
func Clocks() []Clock { return []Clock{NotStarted, Running, Paused, Voided, Stopped} }

// Publications are all that can become of publishing an answer.
func Publications() []Publication { return []Publication{Undecided, Proposed, Declined} }

// Roles are all roles.
func Roles() []Role {
	return []Role{Applicant, Clerk, Department, SecrecyReviewer, Officer, Principal, Bureau, System, Third}
}

// Name is the state in words.
func (s State) Name() string { return stateNames[s] }

// Name is the ending in words.
func (e Ending) Name() string { return endingNames[e] }

// Name is what the clock does in words.
func (c Clock) Name() string { return clockNames[c] }

// Name is what became of publishing in words.
func (p Publication) Name() string { return pubNames[p] }

// Name is the role in words.
func (r Role) Name() string { return roleNames[r] }
