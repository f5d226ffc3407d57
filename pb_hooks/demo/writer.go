package demo

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/pb_hooks/standard"
)

// writer composes one article.
type writer struct {
	*rand.Rand
	plan    Plan
	school  School
	slot    slot
	at      time.Time // in the district
	used    map[string]bool
	subject map[string]string // words that this article keeps to
}

func (p Plan) writer(s School, serial int, slot slot) *writer {
	r := rand.New(rand.NewPCG(p.Seed^seedOf(s.Code), uint64(serial)))
	return &writer{Rand: r, plan: p, school: s, slot: slot, at: slot.at.In(p.Location), used: map[string]bool{}, subject: map[string]string{}}
}

func (w *writer) pick(list []string) string { return list[w.IntN(len(list))] }

// fresh picks what this article has not said yet, or "" where all is said.
func (w *writer) fresh(list []string) string {
	if len(list) == 0 {
		return ""
	}
	start := w.IntN(len(list))
	for i := range list {
		if s := list[(start+i)%len(list)]; !w.used[s] {
			w.used[s] = true
			return s
		}
	}
	return ""
}

func (w *writer) title() string {
	titles := titles[w.slot.column.Code]
	if len(titles) == 0 {
		titles = []string{"{校}{年}年" + w.slot.column.Name + "公示"}
	}
	return w.fill(titles[w.slot.nth%len(titles)])
}

func (w *writer) hasDocNumber() bool {
	switch w.slot.column.Code {
	case "A0103", "A0301", "A0303", "A0308", "A0401", "A0402", "A0803", "A0804", "A1001":
		return w.IntN(2) == 0
	}
	return false
}

// body is an opening, the fields that the column asks for, sections on its subject, and the end that says what it is.
func (w *writer) body() string {
	var b strings.Builder
	length := w.plan.Length
	if length == 0 {
		length = TextLength
	}
	letters := 0
	add := func(tag, text string) {
		letters += utf8.RuneCountInString(text)
		fmt.Fprintf(&b, "<%s>%s</%s>", tag, html.EscapeString(text), strings.Fields(tag)[0])
	}
	add("p", w.fill(w.pick(openings)))
	if n := w.fieldTable(&b); n > 0 {
		letters += n
	}
	pool := sentences[standard.GroupCode(w.slot.column.Code)]
	asides := w.asides()
	for section := 0; letters < length-90; section++ {
		add("h3", chineseNumber(section)+"、"+w.pick(headings))
		for range 2 {
			add("p", w.paragraph(pool, asides, min(180, length-70-letters)))
			asides = nil
		}
	}
	add("p", w.fill(w.pick(closings)))
	add(`p align="right"`, w.school.Name)
	add(`p align="right"`, w.at.Format("2006年1月2日"))
	add("p", Notice)
	return b.String()
}

// paragraph is some sentences on the subject among general ones.
func (w *writer) paragraph(pool, asides []string, length int) string {
	text := strings.Join(asides, "")
	for n := 0; utf8.RuneCountInString(text) < length || n == 0; n++ {
		lists := [][]string{pool, common}
		if w.IntN(3) > 0 {
			lists = [][]string{common, pool}
		}
		sentence := w.fresh(lists[0])
		if sentence == "" {
			sentence = w.fresh(lists[1])
		}
		if sentence == "" { // all is said: a long text says some of it again
			sentence = w.pick(common)
		}
		text += w.fill(sentence)
	}
	return text
}

// asides are the remarks that make the usual search words as frequent as they are on real sites.
func (w *writer) asides() []string {
	var said []string
	for _, list := range remarks {
		if w.IntN(100) < 9 {
			said = append(said, w.fill(w.pick(list)))
		}
	}
	return said
}

// fieldTable shows the fields that the column asks for, where they are not facts.
func (w *writer) fieldTable(b *strings.Builder) (letters int) {
	c := w.slot.column
	names := c.NamedFields()
	if hasFacts(c) || len(names) == 0 {
		return 0
	}
	fmt.Fprintf(b, "<table><caption>%s</caption><tbody>", html.EscapeString(c.Name))
	for _, name := range names {
		value := w.value(name)
		letters += utf8.RuneCountInString(name + value)
		fmt.Fprintf(b, `<tr><th scope="row">%s</th><td>%s</td></tr>`, html.EscapeString(name), html.EscapeString(value))
	}
	b.WriteString("</tbody></table>")
	return letters
}

func chineseNumber(i int) string {
	numbers := []string{"一", "二", "三", "四", "五", "六", "七", "八", "九"}
	if i < len(numbers) {
		return numbers[i]
	}
	if i < 19 {
		return "十" + strings.TrimSuffix(numbers[(i-9)%9], "零")
	}
	return fmt.Sprint(i + 1)
}
