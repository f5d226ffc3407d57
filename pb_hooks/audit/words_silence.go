package audit

// The words of the silence radar (沉默预警).

var silenceActions = table{{"note_silence", "记录已联系学校"}}

var silenceCollections = table{{"silences", "沉默预警"}, {"silence_rounds", "沉默预警的检查"}}

var silenceFields = table{{"since", "开始日期"}, {"detail", "详情"}, {"nudged_at", "提醒学校的时间"}, {"task_at", "转区级的时间"}, {"noted", "联系记录"}, {"noted_by", "联系人"}, {"noted_at", "联系时间"},
	{"ended_at", "结束时间"}}
