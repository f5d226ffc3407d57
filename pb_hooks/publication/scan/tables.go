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
	rows   int // so far
	people int // rows with a name so far
	place  string
}

var (
	number    = regexp.MustCompile(`^\d{1,4}(?:\.\d{1,2})?$|^第?\d{1,4}名?$|^[A-E][+-]?$|^优秀?$|^良好?$|^不?合格$`)
	scoreHead = regexp.MustCompile(`成绩|分数|得分|总分|名次|排名|语文|数学|英语|物理|化学|等第|平均分`)
	otherHead = regexp.MustCompile(`面试|笔试|考核|岗位|报价|评标|评审|投标|综合得分`) // of adults in a 公示
	illHead   = regexp.MustCompile(`病史|健康状况|残疾|过敏|诊断|心理|疾病`)
	poorHead  = regexp.MustCompile(`困难|低保|家庭情况|致困|贫困|孤儿|建档立卡|家庭类型`)
	meanHead  = regexp.MustCompile(`平均分|均分|及格率|优秀率|优良率`)
	class     = regexp.MustCompile(`^(?:[一二三四五六七八九初高预\d]{1,3}(?:年级)?\s*[(（]?\s*[\d一二三四五六七八九十]{1,2}\s*[)）]?|\d{3,4})\s*班$`)
	birthHead = regexp.MustCompile(`出生|生日`)
)

// row looks at one row as a whole: what stands beside a name.
func (s *Scanner) row(table int, cells []Cell) {
	if s.table.number != table {
		s.table = tableState{number: table}
	}
	s.table.rows++
	who, at := "", -1
	for i, c := range cells {
		if IsName(c.Text) && !isHead(c.Text) {
			who, at = strings.TrimSpace(c.Text), i
			break
		}
	}
	if at < 0 {
		if isHeadRow(cells) || s.table.rows == 1 && isAllWords(cells) {
			s.table.head = s.table.head[:0]
			for _, c := range cells {
				s.table.head = append(s.table.head, strings.TrimSpace(c.Text))
			}
			return
		}
		s.averages(cells)
		return
	}
	s.table.people++
	switch s.table.people {
	case 1:
		s.table.place = cells[at].Place
	case listLength:
		s.add(NameList, Block, s.table.place, sampleCount(listLength))
	}
	for i, c := range cells {
		if i == at || strings.TrimSpace(c.Text) == "" {
			continue
		}
		head := ""
		if i < len(s.table.head) {
			head = s.table.head[i]
		}
		s.beside(who, c, head)
	}
}

// averages looks for how classes did in an examination: a row that begins with
// a class and has a number under 平均分 and the like.
func (s *Scanner) averages(cells []Cell) {
	if !slices.ContainsFunc(cells, func(c Cell) bool { return class.MatchString(strings.TrimSpace(c.Text)) }) {
		return
	}
	for i, c := range cells {
		if i < len(s.table.head) && meanHead.MatchString(s.table.head[i]) && hasDigit(c.Text) {
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
	adults := otherHead.MatchString(strings.Join(s.table.head, " "))
	switch {
	case scoreHead.MatchString(head) && number.MatchString(text) && !adults:
		s.add(Scores, Block, c.Place, masked+" 的"+head)
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
