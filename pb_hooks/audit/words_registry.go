package audit

// The words of the connection to the register of institutions (区机构查询平台).

var registryActions = table{{"make_registry_source", "新增数据来源"}, {"change_registry_source", "设置数据来源"}, {"try_registry_source", "试读数据来源"}, {"start_registry_run", "读取机构名单"},
	{"cancel_registry_run", "停止读取机构名单"}, {"dismiss_registry_run", "搁置变更集"}, {"release_registry_run", "放行变更集"}, {"compare_registry_run", "重新比对变更集"},
	{"decide_registry_lines", "处理机构名单变更"}, {"run_registry_rules", "按规则接受变更"}, {"forget_registry_choice", "撤销对变更的决定"}, {"export_registry_run", "导出变更集"}}

var registryCollections = table{{"registry_sources", "机构名单来源"}, {"registry_runs", "机构名单读取"}, {"registry_lines", "机构名单变更"}, {"registry_choices", "对变更的决定"}}

var registryFields = table{{"config", "读取方式"}, {"schedule", "定时"}, {"every", "间隔（小时）"}, {"private_allowed", "允许内网地址"}, {"rules", "自动接受的规则"}, {"shares", "暂停的比例"},
	{"silent_days", "多少天没有成功读取就提醒"}, {"tried_at", "最近读取时间"}, {"good_at", "最近成功时间"}, {"failures", "连续失败次数"}, {"active", "启用"},
	{"rows", "行数"}, {"dry", "只预览"}, {"unchanged", "来源没有变化"}, {"partial", "只含变化部分"}, {"same", "没有变化的学校"}, {"feedback", "反馈给名单的更正"}, {"sentence", "说明"},
	{"shape", "字段变化"}, {"stop", "暂停原因"}, {"release_reason", "放行理由"}, {"file_name", "文件名称"}, {"began_at", "开始时间"}, {"alive_at", "最近一次运行信号"},
	{"run", "读取"}, {"row_key", "行标识"}, {"asks", "需要处理"}, {"line", "变更内容"}, {"rule", "规则"}, {"stale", "资料已改过"}, {"secrets", "密码或令牌"},
	{"registry_sources.kind", "读取类型"}, {"registry_sources.hour", "每天几点"}, {"registry_runs.pages", "页数"}, {"registry_lines.basis", "认出学校的依据"}}
