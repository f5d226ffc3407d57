package inquiry

import "gongkai/pb_hooks/workday"

// Event is a step that was taken, or that somebody wants to take. Which fields a step needs is said by its refusals.
type Event struct {
	Do       Action
	As       Role
	By       string       // the person; "" is the writer or the system
	For      string       // whom they stood in for (代理)
	On       workday.Date // the day on which it takes effect
	Recorded workday.Date // the day on which it was entered; "" is On
	Reason   string
	Told     workday.Date // of a step taken: the due day as it was told then; "" to compute it

	Channel    ChannelCode  // submit
	Category   CategoryCode // submit, classify
	MayPublish bool         // submit: the writer agrees to publication (同意公开)
	Unit       string       // submit: the unit written to; transfer: the unit that is to take it; succeed: the one that goes on with it, which may be the one that
	// has it while the unit that it was offered to ended
	Closed     bool         // submit, transfer: that unit was closed, as the server found
	Department string       // assign
	Ground     Ground       // refuse: why
	Right      string       // refuse: the right channel
	Interim    string       // extend, first_reply: what the writer is told already
	Days       int          // extend: working days added
	Into       string       // merge: number of the letter that it is handled with
	Hash       string       // submit_answer, answer, return, propose_publication, publish: of the exact text, as the server computed it
	Writers    []string     // submit_answer, propose_publication: who wrote on the text
	Findings   []string     // propose_publication: personal data left in the text, as the server found
	Rating     Rating       // rate
	Norm       Norm         // escalate: which one was missed
	Until      workday.Date // order: last day to reply
}

// recorded is the day on which the event was entered.
func (e Event) recorded() workday.Date {
	if e.Recorded == "" {
		return e.On
	}
	return e.Recorded
}

// people are the persons behind the event: both the one who acted and the one stood in for.
func (e Event) people() []string { return people(nil, e.By, e.For) }

// Ground is why a letter is not accepted.
type Ground string

// Grounds of refusal, from the rules of real mailboxes.
const (
	Advertising Ground = "advertising" // 广告推广
	Unclear     Ground = "unclear"     // 事实不清，无法核实
	Repeated    Ground = "repeated"    // 同一事项重复提出
	Unrelated   Ground = "unrelated"   // 与本单位工作无关
	Proceedings Ground = "proceedings" // 应当通过诉讼、仲裁、复议或者信访程序提出
	Secret      Ground = "secret"      // 涉及国家秘密或者他人隐私
	Abusive     Ground = "abusive"     // 恶意辱骂
)

var groundNames = map[Ground]string{Advertising: "广告推广", Unclear: "事实不清，无法核实", Repeated: "同一事项重复提出", Unrelated: "与本单位工作无关",
	Proceedings: "应当通过诉讼、仲裁、复议或者信访程序提出", Secret: "涉及国家秘密或者他人隐私", Abusive: "恶意辱骂"}

// Grounds are all grounds of refusal.
func Grounds() []Ground {
	return []Ground{Advertising, Unclear, Repeated, Unrelated, Proceedings, Secret, Abusive}
}

// Name is the ground in words.
func (g Ground) Name() string { return groundNames[g] }
