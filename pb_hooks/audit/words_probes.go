package audit

// The words of the visits that the platform pays itself, and of the links that it follows.

var probeActions = table{{"start_probe", "站点检查：开始"}, {"cancel_probe", "站点检查：停止"}, {"export_probe", "站点检查：导出链接清单"}}

var probeCollections = table{{"probe_hours", "每小时访问检查"}, {"probe_days", "每日访问检查"}, {"probe_links", "链接检查"}, {"probe_runs", "站点检查"}}

var probeFields = table{
	{"hour", "时间"}, {"visits", "访问次数"}, {"failed", "失败次数"}, {"slow", "超过 6 秒的次数"}, {"slowest", "最长用时（毫秒）"}, {"spread", "用时分布"}, {"faults", "失败的访问"}, {"hours", "有访问的小时数"},
	{"url", "地址"}, {"fault", "问题"}, {"found_at", "发现时间"}, {"broken_since", "失效开始时间"}, {"checked_at", "检查时间"}, {"due_at", "下次检查时间"},
	{"phase", "阶段"}, {"alone", "不能访问外部网络"}, {"probe_links.status", "网站的回答"},
}
