package pdf

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// simplified are the radicals that stand for a character of its own and that
// Unicode does not fold; fonts map a glyph to either.
var simplified = func() map[rune]rune {
	m := map[rune]rune{}
	pairs := []rune("⺁厂⺌小⺎兀⺏尢⺝月⺟母⺠民⺩王⺬示⺮竹⺯糸⺱网⺳网⺶羊⺷羊⺹老⺼肉⻁虎⻂衣⻃西⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻏邑⻐钅⻑長⻒長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龟⻲亀⻳龟")
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}()

// radical is the ordinary character for a Kangxi radical or a compatibility form.
func radical(r rune) rune {
	if r < 0x2E80 || r > 0x2FDF && r < 0xF900 || r > 0xFAFF {
		return r
	}
	if s, ok := simplified[r]; ok {
		return s
	}
	for _, s := range norm.NFKC.String(string(r)) {
		return s
	}
	return r
}

// whole is a text with ordinary characters.
func whole(text string) string { return strings.Map(radical, text) }
