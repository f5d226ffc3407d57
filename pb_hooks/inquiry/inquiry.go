// Package inquiry holds the procedure of letters to a school (在线咨询, 校长信箱, 我要纠错) and to the bureau about
// disclosure (信息公开申诉): what may follow what, by whom, and what each step does to the clock. It knows no database,
// no server and no clock of its own: today, the calendar and the person are arguments. Where a letter is, its clock and
// whether it is published are three separate things, all computed from its steps and never stored on their own.
//
// Read steps.go first: the whole procedure is one table. channel.go holds what differs from channel to channel,
// replay.go folds steps into a [Case] and judges a new one; what it asks beside the table is in rules.go, asks.go,
// limits.go and people.go; what it leaves behind in effects.go; the due day and why it is that day in clock.go and
// ledger.go. 意见征集 has no procedure of its own: see opinions.go.
package inquiry

type (
	// State is where a letter is.
	State string
	// Clock is what the answer period is doing. No norm pauses it.
	Clock string
	// Publication is what became of the idea to publish letter and answer (选登).
	Publication string
	// Role is in which capacity somebody takes a step.
	Role string
)

// States, in the order in which they are reached.
const (
	Draft        State = "draft"        // 草稿: with the writer only
	Submitted    State = "submitted"    // 待受理
	Held         State = "held"         // 待核查: looks like spam; a person decides, nothing is dropped
	Accepted     State = "accepted"     // 已受理
	Transferring State = "transferring" // 转办中: the other school or the bureau has not taken it yet
	Handling     State = "handling"     // 办理中
	Reviewing    State = "reviewing"    // 待审核
	Answered     State = "answered"     // 已答复
	Redoing      State = "redoing"      // 退回重办: after a low rating
	Rated        State = "rated"        // 已评价
	Archived     State = "archived"     // 已归档
	Refused      State = "refused"      // 不予受理
	Merged       State = "merged"       // 已合并: answered together with another letter
	Withdrawn    State = "withdrawn"    // 已撤回
)

// What the answer clock does.
const (
	NotStarted Clock = "not_started" // 未起算
	Running    Clock = "running"     // 计时中
	Stopped    Clock = "stopped"     // 已停止
)

// What became of publishing it.
const (
	Undecided   Publication = "undecided"   // 未决定
	Proposed    Publication = "proposed"    // 待公开审核
	Published   Publication = "published"   // 已公开
	Unpublished Publication = "unpublished" // 不公开
)

// Roles, always of the unit that has the letter in hand: a school, or the bureau. Receiver is the unit it is being
// transferred to, Bureau the bureau as the schools' supervisor.
const (
	Writer     Role = "writer"     // 来信人
	Clerk      Role = "clerk"      // 专管员
	Department Role = "department" // 承办部门
	Officer    Role = "officer"    // 工作机构负责人
	Principal  Role = "principal"  // 校长; of the bureau its head
	Receiver   Role = "receiver"   // 接收单位
	Bureau     Role = "supervisor" // 区教育局
	System     Role = "system"     // 系统: at the time the norm sets
)

var (
	stateNames = map[State]string{Draft: "草稿", Submitted: "待受理", Held: "待核查", Accepted: "已受理", Transferring: "转办中", Handling: "办理中",
		Reviewing: "待审核", Answered: "已答复", Redoing: "退回重办", Rated: "已评价", Archived: "已归档", Refused: "不予受理", Merged: "已合并", Withdrawn: "已撤回"}
	clockNames = map[Clock]string{NotStarted: "未起算", Running: "计时中", Stopped: "已停止"}
	pubNames   = map[Publication]string{Undecided: "未决定", Proposed: "待公开审核", Published: "已公开", Unpublished: "不公开"}
	roleNames  = map[Role]string{Writer: "来信人", Clerk: "专管员", Department: "承办部门", Officer: "工作机构负责人", Principal: "校长",
		Receiver: "接收单位", Bureau: "区教育局", System: "系统"}
)

// States are all states in the order in which they are reached.
func States() []State {
	return []State{Draft, Submitted, Held, Accepted, Transferring, Handling, Reviewing, Answered, Redoing, Rated, Archived, Refused, Merged, Withdrawn}
}

// Clocks are all states of the answer clock.
func Clocks() []Clock { return []Clock{NotStarted, Running, Stopped} }

// Publications are all that can become of publishing a letter.
func Publications() []Publication { return []Publication{Undecided, Proposed, Published, Unpublished} }

// Roles are all roles.
func Roles() []Role {
	return []Role{Writer, Clerk, Department, Officer, Principal, Receiver, Bureau, System}
}

// Name is the state in words.
func (s State) Name() string { return stateNames[s] }

// Name is what the clock does in words.
func (c Clock) Name() string { return clockNames[c] }

// Name is what became of publishing in words.
func (p Publication) Name() string { return pubNames[p] }

// Name is the role in words.
func (r Role) Name() string { return roleNames[r] }
