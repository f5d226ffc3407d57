package registry

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// minShort is the least a short name must say: 七中 or 小学 alone could be anybody.
const minShort = 3

var (
	ofPlace   = regexp.MustCompile(`^(\p{Han}{2,3}(省|自治区))?(\p{Han}{2}市)?(\p{Han}{2,3}[区县])?`)
	privately = regexp.MustCompile(`^(\p{Han}{2})?民办`)
)

// ShortName is the name people of the district use: without province, city and district in front, and without 民办,
// which the 办学性质 says. district is the name in the district's record; 上海闵行区甲学校 needs it, because only it
// tells that 闵行区 is a place.
func ShortName(name, district string) string {
	rest := name
	if d := lastPlace(district); d != "" {
		if before, after, found := strings.Cut(rest, d); found && utf8.RuneCountInString(before) <= 6 && !strings.Contains(before, "附属") {
			rest = longEnough(after, rest)
		}
	}
	if rest == name {
		city := rest[len(ofPlace.FindString(rest)):]
		rest = longEnough(city, rest)
	}
	rest = longEnough(rest[len(privately.FindString(rest)):], rest)
	if runes := []rune(rest); len(runes) > 50 {
		rest = string(runes[:50])
	}
	return rest
}

func longEnough(short, otherwise string) string {
	if utf8.RuneCountInString(short) < minShort {
		return otherwise
	}
	return short
}

// lastPlace is the last part of a district's name, 闵行区 of 上海市闵行区; empty for 本区, which is no name.
func lastPlace(district string) string {
	if i := strings.LastIndexAny(district, "省市"); i >= 0 && i+len("市") < len(district) {
		district = district[i+len("市"):]
	}
	if utf8.RuneCountInString(district) < minShort {
		return ""
	}
	return district
}

// heteronyms are characters read in more than one way in names of schools and places; the first reading is the one
// to expect. 莘庄 is Xinzhuang, 诸翟 is Zhudi, 闵行 is Minhang, 畹町 is Wanding.
var heteronyms = map[rune]string{
	'长': "cz", '重': "cz", '朝': "cz", '传': "cz", '藏': "cz", '查': "zc", '曾': "zc", '翟': "dz",
	'莘': "xs", '厦': "xs", '盛': "sc", '单': "sd", '参': "cs", '行': "hx", '会': "hk", '解': "jx", '降': "jx",
	'乐': "ly", '堡': "bp", '埔': "pb", '泊': "bp", '圩': "wx", '町': "dt", '仇': "qc",
}

// maxInitials is the size of the field they are kept in.
const maxInitials = 60

// Initials are the first letters of the name in pinyin, in lower case, with its letters and digits: hhzx for 航华中学.
// Where a character can be read in two ways the other writings follow, a space between them, so that a lookup finds the
// school by the beginning of any: lccj lcyj.
func Initials(name string) string {
	spellings := []string{""}
	for _, r := range strings.ToLower(narrow(name)) {
		letters := readings(r)
		if letters == "" {
			continue
		}
		var next []string
		for _, letter := range letters {
			for _, spelling := range spellings {
				next = append(next, spelling+string(letter))
			}
		}
		spellings = next[:min(len(next), 4)]
	}
	initials := spellings[0]
	for _, other := range spellings[1:] {
		if len(initials)+1+len(other) > maxInitials {
			break
		}
		initials += " " + other
	}
	return initials[:min(len(initials), maxInitials)]
}

// readings are the letters r may stand for, the expected one first.
func readings(r rune) string {
	switch {
	case r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		return string(r)
	case heteronyms[r] != "":
		return heteronyms[r]
	}
	return firstLetter(r)
}
