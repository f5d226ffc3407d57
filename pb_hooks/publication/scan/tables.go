package scan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// tableState is what is known of the table that rows come from.
type tableState struct {
	number int
	head   []string
	title  string // the row over the heading
	rows   int    // so far
	people int    // names so far
	place  string // of the first
	names  int    // the column of names, if the heading tells: 1 is the first
	pupil  int    // the column of pupils' numbers, likewise
	adults bool   // the heading says that it is about staff or firms
	duty   bool   // a roster of staff
}

var (
	number     = regexp.MustCompile(`^\d{1,4}(?:\.\d{1,2})?$|^第?\d{1,4}名?$|^[A-E][+-]?$|^优秀?$|^良好?$|^不?合格$`)
	scoreHead  = regexp.MustCompile(`成绩|分数|得分|总分|名次|排名|语文|数学|英语|物理|化学|等第|平均分|总评|^[语数英外总物化政史地]$|单元|期[中末]|月考|测验|[一二三]模`)
	illHead    = regexp.MustCompile(`病史|健康状况|残疾|过敏|诊断|心理|疾病|病症|症状|病名|病因|病种|视力|(?:免体|免修|缺课|休学|病假)原因`)
	poorHead   = regexp.MustCompile(`困难|低保|家庭情况|家庭经济|致困|贫困|孤儿|建档立卡|家庭类型|(?:免费|减免|资助|补助)(?:原因|类型)`)
	meanHead   = regexp.MustCompile(`平均分|均分|及格率|优秀率|优良率`)
	class      = regexp.MustCompile(`^(?:[一二三四五六七八九初高预\d]{1,3}(?:年级)?\s*[(（]?\s*[\d一二三四五六七八九十]{1,2}\s*[)）]?|\d{3,4})\s*班$`)
	birthHead  = regexp.MustCompile(`出生|生日`)
	unknown    = regexp.MustCompile(`^[\p{Han}][\p{Han}·*×XxOo○某]{1,14}$`)
	nameHeads  = map[string]bool{"姓名": true, "学生姓名": true, "幼儿姓名": true, "儿童姓名": true, "考生姓名": true, "同学姓名": true, "学生": true, "幼儿": true, "名字": true}
	pupilHeads = map[string]bool{"学号": true, "学籍号": true, "考号": true, "座号": true, "座位号": true}
	// of grown-ups and firms in a 公示
	otherHeads = []string{"面试", "笔试", "考核", "岗位", "报价", "评标", "评审", "投标", "综合得分", "教师", "教龄", "职务", "职称", "任教", "供应商", "专家", "获奖"}
	sums       = []string{"合计", "总计", "小计", "平均", "备注", "说明", "总分", "人数"}
)

// headOf is the heading of a column, counted from 0.
func (t *tableState) headOf(column int) string {
	if column < len(t.head) {
		return t.head[column]
	}
	return ""
}

// isOfMarks: a table without a heading stands under a title that says what its
// numbers are.
func (t *tableState) isOfMarks() bool {
	return len(t.head) == 1 && exam.MatchString(t.head[0]) && strings.Contains(t.head[0], "成绩")
}

// setHead takes a row as the heading.
func (t *tableState) setHead(cells []Cell) {
	if len(t.head) > 0 && len(filled(cells)) > 1 && t.title == "" && len(t.head) == 1 {
		t.title = t.head[0]
	}
	t.head, t.names, t.pupil = t.head[:0], 0, 0
	for i, c := range cells {
		text := strings.TrimSpace(c.Text)
		t.head = append(t.head, text)
		heading := strings.ReplaceAll(text, " ", "")
		if t.names == 0 && nameHeads[heading] {
			t.names = i + 1
		}
		if t.pupil == 0 && pupilHeads[heading] {
			t.pupil = i + 1
		}
	}
	all := t.title + " " + strings.Join(t.head, " ")
	t.adults = hasAny(all, otherHeads)
	t.duty = t.duty || hasAny(all, dutyWords)
}

func filled(cells []Cell) (list []Cell) {
	for _, c := range cells {
		if strings.TrimSpace(c.Text) != "" {
			list = append(list, c)
		}
	}
	return list
}

// row looks at one row as a whole: what stands beside a name.
func (s *Scanner) row(cells []Cell) {
	s.table.rows++
	who, at := s.whose(cells)
	if at < 0 {
		if isHeadRow(cells) || s.table.rows == 1 && isAllWords(cells) {
			s.table.setHead(cells)
			return
		}
		s.averages(cells)
		s.byNumber(cells)
		return
	}
	s.count(cells, at)
	if over := s.table.title + s.table.headOf(at); poorList.MatchString(over) {
		s.add(Hardship, Block, cells[at].Place, maskName(who)+" 的困难情况")
	}
	for i, c := range cells {
		if i == at || strings.TrimSpace(c.Text) == "" {
			continue
		}
		s.beside(who, c, s.table.headOf(i))
	}
}

// whose is the name that a row is about and its column, or -1. Under 姓名 any
// name counts, also one that is masked or does not begin with a surname.
func (s *Scanner) whose(cells []Cell) (string, int) {
	if n := s.table.names; n > 0 && n <= len(cells) {
		text := strings.TrimSpace(cells[n-1].Text)
		if unknown.MatchString(strings.ReplaceAll(text, " ", "")) && !isHead(text) && !hasAny(text, sums) {
			return text, n - 1
		}
	}
	for i, c := range cells {
		if IsName(c.Text) && !isHead(c.Text) {
			return strings.TrimSpace(c.Text), i
		}
	}
	return "", -1
}

// count counts the people of a table: one a row, or all of a row of names.
func (s *Scanner) count(cells []Cell, at int) {
	names := 0
	for _, c := range cells {
		if IsName(c.Text) {
			names++
		}
	}
	if all := len(filled(cells)); names < 3 || names*10 < all*mostlyNames {
		names = 1
	}
	if s.table.people == 0 {
		s.table.place = cells[at].Place
	}
	before := s.table.people
	s.table.people += names
	if before < listLength && s.table.people >= listLength && !s.table.duty {
		s.add(NameList, Block, s.table.place, sampleCount(listLength))
	}
}

// byNumber looks for marks beside the number of a pupil, who has no name then.
func (s *Scanner) byNumber(cells []Cell) {
	n := s.table.pupil
	if n == 0 || n > len(cells) || s.table.adults || !hasDigit(cells[n-1].Text) {
		return
	}
	for i, c := range cells {
		if i != n-1 && scoreHead.MatchString(s.table.headOf(i)) && number.MatchString(strings.TrimSpace(c.Text)) {
			s.add(Scores, Block, c.Place, "学号旁的"+s.table.headOf(i))
			return
		}
	}
}

// averages looks for how classes did in an examination: a row that begins with
// a class and has a number under 平均分 and the like.
func (s *Scanner) averages(cells []Cell) {
	if !slices.ContainsFunc(cells, func(c Cell) bool {
		text := strings.TrimSpace(c.Text)
		return strings.HasSuffix(text, "班") && class.MatchString(text)
	}) {
		return
	}
	for i, c := range cells {
		if meanHead.MatchString(s.table.headOf(i)) && hasDigit(c.Text) {
			s.add(Scores, Block, c.Place, "班级平均成绩")
			return
		}
	}
}

// isAllWords: the first row of a table without a number is its heading, whatever
// it is called.
func isAllWords(cells []Cell) bool {
	return len(cells) > 1 && !slices.ContainsFunc(cells, func(c Cell) bool { return hasDigit(c.Text) || strings.TrimSpace(c.Text) == "" })
}

// beside decides what a cell says of the person in its row.
func (s *Scanner) beside(who string, c Cell, head string) {
	text, masked := strings.TrimSpace(c.Text), maskName(who)
	switch {
	case (scoreHead.MatchString(head) || head == "" && s.table.isOfMarks()) && number.MatchString(text) && !s.table.adults:
		s.add(Scores, Block, c.Place, masked+" 的"+firstOf(head, "成绩"))
	case health.MatchString(text), illHead.MatchString(head) && !isNothing(text):
		s.add(Health, Block, c.Place, masked+" 的健康情况")
	case poverty.MatchString(text), poorHead.MatchString(head) && !isNothing(text):
		s.add(Hardship, Block, c.Place, masked+" 的困难情况")
	case birthHead.MatchString(head) && hasDigit(text), birth.FindString(text) == text && text != "" && head == "":
		s.add(BirthDate, Warn, c.Place, masked+" 的出生日期")
	}
}

func isNothing(text string) bool {
	return text == "无" || text == "否" || text == "正常" || text == "健康" || text == "-" || text == "/" || text == "良好"
}

func hasDigit(text string) bool { return strings.ContainsAny(text, "0123456789") }

var headWords = []string{"姓名", "名单", "序号", "班级", "学号", "性别", "年级", "成绩", "分数", "总分", "名次", "排名", "备注", "电话", "手机", "住址", "出生", "语文", "数学", "英语", "困难", "项目", "金额", "日期", "时间", "职务", "部门", "岗位", "学校", "类别", "类型", "原因", "情况", "病史"}

// longestHead is how long, in bytes, the heading of a column may be.
const longestHead = 45

func isHead(text string) bool { return len(text) <= longestHead && hasAny(text, headWords) }

func isHeadRow(cells []Cell) bool {
	n := 0
	for _, c := range cells {
		if isHead(c.Text) {
			n++
		}
	}
	return n > 0 && n*2 >= len(cells)
}

func sampleCount(n int) string { return fmt.Sprintf("%d 人以上的名单", n) }
