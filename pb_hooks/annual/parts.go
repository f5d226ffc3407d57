package annual

// Texts are what a school wrote, by section.
type Texts map[string]string

// Section is a place of the report where somebody writes.
type Section struct {
	Key     string
	Title   string
	Prompt  string // what to write
	Fewest  int    // characters, spaces not counted; 0 may stay empty
	Figures bool   // the system puts sentences of figures before the text
}

// Part is one of the six parts.
type Part struct {
	Title    string
	Sections []Section
	Tables   []string // drawn after the texts, by their names
}

// Names of tables, as a part refers to them.
const (
	Table2       = "2"
	Table2School = "2s"
	Table3       = "3"
	Table4       = "4"
	Table4School = "4s"
)

// Fees is the one figure that a school types in: table 2, 行政事业性收费, in 万元.
const Fees = "fees"

// parts are those of the form, in its order.
var parts = []Part{
	{"一、总体情况", []Section{
		{"disclosure", "（一）主动公开情况", "写清本年主动公开了哪些内容，重点领域（招生、收费、财务、食堂、安全）怎样公开，用了哪些渠道。条数和时限由系统填写，不要重复。", 50, true},
		{"requests", "（二）依申请公开情况", "写清怎样受理和答复申请，有没有超期，遇到的主要问题。没有收到申请也要说明渠道畅通。件数由系统填写。", 30, true},
		{"management", "（三）信息管理情况", "写清信息公开制度、审核和保密审查怎样落实，规章制度等文件怎样清理和更新。", 30, false},
		{"platform", "（四）公开平台建设情况", "写清本平台栏目、校门口公告栏、微信公众号等怎样维护，无障碍和便民服务做了什么。", 30, false},
		{"oversight", "（五）监督保障情况", "写清工作机构和人员、培训、考核、社会评议和责任追究的情况。", 30, false},
	}, nil},
	{"二、主动公开信息情况", []Section{{"note2", "说明", "可以不写。对表中数字需要解释的，写在这里，不能更改数字。", 0, false}}, []string{Table2, Table2School}},
	{"三、收到和处理信息公开申请情况", []Section{{"note3", "说明", "可以不写。对表中数字需要解释的，写在这里，不能更改数字。", 0, false}}, []string{Table3}},
	{"四、因信息公开被申请行政复议、提起行政诉讼情况", []Section{{"note4", "说明", "可以不写。对表中数字需要解释的，写在这里，不能更改数字。", 0, false}}, []string{Table4, Table4School}},
	{"五、存在的主要问题及改进情况", []Section{
		{"problems", "主要问题及改进情况", "写清上年问题改得怎样，本年有哪些主要问题，下一年怎样改进。不要只写“不够深入”一类的套话。", 60, false}}, nil},
	{"六、其他需要报告的事项", []Section{
		{"other", "其他事项", "必须写明信息处理费：没有收取的，写“本年度没有收取信息处理费”。其他需要报告的事项也写在这里。", 10, false}}, nil},
}

// Parts are the six parts in the order of the form.
func Parts() []Part { return parts }

// Sections are the places of all parts where somebody writes.
func Sections() []Section {
	var all []Section
	for _, p := range parts {
		all = append(all, p.Sections...)
	}
	return all
}
