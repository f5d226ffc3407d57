package foi_test

import (
	"slices"
	"testing"

	"gongkai/pb_hooks/foi"
)

// What is left of a case at its end, and afterwards.
func TestEndings(t *testing.T) {
	cal := official(t)
	jan := filed("2026-01-28")
	why := func(e *ev) { e.Reason = "原因" }
	set := func(do foi.Action, as foi.Role, on string, change func(*ev)) ev {
		return withEv(step(do, as, d(on)), change)
	}
	deliver := set(foi.Deliver, foi.Clerk, "2026-03-04", func(e *ev) { e.Way = "邮寄" })
	notOurs := foi.Reply{Outcome: foi.OutcomeNotOurs, Content: "校车路线", Reason: "由区教育局管理", OtherBody: "区教育局", OtherContact: "021-12345678"}
	archived := after(jan, signed("2026-02-06", provided), set(foi.Deliver, foi.System, "2026-02-06", func(e *ev) { e.Way = "网上" }), step(foi.Archive, foi.System, "2026-02-27"))
	for _, tt := range []struct {
		name    string
		events  []ev
		state   foi.State
		ending  foi.Ending
		clock   foi.Clock
		outcome foi.OutcomeCode
		counted bool
		late    bool
	}{
		{"open", jan, foi.Processing, foi.Open, foi.Running, "", true, false},
		{"answered in time", after(jan, signed("2026-03-03", provided)), foi.Answered, foi.WasAnswered, foi.Stopped, "1.1", true, false},
		{"signed late", after(jan, signed("2026-03-04", provided)), foi.Answered, foi.WasAnswered, foi.Stopped, "1.1", true, true},
		{"signed in time, posted late", after(jan, signed("2026-03-03", provided), deliver), foi.Answered, foi.WasAnswered, foi.Stopped, "1.1", true, true},
		{"abandoned is row 6.1", after(jan, askCorrection("2026-02-02", 10), step(foi.Abandon, foi.System, "2026-02-24"), approve("2026-02-24")), foi.Abandoned, foi.WasAbandoned, foi.Stopped, "6.1", true, false},
		{"withdrawn is row 6.3", after(jan, step(foi.Withdraw, foi.Applicant, "2026-02-02")), foi.Withdrawn, foi.WasWithdrawn, foi.Stopped, "6.3", true, false},
		{"withdrawn before it was received it is not counted", []ev{submit("2026-01-28"), step(foi.Withdraw, foi.Applicant, "2026-01-28")}, foi.Withdrawn, foi.WasWithdrawn, foi.NotStarted, "6.3", false, false},
		{"void it never was one", []ev{submit("2026-01-28"), register("2026-01-28"), set(foi.Invalidate, foi.Clerk, "2026-01-28", why), step(foi.Approve, foi.Bureau, "2026-01-29")},
			foi.Void, foi.WasVoid, foi.Stopped, "", false, false},
		{"archived", archived, foi.Archived, foi.WasAnswered, foi.Stopped, "1.1", true, false},
		{"a supplement is signed off like an answer", after(archived, set(foi.Supplement, foi.Applicant, "2026-03-10", why), signed("2026-03-12", notOurs)), foi.Answered, foi.WasAnswered, foi.Stopped, "4.1.2", true, false},
		{"sent back it is a supplement still", after(archived, set(foi.Supplement, foi.Clerk, "2026-03-10", why), draftOf("2026-03-12", notOurs), withEv(signOff(foi.Return, foi.SecrecyReviewer, "2026-03-12"), why)),
			foi.Supplementing, foi.WasAnswered, foi.Stopped, "1.1", true, false},
		{"complained about and decided it is archived again", after(archived, set(foi.Complain, foi.Clerk, "2026-03-10", func(e *ev) { e.Complaint = foi.ToBureau }),
			set(foi.Decide, foi.Bureau, "2026-03-20", func(e *ev) { e.Result = foi.Upheld })), foi.Archived, foi.WasAnswered, foi.Stopped, "1.1", true, false},
		{"handed over to the right body", after(jan, signed("2026-02-06", notOurs), set(foi.HandOver, foi.Clerk, "2026-02-06", func(e *ev) { e.Party, e.Agreed = "区教育局", true })),
			foi.Answered, foi.WasAnswered, foi.Stopped, "4.1.2", true, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := take(t, cal, tt.events)
			if err != nil {
				t.Fatal(err)
			}
			if c.State != tt.state || c.Ending != tt.ending || c.Clock != tt.clock || c.Outcome() != tt.outcome || c.IsCounted() != tt.counted || c.AnsweredLate() != tt.late {
				t.Errorf("got %s, %s, %s, %q, counted %v, late %v", c.State, c.Ending, c.Clock, c.Outcome(), c.IsCounted(), c.AnsweredLate())
			}
			if (c.Closed() == "") != (c.Ending == foi.Open) {
				t.Errorf("%s, closed on %q", c.Ending, c.Closed())
			}
		})
	}
}

// A past year keeps the outcome it was reported with.
func TestASupplementOfALaterYearDoesNotChangeThePast(t *testing.T) {
	why := withEv(step(foi.Supplement, foi.Clerk, "2026-01-05"), func(e *ev) { e.Reason = "更正" })
	c, err := take(t, official(t), after(filed("2025-12-01"), signed("2025-12-10", provided), why, signed("2026-01-06", foi.Reply{Outcome: foi.OutcomePublished, Content: "收费", Link: "https://example.edu.cn/1"})))
	if err != nil {
		t.Fatal(err)
	}
	if before, then, now := c.OutcomeBy("2025-12-09"), c.OutcomeBy("2025-12-31"), c.OutcomeBy("2026-12-31"); before != "" || then != "1.1" || now != "1.2" {
		t.Errorf("got %q, %q, %q", before, then, now)
	}
	if c.Closed() != "2025-12-10" || !c.Answers[1].Supplement || c.Answers[0].Supplement {
		t.Errorf("closed %s, %+v", c.Closed(), c.Answers)
	}
	withdrawn, _ := take(t, official(t), after(filed("2025-12-01"), step(foi.Withdraw, foi.Applicant, "2025-12-30")))
	if withdrawn.OutcomeBy("2025-12-29") != "" || withdrawn.OutcomeBy("2025-12-30") != "6.3" {
		t.Error("withdrawn on another day")
	}
}

func TestOpinions(t *testing.T) {
	cal := official(t)
	lapse := func(party string) ev {
		return ev{Do: foi.Lapse, As: foi.System, On: "2026-03-20", Party: party}
	}
	consult := func(party string, joint bool) ev {
		return withEv(step(foi.Consult, foi.Clerk, "2026-02-02"), func(e *ev) { e.Party, e.Items, e.Joint = party, "联合发文", joint })
	}
	override := withEv(step(foi.Override, foi.Principal, "2026-02-05"), func(e *ev) { e.Party, e.Reason = "甲公司", "食品安全" })
	jan := filed("2026-01-28")
	objected := after(jan, askThird("2026-02-02", "甲公司"), opinion("2026-02-04", "甲公司", foi.Objects))
	for _, tt := range []struct {
		name       string
		events     []ev
		consents   bool
		objections []string
	}{
		{"a third party that agrees", after(jan, askThird("2026-02-02", "甲公司"), opinion("2026-02-04", "甲公司", foi.Agrees)), true, nil},
		{"one that objects", objected, false, []string{"甲公司"}},
		{"in the public interest the objection gives way", after(objected, override), false, nil},
		{"silence of a third party decides nothing", after(jan, askThird("2026-02-02", "甲公司"), lapse("甲公司")), false, nil},
		{"silence of a joint maker is consent", after(jan, consult("区卫健委", true), lapse("区卫健委")), true, nil},
		{"silence of another organ is not", after(jan, consult("区卫健委", false), lapse("区卫健委")), false, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := take(t, cal, tt.events)
			if err != nil {
				t.Fatal(err)
			}
			q := c.Inquiries[0]
			if q.Consents() != tt.consents || !slices.Equal(c.Objections(), tt.objections) || c.State != foi.Processing || c.Clock != foi.Running {
				t.Errorf("got %+v, %v, %s, %s", q, c.Objections(), c.State, c.Clock)
			}
			if q.Opinion == foi.Silent && q.Closed != "2026-02-28" {
				t.Errorf("silence was resolved on %s, not on the fifteenth working day", q.Closed)
			}
			if c.Consulted() != q.Third {
				t.Errorf("consulted: %v", c.Consulted())
			}
		})
	}
}

func TestPublicationIsASeparateThing(t *testing.T) {
	answered := after(filed("2026-01-28"), signed("2026-02-06", provided))
	decline := withEv(step(foi.DeclinePublication, foi.Clerk, "2026-02-09"), func(e *ev) { e.Reason = "只涉及一名学生" })
	propose := withEv(step(foi.ProposePublication, foi.Clerk, "2026-02-10"), func(e *ev) { e.Article = "a1" })
	c, err := take(t, official(t), after(answered, decline))
	if err != nil || c.Publication != foi.Declined || c.State != foi.Answered {
		t.Fatalf("got %v, %s, %s", err, c.Publication, c.State)
	}
	if c, err = c.Take(propose); err != nil || c.Publication != foi.Proposed || c.ArticleID != "a1" {
		t.Fatalf("got %v, %s", err, c.Publication)
	}
	if _, err = c.Take(propose); code(err) != "not_now" {
		t.Errorf("proposed twice: %v", err)
	}
	refused, _ := take(t, official(t), after(filed("2026-01-28"), signed("2026-02-06", foi.Reply{Outcome: foi.OutcomeNotMade, Content: "统计表", Reason: "没有现成的统计"})))
	if _, err = refused.Take(propose); code(err) != "not_now" {
		t.Errorf("nothing was disclosed, published all the same: %v", err)
	}
}

func TestLetterOf(t *testing.T) {
	cal := official(t)
	jan := filed("2026-01-28")
	answered := after(jan, signed("2026-02-06", provided))
	why := func(e *ev) { e.Reason = "更正" }
	onSpot := onTheSpot(foi.Reply{Outcome: foi.OutcomePublished, Content: "招生计划", Link: "https://example.edu.cn/a"})
	for _, tt := range []struct {
		name   string
		before []ev
		do     ev
		want   foi.LetterKind
	}{
		{"a receipt", []ev{submit("2026-01-28")}, register("2026-01-28"), foi.LetterReceipt},
		{"nothing goes out while it is proposed", jan, askCorrection("2026-02-02", 10)[0], ""},
		{"a notice to correct once it is approved", after(jan, askCorrection("2026-02-02", 10)[:1]), approve("2026-02-02"), foi.LetterCorrection},
		{"an answer of its outcome", answered[:len(answered)-1], signOff(foi.Sign, foi.Principal, "2026-02-06"), foi.LetterAnswerDisclosed},
		{"an answer on the spot", []ev{submit("2026-01-28"), register("2026-01-28"), onSpot}, approve("2026-01-28"), foi.LetterAnswerDisclosed},
		{"a supplement", after(answered, withEv(step(foi.Supplement, foi.Clerk, "2026-02-09"), why), signed("2026-02-09", provided)[:3]), signOff(foi.Sign, foi.Principal, "2026-02-09"), foi.LetterSupplement},
		{"a secrecy review sends nothing", after(jan, draftOf("2026-02-06", provided)), signOff(foi.Clear, foi.SecrecyReviewer, "2026-02-06"), ""},
		{"what the table does not list neither", jan, signOff(foi.Sign, foi.Principal, "2026-02-06"), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := take(t, cal, tt.before)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.LetterOf(tt.do); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
