package annual

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/pb_hooks/foi"
)

// LongestText bounds the text of one section, in characters.
const LongestText = 5000

// Problem is something about a section that its writer should know. What Blocks must
// be mended before the report is signed; the rest is for the writer to look at.
type Problem struct {
	Section  string `json:"section"`
	Code     string `json:"code"`
	Sentence string `json:"sentence"`
	Blocks   bool   `json:"blocks"`
}

// Malformed names the texts that cannot be stored at all, by section: unknown ones,
// too long ones, a fee that is no sum.
func (t Texts) Malformed() map[string]string {
	wrong := map[string]string{}
	known := map[string]bool{Fees: true}
	for _, s := range Sections() {
		known[s.Key] = true
	}
	for key, text := range t {
		switch {
		case !known[key]:
			wrong[key] = "年度报告没有这一部分"
		case key == Fees && !IsSum(text):
			wrong[key] = "请填写收费金额，单位万元，最多四位小数，例如 12.5；没有的留空"
		case utf8.RuneCountInString(text) > LongestText:
			wrong[key] = fmt.Sprintf("最多 %d 字", LongestText)
		}
	}
	return wrong
}

var sum = regexp.MustCompile(`^(0|[1-9]\d{0,6})(\.\d{1,4})?$`)

// IsSum reports whether a text is a sum in 万元 or nothing.
func IsSum(text string) bool { return text == "" || sum.MatchString(text) }

// AddSums adds sums in 万元 exactly; it is "" if all are.
func AddSums(sums ...string) string {
	total, any := 0, false // in 元
	for _, text := range sums {
		if text == "" {
			continue
		}
		whole, part, _ := strings.Cut(text, ".")
		n, err := strconv.Atoi(whole + (part + "0000")[:4])
		if err != nil {
			continue // Malformed keeps them out
		}
		total, any = total+n, true
	}
	if !any {
		return ""
	}
	written := fmt.Sprintf("%d.%04d", total/10000, total%10000)
	return strings.TrimSuffix(strings.TrimRight(written, "0"), ".")
}

// Problems are what stands against signing the report, and what in it looks wrong,
// in the order of its sections.
func (r Report) Problems() []Problem {
	problems := []Problem{}
	for _, s := range Sections() {
		text := r.Texts[s.Key]
		add := func(code, sentence string, blocks bool) {
			problems = append(problems, Problem{s.Key, code, sentence, blocks})
		}
		switch n := letters(text); {
		case n == 0 && s.Fewest > 0:
			add("empty", "还没有写", true)
			continue
		case n < s.Fewest:
			add("short", fmt.Sprintf("写了 %d 字，至少 %d 字", n, s.Fewest), true)
		}
		if s.Key == "other" && !strings.Contains(text, "信息处理费") {
			add("no_fee", "必须写明信息处理费，没有收取的写“本年度没有收取信息处理费”", true)
		}
		for _, c := range r.contradictions(text) {
			add("contradiction", c, false)
		}
	}
	return problems
}

// Blocking are the problems that must be mended first.
func Blocking(problems []Problem) (list []Problem) {
	for _, p := range problems {
		if p.Blocks {
			list = append(list, p)
		}
	}
	return list
}

func letters(text string) (n int) {
	for _, r := range text {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// Figures that a text may name in passing, where it is plain what they count.
var (
	saysPublished = regexp.MustCompile(`主动公开(?:各类|政府)?信息(?:共|共计)?\s*(\d{1,6})\s*条`)
	saysReceived  = regexp.MustCompile(`(?:收到|受理)(?:政府|依申请)?(?:信息)?(?:公开)?申请(?:共|共计)?\s*(\d{1,6})\s*件`)
)

// contradictions are figures in a text that are not those of the tables.
func (r Report) contradictions(text string) (list []string) {
	for _, c := range []struct {
		says  *regexp.Regexp
		what  string
		table int
	}{{saysPublished, "主动公开信息", r.Groups.Total().Published}, {saysReceived, "收到申请", r.Table3.At(foi.RowNew, foi.Table3Columns).Count}} {
		for _, m := range c.says.FindAllStringSubmatch(text, -1) {
			if n, err := strconv.Atoi(m[1]); err == nil && n != c.table {
				list = append(list, fmt.Sprintf("文字中“%s”与统计表不一致：%s是 %d", m[0], c.what, c.table))
			}
		}
	}
	return list
}
