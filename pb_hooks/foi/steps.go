package foi

import "slices"

// Effect is what a step does to the answer clock.
type Effect string

// Effects.
const (
	Keeps    Effect = ""         // nothing
	Starts   Effect = "starts"   // day zero is the day of receipt
	Voids    Effect = "voids"    // no period until the corrected text is received
	Restarts Effect = "restarts" // from zero: day zero is the day the corrected text is received
	Pauses   Effect = "pauses"   // days from the day after dispatch are not counted
	Resumes  Effect = "resumes"  // once nobody's opinion is waited for
	Extends  Effect = "extends"  // the due day moves
	Stops    Effect = "stops"    // the period has ended
	Recounts Effect = "recounts" // the due day moves because the calendar changed
)

// Places a step may lead to beside the states.
const (
	Stay State = ""     // where it is
	Back State = "back" // where it was before it was sent for sign-off, or complained about
)

// Step is one arrow of the procedure, or several that differ only in where they begin.
type Step struct {
	Row      int // line of the table of transitions that it belongs to (1–21); 0 for what is not the law's
	From     []State
	Do       Action
	To       State  // or Stay, or Back
	By       []Role // any of them
	Approver Role   // whose approval it waits for; "" if it takes effect at once
	Clock    Effect
	Document string     // what is produced, in words; "" for nothing
	Letter   LetterKind // the letter that goes out; "" for none. An answer's follows from its outcome
	Law      string     // the article it rests on
	Outside  bool       // it happens outside and may be entered later: On is then before the day it is entered
}

var (
	beforeAnswer = []State{Processing, ThirdParty, Consulting, SecrecyReviewing, OfficerReviewing, Signing}
	counted      = append([]State{Registered}, beforeAnswer...) // the clock runs or is paused
	unanswered   = append([]State{Submitted, Registered, Correcting}, beforeAnswer...)
)

// Steps is the whole procedure. A step that is not listed is not allowed.
//
// Row 20 of the table (wrong addressee) is no way of its own: it is an answer with outcome 4.1, after which the text
// may be handed over if the applicant agrees.
var Steps = []Step{
	{1, []State{Draft}, Submit, Submitted, []Role{Applicant, Clerk}, "", Keeps, "提交回执", "", art29, true},
	{2, []State{Submitted}, Register, Registered, []Role{Clerk, System}, "", Starts, "收件回执", LetterReceipt, art31, true},
	{3, []State{Registered}, AnswerAtOnce, Answered, []Role{Clerk}, Officer, Stops, "答复书", "", art33, false},

	{4, []State{Registered, Processing}, AskCorrection, Correcting, []Role{Clerk}, Officer, Voids, "补正告知书", LetterCorrection, art30, false},
	{5, []State{Correcting}, Correct, Processing, []Role{Applicant, Clerk}, "", Restarts, "补正收件回执", LetterReceipt, art30, true},
	{5, []State{Correcting}, CorrectLate, Processing, []Role{Applicant, Clerk}, Officer, Restarts, "补正收件回执", LetterReceipt, art30, true},
	{6, []State{Correcting}, Abandon, Abandoned, []Role{System, Clerk}, Officer, Stops, "视为放弃告知书", LetterAbandoned, art30, false},

	{7, []State{Registered, Processing}, Assign, Processing, []Role{Clerk}, "", Keeps, "转办单", LetterAssignment, art45, false},
	{8, []State{Processing, ThirdParty}, AskThirdParty, ThirdParty, []Role{Clerk}, Officer, Pauses, "第三方意见征询单", LetterThirdParty, art32, false},
	{9, []State{ThirdParty}, RecordOpinion, Processing, []Role{Third, Clerk}, "", Resumes, "意见登记", "", art32, true},
	{9, []State{ThirdParty}, Lapse, Processing, []Role{System}, "", Resumes, "意见登记", "", art32, true},
	{9, []State{Processing}, RecordOpinion, Stay, []Role{Clerk}, "", Resumes, "意见登记", "", art32, true}, // entered once the period was over
	{10, []State{Processing, Consulting}, Consult, Consulting, []Role{Clerk}, "", Pauses, "征求意见函", LetterConsult, art34, false},
	{10, []State{Consulting}, RecordOpinion, Processing, []Role{Third, Clerk}, "", Resumes, "意见登记", "", art34, true},
	{10, []State{Consulting}, Lapse, Processing, []Role{System}, "", Resumes, "意见登记", "", art34, true},
	{11, beforeAnswer, Extend, Stay, []Role{Clerk, Department}, Officer, Extends, "延期答复告知书", LetterExtension, art33, false},

	{12, []State{Processing, Supplementing}, SubmitAnswer, SecrecyReviewing, []Role{Clerk, Department}, "", Keeps, "答复书（稿）、审查表", "", art36, false},
	{13, []State{SecrecyReviewing}, Return, Back, []Role{SecrecyReviewer}, "", Keeps, "退回意见", "", art17, false},
	{13, []State{OfficerReviewing}, Return, Back, []Role{Officer}, "", Keeps, "退回意见", "", art45, false},
	{13, []State{Signing}, Return, Back, []Role{Principal}, "", Keeps, "退回意见", "", art45, false},
	{14, []State{SecrecyReviewing}, Clear, OfficerReviewing, []Role{SecrecyReviewer}, "", Keeps, "保密审查意见", "", art17, false},
	{14, []State{OfficerReviewing}, Endorse, Signing, []Role{Officer}, "", Keeps, "审核意见", "", art45, false},
	{14, []State{Signing}, Sign, Answered, []Role{Principal}, "", Stops, "答复书", "", art36, false},
	{14, []State{Answered}, Deliver, Stay, []Role{Clerk, System}, "", Keeps, "送达回证", LetterDelivery, art40, true},

	{15, []State{ThirdParty, Processing}, Override, Stay, []Role{Principal}, "", Keeps, "权利人告知书", LetterRightHolder, art32, false},
	{16, unanswered, Withdraw, Withdrawn, []Role{Applicant}, "", Stops, "撤回确认书", LetterWithdrawn, art29, false},
	{17, []State{Submitted, Registered}, Invalidate, Void, []Role{Clerk}, Bureau, Stops, "", "", art29, false},
	{18, []State{Answered}, Archive, Archived, []Role{System, Clerk}, "", Keeps, "归档目录", LetterDossier, art45, false},
	{19, []State{Answered, Archived}, Supplement, Supplementing, []Role{Applicant, Clerk}, "", Keeps, "", "", art36, false},
	{19, []State{Abandoned}, Supplement, Supplementing, []Role{Clerk}, "", Keeps, "", "", art55, false}, // the complaint was right
	{19, []State{Answered, Archived, Abandoned, Supplementing}, Complain, Complained, []Role{Applicant, Clerk, Bureau}, "", Keeps, "申诉登记", "", art55, true},
	{19, []State{Complained}, Decide, Back, []Role{Bureau, Clerk}, "", Keeps, "申诉处理结果", "", art55, true},
	{20, []State{Answered}, HandOver, Stay, []Role{Clerk}, "", Keeps, "转送单", "", art36, false},

	{21, counted, Urge, Stay, []Role{Bureau, System}, "", Keeps, "催办记录", "", art46, false},
	{21, counted, Order, Stay, []Role{Bureau, System}, "", Keeps, "督办单", LetterSupervision, art47, false},
	{21, counted, Interview, Stay, []Role{Bureau}, "", Keeps, "约谈记录", "", art47, false},

	{0, unanswered, Approve, Stay, []Role{Officer, Bureau}, "", Keeps, "", "", art45, false},
	{0, unanswered, Decline, Stay, []Role{Officer, Bureau, Clerk, Department}, "", Keeps, "", "", art45, false},
	{0, counted, Recount, Stay, []Role{System}, "", Recounts, "", "", art33, false},
	{0, []State{Answered, Archived}, ProposePublication, Stay, []Role{Clerk}, "", Keeps, "", "", art44, false},
	{0, Succession(), Succeed, Stay, []Role{System}, "", Keeps, "", "", art45, false},
	{0, []State{Answered, Archived}, DeclinePublication, Stay, []Role{Clerk}, "", Keeps, "", "", art44, false},
}

// Find returns the step that an action takes from a state, or a Refusal of kind Illegal or NotSignedOff.
func Find(from State, do Action) (Step, error) {
	for _, s := range Steps {
		if s.Do == do && slices.Contains(s.From, from) {
			return s, nil
		}
	}
	return Step{}, illegal(from, do)
}

// Allowed lists the actions that the table allows in a state, in its order.
func Allowed(from State) []Action {
	var list []Action
	for _, s := range Steps {
		if slices.Contains(s.From, from) {
			list = append(list, s.Do)
		}
	}
	return list
}

// Succession lists the states in which a request goes to the school that succeeds one that ended: it waits for
// somebody, or its answer is not yet in the archive.
func Succession() []State { return append([]State{Answered, Supplementing, Complained}, unanswered...) }

// isOpen reports whether a request in this state still waits for its answer.
func (s State) isOpen() bool { return slices.Contains(unanswered, s) }

func lawOf(do Action) string {
	for _, s := range Steps {
		if s.Do == do {
			return s.Law
		}
	}
	return art45
}
