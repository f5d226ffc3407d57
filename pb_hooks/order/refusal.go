package order

import (
	"strings"

	"gongkai/pb_hooks/workday"
)

// Why is the kind of a refusal.
type Why string

// Kinds of refusals.
const (
	Illegal    Why = "illegal"      // the table does not allow it
	WrongRole  Why = "wrong_role"   // somebody else does this
	SamePerson Why = "same_person"  // four eyes
	OnceOnly   Why = "once_only"    // it was done
	TooLate    Why = "too_late"     // the last day is over
	OutOfRange Why = "out_of_range" // too few or too many
	Missing    Why = "missing"      // must be filled in
	Malformed  Why = "malformed"    // filled in, but cannot be right
	NotNow     Why = "not_now"      // nothing gives occasion to it
)

// Refusal says why a step is refused or a field is wrong, to the person and to the machine. It can be compared.
type Refusal struct {
	Why      Why
	Field    string // the field that it is about; "" for the step as a whole
	Sentence string
	Law      string       // what it rests on
	Date     workday.Date // the day that it is measured against, "" if none
}

func (e Refusal) Error() string {
	if e.Law == "" {
		return e.Sentence
	}
	return e.Sentence + "（" + e.Law + "）"
}

// Code is the machine's name of the error.
func (e Refusal) Code() string { return "order_" + string(e.Why) }

// Article is what the refusal rests on.
func (e Refusal) Article() string { return e.Law }

// Params are the words a page may need.
func (e Refusal) Params() map[string]any {
	return map[string]any{"field": e.Field, "article": e.Law, "date": string(e.Date)}
}

func missing(field, sentence string) error {
	return Refusal{Why: Missing, Field: field, Sentence: sentence, Law: norm}
}

func isBlank(s string) bool { return strings.TrimSpace(s) == "" }
