package foi

import (
	"fmt"

	"gongkai/pb_hooks/workday"
)

// Why is the kind of a refusal, for the machine.
type Why string

// Kinds of refusals.
const (
	Illegal      Why = "illegal_step"     // the table does not list it
	WrongRole    Why = "wrong_role"       // somebody else takes this step
	OnceOnly     Why = "once_only"        // the law allows it once
	TooLate      Why = "too_late"         // after its last day
	TooEarly     Why = "too_early"        // before its first day
	OutOfRange   Why = "out_of_range"     // more or fewer days than allowed
	Missing      Why = "missing"          // must be filled in
	Malformed    Why = "malformed"        // filled in, but cannot be right
	SamePerson   Why = "same_person"      // four eyes
	OtherText    Why = "other_text"       // not the draft that was submitted
	NotSignedOff Why = "not_signed_off"   // the chain of sign-offs is not complete
	NotProposed  Why = "nothing_proposed" // nothing waits for approval
	Pending      Why = "proposal_pending" // something already waits for approval
	NotNow       Why = "not_now"          // the case does not give occasion to it
)

// Refusal says why a step is refused or a field is wrong, to the person and to the machine. It can be compared.
type Refusal struct {
	Why      Why
	Field    string // the field that it is about; "" for the step as a whole
	Sentence string
	Law      string       // the article it rests on
	Date     workday.Date // the day that it is measured against, "" if none
}

func (e Refusal) Error() string {
	if e.Law == "" {
		return e.Sentence
	}
	return e.Sentence + "（" + e.Law + "）"
}

// Code is the machine's name of the error.
func (e Refusal) Code() string { return "foi_" + string(e.Why) }

// Article is the article of law that the refusal rests on.
func (e Refusal) Article() string { return e.Law }

// Params are the words a page may need.
func (e Refusal) Params() map[string]any {
	return map[string]any{"field": e.Field, "article": e.Law, "date": string(e.Date)}
}

// needsFirst says what is missing where somebody skips a part of the sign-off.
var needsFirst = map[Action]string{
	Endorse: "答复书要先经保密审查，负责人才能审核",
	Sign:    "答复书要先经保密审查、负责人审核，校长才能签发",
	Deliver: "答复书还没有签发，不能送达",
}

func illegal(from State, do Action) Refusal {
	if sentence := needsFirst[do]; sentence != "" && from.isOpen() {
		return Refusal{Why: NotSignedOff, Sentence: "“" + from.Name() + "”的申请不能" + do.Name() + "：" + sentence, Law: art17}
	}
	name := do.Name()
	if name == "" {
		name = "这样办理"
	}
	return Refusal{Why: Illegal, Sentence: fmt.Sprintf("“%s”的申请不能%s", from.Name(), name), Law: lawOf(do)}
}

func missing(field, law, sentence string) error {
	return Refusal{Why: Missing, Field: field, Sentence: sentence, Law: law}
}

func malformed(field, law, sentence string) error {
	return Refusal{Why: Malformed, Field: field, Sentence: sentence, Law: law}
}

func tooLate(law string, last workday.Date, sentence string) error {
	return Refusal{Why: TooLate, Field: "on", Sentence: sentence + "，最迟为 " + string(last), Law: law, Date: last}
}

func tooEarly(law string, after workday.Date, sentence string) error {
	return Refusal{Why: TooEarly, Field: "on", Sentence: sentence, Law: law, Date: after}
}
