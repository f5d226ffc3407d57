package foi_test

import (
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
)

func TestSteps(t *testing.T) {
	cal := official(t)
	jan := filed("2026-01-28") // due 2026-03-03, correction notice by 2026-02-06
	waiting := after(jan, askCorrection("2026-02-02", 10))
	third := after(jan, askThird("2026-02-02", "甲公司"))
	answered := after(jan, signed("2026-02-06", provided))
	delivered := after(answered, withEv(step(foi.Deliver, foi.Clerk, "2026-02-06"), func(e *ev) { e.Way = "邮寄" }))
	late := func(on string) ev {
		return withEv(step(foi.CorrectLate, foi.Applicant, d(on)), func(e *ev) { e.Reason = "住院" })
	}
	set := func(do foi.Action, as foi.Role, on string, change func(*ev)) ev {
		return withEv(step(do, as, d(on)), change)
	}
	why := func(e *ev) { e.Reason = "原因" }
	for _, tt := range []struct {
		name   string
		events []ev
		state  foi.State
		code   string // of the last step; "" if it is taken
		law    string
	}{
		{"filed online", []ev{submit("2026-01-28")}, foi.Submitted, "", ""},
		{"by a way that is not listed", []ev{withEv(submit("2026-01-28"), func(e *ev) { e.Channel = "dove" })}, foi.Draft, "missing", "三十一"},
		{"not registered before it came", []ev{submit("2026-01-28"), register("2026-01-27")}, foi.Submitted, "malformed", "三十一"},
		{"not received later because nobody looked", []ev{submit("2026-01-28"), register("2026-01-30")}, foi.Submitted, "too_late", "三十一"},
		{"not registered twice", after(jan, register("2026-01-28")), foi.Processing, "illegal_step", "三十一"},
		{"not by the department", []ev{submit("2026-01-28"), step(foi.Register, foi.Department, "2026-01-28")}, foi.Submitted, "wrong_role", "三十一"},
		{"not by nobody", []ev{submit("2026-01-28"), withEv(register("2026-01-28"), func(e *ev) { e.By = "" })}, foi.Submitted, "same_person", "三十一"},
		{"nothing happens tomorrow", []ev{submit("2026-01-28"), withEv(register("2026-01-29"), func(e *ev) { e.Recorded = "2026-01-28" })}, foi.Submitted, "malformed", "三十一"},
		{"not on a day that is none", []ev{submit("2026-02-30")}, foi.Draft, "malformed", "二十九"},
		{"what came on paper may be entered later", []ev{withEv(submit("2026-01-28"), func(e *ev) { e.Channel, e.Recorded = foi.SignedPost, "2026-02-02" })}, foi.Submitted, "", ""},
		{"but the house does not date back", after(jan, withEv(assign("2026-01-29"), func(e *ev) { e.Recorded = "2026-02-02" })), foi.Processing, "malformed", "四十五"},
		{"nor step before the last step", after(jan, assign("2026-01-27")), foi.Processing, "malformed", "四十五"},

		{"a correction is asked for with the officer's approval", waiting, foi.Correcting, "", ""},
		{"proposed only, the case stays", waiting[:len(waiting)-1], foi.Processing, "", ""},
		{"without saying what to correct", after(jan, set(foi.AskCorrection, foi.Clerk, "2026-02-02", func(e *ev) { e.Days = 10 })), foi.Processing, "missing", "三十"},
		{"with a period that is too short", after(jan, askCorrection("2026-02-02", 4)[:1]), foi.Processing, "out_of_range", "三十"},
		{"with a period that is too long", after(jan, askCorrection("2026-02-02", 61)[:1]), foi.Processing, "out_of_range", "三十"},
		{"on the seventh working day", after(jan, askCorrection("2026-02-06", 10)), foi.Correcting, "", ""},
		{"not on the eighth", after(jan, askCorrection("2026-02-09", 10)[:1]), foi.Processing, "too_late", "三十"},
		{"nor approved on the eighth", after(jan, askCorrection("2026-02-06", 10)[:1], approve("2026-02-09")), foi.Processing, "too_late", "三十"},
		{"a second time", after(waiting, correct("2026-02-03"), askCorrection("2026-02-04", 10)[:1]), foi.Processing, "once_only", "三十"},
		{"corrected in time", after(waiting, correct("2026-02-14")), foi.Processing, "", ""},
		{"corrected too late", after(waiting, correct("2026-02-15")), foi.Correcting, "too_late", "三十"},
		{"corrected before it was asked for", after(waiting, correct("2026-02-01")), foi.Correcting, "malformed", "三十"},
		{"late with a reason it waits for the officer", after(waiting, late("2026-02-26")), foi.Correcting, "", ""},
		{"and goes on if the officer agrees", after(waiting, late("2026-02-26"), approve("2026-02-28")), foi.Processing, "", ""},
		{"late without a reason", after(waiting, withEv(late("2026-02-26"), func(e *ev) { e.Reason = " " })), foi.Correcting, "missing", "三十"},
		{"late although it is not", after(waiting, late("2026-02-14")), foi.Correcting, "too_early", "三十"},
		{"not given up before the period is over", after(waiting, step(foi.Abandon, foi.System, "2026-02-14")), foi.Correcting, "too_early", "三十"},
		{"given up with the officer's approval", after(waiting, step(foi.Abandon, foi.System, "2026-02-26"), approve("2026-02-26")), foi.Abandoned, "", ""},
		{"a late correction overtakes giving up", after(waiting, step(foi.Abandon, foi.System, "2026-02-26"), late("2026-02-26"), approve("2026-02-27")), foi.Processing, "", ""},
		{"no answer while a correction is waited for", after(waiting, draftOf("2026-02-03", provided)), foi.Correcting, "illegal_step", "三十六"},

		{"a third party is asked", third, foi.ThirdParty, "", ""},
		{"one letter for each", after(third, askThird("2026-02-03", "甲公司")[:1]), foi.ThirdParty, "not_now", "三十二"},
		{"another at the same time", after(third, askThird("2026-02-03", "乙公司"), opinion("2026-02-04", "甲公司", foi.Agrees)), foi.ThirdParty, "", ""},
		{"when both have answered it goes on", after(third, askThird("2026-02-03", "乙公司"), opinion("2026-02-04", "甲公司", foi.Agrees), opinion("2026-02-05", "乙公司", foi.Objects)), foi.Processing, "", ""},
		{"an opinion of somebody not asked", after(third, opinion("2026-02-04", "丙公司", foi.Agrees)), foi.ThirdParty, "not_now", "三十二"},
		{"an opinion that is none", after(third, opinion("2026-02-04", "甲公司", "maybe")), foi.ThirdParty, "missing", "三十二"},
		{"an opinion before the letter", after(third, opinion("2026-02-01", "甲公司", foi.Agrees)), foi.ThirdParty, "malformed", "三十二"},
		{"silence is not assumed early", after(third, set(foi.Lapse, foi.System, "2026-02-28", func(e *ev) { e.Party = "甲公司" })), foi.ThirdParty, "too_early", "三十二"},
		{"no draft while opinions are waited for", after(third, draftOf("2026-02-04", provided)), foi.ThirdParty, "illegal_step", "三十六"},

		{"extended once", after(jan, extend("2026-03-03", 20)), foi.Processing, "", ""},
		{"not twice", after(jan, extend("2026-02-06", 5), extend("2026-02-09", 5)[:1]), foi.Processing, "once_only", "三十三"},
		{"not again after a correction", after(jan, extend("2026-02-02", 5), askCorrection("2026-02-03", 10), correct("2026-02-04"), extend("2026-02-09", 5)[:1]), foi.Processing, "once_only", "三十三"},
		{"not by more than the law allows", after(jan, extend("2026-02-06", 21)[:1]), foi.Processing, "out_of_range", "三十三"},
		{"not by nothing", after(jan, extend("2026-02-06", 0)[:1]), foi.Processing, "out_of_range", "三十三"},
		{"not without a reason", after(jan, set(foi.Extend, foi.Clerk, "2026-02-06", func(e *ev) { e.Days = 5 })), foi.Processing, "missing", "三十三"},
		{"not after the due day", after(jan, extend("2026-03-04", 5)[:1]), foi.Processing, "too_late", "三十三"},
		{"nor approved after it", after(jan, extend("2026-03-03", 5)[:1], approve("2026-03-04")), foi.Processing, "too_late", "三十三"},
		{"not while a correction is waited for", after(waiting, extend("2026-02-03", 5)[:1]), foi.Correcting, "illegal_step", "三十三"},
		{"one proposal at a time", after(jan, extend("2026-02-06", 5)[:1], askCorrection("2026-02-06", 10)[:1]), foi.Processing, "proposal_pending", "三十"},
		{"nothing to approve", after(jan, approve("2026-02-06")), foi.Processing, "nothing_proposed", "四十五"},
		{"declined with a reason", after(jan, extend("2026-02-06", 5)[:1], set(foi.Decline, foi.Officer, "2026-02-06", why)), foi.Processing, "", ""},
		{"taken back by who proposed it", after(jan, extend("2026-02-06", 5)[:1], set(foi.Decline, foi.Clerk, "2026-02-06", why)), foi.Processing, "", ""},
		{"not by another clerk", after(jan, extend("2026-02-06", 5)[:1], set(foi.Decline, foi.Clerk, "2026-02-06", func(e *ev) { e.By, e.Reason = "别人", "原因" })), foi.Processing, "wrong_role", "四十五"},

		{"no answer without sign-off", after(jan, signOff(foi.Sign, foi.Principal, "2026-02-06")), foi.Processing, "not_signed_off", "十七"},
		{"nor straight after the secrecy review", after(jan, draftOf("2026-02-06", provided), signOff(foi.Clear, foi.SecrecyReviewer, "2026-02-06"), signOff(foi.Sign, foi.Principal, "2026-02-06")), foi.OfficerReviewing, "not_signed_off", "十七"},
		{"nor without the secrecy review", after(jan, draftOf("2026-02-06", provided), signOff(foi.Endorse, foi.Officer, "2026-02-06")), foi.SecrecyReviewing, "not_signed_off", "十七"},
		{"an answer of an unknown kind", after(jan, draftOf("2026-02-06", foi.Reply{Outcome: "9"})), foi.Processing, "unknown_outcome", ""},
		{"an answer without its kind", after(jan, draftOf("2026-02-06", foi.Reply{})), foi.Processing, "missing", "三十六"},
		{"an answer that says less than it must", after(jan, draftOf("2026-02-06", foi.Reply{Outcome: foi.OutcomeProvided, Content: "合同"})), foi.Processing, "missing", "三十六"},
		{"still unclear, though nothing was corrected", after(jan, draftOf("2026-02-06", foi.Reply{Outcome: foi.OutcomeUnclear})), foi.Processing, "not_now", "三十"},
		{"abandoned is no answer", after(jan, draftOf("2026-02-06", foi.Reply{Outcome: foi.OutcomeAbandoned})), foi.Processing, "not_now", "三十"},
		{"against a third party without a word", after(third, opinion("2026-02-04", "甲公司", foi.Objects), draftOf("2026-02-06", provided)), foi.Processing, "missing", "三十二"},
		{"signed by all it is answered", answered, foi.Answered, "", ""},
		{"a draft that is not the one submitted", after(jan, draftOf("2026-02-06", provided), withEv(signOff(foi.Clear, foi.SecrecyReviewer, "2026-02-06"), func(e *ev) { e.Hash = "h2" })), foi.SecrecyReviewing, "other_text", "十七"},
		{"a draft not looked at", after(jan, draftOf("2026-02-06", provided), step(foi.Clear, foi.SecrecyReviewer, "2026-02-06")), foi.SecrecyReviewing, "missing", "十七"},
		{"sent back with a reason", after(jan, draftOf("2026-02-06", provided), withEv(signOff(foi.Return, foi.SecrecyReviewer, "2026-02-06"), why)), foi.Processing, "", ""},
		{"not without", after(jan, draftOf("2026-02-06", provided), signOff(foi.Return, foi.SecrecyReviewer, "2026-02-06")), foi.SecrecyReviewing, "missing", "四十五"},

		{"on the spot what is public already", []ev{submit("2026-01-28"), register("2026-01-28"), onTheSpot(foi.Reply{Outcome: foi.OutcomePublished, Content: "招生计划", Link: "https://example.edu.cn/a"}), approve("2026-01-28")}, foi.Answered, "", ""},
		{"not on the spot what was never reviewed", []ev{submit("2026-01-28"), register("2026-01-28"), onTheSpot(provided)}, foi.Registered, "not_signed_off", "十七"},

		{"withdrawn", after(third, step(foi.Withdraw, foi.Applicant, "2026-02-04")), foi.Withdrawn, "", ""},
		{"not by the school", after(third, step(foi.Withdraw, foi.Clerk, "2026-02-04")), foi.ThirdParty, "wrong_role", "二十九"},
		{"not once answered", after(answered, step(foi.Withdraw, foi.Applicant, "2026-02-09")), foi.Answered, "illegal_step", "二十九"},
		{"nor while the answer is supplemented", after(answered, set(foi.Supplement, foi.Clerk, "2026-02-09", why), draftOf("2026-02-09", provided), step(foi.Withdraw, foi.Applicant, "2026-02-09")), foi.SecrecyReviewing, "not_now", "二十九"},
		{"void with the bureau's approval", []ev{submit("2026-01-28"), set(foi.Invalidate, foi.Clerk, "2026-01-28", why), step(foi.Approve, foi.Bureau, "2026-01-28")}, foi.Void, "", ""},
		{"not with the officer's", []ev{submit("2026-01-28"), set(foi.Invalidate, foi.Clerk, "2026-01-28", why), approve("2026-01-28")}, foi.Submitted, "wrong_role", "四十五"},
		{"not once it is in hand", after(jan, set(foi.Invalidate, foi.Clerk, "2026-01-29", why)), foi.Processing, "illegal_step", "二十九"},

		{"not archived before it is delivered", after(answered, step(foi.Archive, foi.Clerk, "2026-03-02")), foi.Answered, "not_now", "四十五"},
		{"nor within ten working days", after(delivered, step(foi.Archive, foi.System, "2026-02-26")), foi.Answered, "too_early", "四十五"},
		{"nor with a dossier that lacks something", after(delivered, set(foi.Archive, foi.System, "2026-02-27", func(e *ev) { e.Lacking = []string{"送达回证"} })), foi.Answered, "missing", "四十五"},
		{"archived after them", after(delivered, step(foi.Archive, foi.System, "2026-02-27")), foi.Archived, "", ""},
		{"delivered before it was signed", after(answered, set(foi.Deliver, foi.Clerk, "2026-02-05", func(e *ev) { e.Way = "邮寄" })), foi.Answered, "malformed", "四十"},
		{"not handed over but to the right body", after(answered, set(foi.HandOver, foi.Clerk, "2026-02-09", func(e *ev) { e.Party, e.Agreed = "某局", true })), foi.Answered, "not_now", "三十六"},
		{"complained about to the bureau", after(answered, set(foi.Complain, foi.Applicant, "2026-03-20", func(e *ev) { e.Complaint = foi.ToBureau })), foi.Complained, "", ""},
		{"urged in time for nothing", after(jan, step(foi.Urge, foi.Bureau, "2026-01-29")), foi.Processing, "not_now", "四十六"},
		{"urged five days before", after(jan, step(foi.Urge, foi.Bureau, "2026-02-25")), foi.Processing, "", ""},
		{"an order by the system only when overdue", after(jan, set(foi.Order, foi.System, "2026-03-03", why)), foi.Processing, "not_now", "四十六"},
		{"the bureau never answers for the school", after(jan, step(foi.SubmitAnswer, foi.Bureau, "2026-02-06")), foi.Processing, "wrong_role", "三十六"},
		{"no override where nobody objects", after(third, set(foi.Override, foi.Principal, "2026-02-03", func(e *ev) { e.Party, e.Reason = "甲公司", "食品安全" })), foi.ThirdParty, "not_now", "三十二"},
		{"no recount where nothing moves", after(jan, step(foi.Recount, foi.System, "2026-02-03")), foi.Processing, "not_now", "三十三"},
		{"not published for all without a reason", after(answered, step(foi.DeclinePublication, foi.Clerk, "2026-02-09")), foi.Answered, "missing", "四十四"},
		{"nothing the table does not know", after(jan, step("erase", foi.Clerk, "2026-02-09")), foi.Processing, "illegal_step", "四十五"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := take(t, cal, tt.events)
			if c.State != tt.state || code(err) != tt.code {
				t.Fatalf("got %s, %v (%s); want %s, %q", c.State, err, code(err), tt.state, tt.code)
			}
			if err != nil && tt.law != "" && !strings.Contains(err.Error(), "条例第"+tt.law+"条") {
				t.Errorf("%q does not rest on 第%s条", err, tt.law)
			}
			if r, ok := err.(foi.Refusal); ok && (r.Article() == "" || r.Params()["article"] != r.Law || strings.ContainsAny(r.Sentence, "{}%")) {
				t.Errorf("got %#v", r)
			}
		})
	}
}
