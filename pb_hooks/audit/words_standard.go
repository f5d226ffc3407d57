package audit

// The words of the column standard and of exemptions from it.

var standardActions = table{
	{"draft_standard", "起草栏目设置标准"}, {"change_standard", "更改标准的版本号或名称"}, {"discard_standard", "删除标准草案"}, {"import_standard", "导入标准草案"},
	{"export_standard", "导出栏目设置标准"}, {"add_column", "增加栏目"}, {"change_column", "更改栏目"}, {"remove_column", "删除栏目"}, {"place_column", "移动栏目"},
	{"set_moves", "更改沿革"}, {"release_standard", "发布栏目设置标准"}, {"recall_standard", "收回栏目设置标准"}, {"roll_out_standard", "施行栏目设置标准"},
	{"ask_exemption", "申请豁免"}, {"set_exemption", "设定豁免"}, {"decide_exemption", "审批豁免"}, {"withdraw_exemption", "撤回豁免申请"}, {"revoke_exemption", "撤销豁免"},
}

var exemptionCollections = table{{"exemptions", "豁免"}}

var standardFields = table{
	{"moves", "沿革"}, {"based_on", "依据的版本"}, {"released_by", "发布人"}, {"released_by_name", "发布人姓名"}, {"released_at", "发布时间"},
	{"applied_at", "施行时间"}, {"changes", "变化"}, {"review", "审核方式"}, {"articles", "信息条数"},
	{"exemptions.from", "开始日期"}, {"exemptions.until", "结束日期"}, {"asked_by", "申请人"}, {"asked_by_name", "申请人姓名"}, {"asked_at", "申请时间"},
	{"decision", "审批意见"}, {"decided_by", "审批人"}, {"decided_by_name", "审批人姓名"}, {"decided_at", "审批时间"}, {"revoked_by", "撤销人"}, {"revoked_by_name", "撤销人姓名"},
	{"revoked_at", "撤销时间"}, {"revoked_on", "撤销日期"}, {"revoked_reason", "撤销原因"},
}
