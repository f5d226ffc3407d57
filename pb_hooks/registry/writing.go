package registry

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// writing knows how names and addresses of one district are written, so that two writings of one thing become the same.
type writing struct {
	city     string // 上海, as most names begin
	district string // 闵行区; empty if the district has no name
}

var ofCity = regexp.MustCompile(`^(\p{Han}{2})市`)

// newWriting learns the city from the names that begin with one.
func newWriting(d District, names []string) writing {
	count := map[string]int{}
	for _, name := range append(names, d.Name) {
		if found := ofCity.FindStringSubmatch(name); found != nil {
			count[found[1]]++
		}
	}
	var cities []string
	for city := range count {
		cities = append(cities, city)
	}
	if len(cities) == 0 {
		return writing{district: lastPlace(d.Name)}
	}
	most := slices.MinFunc(cities, func(a, b string) int { return cmp.Or(count[b]-count[a], strings.Compare(a, b)) })
	return writing{most, lastPlace(d.Name)}
}

// name is a name written in one way: without place and 民办 in front, figures for 第二 and 二中, 附属中学 for 附中, no
// brackets, spaces or words that stand twice. 校区, 分校, 初级 and 高级 stay: they tell schools apart.
func (w writing) name(name string) string {
	whole := plain(numbered(attached(key(name))))
	rest := w.withoutPlace(once(whole))
	for _, ownership := range Ownerships {
		rest = longEnough(strings.TrimPrefix(rest, ownership), rest)
	}
	return rest
}

// withoutPlace cuts the city, with or without 市, and the district from the front, however often they stand there.
func (w writing) withoutPlace(text string) string {
	for {
		rest := text
		for _, place := range []string{w.city + "市", w.city, w.district} {
			if place != "" && place != "市" {
				rest = longEnough(strings.TrimPrefix(rest, place), rest)
			}
		}
		if rest == text {
			return text
		}
		text = rest
	}
}

var otherDistrict = regexp.MustCompile(`^\p{Han}{1,2}[^校社园小地厂街城][区县]|^\p{Han}{2}新区`)

// elsewhere is the district that a name or address names at its beginning, if it is not ours.
func (w writing) elsewhere(text string) string {
	text = key(text)
	if w.city != "" && strings.HasPrefix(text, w.city) {
		text = strings.TrimPrefix(strings.TrimPrefix(text, w.city), "市")
	}
	place := otherDistrict.FindString(text)
	if w.district == "" || strings.HasPrefix(text, w.district) {
		return ""
	}
	return place
}

// plain keeps letters and digits.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// once takes away the second of two equal words of two or more characters that follow each other.
func once(text string) string {
	runes := []rune(text)
	for size := len(runes) / 2; size >= 2; size-- {
		for i := 0; i+2*size <= len(runes); i++ {
			if slices.Equal(runes[i:i+size], runes[i+size:i+2*size]) {
				runes = slices.Delete(runes, i, i+size)
				i--
			}
		}
	}
	return string(runes)
}

var attachedShort = regexp.MustCompile(`附(?:属)?(中学?|小学?|幼(?:儿园)?)`)

// attached writes 附属中学 for 附中.
func attached(name string) string {
	if !strings.Contains(name, "附") {
		return name
	}
	return attachedShort.ReplaceAllStringFunc(name, func(short string) string {
		return "附属" + kindOf(strings.TrimPrefix(strings.TrimPrefix(short, "附"), "属"))
	})
}

// kindOf writes 中学 for 中.
func kindOf(short string) string {
	switch {
	case strings.HasPrefix(short, "中"):
		return "中学"
	case strings.HasPrefix(short, "小"):
		return "小学"
	}
	return "幼儿园"
}

var (
	ordinal      = regexp.MustCompile(`第([一二三四五六七八九十]{1,3}|\d{1,3})`)
	numberedKind = regexp.MustCompile(`([一二三四五六七八九十]{1,3}|\d{1,3})(中学|小学|幼儿园|中|小|幼)(\(|$)`)
)

// numbered writes figures for 第二 and for the 二 of 二中 and 二中学.
func numbered(name string) string {
	name = ordinal.ReplaceAllStringFunc(name, func(found string) string { return figures(strings.TrimPrefix(found, "第")) })
	return numberedKind.ReplaceAllStringFunc(name, func(found string) string {
		parts := numberedKind.FindStringSubmatch(found)
		return figures(parts[1]) + kindOf(parts[2]) + parts[3]
	})
}

// figures is 23 for 二十三; what is no such number stays.
func figures(numeral string) string {
	digits := []rune("零一二三四五六七八九")
	tens, ones, hasTen := strings.Cut(numeral, "十")
	digit := func(text string, otherwise int) int {
		if text == "" {
			return otherwise
		}
		if utf8.RuneCountInString(text) != 1 {
			return -1
		}
		r, _ := utf8.DecodeRuneInString(text)
		return slices.Index(digits, r)
	}
	n := digit(numeral, -1)
	if hasTen {
		n = digit(tens, 1)*10 + digit(ones, 0)
	}
	if n < 0 || hasTen && (digit(tens, 1) < 0 || digit(ones, 0) < 0) {
		return numeral
	}
	return strconv.Itoa(n)
}

var (
	ofTown = regexp.MustCompile(`^\p{Han}{2,4}(镇|街道)`)
	lane   = regexp.MustCompile(`支?弄|号|幢|-`)
)

// addresses are the places of a cell, each written in one way: without city, district and town, lanes and numbers as -.
func (w writing) addresses(cell string) []string {
	var places []string
	for _, part := range splitList(narrow(cell)) {
		part = w.withoutPlace(strings.ToLower(part))
		part = longEnough(part[len(ofTown.FindString(part)):], part)
		var numbers []string
		for _, piece := range lane.Split(part, -1) {
			if piece = plain(piece); piece != "" {
				numbers = append(numbers, piece)
			}
		}
		if place := strings.Join(numbers, "-"); place != "" {
			places = append(places, place)
		}
	}
	return places
}

// town is 莘庄 for 莘庄镇.
func town(name string) string {
	name = key(name)
	for _, kind := range []string{"镇", "街道", "乡"} {
		name = strings.TrimSuffix(name, kind)
	}
	return name
}

var (
	areaCode  = regexp.MustCompile(`^\(?0\d{2,3}\)?-?(\d{7,8})`)
	extension = regexp.MustCompile(`\s*(转|-|分机)\s*`)
)

// phones are the numbers of a cell in order, each without area code, with its extension.
func phones(cell string) []string {
	var numbers []string
	for _, part := range splitList(narrow(cell)) {
		part = areaCode.ReplaceAllString(strings.ReplaceAll(part, " ", ""), "$1")
		numbers = append(numbers, extension.ReplaceAllString(part, "转"))
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// share reports whether two lists have an element in common.
func share(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}
