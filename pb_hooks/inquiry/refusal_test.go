package inquiry_test

import (
	"errors"
	"strings"
	"testing"

	"gongkai/pb_hooks/inquiry"
)

// TestSteps takes the steps of each row: all but the last are taken, the last is taken or refused with the kind, the
// field and words of the sentence.
func TestSteps(t *testing.T) {
	const mon, tue, wed = d("2026-06-08"), d("2026-06-09"), d("2026-06-10")
	in := []ev{consult(mon), accept(mon)}
	review := after(in, draft(tue))
	done := after(review, answer(tue, inquiry.Officer))
	redoing := after(done, rate(wed, inquiry.Dissatisfied))
	redone := after(redoing, draft("2026-06-11"), answer("2026-06-11", inquiry.Officer))
	rated := after(done, rate(wed, inquiry.Satisfied))
	offered := []ev{consult(mon), transfer(mon, "二小")}
	back := after(offered, step(inquiry.GiveBack, inquiry.Receiver, tue, why))
	report := []ev{urgent(mon), accept(mon)}
	propose := step(inquiry.ProposePublication, inquiry.Clerk, wed, func(e *ev) { e.Hash, e.Writers = "p1", []string{"整理"} })
	publish := func(by string) ev {
		return step(inquiry.Publish, inquiry.Officer, wed, func(e *ev) { e.Hash, e.By = "p1", by })
	}
	published := after(rated, propose, publish("主任"))
	order := step(inquiry.Order, inquiry.Bureau, mon, why, func(e *ev) { e.Until = "2026-06-12" })
	ordered := after(report, order)
	replied := after(ordered, step(inquiry.ReplyOrder, inquiry.Clerk, tue, why))
	erratum := []ev{submit(mon, inquiry.Erratum, inquiry.Mistake), accept(mon)}
	classify := func(as inquiry.Role, to inquiry.CategoryCode) ev {
		return step(inquiry.Classify, as, mon, func(e *ev) { e.Category = to })
	}
	refuse := func(as inquiry.Role) ev {
		return step(inquiry.Refuse, as, mon, func(e *ev) { e.Ground, e.Right = inquiry.Proceedings, "教育局信访窗口" })
	}
	do := func(do inquiry.Action, as inquiry.Role, on d, changes ...func(*ev)) ev {
		return step(do, as, on, changes...)
	}
	set := func(e ev, change func(*ev)) ev { change(&e); return e }
	assigned := after(in, do(inquiry.Assign, inquiry.Clerk, mon, func(e *ev) { e.Department = "总务处" }))
	handBack := do(inquiry.HandBack, inquiry.Department, mon, why)
	for _, tt := range []struct {
		name   string
		events []ev
		state  inquiry.State
		why    inquiry.Why // of the last step; "" if it is taken
		field  string
		words  string
	}{
		{"a question", []ev{consult(mon)}, "submitted", "", "", ""},
		{"to no channel", []ev{submit(mon, "dove", inquiry.Question)}, "draft", "missing", "channel", "渠道"},
		{"as an opinion", []ev{submit(mon, inquiry.Opinions, inquiry.Question)}, "draft", "malformed", "channel", "意见征集"},
		{"about nothing", []ev{submit(mon, inquiry.Consultation, "")}, "draft", "missing", "category", "类别"},
		{"about what the channel does not take", []ev{submit(mon, inquiry.Consultation, inquiry.Complaint)}, "draft", "malformed", "category", "投诉"},
		{"to nobody", []ev{set(consult(mon), func(e *ev) { e.Unit = " " })}, "draft", "missing", "unit", "单位"},
		{"to a closed school", []ev{set(consult(mon), func(e *ev) { e.Closed = true })}, "draft", "malformed", "unit", "撤并"},
		{"by telephone, entered later", []ev{set(consult(mon), func(e *ev) { e.As, e.By, e.Recorded = inquiry.Clerk, "文员", wed })}, "submitted", "", "", ""},
		{"on a day that is none", []ev{consult("2026-02-30")}, "draft", "malformed", "on", "有效"},
		{"tomorrow", []ev{set(consult(tue), func(e *ev) { e.Recorded = mon })}, "draft", "malformed", "on", "今天"},
		{"held", []ev{consult(mon), do(inquiry.Hold, inquiry.System, mon, why)}, "held", "", "", ""},
		{"held without saying why", []ev{consult(mon), do(inquiry.Hold, inquiry.System, mon)}, "submitted", "missing", "reason", "核查"},
		{"a held letter is released", []ev{consult(mon), do(inquiry.Hold, inquiry.System, mon, why), do(inquiry.Release, inquiry.Clerk, tue)}, "submitted", "", "", ""},
		{"accepted late all the same", []ev{consult(mon), accept("2026-06-30")}, "accepted", "", "", ""},
		{"accepted in the past", []ev{consult(mon), set(accept(mon), func(e *ev) { e.Recorded = tue })}, "submitted", "malformed", "on", "当天"},
		{"accepted before it was written", []ev{consult(tue), accept(mon)}, "submitted", "malformed", "on", "上一个环节"},
		{"accepted by nobody", []ev{consult(mon), set(accept(mon), func(e *ev) { e.By = "" })}, "submitted", "same_person", "", "具名"},
		{"accepted by the department", []ev{consult(mon), do(inquiry.Accept, inquiry.Department, mon)}, "submitted", "wrong_role", "", "专管员"},

		{"refused with the right channel", []ev{consult(mon), refuse(inquiry.Clerk)}, "refused", "", "", ""},
		{"refused without a ground", []ev{consult(mon), set(refuse(inquiry.Clerk), func(e *ev) { e.Ground = "" })}, "submitted", "missing", "ground", "原因"},
		{"refused without the right channel", []ev{consult(mon), set(refuse(inquiry.Clerk), func(e *ev) { e.Right = " " })}, "submitted", "missing", "right", "渠道"},
		{"an urgent one refused by the clerk", []ev{urgent(mon), refuse(inquiry.Clerk)}, "submitted", "wrong_role", "", "校长决定"},
		{"by the principal", []ev{urgent(mon), refuse(inquiry.Principal)}, "refused", "", "", ""},
		{"refused once accepted", after(in, refuse(inquiry.Clerk)), "accepted", "illegal_step", "", "已受理"},
		{"a question turns out to be urgent", after(in, classify(inquiry.Clerk, inquiry.Harm)), "accepted", "", "", ""},
		{"classified as what it is", after(in, classify(inquiry.Clerk, inquiry.Question)), "accepted", "not_now", "", "咨询"},
		{"classified as nothing", after(in, classify(inquiry.Clerk, "")), "accepted", "missing", "category", "类别"},
		{"classified as another channel's", after(in, classify(inquiry.Clerk, inquiry.Mistake)), "accepted", "malformed", "category", "纠错"},
		{"the clerk does not make it less urgent", after(report, classify(inquiry.Clerk, inquiry.Help)), "accepted", "wrong_role", "category", "校长"},
		{"the principal may", after(report, classify(inquiry.Principal, inquiry.Help)), "accepted", "", "", ""},
		{"the clerk does not open it to more people", after(report, classify(inquiry.Clerk, inquiry.FoodSafety)), "accepted", "wrong_role", "category", "保密"},

		{"assigned", assigned, "handling", "", "", ""},
		{"assigned to nobody", after(in, do(inquiry.Assign, inquiry.Clerk, mon)), "accepted", "missing", "department", "部门"},
		{"handed back by the department", after(assigned, handBack), "accepted", "", "", ""},
		{"without a reason", after(assigned, set(handBack, func(e *ev) { e.Reason = "" })), "handling", "missing", "reason", "理由"},
		{"and no second time", after(assigned, handBack, assigned[2], handBack), "handling", "once_only", "", "一次"},
		{"transferred", offered, "transferring", "", "", ""},
		{"transferred to nobody", after(in, transfer(mon, "")), "accepted", "missing", "unit", "哪个单位"},
		{"without a reason", after(in, set(transfer(mon, "二小"), func(e *ev) { e.Reason = "" })), "accepted", "missing", "reason", "事项"},
		{"to a closed school", after(in, set(transfer(mon, "二小"), func(e *ev) { e.Closed = true })), "accepted", "malformed", "unit", "撤并"},
		{"to itself", after(in, transfer(mon, "一小")), "accepted", "not_now", "unit", "经手"},
		{"taken", after(offered, do(inquiry.TakeOver, inquiry.Receiver, tue)), "accepted", "", "", ""},
		{"taken before it was sent", after([]ev{consult(mon), transfer(tue, "二小")}, set(do(inquiry.TakeOver, inquiry.Receiver, mon), func(e *ev) { e.Recorded = tue })), "transferring", "malformed", "on", "转办日期"},
		{"taken too late", after(offered, do(inquiry.TakeOver, inquiry.Receiver, "2026-06-11")), "transferring", "too_late", "on", "2026-06-10"},
		{"taken by the system too early", after(offered, do(inquiry.TakeOver, inquiry.System, wed)), "transferring", "too_early", "on", "没有过"},
		{"given back on the second day", after(offered, do(inquiry.GiveBack, inquiry.Receiver, wed, why)), "submitted", "", "", ""},
		{"on the third", after(offered, do(inquiry.GiveBack, inquiry.Receiver, "2026-06-11", why)), "transferring", "too_late", "on", "2 个工作日"},
		{"without a reason", after(offered, do(inquiry.GiveBack, inquiry.Receiver, tue)), "transferring", "missing", "reason", "理由"},
		{"not sent to the same again", after(back, transfer(tue, "二小")), "submitted", "not_now", "unit", "经手"},
		{"and no second time given back", after(back, transfer(tue, "三小"), do(inquiry.GiveBack, inquiry.Receiver, tue, why)), "transferring", "once_only", "", "一次"},
		{"nor returned to the sender", after(offered, do(inquiry.TakeOver, inquiry.Receiver, tue), transfer(tue, "一小")), "accepted", "not_now", "unit", "经手"},
		{"an appeal stays with the bureau", []ev{submit(mon, inquiry.Appeal, inquiry.Disclosure), transfer(mon, "二小")}, "submitted", "not_now", "", "教育局"},

		{"a first reply", after(report, do(inquiry.FirstReply, inquiry.Clerk, mon, func(e *ev) { e.Interim = "已经介入" })), "accepted", "", "", ""},
		{"that says nothing", after(report, do(inquiry.FirstReply, inquiry.Clerk, mon)), "accepted", "missing", "interim", "措施"},
		{"twice", after(report, do(inquiry.FirstReply, inquiry.Clerk, mon, func(e *ev) { e.Interim = "已经介入" }), do(inquiry.FirstReply, inquiry.Clerk, mon)), "accepted", "once_only", "", "先行回复"},
		{"to what is not urgent", after(in, do(inquiry.FirstReply, inquiry.Clerk, mon)), "accepted", "not_now", "", "紧急"},
		{"extended", after(in, extend(mon, inquiry.Clerk, 5)), "accepted", "", "", ""},
		{"by too much", after(in, extend(mon, inquiry.Clerk, 6)), "accepted", "out_of_range", "days", "1 至 5 个"},
		{"a complex question is not known", after(in, extend(mon, inquiry.Principal, 6)), "accepted", "out_of_range", "days", "1 至 5 个"},
		{"a complex letter is the principal's", after(report, extend(mon, inquiry.Clerk, 10)), "accepted", "out_of_range", "days", "校长决定，至多 10 个"},
		{"by nothing", after(in, extend(mon, inquiry.Clerk, 0)), "accepted", "out_of_range", "days", "1 至 5 个"},
		{"without an interim answer", after(in, set(extend(mon, inquiry.Clerk, 5), func(e *ev) { e.Interim = "" })), "accepted", "missing", "interim", "阶段性答复"},
		{"without a reason", after(in, set(extend(mon, inquiry.Clerk, 5), func(e *ev) { e.Reason = "" })), "accepted", "missing", "reason", "理由"},
		{"twice", after(in, extend(mon, inquiry.Clerk, 1), extend(mon, inquiry.Clerk, 1)), "accepted", "once_only", "", "一次"},
		{"after the due day", after(in, extend("2026-06-16", inquiry.Clerk, 5)), "accepted", "too_late", "on", "2026-06-15"},
		{"a mistake is not extended", after(erratum, extend(mon, inquiry.Clerk, 1)), "accepted", "not_now", "", "我要纠错"},
		{"nor is a redoing", after(redoing, draft(wed), extend(wed, inquiry.Clerk, 1)), "reviewing", "not_now", "", "整改"},

		{"in review", review, "reviewing", "", "", ""},
		{"without a text", after(in, set(draft(mon), func(e *ev) { e.Hash = "" })), "accepted", "missing", "hash", "保存"},
		{"answered by the second person", done, "answered", "", "", ""},
		{"not by who drafted it", after(review, set(answer(tue, inquiry.Officer), func(e *ev) { e.By = "文员" })), "reviewing", "same_person", "", "起草"},
		{"nor for them", after(review, set(answer(tue, inquiry.Officer), func(e *ev) { e.For = "文员" })), "reviewing", "same_person", "", "起草"},
		{"another text", after(review, set(answer(tue, inquiry.Officer), func(e *ev) { e.Hash = "h2" })), "reviewing", "other_text", "hash", "刷新"},
		{"unread", after(review, set(answer(tue, inquiry.Officer), func(e *ev) { e.Hash = "" })), "reviewing", "missing", "hash", "打开"},
		{"without a draft", after(in, answer(tue, inquiry.Officer)), "accepted", "illegal_step", "", "先提交答复稿"},
		{"a letter to the principal is the principal's", after(report, draft(tue), answer(tue, inquiry.Officer)), "reviewing", "wrong_role", "", "校长"},
		{"and is answered", after(report, draft(tue), answer(tue, inquiry.Principal)), "answered", "", "", ""},
		{"returned", after(review, do(inquiry.Return, inquiry.Officer, tue, why, func(e *ev) { e.Hash = "h1" })), "accepted", "", "", ""},
		{"returned without a reason", after(review, do(inquiry.Return, inquiry.Officer, tue, func(e *ev) { e.Hash = "h1" })), "reviewing", "missing", "reason", "退回"},
		{"merged", after(in, do(inquiry.Merge, inquiry.Clerk, tue, func(e *ev) { e.Into = "1" })), "merged", "", "", ""},
		{"into nothing", after(in, do(inquiry.Merge, inquiry.Clerk, tue)), "accepted", "missing", "into", "编号"},
		{"withdrawn", after(review, do(inquiry.Withdraw, inquiry.Writer, tue)), "withdrawn", "", "", ""},
		{"a report of bullying stays", after(report, do(inquiry.Withdraw, inquiry.Writer, tue)), "accepted", "not_now", "", "查清"},
		{"nor while it is redone", after(redoing, draft(wed), do(inquiry.Withdraw, inquiry.Writer, wed)), "reviewing", "not_now", "", "已经答复"},
		{"an answer to a withdrawn letter", after(in, do(inquiry.Withdraw, inquiry.Writer, tue), draft(tue)), "withdrawn", "illegal_step", "", "已撤回"},

		{"rated on the thirtieth day", after(done, rate("2026-07-09", inquiry.Satisfied)), "rated", "", "", ""},
		{"on the next", after(done, rate("2026-07-10", inquiry.Satisfied)), "answered", "too_late", "on", "30 天"},
		{"with what is no rating", after(done, rate(wed, 7)), "answered", "missing", "rating", "评价"},
		{"low without a reason", after(done, set(rate(wed, inquiry.BesideTheMatter), func(e *ev) { e.Reason = "" })), "answered", "missing", "reason", "不满意"},
		{"high without one", after(done, set(rate(wed, inquiry.RatherSatisfied), func(e *ev) { e.Reason = "" })), "rated", "", "", ""},
		{"low reopens", redoing, "redoing", "", "", ""},
		{"twice", after(rated, rate(wed, inquiry.VerySatisfied)), "rated", "illegal_step", "", "只评价一次"},
		{"before it is redone", after(redoing, rate(wed, inquiry.VerySatisfied)), "redoing", "illegal_step", "", "只评价一次"},
		{"redone and rated high", after(redone, rate("2026-06-12", inquiry.VerySatisfied)), "rated", "", "", ""},
		{"redone and rated low: no second time", after(redone, rate("2026-06-12", inquiry.VeryDissatisfied)), "rated", "", "", ""},

		{"proposed", after(rated, propose), "rated", "", "", ""},
		{"with a name left in it", after(rated, set(propose, func(e *ev) { e.Findings = []string{"手机号码"} })), "rated", "malformed", "text", "手机号码"},
		{"without consent", after([]ev{set(consult(mon), func(e *ev) { e.MayPublish = false })}, after(rated[1:], propose)...), "rated", "not_now", "", "没有同意"},
		{"a report of bullying", after(report, draft(tue), answer(tue, inquiry.Principal), rate(wed, inquiry.Satisfied), propose), "rated", "not_now", "", "学生欺凌"},
		{"a mistake", after(erratum, draft(tue), answer(tue, inquiry.Officer), rate(wed, inquiry.Satisfied), propose), "rated", "not_now", "", "我要纠错"},
		{"published by a second person", published, "rated", "", "", ""},
		{"not by who proposed it", after(rated, propose, publish("文员")), "rated", "same_person", "", "提请"},
		{"nor by who wrote it", after(rated, propose, publish("整理")), "rated", "same_person", "", "整理"},
		{"another text", after(rated, propose, set(publish("主任"), func(e *ev) { e.Hash = "p2" })), "rated", "other_text", "hash", "刷新"},
		{"nothing to publish", after(rated, publish("主任")), "rated", "not_now", "", "没有待审核"},
		{"proposed twice", after(published, propose), "rated", "not_now", "", "已经提请"},
		{"the clerk does not take it down", after(published, do(inquiry.DeclinePublication, inquiry.Clerk, wed, why)), "rated", "wrong_role", "", "负责人"},
		{"declined", after(rated, propose, do(inquiry.DeclinePublication, inquiry.Officer, wed, why)), "rated", "", "", ""},
		{"twice", after(rated, do(inquiry.DeclinePublication, inquiry.Officer, wed, why), do(inquiry.DeclinePublication, inquiry.Officer, wed, why)), "rated", "not_now", "", "不公开"},
		{"without a reason", after(rated, do(inquiry.DeclinePublication, inquiry.Officer, wed)), "rated", "missing", "reason", "理由"},
		{"consent is revoked", after(published, do(inquiry.RevokeConsent, inquiry.Writer, wed)), "rated", "", "", ""},
		{"and cannot be again", after(published, do(inquiry.RevokeConsent, inquiry.Writer, wed), do(inquiry.RevokeConsent, inquiry.Writer, wed)), "rated", "not_now", "", "没有同意"},
		{"archived ten working days after the rating", after(rated, do(inquiry.Archive, inquiry.Clerk, "2026-06-25")), "archived", "", "", ""},
		{"not before", after(rated, do(inquiry.Archive, inquiry.Clerk, "2026-06-24")), "rated", "too_early", "on", "2026-06-25"},
		{"nor before the last day to rate", after(done, do(inquiry.Archive, inquiry.Clerk, "2026-07-09")), "answered", "too_early", "on", "2026-07-10"},
		{"nor while it waits for publication", after(rated, propose, do(inquiry.Archive, inquiry.Clerk, "2026-06-25")), "rated", "not_now", "", "选登"},

		{"urged by the writer too early", after(in, do(inquiry.Urge, inquiry.Writer, "2026-06-15")), "accepted", "not_now", "", "2026-06-15"},
		{"once it is overdue", after(in, do(inquiry.Urge, inquiry.Writer, "2026-06-16")), "accepted", "", "", ""},
		{"not twice a day", after(in, do(inquiry.Urge, inquiry.Writer, "2026-06-16"), do(inquiry.Urge, inquiry.Writer, "2026-06-16")), "accepted", "once_only", "", "今天"},
		{"by the bureau while there is time", after(in, do(inquiry.Urge, inquiry.Bureau, tue)), "accepted", "not_now", "", "黄色"},
		{"escalated without need", after(in, do(inquiry.Escalate, inquiry.System, tue, func(e *ev) { e.Norm = inquiry.ReplyNorm })), "accepted", "too_early", "on", "没有逾期"},
		{"escalated for nothing", after(in, do(inquiry.Escalate, inquiry.System, tue)), "accepted", "missing", "norm", "期限"},
		{"an order about an urgent letter", ordered, "accepted", "", "", ""},
		{"about one that has time", after(in, order), "accepted", "not_now", "", "黄色"},
		{"without a day", after(report, set(order, func(e *ev) { e.Until = "" })), "accepted", "missing", "until", "期限"},
		{"for yesterday", after(report, set(order, func(e *ev) { e.Until = mon })), "accepted", "out_of_range", "until", "今天之后"},
		{"without a demand", after(report, set(order, func(e *ev) { e.Reason = "" })), "accepted", "missing", "reason", "要求"},
		{"a second one", after(ordered, order), "accepted", "not_now", "", "上一次督办"},
		{"replied to", replied, "accepted", "", "", ""},
		{"with nothing", after(ordered, do(inquiry.ReplyOrder, inquiry.Clerk, tue)), "accepted", "missing", "reason", "办理情况"},
		{"twice", after(replied, do(inquiry.ReplyOrder, inquiry.Clerk, tue, why)), "accepted", "not_now", "", "没有等待回复"},
		{"closed", after(replied, do(inquiry.CloseOrder, inquiry.Bureau, tue)), "accepted", "", "", ""},
		{"closed without a reply", after(ordered, do(inquiry.CloseOrder, inquiry.Bureau, tue)), "accepted", "not_now", "", "已经回复"},
		{"the system orders nothing early", after(report, set(order, func(e *ev) { e.As, e.By = inquiry.System, "" })), "accepted", "not_now", "", "逾期督办"},
		{"recounted for nothing", after(in, do(inquiry.Recount, inquiry.System, mon)), "accepted", "not_now", "", "没有变化"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := len(tt.events) - 1
			before := must(t, tt.events[:n])
			c, err := before.Take(tt.events[n])
			var r inquiry.Refusal
			if tt.why == "" && err != nil || tt.why != "" && (!errors.As(err, &r) || r.Why != "inquiry_"+tt.why || r.Field != tt.field || !strings.Contains(r.Sentence, tt.words)) {
				t.Fatalf("got %#v, want %s at %q", err, tt.why, tt.field)
			}
			if c.State != tt.state {
				t.Errorf("it is %s, want %s", c.State, tt.state)
			}
			if tt.why != "" && (r.Code() != "inquiry_"+string(tt.why) || r.Law == "" || !strings.Contains(r.Error(), r.Law) || r.Params()["field"] != tt.field) {
				t.Errorf("the refusal lacks something: %#v", r)
			}
		})
	}
}

// What the steps leave behind, beside where the letter is.
func TestWhatIsLeftBehind(t *testing.T) {
	in := answered("2026-06-08", "2026-06-09")
	c := must(t, after(in, rate("2026-06-10", inquiry.Dissatisfied), draft("2026-06-11"), answer("2026-06-12", inquiry.Officer), rate("2026-06-13", inquiry.Satisfied)))
	if len(c.Answers) != 2 || len(c.Ratings) != 2 || c.LastRating() != inquiry.Satisfied || !c.AnsweredInTime() || !c.AcceptedInTime() {
		t.Errorf("redone: %+v", c)
	}
	late := must(t, []ev{consult("2026-06-08"), accept("2026-06-16"), draft("2026-06-16"), answer("2026-06-16", inquiry.Officer)})
	if late.AnsweredInTime() || late.AcceptedInTime() {
		t.Error("late, but counted as in time")
	}
	gone := must(t, []ev{consult("2026-06-08"), transfer("2026-06-08", "二小"), step(inquiry.TakeOver, inquiry.Receiver, "2026-06-09")})
	if gone.Unit != "二小" || gone.Passed[0] != "一小" || gone.Offer.To != "" {
		t.Errorf("transferred: %+v", gone)
	}
	back := must(t, []ev{consult("2026-06-08"), transfer("2026-06-08", "二小"), step(inquiry.GiveBack, inquiry.Receiver, "2026-06-10", why)})
	if back.Unit != "一小" || back.Decided != "" || len(back.Missed("2026-06-10")) != 1 {
		t.Errorf("given back, acceptance is open again: %+v", back)
	}
	revoked := must(t, after(in, step(inquiry.RevokeConsent, inquiry.Writer, "2026-06-10")))
	if revoked.Consent || revoked.Publication != inquiry.Unpublished || revoked.MayPublish() == nil {
		t.Errorf("revoked: %+v", revoked)
	}
}

func TestChoices(t *testing.T) {
	c := must(t, []ev{urgent("2026-06-08"), accept("2026-06-08"), draft("2026-06-08")})
	for _, tt := range []struct {
		as   inquiry.Role
		by   string
		want string
	}{
		{inquiry.Principal, "校长", "first_reply extend return answer"},
		{inquiry.Principal, "文员", "first_reply extend"}, // drafted it
		{inquiry.Officer, "主任", ""},
		{inquiry.Writer, "", "revoke_consent urge"},
		{inquiry.Bureau, "局", "urge order"},
	} {
		var got []string
		for _, do := range c.Choices(tt.as, tt.by) {
			got = append(got, string(do))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s %s may %v, want %s", tt.as, tt.by, got, tt.want)
		}
	}
	urge := step(inquiry.Urge, inquiry.Writer, "2026-06-09")
	if c.InTime(urge, "2026-06-09") == nil || c.InTime(urge, "2026-06-10") != nil {
		t.Error("the writer may urge once the day of the first reply is over")
	}
}
