package inquiry

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	mostLinks     = 1  // one link is where something can be seen; more are how advertising looks
	longestRun    = 10 // times the same character in a row
	mostSaid      = 3  // times the same sentence
	shortSentence = 4  // characters; shorter ones are said often by anybody
)

var (
	mailAddress = regexp.MustCompile(`[\w.+-]+@[\w-]+(\.[\w-]+)+`)
	webAddress  = regexp.MustCompile(`(?i)(https?://|www\.)[\w./?=&%#:~+-]+|\b[\w.-]+\.(com|cn|net|org|top|xyz|vip|cc|club|shop|site|info|link)\b[\w./?=&%#:~+-]*`)
)

// suspiciousWords are what hardly any letter to a school says, in lower case and
// without spaces. A letter that does is read by a person first, so a word that an
// honest writer may quote costs a little time and no more.
var suspiciousWords = []struct {
	kind  string
	words []string
}{
	{"广告", []string{"加微信", "加v信", "加vx", "加薇信", "加qq", "日结工资", "刷单", "代写论文", "代开发票", "开发票联系", "博彩", "棋牌平台", "赌场", "六合彩", "彩票平台", "网赚",
		"信用卡套现", "无抵押贷款", "小额贷款", "包过班", "考试答案", "枪手代考", "办假证", "代孕", "壮阳", "减肥药", "点击领取", "免费领取", "扫码领红包", "名额有限", "诚招代理", "招商加盟"}},
	{"辱骂", []string{"傻逼", "煞笔", "傻b", "妈的", "他妈", "操你", "去死吧", "王八蛋", "狗日的", "畜生不如", "杂种", "贱人", "滚蛋", "不得好死", "fuckyou"}},
}

// Suspicions say in words why a letter looks like spam: links, repetition, words of a list. None is nothing to look at.
// What looks like spam is held until a person has read it, and never dropped. An urgent letter is not held: a child in
// need is not stopped by a list of words.
func (l Letter) Suspicions() (list []string) {
	if category, err := FindCategory(l.Category); err == nil && category.Urgent {
		return nil
	}
	text := l.Fields["title"] + "\n" + l.Fields["text"] // pages and words of 我要纠错 are ours
	if n := countLinks(text); n > mostLinks {
		list = append(list, fmt.Sprintf("含有 %d 个网址", n))
	}
	if r := repeatedRune(text); r != 0 {
		list = append(list, fmt.Sprintf("“%c”连续重复", r))
	}
	if n := mostRepeated(text); n >= mostSaid {
		list = append(list, fmt.Sprintf("同一句话重复 %d 次", n))
	}
	plain := withoutSpaces(strings.ToLower(text))
	for _, of := range suspiciousWords {
		found := slices.DeleteFunc(slices.Clone(of.words), func(w string) bool { return !strings.Contains(plain, w) })
		if len(found) > 0 {
			list = append(list, "含有"+of.kind+"用语："+strings.Join(found, "、"))
		}
	}
	return list
}

// countLinks counts web addresses; a mail address is none.
func countLinks(text string) int {
	return len(webAddress.FindAllString(mailAddress.ReplaceAllString(text, " "), -1))
}

// repeatedRune is a letter or digit that stands too often in a row; 0 if none does. Rows of dots and dashes are drawn by
// many.
func repeatedRune(text string) rune {
	var last rune
	run := 0
	for _, r := range text {
		if r != last {
			last, run = r, 0
		}
		if run++; run >= longestRun && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
	}
	return 0
}

// mostRepeated is how often the sentence is said that is said most often.
func mostRepeated(text string) (most int) {
	said := map[string]int{}
	for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("。！？；，.!?;,\n", r) }) {
		sentence = withoutSpaces(sentence)
		if utf8.RuneCountInString(sentence) < shortSentence {
			continue
		}
		said[sentence]++
		most = max(most, said[sentence])
	}
	return most
}

func withoutSpaces(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

const (
	// ManyLately is after how many letters of one contact within LatelyDays further ones are read by a person first.
	ManyLately = 10
	// LatelyDays is the period for it, and AlikeDays the one in which the same text is held as a repetition.
	LatelyDays = 7
	AlikeDays  = 30
	// shortText is a text that many may write in the same words, in characters.
	shortText = 10
)

// Alike says in words why a letter is suspicious beside those on file: so many with the same text, and so many of the
// same contact, were received lately.
func (l Letter) Alike(sameText, sameContact int) (list []string) {
	if category, err := FindCategory(l.Category); err == nil && category.Urgent {
		return nil
	}
	if sameText > 0 && utf8.RuneCountInString(withoutSpaces(l.Fields["text"])) >= shortText {
		list = append(list, fmt.Sprintf("%d 天内已经收到 %d 件内容相同的来信", AlikeDays, sameText))
	}
	if sameContact >= ManyLately {
		list = append(list, fmt.Sprintf("这个联系方式 %d 天内已经来信 %d 件", LatelyDays, sameContact))
	}
	return list
}
