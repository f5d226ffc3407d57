package inquiry

import (
	"slices"

	"gongkai/pb_hooks/workday"
)

// effects is what each step leaves behind beside the state and the clock. Only what Replay cannot read is an error.
var effects = map[Action]func(Case, Event) (Case, error){
	Submit: func(c Case, e Event) (Case, error) {
		channel, err := FindChannel(e.Channel)
		if err != nil {
			return c, err
		}
		category, err := FindCategory(e.Category)
		if err != nil {
			return c, err
		}
		if service, ok := c.levels[e.Channel]; ok {
			channel.Service = service
		}
		c.Channel, c.Consent, c.Unit, c.Submitted = channel, e.MayPublish, e.Unit, e.On
		c.AcceptBy = c.cal.Add(e.On, channel.Service.Accept)
		if channel.Service.Accept == 0 && !c.cal.IsWorkday(e.On) {
			c.AcceptBy = c.cal.Add(e.On, 1)
		}
		return c.classified(category, e.On), nil
	},
	Accept: func(c Case, e Event) (Case, error) { return c.decided(e), nil },
	Refuse: func(c Case, e Event) (Case, error) {
		c.Refusal = Turned{e.Ground, e.Right}
		return c.decided(e), nil
	},
	Classify: func(c Case, e Event) (Case, error) {
		category, err := FindCategory(e.Category)
		if err != nil {
			return c, err
		}
		return c.classified(category, e.On), nil
	},
	Assign:   func(c Case, e Event) (Case, error) { c.Department = e.Department; return c, nil },
	HandBack: func(c Case, e Event) (Case, error) { c.Department, c.HandedBack = "", e.On; return c, nil },
	Transfer: func(c Case, e Event) (Case, error) {
		c.Offer, c.back = Offer{e.Unit, e.On, c.cal.Add(e.On, ReturnDays)}, c.State
		return c.decided(e), nil
	},
	TakeOver: func(c Case, _ Event) (Case, error) {
		c.Passed = people(c.Passed, c.Unit)
		c.Unit, c.Department, c.Offer, c.back = c.Offer.To, "", Offer{}, ""
		return c, nil
	},
	GiveBack: func(c Case, e Event) (Case, error) {
		c.Passed, c.Offer, c.GivenBack = people(c.Passed, c.Offer.To), Offer{}, e.On
		if c.back == Submitted {
			c.Decided = "" // whether it is accepted is open again, and its last day stays
		}
		return c, nil
	},
	Succeed: func(c Case, e Event) (Case, error) {
		if c.State == Transferring && (c.Offer.To == e.Unit || c.Unit == e.Unit) { // on its way there, or to a school that ended
			c.State, c.back, c.Offer = c.back, "", Offer{}
			if c.State == Submitted {
				c.Decided = ""
			}
		}
		c.Unit, c.Department = e.Unit, ""
		c.Passed = slices.DeleteFunc(slices.Clone(c.Passed), func(unit string) bool { return unit == e.Unit }) // it has it for good now
		if c.State == Handling {                                                                               // nobody has it there yet
			c.State = Accepted
		}
		if c.back == Handling {
			c.back = Accepted
		}
		return c, nil
	},
	FirstReply: func(c Case, e Event) (Case, error) { c.FirstReplied = e.On; return c, nil },
	Extend: func(c Case, e Event) (Case, error) {
		c.Extension = Extension{On: e.On, Days: e.Days, Reason: e.Reason, Interim: e.Interim}
		return c.replied(e), nil
	},
	SubmitAnswer: func(c Case, e Event) (Case, error) {
		c.Draft, c.back = Text{e.Hash, people(e.Writers, e.By, e.For)}, c.State
		return c, nil
	},
	Return: func(c Case, _ Event) (Case, error) { c.Draft = Text{}; return c, nil },
	Answer: func(c Case, e Event) (Case, error) {
		given := Given{On: e.On, Hash: c.Draft.Hash, InTime: !c.IsOverdue(e.On), RateBy: daysAfter(e.On, RateDays), Writers: c.Draft.Writers}
		c.Answers, c.Draft, c.back = with(c.Answers, given), Text{}, ""
		return c.replied(e), nil
	},
	Merge:    func(c Case, e Event) (Case, error) { c.Into = e.Into; return c.decided(e), nil },
	Withdraw: func(c Case, _ Event) (Case, error) { c.Draft, c.Offer, c.back = Text{}, Offer{}, ""; return c, nil },
	Rate: func(c Case, e Event) (Case, error) {
		c.Ratings = with(c.Ratings, Score{e.On, e.Rating, e.Reason})
		return c, nil
	},
	ProposePublication: func(c Case, e Event) (Case, error) {
		c.Publication, c.Selection = Proposed, Text{e.Hash, people(e.Writers, e.By, e.For)}
		return c, nil
	},
	Publish:            func(c Case, _ Event) (Case, error) { c.Publication = Published; return c, nil },
	DeclinePublication: func(c Case, _ Event) (Case, error) { return c.unpublished(), nil },
	RevokeConsent: func(c Case, _ Event) (Case, error) {
		c.Consent = false
		return c.unpublished(), nil
	},
	Archive: func(c Case, _ Event) (Case, error) {
		if c.Publication == Undecided {
			c.Publication = Unpublished
		}
		return c, nil
	},
	Urge: func(c Case, e Event) (Case, error) { c.Urges = with(c.Urges, Urging{e.On, e.As, c.Due}); return c, nil },
	Escalate: func(c Case, e Event) (Case, error) {
		c.Escalations = with(c.Escalations, Escalation{e.On, e.Norm, c.NormDay(e.Norm)})
		return c, nil
	},
	Order: func(c Case, e Event) (Case, error) {
		c.Orders = with(c.Orders, Supervision{On: e.On, Until: e.Until, Reason: e.Reason})
		return c, nil
	},
	ReplyOrder: func(c Case, e Event) (Case, error) {
		return c.ordered(func(o *Supervision) { o.Reply, o.Replied = e.Reason, e.On }), nil
	},
	CloseOrder: func(c Case, e Event) (Case, error) {
		return c.ordered(func(o *Supervision) { o.Closed = e.On }), nil
	},
}

// decided notes the first decision about accepting it.
func (c Case) decided(e Event) Case {
	if c.Decided == "" {
		c.Decided = e.On
	}
	return c
}

// replied notes the first word to the writer of an urgent letter.
func (c Case) replied(e Event) Case {
	if c.IsUrgent() && c.FirstReplied == "" {
		c.FirstReplied = e.On
	}
	return c
}

// classified sets the category. An urgent letter is accepted on its very day, working day or not, and is answered first
// on the next working day; one that turns out to be urgent, counted from the day it does.
func (c Case) classified(category Category, on workday.Date) Case {
	was := c.IsUrgent()
	c.Category, c.lowered = category, was && !category.Urgent
	switch {
	case category.Urgent && !was:
		c.FirstReplyBy = c.cal.Add(on, UrgentFirstReply)
		if c.Decided == "" {
			c.AcceptBy = on
		}
	case !category.Urgent:
		c.FirstReplyBy = ""
	}
	return c
}

func (c Case) unpublished() Case {
	c.Publication, c.Selection = Unpublished, Text{}
	return c
}

// ordered changes the order that is open.
func (c Case) ordered(change func(*Supervision)) Case {
	if i := c.openOrder(); i >= 0 {
		c.Orders = slices.Clone(c.Orders)
		change(&c.Orders[i])
	}
	return c
}

// daysAfter is the nth day after a day, working day or not.
func daysAfter(d workday.Date, n int) workday.Date {
	for range n {
		d = d.Next()
	}
	return d
}
