package order

import (
	"slices"

	"gongkai/pb_hooks/procedure"
	"gongkai/pb_hooks/workday"
)

// Replay folds the steps taken, oldest first, into where the part stands. The calendar is the present one. Steps are held
// to the table, to four eyes and to what is allowed once, but not again to their last days: those were kept by the
// calendar of their time.
func Replay(events []Event, cal workday.Calendar) (Part, error) {
	return procedure.Replay(Part{State: Draft, Clock: NotStarted, cal: cal}, events, Part.after)
}

// Take returns the part after a step that somebody wants to take now, or a Refusal. It asks all that Replay asks, and that
// everything needed is filled in and no day is missed.
func (p Part) Take(e Event) (Part, error) {
	s, err := Find(p.State, e.Do)
	if err != nil {
		return p, err
	}
	if err := p.checkDay(s, e); err != nil {
		return p, err
	}
	if err := p.Permits(e); err != nil {
		return p, err
	}
	e.Told = "" // what is not told yet is computed
	for _, check := range []func(Part, Event) error{asks[e.Do], limits[e.Do]} {
		if check == nil {
			continue
		}
		if err := check(p, e); err != nil {
			return p, err
		}
	}
	next, err := p.after(e)
	if err != nil {
		return p, err
	}
	return next, nil
}

// checkDay asks whether a step may take effect on its day: no talk is held before there is an order.
func (p Part) checkDay(s Step, e Event) error {
	day := procedure.Day{On: e.On, Recorded: e.recorded(), Last: p.last, Outside: s.Outside}
	fault := day.Fault(s.Do.Name())
	if fault == "" && s.Outside && e.On < p.Issued {
		fault = "日期不能早于发出的日期 " + string(p.Issued)
	}
	if fault != "" {
		return Refusal{Why: Malformed, Field: "on", Sentence: fault, Law: s.Law}
	}
	return nil
}

// after returns the part after a step: taken, or taken now and found good.
func (p Part) after(e Event) (Part, error) {
	s, err := Find(p.State, e.Do)
	if err != nil {
		return p, err
	}
	if err := p.Permits(e); err != nil {
		return p, err
	}
	p.last = max(p.last, e.On)
	if do := effects[e.Do]; do != nil {
		p = do(p, e)
	}
	p = p.clocked(s, e)
	if s.To != Stay {
		p.State = s.To
	}
	return p, nil
}

// Permits reports whether the part, the role and the person stand in the way of a step: nil, or a Refusal. It does not ask
// for fields and days, so that a page can offer what is possible.
func (p Part) Permits(e Event) error {
	s, err := Find(p.State, e.Do)
	if err != nil {
		return err
	}
	if !slices.Contains(s.By, e.As) {
		return Refusal{Why: WrongRole, Sentence: s.Do.Name() + "由" + procedure.Names(s.By) + "办理", Law: s.Law}
	}
	if e.As != System && e.By == "" {
		return Refusal{Why: SamePerson, Sentence: "这一步要由具名的人员办理", Law: s.Law}
	}
	if rule := rules[e.Do]; rule != nil {
		return rule(p, e)
	}
	return nil
}

// InTime reports whether a step would not be refused for its day, if it were taken today: nil, or a Refusal.
func (p Part) InTime(e Event, today workday.Date) error {
	if _, err := Find(p.State, e.Do); err != nil || limits[e.Do] == nil {
		return err
	}
	e.On, e.Recorded = today, today
	return limits[e.Do](p, e)
}

// Choices lists what a person may do in a role, in the order of the table: what no rule forbids, whatever must still be
// filled in.
func (p Part) Choices(as Role, by string) []Action {
	return slices.DeleteFunc(Actions(), func(do Action) bool { return p.Permits(Event{Do: do, As: as, By: by}) != nil })
}
