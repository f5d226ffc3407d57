package webhook

import "net/http"

// Fault is why an attempt did not deliver.
type Fault string

// Faults. "" is none: the subscriber has it.
const (
	Gone        Fault = "gone"        // 410: the subscriber wants nothing more
	Refused     Fault = "refused"     // 4xx
	Busy        Fault = "busy"        // 429
	Broken      Fault = "broken"      // 5xx
	Moved       Fault = "moved"       // 3xx: no redirect is followed
	Silent      Fault = "silent"      // no answer in time
	Unreachable Fault = "unreachable" // no connection, or one that broke
	Unknown     Fault = "unknown"     // no such name
	Insecure    Fault = "insecure"    // certificate
	Forbidden   Fault = "forbidden"   // an address that is not permitted
)

var faults = []struct {
	fault Fault
	name  string
}{
	{Gone, "对方表示不再接收（410）"}, {Refused, "对方拒绝接收"}, {Busy, "对方表示太频繁（429）"}, {Broken, "对方服务器出错"}, {Moved, "对方地址跳转，不跟随跳转"},
	{Silent, "对方没有在规定时间内答复"}, {Unreachable, "连不上对方，或者连接中断"}, {Unknown, "找不到对方的域名"},
	{Insecure, "对方的证书不可信"}, {Forbidden, "对方是内网地址，没有被允许"},
}

// Faults are all of them.
func Faults() (list []Fault) {
	for _, f := range faults {
		list = append(list, f.fault)
	}
	return list
}

// Name is the fault in words.
func (f Fault) Name() string {
	for _, one := range faults {
		if one.fault == f {
			return one.name
		}
	}
	return ""
}

// IsOfSubscriber reports whether everything else would fail like this as well, so
// that it need not be tried now. One delivery alone may be refused.
func (f Fault) IsOfSubscriber() bool { return f != "" && f != Refused }

// FaultOf is what an HTTP status means.
func FaultOf(status int) Fault {
	switch {
	case status >= 200 && status < 300:
		return ""
	case status == http.StatusGone:
		return Gone
	case status == http.StatusTooManyRequests:
		return Busy
	case status >= 500:
		return Broken
	case status >= 400:
		return Refused
	case status >= 300:
		return Moved
	}
	return Broken // 1xx is no last answer
}
