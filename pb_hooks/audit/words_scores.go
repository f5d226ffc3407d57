package audit

// The words of scorecards.

var scoreActions = table{
	{"object_to_score", "对评分提出申诉"}, {"decide_score_objection", "答复评分申诉"}, {"enter_score_finding", "登记检查结果"}, {"set_score_weights", "设置扣分标准"}, {"export_scores", "导出考核评分"},
}

var scoreCollections = table{
	{"score_weights", "扣分标准"}, {"score_cards", "月度评分"}, {"score_findings", "人工登记的检查结果"}, {"score_objections", "评分申诉"}, {"score_decisions", "评分申诉的答复"},
}

var scoreFields = table{
	{"weights", "分值"}, {"weights_from", "所用扣分标准"}, {"grade", "等次"}, {"measured", "已测指标"}, {"card", "评分"}, {"issued_on", "出具日期"}, {"month", "月份"},
	{"score_findings.code", "指标"}, {"score_objections.code", "指标"}, {"hit", "情形"}, {"objection", "申诉"}, {"accepted", "采纳"}, {"points", "分数（0.1 分）"},
}
