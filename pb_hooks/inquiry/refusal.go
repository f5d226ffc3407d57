package inquiry

import (
	"fmt"
	"strings"

	"gongkai/pb_hooks/procedure"
	"gongkai/pb_hooks/workday"
)

// What is refused is refused as in every procedure.
type (
	Why     = procedure.Why
	Refusal = procedure.Refusal
)

// Kinds of refusals.
const (
	Illegal    Why = "inquiry_illegal_step" // the table does not list it
	WrongRole  Why = "inquiry_wrong_role"   // somebody else takes this step
	OnceOnly   Why = "inquiry_once_only"    // it is allowed once
	TooLate    Why = "inquiry_too_late"     // after its last day
	TooEarly   Why = "inquiry_too_early"    // before its first day
	OutOfRange Why = "inquiry_out_of_range" // more or fewer than allowed
	Missing    Why = "inquiry_missing"      // must be filled in
	Malformed  Why = "inquiry_malformed"    // filled in, but cannot be right
	SamePerson Why = "inquiry_same_person"  // four eyes
	OtherText  Why = "inquiry_other_text"   // not the text that was submitted
	NotNow     Why = "inquiry_not_now"      // the letter does not give occasion to it
)

func illegal(from State, do Action) Refusal {
	switch {
	case do == Rate && (from == Rated || from == Redoing || from == Archived):
		return Refusal{Why: Illegal, Sentence: fmt.Sprintf("“%s”的来信不能评价：每次答复只评价一次，在评价期限内", from.Name()), Law: rating}
	case do == Answer && from.IsOpen():
		return Refusal{Why: Illegal, Sentence: fmt.Sprintf("“%s”的来信不能审核答复：请先提交答复稿", from.Name()), Law: norm}
	}
	name := do.Name()
	if name == "" {
		name = "这样办理"
	}
	return Refusal{Why: Illegal, Sentence: fmt.Sprintf("“%s”的来信不能%s", from.Name(), name), Law: lawOf(do)}
}

func missing(field, law, sentence string) error {
	return Refusal{Why: Missing, Field: field, Sentence: sentence, Law: law}
}

func malformed(field, law, sentence string) error {
	return Refusal{Why: Malformed, Field: field, Sentence: sentence, Law: law}
}

func notNow(law, sentence string) error { return Refusal{Why: NotNow, Sentence: sentence, Law: law} }

func tooLate(law string, last workday.Date, sentence string) error {
	return Refusal{Why: TooLate, Field: "on", Sentence: sentence + "，最迟为 " + string(last), Law: law, Date: last}
}

func tooEarly(law string, after workday.Date, sentence string) error {
	return Refusal{Why: TooEarly, Field: "on", Sentence: sentence, Law: law, Date: after}
}

func isBlank(s string) bool { return strings.TrimSpace(s) == "" }
