package scorecard

const (
	deducted = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）扣分指标"
	standing = "《中小学信息公开与办事服务栏目设置标准》"
	law      = "《中华人民共和国政府信息公开条例》"
)

// deductions are taken from the hundred points.
func deductions() []Indicator {
	return []Indicator{
		{Code: "D1", Name: "栏目设置齐全", Group: Columns, Unit: "个", Hits: []Hit{{Key: "missing", Name: "缺少的必设栏目"}},
			Wanted: "本校应设的必设栏目都已设置。", How: "按学段、办学性质和条件，标准要求本校设置而没有设置的必设栏目，每个扣分。经批准免设的栏目不计。", Basis: standing},
		{Code: "D2", Name: "空白栏目", Group: Columns, Unit: "个", Hits: []Hit{{Key: "blank", Name: "没有内容的必设栏目"}},
			Wanted: "必设栏目都有公开的内容。", How: "已经设置而没有一条公开信息的必设栏目，每个扣分。", Basis: deducted},
		{Code: "D3", Name: "栏目更新及时", Group: Updating, Unit: "个", Hits: []Hit{{Key: "stale", Name: "超期的栏目"}, {Key: "key", Name: "超期的通知、招生、收费栏目"}},
			Wanted: "栏目在更新周期内有新信息或者核对确认。", How: "距最近一次公开或核对确认的天数超过栏目的更新周期，每个栏目扣分；通知公告、招生和收费栏目扣得更多。", Basis: deducted},
		{Code: "D4", Name: "公开时限", Group: Updating, Unit: "条", Hits: []Hit{{Key: "late", Name: "超过时限公开的信息"}},
			Wanted: "信息自形成之日起 20 个工作日内公开，另有规定的从其规定。", How: "本月公开的信息，从生成日期到首次公开的工作日超过栏目的时限，每条扣分。", Basis: law + "第二十六条"},
		{Code: "D5", Name: "信息公开年度报告", Group: Updating, Unit: "份", Hits: []Hit{{Key: "late", Name: "1 月 31 日以后才公开"}, {Key: "missing", Name: "没有公开"}},
			Wanted: "每年 1 月 31 日前公开上一年度的报告。", How: "1 月 31 日以后，“信息公开年度报告”栏目中没有上一年度的报告，每月扣分；晚于 1 月 31 日公开的，在公开的当月扣分。", Basis: law + "第五十条"},
		{Code: "D6", Name: "公开指南要素", Group: Services, Unit: "项", Hits: []Hit{{Key: "element", Name: "指南缺少的要素"}},
			Wanted: "信息公开指南写明法定的各项要素。", How: "公开的信息公开指南中没有填写的要素，每项扣分；没有公开指南的，各项都算缺少。目录由系统生成，索引、名称、内容概述和生成日期总是齐全。", Basis: law + "第十二条"},
		{Code: "D7", Name: "在线咨询按时答复", Group: Interaction, Unit: "件", Hits: []Hit{{Key: "overdue", Name: "逾期的在线咨询"}},
			Wanted: "在线咨询在办理时限内答复。", How: "本月内逾期答复的，和到今天已经逾期还没有答复的在线咨询，每件扣分。", Basis: deducted},
		{Code: "D8", Name: "答复质量", Group: Interaction, Unit: "次", Hits: []Hit{{Key: "low", Name: "差评超过 10%"}, {Key: "returned", Name: "差评退回重办"}},
			Wanted: "来信人对答复满意。", How: "本月收到的评价中，不满意和非常不满意超过 10% 的扣分一次；因差评退回重办的，每件扣分。", Basis: "本平台规定"},
		{Code: "D9", Name: "依申请公开按时答复", Group: Requests, Unit: "件", Hits: []Hit{{Key: "late", Name: "逾期答复的申请"}, {Key: "open", Name: "逾期没有答复的申请"}},
			Wanted: "申请在法定期限内答复。", How: "答复期限按期限台账计算：补正、征求意见和延期的日子按条例计入或者扣除。本月逾期答复的每件扣分，已经逾期还没有答复的扣得更多。", Basis: law + "第三十三条"},
		{Code: "D10", Name: "链接和附件可用", Group: Services, Unit: "个", Hits: []Hit{{Key: "home", Name: "主页上打不开的链接"}, {Key: "link", Name: "其他页面上打不开的链接"}, {Key: "file", Name: "无法下载的附件"}},
			Wanted: "链接都能打开，附件都能下载。", How: "平台每夜检查站内链接和附件，每周检查站外链接。最近一次检查仍然打不开的，每个扣分。", Basis: deducted},
		{Code: "D11", Name: "不当链接", Group: Safety, Unit: "个", Hits: []Hit{{Key: "private", Name: "指向内网地址或者脚本的链接"}, {Key: "wechat", Name: "正文只有公众号链接的信息"}},
			Wanted: "不链接内网地址，信息的正文写在本平台上。", How: "公开信息中指向内网地址、本机或者脚本的链接，每个扣分；正文除公众号链接外没有内容的信息，每条扣分。", Basis: "本平台规定"},
		{Code: "D12", Name: "错敏词", Group: Safety, Unit: "处", Hits: []Hit{{Key: "general", Name: "一般错敏词"}, {Key: "serious", Name: "严重错敏词"}},
			Wanted: "公开的文字没有错敏词。", How: "公开的信息和附件中命中错敏词表、没有写明理由放行的，每处扣分。", Basis: deducted},
		{Code: "D13", Name: "个人信息保护", Group: Safety, Unit: "处", Hits: []Hit{{Key: "personal", Name: "公开信息中的个人信息"}},
			Wanted: "公开的信息不含身份证号、手机号、住址、成绩名次等个人信息。", How: "公开的信息和附件中必须处理的个人信息，没有写明理由放行的，每处扣分，并立即撤下。", Basis: "《中华人民共和国个人信息保护法》第二十八条、《未成年人学校保护规定》"},
		{Code: "D14", Name: "纠错按时办结", Group: Interaction, Unit: "件", Hits: []Hit{{Key: "overdue", Name: "逾期办结的纠错"}},
			Wanted: "“我要纠错”三个工作日内办结。", How: "本月内逾期答复的，和已经逾期还没有答复的纠错来信，每件扣分。", Basis: deducted},
		{Code: "D15", Name: "审核记录齐全", Group: Safety, Unit: "条", Hits: []Hit{{Key: "unreviewed", Name: "没有审核和保密审查记录的信息"}},
			Wanted: "先审查、后公开：每条信息都有初审和保密审查记录。", How: "本月公开的信息，所公开的版本没有提交人以外的人的审核通过和保密审查通过的，每条扣分。", Basis: law + "第十七条、《中华人民共和国保守国家秘密法》第三十五条"},
		{Code: "D16", Name: "无障碍", Group: Services, Unit: "处", ByHand: true, Hits: []Hit{{Key: "fault", Name: "无障碍缺陷"}},
			Wanted: "图片有文字说明，页面可以用键盘和读屏软件使用。", How: "公开的图片没有文字说明的，每处扣分。其他缺陷由区教育局检查后登记。", Basis: "《中华人民共和国无障碍环境建设法》第三十二条"},
		{Code: "D17", Name: "网页标签", Group: Services, Unit: "条", Hits: []Hit{{Key: "missing", Name: "缺少来源等标签的信息"}},
			Wanted: "每条信息有标题、发布时间和来源。", How: "本月公开的信息没有填写来源、页面标签因此不完整的，每条扣分。标题和发布时间由系统写入。", Basis: "《政府网站发展指引》（国办发〔2017〕47号）附件"},
		{Code: "D18", Name: "响应时间", Group: Safety, Unit: "次", Hits: []Hit{{Key: "slow", Name: "打开页面超过 6 秒"}},
			Wanted: "页面在 6 秒内打开。", How: "近七天探测的响应时间由短到长排列，第 95% 位超过 6 秒的扣分一次。", Basis: "上海市教育网站评议指标"},
		{Code: "D19", Name: "网络安全", Group: Safety, Unit: "项", ByHand: true, Hits: []Hit{{Key: "risk", Name: "高风险隐患"}},
			Wanted: "没有高风险的网络安全隐患。", How: "由区教育局按安全检查的结果登记。本月没有登记检查结果的，不计分。", Basis: "《中华人民共和国网络安全法》"},
	}
}
