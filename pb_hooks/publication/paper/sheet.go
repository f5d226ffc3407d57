package paper

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongkai/pb_hooks/docx"
	"gongkai/pb_hooks/publication"
)

//go:embed styles.xml
var styles []byte

var page = docx.Page{Width: docx.A4Short, Height: docx.A4Long, Top: 1247, Right: 1361, Bottom: 1247, Left: 1361, Header: 680, Footer: 567}

func table(grid []int, rows ...docx.Row) docx.Node {
	return docx.Table(grid, docx.Padding{Above: 45, Beside: 80}, rows...)
}

func tick(on bool) string {
	if on {
		return docx.Ticked
	}
	return docx.Unticked
}

// Docx is the form as a .docx file. The same register gives the same bytes.
func Docx(r Register) ([]byte, error) {
	var body []docx.Node
	add := func(nodes ...docx.Node) { body = append(body, nodes...) }
	if r.Demo {
		add(docx.Paragraph("Demo", demoNotice))
	}
	add(docx.Paragraph("Title", "信息发布审核登记表"))
	for i, section := range r.sections() {
		add(docx.Paragraph("Section", numerals[i]+"、"+section.title))
		add(section.nodes...)
	}
	add(docx.Paragraph("Seal", "单位（盖章）：　　　　　　　　　　　　"+blankDay))
	for i, remark := range remarks {
		add(docx.Paragraph("Remark", strconv.Itoa(i+1)+". "+remark))
	}
	return docx.Document{Styles: styles, Page: page, Body: body, Header: r.header(), Footer: r.footer()}.Bytes()
}

const blankDay = "　　年　　月　　日"

const demoNotice = "演示数据：文中的学校、人员和事项均为虚构，本表不作为办理依据"

var numerals = []string{"一", "二", "三", "四", "五", "六", "七", "八"}

var remarks = []string{
	"本表由平台按办理记录生成，一表一版本；时间为北京时间。办理人、代理人的姓名以办理时登记的为准。",
	"办理记录写入后不能更改，可以凭内容校验码和审计日志核对：内容或附件改动一处，校验码就不同。",
	"“☑”为已逐项审查或已选择，“☐”为未审查或未选择。",
}

type section struct {
	title string
	nodes []docx.Node
}

func (r Register) sections() []section {
	list := []section{{"信息基本情况", r.basics()}, {"附件", r.files()}, {"自动检查", r.found()}, {"办理过程", r.process()}, {"保密审查", r.secrecy()}}
	if len(r.Earlier) > 0 {
		list = append(list, section{"本条信息以前各轮送审", r.earlier()})
	}
	return append(list, section{"签名", r.signatures()})
}

func (r Register) header() []docx.Node {
	if r.Demo {
		return []docx.Node{docx.Paragraph("Demo", "演示数据")}
	}
	return []docx.Node{docx.Paragraph("Foot", "")}
}

func (r Register) footer() []docx.Node {
	numbers := slices.Concat([]docx.Node{docx.Field("PAGE")}, docx.Text(" 页，共 "), []docx.Node{docx.Field("NUMPAGES")},
		docx.Text(" 页　办理记录不能更改，可凭校验码和审计日志核对"))
	return []docx.Node{docx.Paragraph("Foot", fmt.Sprintf("第 %d 版　内容校验码（SHA-256）：%s", r.Version, r.Hash)),
		docx.Paragraph("Foot", "打印日期："+chineseDay(r.PrintedOn)+"　第 ", numbers...)}
}

func label(text string) docx.Cell  { return docx.Cell{Style: "Label", Text: text} }
func value(text string) docx.Cell  { return docx.Cell{Style: "Value", Text: orDash(text)} }
func middle(text string) docx.Cell { return docx.Cell{Style: "Middle", Text: text} }
func wide(span int, text string) docx.Cell {
	return docx.Cell{Style: "Value", Text: orDash(text), Span: span}
}
func headings(names ...string) docx.Row { return docx.Row{Cells: labels(names), Heading: true} }
func whole(cells ...docx.Cell) docx.Row { return docx.Row{Cells: cells, Whole: true} }
func number(i int) docx.Cell            { return middle(strconv.Itoa(i + 1)) }
func chineseMinute(t time.Time) string  { return t.Format("2006年1月2日 15:04") }
func minute(t time.Time) string         { return t.Format("2006-01-02 15:04") } // where there is little room

func labels(names []string) []docx.Cell {
	var list []docx.Cell
	for _, n := range names {
		list = append(list, label(n))
	}
	return list
}

func orDash(text string) string {
	if strings.TrimSpace(text) == "" {
		return "—"
	}
	return text
}

// chineseDay writes 2026-11-23 as 2026年11月23日; what is no day stays as it is.
func chineseDay(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.Format("2006年1月2日")
}

func (r Register) basics() []docx.Node {
	pair := func(a, b, c, d string) docx.Row {
		return docx.Row{Cells: []docx.Cell{label(a), value(b), label(c), value(d)}}
	}
	full := func(a, b string) docx.Row { return docx.Row{Cells: []docx.Cell{label(a), wide(3, b)}} }
	intact := "\n打印时重新计算，与送审时一致"
	if !r.Intact {
		intact = "\n注意：打印时重新计算，与送审时不一致，请联系管理员核查"
	}
	return []docx.Node{table([]int{1404, 3188, 1404, 3188},
		full("标题", r.Title),
		pair("发布单位", r.School, "栏目", r.Column),
		pair("索引号", r.IndexNumber, "文号", r.DocNumber),
		pair("来源", r.Source, "编写人", strings.Join(r.Writers, "、")),
		pair("生成日期", chineseDay(r.CreatedOn), "有效期至", chineseDay(r.ValidUntil)),
		pair("审核版本", fmt.Sprintf("第 %d 版", r.Version), "审核方式", r.Form.Name()),
		pair("办理结果", r.result(), "公开时间", r.published()),
		docx.Row{Cells: []docx.Cell{label("内容校验码"), {Style: "Code", Text: r.Hash + intact, Span: 3}}})}
}

func (r Register) result() string {
	if r.Replaced {
		return outcome(r.Steps, r.Form) + "（已由新版本替换）"
	}
	return outcome(r.Steps, r.Form)
}

func (r Register) published() string {
	var text string
	if s, ok := r.first(publication.Publish); ok {
		text = chineseMinute(s.At)
	} else if !r.ReleaseAt.IsZero() {
		text = "定于 " + chineseMinute(r.ReleaseAt)
	}
	if r.PublicityWorkdays > 0 {
		text += fmt.Sprintf("\n公示 %d 个工作日", r.PublicityWorkdays)
	}
	return text
}

func (r Register) files() []docx.Node {
	if len(r.Attachments) == 0 {
		return []docx.Node{docx.Paragraph("Part", "无附件。")}
	}
	rows := []docx.Row{headings("序号", "附件名称", "大小", "SHA-256（前 16 位）")}
	for i, a := range r.Attachments {
		rows = append(rows, whole(number(i), value(a.Name), middle(a.Size), middle(a.SHA256[:min(16, len(a.SHA256))])))
	}
	return []docx.Node{table([]int{700, 4784, 1200, 2500}, rows...)}
}

func (r Register) found() []docx.Node {
	f := r.Findings
	if f.Block+f.Warn+f.Note == 0 {
		return []docx.Node{docx.Paragraph("Part", "自动检查没有发现需要处理或核对的内容。")}
	}
	summary := fmt.Sprintf("必须处理 %d 处，请核对 %d 处，提示 %d 处", f.Block, f.Warn, f.Note)
	if f.Later > 0 {
		summary += fmt.Sprintf("（其中 %d 处是公开后重新检查时发现）", f.Later)
	}
	summary += fmt.Sprintf("。经保密审查员写明理由、确认可以公开 %d 处", len(f.Overridden))
	if f.Open > 0 {
		summary += fmt.Sprintf("；必须处理而尚未处理 %d 处", f.Open)
	}
	nodes := []docx.Node{docx.Paragraph("Part", summary+"。")}
	if len(f.Overridden) == 0 {
		return nodes
	}
	rows := []docx.Row{headings("序号", "类别", "位置", "确认可以公开的理由", "确认人、时间")}
	for i, o := range f.Overridden {
		rows = append(rows, whole(number(i), middle(o.What), value(o.Place), value(o.Reason), middle(o.By+"\n"+minute(o.At))))
	}
	return append(nodes, table([]int{700, 1300, 2100, 3284, 1800}, rows...))
}

func (r Register) process() []docx.Node {
	rows := []docx.Row{headings("序号", "环节", "时间", "经办人", "职责", "动作、意见和原因")}
	for i, s := range r.Steps {
		rows = append(rows, whole(number(i), middle(s.part()), middle(s.At.Format("2006-01-02\n15:04")), middle(s.person()), middle(orDash(s.duty())), value(opinion(s))))
	}
	return []docx.Node{table([]int{680, 1070, 1300, 1600, 1384, 3150}, rows...)}
}

// opinion is what a step says; the tick list of a secrecy review stands apart.
func opinion(s Step) string {
	text := s.Do.Name()
	if s.Reason != "" {
		text += "：" + s.Reason
	}
	if s.Do == publication.Approve {
		for _, p := range publication.ReviewPoints() {
			text += "\n" + tick(slices.Contains(s.Check.Examined, p)) + p.Name()
		}
	}
	return text
}
