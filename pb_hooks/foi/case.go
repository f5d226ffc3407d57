package foi

import (
	"slices"

	"gongkai/pb_hooks/workday"
)

// Case is what the steps of one request add up to. Dates that nobody has fixed yet are "".
type Case struct {
	State       State
	Ending      Ending
	Clock       Clock
	Publication Publication

	Channel     Channel
	Submitted   workday.Date
	ConfirmBy   workday.Date // the system confirms at the end of this day
	Received    workday.Date // 收到日 of the application as it was filed
	CountedFrom workday.Date // day zero of the answer period: Received, or the day the corrected text was received
	NoticeBy    workday.Date // last day to ask for a correction
	Due         workday.Date // last day to answer; while paused the latest it can be; "" while there is none
	Provisional bool         // Due may move: it lies in or crosses a year whose notice is not loaded (暂定)
	Ledger      []Entry      // why Due is that day

	Correction Correction
	Extension  Extension
	Inquiries  []Inquiry // letters to third parties and other organs, oldest first
	Department string    // who has the case in hand

	Proposal  Proposal
	Draft     DraftAnswer
	Answers   []Answer // oldest first; the first one ended the answer period
	Overrides []string // third parties whose objection gave way to the public interest

	SupplementBy workday.Date
	Complaints   []Complaint
	Orders       []workday.Date // days of supervision orders (督办)
	ArticleID    string         // of the article proposed for publication

	ended       workday.Date // the day it ended without an answer
	waitsOn     bool         // the officer did not agree that the request is abandoned
	last        workday.Date // latest day of a step so far
	pausedSince workday.Date // the day the first letter of the present pause, or of the last one, was sent
	back        State        // where Back leads
	cal         workday.Calendar
	terms       Terms
}

// Correction is the one request to correct an application.
type Correction struct {
	Items     string
	Asked     workday.Date // "" if nobody asked
	Until     workday.Date // 补正期限
	Corrected workday.Date // the day the corrected text was received
}

// Extension is the one extension of the answer period.
type Extension struct {
	On     workday.Date // "" if there is none
	Days   int          // 0 once a correction has restarted the period
	Reason string
}

// Inquiry is one letter that asks for an opinion.
type Inquiry struct {
	Party   string
	Third   bool // a third party (art. 32), not another organ
	Joint   bool // a joint maker (art. 34)
	About   string
	Sent    workday.Date
	Until   workday.Date // last day to answer
	Closed  workday.Date // the day the opinion came, or Until; "" while it is waited for
	Opinion Opinion
	Reason  string
}

// ended is the day from which days are counted again: while an opinion is waited for, the latest it can be.
func (q Inquiry) ended() workday.Date {
	if q.Closed == "" {
		return q.Until
	}
	return q.Closed
}

// Law is the article that asks for the opinion.
func (q Inquiry) Law() string {
	if q.Third {
		return art32
	}
	return art34
}

// Consents reports whether the information may be disclosed as far as this one is concerned: a joint maker that is
// silent consents (art. 34), of a silent third party the school decides (art. 32).
func (q Inquiry) Consents() bool { return q.Opinion == Agrees || q.Joint && q.Opinion == Silent }

// Proposal is a step that waits for somebody's approval. Do is "" if there is none.
type Proposal struct {
	Event
	Approver Role
}

// DraftAnswer is the answer in sign-off. Hash is "" if there is none.
type DraftAnswer struct {
	Hash    string
	Outcome OutcomeCode
	Writers []string // nobody of them signs off
	Cleared []string // who did the secrecy review: signs nothing else
}

// Answer is one answer that was given.
type Answer struct {
	On         workday.Date // signed
	Dispatched workday.Date // handed over, posted or sent: the day that counts as answered; "" until it is recorded
	Way        string
	Outcome    OutcomeCode
	Hash       string
	Supplement bool // not the first
}

// Day is the day on which the answer counts as given: its dispatch, or until that is recorded its signature.
func (a Answer) Day() workday.Date {
	if a.Dispatched == "" {
		return a.On
	}
	return a.Dispatched
}

// Complaint is what the applicant did against the answer.
type Complaint struct {
	Kind    Remedy
	On      workday.Date
	Result  Result
	Decided workday.Date
}

// Outcome is how the case ended, in the words of the annual table: of its latest answer, 6.1 if it was abandoned, 6.3
// if it was withdrawn, "" while it is open and for what never was a request.
func (c Case) Outcome() OutcomeCode {
	switch c.Ending {
	case WasAnswered:
		return c.Answers[len(c.Answers)-1].Outcome
	case WasAbandoned:
		return OutcomeAbandoned
	case WasWithdrawn:
		return OutcomeOther
	}
	return ""
}

// Closed is the day on which the case ended: its first answer was signed, it was abandoned, withdrawn or found void; ""
// while it is open.
func (c Case) Closed() workday.Date {
	if c.ended == "" && c.Ending == WasAnswered {
		return c.Answers[0].On
	}
	return c.ended
}

// OutcomeBy is the outcome as it stood at the end of a day: a supplementary answer of a later day is not seen, so that
// the table of a past year stays what it was. It is "" if the case was still open.
func (c Case) OutcomeBy(day workday.Date) (o OutcomeCode) {
	switch {
	case c.ended == "" || c.ended > day:
	case c.Ending == WasAnswered:
		o = OutcomeAbandoned // until it was answered after a complaint
	default:
		return c.Outcome()
	}
	for _, a := range c.Answers {
		if a.On <= day {
			o = a.Outcome
		}
	}
	return o
}

// IsCounted reports whether the case appears in statistics: everything received that is not void.
func (c Case) IsCounted() bool { return c.Received != "" && c.Ending != WasVoid }

// AnsweredLate reports whether the first answer went out after the due day.
func (c Case) AnsweredLate() bool {
	return len(c.Answers) > 0 && c.Due != "" && c.Answers[0].Day() > c.Due
}

// Objections are the third parties that do not want the information disclosed and were not overridden.
func (c Case) Objections() []string {
	var parties []string
	for _, q := range c.Inquiries {
		if q.Third && q.Opinion == Objects && !slices.Contains(c.Overrides, q.Party) {
			parties = people(parties, q.Party)
		}
	}
	return parties
}

// Consulted reports whether a third party was asked in writing and has answered or let the period pass.
func (c Case) Consulted() bool {
	return slices.ContainsFunc(c.Inquiries, func(q Inquiry) bool { return q.Third && q.Closed != "" })
}

// waiting reports whether an opinion is waited for.
func (c Case) waiting() bool {
	return slices.ContainsFunc(c.Inquiries, func(q Inquiry) bool { return q.Closed == "" })
}

// inquiry finds the letter to a party that is not answered yet, by its place; -1 if there is none.
func (c Case) inquiry(party string) int {
	return slices.IndexFunc(c.Inquiries, func(q Inquiry) bool { return q.Party == party && q.Closed == "" })
}

// answerable finds the letter to a party that an opinion can be entered for: one that is open, or while the case is worked
// on the last one that nobody answered; -1 if there is none.
func (c Case) answerable(party string) int {
	if i := c.inquiry(party); i >= 0 || c.State != Processing {
		return i
	}
	for i, q := range slices.Backward(c.Inquiries) {
		if q.Party == party {
			if q.Opinion == Silent {
				return i
			}
			break
		}
	}
	return -1
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
