package audit

import "slices"

// The words of the audit: what people read for what stands in a row. The hash
// covers what stands there, so the words may change.

// Action is what was done: a word of ours, or method and pattern of a request
// of the dashboard, such as "PATCH settings".
type Action string

// Way is how it was done.
type Way string

// Collection is where it was done.
type Collection string

// Field is a field of a record, or what else the detail of a row tells. One that
// is called otherwise in a collection has that before it, such as "staff.name".
type Field string

// Name is the action in words. What the dashboard of a later PocketBase can do
// is told as it stands.
func (a Action) Name() string {
	if name := actions.of(string(a)); name != "" {
		return name
	}
	return OtherAction + string(a)
}

// Name is the way in words.
func (w Way) Name() string { return ways.of(string(w)) }

// Name is the collection in words; that of an unknown one is empty.
func (c Collection) Name() string { return collections.of(string(c)) }

// Name is the field in words; that of an unknown one is empty.
func (f Field) Name() string { return fields.of(string(f)) }

// OtherAction stands before an action that has no words.
const OtherAction = "其他操作："

// Actions are all that have words, as a choice lists them.
func Actions() []Action { return keys[Action](actions) }

// Ways are all ways.
func Ways() []Way { return keys[Way](ways) }

// Collections are all that have words.
func Collections() []Collection { return keys[Collection](collections) }

// Fields are all that have words.
func Fields() []Field { return keys[Field](fields) }

// table is what stands in a row, and the words for it.
type table [][2]string

func (t table) of(key string) string {
	for _, line := range t {
		if line[0] == key {
			return line[1]
		}
	}
	return ""
}

func keys[T ~string](t table) []T {
	list := make([]T, len(t))
	for i, line := range t {
		list[i] = T(line[0])
	}
	return list
}

var actions = slices.Concat(
	annualActions,
	requestActions,
	inquiryActions,
	opinionActions,
	surveyActions,
	scoreActions,
	supervisionActions,
	responsibilityActions,
	silenceActions,
	movingInActions,
	registryActions,
	orderActions,
	pushActions,
	probeActions,
	standardActions,
	schoolLifeActions,
	table{
		{"create", "新增"}, {"update", "更改"}, {"delete", "删除"},
		{"sign_in", "登录"}, {"sign_in_failed", "登录未成功"},
		{"claim", "领取或放回"}, {"clean", "清理附件"}, {"override", "写明理由放行"}, {"preview", "生成预览链接"}, {"export", "导出全部材料"}, {"print", "下载审核登记表"}, {"freeze", "冻结年度统计表"}, {"export_statistics", "导出统计表"}, {"export_case", "导出申请案卷"},
		{"send", "下发"}, {"remind", "提醒学校"}, {"decline", "不采用下发的信息"},
		{"invite", "邀请人员"}, {"reset", "重置密码"}, {"deactivate", "停用账号"}, {"reactivate", "恢复账号"},
		{"cancel_rescan", "停止复查"}, {"import_schools", "导入学校"}, {"import_articles", "导入信息"}, {"import_calendar", "导入节假日安排"}, {"set_requests", "设置依申请公开"},
		{"use_key", "启用数据密钥"}, {"rotate_key", "更换数据密钥"}, {"forget_key", "放弃数据密钥"},
		// of the dashboard
		{"failed", "操作未成功"}, {"PATCH settings", "更改系统设置"}, {"POST sql", "执行 SQL"},
		{"POST collections", "新建数据表"}, {"PATCH collections/{collection}", "更改数据表"}, {"DELETE collections/{collection}", "删除数据表"},
		{"DELETE collections/{collection}/truncate", "清空数据表"}, {"PUT collections/import", "导入数据表结构"}, {"POST collections/meta/dry-run-view", "试算视图"},
		{"POST collections/{collection}/impersonate/{id}", "以他人身份登录"}, {"POST batch", "批量写入"}, {"POST crons/{id}", "运行定时任务"},
		{"POST backups", "创建备份"}, {"POST backups/upload", "上传备份"}, {"GET backups/{key}", "下载备份"}, {"POST backups/{key}/restore", "恢复备份"},
		{"DELETE backups/{key}", "删除备份"}, {"POST settings/test/email", "发送测试邮件"}, {"POST settings/test/s3", "测试文件存储"},
		{"POST settings/apple/generate-client-secret", "生成第三方登录密钥"},
	})

var ways = table{{"workbench", "工作台"}, {"dashboard", "后台"}, {"command", "命令行"}, {"server", "系统"}, {"public", "公众"}}

var collections = slices.Concat(
	annualCollections,
	opinionCollections,
	surveyCollections,
	scoreCollections,
	responsibilityCollections,
	silenceCollections,
	movingInCollections,
	registryCollections,
	supervisionCollections,
	orderCollections,
	pushCollections,
	probeCollections,
	exemptionCollections,
	schoolLifeCollections,
	table{
		{"articles", "信息"}, {"article_versions", "信息版本"}, {"article_steps", "办理环节"}, {"attachments", "附件"}, {"findings", "自动检查结果"},
		{"preview_links", "预览链接"}, {"broadcasts", "区级下发"}, {"word_lists", "错敏词表"}, {"rescans", "复查"}, {"review_rules", "审核规则"},
		{"staff", "工作人员"}, {"stand_ins", "代理"}, {"schools", "学校"}, {"districts", "区"}, {"standards", "栏目设置标准"}, {"columns", "栏目"},
		{"index_serials", "索引号序列"}, {"notifications", "消息"}, {"mails", "邮件"}, {"audit_log", "审计记录"}, {"public_articles", "公开信息视图"},
		{"inquiries", "来信"}, {"inquiry_letters", "来信内容"}, {"inquiry_files", "答复附件"}, {"inquiry_texts", "答复和选登稿"}, {"inquiry_steps", "来信办理环节"}, {"inquiry_notes", "内部备注"}, {"inquiry_levels", "渠道和办理时限"}, {"answer_templates", "答复模板"},
		{"foi_requests", "信息公开申请"}, {"foi_applications", "申请内容"}, {"foi_steps", "申请办理环节"}, {"foi_serials", "编号序列"}, {"foi_files", "申请材料"},
		{"foi_replies", "答复书稿"}, {"foi_letters", "文书"}, {"foi_inquiries", "意见征询"}, {"foi_terms", "办理期限"}, {"foi_tables", "年度统计表"}, {"foi_mails", "申请邮件"},
		{"remedy_texts", "救济途径文字"}, {"letter_templates", "文书模板"}, {"calendar_years", "节假日安排"}, {"article_answers", "已公开信息的解答次数"}, {"article_counts", "信息的次数统计"},
		{"sealing", "数据密钥"}, {"_superusers", "后台管理员"}, {"_mfas", "二次验证"}, {"_otps", "验证码"}, {"_authOrigins", "登录设备"}, {"_externalAuths", "第三方登录"},
	})

var fields = slices.Concat(
	annualFields,
	requestFields,
	inquiryFields,
	opinionFields,
	surveyFields,
	scoreFields,
	responsibilityFields,
	silenceFields,
	movingInFields,
	registryFields,
	supervisionFields,
	orderFields,
	pushFields,
	probeFields,
	standardFields,
	schoolLifeFields,
	table{
		// of articles
		{"title", "标题"}, {"body", "正文"}, {"summary", "摘要"}, {"facts", "栏目要素"}, {"source", "来源"}, {"doc_number", "文号"}, {"created_on", "生成日期"},
		{"valid_until", "有效期至"}, {"school", "单位"}, {"column", "栏目"}, {"article", "信息"}, {"version", "版本"}, {"number", "编号"}, {"frozen", "已固定"},
		{"author", "起草人"}, {"writers", "撰写人"}, {"attachments", "附件"}, {"restored_from", "恢复自版本"}, {"state", "状态"}, {"stage", "审核环节"},
		{"stage_since", "进入环节的时间"}, {"stage_due", "办理期限"}, {"at_bureau", "由区教育局办理"}, {"pending", "办理中的版本"}, {"published", "公开的版本"},
		{"n", "次数"}, {"published_at", "公开时间"}, {"first_published_at", "首次公开时间"}, {"release_at", "定时公开时间"}, {"withdrawn_at", "撤回时间"}, {"withdrawn_reason", "撤回原因"},
		{"checked_on", "核对日期"}, {"index_number", "索引号"}, {"publicity_workdays", "公示期（工作日）"}, {"publicity_until", "公示截止"}, {"claimed_by", "领取人"},
		{"claimed_at", "领取时间"}, {"broadcast", "区级下发"}, {"note", "说明"}, {"hash", "校验值"},
		{"key_id", "密钥编号"}, {"probe", "密钥核对值"},
		// of steps, findings and files
		{"action", "动作"}, {"reason", "原因"}, {"by", "办理人"}, {"by_name", "办理人姓名"}, {"for", "被代理人"}, {"for_name", "被代理人姓名"}, {"duty", "职责"}, {"at", "时间"},
		{"form", "审核方式"}, {"check", "审核要点"}, {"class", "类别"}, {"level", "级别"}, {"place", "位置"}, {"sample", "内容（已遮盖）"}, {"hint", "提示"},
		{"can_clean", "可以清理"}, {"found", "发现"}, {"attachment", "附件"}, {"file", "文件"}, {"thumb", "缩略图"}, {"name", "名称"}, {"alt", "图片说明"}, {"mime", "文件类型"},
		{"label", "类型"}, {"size", "大小"}, {"width", "宽度"}, {"height", "高度"}, {"sha256", "校验值"}, {"cleaned", "清理后的文件"}, {"removed", "清理的内容"}, {"expires_at", "失效时间"},
		// of the bureau
		{"words", "词语"}, {"count", "数量"}, {"word_list", "词表"}, {"total", "总数"}, {"done", "已完成"}, {"finished_at", "完成时间"}, {"files", "附件"}, {"file_names", "附件名称"},
		{"due_on", "公开期限"}, {"schools", "学校"}, {"sent_at", "下发时间"}, {"declines", "不采用的学校"}, {"reminded_on", "提醒日期"}, {"workdays", "时限（工作日）"},
		{"valid_from", "生效日期"}, {"claim", "领取"}, {"written", "写入条数"},
		// of people and places
		{"email", "邮箱"}, {"emailVisibility", "邮箱可见"}, {"verified", "已验证"}, {"password", "密码"}, {"tokenKey", "登录密钥"}, {"duties", "职责"}, {"acts_as", "履行的职责"},
		{"deactivated_at", "停用时间"}, {"deactivated_reason", "停用原因"}, {"invited_at", "邀请时间"}, {"failed_sign_ins", "连续登录失败次数"}, {"locked_until", "锁定到"},
		{"absent", "被代理人"}, {"stand_in", "代理人"}, {"from", "开始日期"}, {"until", "结束日期"}, {"code", "代码"}, {"short_name", "简称"}, {"aliases", "曾用名"},
		{"initials", "拼音首字母"}, {"stages", "学段"}, {"ownership", "办学性质"}, {"meals", "供餐"}, {"boarding", "住宿"}, {"town", "街镇"}, {"address", "地址"},
		{"campuses", "校区"}, {"phone", "电话"}, {"website", "网站"}, {"status", "办学状态"}, {"location", "位置坐标"}, {"logo", "标志"}, {"site_name", "网站名称"}, {"host", "主办单位"},
		{"operator", "承办单位"}, {"contact", "联系方式"}, {"icp_number", "ICP 备案号"}, {"police_number", "公安备案号"}, {"site_id_code", "网站标识码"},
		{"privacy_statement", "隐私声明"}, {"search_per_minute", "每分钟检索次数"}, {"filings_per_hour", "每小时提交次数"}, {"open_per_minute", "每分钟开放数据请求次数"}, {"demo", "演示环境"},
		// of the standard
		{"standard", "栏目设置标准"}, {"effective_on", "施行日期"}, {"parent", "上级栏目"}, {"position", "排序"}, {"branch", "分支"}, {"leaf", "末级栏目"}, {"kind", "类型"},
		{"audience", "公开对象"}, {"condition", "适用条件"}, {"tier", "级次"}, {"mandatory", "必设"}, {"term_only", "仅学期内"}, {"freshness_days", "更新周期（天）"},
		{"min_items_per_year", "每年最少条数"}, {"disclose_within_workdays", "公开时限（工作日）"}, {"retention_years", "保存年限"}, {"required_fields", "必填要素"}, {"basis", "依据"},
		{"description", "说明"}, {"prefix", "前缀"}, {"last", "最后一个"},
		// of messages and mails
		{"staff", "工作人员"}, {"key", "标识"}, {"link", "链接"}, {"urgent", "紧急"}, {"read_at", "阅读时间"}, {"next_at", "下次发送时间"}, {"tries", "发送次数"}, {"error", "错误"},
		// called otherwise there
		{"staff.name", "姓名"}, {"review_rules.stage", "学段"}, {"article_versions.hash", "版本校验值"}, {"article_steps.hash", "版本校验值"},
		{"article_steps.at", "办理时间"}, {"word_lists.number", "版次"},
		// of sign-ins and of the dashboard
		{"method", "登录方式"}, {"asked", "请求的操作"}, {"query", "SQL 语句"}, {"fields", "提交的项目"},
	})
