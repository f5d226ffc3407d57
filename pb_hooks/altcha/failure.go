package altcha

import "time"

// Missing is a filing without a payload: the browser had not finished, or runs no
// scripts.
type Missing struct{}

func (Missing) Error() string { return "防滥用验证还没有完成，请稍等几秒再提交" }

// Code is the machine's name of the error.
func (Missing) Code() string { return "proof_missing" }

// Params are the words a page may need.
func (Missing) Params() map[string]any { return nil }

// Invalid is a payload that is not the solution of a challenge of ours. Cause is
// for the log.
type Invalid struct{ Cause string }

func (Invalid) Error() string { return "防滥用验证没有通过，请重试" }

// Code is the machine's name of the error.
func (Invalid) Code() string { return "proof_invalid" }

// Params are the words a page may need.
func (e Invalid) Params() map[string]any { return map[string]any{"cause": e.Cause} }

// Expired is a solution that came later than Lifetime after its challenge.
type Expired struct{ At time.Time }

func (Expired) Error() string { return "验证已过期，请重试" }

// Code is the machine's name of the error.
func (Expired) Code() string { return "proof_expired" }

// Params are the words a page may need.
func (e Expired) Params() map[string]any { return map[string]any{"at": e.At.UTC()} }

// Spent is a solution that has let another filing in.
type Spent struct{}

func (Spent) Error() string { return "这次验证已经用过，请重试" }

// Code is the machine's name of the error.
func (Spent) Code() string { return "proof_spent" }

// Params are the words a page may need.
func (Spent) Params() map[string]any { return nil }
