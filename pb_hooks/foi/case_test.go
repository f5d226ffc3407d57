package foi_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

type ev = foi.Event

func official(t testing.TB) workday.Calendar {
	t.Helper()
	c, err := workday.Official()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// persons stand for the roles where a test does not say otherwise.
var persons = map[foi.Role]string{foi.Clerk: "文员", foi.Department: "承办", foi.SecrecyReviewer: "保密", foi.Officer: "主任", foi.Principal: "校长", foi.Bureau: "局"}

func step(do foi.Action, as foi.Role, on workday.Date) ev {
	return ev{Do: do, As: as, By: persons[as], On: on}
}

func withEv(e ev, change func(*ev)) ev { change(&e); return e }

func submit(on workday.Date) ev {
	return withEv(step(foi.Submit, foi.Applicant, on), func(e *ev) { e.Channel = foi.Online })
}
func register(on workday.Date) ev { return step(foi.Register, foi.Clerk, on) }
func assign(on workday.Date) ev {
	return withEv(step(foi.Assign, foi.Clerk, on), func(e *ev) { e.Party = "教导处" })
}
func approve(on workday.Date) ev { return step(foi.Approve, foi.Officer, on) }

// filed is submitted, registered and given to a department on one day.
func filed(on workday.Date) []ev { return []ev{submit(on), register(on), assign(on)} }

func askCorrection(on workday.Date, days int) []ev {
	return []ev{withEv(step(foi.AskCorrection, foi.Clerk, on), func(e *ev) { e.Items, e.Days = "请写明要哪一年的收费", days }), approve(on)}
}
func correct(on workday.Date) ev { return step(foi.Correct, foi.Applicant, on) }

func askThird(on workday.Date, party string) []ev {
	return []ev{withEv(step(foi.AskThirdParty, foi.Clerk, on), func(e *ev) { e.Party, e.Items = party, "供餐合同" }), approve(on)}
}
func opinion(on workday.Date, party string, o foi.Opinion) ev {
	return withEv(step(foi.RecordOpinion, foi.Third, on), func(e *ev) { e.Party, e.Opinion = party, o })
}
func extend(on workday.Date, days int) []ev {
	return []ev{withEv(step(foi.Extend, foi.Clerk, on), func(e *ev) { e.Days, e.Reason = days, "资料量大" }), approve(on)}
}

func draftOf(on workday.Date, r foi.Reply) ev {
	return withEv(step(foi.SubmitAnswer, foi.Clerk, on), func(e *ev) { e.Hash, e.Reply = "h1", r })
}

var provided = foi.Reply{Outcome: foi.OutcomeProvided, Content: "收费项目和标准", Obtain: "随答复书邮寄"}

func signOff(do foi.Action, as foi.Role, on workday.Date) ev {
	return withEv(step(do, as, on), func(e *ev) { e.Hash = "h1" })
}

// signed is a draft and its whole sign-off on one day.
func signed(on workday.Date, r foi.Reply) []ev {
	return []ev{draftOf(on, r), signOff(foi.Clear, foi.SecrecyReviewer, on), signOff(foi.Endorse, foi.Officer, on), signOff(foi.Sign, foi.Principal, on)}
}

// take takes the steps one after the other as new ones; the error is that of the last.
func take(t *testing.T, cal workday.Calendar, events []ev) (foi.Case, error) {
	t.Helper()
	c, err := foi.Replay(nil, cal, foi.DefaultTerms)
	for i, e := range events {
		var next foi.Case
		if next, err = c.Take(e); err != nil {
			if i < len(events)-1 {
				t.Fatalf("step %d, %s: %v", i, e.Do, err)
			}
			return c, err
		}
		c = next
	}
	return c, err
}

// after joins steps and lists of steps.
func after(parts ...any) []ev {
	var all []ev
	for _, p := range parts {
		switch p := p.(type) {
		case ev:
			all = append(all, p)
		case []ev:
			all = append(all, p...)
		}
	}
	return slices.Clone(all)
}

func code(err error) string {
	var c interface{ Code() string }
	if errors.As(err, &c) {
		return strings.TrimPrefix(c.Code(), "foi_")
	}
	return ""
}

// The test vectors of the specification, one whole case each.
func TestDueDays(t *testing.T) {
	cal := official(t)
	autumn := filed("2026-09-18")
	for _, tt := range []struct {
		name                     string
		events                   []ev
		due, noticeBy, fixBy, by workday.Date // by: last day of the third party
	}{
		{"over Spring Festival", filed("2026-01-28"), "2026-03-03", "2026-02-06", "", ""},
		{"make-up days before and after it count", filed("2026-02-13"), "2026-03-19", "2026-03-02", "", ""},
		{"over the Dragon Boat festival", filed("2026-06-15"), "2026-07-14", "2026-06-25", "", ""},
		{"a correction is waited for ten working days, without any due day", after(filed("2026-06-15"), askCorrection("2026-06-17", 10)), "", "2026-06-25", "2026-07-02", ""},
		{"and starts the period at zero", after(filed("2026-06-15"), askCorrection("2026-06-17", 0), correct("2026-06-30")), "2026-07-28", "2026-06-25", "2026-07-02", ""},
		{"over National Day", autumn, "2026-10-22", "2026-09-29", "", ""},
		{"a third party has fifteen working days", after(autumn, askThird("2026-09-22", "甲公司")), "2026-11-12", "2026-09-29", "", "2026-10-20"},
		{"the nine it took are not counted", after(autumn, askThird("2026-09-22", "甲公司"), opinion("2026-10-12", "甲公司", foi.Agrees)), "2026-11-04", "2026-09-29", "", "2026-10-20"},
		{"an extension adds twenty", after(autumn, askThird("2026-09-22", "甲公司"), opinion("2026-10-12", "甲公司", foi.Agrees), extend("2026-10-30", 20)),
			"2026-12-02", "2026-09-29", "", "2026-10-20"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := take(t, cal, tt.events)
			if err != nil {
				t.Fatal(err)
			}
			by := workday.Date("")
			if len(c.Inquiries) > 0 {
				by = c.Inquiries[0].Until
			}
			if c.Due != tt.due || c.NoticeBy != tt.noticeBy || c.Correction.Until != tt.fixBy || by != tt.by {
				t.Errorf("got due %s, notice by %s, correction by %s, opinion by %s; want %s, %s, %s, %s",
					c.Due, c.NoticeBy, c.Correction.Until, by, tt.due, tt.noticeBy, tt.fixBy, tt.by)
			}
			again, err := foi.Replay(tt.events, cal, foi.DefaultTerms)
			if err != nil || again.Due != c.Due || again.State != c.State {
				t.Errorf("replayed: %v, due %s, %s", err, again.Due, again.State)
			}
		})
	}
}

func d(text string) workday.Date { return workday.Date(text) }

func onTheSpot(r foi.Reply) ev {
	return withEv(step(foi.AnswerAtOnce, foi.Clerk, "2026-01-28"), func(e *ev) { e.Reply = r })
}
