package foi

import (
	"fmt"

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
	Illegal      Why = "foi_illegal_step"     // the table does not list it
	WrongRole    Why = "foi_wrong_role"       // somebody else takes this step
	OnceOnly     Why = "foi_once_only"        // the law allows it once
	TooLate      Why = "foi_too_late"         // after its last day
	TooEarly     Why = "foi_too_early"        // before its first day
	OutOfRange   Why = "foi_out_of_range"     // more or fewer days than allowed
	Missing      Why = "foi_missing"          // must be filled in
	Malformed    Why = "foi_malformed"        // filled in, but cannot be right
	SamePerson   Why = "foi_same_person"      // four eyes
	OtherText    Why = "foi_other_text"       // not the draft that was submitted
	NotSignedOff Why = "foi_not_signed_off"   // the chain of sign-offs is not complete
	NotProposed  Why = "foi_nothing_proposed" // nothing waits for approval
	Pending      Why = "foi_proposal_pending" // something already waits for approval
	NotNow       Why = "foi_not_now"          // the case does not give occasion to it
)

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
