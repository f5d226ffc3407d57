package order

import (
	"strings"

	"gongkai/pb_hooks/procedure"
)

// What is refused is refused as in every procedure.
type (
	Why     = procedure.Why
	Refusal = procedure.Refusal
)

// Kinds of refusals.
const (
	Illegal    Why = "order_illegal"      // the table does not allow it
	WrongRole  Why = "order_wrong_role"   // somebody else does this
	SamePerson Why = "order_same_person"  // four eyes
	OnceOnly   Why = "order_once_only"    // it was done
	TooLate    Why = "order_too_late"     // the last day is over
	OutOfRange Why = "order_out_of_range" // too few or too many
	Missing    Why = "order_missing"      // must be filled in
	Malformed  Why = "order_malformed"    // filled in, but cannot be right
	NotNow     Why = "order_not_now"      // nothing gives occasion to it
)

func missing(field, sentence string) error {
	return Refusal{Why: Missing, Field: field, Sentence: sentence, Law: norm}
}

func isBlank(s string) bool { return strings.TrimSpace(s) == "" }
