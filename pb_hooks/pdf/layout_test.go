package pdf

import (
	"reflect"
	"strings"
	"testing"
)

// page draws lines from the top, each of "text" at x, in letters 10 wide: a space
// is a gap, ~ a space that is drawn.
func page(lines ...string) []glyph {
	var glyphs []glyph
	for i, line := range lines {
		y, x := 800-15*float64(i), 50.0
		for _, r := range line {
			wide := 10.0
			if r < 0x80 {
				wide = 5
			}
			switch r {
			case ' ':
			case '~':
				glyphs = append(glyphs, glyph{' ', x, y, x + wide, y + 12})
			default:
				glyphs = append(glyphs, glyph{r, x, y, x + wide, y + 12})
			}
			x += wide
		}
	}
	return glyphs
}

func TestLayout(t *testing.T) {
	for _, tt := range []struct {
		name  string
		pages [][]glyph
		want  []string // number of the table, then cells
	}{
		{"paragraphs run on", [][]glyph{page("    学校定于下周召开家长会请各", "位家长准时参加学生张小明同学", "患有哮喘", "    另起一段")},
			[]string{"0 学校定于下周召开家长会请各位家长准时参加学生张小明同学患有哮喘", "0 另起一段"}},
		{"a table", [][]glyph{page("姓名    语文    数学", "张小明  90      85", "李雨            77", "后面的话")},
			[]string{"1 姓名|语文|数学", "1 张小明|90|85", "1 李雨||77", "0 后面的话"}},
		{"it goes on", [][]glyph{page("姓名    语文", "张小明  90", "王芳    91"), page("第二页", "李雨    77")},
			[]string{"1 姓名|语文", "1 张小明|90", "1 王芳|91", "0 第二页", "1 李雨|77"}},
		{"a space within a name", [][]glyph{page("姓名    语文", "李  明  90", "王~~芳  91")},
			[]string{"1 姓名|语文", "1 李 明|90", "1 王 芳|91"}},
		{"one row is a line", [][]glyph{page("姓名：张小明      班级：一班")}, []string{"0 姓名：张小明  班级：一班"}},
		{"spaces between words", [][]glyph{page("Room~12~of~school")}, []string{"0 Room 12 of school"}},
		{"a title drawn with gaps", [][]glyph{page("通知")}, []string{"0 通知"}},
		{"a number in two lines of a cell", [][]glyph{page("证件号码    姓名", "3101122014  李雨", "03050120")},
			[]string{"1 证件号码|姓名", "1 3101122014|李雨", "1 03050120|", "0 310112201403050120"}},
		{"a long cell is a sentence, too", [][]glyph{page("姓名    情况", "张小明  该同学患有哮喘需要照顾请老师留意", "李雨    无")},
			[]string{"1 姓名|情况", "1 张小明|该同学患有哮喘需要照顾请老师留意", "0 张小明  该同学患有哮喘需要照顾请老师留意", "1 李雨|无"}},
		{"two columns of text", [][]glyph{page("一二三四五六七八九十甲乙丙丁    子丑寅卯辰巳午未申酉戌亥春夏", "东南西北中发白梅兰竹菊天地人    琴棋书画诗酒花茶柴米油盐酱醋")},
			[]string{"0 一二三四五六七八九十甲乙丙丁", "0 东南西北中发白梅兰竹菊天地人", "0 子丑寅卯辰巳午未申酉戌亥春夏琴棋书画诗酒花茶柴米油盐酱醋"}},
	} {
		var l layout
		var got []string
		for _, glyphs := range tt.pages {
			for _, line := range l.read(glyphs) {
				got = append(got, string(rune('0'+line.Table))+" "+strings.Join(line.Cells, "|"))
			}
		}
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s:\n got %q\nwant %q", tt.name, got, tt.want)
		}
	}
}

func TestRadicals(t *testing.T) {
	if got := whole("⻢⼩⽟、⻩⼤⽂、⻰⽣，⺠办"); got != "马小玉、黄大文、龙生，民办" {
		t.Errorf("got %s", got)
	}
}

func TestInspect(t *testing.T) {
	for text, want := range map[string]inside{
		"/OpenAction << /S /JavaScript /JS (x) >>":                                            {scripts: true},
		"/Names << /EmbeddedFiles << >> >>":                                                   {attached: true},
		"/Names << /JavaScript 4 0 R >>":                                                      {scripts: true},
		"<dc:creator><rdf:Seq><rdf:li>张三</rdf:li></rdf:Seq></dc:creator>":                     {creators: []string{"张三"}},
		"/Type /ObjStm >>\nstream\nx\x9c":                                                     {},
		"/ObjStm stream\n\x78\x01\x01\x0d\x00\xf2\xff/S/JavaScript\x1f\x8a\x04\xb1 endstream": {scripts: true},
	} {
		if got := inspect([]byte(text)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v", text, got)
		}
	}
}
