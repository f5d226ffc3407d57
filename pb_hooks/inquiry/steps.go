package inquiry

import "slices"

// Effect is what a step does to the answer clock.
type Effect string

// Effects.
const (
	Keeps    Effect = ""         // nothing
	Starts   Effect = "starts"   // day zero is the day of the letter, accepted in time or not
	Restarts Effect = "restarts" // from zero: another unit has taken the letter
	Reopens  Effect = "reopens"  // a first low rating: the time to redo it runs
	Extends  Effect = "extends"  // the due day moves
	Stops    Effect = "stops"    // the period has ended
	Recounts Effect = "recounts" // the due day moves because the calendar changed
)

// Places a step may lead to beside the states.
const (
	Stay      State = ""            // where it is
	Back      State = "back"        // where it was before it went to review or to another unit
	RedoOrEnd State = "redo_or_end" // Redoing after the first low rating, Rated otherwise
)

// Step is one arrow of the procedure, or several that differ only in where they begin.
type Step struct {
	From    []State
	Do      Action
	To      State  // or Stay, or Back, or RedoOrEnd
	By      []Role // any of them
	Clock   Effect
	Law     string // what it rests on
	Outside bool   // it happens outside and may be entered later: On is then before the day it is entered
}

var (
	beforeReview = []State{Submitted, Held, Accepted, Handling}
	unanswered   = []State{Submitted, Held, Accepted, Transferring, Handling, Reviewing}
	waiting      = append(slices.Clip(unanswered), Redoing) // the clock runs
	inHand       = []State{Accepted, Handling}
	ended        = []State{Rated, Archived}
	filed        = append([]State{Answered, Rated, Archived, Refused, Merged, Withdrawn}, waiting...) // an order may still be open
)

// Steps is the whole procedure. A step that is not listed is not allowed.
var Steps = []Step{
	{[]State{Draft}, Submit, Submitted, []Role{Writer, Clerk}, Starts, norm, true},
	{[]State{Submitted}, Hold, Held, []Role{System}, Keeps, norm, false},
	{[]State{Held}, Release, Submitted, []Role{Clerk}, Keeps, norm, false},
	{[]State{Submitted}, Accept, Accepted, []Role{Clerk}, Keeps, norm, false},
	{[]State{Submitted, Held}, Refuse, Refused, []Role{Clerk, Principal}, Stops, norm, false},
	{beforeReview, Classify, Stay, []Role{Clerk, Officer, Principal, Bureau}, Keeps, norm, false},
	{inHand, Assign, Handling, []Role{Clerk}, Keeps, norm, false},
	{[]State{Handling}, HandBack, Accepted, []Role{Department}, Keeps, norm, false},
	{[]State{Submitted, Accepted, Handling}, Transfer, Transferring, []Role{Clerk}, Keeps, norm, false},
	{[]State{Transferring}, TakeOver, Accepted, []Role{Receiver, System}, Restarts, norm, true},
	{[]State{Transferring}, GiveBack, Back, []Role{Receiver}, Keeps, norm, false},
	{unanswered, FirstReply, Stay, []Role{Clerk, Principal}, Keeps, norm, false},
	{[]State{Accepted, Handling, Reviewing}, Extend, Stay, []Role{Clerk, Principal}, Extends, norm, false},

	{[]State{Accepted, Handling, Redoing}, SubmitAnswer, Reviewing, []Role{Clerk, Department}, Keeps, norm, false},
	{[]State{Reviewing}, Return, Back, []Role{Officer, Principal}, Keeps, norm, false},
	{[]State{Reviewing}, Answer, Answered, []Role{Officer, Principal}, Stops, norm, false},
	{[]State{Submitted, Accepted, Handling}, Merge, Merged, []Role{Clerk}, Stops, norm, false},
	{unanswered, Withdraw, Withdrawn, []Role{Writer}, Stops, norm, false},
	{[]State{Answered}, Rate, RedoOrEnd, []Role{Writer}, Reopens, rating, false},

	{ended, ProposePublication, Stay, []Role{Clerk}, Keeps, norm, false},
	{ended, Publish, Stay, []Role{Officer, Principal}, Keeps, norm, false},
	{ended, DeclinePublication, Stay, []Role{Clerk, Officer, Principal}, Keeps, norm, false},
	{append([]State{Answered, Redoing, Rated, Archived}, unanswered...), RevokeConsent, Stay, []Role{Writer}, Keeps, consent, false},
	{[]State{Answered, Rated}, Archive, Archived, []Role{Clerk, System}, Keeps, norm, false},

	{waiting, Urge, Stay, []Role{Writer, Bureau, System}, Keeps, norm, false},
	{waiting, Escalate, Stay, []Role{System}, Keeps, norm, false},
	{waiting, Order, Stay, []Role{Bureau, System}, Keeps, norm, false},
	{filed, ReplyOrder, Stay, []Role{Clerk, Principal}, Keeps, norm, false},
	{filed, CloseOrder, Stay, []Role{Bureau}, Keeps, norm, false},
	{Succession(), Succeed, Stay, []Role{System}, Keeps, norm, false},
	{waiting, Recount, Stay, []Role{System}, Recounts, norm, false},
}

// Find returns the step that an action takes from a state, or a Refusal of kind Illegal.
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

// Succession lists the states in which a letter goes to the unit that succeeds a school that ended: it waits for an
// answer, or may still be rated and redone.
func Succession() []State { return append([]State{Answered}, waiting...) }

// IsOpen reports whether a letter in this state waits for an answer, or for a better one.
func (s State) IsOpen() bool { return slices.Contains(waiting, s) }

func lawOf(do Action) string {
	for _, s := range Steps {
		if s.Do == do {
			return s.Law
		}
	}
	return norm
}
