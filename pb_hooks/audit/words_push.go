package audit

// The words of pushing to others (推送).

var pushActions = table{
	{"push_add", "推送：新增接收方"}, {"push_edit", "推送：更改接收方"}, {"push_remove", "推送：删除接收方"}, {"push_state", "推送：暂停或恢复"}, {"push_rotate", "推送：更换令牌或签名密钥"},
	{"push_test", "推送：发送测试"}, {"push_replay", "推送：重新投递"}, {"push_replay_all", "推送：全部重新投递"}, {"push_discard", "推送：放弃投递"}, {"push_outcome", "推送：对方处理更正"},
}

var pushCollections = table{{"push_subscribers", "推送接收方"}, {"push_deliveries", "推送"}, {"push_attempts", "推送尝试"}, {"push_outcomes", "对方对更正的处理"}, {"push_feed", "取数内容"}, {"push_rounds", "取数内容更新"}}

var pushFields = table{{"push_subscribers.url", "推送地址"}, {"events", "推送内容"}, {"plain_allowed", "允许不加密"}, {"off_reason", "停止原因"}, {"token_end", "令牌末四位"},
	{"old_token_until", "旧令牌有效到"}, {"old_token_used_at", "旧令牌最近使用时间"}, {"old_key_until", "旧密钥有效到"}, {"pulled_at", "最近取数时间"}, {"delivered_at", "最近送达时间"}, {"silent_since", "没有动静的开始时间"},
	{"subscriber", "接收方"}, {"event", "事件"}, {"lane", "次序"}, {"held_until", "占用到"},
	{"delivery", "推送"}, {"push_attempts.status", "答复状态"}, {"push_attempts.fault", "失败原因"}, {"took", "用时（毫秒）"}, {"said", "对方答复"},
	{"push_outcomes.correction", "更正"}, {"push_outcomes.outcome", "处理结果"}, {"push_feed.line", "内容"}, {"round", "更新批次"}, {"changed_at", "变更时间"}, {"what", "更换哪一个"}, {"at_once", "旧的立即失效"}}
