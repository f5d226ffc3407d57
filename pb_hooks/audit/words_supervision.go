package audit

// The words of supervision.

var supervisionActions = table{{"export_period", "导出统计表"}}

var supervisionCollections = table{{"school_days", "学校每日快照"}, {"district_days", "全区每日快照"}, {"vacations", "寒暑假"}, {"column_checks", "栏目核对确认"}}

var supervisionFields = table{
	{"figures", "数据"}, {"score", "得分"}, {"vetoes", "单项否决"}, {"lines", "评分项"}, {"made_at", "生成时间"}, {"columns", "栏目"},
}
