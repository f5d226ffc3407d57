package pb_hooks

import (
	"fmt"
	"slices"
	"strconv"

	"gongkai/pb_hooks/inquiry"
)

// demoLetters are letters: one at least in every state and after every step, in
// every channel, and enough ratings that figures can be shown.
func demoLetters() []demoItem {
	items := atSchool(1, demoLettersOnTheirWay(), demoLettersAnswered(), demoLettersRated())
	items = append(items, atSchool(2, []demoItem{
		{key: "letter-overdue", title: "放学时校门口拥堵", text: "能否错峰放学？", deeds: []demoDeed{letterCame("9 08:30", inquiry.Mailbox, inquiry.Complaint),
			letterStep("8 09:00", "clerk", inquiry.Accept, InquiryStepBody{}), letterFell("5 08:00"), letterFell("1 08:00")}},
		{key: "letter-ordered", title: "校服退换一直没有回音", text: "九月申请退换。", deeds: []demoDeed{letterCame("30 08:30", inquiry.Mailbox, inquiry.Help),
			letterStep("29 09:00", "clerk", inquiry.Accept, InquiryStepBody{}), writerDid("20 19:00", inquiry.Event{Do: inquiry.Urge}),
			letterStep("6 10:00", "supervisor", inquiry.Order, InquiryStepBody{Reason: "请在期限内答复来信人并说明原因（演示）"}),
			letterStep("4 10:00", "principal", inquiry.ReplyOrder, InquiryStepBody{Reason: "已经联系供应商，本周答复（演示）"}),
			letterStep("3 10:00", "supervisor", inquiry.CloseOrder, InquiryStepBody{})}},
	})...)
	items = append(items, demoItem{key: "letter-appeal", title: "申请公开的答复没有收到", text: "申请已过期限（演示）。", deeds: []demoDeed{
		letterCame("6 09:00", inquiry.Appeal, inquiry.Disclosure), letterStep("5 10:00", "supervisor", inquiry.Accept, InquiryStepBody{})}})
	return items
}

func demoLettersOnTheirWay() []demoItem {
	ask := func(day string, more ...demoDeed) []demoDeed {
		return append([]demoDeed{letterCame(day+" 08:30", inquiry.Consultation, inquiry.Question)}, more...)
	}
	step := func(when string, do inquiry.Action, body InquiryStepBody) demoDeed {
		return letterStep(when, "clerk", do, body)
	}
	return []demoItem{
		{key: "letter-submitted", title: "转学需要带什么材料", text: "从外区转来。", deeds: ask("0")},
		{key: "letter-held", title: "暑期培训优惠", text: "详情见网址（演示）。", deeds: []demoDeed{letterCame("0 08:40", inquiry.Consultation, inquiry.Question, "像广告（演示）")}},
		{key: "letter-released", title: "运动会改期了吗", text: "下雨怎么办？", deeds: []demoDeed{letterCame("1 08:40", inquiry.Consultation, inquiry.Question, "同一联系方式今天写得较多（演示）"),
			step("1 09:30", inquiry.Release, InquiryStepBody{})}},
		{key: "letter-accepted", title: "课后服务怎样退费", text: "孩子请假一周。", deeds: ask("2", step("2 09:00", inquiry.Accept, InquiryStepBody{}))},
		{key: "letter-handling", title: "午餐能否换素食", text: "孩子对牛肉过敏。", deeds: ask("3", step("3 09:00", inquiry.Accept, InquiryStepBody{}),
			step("3 09:10", inquiry.Assign, InquiryStepBody{Department: "总务处"}), step("1 15:00", inquiry.Extend, InquiryStepBody{Days: 3, Reason: "需要询问供餐单位（演示）",
				Interim: "已经请供餐单位提出方案，三日内答复（演示）。"}))},
		{key: "letter-handed-back", title: "社团怎样报名", text: "科技社团。", deeds: ask("3", step("3 09:00", inquiry.Accept, InquiryStepBody{}),
			step("2 10:00", inquiry.Classify, InquiryStepBody{Category: string(inquiry.FoodSafety)}),
			step("2 10:20", inquiry.FirstReply, InquiryStepBody{Interim: "食堂已经核查留样（演示）。"}),
			letterStep("2 11:00", "principal", inquiry.Classify, InquiryStepBody{Category: string(inquiry.Question)}),
			step("2 13:00", inquiry.Assign, InquiryStepBody{Department: "科技组"}), letterStep("1 09:00", "editor", inquiry.HandBack, InquiryStepBody{Reason: "由德育处负责（演示）"}))},
		{key: "letter-transferring", title: "学区划到哪所学校", text: "住在示范路。", deeds: ask("1", step("1 10:00", inquiry.Transfer, InquiryStepBody{Reason: "属于对口学校的事项（演示）"}))},
		{key: "letter-given-back", title: "校车站点", text: "能否加一站？", deeds: ask("4", step("4 10:00", inquiry.Transfer, InquiryStepBody{Reason: "由合用校车的学校办理（演示）"}),
			gaveBack("3 10:00", "本校没有校车（演示）"), step("3 14:00", inquiry.Accept, InquiryStepBody{}))},
		{key: "letter-taken-over", title: "初中部招生范围", text: "如题。", deeds: ask("8", step("8 10:00", inquiry.Transfer, InquiryStepBody{Reason: "由初中学校答复（演示）"}),
			letterFell("5 08:00"))},
		{key: "letter-reviewing", title: "图书馆周末开放吗", text: "想带孩子看书。", deeds: ask("2", step("2 09:00", inquiry.Accept, InquiryStepBody{}),
			wroteText("1 10:00", TextView{Kind: textAnswer, Answer: "周末不开放（演示）。"}), step("1 10:10", inquiry.SubmitAnswer, InquiryStepBody{}),
			letterStep("1 11:00", "officer", inquiry.Return, InquiryStepBody{Reason: "请写明平时的开放时间（演示）"}),
			wroteText("0 08:50", TextView{Kind: textAnswer, Answer: "周一至周五 16:00 至 17:30 开放，周末不开放（演示）。"}), step("0 09:00", inquiry.SubmitAnswer, InquiryStepBody{}))},
		{key: "letter-refused", title: "邻居装修噪音", text: "请学校处理。", deeds: ask("5", step("5 10:00", inquiry.Refuse, InquiryStepBody{Ground: string(inquiry.Unrelated),
			Right: "请拨打 12345 市民服务热线"}))},
		{key: "letter-merged", title: "转学要哪些材料", text: "同上。", deeds: ask("0", merged("0 09:20", "letter-submitted"))},
		{key: "letter-withdrawn", title: "家长会时间", text: "已经知道了。", deeds: ask("4", writerDid("4 19:00", inquiry.Event{Do: inquiry.Withdraw, Reason: "已经知道了（演示）"}))},
		{key: "letter-bullying", title: "课间有同学被推搡", text: "三楼楼梯口（演示）。", deeds: []demoDeed{letterCame("1 12:10", inquiry.Mailbox, inquiry.Bullying),
			step("1 13:00", inquiry.Accept, InquiryStepBody{}), step("1 15:00", inquiry.FirstReply, InquiryStepBody{Interim: "学校已经安排老师值守并开始调查（演示）。"})}},
		{key: "letter-erratum", title: "咨询电话写错", text: "应为演示号码。", deeds: []demoDeed{letterCame("1 09:00", inquiry.Erratum, inquiry.Mistake)}},
	}
}

func demoLettersAnswered() []demoItem {
	rate := func(when string, r inquiry.Rating, reason string) demoDeed {
		return writerDid(when, inquiry.Event{Do: inquiry.Rate, Rating: r, Reason: reason})
	}
	low := slices.Concat([]demoDeed{letterCame("12 08:30", inquiry.Mailbox, inquiry.Complaint)}, answeredLetter("12", "10", "principal", "已经转达"),
		[]demoDeed{rate("9 20:00", inquiry.Dissatisfied, "没有说怎么解决（演示）")})
	redone := slices.Concat([]demoDeed{letterCame("20 08:30", inquiry.Mailbox, inquiry.Suggestion)}, answeredLetter("20", "18", "principal", "会考虑"),
		[]demoDeed{rate("17 20:00", inquiry.BesideTheMatter, "没有回答我的问题（演示）"), wroteText("14 14:00", TextView{Kind: textAnswer, Answer: "下学期起每周三下午开放操场，课表已经公布（演示）。"}),
			letterStep("14 14:20", "clerk", inquiry.SubmitAnswer, InquiryStepBody{}), letterStep("14 16:00", "principal", inquiry.Answer, InquiryStepBody{}),
			rate("13 20:00", inquiry.VerySatisfied, ""), wroteText("12 09:00", TextView{Kind: textSelection, Answer: "下学期起每周三下午开放操场，课表已经公布（演示）。"}),
			letterStep("12 09:30", "clerk", inquiry.ProposePublication, InquiryStepBody{}), letterStep("11 10:00", "principal", inquiry.Publish, InquiryStepBody{})})
	proposed := slices.Concat([]demoDeed{letterCame("15 08:30", inquiry.Consultation, inquiry.Question)}, answeredLetter("15", "13", "officer", "每学期开学前一周公布校历"),
		[]demoDeed{rate("12 20:00", inquiry.Satisfied, ""), wroteText("11 09:00", TextView{Kind: textSelection, Answer: "每学期开学前一周公布校历（演示）。"}),
			letterStep("11 09:30", "clerk", inquiry.ProposePublication, InquiryStepBody{})})
	declined := slices.Concat([]demoDeed{letterCame("25 08:30", inquiry.Consultation, inquiry.Question)}, answeredLetter("25", "23", "officer", "请带预防接种证"),
		[]demoDeed{rate("22 20:00", inquiry.RatherSatisfied, ""), letterStep("21 09:00", "clerk", inquiry.DeclinePublication, InquiryStepBody{Reason: "与已有问答重复（演示）"}),
			letterStep("8 09:00", "clerk", inquiry.Archive, InquiryStepBody{})})
	revoked := slices.Concat([]demoDeed{letterCame("7 08:30", inquiry.Consultation, inquiry.Question)}, answeredLetter("7", "5", "officer", "见公告"),
		[]demoDeed{writerDid("4 20:00", inquiry.Event{Do: inquiry.RevokeConsent})})
	return []demoItem{
		{key: "letter-answered", title: "期末考试安排", text: "什么时候公布？", deeds: slices.Concat([]demoDeed{letterCame("5 08:30", inquiry.Consultation, inquiry.Question)},
			answeredLetter("5", "3", "officer", "考前两周在通知公告公布"))},
		{key: "letter-low", title: "作业太多", text: "每天写到十点。", deeds: low},
		{key: "letter-published", title: "操场放学后能否开放", text: "希望孩子放学后能运动。", deeds: redone},
		{key: "letter-proposed", title: "校历什么时候公布", text: "想安排假期。", deeds: proposed},
		{key: "letter-declined", title: "入学要带接种证吗", text: "如题。", deeds: declined},
		{key: "letter-revoked", title: "秋游去哪里", text: "如题。", deeds: revoked},
	}
}

// demoLettersRated are letters of the last weeks, so that satisfaction is more than
// a handful.
func demoLettersRated() []demoItem {
	ratings := []inquiry.Rating{5, 5, 4, 5, 3, 4, 5, 4, 5, 5, 3, 4}
	var items []demoItem
	for i, r := range ratings {
		day := 34 - i
		items = append(items, demoItem{key: fmt.Sprintf("letter-rated-%d", i+1), title: fmt.Sprintf("课程安排咨询（演示 %d）", i+1), text: "请问课程安排。",
			deeds: slices.Concat([]demoDeed{letterCame(strconv.Itoa(day)+" 08:30", inquiry.Consultation, inquiry.Question)},
				answeredLetter(strconv.Itoa(day), strconv.Itoa(day-2), "officer", "课程表已在栏目公布"),
				[]demoDeed{writerDid(strconv.Itoa(day-3)+" 19:00", inquiry.Event{Do: inquiry.Rate, Rating: r})})})
	}
	return items
}
