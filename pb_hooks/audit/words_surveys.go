package audit

// The words of the yearly survey of school staff.

var surveyActions = table{
	{"open_survey", "发起满意度调查"}, {"prolong_survey", "延长满意度调查"}, {"answer_survey", "填写满意度调查"}, {"open_survey_results", "打开满意度调查结果"}, {"export_survey", "导出满意度调查结果"},
}

var surveyCollections = table{{"surveys", "满意度调查"}, {"survey_answers", "满意度调查答卷"}}

var surveyFields = table{
	{"survey", "满意度调查"}, {"questions", "问题"}, {"levels", "各题的满意程度"}, {"improve", "最需要改进的一点"}, {"results_opened_at", "打开结果的时间"}, {"results", "结果"}, {"surveys.asked", "应填岗位"},
}
