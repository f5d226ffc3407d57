package audit

// The words of what happens to a school over its life.

var schoolLifeActions = table{
	{"open_school", "学校：新设"}, {"undo_opening", "学校：撤回开办"}, {"correct_school", "学校资料：本地更正"}, {"propose_correction", "学校资料：提出更正"}, {"decide_correction", "学校资料：处理更正"},
	{"change_school", "学校：更新资料"}, {"merge_school", "学校：并入其他学校"}, {"split_school", "学校：拆分"}, {"close_school", "学校：撤销"}, {"reopen_school", "学校：恢复办学"}, {"move_staff", "学校：人员转到承接学校"},
	{"foi_succeed", "申请：移交承接学校"}, {"inquiry_succeed", "来信：移交承接单位"}, {"order_succeed", "督办：移交承接学校"},
}

var schoolLifeCollections = table{{"school_corrections", "学校资料本地更正"}}

var schoolLifeFields = table{
	{"registry_id", "机构编号"}, {"credit_code", "统一社会信用代码"}, {"principal", "校长"}, {"postcode", "邮政编码"}, {"opened_on", "开办日期"}, {"ended_on", "合并或撤销日期"}, {"ended", "已合并或撤销"},
	{"successors", "承接学校"}, {"cases_to", "未办结事项的承接学校"}, {"origins", "资料来源"}, {"kit", "开办准备"}, {"schools.level", "等级级别"}, {"school_corrections.by", "提出人"}, {"school_corrections.by_name", "提出人姓名"}, {"school_corrections.at", "提出时间"},
	{"field", "项目"}, {"value", "更正后的内容"}, {"was", "原来的内容"},
}
