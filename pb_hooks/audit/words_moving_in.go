package audit

// The words of old sites that are moved in (旧网站迁入).

var movingInActions = table{{"import_site", "迁入旧网站"}, {"place_items", "为迁入的草稿选定栏目"}, {"discard_items", "舍弃迁入的草稿"}, {"many_items", "成批办理迁入的草稿"}}

var movingInCollections = table{{"import_batches", "迁入批次"}, {"import_items", "迁入的信息"}, {"old_addresses", "旧网址"}}

var movingInFields = table{{"batch", "迁入批次"}, {"originally_on", "原发布日期"}, {"flags", "需要核对的情况"}, {"notes", "迁入时的处理"},
	{"blocks", "必须处理的检查结果"}, {"warns", "请核对的检查结果"}, {"discarded_reason", "舍弃原因"}, {"discarded_by", "舍弃人"}, {"discarded_at", "舍弃时间"}, {"path", "旧路径"}, {"counts", "条数"}}
