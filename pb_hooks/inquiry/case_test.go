package inquiry_test

import (
	"testing"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/workday"
)

type (
	ev = inquiry.Event
	d  = workday.Date
)

func official(t testing.TB) workday.Calendar {
	t.Helper()
	c, err := workday.Official()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// persons stand for the roles where a test does not say otherwise.
var persons = map[inquiry.Role]string{inquiry.Clerk: "文员", inquiry.Department: "承办", inquiry.Officer: "主任", inquiry.Principal: "校长",
	inquiry.Receiver: "对方", inquiry.Bureau: "局"}

func step(do inquiry.Action, as inquiry.Role, on d, changes ...func(*ev)) ev {
	e := ev{Do: do, As: as, By: persons[as], On: on}
	for _, change := range changes {
		change(&e)
	}
	return e
}

func why(e *ev) { e.Reason = "原因" }

func submit(on d, channel inquiry.ChannelCode, category inquiry.CategoryCode) ev {
	return step(inquiry.Submit, inquiry.Writer, on, func(e *ev) {
		e.Channel, e.Category, e.Unit, e.MayPublish = channel, category, "一小", true
	})
}
func consult(on d) ev { return submit(on, inquiry.Consultation, inquiry.Question) }
func urgent(on d) ev  { return submit(on, inquiry.Mailbox, inquiry.Bullying) }
func accept(on d) ev  { return step(inquiry.Accept, inquiry.Clerk, on) }
func draft(on d) ev {
	return step(inquiry.SubmitAnswer, inquiry.Clerk, on, func(e *ev) { e.Hash = "h1" })
}
func answer(on d, as inquiry.Role) ev {
	return step(inquiry.Answer, as, on, func(e *ev) { e.Hash = "h1" })
}
func rate(on d, r inquiry.Rating) ev {
	return step(inquiry.Rate, inquiry.Writer, on, why, func(e *ev) { e.Rating = r })
}
func transfer(on d, to string) ev {
	return step(inquiry.Transfer, inquiry.Clerk, on, why, func(e *ev) { e.Unit = to })
}
func extend(on d, as inquiry.Role, days int) ev {
	return step(inquiry.Extend, as, on, why, func(e *ev) { e.Days, e.Interim = days, "正在核实" })
}

// answered is a question answered on a day.
func answered(from, on d) []ev {
	return []ev{consult(from), accept(from), draft(on), answer(on, inquiry.Officer)}
}

func after(events []ev, more ...ev) []ev { return append(events[:len(events):len(events)], more...) }

// take takes steps until one is refused.
func take(t testing.TB, cal workday.Calendar, events []ev) (inquiry.Case, error) {
	t.Helper()
	c, err := inquiry.Replay(nil, cal, nil)
	for _, e := range events {
		if err != nil {
			break
		}
		c, err = c.Take(e)
	}
	return c, err
}

// must takes steps none of which may be refused.
func must(t testing.TB, events []ev) inquiry.Case {
	t.Helper()
	c, err := take(t, official(t), events)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
