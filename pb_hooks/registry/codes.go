package registry

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// creditSigns are the signs of a 统一社会信用代码 in the order of their values (GB 32100-2015, table 2): I, O, S, V and
// Z are left out.
const creditSigns = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// readCreditCode takes a 统一社会信用代码 whose last sign is what the first seventeen add up to (GB 32100-2015, 附录 A).
func readCreditCode(cell string) (string, string) {
	code := strings.ToUpper(strings.ReplaceAll(narrow(cell), " ", ""))
	if len(code) != 18 {
		return "", fmt.Sprintf("“%s”应为 18 位数字或大写字母", cell)
	}
	sum, weight := 0, 1
	for _, sign := range code[:17] {
		value := strings.IndexRune(creditSigns, sign)
		if value < 0 {
			return "", fmt.Sprintf("“%s”里不能有“%c”", cell, sign)
		}
		sum, weight = sum+value*weight, weight*3%31
	}
	if code[17] != creditSigns[(31-sum%31)%31] {
		return "", fmt.Sprintf("“%s”的校验位不对，请核对每一位", cell)
	}
	return code, ""
}

var postcodePattern = regexp.MustCompile(`^\d{6}$`)

func readPostcode(cell string) (string, string) {
	code := strings.ReplaceAll(narrow(cell), " ", "")
	if !postcodePattern.MatchString(code) {
		return "", fmt.Sprintf("“%s”应为六位数字", cell)
	}
	return code, ""
}

// ReadDay takes a day as people write it, 2026年9月1日 or 2026/9/1, and returns it as 2026-09-01, or what is
// wrong with it.
func ReadDay(cell string) (string, string) {
	day, _, _ := strings.Cut(strings.TrimSuffix(strings.NewReplacer("年", "-", "月", "-", "/", "-", ".", "-").Replace(narrow(cell)), "日"), " ")
	at, err := time.Parse("2006-1-2", day)
	if err != nil {
		return "", fmt.Sprintf("“%s”应为日期，例如 2026-09-01", cell)
	}
	return at.Format(time.DateOnly), ""
}

// ReadField reads one value as a person or a source writes it into the school, or says in Chinese why it cannot be
// used. An empty value empties the field, unless a school cannot be without it.
func ReadField(s *School, name, value string) (reason string) {
	value = clean(value)
	for _, f := range fields {
		switch {
		case f.name != name:
		case value != "":
			if name == "aliases" { // a person writes all of them
				s.Aliases = nil
			}
			return f.read(s, value)
		case name == "code" || name == "name" || name == "stages" || name == "status":
			return "不能为空"
		default:
			f.take(s, School{})
			if name == "aliases" {
				s.Aliases = nil
			}
			return ""
		}
	}
	return "没有这一项"
}

// ShowField is a value of the school as text; that of a field it does not have is empty.
func ShowField(s School, name string) string {
	for _, f := range fields {
		if f.name == name {
			return f.show(s)
		}
	}
	return ""
}

// FieldNames are the fields of a stored school, in the order of the table.
func FieldNames() []string { return namesOf(fields) }

func namesOf(table []field) []string {
	names := make([]string, len(table))
	for i, f := range table {
		names[i] = f.name
	}
	return names
}
