package scan_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/publication/scan"
)

// snippet is one labelled piece of text.
type snippet struct {
	line int
	text string
	want []scan.Class
}

// sets are the labelled sets. The rules were mended after the mistakes in each;
// how they did before is told at the top of each file.
var sets = []struct {
	name  string
	least int // snippets
}{{"snippets", 300}, {"fresh", 120}, {"heldout", 120}, {"verify", 100}, {"blind", 90}, {"last", 45}}

// Classes that stop a publication must be right nearly always; the others are
// looked at by people.
var blocking = []scan.Class{scan.IdentityCard, scan.StudentID, scan.BankCard, scan.Scores, scan.Health, scan.Hardship, scan.NameList, scan.SecrecyMark}

// Floors over all sets together.
const (
	blockPrecision, blockRecall = 0.99, 0.98
	warnPrecision, warnRecall   = 0.95, 0.95
	leastPositive               = 20 // snippets of a class
)

// tally counts what is found rightly, wrongly and not at all.
type tally struct{ right, wrong, missed int }

func (t tally) precision() float64 { return float64(t.right) / float64(max(1, t.right+t.wrong)) }
func (t tally) recall() float64    { return float64(t.right) / float64(max(1, t.right+t.missed)) }

func TestLabelledSnippets(t *testing.T) {
	all := map[scan.Class]tally{}
	var report strings.Builder
	for _, set := range sets {
		list := snippets(t, set.name)
		if len(list) < set.least {
			t.Errorf("only %d snippets in %s", len(list), set.name)
		}
		counts := score(t, set.name, list)
		tell(&report, fmt.Sprintf("%s, %d snippets", set.name, len(list)), counts)
		for c, n := range counts {
			all[c] = tally{all[c].right + n.right, all[c].wrong + n.wrong, all[c].missed + n.missed}
		}
	}
	tell(&report, "all sets", all)
	fmt.Print(report.String())
	for c, n := range all {
		precision, recall := warnPrecision, warnRecall
		if slices.Contains(blocking, c) {
			precision, recall = blockPrecision, blockRecall
		}
		if n.precision() < precision || n.recall() < recall {
			t.Errorf("%s: precision %.3f, recall %.3f; at least %.2f and %.2f", c, n.precision(), n.recall(), precision, recall)
		}
		if n.right+n.missed < leastPositive {
			t.Errorf("%s: only %d positive snippets", c, n.right+n.missed)
		}
	}
}

// score compares what is found in the snippets of a set with their labels.
func score(t *testing.T, set string, list []snippet) map[scan.Class]tally {
	t.Helper()
	counts := map[scan.Class]tally{}
	for _, s := range list {
		got := classesIn(s.text)
		for _, c := range got {
			n := counts[c]
			if slices.Contains(s.want, c) {
				n.right++
			} else {
				n.wrong++
				t.Logf("%s.txt:%d: %s is none: %s", set, s.line, c.Name(), s.text)
			}
			counts[c] = n
		}
		for _, c := range s.want {
			if !slices.Contains(got, c) {
				n := counts[c]
				n.missed++
				counts[c] = n
				t.Logf("%s.txt:%d: %s missed: %s", set, s.line, c.Name(), s.text)
			}
		}
	}
	return counts
}

func tell(report *strings.Builder, title string, counts map[scan.Class]tally) {
	fmt.Fprintf(report, "scan: %-24s %6s %6s %7s %10s %7s\n", title, "right", "wrong", "missed", "precision", "recall")
	for _, c := range scan.Classes() {
		if n, ok := counts[c]; ok {
			fmt.Fprintf(report, "scan:   %-22s %6d %6d %7d %10.3f %7.3f\n", c, n.right, n.wrong, n.missed, n.precision(), n.recall())
		}
	}
}

// classesIn are the classes found in a snippet, each once.
func classesIn(text string) []scan.Class {
	var list []scan.Class
	for _, f := range findings(text) {
		if !slices.Contains(list, f.Class) {
			list = append(list, f.Class)
		}
	}
	return list
}

// findings scans a snippet as it would stand in a document.
func findings(text string) []scan.Finding {
	s := scan.New(nil)
	table := 0
	if strings.Contains(text, " | ") {
		table = 1
	}
	for i, row := range strings.Split(text, " ‖ ") {
		c := scan.Content{Table: table}
		for j, cell := range strings.Split(row, " | ") {
			c.Cells = append(c.Cells, scan.Cell{Place: fmt.Sprintf("%d:%d", i, j), Text: cell})
		}
		s.Add(c)
	}
	return s.Findings()
}

func snippets(t testing.TB, set string) []snippet {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + set + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	var list []snippet
	for i, line := range strings.Split(string(raw), "\n") {
		want, text, ok := strings.Cut(line, "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		s := snippet{line: i + 1, text: filled(text)}
		if want != "-" {
			for _, c := range strings.Split(want, ",") {
				s.want = append(s.want, scan.Class(c))
			}
		}
		list = append(list, s)
	}
	return list
}

var blank = regexp.MustCompile(`\{(\w+) (\d+)\}`)

// filled completes the numbers and lists of a snippet.
func filled(text string) string {
	return blank.ReplaceAllStringFunc(text, func(m string) string {
		part := blank.FindStringSubmatch(m)
		digits := part[2]
		count := 0
		fmt.Sscan(digits, &count)
		switch part[1] {
		case "id":
			return identity(digits)
		case "wid":
			return strings.Map(func(r rune) rune { return r - '0' + '０' }, strings.ReplaceAll(identity(digits), "X", "("))
		case "sid":
			id := identity(digits)
			return id[:6] + " " + id[6:14] + " " + id[14:]
		case "card":
			return digits + luhn(digits)
		case "card1":
			return luhn(digits)
		case "names":
			return strings.Join(people(count), "、")
		case "lines":
			return strings.Join(people(count), " ‖ ")
		case "spaced":
			return strings.Join(people(count), "  ")
		case "grid":
			var b strings.Builder
			for i, name := range people(count) {
				b.WriteString([]string{" ‖ ", " | ", " | ", " | ", " | "}[i%5] + name)
			}
			return strings.TrimPrefix(b.String(), " ‖ ")
		case "numbered", "classed":
			var b strings.Builder
			for i, name := range people(count) {
				if part[1] == "numbered" {
					fmt.Fprintf(&b, "%d.%s ", i+1, name)
				} else {
					fmt.Fprintf(&b, "%s（四%d班）、", name, i%6+1)
				}
			}
			return b.String()
		default:
			var rows []string
			for i, name := range people(count) {
				switch part[1] {
				case "rows":
					rows = append(rows, fmt.Sprintf("%d | %s", i+1, name))
				case "fullrows":
					rows = append(rows, fmt.Sprintf("%d | %s | 一（%d）班 | ", i+1, name, i%4+1))
				case "duty":
					rows = append(rows, name+" | 东门 | 周一")
				case "rowsclass":
					rows = append(rows, name+" | 一（2）班")
				default:
					rows = append(rows, name+" | 无")
				}
			}
			return strings.Join(rows, " ‖ ")
		}
	})
}

func people(n int) []string {
	first, second := []rune("王李张刘陈杨赵黄周吴徐孙"), []string{"小雨", "子涵", "一诺", "欣怡", "浩然", "宇轩", "梦琪", "思远", "雅", "俊杰"}
	var list []string
	for i := range n {
		list = append(list, string(first[i%len(first)])+second[i/len(first)%len(second)])
	}
	return list
}

func identity(seventeen string) string {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(seventeen[i]-'0') * w
	}
	return seventeen + string("10X98765432"[sum%11])
}

func luhn(digits string) string {
	for d := range 10 {
		sum, full := 0, digits+fmt.Sprint(d)
		for i := range len(full) {
			n := int(full[len(full)-1-i] - '0')
			if i%2 == 1 {
				if n *= 2; n > 9 {
					n -= 9
				}
			}
			sum += n
		}
		if sum%10 == 0 {
			return fmt.Sprint(d)
		}
	}
	return ""
}

func TestSamplesAreMasked(t *testing.T) {
	id := identity("31011220140305012")
	for _, f := range scan.Text("正文", "身份证"+id+"，手机13812345678，邮箱zhangsan@qq.com，家住晨光路88弄12号302室\n学生李晓雨确诊水痘", nil) {
		for _, secret := range []string{id, "13812345678", "zhangsan", "302", "李晓雨"} {
			if strings.Contains(f.Sample, secret) {
				t.Errorf("%s shows %s: %s", f.Class, secret, f.Sample)
			}
		}
		if f.Hint == "" || f.Place == "" {
			t.Errorf("%+v says nothing", f)
		}
	}
}

func TestJudge(t *testing.T) {
	found := []scan.Finding{{Class: scan.Mobile, Level: scan.Warn}, {Class: scan.NameList, Level: scan.Block}}
	for _, tt := range []struct {
		name string
		at   scan.Circumstances
		want []scan.Level
	}{
		{"anywhere", scan.Circumstances{}, []scan.Level{scan.Warn, scan.Block}},
		{"in a column about pupils", scan.Circumstances{Pupils: true}, []scan.Level{scan.Block, scan.Block}},
		{"in a 公示", scan.Circumstances{Publicity: true}, []scan.Level{scan.Warn, scan.Note}},
	} {
		for i, f := range scan.Judge(found, tt.at) {
			if f.Level != tt.want[i] {
				t.Errorf("%s: %s is %s", tt.name, f.Class, f.Level)
			}
		}
	}
}

func TestFindingsAreBounded(t *testing.T) {
	s := scan.New(nil)
	for i := range 100 {
		s.Add(scan.Content{Cells: []scan.Cell{{Place: fmt.Sprint("第", i), Text: fmt.Sprintf("电话1380000%04d", i)}}})
	}
	found := s.Findings()
	if len(found) != 20 || !strings.Contains(found[19].Place, "另有 80 处") {
		t.Errorf("%d findings, the last: %+v", len(found), found[len(found)-1])
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"张三 13800138000", "身份证３１", "姓名 | 成绩", "秘密★", "、、、", "\xff\xfe", strings.Repeat("\x86", 200) + "学生李晓雨"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if found := findings(text); len(found) > 20*len(scan.Classes()) {
			t.Errorf("%d findings", len(found))
		}
	})
}

func BenchmarkText(b *testing.B) {
	text := strings.Repeat("学校定于2026年11月24日召开家长会，请各位家长准时参加。联系电话021-64121234。\n", 2000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		scan.Text("正文", text, nil)
	}
}
