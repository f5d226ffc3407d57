package foi

import (
	"slices"

	"gongkai/pb_hooks/procedure"
	"gongkai/pb_hooks/workday"
)

// Replay folds the steps taken, oldest first, into where the request stands. The calendar is the present one; the terms
// are those of the day it was submitted. Steps are held to the table, to four eyes and to what is allowed once, but
// not again to their last days: those were kept by the calendar of their time.
func Replay(events []Event, cal workday.Calendar, terms Terms) (Case, error) {
	return procedure.Replay(Case{State: Draft, Clock: NotStarted, Publication: Undecided, cal: cal, terms: terms}, events, Case.after)
}

// Take returns the case after a step that somebody wants to take now, or a Refusal. It asks all that Replay asks, and
// that everything needed is filled in and no day is missed.
func (c Case) Take(e Event) (Case, error) {
	s, err := Find(c.State, e.Do)
	if err != nil {
		return c, err
	}
	if err := c.checkDay(s, e); err != nil {
		return c, err
	}
	if err := c.Permits(e); err != nil {
		return c, err
	}
	e.Until, e.Told = "", "" // what is not told yet is computed
	if err := c.fresh(e); err != nil {
		return c, err
	}
	if e.Do == Approve {
		if err := c.fresh(c.approved(e)); err != nil {
			return c, err
		}
	}
	next, err := c.after(e)
	if err != nil {
		return c, err
	}
	return next, nil
}

// fresh asks what only a new step must show: fields and days.
func (c Case) fresh(e Event) error {
	if ask := asks[e.Do]; ask != nil {
		if err := ask(c, e); err != nil {
			return err
		}
	}
	if hold := limits[e.Do]; hold != nil {
		return hold(c, e)
	}
	return nil
}

// checkDay asks whether a step may take effect on its day.
func (c Case) checkDay(s Step, e Event) error {
	day := procedure.Day{On: e.On, Recorded: e.recorded(), Last: c.last, Outside: s.Outside}
	if fault := day.Fault(s.Do.Name()); fault != "" {
		return malformed("on", s.Law, fault)
	}
	return nil
}

// after returns the case after a step: taken, or taken now and found good.
func (c Case) after(e Event) (Case, error) {
	s, err := Find(c.State, e.Do)
	if err != nil {
		return c, err
	}
	if err := c.Permits(e); err != nil {
		return c, err
	}
	c.last = max(c.last, e.On)
	switch {
	case e.Do == Decline:
		c.waitsOn = c.waitsOn || c.Proposal.Do == Abandon && e.As == c.Proposal.Approver
		c.Proposal = Proposal{}
		return c, nil
	case e.Do == Approve:
		e, c.Proposal = c.approved(e), Proposal{}
		if s, err = Find(c.State, e.Do); err != nil {
			return c, err
		}
		if err := c.Permits(e); err != nil {
			return c, err
		}
	case s.Approver != "":
		c.Proposal = Proposal{e, s.Approver}
		return c, nil
	}
	return c.done(s, e), nil
}

// approved is the proposed step as it takes effect: on the day it was approved, but what happened outside on its day.
func (c Case) approved(e Event) Event {
	p := c.Proposal.Event
	if s, err := Find(c.State, p.Do); err == nil && !s.Outside {
		p.On = e.On
	}
	p.Recorded, p.Until, p.Told = e.recorded(), e.Until, e.Told
	return p
}

// done carries out a step that nothing stands against.
func (c Case) done(s Step, e Event) Case {
	if do := effects[e.Do]; do != nil {
		c = do(c, e)
	}
	c = c.clocked(s, e)
	switch {
	case s.To == Back:
		c.State, c.back = c.back, ""
	case s.Clock == Resumes && c.waiting(): // another letter is not answered yet
	case s.To != Stay:
		c.State = s.To
	}
	if p := c.Proposal; p.Do != "" {
		if _, err := Find(c.State, p.Do); err != nil {
			c.Proposal = Proposal{} // overtaken by events
		}
	}
	return c
}

// Permits reports whether the case, the role and the person stand in the way of a step: nil, or a Refusal. It does not
// ask for fields and days, so that a page can offer what is possible.
func (c Case) Permits(e Event) error {
	s, err := Find(c.State, e.Do)
	if err != nil {
		return err
	}
	if err := c.checkRole(s, e); err != nil {
		return err
	}
	if err := c.fourEyes(s, e); err != nil {
		return err
	}
	if p := c.Proposal.Do; s.Approver != "" && p != "" && !(p == Abandon && e.Do == CorrectLate) {
		return Refusal{Why: Pending, Sentence: "“" + c.Proposal.Do.Name() + "”正在等待" + c.Proposal.Approver.Name() + "同意，请先办理", Law: s.Law}
	}
	if rule := rules[e.Do]; rule != nil {
		return rule(c, e)
	}
	return nil
}

// InTime reports whether a step would not be refused for its day, if it were taken today: nil, or a Refusal. What happened
// outside may have happened on a better day; of a late correction no day before is one.
func (c Case) InTime(e Event, today workday.Date) error {
	s, err := Find(c.State, e.Do)
	hold := limits[e.Do]
	if err != nil || hold == nil || s.Outside && e.Do != CorrectLate {
		return err
	}
	e.On, e.Recorded = today, today
	return hold(c, e)
}

// Choices lists what a person may do in a role, in the order of the table: what no rule forbids, whatever must still be
// filled in.
func (c Case) Choices(as Role, by string) []Action {
	return slices.DeleteFunc(Allowed(c.State), func(do Action) bool { return c.Permits(Event{Do: do, As: as, By: by}) != nil })
}

// checkRole asks whose step it is.
func (c Case) checkRole(s Step, e Event) error {
	by := s.By
	if p := c.Proposal; p.Do != "" && (e.Do == Approve || e.Do == Decline && e.By != p.By) {
		by = []Role{p.Approver}
	}
	if slices.Contains(by, e.As) {
		return nil
	}
	return Refusal{Why: WrongRole, Sentence: s.Do.Name() + "由" + procedure.Names(by) + "办理", Law: s.Law}
}
