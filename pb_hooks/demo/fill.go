package demo

import (
	"fmt"
	"slices"
	"strings"
)

// fill puts words into the {places} of a template.
func (w *writer) fill(template string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		b.WriteString(w.word(name))
		template = after
	}
}

// subjects stay the same in all of an article: its title, fields and text speak of one thing.
var subjects = []string{"事项", "制度", "设施", "活动", "主题", "社团"}

// word finds what a place stands for.
func (w *writer) word(name string) string {
	if !slices.Contains(subjects, name) {
		return w.anyWord(name)
	}
	if w.subject[name] == "" {
		w.subject[name] = w.anyWord(name)
	}
	return w.subject[name]
}

func (w *writer) anyWord(name string) string {
	switch name {
	case "校":
		return w.school.ShortName
	case "校名":
		return w.school.Name
	case "镇":
		return w.school.Town
	case "地址":
		return w.school.Address
	case "电话":
		return Phone
	case "性质":
		return w.school.Ownership
	case "年":
		return fmt.Sprint(w.at.Year())
	case "下年":
		return fmt.Sprint(w.at.Year() + 1)
	case "上年":
		return fmt.Sprint(w.at.Year() - 1)
	case "日期":
		return w.at.Format("1月2日")
	case "今天":
		return w.at.Format("2006-01-02")
	case "后天":
		return w.at.AddDate(0, 0, 5+w.IntN(20)).Format("1月2日")
	case "周次":
		return fmt.Sprintf("第%d周", 1+(w.at.YearDay()-1)/7%20)
	case "学年":
		return w.schoolYear()
	case "学期":
		if m := w.at.Month(); m >= 2 && m < 8 {
			return w.schoolYear() + "第二学期"
		}
		return w.schoolYear() + "第一学期"
	case "文号":
		return fmt.Sprintf("示教%s〔%d〕%d号", string([]rune(w.school.ShortName)[:1]), w.at.Year(), 1+w.IntN(80))
	case "个":
		return fmt.Sprint(2 + w.IntN(8))
	case "几":
		return fmt.Sprint(1 + w.IntN(28))
	case "表格":
		return w.word("事项") + "申请表"
	case "十":
		return fmt.Sprint(11 + w.IntN(88))
	case "百":
		return fmt.Sprint(105 + w.IntN(880))
	case "千":
		return fmt.Sprint(1000 + w.IntN(900)*10)
	case "万":
		return fmt.Sprintf("%d.%02d", 3+w.IntN(190), w.IntN(100))
	case "级":
		return w.pick(w.grades())
	}
	if list := words[name]; len(list) > 0 {
		return w.pick(list)
	}
	panic("demo: no words for {" + name + "}") // a misspelt template; the test fills every one
}

func (w *writer) schoolYear() string {
	y := w.at.Year()
	if w.at.Month() < 8 {
		y--
	}
	return fmt.Sprintf("%d—%d学年", y, y+1)
}

func (w *writer) grades() []string {
	switch s := w.school; {
	case s.hasStage("幼儿园"):
		return []string{"小班", "中班", "大班"}
	case s.hasStage("初中"):
		return []string{"六年级", "七年级", "八年级", "九年级"}
	case s.hasStage("高中", "完全中学"):
		return []string{"高一年级", "高二年级", "高三年级"}
	case s.hasStage("中等职业"):
		return []string{"一年级", "二年级", "三年级"}
	}
	return []string{"一年级", "二年级", "三年级", "四年级", "五年级"}
}
