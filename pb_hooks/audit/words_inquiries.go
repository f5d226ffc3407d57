package audit

// The words of letters: 在线咨询, 校长信箱, 我要纠错, 信息公开申诉.

var inquiryActions = table{
	{"inquiry_submit", "来信：提交"}, {"inquiry_hold", "来信：留待核查"}, {"inquiry_release", "来信：核查放行"}, {"inquiry_accept", "来信：受理"}, {"inquiry_refuse", "来信：决定不予受理"}, {"inquiry_classify", "来信：改定类别"}, {"inquiry_assign", "来信：转办部门"}, {"inquiry_hand_back", "来信：退回专管员"}, {"inquiry_transfer", "来信：转办其他单位"}, {"inquiry_take_over", "来信：接收转办"}, {"inquiry_give_back", "来信：退回转办"}, {"inquiry_first_reply", "来信：先行回复"}, {"inquiry_extend", "来信：延期"}, {"inquiry_submit_answer", "来信：提交答复稿"}, {"inquiry_return", "来信：退回修改"}, {"inquiry_answer", "来信：审核答复"}, {"inquiry_merge", "来信：合并"}, {"inquiry_withdraw", "来信：撤回"}, {"inquiry_rate", "来信：评价"}, {"inquiry_propose_publication", "来信：提请选登"}, {"inquiry_publish", "来信：公开选登"}, {"inquiry_decline_publication", "来信：决定不公开"}, {"inquiry_revoke_consent", "来信：撤回公开同意"}, {"inquiry_archive", "来信：归档"}, {"inquiry_urge", "来信：催办"}, {"inquiry_escalate", "来信：逾期上报"}, {"inquiry_order", "来信：督办"}, {"inquiry_reply_order", "来信：回复督办"}, {"inquiry_close_order", "来信：办结督办"}, {"inquiry_recount", "来信：重新计算期限"},
	{"inquiry_text", "来信：填写答复或者选登稿"}, {"inquiry_opened", "来信：打开保密来信"}, {"inquiry_receipt", "来信：再次显示回执和查询码"},
	{"inquiry_purge", "来信：清除来信人信息"}, {"inquiry_file", "来信：上传附件"}, {"inquiry_file_removed", "来信：删除附件"}, {"inquiry_writer", "来信：查看来信人信息"}, {"inquiry_paper", "来信：查看来信材料"}, {"inquiry_note", "来信：填写内部备注"}, {"inquiry_question", "来信：转为便民问答"},
}

var inquiryFields = table{
	{"inquiry", "来信"}, {"category", "类别"}, {"capacity", "来信人身份"}, {"confidential", "保密来信"}, {"anonymous", "匿名"}, {"about_principal", "反映校长本人"}, {"page", "网页地址"},
	{"written_to", "写给"}, {"how", "来信方式"}, {"unit", "单位"}, {"offered", "转办给"}, {"consent", "同意公开"}, {"may_publish", "同意公开"}, {"accept_by", "受理期限"}, {"decided", "受理日期"},
	{"first_reply_by", "先行回复期限"}, {"first_replied", "先行回复日期"}, {"answered", "答复日期"}, {"submitted_at", "提交时间"}, {"accept_hours", "受理用时"}, {"answer_hours", "答复用时"},
	{"accepted_late", "逾期受理"}, {"redone", "退回重办"}, {"into", "并入"}, {"ordered", "督办中"}, {"display", "显示的称呼"}, {"suspicions", "需要核查的原因"}, {"ground", "不予受理的原因"}, {"norm", "期限"},
	{"question", "便民问答"}, {"mentions", "提到的同事"}, {"accept", "受理期限（工作日）"}, {"complex", "复杂事项延期"}, {"notice", "说明"}, {"inquiry_levels.closed", "暂停"}, {"inquiry_levels.reply", "答复期限"},
	{"deactivated", "停用"}, {"inquiry_steps.text", "文字"}, {"inquiries.channel", "渠道"}, {"inquiry_steps.channel", "渠道"}, {"inquiry_levels.channel", "渠道"}, {"inquiries.publication", "选登"},
}
