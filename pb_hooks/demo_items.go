package pb_hooks

import (
	"time"

	"gongkai/pb_hooks/publication"
)

// demoItems are the articles of the first school: one at least at every stage
// and in every state, after every action. They say so themselves.
func demoItems() []demoItem {
	return atSchool(1, demoWaiting(), demoDecided(), demoPublic(), demoServices(), demoQuestions())
}

// atSchool puts lists of items at one school.
func atSchool(number int, lists ...[]demoItem) (all []demoItem) {
	for _, list := range lists {
		for _, item := range list {
			item.school = number
			all = append(all, item)
		}
	}
	return all
}

// demoWaiting are those that wait for somebody, and drafts.
func demoWaiting() []demoItem {
	return []demoItem{
		{key: "reviewing", title: "关于调整早餐供应时间的通知",
			text:  "因食堂设备检修，下周早餐供应时间临时调整，请各位家长知悉并相互转告，给您带来不便请谅解。",
			deeds: []demoDeed{wrote("1 09:00"), submitted("1 09:12")}},
		{key: "finding", title: "关于校服换购登记的通知",
			text:  "需要换购校服的同学请到总务处登记。登记示例：张晓明，电话 13800138000，证件号 11010519491231002X（国家标准样例，演示自动检查）。",
			deeds: []demoDeed{wrote("1 10:05"), submitted("1 10:20")}},
		{key: "claimed", title: "关于周五大扫除的通知",
			text:  "本周五下午各班进行教室大扫除，请同学们自带抹布，值日班级负责走廊和楼梯。",
			deeds: []demoDeed{wrote("1 10:50"), submitted("1 11:00"), claimed("0 08:40", "reviewer")}},
		{key: "today", title: "关于招募家长志愿者的通知",
			text:  "学校招募上学时段校门口的家长志愿者，每周一次，每次半小时，请有意参加的家长向班主任报名。",
			deeds: []demoDeed{wrote("2 15:10"), submitted("2 15:30")}},
		{key: "overdue", title: "关于课后服务满意度调查的通知",
			text:  "学校将开展课后服务满意度调查，问卷不记名，请各位家长在一周内填写，结果将在下月公布。",
			deeds: []demoDeed{wrote("5 13:40"), submitted("5 14:00")}},
		{key: "second", column: "A0401", title: "明年招生计划与招生范围",
			text:  "学校明年计划招收一年级新生四个班，招生范围以区教育局公布的划片为准，招生咨询由教导处接待。",
			deeds: []demoDeed{wrote("3 14:00"), submitted("3 14:30"), approved("1 14:20", "reviewer")}},
		{key: "secrecy", title: "关于图书馆开放时间的通知",
			text:  "学校图书馆延长开放时间，工作日开放到下午五点半，欢迎同学们前往借阅，请家长合理安排接送时间。",
			deeds: []demoDeed{wrote("2 09:10"), submitted("2 09:30"), approved("1 10:00", "reviewer")}},
		{key: "secrecy-overdue", title: "关于校门口道路施工期间接送安排的通知",
			text:  "校门口道路施工期间，请接送孩子的家长改走东侧便道，听从现场引导，非机动车请停放在指定区域。",
			deeds: []demoDeed{wrote("6 09:00"), submitted("6 09:20"), approved("5 10:10", "reviewer")}},
		{key: "referred", title: "关于校园安防设施升级的通知",
			text: "学校安防设施将分批升级，升级期间部分通道临时封闭，请按现场指引通行，注意安全，感谢理解。",
			deeds: []demoDeed{wrote("4 09:00"), submitted("4 09:20"), approved("3 10:30", "reviewer"),
				took("2 11:00", "secrecy", publication.Refer, "涉及安防设施位置，是否公开请区级确定（演示）", publication.Check{Result: publication.AskAbove})}},
		{key: "recalled", title: "关于秋季社会实践活动的通知",
			text: "秋季社会实践定于下周三，请同学们穿校服和运动鞋，自带饮用水，听从带队老师安排。",
			deeds: []demoDeed{wrote("2 10:00"), submitted("2 10:10"),
				took("2 10:25", "editor", publication.Recall, "集合时间要改（演示）", publication.Check{})}},
		{key: "file", title: "关于领取体质健康测试登记表的通知",
			text: "请各班班主任到体育组领取体质健康测试登记表，电子表格见附件。",
			deeds: []demoDeed{wrote("0 08:20"),
				attached("0 08:30", "体质健康测试登记表.docx", "这一列不用填，定稿前删掉批注（演示）")}},
	}
}

// demoDecided are those that came back, will not or will soon be public.
func demoDecided() []demoItem {
	return []demoItem{
		{key: "returned", title: "关于冬季运动会的通知",
			text: "冬季运动会定于下月举行，请各班提前报名，注意天气变化，并为参加比赛的同学准备合适的衣物。",
			deeds: []demoDeed{wrote("3 08:50"), submitted("3 09:00"),
				took("2 16:00", "reviewer", publication.Return, "请写明比赛日期和集合地点（演示）", publication.Check{})}},
		{key: "withheld", title: "关于困难学生资助名单的通知",
			text: "本学期资助名单已经确定，相关情况由班主任与家长单独沟通，请留意学校的书面通知，有疑问请联系总务处。",
			deeds: []demoDeed{wrote("6 15:00"), submitted("6 15:10"), approved("5 09:30", "reviewer"),
				took("4 10:00", "secrecy", publication.Withhold, "受助学生名单属于个人隐私（演示）", publication.Check{
					Found: []publication.Point{publication.Privacy, publication.Minors}, Result: publication.NotPublic, Basis: "《政府信息公开条例》第十五条"})}},
		{key: "released", title: "关于寒假安排的通知", plans: inDays(3),
			text:  "寒假安排已经确定，请各位家长提前了解放假和返校时间，合理安排假期生活，注意假期安全。",
			deeds: []demoDeed{wrote("3 10:00"), submitted("3 10:20"), approved("2 09:00", "reviewer"), cleared("1 15:00", "secrecy")}},
	}
}

// inDays lets a version wait until eight in the morning of a day to come.
func inDays(days int) func(*demoPlay) map[string]any {
	return func(d *demoPlay) map[string]any {
		return map[string]any{"release_at": d.real.AddDate(0, 0, days).UTC().Truncate(24 * time.Hour)}
	}
}
