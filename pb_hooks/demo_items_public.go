package pb_hooks

import "gongkai/pb_hooks/publication"

// passed are the usual steps to the public, on working days one after the other.
func passed(wrotes, submits, approves, clears string) []demoDeed {
	return append([]demoDeed{wrote(wrotes)}, reviewed(submits, approves, clears)...)
}

// reviewed are the steps after the writing.
func reviewed(submits, approves, clears string) []demoDeed {
	return []demoDeed{submitted(submits), approved(approves, "reviewer"), cleared(clears, "secrecy")}
}

// demoPublic are those that are public, or were.
func demoPublic() []demoItem {
	const nothing = ""
	return []demoItem{
		{key: "publicity", title: "关于拟聘食堂供应商的公示", plans: inPublic(5, 0),
			text:  "经公开遴选，学校拟聘下一年度食堂食材供应商，现予公示。对公示内容有异议的，请在公示期内向总务处书面反映。",
			deeds: passed("5 08:40", "5 09:00", "4 10:00", "3 09:30")},
		{key: "concluded", title: "关于校园绿化改造项目中选单位的公示", plans: inPublic(5, 0),
			text:  "校园绿化改造项目已完成比选，现将中选单位予以公示。对公示内容有异议的，请在公示期内向总务处书面反映。",
			deeds: append(passed("13 08:40", "13 09:00", "12 10:00", "11 09:30"), took("5 00:05", "", publication.Conclude, nothing, publication.Check{}))},
		{key: "expired", title: "关于体育馆临时关闭的通知", plans: inPublic(0, -6),
			text:  "体育馆地板保养期间临时关闭，体育课改在操场或教室进行，保养结束后恢复使用。",
			deeds: append(passed("14 08:40", "14 09:00", "13 10:30", "13 15:30"), took("3 00:05", "", publication.Expire, nothing, publication.Check{}))},
		{key: "change-begun", title: "关于调整冬季作息时间的通知",
			text:  "从下月起实行冬季作息时间，早晨到校时间推迟十分钟，放学时间不变，请家长合理安排接送。",
			deeds: append(passed("12 09:00", "12 09:10", "11 10:00", "11 14:00"), changed("1 16:00", "从下月起实行冬季作息时间，早晨到校时间推迟二十分钟，放学时间不变，请家长合理安排接送。"))},
		{key: "change-reviewed", title: "关于校门开放时段的通知",
			text: "为方便管理，校门在上学和放学时段开放，其余时间来访请在门卫处登记，感谢配合。",
			deeds: append(passed("10 09:00", "10 09:10", "9 10:00", "9 14:00"),
				changed("2 09:40", "校门在上学和放学时段开放，其余时间来访请提前与班主任预约，并在门卫处登记，感谢配合。"), submitted("1 16:30"))},
		{key: "override", title: "关于学籍信息核对表填写方法的通知",
			text: "请按下面的样例填写学籍信息核对表：证件号码 11010519491231002X（国家标准中的样例号码，不对应任何人），一个号码占一格。",
			deeds: []demoDeed{wrote("8 09:00"), submitted("8 09:20"), approved("7 10:00", "reviewer"),
				letStand("6 14:00", "国家标准文本中的样例号码，用来说明填表方法，不对应任何人（演示）"), cleared("6 14:05", "secrecy")}},
		{key: "word", title: "关于开通校园网络帐号的通知",
			text:  "新入职的教师请到信息中心开通校园网络帐号，初次登录后请及时修改密码，并妥善保管。",
			deeds: passed("9 09:00", "9 09:10", "8 10:00", "8 14:00")},

		{key: "7", imported: true, deeds: []demoDeed{withdrawn("1 17:10")}},
		{key: "9", imported: true, deeds: []demoDeed{took("2 09:15", "editor", publication.Archive, nothing, publication.Check{})}},
		{key: "10", imported: true, deeds: []demoDeed{took("0 08:35", "editor", publication.Confirm, nothing, publication.Check{})}},
	}
}

func withdrawn(when string) demoDeed {
	return took(when, "editor", publication.Withdraw, "内容有误，更正后重新发布（演示）", publication.Check{})
}

// inPublic is for how long: working days of a 公示, and the last day, counted
// from today, on which a text is valid; 0 sets none.
func inPublic(workdays, until int) func(*demoPlay) map[string]any {
	return func(d *demoPlay) map[string]any {
		plans := map[string]any{"publicity_workdays": workdays}
		if until != 0 {
			plans["valid_until"] = d.day(until)
		}
		return plans
	}
}

// demoItemsElsewhere are what other schools show: four people, a stand-in, the
// bureau taking down a text, the bureau reviewing where a school has nobody, and
// the answers to a broadcast.
func demoItemsElsewhere() []demoItem {
	answer := func(school int, deeds ...demoDeed) demoItem {
		return demoItem{key: "answer", school: school, broadcast: true, deeds: deeds}
	}
	return []demoItem{
		{key: "7", school: 2, imported: true, deeds: []demoDeed{withdrawn("2 17:10")}},
		{key: "7", school: 3, imported: true, deeds: []demoDeed{withdrawn("3 17:10")}},
		{key: "four", school: 2, column: "A0401", title: "明年初中预备班招生计划与范围说明",
			text: "学校明年的招生计划和范围以区教育局公布的为准，本校不组织任何形式的考试，咨询请在工作日联系教导处。",
			deeds: []demoDeed{wrote("9 09:30"), submitted("9 09:50"), approved("8 10:20", "reviewer"), approved("7 09:00", "principal"),
				cleared("6 10:40", "secrecy")}},
		{key: "sensitive", school: 2, title: "关于组织学习互助小组的通知",
			text:  "各班组织学习互助小组，帮助后进生制订复习计划，每周两次，自愿参加，不收取任何费用。",
			deeds: passed("8 09:00", "8 09:15", "7 10:00", "7 15:00")},
		{key: "stood-in", school: demoStandInSchool, title: "关于住宿生周末返校时间的通知",
			text:  "住宿生周日下午四点到六点返校，请家长把孩子送到宿舍楼门口，返校后不再单独外出。",
			deeds: []demoDeed{wrote("6 08:50"), submitted("6 09:05"), approved("5 11:00", "principal"), cleared("4 09:20", "secrecy")}},
		{key: "stands-in", school: demoStandInSchool, title: "关于实验楼消防演练的通知",
			text:  "下周二上午在实验楼进行消防演练，请各班按疏散路线有序离开，听到警报不要惊慌。",
			deeds: []demoDeed{wrote("1 08:30"), submitted("1 08:45")}},
		{key: "taken-down", school: 4, title: "关于领取竞赛证书的通知",
			text: "请获奖同学于本周内到教导处领取竞赛证书，逾期由班主任代领，领取时请携带校园卡。",
			deeds: append(passed("9 09:00", "9 09:15", "8 10:00", "8 15:00"),
				took("2 16:40", "supervisor", publication.TakeDown, "附图中可以看到学生的联系方式，先撤下核实（演示）", publication.Check{}))},
		{key: "bureau-passed", school: demoShortOfPeople, title: "关于秋季亲子运动会的通知",
			text:  "秋季亲子运动会定于本月底举行，请家长穿便于活动的鞋服，当天从东门入园。",
			deeds: []demoDeed{wrote("7 09:00"), submitted("7 09:10"), approved("6 10:00", "bureau-reviewer"), cleared("5 09:40", "bureau-secrecy")}},
		{key: "bureau-waiting", school: demoShortOfPeople, title: "关于冬季传染病预防的通知",
			text:  "冬季是呼吸道传染病高发季节，请家长留意孩子的身体状况，发热时在家休息并告知班级老师。",
			deeds: []demoDeed{wrote("1 09:20"), submitted("1 09:30")}},

		answer(2, changed("1 15:00", "天气转冷，请各位家长和孩子一起检查家中取暖设备，睡前关闭电热器具。住校的同学不得在宿舍使用电热毯。")),
		answer(3, submitted("1 16:00")),
		answer(4, submitted("5 09:00"), approved("4 10:20", "reviewer"), cleared("4 14:00", "secrecy")),
		answer(demoShortOfPeople, declined("3 10:00", "本园已在《冬季保育提示》中写明这些内容，不再单独发布（演示）")),
		answer(6, submitted("5 10:00"), approved("3 10:20", "reviewer"), cleared("3 14:00", "secrecy")),
		answer(8, submitted("2 10:00"), approved("1 10:40", "reviewer")),
	}
}
