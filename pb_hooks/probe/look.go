package probe

import "time"

// Fault is why something could not be opened.
type Fault string

// Faults. Unknown and Silent say nothing about the other side while this server
// reaches nobody at all.
const (
	Works      Fault = ""
	Missing    Fault = "missing"    // 404, 410
	Failing    Fault = "failing"    // another answer that is none: 4xx, 5xx
	Empty      Fault = "empty"      // a file of no bytes
	Unreadable Fault = "unreadable" // a file that the storage does not give out
	Loop       Fault = "loop"       // leads on and on
	Forbidden  Fault = "forbidden"  // leads where nobody from outside may go
	Insecure   Fault = "insecure"   // its certificate is not valid
	Unknown    Fault = "unknown"    // no such name
	Silent     Fault = "silent"     // nobody answers, or not in time
	Busy       Fault = "busy"       // it asks to come later: nothing is known
)

// Name is the fault in words.
func (f Fault) Name() string { return faults[f] }

var faults = map[Fault]string{
	Works: "可以打开", Missing: "页面不存在", Failing: "网站报错", Empty: "文件是空的", Unreadable: "文件读不出来", Loop: "反复跳转，打不开",
	Forbidden: "跳转到了外部不能访问的地址", Insecure: "网站的安全证书无效", Unknown: "网站域名不存在", Silent: "网站没有响应", Busy: "网站要求稍后再试",
}

// Look is what one look at an address found.
type Look struct {
	Status int // of HTTP; 0 without an answer
	Fault  Fault
}

// FaultOf judges an HTTP status. A site that asks for a sign-in or keeps programs
// out (401, 403, 405, 406, 412, 451, 521) is there: a person can open it.
func FaultOf(status int) Fault {
	switch {
	case status == 404 || status == 410:
		return Missing
	case status == 429:
		return Busy
	case status >= 200 && status < 400, status == 401, status == 403, status == 405, status == 406, status == 412, status == 416, status == 451, status == 521:
		return Works
	}
	return Failing
}

// State is what is held of a link.
type State string

// States. One failed look may be a bad moment: broken is what failed twice.
const (
	Unchecked State = "unchecked"
	Fine      State = "fine"
	Suspect   State = "suspect"
	Broken    State = "broken"
	Foreign   State = "foreign" // cannot be followed by anybody outside; nothing to look at
)

// Apart is how long two looks have to be apart for the second to count.
const Apart = time.Hour

// Weekly is how long an external link that works is left in peace, and Daily one
// that failed.
const (
	Weekly = 7 * 24 * time.Hour
	Daily  = 20 * time.Hour
)

// Standing is what the looks so far say of a link.
type Standing struct {
	State State
	Tries int       // failed looks in a row
	Since time.Time // of the first of them
	Look  Look      // the last that told something
}

// After is the standing after one more look.
func (s Standing) After(look Look, now time.Time) Standing {
	switch {
	case look.Fault == Busy:
		return s
	case look.Fault == Works:
		return Standing{State: Fine, Look: look}
	case s.Tries == 0:
		return Standing{State: Suspect, Tries: 1, Since: now, Look: look}
	case now.Sub(s.Since) < Apart:
		s.Look = look
		return s
	}
	return Standing{State: Broken, Tries: s.Tries + 1, Since: s.Since, Look: look}
}
