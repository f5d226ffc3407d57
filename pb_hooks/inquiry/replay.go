package inquiry

import (
	"slices"

	"gongkai/pb_hooks/procedure"
	"gongkai/pb_hooks/workday"
)

// Replay folds the steps taken, oldest first, into where the letter stands. The calendar is the present one; the levels
// are those of the day it was submitted. Steps are held to the table, to four eyes and to what is allowed once, but not
// again to their last days: those were kept by the calendar of their time.
func Replay(events []Event, cal workday.Calendar, levels ServiceLevels) (Case, error) {
	return procedure.Replay(Case{State: Draft, Clock: NotStarted, Publication: Undecided, cal: cal, levels: levels}, events, Case.after)
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
	e.Told = "" // what is not told yet is computed
	for _, check := range []func(Case, Event) error{asks[e.Do], limits[e.Do]} {
		if check == nil {
			continue
		}
		if err := check(c, e); err != nil {
			return c, err
		}
	}
	next, err := c.after(e)
	if err != nil {
		return c, err
	}
	return next, nil
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
	if do := effects[e.Do]; do != nil {
		if c, err = do(c, e); err != nil {
			return c, err
		}
	}
	c = c.clocked(s, e)
	switch s.To {
	case Stay:
	case Back:
		c.State, c.back = c.back, ""
	case RedoOrEnd:
		c.State = Rated
		if c.reopensNow() {
			c.State = Redoing
		}
	default:
		c.State = s.To
	}
	return c, nil
}

// Permits reports whether the case, the role and the person stand in the way of a step: nil, or a Refusal. It does not
// ask for fields and days, so that a page can offer what is possible.
func (c Case) Permits(e Event) error {
	s, err := Find(c.State, e.Do)
	if err != nil {
		return err
	}
	if !slices.Contains(s.By, e.As) {
		return wrongRole(s, s.By...)
	}
	if err := c.fourEyes(s, e); err != nil {
		return err
	}
	if rule := rules[e.Do]; rule != nil {
		return rule(c, e)
	}
	return nil
}

// InTime reports whether a step would not be refused for its day, if it were taken today: nil, or a Refusal.
func (c Case) InTime(e Event, today workday.Date) error {
	if _, err := Find(c.State, e.Do); err != nil || limits[e.Do] == nil {
		return err
	}
	e.On, e.Recorded = today, today
	return limits[e.Do](c, e)
}

// Choices lists what a person may do in a role, in the order of the table: what no rule forbids, whatever must still be
// filled in.
func (c Case) Choices(as Role, by string) []Action {
	return slices.DeleteFunc(Allowed(c.State), func(do Action) bool { return c.Permits(Event{Do: do, As: as, By: by}) != nil })
}

func wrongRole(s Step, by ...Role) error {
	return Refusal{Why: WrongRole, Sentence: s.Do.Name() + "由" + procedure.Names(by) + "办理", Law: s.Law}
}
