package audit

// The words of annual reports.

var annualActions = table{
	{"save_annual_report", "年度报告：保存文字"}, {"present_annual_report", "年度报告：报请签发"}, {"return_annual_report", "年度报告：退回修改"}, {"sign_annual_report", "年度报告：签发"},
	{"remind_annual_report", "年度报告：提醒学校"}, {"export_annual_report", "年度报告：下载"},
}

var annualCollections = table{{"annual_tables", "年度主动公开情况表"}, {"annual_reports", "年度报告"}, {"annual_steps", "年度报告办理环节"}}

var annualFields = table{
	{"groups", "各栏目主动公开情况"}, {"texts", "各部分文字"}, {"changed", "有改动"}, {"report", "年度报告"}, {"foi_table", "冻结的申请情况表"}, {"group_table", "冻结的主动公开情况表"}, {"sections", "改动的部分"},
}
