package foi_test

import (
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

// What came on paper in time is entered although the system has let the letter lapse since: the pause ends on the day it
// came. What came late is heard and moves nothing.
func TestAnOpinionIsEnteredAfterItsPeriod(t *testing.T) {
	cal := official(t)
	lapsed := after(filed("2026-09-18"), askThird("2026-09-22", "甲公司"), withEv(step(foi.Lapse, foi.System, "2026-10-20"), func(e *ev) { e.Party, e.Recorded = "甲公司", "2026-10-21" }))
	entered := func(on workday.Date, party string) ev {
		return withEv(step(foi.RecordOpinion, foi.Clerk, on), func(e *ev) {
			e.Party, e.Opinion, e.Reason, e.Recorded = party, foi.Objects, "涉及报价", "2026-10-22"
		})
	}
	inTime := entered("2026-10-12", "甲公司")
	c, err := take(t, cal, after(lapsed, inTime))
	if err != nil || c.State != foi.Processing || c.Due != "2026-11-04" || len(c.Objections()) != 1 || c.Inquiries[0].Closed != "2026-10-12" {
		t.Fatalf("in time: %v, %s, due %s, %+v", err, c.State, c.Due, c.Inquiries)
	}
	if _, err := c.Take(inTime); code(err) != "not_now" {
		t.Errorf("twice: %v", err)
	}
	c, err = take(t, cal, lapsed)
	if err != nil {
		t.Fatal(err)
	}
	late, err := c.Take(entered("2026-10-22", "甲公司"))
	if err != nil || late.Due != c.Due || len(late.Ledger) != len(c.Ledger) || len(late.Objections()) != 1 {
		t.Errorf("late: %v, due %s, %+v", err, late.Due, late.Ledger)
	}
	if _, err := c.Take(entered("2026-10-22", "乙公司")); code(err) != "not_now" {
		t.Errorf("one who was never asked: %v", err)
	}
}

// A case that was given up is answered after all if the complaint was right; the table of the year in which it ended
// stays what it was.
func TestAnAbandonedCaseIsAnsweredAfterAComplaint(t *testing.T) {
	cal := official(t)
	abandoned := after(filed("2026-06-15"), askCorrection("2026-06-17", 10), step(foi.Abandon, foi.System, "2026-07-03"), approve("2026-07-06"))
	supplement := withEv(step(foi.Supplement, foi.Clerk, "2026-07-20"), func(e *ev) { e.Reason = "申诉结果为纠正" })
	complained := func(r foi.Result) []ev {
		return after(abandoned, withEv(step(foi.Complain, foi.Bureau, "2026-07-08"), func(e *ev) { e.Complaint = foi.ToBureau }),
			withEv(step(foi.Decide, foi.Bureau, "2026-07-15"), func(e *ev) { e.Result = r }))
	}
	for name, events := range map[string][]ev{"without a complaint": abandoned, "upheld": complained(foi.Upheld)} {
		if _, err := take(t, cal, after(events, supplement)); code(err) != "not_now" || !strings.Contains(err.Error(), "第五十五条") {
			t.Errorf("%s: %v", name, err)
		}
	}
	c, err := take(t, cal, after(complained(foi.Corrected), supplement))
	if err != nil || c.State != foi.Supplementing {
		t.Fatalf("%v, %s", err, c.State)
	}
	if c, err = take(t, cal, after(complained(foi.Corrected), supplement, signed("2026-07-21", provided))); err != nil {
		t.Fatal(err)
	}
	if c.State != foi.Answered || c.Outcome() != foi.OutcomeProvided || c.Closed() != "2026-07-06" || c.OutcomeBy("2026-07-20") != foi.OutcomeAbandoned ||
		c.OutcomeBy("2026-07-21") != foi.OutcomeProvided || c.AnsweredLate() || c.Answers[0].Supplement {
		t.Errorf("%s, %s, closed %s, %s", c.State, c.Outcome(), c.Closed(), c.OutcomeBy("2026-07-20"))
	}
}

// What the day forbids is not offered.
func TestStepsOutOfTimeAreNotOffered(t *testing.T) {
	cal := official(t)
	jan := filed("2026-01-28") // due 2026-03-03, a correction is asked for by 2026-02-06
	for _, tt := range []struct {
		name    string
		events  []ev
		do      foi.Action
		as      foi.Role
		in, out workday.Date // a day on which it is in time, one on which it is not
	}{
		{"asking for a correction", jan, foi.AskCorrection, foi.Clerk, "2026-02-06", "2026-02-07"},
		{"an extension", jan, foi.Extend, foi.Clerk, "2026-03-03", "2026-03-04"},
		{"the bureau urging", jan, foi.Urge, foi.Bureau, "2026-03-03", "2026-01-29"},
		{"giving up on a correction", after(jan, askCorrection("2026-02-02", 10)), foi.Abandon, foi.Clerk, "2026-02-15", "2026-02-14"},
		{"archiving", after(jan, signed("2026-02-06", provided)), foi.Archive, foi.Clerk, "2026-02-27", "2026-02-26"},
	} {
		c, err := take(t, cal, tt.events)
		if err != nil {
			t.Fatal(err)
		}
		e := step(tt.do, tt.as, "")
		if err := c.InTime(e, tt.in); err != nil {
			t.Errorf("%s on %s: %v", tt.name, tt.in, err)
		}
		if err := c.InTime(e, tt.out); err == nil {
			t.Errorf("%s on %s is in time", tt.name, tt.out)
		}
	}
}
