package foi

import "gongkai/pb_hooks/workday"

// Event is a step that was taken, or that somebody wants to take. Which fields a step needs is said by its refusals.
type Event struct {
	Do       Action
	As       Role
	By       string       // the person; "" is the applicant, the third party or the system
	For      string       // whom they stood in for (代理)
	On       workday.Date // the day on which it takes effect
	Recorded workday.Date // the day on which it was entered; "" is On
	Reason   string

	Channel Channel      // submit: how it came
	Party   string       // who is asked for an opinion, gets the case, or is told
	Joint   bool         // consult: the other organ made the information together with the school (art. 34)
	Opinion Opinion      // record_opinion
	Items   string       // ask_correction: what to correct; ask_third_party, consult: about what
	Days    int          // ask_correction, extend: working days
	Until   workday.Date // of a step taken: the last day that its letter told; "" to compute it
	Told    workday.Date // of a step taken: the due day as it was told then; "" to compute it

	Hash      string   // submit_answer and every sign-off: of the exact draft, as the server computed it
	Writers   []string // submit_answer: who wrote on the draft
	Reply     Reply    // submit_answer, answer_at_once; of steps taken only Outcome is asked
	Way       string   // deliver: how
	Lacking   []string // archive: what the dossier lacks, as the server found
	Agreed    bool     // hand_over: the applicant agrees
	Complaint Remedy   // complain
	Result    Result   // decide
	Article   string   // propose_publication: id of the article
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

type (
	// Opinion is what somebody consulted said.
	Opinion string
	// Remedy is the kind of complaint that an applicant makes.
	Remedy string
	// Result is what became of a complaint.
	Result string
)

// Opinions.
const (
	Agrees  Opinion = "agrees"  // 同意公开
	Objects Opinion = "objects" // 不同意公开
	Silent  Opinion = "silent"  // 逾期未答复: of a joint maker consent, of a third party nothing: the school decides
)

// Remedies, in the order of the annual table. A school's applicant complains to the bureau; the two others are counted
// where they happen.
const (
	ToBureau       Remedy = "complaint"      // 向教育局申诉
	Reconsider     Remedy = "reconsider"     // 行政复议
	Litigate       Remedy = "litigate"       // 行政诉讼
	LitigateReview Remedy = "litigate_after" // 复议后起诉
)

// Results of a complaint.
const (
	Unfinished Result = ""          // 尚未审结
	Upheld     Result = "upheld"    // 结果维持
	Corrected  Result = "corrected" // 结果纠正
	OtherEnd   Result = "other"     // 其他结果
)

var (
	opinionNames = map[Opinion]string{Agrees: "同意公开", Objects: "不同意公开", Silent: "逾期未答复"}
	remedyNames  = map[Remedy]string{ToBureau: "向教育局申诉", Reconsider: "行政复议", Litigate: "行政诉讼（未经复议直接起诉）", LitigateReview: "行政诉讼（复议后起诉）"}
	resultNames  = map[Result]string{Unfinished: "尚未审结", Upheld: "结果维持", Corrected: "结果纠正", OtherEnd: "其他结果"}
)

// Opinions are all opinions.
func Opinions() []Opinion { return []Opinion{Agrees, Objects, Silent} }

// Remedies are all kinds of complaint.
func Remedies() []Remedy { return []Remedy{ToBureau, Reconsider, Litigate, LitigateReview} }

// Results are all results of a complaint, the open one last as in the annual table.
func Results() []Result { return []Result{Upheld, Corrected, OtherEnd, Unfinished} }

// Name is the opinion in words.
func (o Opinion) Name() string { return opinionNames[o] }

// Name is the kind of complaint in words.
func (r Remedy) Name() string { return remedyNames[r] }

// Name is the result in words.
func (r Result) Name() string { return resultNames[r] }
