package scan

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// person is a name in running text with what stands around it.
type person struct {
	name          string
	before, after string
	// pupil: the words around the name say that it is a pupil's.
	pupil bool
}

// A name in running text is known by what stands around it: Chinese has no
// spaces between words.
var (
	pupilBefore = []string{"年级", "班", "学生", "幼儿", "儿童", "孩子", "考生", "患者", "同学", "小朋友", "姓名:", "姓名: ", "姓名", "学生:", "幼儿:", "儿童:", "患者:", "考生:", "孤儿"}
	nameBefore  = []string{"认定", "祝贺", "恭喜", "表扬", "资助", "确定", "报名者", "我校", "本校", "减免", "补助", "其中", "有", "名"}
	pupilAfter  = []string{"同学", "小朋友", "学生家长", "的妈妈", "的爸爸", "的父亲", "的母亲", "的家长", "的父母", "的奶奶", "的爷爷", "的监护人"}
	nameAfter   = []string{"因", "以", "患", "被", "经", "系", "为", "属", "享受", "家", "住", "男", "女", "获", "取得", "考", "在", "期中", "期末", "中考", "高考", "本次", "此次", "总分",
		"成绩", "生于", "出生", "生日", "有", "等", "和", "与", "及", "是", "语文", "数学", "英语", "外语", "物理", "化学", "确诊", "感染", "自闭", "抑郁", "孤", "低保", "建档", "特困", "单亲", "父", "留守", "困境",
		"事实", "残疾", "智力", "听力", "名列", "位列", "排名", "年级", "全班", "心理"}
	staffBefore = []string{"老师", "教师", "党员", "校长", "主任", "书记", "主讲", "负责", "辅导员", "专家", "教授", "医生", "院士", "组长", "校友"}
	staffAfter  = []string{"老师", "教师", "校长", "主任", "书记", "医生", "教授", "专家", "同志", "院长", "辅导员", "师傅", "阿姨", "女士", "先生", "主讲", "园长", "教练", "警官", "护士"}
)

// andMore: 张三等3名同学
var andMore = regexp.MustCompile(`^等[\d一二三四五六七八九十百]{0,3}[名位个]?[\p{Han}]{0,12}(?:学生|同学|幼儿|儿童|家庭)`)

// longestAround is how many bytes before and after a name are looked at.
const longestAround = 120

// persons finds names in a sentence, from left to right. Each position is looked
// at once, with a bounded look around.
func persons(sentence string) []person {
	var list []person
	for at := 0; at < len(sentence); {
		r, size := utf8.DecodeRuneInString(sentence[at:])
		if r == '班' && endsInCount(sentence[:at]) || !beginNames.has(r) {
			at += size
			continue
		}
		if p, n := personAt(sentence, at); n > 0 {
			list = append(list, p)
			at += n
			continue
		}
		at += size
	}
	return list
}

// personAt is the person whose name begins at a byte, and the length of the name.
func personAt(sentence string, at int) (person, int) {
	before := tail(sentence[:at])
	pupil, starts := hasSuffix(before, pupilBefore), at == 0 || hasSuffix(before, nameBefore) || !endsInHan(before)
	first, _ := utf8.DecodeRuneInString(sentence[at:])
	ends := ends(sentence[at:], 4)
	for n := min(4, len(ends)); n >= 2; n-- {
		name := sentence[at : at+ends[n-1]]
		after := head(sentence[at+ends[n-1]:])
		if !IsName(name) && !(n == 3 && isNameBeforeMark(name, after)) || n == 4 && !compound[name[:ends[1]]] || hasPrefix(after, staffAfter) || endsInTitle(name) {
			continue
		}
		p := person{name: name, before: before, after: after, pupil: pupil || hasPrefix(after, pupilAfter) || andMore.MatchString(after)}
		if n == 2 && weakSurnames.has(first) && startsInHan(after) && !hasPrefix(after, pupilAfter) {
			continue // 学生应居家休息
		}
		bounded := after == "" || !startsInHan(after) || hasPrefix(after, nameAfter) || hasPrefix(after, pupilAfter)
		switch {
		case bounded && (pupil || starts) && !isOfStaff(before), hasPrefix(after, pupilAfter):
			return p, ends[n-1]
		case pupil && !bounded && n == min(3, len(ends)) && hasSuffix(before, pupilBefore[2:]) && !weakSurnames.has(first):
			return p, ends[n-1]
		}
	}
	return person{}, 0
}

// isNameBeforeMark: before a mark 尚可儿 is a name, though 尚可 is a word.
func isNameBeforeMark(name, after string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	end, _ := utf8.DecodeLastRuneInString(name)
	return toMark.MatchString(after) && surnames.has(first) && !noNames[name] &&
		!strings.ContainsRune(noEnds, end) && !weakSurnames.has(first)
}

// isOfStaff: the clause before a name says that it is a grown-up's: 教师李明,
// 党员（李明、王芳）.
func isOfStaff(before string) bool {
	clause := before[strings.LastIndexAny(before, ",;。:")+1:]
	return hasAny(clause, staffBefore)
}

func endsInTitle(name string) bool { return hasSuffix(name, staffAfter) }

// ends are the byte lengths of the first runes of a text, as long as they are Han.
func ends(text string, most int) []int {
	var list []int
	at := 0
	for range most {
		r, size := utf8.DecodeRuneInString(text[at:])
		if size == 0 || !unicode.Is(unicode.Han, r) {
			break
		}
		at += size
		list = append(list, at)
	}
	return list
}

func head(text string) string {
	n := min(len(text), longestAround)
	for n > 0 && n < len(text) && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

func tail(text string) string {
	n := max(0, len(text)-longestAround)
	for n < len(text) && !utf8.RuneStart(text[n]) {
		n++
	}
	return text[n:]
}

func endsInHan(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return unicode.Is(unicode.Han, r)
}

func startsInHan(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.Is(unicode.Han, r)
}

// endsInCount: 班 behind it is a class, though it is a surname too.
func endsInCount(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(")0123456789一二三四五六七八九十", r)
}

func hasSuffix(text string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(text, w) {
			return true
		}
	}
	return false
}

func hasPrefix(text string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}
