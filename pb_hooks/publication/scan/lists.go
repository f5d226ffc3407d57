package scan

import (
	"strings"
	"unicode"
)

// nameRun counts the names of a list that goes over several paragraphs.
type nameRun struct {
	names int
	place string // of the first
	duty  bool   // the heading says that it is a roster of staff
	told  bool
}

// dutyWords head rosters of staff, which schools publish: who stands at the gate
// on Monday is no list of pupils.
var dutyWords = []string{"值班", "值周", "护导", "监考", "任教", "任课", "课时", "职务", "职称", "分管", "办公电话", "公务电话", "带班", "教研组", "校长", "书记", "组长", "主任", "课后服务教师"}

const (
	longestHeading = 40 // runes; a longer paragraph without names ends a list
	mostlyNames    = 7  // of ten items of a list
)

// listed looks for lists of names: in one paragraph, or over paragraphs and
// items that follow one another.
func (s *Scanner) listed(c Cell) {
	names, items, before := countNames(c.Text)
	run := &s.run
	switch {
	case names == 0 && len([]rune(before)) <= longestHeading:
		run.duty = run.duty && run.names > 0 || hasAny(before, dutyWords)
		return
	case names == 0 || names*10 < items*mostlyNames:
		*run = nameRun{}
		return
	case hasAny(before, dutyWords):
		return
	}
	if run.names == 0 {
		run.place = c.Place
	}
	if run.names += names; run.names >= listLength && !run.told && !run.duty {
		run.told = true
		s.add(NameList, Block, run.place, sampleCount(listLength))
	}
}

// listedInCell looks for a list of names in one cell.
func (s *Scanner) listedInCell(c Cell) {
	names, items, before := countNames(c.Text)
	if names >= listLength && names*10 >= items*mostlyNames && !s.table.duty && !hasAny(before, dutyWords) {
		s.add(NameList, Block, c.Place, sampleCount(listLength))
	}
}

// countNames counts the names of a text, and the items from the first name to
// the last; before is the text before the first name.
func countNames(text string) (names, items int, before string) {
	parts := itemsOf(text)
	last := 0
	for i := 0; i < len(parts); i++ {
		n, size := nameIn(parts, i)
		if n == 0 {
			if names > 0 {
				items++
			}
			continue
		}
		if names == 0 {
			before = text[:parts[i].from]
		}
		names, items = names+n, items+n
		last = items
		i += size - 1
	}
	if names == 0 {
		return 0, 0, head(text)
	}
	return names, last, before
}

type item struct {
	text string
	from int
}

// itemsOf cuts a text into runs of Han characters. What stands in brackets, as
// a class does behind a name, is left out; so are words that number or part.
func itemsOf(text string) []item {
	var list []item
	from, depth := -1, 0
	end := func(at int) {
		if from >= 0 {
			if word := text[from:at]; !isCounting(word) {
				list = append(list, item{word, from})
			}
		}
		from = -1
	}
	for i, r := range text {
		switch {
		case r == '(' || r == '（':
			end(i)
			if closes := strings.IndexAny(head(text[i:]), ")）"); closes > 0 {
				depth = i + closes
			}
		case i <= depth && depth > 0:
		case unicode.Is(unicode.Han, r) || r == '·' && from >= 0:
			if from < 0 {
				from = i
			}
		default:
			end(i)
		}
	}
	end(len(text))
	return list
}

// isCounting are words between the names of a list: 三(1)班, 第二组, 女.
func isCounting(word string) bool {
	return hasSuffix(word, []string{"班", "年级", "组"}) || word == "第" || word == "男" || word == "女" || word == "号" || word == "名"
}

// nameIn is how many names stand at an item, and how many items they take: two
// where they are joined by 和, one over two items where a name is spaced.
func nameIn(parts []item, at int) (names, size int) {
	word := parts[at].text
	if IsName(word) || isForeignName(word) {
		return 1, 1
	}
	r := []rune(word)
	if len(r) == 1 && at+1 < len(parts) && len([]rune(parts[at+1].text)) == 1 && IsName(word+parts[at+1].text) {
		return 1, 2
	}
	for _, and := range []string{"和", "及", "与", "以及"} {
		if one, other, ok := strings.Cut(word, and); ok && IsName(one) && IsName(other) {
			return 2, 1
		}
	}
	for _, title := range []string{"班", "年级", "学生", "同学", "名单", "转入学生"} {
		if i := strings.LastIndex(word, title); i >= 0 && IsName(word[i+len(title):]) {
			return 1, 1
		}
	}
	if at > 4 { // the last of a list: 孙雅已分班, 何雨等二十人
		for _, after := range []string{"等", "已", "同学", "参加"} {
			if name, _, ok := strings.Cut(word, after); ok && IsName(name) {
				return 1, 1
			}
		}
	}
	return 0, 1
}

// isForeignName: 阿依古丽·买买提.
func isForeignName(word string) bool {
	one, other, ok := strings.Cut(word, "·")
	return ok && len(one) >= 6 && len(other) >= 6 && len(word) <= 48
}
