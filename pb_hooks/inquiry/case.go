package inquiry

import (
	"slices"

	"gongkai/pb_hooks/workday"
)

// Case is what the steps of one letter add up to. Dates that nobody has fixed yet are "".
type Case struct {
	State       State
	Clock       Clock
	Publication Publication

	Channel  Channel
	Category Category
	Consent  bool   // the writer agrees to publication
	Unit     string // has it in hand
	Offer    Offer
	Passed   []string // units that it is not transferred to: they had it or gave it back

	Submitted    workday.Date
	AcceptBy     workday.Date // last day to accept, refuse, transfer or merge it
	Decided      workday.Date // the day that was done
	FirstReplyBy workday.Date // of an urgent letter
	FirstReplied workday.Date
	CountedFrom  workday.Date // day zero of the answer period: Submitted, the day another unit took it, or the first low rating
	Due          workday.Date // last day to answer; "" while there is none
	Provisional  bool         // Due may move: it lies in or crosses a year whose notice is not loaded (暂定)
	Ledger       []Entry      // why Due is that day

	Department  string       // has it in hand within the unit
	HandedBack  workday.Date // the one time a department handed it back
	Extension   Extension
	GivenBack   workday.Date // the one time it was given back
	Refusal     Turned
	Into        string // number of the letter that it is handled with
	Draft       Text   // the answer in review
	Answers     []Given
	Ratings     []Score
	Selection   Text // the text proposed for publication, or published
	Urges       []Urging
	Escalations []Escalation
	Orders      []Supervision

	last   workday.Date // latest day of a step so far
	back   State        // where Back leads
	cal    workday.Calendar
	levels ServiceLevels

	lowered bool // it was urgent until it was classified last
}

type (
	// Offer is a transfer that the receiver has not taken yet. To is "" if there is none.
	Offer struct {
		To       string
		On       workday.Date
		ReturnBy workday.Date // last day to give it back; then the receiver keeps it
	}
	// Extension is the one extension of the answer period. On is "" if there is none.
	Extension struct {
		On              workday.Date
		Days            int
		Reason, Interim string
	}
	// Turned is why a letter was not accepted, and where it belongs. Ground is "" if it was not refused.
	Turned struct {
		Ground Ground
		Right  string
	}
	// Text is one exact text and who worked on it. Hash is "" if there is none.
	Text struct {
		Hash    string
		Writers []string // nobody of them reviews it
	}
	// Given is one answer that was given.
	Given struct {
		On      workday.Date
		Hash    string
		InTime  bool
		RateBy  workday.Date // last day to rate it
		Writers []string
	}
	// Score is what the writer thinks of an answer.
	Score struct {
		On     workday.Date
		Rating Rating
		Reason string
	}
	// Urging is one reminder (催办).
	Urging struct {
		On  workday.Date
		As  Role
		Due workday.Date // the due day that it reminded of
	}
	// Escalation is one report of a missed day to the officer and the bureau (逾期上报).
	Escalation struct {
		On   workday.Date
		Norm Norm
		Day  workday.Date // that was missed
	}
	// Supervision is one order of the bureau (督办).
	Supervision struct {
		On, Until       workday.Date
		Reason, Reply   string
		Replied, Closed workday.Date
	}
)

// IsUrgent reports whether the letter goes to the principal and the bureau at once.
func (c Case) IsUrgent() bool { return c.Category.Urgent }

// Reviewer is who reviews answers and releases publications: of an urgent letter always the principal.
func (c Case) Reviewer() Role {
	if c.IsUrgent() {
		return Principal
	}
	return c.Channel.Reviewer
}

// MayPublish reports whether letter and answer may be proposed for publication: nil, or a Refusal.
func (c Case) MayPublish() error {
	switch {
	case c.Channel.Visibility != Selected:
		return notNow(norm, c.Channel.Name+"的来信不公开")
	case c.IsUrgent():
		return notNow(privacy, "“"+c.Category.Name+"”的来信不公开")
	case !c.Consent:
		return notNow(consent, "来信人没有同意公开")
	case len(c.Answers) == 0:
		return notNow(norm, "还没有答复，不能公开")
	}
	return nil
}

// isReopened reports whether the letter is, or was, redone after a low rating.
func (c Case) isReopened() bool { return len(c.Ratings) > 0 && c.Ratings[0].Rating.IsLow() }

// reopensNow reports whether the rating given last reopens it: the first one, if it is low.
func (c Case) reopensNow() bool { return len(c.Ratings) == 1 && c.isReopened() }

// openOrder is the place of the order that is not closed; -1 if there is none. There is never more than one.
func (c Case) openOrder() int {
	return slices.IndexFunc(c.Orders, func(o Supervision) bool { return o.Closed == "" })
}

// with adds to a list that others may hold without writing into their copy.
func with[T any](list []T, more T) []T { return append(slices.Clip(list), more) }

// people adds the named to a list without repeating or sharing it.
func people(list []string, more ...string) []string {
	out := slices.Clone(list)
	for _, p := range more {
		if p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}
