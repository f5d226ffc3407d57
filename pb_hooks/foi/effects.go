package foi

import "gongkai/pb_hooks/workday"

// effects is what each step leaves behind beside the state and the clock.
var effects = map[Action]func(Case, Event) Case{
	Submit: func(c Case, e Event) Case {
		c.Channel, c.Submitted, c.ConfirmBy = e.Channel, e.On, c.cal.Add(e.On, c.terms.Confirm)
		return c
	},
	Register: func(c Case, e Event) Case {
		c.Received, c.NoticeBy = e.On, c.cal.Add(e.On, c.terms.CorrectionNotice)
		return c
	},
	AnswerAtOnce: func(c Case, e Event) Case {
		return c.answered(Answer{On: e.On, Outcome: e.Reply.Outcome})
	},
	AskCorrection: func(c Case, e Event) Case {
		c.Correction = Correction{Items: e.Items, Asked: e.On, Until: c.until(e, c.correctionDays(e))}
		return c
	},
	Correct: corrected, CorrectLate: corrected,
	Abandon: func(c Case, e Event) Case { c.Ending, c.ended = WasAbandoned, e.On; return c },
	Assign:  func(c Case, e Event) Case { c.Department = e.Party; return c },
	AskThirdParty: func(c Case, e Event) Case {
		q := Inquiry{Party: e.Party, Third: true, About: e.Items, Sent: e.On, Until: c.until(e, c.terms.ThirdParty)}
		c.Inquiries = with(c.Inquiries, q)
		return c
	},
	Consult: func(c Case, e Event) Case {
		q := Inquiry{Party: e.Party, Joint: e.Joint, About: e.Items, Sent: e.On, Until: c.until(e, c.terms.OtherOrgan)}
		c.Inquiries = with(c.Inquiries, q)
		return c
	},
	RecordOpinion: closed, Lapse: closed,
	Extend: func(c Case, e Event) Case {
		c.Extension = Extension{On: e.On, Days: e.Days, Reason: e.Reason}
		return c
	},
	SubmitAnswer: func(c Case, e Event) Case {
		c.Draft = DraftAnswer{Hash: e.Hash, Outcome: e.Reply.Outcome, Writers: people(people(e.Writers), e.By, e.For)}
		c.back = c.State
		return c
	},
	Return: func(c Case, e Event) Case { c.Draft = DraftAnswer{}; return c },
	Clear:  func(c Case, e Event) Case { c.Draft.Cleared = people(nil, e.By, e.For); return c },
	Sign: func(c Case, e Event) Case {
		c.back = ""
		return c.answered(Answer{On: e.On, Outcome: c.Draft.Outcome, Hash: c.Draft.Hash})
	},
	Deliver: func(c Case, e Event) Case {
		last := c.Answers[len(c.Answers)-1]
		if last.Dispatched == "" { // a letter that came back is sent again: the first dispatch counts
			last.Dispatched, last.Way = e.On, e.Way
		}
		c.Answers = with(c.Answers[:len(c.Answers)-1], last)
		return c
	},
	Override:   func(c Case, e Event) Case { c.Overrides = people(c.Overrides, e.Party); return c },
	Withdraw:   func(c Case, e Event) Case { c.Ending, c.ended = WasWithdrawn, e.On; return c },
	Invalidate: func(c Case, e Event) Case { c.Ending, c.ended = WasVoid, e.On; return c },
	Supplement: func(c Case, e Event) Case {
		c.SupplementBy = c.cal.Add(e.On, c.terms.Supplement)
		return c
	},
	Complain: func(c Case, e Event) Case {
		c.Complaints, c.back = with(c.Complaints, Complaint{Kind: e.Complaint, On: e.On}), c.State
		return c
	},
	Decide: func(c Case, e Event) Case {
		last := c.Complaints[len(c.Complaints)-1]
		last.Result, last.Decided = e.Result, e.On
		c.Complaints = with(c.Complaints[:len(c.Complaints)-1], last)
		return c
	},
	Order:              func(c Case, e Event) Case { c.Orders = with(c.Orders, e.On); return c },
	ProposePublication: func(c Case, e Event) Case { c.Publication, c.ArticleID = Proposed, e.Article; return c },
	Succeed:            func(c Case, _ Event) Case { c.Department = ""; return c },
	DeclinePublication: func(c Case, e Event) Case { c.Publication, c.ArticleID = Declined, ""; return c },
}

func (c Case) answered(a Answer) Case {
	a.Supplement = len(c.Answers) > 0
	c.Answers, c.Ending, c.Draft, c.SupplementBy = with(c.Answers, a), WasAnswered, DraftAnswer{}, ""
	return c
}

func corrected(c Case, e Event) Case {
	c.Correction.Corrected = e.On
	return c
}

// closed ends the waiting for an opinion: on the day it came, but never later than the last day to wait for it, so
// that the due day does not depend on when somebody looked (art. 32).
func closed(c Case, e Event) Case {
	i := c.answerable(e.Party)
	if i < 0 {
		return c
	}
	q := c.Inquiries[i]
	q.Closed, q.Opinion, q.Reason = min(e.On, q.Until), e.Opinion, e.Reason
	if e.Do == Lapse {
		q.Closed, q.Opinion = q.Until, Silent
	}
	c.Inquiries = append(with(c.Inquiries[:i], q), c.Inquiries[i+1:]...)
	return c
}

// until is the last day that a letter sets: what it told, or so many working days after it.
func (c Case) until(e Event, days int) workday.Date {
	if e.Until != "" {
		return e.Until
	}
	return c.cal.Add(e.On, days)
}

func (c Case) correctionDays(e Event) int {
	if e.Days == 0 {
		return c.terms.Correction
	}
	return e.Days
}
