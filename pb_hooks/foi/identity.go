package foi

import (
	"strings"
	"time"

	"gongkai/pb_hooks/workday"
)

// IDKind is the kind of an identity document.
type IDKind string

// Kinds of identity documents.
const (
	ResidentCard    IDKind = "resident_card"    // 居民身份证
	ResidencePermit IDKind = "residence_permit" // 港澳台居民居住证: numbered like a resident card
	HomeReturn      IDKind = "home_return"      // 港澳居民来往内地通行证
	TaiwanPermit    IDKind = "taiwan_permit"    // 台湾居民来往大陆通行证
	Passport        IDKind = "passport"         // 护照
	ForeignCard     IDKind = "foreign_card"     // 外国人永久居留身份证
	OtherDocument   IDKind = "other_document"   // 其他证件
)

var idKinds = []struct {
	kind IDKind
	name string
}{{ResidentCard, "居民身份证"}, {ResidencePermit, "港澳台居民居住证"}, {HomeReturn, "港澳居民来往内地通行证"}, {TaiwanPermit, "台湾居民来往大陆通行证"},
	{Passport, "护照"}, {ForeignCard, "外国人永久居留身份证"}, {OtherDocument, "其他证件"}}

// IDKinds are all kinds of identity documents, the usual one first.
func IDKinds() []IDKind {
	var list []IDKind
	for _, row := range idKinds {
		list = append(list, row.kind)
	}
	return list
}

// Name is the kind in words, "" for one that is not listed.
func (k IDKind) Name() string {
	for _, row := range idKinds {
		if row.kind == k {
			return row.name
		}
	}
	return ""
}

// hasCheckDigit reports whether numbers of this kind follow GB 11643.
func (k IDKind) hasCheckDigit() bool { return k == ResidentCard || k == ResidencePermit }

// NormalNumber writes a number as it is compared and stored: half-width, upper case, without spaces and hyphens.
func NormalNumber(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～': // full-width forms
			r -= '！' - '!'
		case r == '　' || r == ' ' || r == '\t':
			return -1
		}
		if r == '-' {
			return -1
		}
		if r >= 'a' && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}, text)
}

var idWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

const idRegions = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "

// IsIDNumber reports whether n, as NormalNumber writes it, can be the 18-digit number of a person on a day: province,
// a date of birth that is not after the day, and the check digit (GB 11643, ISO 7064 MOD 11-2).
func IsIDNumber(n string, today workday.Date) bool {
	if len(n) != 18 || !strings.Contains(idRegions, " "+n[:2]+" ") {
		return false
	}
	sum := 0
	for i, w := range idWeights {
		if n[i] < '0' || n[i] > '9' {
			return false
		}
		sum += int(n[i]-'0') * w
	}
	birth, err := time.Parse("20060102", n[6:14])
	if err != nil || birth.Year() < 1900 || workday.Date(birth.Format(time.DateOnly)) > today {
		return false
	}
	return "10X98765432"[sum%11] == n[17]
}

// creditChars are the digits of a unified social credit code, in the order of their values (GB 32100: no I, O, S, V, Z).
const creditChars = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// IsCreditCode reports whether n, as NormalNumber writes it, can be a 统一社会信用代码: 18 characters, six digits of a
// region, and the check character of GB 32100 (weights 3^i modulo 31).
func IsCreditCode(n string) bool {
	if len(n) != 18 {
		return false
	}
	sum, weight := 0, 1
	for i := range 17 {
		value := strings.IndexByte(creditChars, n[i])
		if value < 0 || i >= 2 && i < 8 && value > 9 {
			return false
		}
		sum += value * weight
		weight = weight * 3 % 31
	}
	return creditChars[(31-sum%31)%31] == n[17]
}
