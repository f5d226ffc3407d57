// Package figures is the catalogue of what the platform counts of its schools:
// each figure with its name, its unit and how it is counted. Snapshots hold these
// figures and no others, pages and tables are labelled from here, and the page
// “统计口径” is drawn from here: what is shown and what is explained cannot differ.
package figures

// Kind says how a figure behaves in time.
type Kind string

const (
	// Stock is a state at the end of a day: 在办.
	Stock Kind = "stock"
	// Total counts since the beginning, so that a period is the difference of two
	// days: 收到.
	Total Kind = "total"
)

// Figure is one thing that is counted.
type Figure struct {
	Name  string // as snapshots and the open data hold it
	Group string // heading of the page and of tables
	Label string
	Unit  string // 个, 条, 件, 次, 天
	Kind  Kind
	How   string // how it is counted, for people
	Basis string // law or source; "" if it is ours
}

// Groups of the catalogue.
const (
	Columns  = "栏目规范"
	Items    = "主动公开"
	Requests = "依申请公开"
	Letters  = "来信"
	Orders   = "督办整改"
	Visits   = "站点检查"
	Waiting  = "待办工作"
)

var catalogue = []Figure{
	{"columns_mandatory", Columns, "应达标栏目", "个", Stock, "按现行栏目设置标准、学段、办学性质和供餐、住宿情况，学校应当设置的必设栏目数，不含经批准豁免的栏目", "栏目设置标准"},
	{"columns_exist", Columns, "已设置栏目", "个", Stock, "应达标栏目中已经设置的：互动栏目渠道开放，自动生成和同步栏目已有数据", "栏目设置标准"},
	{"columns_filled", Columns, "有内容栏目", "个", Stock, "应达标栏目中有公开内容的；只在事项发生时才公开的栏目没有内容不算空白", "国办秘函〔2019〕19号（参照）"},
	{"columns_fresh", Columns, "按期更新栏目", "个", Stock, "应达标栏目中，距最近一次公开或核对确认没有超过更新期限的；标准注明寒暑假停止计算的，假期不计", "国办秘函〔2019〕19号（参照）"},
	{"columns_enough", Columns, "数量达标栏目", "个", Stock, "应达标栏目中，本年公开或核对确认的条数不少于“年度最少条数×已过学校工作日÷全年学校工作日”（取整）的；年内开办的学校，已过学校工作日从开办日起算", "栏目设置标准"},
	{"columns_met", Columns, "达标栏目", "个", Stock, "同时符合设置、内容、更新、数量四项要求的应达标栏目", "栏目设置标准"},

	{"items_public", Items, "现行有效信息", "条", Stock, "当日正在公开的信息", ""},
	{"items_published", Items, "公开信息", "条", Total, "首次公开的信息，按首次公开时间计；更新不重复计", "条例第五十条"},
	{"items_timed", Items, "有时限的公开信息", "条", Total, "首次公开的信息中，所在栏目规定了公开时限并填写了生成日期的", "条例第二十六条"},
	{"items_on_time", Items, "按时公开信息", "条", Total, "有时限的公开信息中，从生成日期的次日起算，在栏目规定的工作日内公开的", "条例第二十六条"},

	{"requests_received", Requests, "收到申请", "件", Total, "收到的政府信息公开申请，按收到日计，不含撤销登记的", "条例第五十条"},
	{"requests_answered", Requests, "办结申请", "件", Total, "已经答复、终止或撤回的申请，按办结日计", "条例第五十条"},
	{"requests_on_time", Requests, "按时办结申请", "件", Total, "办结申请中没有超过期限的；期限按条例第三十三条计算，含依法延期和扣除的时间", "条例第三十三条"},
	{"requests_open", Requests, "在办申请", "件", Stock, "已收到、当日还没有办结的申请", ""},
	{"requests_overdue", Requests, "超期未办结申请", "件", Stock, "在办申请中，答复期限已过的", "条例第三十三条"},

	{"letters_received", Letters, "收到来信", "件", Total, "在线咨询、校长信箱、我要纠错收到的来信，按提交日计", ""},
	{"letters_answered", Letters, "答复来信", "件", Total, "作出首次答复的来信，按答复日计", ""},
	{"letters_on_time", Letters, "按时答复来信", "件", Total, "答复来信中没有超过答复期限的", ""},
	{"letters_open", Letters, "在办来信", "件", Stock, "已提交、当日还没有答复或还在重新办理的来信", ""},
	{"letters_overdue", Letters, "超期未答复来信", "件", Stock, "在办来信中，答复期限已过的", ""},
	{"ratings", Letters, "评价", "次", Total, "来信人作出的评价，每件来信以最后一次为准；没有评价的不计入", "国办发〔2019〕51号（参照）"},
	{"ratings_satisfied", Letters, "满意评价", "次", Total, "评价中选“非常满意”“满意”“基本满意”的", "国办发〔2019〕51号（参照）"},

	{"orders_received", Orders, "收到督办整改通知", "件", Total, "教育局发出的督办通知、整改通知，按发出日计，每校一件", ""},
	{"orders_closed", Orders, "办结督办整改", "件", Total, "经教育局验收通过的，按验收日计", ""},
	{"orders_on_time", Orders, "按时办结督办整改", "件", Total, "办结督办整改中，在规定期限内报送并验收通过的", ""},
	{"orders_open", Orders, "在办督办整改", "件", Stock, "已经发出、当日还没有验收通过的", ""},
	{"orders_overdue", Orders, "超期督办整改", "件", Stock, "在办督办整改中，期限已过、学校还没有报送的", ""},

	{"visits_probed", Visits, "访问检查", "次", Total, "系统每小时打开每所开办学校的首页和五个随机页面的次数，在服务器本机进行，不含网络传输", "国办秘函〔2019〕19号（参照）"},
	{"visits_failed", Visits, "访问失败", "次", Total, "访问检查中没有正常打开，或超过 15 秒的次数", "国办秘函〔2019〕19号（参照）"},
	{"links_broken", Visits, "失效链接", "个", Stock, "公开内容、学校首页和学校网址的链接，连续两次检查都打不开的，两次至少相隔一小时", "国办秘函〔2019〕19号（参照）"},
	{"attachments_broken", Visits, "失效附件", "个", Stock, "公开内容的附件中，连续两次检查都不能下载的：文件不在、是空的或读不出来", "国办秘函〔2019〕19号（参照）"},
	{"links_foreign", Visits, "不当链接", "个", Stock, "公开内容和学校网址中，指向内网地址、本机地址、脚本或本机文件的链接，访问者打不开", ""},

	{"waiting_editor", Waiting, "待修改", "条", Stock, "退回修改、等信息编辑员处理的信息", ""},
	{"waiting_reviewer", Waiting, "待初审", "条", Stock, "等审核员初审的信息", ""},
	{"waiting_secrecy", Waiting, "待保密审查", "条", Stock, "等保密审查员审查的信息", "条例第十七条"},
	{"waiting_principal", Waiting, "待复审", "条", Stock, "等校长复审的信息", ""},
	{"waiting_overdue", Waiting, "审核超期", "条", Stock, "等待审核、审核时限已过的信息", ""},
}

var byName = func() map[string]Figure {
	m := map[string]Figure{}
	for _, f := range catalogue {
		m[f.Name] = f
	}
	return m
}()

// Catalogue are all figures in the order in which they are shown.
func Catalogue() []Figure { return catalogue }

// Named finds a figure.
func Named(name string) (Figure, bool) { f, ok := byName[name]; return f, ok }
