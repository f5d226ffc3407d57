package order

// effects is what each step leaves behind beside the state and the clock.
var effects = map[Action]func(Part, Event) Part{
	Issue: func(p Part, e Event) Part {
		p.Issued, p.AckBy, p.Days = e.On, p.cal.Add(e.On, AckDays), e.Days
		return p
	},
	Acknowledge:  func(p Part, e Event) Part { p.Acknowledged = e.On; return p },
	AskExtension: func(p Part, e Event) Part { p.Extension = Extension{Asked: e.On, Days: e.Days}; return p },
	GrantExtend:  func(p Part, e Event) Part { p.Extension.Decided, p.Extension.Added = e.On, e.Days; return p },
	DeclineExtend: func(p Part, e Event) Part {
		p.Extension.Decided = e.On
		return p
	},
	Submit: func(p Part, e Event) Part {
		p.Reports = with(p.Reports, Report{On: e.On, InTime: e.On <= p.Due, By: e.people()})
		p.Extension.Abandoned = p.Extension.Abandoned || p.IsAsked()
		return p
	},
	Return: func(p Part, e Event) Part { p.Days, p.Extension.Added = e.Days, 0; return p },
	Close:  func(p Part, e Event) Part { p.Closed = e.On; return p },
	Withdraw: func(p Part, e Event) Part {
		p.Withdrawn = e.On
		return p
	},
	Talk:   func(p Part, e Event) Part { p.Talks = with(p.Talks, e.On); return p },
	Remind: func(p Part, _ Event) Part { p.reminded = with(p.reminded, p.Due); return p },
	Escalate: func(p Part, e Event) Part {
		p.escalated = with(p.escalated, missed{e.Norm, p.NormDay(e.Norm)})
		return p
	},
	CallTalk: func(p Part, _ Event) Part { p.TalkAsked = p.Due; return p },
}
