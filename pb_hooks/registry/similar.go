package registry

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// face is what two schools are compared by when no number tells.
type face struct {
	School
	written   string // see writing.name
	grams     [][2]rune
	addresses []string
	phones    []string
	elsewhere string // the other district that its name or address names
}

func (w writing) face(s School) face {
	written := w.name(s.Name)
	return face{s, written, gramsOf(written), w.addresses(s.Address), phones(s.Phone), cmp.Or(w.elsewhere(s.Name), w.elsewhere(s.Address))}
}

// gramsOf are the different pairs of characters that follow each other.
func gramsOf(text string) [][2]rune {
	runes := []rune(text)
	var grams [][2]rune
	for i := 1; i < len(runes); i++ {
		if gram := [2]rune{runes[i-1], runes[i]}; !slices.Contains(grams, gram) {
			grams = append(grams, gram)
		}
	}
	return grams
}

// alike is how much two names have in common, in per cent: Dice's coefficient of their pairs of characters. It is known
// from little, needs no words and no training, and one character more or less changes it little.
func alike(a, b face) int {
	if a.written == b.written {
		return 100
	}
	common := 0
	for _, gram := range a.grams {
		if slices.Contains(b.grams, gram) {
			common++
		}
	}
	if common == 0 {
		return 0
	}
	return 200 * common / (len(a.grams) + len(b.grams))
}

// The least per cent that makes a candidate, by what else agrees. They were found on the labelled pairs of testdata.
const (
	alikeAtAddress = 30 // same address
	alikeByPhone   = 50 // same phone
	alikeAlone     = 75 // the address of one is not known
	alikeElsewhere = 88 // both addresses are known and differ
)

// candidate tells whether a row may be the stored school, and why.
func candidate(stored, row face) (Candidate, bool) {
	if row.elsewhere != "" && row.elsewhere != stored.elsewhere && key(row.Name) != key(stored.Name) {
		return Candidate{}, false
	}
	per := alike(stored, row)
	sameAddress, samePhone := share(stored.addresses, row.addresses), share(stored.phones, row.phones)
	moved := len(stored.addresses) > 0 && len(row.addresses) > 0 && !sameAddress
	least := alikeAlone
	switch {
	case sameAddress && samePhone:
		least = 0
	case sameAddress:
		least = alikeAtAddress
	case samePhone:
		least = alikeByPhone
	case moved:
		least = alikeElsewhere
	}
	if per < least || apart(stored.written, row.written, sameAddress) {
		return Candidate{}, false
	}
	against := contradiction(stored, row)
	if against != "" && per < 100 && !sameAddress && !samePhone {
		return Candidate{}, false
	}
	reasons := []string{fmt.Sprintf("名称相似 %d%%", per)}
	if per == 100 {
		reasons[0] = "名称相同"
	}
	for _, fact := range []struct {
		is   bool
		word string
	}{
		{sameAddress, "地址相同"}, {moved, "地址不同"}, {samePhone, "电话相同"},
		{stored.Town != "" && row.Town != "" && town(stored.Town) == town(row.Town), "街镇相同"},
	} {
		if fact.is {
			reasons = append(reasons, fact.word)
		}
	}
	if against != "" {
		reasons = append(reasons, against)
	}
	return Candidate{School: stored.ID, Code: stored.Code, Name: stored.Name, Alike: per, Reason: strings.Join(reasons, "，")}, true
}

// contradiction says what speaks against one school although the names agree.
func contradiction(stored, row face) string {
	switch {
	case row.elsewhere != stored.elsewhere && row.elsewhere != "":
		return "名称或地址写明在" + row.elsewhere
	case stored.Town != "" && row.Town != "" && town(stored.Town) != town(row.Town) && !share(stored.addresses, row.addresses):
		return fmt.Sprintf("街镇不同（%s，%s）", stored.Town, row.Town)
	case stored.Ownership != "" && row.Ownership != "" && stored.Ownership != row.Ownership:
		return "办学性质不同"
	case stored.RegistryID != "" && row.RegistryID != "" && stored.RegistryID != row.RegistryID:
		return "机构编号不同"
	case stored.CreditCode != "" && row.CreditCode != "" && stored.CreditCode != row.CreditCode:
		return "统一社会信用代码不同"
	}
	return ""
}

// schoolKinds are the words at the end of a name that tell what kind of school it is. 中学 may be either of its halves.
var schoolKinds = []string{"幼儿园", "小学", "初级中学", "高级中学", "中学", "学校"}

var (
	numerals = regexp.MustCompile(`\d+`)
	places   = regexp.MustCompile(`(东|西|南|北|中)校|\p{Han}{2}(校区|分校)`)
)

// apart reports whether two names that look alike name two schools: another number, another kind, another part of one
// school, or a school and its branch. What only a place can tell gives way to the same address.
func apart(a, b string, sameAddress bool) bool {
	if x, y := numerals.FindString(a), numerals.FindString(b); x != "" && y != "" && x != y {
		return true
	}
	if !kindsAgree(schoolKind(a), schoolKind(b)) {
		return true
	}
	if sameAddress || a == b {
		return false
	}
	x, y := places.FindString(a), places.FindString(b)
	return x != y || strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

// schoolKind is the kind that stands last in the name: 七宝中学附属小学 is a 小学.
func schoolKind(name string) string {
	last, at := "", -1
	for _, kind := range schoolKinds {
		if i := strings.LastIndex(name, kind); i >= 0 && i+len(kind) > at {
			last, at = kind, i+len(kind)
		}
	}
	return last
}

func kindsAgree(a, b string) bool {
	if a == "" || b == "" || a == b {
		return true
	}
	if a == "幼儿园" || b == "幼儿园" {
		return false
	}
	return a == "学校" || b == "学校" || strings.HasSuffix(a, b) || strings.HasSuffix(b, a)
}

// mostBlock is the most schools that a pair of characters may point to: 小学 and 实验 point to everyone.
const mostBlock = 100

// block finds the few stored schools that a row can be like, so that not everyone is compared with everyone.
type block struct {
	faces   []face
	grams   map[[2]rune][]int32
	reached map[string][]int32 // by address and phone
	seen    []int32            // grams in common with the row at hand
}

func newBlock(faces []face) *block {
	b := &block{faces: faces, grams: map[[2]rune][]int32{}, reached: map[string][]int32{}, seen: make([]int32, len(faces))}
	for i, f := range faces {
		for _, gram := range f.grams {
			b.grams[gram] = append(b.grams[gram], int32(i))
		}
		for _, at := range slices.Concat(f.addresses, f.phones) {
			b.reached[at] = append(b.reached[at], int32(i))
		}
	}
	return b
}

// mostCandidates is what a person can look through.
const mostCandidates = 5

// candidates are the schools the row may be, the most alike first.
func (b *block) candidates(row face) []Candidate {
	var touched []int32
	touch := func(list []int32) {
		for _, i := range list[:min(len(list), mostBlock)] {
			if b.seen[i]++; b.seen[i] == 1 {
				touched = append(touched, i)
			}
		}
	}
	for _, gram := range row.grams {
		if list := b.grams[gram]; len(list) <= mostBlock {
			touch(list)
		}
	}
	for _, at := range slices.Concat(row.addresses, row.phones) {
		touch(b.reached[at])
	}
	var found []Candidate
	for _, i := range touched {
		b.seen[i] = 0
		if c, ok := candidate(b.faces[i], row); ok {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(x, y Candidate) int { return cmp.Or(y.Alike-x.Alike, strings.Compare(x.Code, y.Code)) })
	return found[:min(len(found), mostCandidates)]
}
