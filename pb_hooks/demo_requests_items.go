package pb_hooks

import (
	"slices"

	"gongkai/pb_hooks/foi"
)

// demoRequests are applications: one at least in every state, after every step,
// with every kind of letter.
func demoRequests() []demoItem {
	items := atSchool(1, demoRequestsOnTheirWay(), demoRequestsUnderReview(), demoRequestsEnded(), demoRequestsAfterwards())
	return append(items, atSchool(2, []demoItem{
		{key: "foi-overdue", title: "2024 学年社团活动经费的支出明细", text: "需要按社团分列。", deeds: begun("24", "总务处")},
		{key: "foi-overdue-waiting", title: "食堂供货商的资质材料", text: "营业执照、许可证。", deeds: begun("18", "总务处")},
	})...)
}

// begun is an application that is received and given to a department.
func begun(day, department string, more ...demoDeed) []demoDeed {
	return slices.Concat([]demoDeed{filed(day+" 08:30", foi.Online, nil), did(day+" 09:10", "clerk", foi.Register, StepBody{}),
		did(day+" 09:20", "clerk", foi.Assign, StepBody{Party: department, Reason: "请在十个工作日内提出意见"})}, more)
}

// joined puts lists of deeds one after the other.
func joined(lists ...[]demoDeed) []demoDeed { return slices.Concat(lists...) }

func demoRequestsOnTheirWay() []demoItem {
	return []demoItem{
		{key: "foi-submitted", title: "本学期课后服务的收费标准和依据", text: "请提供批准文件的名称。", deeds: []demoDeed{filed("0 08:10", foi.Online, nil)}},
		{key: "foi-registered", title: "校车采购合同", text: "2025 年签订的合同。", deeds: []demoDeed{filed("3 10:00", foi.SignedPost, asOrganisation(foi.ClassBusiness)),
			did("3 10:20", "clerk", foi.Register, StepBody{arrivalBody: arrivalBody{Tracking: "XA00000000031（演示）", Signer: "门卫室（演示）"}})}},
		{key: "foi-correcting", title: "以前的会议记录", text: "没有写明哪一次会议。", deeds: joined(begun("8", "校办"),
			proposedAndApproved("5", foi.AskCorrection, StepBody{Items: "请写明会议的名称或者日期", Days: 15}))},
		{key: "foi-corrected", title: "家委会会议纪要", text: "没有写明学年。", deeds: joined(begun("12", "校办"),
			proposedAndApproved("10", foi.AskCorrection, StepBody{Items: "请写明学年", Days: 10}), []demoDeed{corrected("7 19:30")})},
		{key: "foi-processing", title: "近三年中考体育场地租用协议", text: "", deeds: begun("16", "体育组")},
		{key: "foi-third-party", title: "食堂承包服务合同及价格附件", text: "", deeds: joined(begun("9", "总务处"),
			proposedAndApproved("6", foi.AskThirdParty, StepBody{Party: "示范餐饮公司（虚构）", Items: "合同价格附件"}))},
		{key: "foi-consulting", title: "学区划分的会商纪要", text: "", deeds: joined(begun("7", "教导处"),
			[]demoDeed{did("5 10:00", "clerk", foi.Consult, StepBody{Party: "示范区教育局招生办（虚构）", Items: "纪要由两家共同制作，是否同意公开", Joint: true})})},
		{key: "foi-extended", title: "2015 年以来的校舍维修档案目录", text: "", deeds: joined(begun("19", "档案室"),
			proposedAndApproved("4", foi.Extend, StepBody{Days: 15, Reason: "需要检索十年纸质档案（演示）"}))},
		{key: "foi-proposal", title: "体检机构的遴选结果", text: "", deeds: append(begun("17", "卫生室"),
			did("1 09:30", "clerk", foi.Extend, StepBody{Days: 5, Reason: "承办老师外出培训（演示）"}))},
		{key: "foi-declined", title: "图书采购清单", text: "", deeds: append(begun("11", "图书馆"),
			did("3 09:30", "clerk", foi.Extend, StepBody{Days: 5, Reason: "等候清单（演示）"}), did("3 14:30", "officer", foi.Decline, StepBody{Reason: "可以按期答复（演示）"}))},
	}
}

// demoProvided is an answer that tells where to fetch what was asked for.
var demoProvided = ReplyDraft{Outcome: string(foi.OutcomeProvided), Obtain: "请在工作日 8:30 至 16:30 到学校办公室领取复印件（演示）。"}

func demoRequestsUnderReview() []demoItem {
	return []demoItem{
		{key: "foi-secrecy", title: "校园监控的管理制度", text: "", deeds: joined(begun("10", "安保办"), replied("1", demoProvided))},
		{key: "foi-returned", title: "教师培训经费的使用情况", text: "", deeds: joined(begun("13", "教科室"), replied("3", demoProvided),
			[]demoDeed{did("2 09:00", "secrecy", foi.Return, StepBody{Reason: "请核对附件中的教师姓名（演示）"})})},
		{key: "foi-officer", title: "作业管理的检查记录", text: "", deeds: joined(begun("14", "教导处"), replied("2", demoProvided),
			[]demoDeed{did("1 10:00", "secrecy", foi.Clear, StepBody{})})},
		{key: "foi-signing", title: "延时服务的师资安排", text: "", deeds: joined(begun("18", "教导处"), replied("3", demoProvided),
			[]demoDeed{did("2 10:00", "secrecy", foi.Clear, StepBody{}), did("1 11:00", "officer", foi.Endorse, StepBody{})})},
	}
}

func demoRequestsEnded() []demoItem {
	sent := func(day string) demoDeed { return did(day+" 16:50", "clerk", foi.Deliver, StepBody{Way: "挂号信"}) }
	return []demoItem{
		{key: "foi-answered", title: "今年的招生简章", text: "", deeds: joined(begun("9", "招生办"),
			replied("6", ReplyDraft{Outcome: string(foi.OutcomePublished), Link: "https://demo.example/", Obtain: "在本校网站“招生入学”栏目查看"}), signedOff("6"),
			[]demoDeed{sent("5"), rated("4 20:10", 5, "回复很快（演示）")})},
		{key: "foi-archived", title: "2024 学年食堂满意度测评结果", text: "", deeds: joined(begun("30", "总务处"), []demoDeed{covered("26 10:00", "测评结果")},
			replied("25", ReplyDraft{Outcome: string(foi.OutcomePartial), Reason: "含有填写人的个人信息（演示）", Withheld: []string{string(foi.OutcomeForbidden)},
				Basis: "《中华人民共和国个人信息保护法》第二十五条"}), signedOff("24"), []demoDeed{sent("23"), did("12 09:00", "clerk", foi.Archive, StepBody{}),
				did("11 09:00", "clerk", foi.DeclinePublication, StepBody{Reason: "已有年度汇总公开（演示）"})})},
		{key: "foi-abandoned", title: "某年的通知", text: "没有写明哪一年。", deeds: joined(begun("28", "校办"),
			proposedAndApproved("26", foi.AskCorrection, StepBody{Items: "请写明年份和通知名称", Days: 5}),
			[]demoDeed{fell("20 08:00"), did("20 10:00", "officer", foi.Approve, StepBody{})})},
		{key: "foi-withdrawn", title: "放学时间调整的依据", text: "", deeds: joined(begun("6", "教导处"),
			[]demoDeed{applicantDid("5 18:00", foi.Event{Do: foi.Withdraw, As: foi.Applicant, Reason: "已经知道了（演示）"})})},
		{key: "foi-void", title: "测试测试", text: "", deeds: []demoDeed{filed("5 22:10", foi.Online, nil),
			did("4 09:00", "clerk", foi.Invalidate, StepBody{Reason: "测试数据，不是申请（演示）"}), did("4 10:00", "supervisor", foi.Approve, StepBody{})}},
		{key: "foi-at-once", title: "区内中考成绩统计", text: "", deeds: []demoDeed{filed("15 08:40", foi.Counter, asOrganisation(foi.ClassResearch)),
			did("15 08:50", "clerk", foi.Register, StepBody{}), wroteReply("15 09:00", ReplyDraft{Outcome: string(foi.OutcomeNotOurs), Reason: "由教育局负责（演示）",
				OtherBody: "示范区教育局（虚构）", OtherContact: "021-00000000"}), did("15 09:10", "clerk", foi.AnswerAtOnce, StepBody{}),
			did("15 09:40", "officer", foi.Approve, StepBody{}), sent("15"), did("14 09:00", "clerk", foi.HandOver, StepBody{Party: "示范区教育局（虚构）", Agreed: true})}},
		{key: "foi-system", title: "卫生室的开放时间", text: "", deeds: []demoDeed{filed("10 20:00", foi.Online, asOrganisation(foi.ClassCharity)), fell("8 00:10"),
			did("8 09:00", "clerk", foi.Assign, StepBody{Party: "卫生室"})}},
	}
}

func demoRequestsAfterwards() []demoItem {
	objected := func(day string) demoDeed {
		return did(day+" 10:00", "clerk", foi.RecordOpinion, StepBody{Party: "示范餐饮公司（虚构）", Opinion: string(foi.Objects), Reason: "属于商业秘密（演示）"})
	}
	third := StepBody{Party: "示范餐饮公司（虚构）", Items: "供餐成本表"}
	return []demoItem{
		{key: "foi-supplementing", title: "校服价格的构成", text: "", deeds: joined(begun("20", "总务处"), replied("16", demoProvided), signedOff("15"),
			[]demoDeed{did("2 09:00", "clerk", foi.Supplement, StepBody{Reason: "附件缺页（演示）"})})},
		{key: "foi-supplemented", title: "研学活动的收费说明", text: "", deeds: joined(begun("26", "德育处"), replied("22", demoProvided), signedOff("21"),
			[]demoDeed{did("18 09:00", "clerk", foi.Supplement, StepBody{Reason: "数字有误（演示）"})},
			replied("17", ReplyDraft{Outcome: demoProvided.Outcome, Obtain: demoProvided.Obtain, Supplement: "第二项应为每人每天（演示）。"}), signedOff("17"),
			[]demoDeed{proposedToPublish("12 10:00", "A0308")})},
		{key: "foi-complained", title: "食堂供餐成本表", text: "", deeds: joined(begun("29", "总务处"), proposedAndApproved("27", foi.AskThirdParty, third),
			[]demoDeed{objected("24")}, replied("20", ReplyDraft{Outcome: string(foi.OutcomeThirdParty), Reason: "第三方不同意公开，理由成立（演示）"}), signedOff("20"),
			[]demoDeed{did("8 10:00", "supervisor", foi.Complain, StepBody{Complaint: string(foi.ToBureau)})})},
		{key: "foi-decided", title: "校园超市的招租过程", text: "", deeds: joined(begun("34", "总务处"), replied("30", ReplyDraft{Outcome: string(foi.OutcomeInternal), Reason: "属于后勤管理（演示）"}),
			signedOff("30"), []demoDeed{did("26 10:00", "supervisor", foi.Complain, StepBody{Complaint: string(foi.ToBureau)}),
				did("18 10:00", "supervisor", foi.Decide, StepBody{Result: string(foi.Corrected)})})},
		{key: "foi-override", title: "配餐企业的检测不合格记录", text: "", deeds: joined(begun("15", "总务处"), proposedAndApproved("12", foi.AskThirdParty, third),
			[]demoDeed{objected("9"), did("8 10:00", "principal", foi.Override, StepBody{Party: third.Party, Reason: "涉及学生食品安全（演示）"})})},
		{key: "foi-silent", title: "校外实践基地的合作协议", text: "", deeds: joined(begun("26", "德育处"), proposedAndApproved("24", foi.AskThirdParty, third), []demoDeed{fell("8 00:20")})},
		{key: "foi-urged", title: "去年的预算执行表", text: "", deeds: append(begun("17", "财务室"), did("2 09:00", "supervisor", foi.Urge, StepBody{}),
			did("2 09:10", "supervisor", foi.Order, StepBody{Reason: "请按期答复（演示）"}), did("1 15:00", "supervisor", foi.Interview, StepBody{Reason: "电话了解办理进度（演示）"}))},
		{key: "foi-late-correction", title: "某次活动的方案", text: "没有写明活动名称。", deeds: joined(begun("25", "德育处"),
			proposedAndApproved("23", foi.AskCorrection, StepBody{Items: "请写明活动名称", Days: 5}), []demoDeed{correctedLate("14 19:00"), did("13 09:00", "officer", foi.Approve, StepBody{})})},
	}
}
