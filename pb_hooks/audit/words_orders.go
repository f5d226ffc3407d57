package audit

// The words of orders of the bureau: 督办单, 整改通知书.

var orderActions = table{
	{"order_issue", "督办：发出"}, {"order_acknowledge", "督办：签收"}, {"order_ask_extension", "督办：申请延期"}, {"order_grant_extend", "督办：同意延期"}, {"order_decline_extend", "督办：不同意延期"},
	{"order_submit", "督办：报送整改情况"}, {"order_return", "督办：退回整改"}, {"order_close", "督办：验收通过"}, {"order_withdraw", "督办：撤销"}, {"order_talk", "督办：记录约谈"},
	{"order_remind", "督办：到期提醒"}, {"order_escalate", "督办：逾期上报"}, {"order_call_talk", "督办：提请约谈"}, {"order_recount", "督办：重新计算期限"},
	{"order_file", "督办：上传佐证材料"}, {"order_file_removed", "督办：删除佐证材料"}, {"export_orders", "导出督办整改台账"},
}

var orderCollections = table{{"orders", "督办整改"}, {"order_parts", "督办收件"}, {"order_steps", "督办办理环节"}, {"order_files", "佐证材料"}}

var orderFields = table{{"order", "督办整改"}, {"part", "督办收件"}, {"occasion", "由哪一件引起"}, {"ref", "由哪一件引起（编号）"}, {"issued", "发出日期"},
	{"ack_by", "签收期限"}, {"acknowledged", "签收日期"}, {"reported", "报送日期"}, {"withdrawn", "撤销日期"}, {"on_time", "按期办结"}, {"talk", "待约谈"}}
