package inquiry

import (
	"fmt"
	"strings"

	"gongkai/pb_hooks/workday"
)

// Why is the kind of a refusal, for the machine.
type Why string

// Kinds of refusals.
const (
	Illegal    Why = "illegal_step" // the table does not list it
	WrongRole  Why = "wrong_role"   // somebody else takes this step
	OnceOnly   Why = "once_only"    // it is allowed once
	TooLate    Why = "too_late"     // after its last day
	TooEarly   Why = "too_early"    // before its first day
	OutOfRange Why = "out_of_range" // more or fewer than allowed
	Missing    Why = "missing"      // must be filled in
	Malformed  Why = "malformed"    // filled in, but cannot be right
	SamePerson Why = "same_person"  // four eyes
	OtherText  Why = "other_text"   // not the text that was submitted
	NotNow     Why = "not_now"      // the letter does not give occasion to it
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
func (e Refusal) Code() string { return "inquiry_" + string(e.Why) }

// Article is what the refusal rests on.
func (e Refusal) Article() string { return e.Law }

// Params are the words a page may need.
func (e Refusal) Params() map[string]any {
	return map[string]any{"field": e.Field, "article": e.Law, "date": string(e.Date)}
}

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
