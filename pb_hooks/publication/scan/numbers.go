package scan

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// group is a run of digits (an ID number may end in X) with what stands before
// it, so that numbers written in groups can be put together.
type group struct {
	text     string
	from, to int // bytes
	joined   bool
}

// longestNumber is how many digits a number has at most, and so in how many
// groups it can be written.
const longestNumber = 19

// lengths are how many digits a number may have: telephones, old and new
// identity cards, bank cards, 学籍号.
var lengths = []int{11, 13, 15, 16, 17, 18, 19}

// numbers looks for numbers that belong to one person: only the digits are
// looked at, and only runs that are long enough.
func (s *Scanner) numbers(c Cell, head string) {
	groups := digitGroups(c.Text)
	var digits []byte
	for i := 0; i < len(groups); i++ {
		digits = digits[:0]
		for j := i; j < len(groups) && (j == i || groups[j].joined); j++ {
			if digits = append(digits, groups[j].text...); len(digits) > longestNumber {
				break
			}
			if !slices.Contains(lengths, len(digits)) || j+1 < len(groups) && groups[j+1].joined && len(groups[j+1].text) < 4 && j > i && len(digits) < 15 {
				continue
			}
			joined := string(digits)
			if class := classOfNumber(joined, groups[i:j+1], c.Text, head); class != "" {
				level := Block
				if class == Mobile || class == Passport {
					level = Warn
				}
				s.add(class, level, c.Place, mask(class, joined))
				i = j
				break
			}
		}
	}
}

// digitGroups cuts a text into runs of digits; a run is joined to the one before
// it when only a space, a hyphen or the like stands between them. An X may end a
// number, and may be parted from it as its digits are.
func digitGroups(text string) []group {
	var list []group
	for i := 0; i < len(text); {
		if text[i] < '0' || text[i] > '9' {
			if n := len(list); n > 1 && (text[i] == 'X' || text[i] == 'x') && list[n-1].joined && isSeparator(text[list[n-1].to:i]) && (i+1 == len(text) || !isWordByte(text[i+1])) {
				list = append(list, group{text[i : i+1], i, i + 1, true})
			}
			i++
			continue
		}
		from := i
		for i < len(text) && text[i] >= '0' && text[i] <= '9' {
			i++
		}
		to := i
		if i < len(text) && (text[i] == 'X' || text[i] == 'x') && (i+1 == len(text) || !isWordByte(text[i+1])) {
			to, i = i+1, i+1
		}
		joined := len(list) > 0 && isSeparator(text[list[len(list)-1].to:from])
		list = append(list, group{text[from:to], from, to, joined})
	}
	return list
}

func isSeparator(s string) bool {
	switch s {
	case " ", "  ", "-", " - ", "/", ".", "·", "\u00a0", "\u3000", "–", "—":
		return true
	}
	return false
}

func isWordByte(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_'
}

// classOfNumber decides what a number is. Check digits do most of the work; the
// words before the number do the rest.
func classOfNumber(n string, groups []group, text, head string) Class {
	first, last := groups[0], groups[len(groups)-1]
	if last.to < len(text) && isWordByte(text[last.to]) {
		return ""
	}
	if !mayBeSomebodys(n) {
		return ""
	}
	prefix := lettersBefore(text[:first.from])
	context := head + " " + lastRunes(text[:first.from], 14)
	switch {
	case len(n) == 18 && isIdentity(n) && strings.ContainsAny(prefix, "GLJglj") && len(prefix) == 1:
		return StudentID
	case len(n) == 18 && isIdentity(n) && !strings.Contains(context, "信用代码") && !hasAny(context, thingWords):
		return IdentityCard
	case strings.EqualFold(prefix, "wx"), strings.EqualFold(prefix, "vx"), strings.EqualFold(prefix, "tel"): // 微信, 电话
	case prefix != "" || hasSuffix(text[:first.from], []string{".", "/", "_"}):
		return ""
	case len(n) == 15 && isOldIdentity(n) && strings.Contains(context, "身份证"):
		return IdentityCard
	case len(n) == 19 && strings.Contains(context, "学籍"):
		return StudentID
	case isBankCard(n) && !hasAny(context, codeWords):
		return BankCard
	}
	if isMobile(strings.TrimPrefix(n, "86")) && isTelephone(groups) && !hasAny(context, codeWords) && !hasAny(context, officeWords) {
		return Mobile
	}
	return ""
}

// mayBeSomebodys is what the digits alone say.
func mayBeSomebodys(n string) bool {
	switch len(n) {
	case 11, 13:
		return isMobile(strings.TrimPrefix(n, "86"))
	case 15:
		return isOldIdentity(n)
	case 18:
		return isIdentity(n) || isBankCard(n)
	case 19:
		return true
	}
	return isBankCard(n)
}

// lettersBefore are the Latin letters and digits that a text ends with.
func lettersBefore(text string) string {
	at := len(text)
	for at > 0 && len(text)-at < 12 && isWordByte(text[at-1]) && text[at-1] != '_' {
		at--
	}
	return text[at:]
}

// telephones are the ways to write a mobile number in groups.
var telephones = []string{"11", "3-4-4", "3-8", "7-4", "4-3-4", "4-4-3", "2-11", "2-3-4-4", "13", strings.Repeat("1-", 10) + "1"}

func isTelephone(groups []group) bool {
	var b strings.Builder
	for i, g := range groups {
		if i > 0 {
			b.WriteByte('-')
		}
		b.WriteString(strconv.Itoa(len(g.text)))
	}
	return slices.Contains(telephones, b.String())
}

var (
	// words before a number that is no person's
	codeWords = []string{"订单", "单号", "编号", "编码", "代码", "流水", "条码", "条形码", "发票", "备案", "许可证", "批号", "序列号", "ISBN", "ISSN", "合同", "项目", "信用代码", "索引号", "文号", "会议号", "会议ID", "会议 ID", "房间号"}
	// and that is none even where the check digit happens to be right
	thingWords = []string{"招标编号", "采购编号", "项目编号", "合同编号", "资产编号", "设备编号", "订单", "流水号", "发票号"}
	// telephone numbers that a school gives to the public
	officeWords = []string{"值班", "公务", "热线", "招生咨询", "办公电话", "监督电话", "举报电话"}
)

func hasAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// lastRunes is the end of a text; it looks at no more than it returns.
func lastRunes(s string, n int) string {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}

var identityWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// isIdentity checks region, date and check digit (GB 11643, ISO 7064 mod 11-2).
func isIdentity(n string) bool {
	if len(n) != 18 || !hasRegion(n) || !isDate(n[6:14]) {
		return false
	}
	sum := 0
	for i, w := range identityWeights {
		if n[i] < '0' || n[i] > '9' {
			return false
		}
		sum += int(n[i]-'0') * w
	}
	last := n[17]
	if last == 'x' {
		last = 'X'
	}
	return "10X98765432"[sum%11] == last
}

// isOldIdentity is a number of 15 digits, given out until 1999: it has no check digit.
func isOldIdentity(n string) bool {
	return len(n) == 15 && !strings.ContainsAny(n, "Xx") && hasRegion(n) && isDate("19"+n[6:12])
}

var regions = map[string]bool{"11": true, "12": true, "13": true, "14": true, "15": true, "21": true, "22": true, "23": true, "31": true, "32": true, "33": true, "34": true,
	"35": true, "36": true, "37": true, "41": true, "42": true, "43": true, "44": true, "45": true, "46": true, "50": true, "51": true, "52": true, "53": true, "54": true,
	"61": true, "62": true, "63": true, "64": true, "65": true, "71": true, "81": true, "82": true, "83": true}

func hasRegion(n string) bool { return regions[n[:2]] }

func isDate(yyyymmdd string) bool {
	year, _ := strconv.Atoi(yyyymmdd[:4])
	month, _ := strconv.Atoi(yyyymmdd[4:6])
	day, _ := strconv.Atoi(yyyymmdd[6:])
	return year >= 1900 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day
}

func isMobile(n string) bool {
	return len(n) == 11 && n[0] == '1' && n[1] >= '3' && n[1] <= '9' && !strings.ContainsAny(n, "Xx")
}

// isBankCard checks length, issuer and the Luhn digit.
func isBankCard(n string) bool {
	if len(n) < 16 || len(n) > 19 || strings.ContainsAny(n, "Xx") || !hasIssuer(n) {
		return false
	}
	sum := 0
	for i := range len(n) {
		d := int(n[len(n)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// hasIssuer: UnionPay cards begin with 62, older debit and credit cards with 4,
// 51 to 55, 35 or 60.
func hasIssuer(n string) bool {
	switch {
	case strings.HasPrefix(n, "62"), strings.HasPrefix(n, "60"), n[0] == '5' && n[1] >= '1' && n[1] <= '5':
		return true
	case n[0] == '4', strings.HasPrefix(n, "35"):
		return len(n) == 16
	}
	return false
}
