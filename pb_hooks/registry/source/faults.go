package source

import "fmt"

// Code is why a source could not be read.
type Code string

// Codes. They are stored with runs and never change.
const (
	BadConfig Code = "bad_config" // Check says more
	Cancelled Code = "cancelled"

	Unresolved Code = "unresolved" // no such host
	Silent     Code = "silent"     // nobody answers there
	TimedOut   Code = "timed_out"  // no whole answer in time
	Insecure   Code = "insecure"   // the certificate is not valid, or of another host
	Private    Code = "private"    // an address inside an office, which is not allowed
	Strayed    Code = "strayed"    // leads to where it should not
	Loop       Code = "loop"       // redirects in a circle
	NoEntry    Code = "no_entry"   // 401, or the token was refused
	Expired    Code = "expired"    // a new token was refused too
	Forbidden  Code = "forbidden"  // 403
	Missing    Code = "missing"    // 404, 410
	Busy       Code = "busy"       // 429, or it asks to come later
	Failing    Code = "failing"    // 5xx
	Refused    Code = "refused"    // another status
	Cut        Code = "cut"        // the answer ends too early
	TooLarge   Code = "too_large"  // bytes, of one answer or all
	TooMany    Code = "too_many"   // pages or rows
	NotJSON    Code = "not_json"   // a web page, such as one to sign in on
	Unreadable Code = "unreadable" // JSON or HTML that breaks off or has errors
	SaysError  Code = "says_error" // status 200, and the answer says that it is none
	BadShape   Code = "bad_shape"  // JSON or HTML that nobody writes: nested too deep
	NoRows     Code = "no_rows"    // the place of the rows is not in the answer
	Empty      Code = "empty"      // not one row
	Nameless   Code = "nameless"   // rows, but none with a name: the mapping fits no longer
	Unusable   Code = "unusable"   // rows, but each with a problem
	Repeating  Code = "repeating"  // the same page or cursor again
	Incomplete Code = "incomplete" // fewer rows than the source says it has
	Moving     Code = "moving"     // changes while it is read
	NoFile     Code = "no_file"    // no file of that pattern in the folder, or no folder
	BadFile    Code = "bad_file"   // a file that cannot be read
)

// Fault is why a source could not be read. Nothing was: there are no rows.
type Fault struct {
	Code     Code
	Sentence string // Chinese: what happened, and what to do
	Cause    error  // for the log; holds no secret
}

// Error is the sentence, for the person who looks after the source.
func (f Fault) Error() string { return f.Sentence }

// Unwrap is the cause.
func (f Fault) Unwrap() error { return f.Cause }

func faultf(code Code, sentence string, args ...any) Fault {
	return Fault{Code: code, Sentence: fmt.Sprintf(sentence, args...)}
}
