package registry

import (
	"fmt"
	"strings"

	"golang.org/x/text/width"
)

// kinds are in the order they are reported: what matters most stands last, where a terminal stops.
var kinds = []struct {
	kind Kind
	word string
}{{Same, "不变"}, {AddCampus, "并为校区"}, {Update, "修改"}, {Create, "新增"}, {Bad, "有问题"}}

// Report shows changes to the person who decides about them: a table and the totals.
func Report(changes []Change) string {
	table := [][]string{{"行", "处理", "学校代码", "学校名称", "内容"}}
	var totals []string
	for _, k := range kinds {
		n := 0
		for _, c := range changes {
			if c.Kind == k.kind {
				n++
				table = append(table, lines(c, k.word)...)
			}
		}
		totals = append(totals, fmt.Sprintf("%s %d", k.word, n))
	}
	return align(table) + fmt.Sprintf("\n共 %d 行：%s\n", len(changes), strings.Join(totals, "，"))
}

// lines are the lines of the table for one change, one for each field or problem.
func lines(c Change, word string) [][]string {
	var texts []string
	for _, p := range c.Problems {
		texts = append(texts, p.text())
	}
	for _, f := range c.Fields {
		texts = append(texts, f.Text())
	}
	if c.Kind == Create {
		texts = append(texts, strings.Join(c.School.Stages, "、")+" "+c.School.Ownership)
	}
	if len(texts) == 0 {
		texts = []string{""}
	}
	table := [][]string{{fmt.Sprint(c.Line), word, c.School.Code, c.School.Name, texts[0]}}
	for _, text := range texts[1:] {
		table = append(table, []string{"", "", "", "", text})
	}
	return table
}

func (p Problem) text() string {
	if p.Field == "" {
		return p.Reason
	}
	return Label(p.Field) + "：" + p.Reason
}

// align writes a table in columns of equal width; the last column is not padded.
func align(table [][]string) string {
	var widths []int
	for _, cells := range table {
		for i, cell := range cells {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], columns(cell))
		}
	}
	var b strings.Builder
	for _, cells := range table {
		line := ""
		for i, cell := range cells {
			line += cell + strings.Repeat(" ", widths[i]-columns(cell)+2)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// columns is the room a text takes on a terminal: a Chinese character is two columns wide.
func columns(text string) (n int) {
	for _, r := range text {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
