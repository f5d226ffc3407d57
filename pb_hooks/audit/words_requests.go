package audit

// The words of 依申请公开.

var requestActions = table{
	{"foi_submit", "申请：提交"}, {"foi_register", "申请：登记"}, {"foi_answer_at_once", "申请：当场答复"}, {"foi_ask_correction", "申请：告知补正"}, {"foi_correct", "申请：补正"},
	{"foi_correct_late", "申请：逾期补正"}, {"foi_abandon", "申请：视为放弃"}, {"foi_assign", "申请：转交承办"}, {"foi_ask_third_party", "申请：征求第三方意见"},
	{"foi_consult", "申请：征求其他单位意见"}, {"foi_record_opinion", "申请：登记意见"}, {"foi_lapse", "申请：按逾期未回复意见处理"}, {"foi_extend", "申请：延期答复"},
	{"foi_submit_answer", "申请：提交答复稿"}, {"foi_return", "申请：退回修改"}, {"foi_clear", "申请：通过保密审查"}, {"foi_endorse", "申请：审核同意"}, {"foi_sign", "申请：签发答复"},
	{"foi_deliver", "申请：登记送达"}, {"foi_override", "申请：决定为公共利益公开"}, {"foi_withdraw", "申请：撤回"}, {"foi_invalidate", "申请：列为无效件"}, {"foi_archive", "申请：归档"},
	{"foi_supplement", "申请：补充答复"}, {"foi_complain", "申请：登记申诉"}, {"foi_decide", "申请：登记申诉结果"}, {"foi_hand_over", "申请：转送有关单位"}, {"foi_urge", "申请：催办"},
	{"foi_order", "申请：督办"}, {"foi_interview", "申请：记录约谈"}, {"foi_approve", "申请：同意拟办"}, {"foi_decline", "申请：不同意拟办"}, {"foi_recount", "申请：重新计算期限"},
	{"foi_propose_publication", "申请：转为主动公开"}, {"foi_decline_publication", "申请：不转为主动公开"},
	{"foi_draft", "申请：填写答复书"}, {"foi_rate", "申请：评价"}, {"foi_purge", "申请：按期清除个人信息"},
	{"foi_receipt", "申请：再次显示提交回执"}, {"foi_search", "申请：按联系方式查找"}, {"foi_file", "申请：上传材料"}, {"foi_file_removed", "申请：删除材料"}, {"foi_delivery", "申请：登记文书送达"}, {"foi_identity", "申请：查看申请人信息"}, {"foi_paper", "申请：查看申请人材料"},
}

var requestFields = table{
	{"foi_mode", "依申请公开的方式"}, {"letter_word", "代字"}, {"bureau_name", "主管部门名称"}, {"foi_purge_days", "个人信息保存天数"}, {"series", "序列"}, {"assignee", "承办人"}, {"channel", "申请方式"},
	{"subject", "申请的信息"}, {"ending", "办结方式"}, {"clock", "计时"}, {"publication", "是否转为主动公开"}, {"outcome", "答复类型"}, {"proposal", "待同意的事项"}, {"approver", "由谁同意"},
	{"submitted", "提交日期"}, {"received", "收到日期"}, {"due", "答复期限"}, {"closed", "办结日期"}, {"dispatched", "发出日期"}, {"provisional", "期限暂定"}, {"extended", "已延期"}, {"days_left", "剩余工作日"}, {"late", "逾期答复"},
	{"department", "承办部门"}, {"rating", "评价"}, {"rating_note", "评价说明"}, {"rated_at", "评价时间"}, {"purged_at", "个人信息清除时间"}, {"request", "申请"}, {"details", "详细描述"}, {"index_no", "索取号"},
	{"purpose", "用途"}, {"forms", "提供方式"}, {"ways", "获取方式"}, {"any_way", "可按现有方式提供"}, {"help", "需要阅读或视听帮助"}, {"promised", "承诺属实"}, {"applied_on", "申请日期"}, {"role", "身份"}, {"on", "办理日期"},
	{"recorded", "登记日期"}, {"party", "对方"}, {"joint", "共同制作单位"}, {"opinion", "意见"}, {"items", "事项"}, {"days", "天数"}, {"told", "告知的期限"}, {"reply", "答复书稿"}, {"way", "送达方式"}, {"lacking", "缺少的材料"},
	{"agreed", "申请人同意"}, {"complaint", "申诉类型"}, {"result", "处理结果"}, {"arrival", "收到的情况"}, {"redacted_of", "原件"}, {"areas", "遮盖的区域"}, {"pages", "页数"}, {"content", "内容"}, {"withheld", "不予公开的情形"},
	{"obtain", "获取的方式和途径"}, {"other_body", "其他单位"}, {"other_contact", "其他单位联系方式"}, {"body_unknown", "不能确定公开单位"}, {"earlier", "以前的答复"}, {"not_consulted", "未征求意见的原因"}, {"remedy", "救济途径"},
	{"supplement", "补充内容"}, {"step", "办理环节"}, {"dated", "成文日期"}, {"recipient", "发给"}, {"template", "模板"}, {"delivered_on", "送达日期"}, {"delivered_way", "送达方式"}, {"delivered_note", "送达说明"},
	{"delivered_by", "送达人"}, {"delivered_file", "送达凭证"}, {"answered_at", "答复时间"}, {"answer", "答复期限"}, {"extend", "延期上限"}, {"correction_notice", "告知补正的期限"}, {"correction", "补正期限"},
	{"correction_min", "最短补正期限"}, {"correction_max", "最长补正期限"}, {"third_party", "第三方答复意见的期限"}, {"other_organ", "其他单位答复意见的期限"}, {"confirm", "确认收到的期限"}, {"archive", "归档期限"},
	{"yellow", "黄色预警"}, {"orange", "橙色预警"}, {"red", "红色预警"}, {"text", "文字"}, {"is_default", "恢复默认模板"}, {"year", "年份"}, {"moved", "期限改变的申请"}, {"table3", "申请情况表"}, {"table4", "复议诉讼情况表"}, {"day", "日期"}, {"letter", "文书"},
	{"foi_requests.class", "申请人类别"}, {"foi_applications.class", "申请人类别"}, {"foi_applications.pending", "等待同意的补正"}, {"foi_terms.supplement", "补充答复期限"}, {"foi_mails.state", "发送状态"},
}
