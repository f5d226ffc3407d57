package scorecard

const national = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）单项否决指标"

// vetoes are the six items of which one is enough.
func vetoes() []Indicator {
	return []Indicator{
		{Code: "V1", Name: "安全、泄密等严重问题", Unit: "处", ByHand: true,
			Hits:   []Hit{{Key: "secrecy", Name: "涉密标记", From: 1}, {Key: "word", Name: "严重表述错误", From: 1}, {Key: "personal", Name: "必须处理的个人信息", From: 1}, {Key: "other", Name: "区教育局查实的其他严重问题", From: 1}},
			Wanted: "不出现严重表述错误，不泄露国家秘密和个人信息，不伪造发稿日期。",
			How:    "自动检查在公开的信息和附件中发现的“必须处理”问题，没有由保密审查人写明理由放行的，有一处即否决。公开时间由系统写入，任何人不能更改。网页被篡改、严重负面舆情由区教育局查实后登记。",
			Basis:  national},
		{Code: "V2", Name: "站点无法访问", Unit: "次",
			Hits:   []Hit{{Key: "down", Name: "近七天访问失败达到 5%", From: 1}},
			Wanted: "学校主页和信息页随时可以打开。",
			How:    "平台每小时打开学校主页和随机的信息页，15 秒内没有打开为一次失败。近七天的失败次数达到总次数的 5% 即否决。",
			Basis:  national},
		{Code: "V3", Name: "首页不更新", Unit: "次",
			Hits:   []Hit{{Key: "stale", Name: "学校主页两周没有新信息", From: 1}},
			Wanted: "学校主页两周内有新公开的信息。",
			How:    "学校主页上最近一条信息的公开时间到今天超过 14 天即否决。寒暑假不计入天数，没有日期的视为没有更新。",
			Basis:  national},
		{Code: "V4", Name: "栏目不更新", Unit: "个",
			Hits:   []Hit{{Key: "frequent", Name: "动态、通知、政策类栏目超期", From: 5}, {Key: "stale", Name: "应更新未更新的栏目", From: 10}, {Key: "blank", Name: "空白栏目", From: 5}},
			Wanted: "栏目按标准规定的期限更新，没有空白栏目。",
			How:    "应在半年以内更新而超期的栏目达到 5 个，或者应更新未更新的栏目达到 10 个，或者空白栏目达到 5 个，即否决。更新和核对确认都算更新；只在学期中计算的栏目不计寒暑假。",
			Basis:  national},
		{Code: "V5", Name: "互动回应差", Unit: "件",
			Hits:   []Hit{{Key: "closed", Name: "没有可用的网上渠道", From: 1}, {Key: "unanswered", Name: "超过三个月没有答复的来信", From: 1}},
			Wanted: "在线咨询和校长信箱开通，有效来信都有答复。",
			How:    "在线咨询和校长信箱都关闭，或者一年之内有一件有效来信超过 90 天没有答复，即否决。",
			Basis:  national},
		{Code: "V6", Name: "服务不实用", Unit: "项",
			Hits:   []Hit{{Key: "none", Name: "没有办事指南", From: 1}, {Key: "guides", Name: "要素齐全的办事指南不足 90%", From: 1}, {Key: "files", Name: "表格无法下载", From: 1}},
			Wanted: "办事指南写明全部要素，表格都能下载。",
			How:    "没有办事指南，或者要素齐全的办事指南不足九成，或者有一份表格没有可以下载的文件，即否决。要素是栏目设置标准为“办事指南”规定的各项。",
			Basis:  national},
	}
}
