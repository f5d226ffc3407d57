// Package order holds the procedure of orders of the bureau (督办单, 整改通知书): how they are numbered, what may follow
// what in the part of each school (收件), by whom, and by when. It knows no database, no server and no clock of its own:
// today, the calendar and the person are arguments. Where a part is and what its clock does are computed from its steps
// and never stored on their own.
//
// Read steps.go first: the whole procedure is one table. replay.go folds steps into a [Part] and judges a new one; what it
// asks beside the table is in rules.go; what a step leaves behind in effects.go; the due day and why it is that day in
// clock.go; what time does in alarm.go. draft.go holds what an order must say before it is issued.
package order

import "fmt"

type (
	// Kind is what is issued.
	Kind string
	// Source is what gave occasion to an order.
	Source string
	// State is where the part of one school is.
	State string
	// Clock is what the period of a part is doing.
	Clock string
	// Role is in which capacity somebody takes a step.
	Role string
)

// Kinds.
const (
	Supervision   Kind = "supervision"   // 督办单: something is to be done
	Rectification Kind = "rectification" // 整改通知书: something is wrong and is to be put right
)

// Sources. What Ref names is said by the source.
const (
	ByHand        Source = "hand"
	FromIndicator Source = "indicator" // a line of the scorecard: its code
	FromRequest   Source = "request"   // 依申请公开: id of the request
	FromInquiry   Source = "inquiry"   // 来信: id of the letter
	FromFinding   Source = "finding"   // what a check found: id of the article
)

// States, in the order in which they are reached.
const (
	Draft        State = "draft"        // 未发出
	Issued       State = "issued"       // 待签收
	Acknowledged State = "acknowledged" // 办理中
	Submitted    State = "submitted"    // 待验收: the bureau checks, the school's clock stands still
	Returned     State = "returned"     // 退回整改: with a period of its own
	Closed       State = "closed"       // 已办结
	Withdrawn    State = "withdrawn"    // 已撤销
)

// What the clock of a part does.
const (
	NotStarted Clock = "not_started" // 未起算
	Running    Clock = "running"     // 计时中
	Held       Clock = "held"        // 停止计时: what was submitted is being checked
	Stopped    Clock = "stopped"     // 已停止
)

// Roles.
const (
	Bureau    Role = "supervisor" // 区级监督员
	Principal Role = "principal"  // 校长, of the school
	Officer   Role = "officer"    // 信息公开工作机构负责人, of the school
	System    Role = "system"     // 系统
)

var kinds = map[Kind]struct{ name, prefix string }{Supervision: {"督办单", "DB"}, Rectification: {"整改通知书", "ZG"}}

var names = map[string]string{
	"source/hand": "区教育局检查", "source/indicator": "考核指标", "source/request": "信息公开申请", "source/inquiry": "来信", "source/finding": "内容检查",
	"state/draft": "未发出", "state/issued": "待签收", "state/acknowledged": "办理中", "state/submitted": "待验收", "state/returned": "退回整改", "state/closed": "已办结", "state/withdrawn": "已撤销",
	"clock/not_started": "未起算", "clock/running": "计时中", "clock/held": "停止计时", "clock/stopped": "已停止",
	"role/supervisor": "区级监督员", "role/principal": "校长", "role/officer": "信息公开负责人", "role/system": "系统"}

// Kinds are all kinds.
func Kinds() []Kind { return []Kind{Supervision, Rectification} }

// Sources are all sources.
func Sources() []Source {
	return []Source{ByHand, FromIndicator, FromRequest, FromInquiry, FromFinding}
}

// States are all states in their order.
func States() []State {
	return []State{Draft, Issued, Acknowledged, Submitted, Returned, Closed, Withdrawn}
}

// Clocks are all that a clock can do.
func Clocks() []Clock { return []Clock{NotStarted, Running, Held, Stopped} }

// Roles are all roles.
func Roles() []Role { return []Role{Bureau, Principal, Officer, System} }

// Name is the kind in words.
func (k Kind) Name() string { return kinds[k].name }

// Name is the source in words.
func (s Source) Name() string { return names["source/"+string(s)] }

// Name is the state in words.
func (s State) Name() string { return names["state/"+string(s)] }

// Name is the clock in words.
func (c Clock) Name() string { return names["clock/"+string(c)] }

// Name is the role in words.
func (r Role) Name() string { return names["role/"+string(r)] }

// IsOpen reports whether something is still to be done in this state, by the school or by the bureau.
func (s State) IsOpen() bool { return s != Draft && s != Closed && s != Withdrawn }

// IsWithSchool reports whether the school is to act.
func (s State) IsWithSchool() bool { return s.IsOpen() && s != Submitted }

// Number is the number of an order: DB2026-0001. It counts nothing itself.
func Number(k Kind, year string, n int) string {
	return fmt.Sprintf("%s%s-%04d", kinds[k].prefix, year, n)
}

// PartNumber is the number of the part of one school, counted from 1 within the order: DB2026-0001-02.
func PartNumber(order string, n int) string { return fmt.Sprintf("%s-%02d", order, n) }
