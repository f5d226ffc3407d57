package foi

import "fmt"

// TableRow is a line of table 3 as the form prints it.
type TableRow struct {
	ID      string // r01
	Section string // 三、本年度办理结果
	Group   string // （三）不予公开; "" where the section has none
	Label   string // 1.属于国家秘密; "" where the group is the line
	Codes   []OutcomeCode
}

const (
	sectionNew     = "一、本年新收政府信息公开申请数量"
	sectionCarried = "二、上年结转政府信息公开申请数量"
	sectionResult  = "三、本年度办理结果"
	sectionOpen    = "四、结转下年度继续办理"
)

// table3Groups are the groups of outcomes of the form, with its labels word for
// word: it speaks of 行政机关, and a school prints it as it is.
var table3Groups = []struct {
	group  string
	labels []string // none: the group is one line
}{
	{"（一）予以公开", nil},
	{"（二）部分公开（区分处理的，只计这一情形，不计其他情形）", nil},
	{"（三）不予公开", []string{"1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益", "5.属于三类内部事务信息",
		"6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项"}},
	{"（四）无法提供", []string{"1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"}},
	{"（五）不予处理", []string{"1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息"}},
	{"（六）其他处理", []string{"1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他"}},
}

// Table3Labels are the 25 lines of table 3 with the outcomes counted in each.
func Table3Labels() []TableRow {
	var rows []TableRow
	add := func(section, group, label string) {
		row := TableRow{ID: fmt.Sprintf("r%02d", len(rows)+1), Section: section, Group: group, Label: label}
		for _, o := range outcomes {
			if o.Row == len(rows)+1 {
				row.Codes = append(row.Codes, o.Code)
			}
		}
		rows = append(rows, row)
	}
	add(sectionNew, "", "")
	add(sectionCarried, "", "")
	for _, g := range table3Groups {
		if len(g.labels) == 0 {
			add(sectionResult, g.group, "")
		}
		for _, label := range g.labels {
			add(sectionResult, g.group, label)
		}
	}
	add(sectionResult, "（七）总计", "")
	add(sectionOpen, "", "")
	return rows
}

// Table3Heads are the seven columns of table 3.
func Table3Heads() []string {
	var heads []string
	for _, c := range ApplicantClasses() {
		heads = append(heads, c.Name())
	}
	return append(heads, "总计")
}
