package registry

import (
	"strings"
	"testing"
)

func TestReadField(t *testing.T) {
	for _, tt := range []struct{ name, field, value, want, reason string }{
		{"a credit code whose check sign fits is kept", "credit_code", "91350100M000100Y43", "91350100M000100Y43", ""},
		{"a credit code may be typed small, wide and spaced", "credit_code", "９１350100 m000100y43", "91350100M000100Y43", ""},
		{"a credit code with another check sign is refused", "credit_code", "91350100M000100Y44", "", "校验位"},
		{"a credit code with two digits swapped is refused", "credit_code", "91350010M000100Y43", "", "校验位"},
		{"a credit code has no letter O", "credit_code", "9135O100M000100Y43", "", "不能有“O”"},
		{"a credit code has eighteen signs", "credit_code", "91350100M000100Y4", "", "18 位"},
		{"a postcode has six digits", "postcode", "２０１１００", "201100", ""},
		{"a postcode with five digits is refused", "postcode", "20110", "", "六位数字"},
		{"a day is read as it is spoken", "opened_on", "2026年9月1日", "2026-09-01", ""},
		{"a day may stand with slashes and a clock", "ended_on", "2026/9/1 00:00:00", "2026-09-01", ""},
		{"a day that is none is refused", "ended_on", "2026-02-30", "", "日期"},
		{"an empty value empties the field", "phone", "", "", ""},
		{"a school is never without a name", "name", " ", "甲学校", "不能为空"},
		{"aliases are written anew", "aliases", "丙校", "丙校", ""},
		{"aliases can be emptied", "aliases", "", "", ""},
		{"a field that nobody knows is refused", "motto", "x", "", "没有这一项"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := School{Name: "甲学校", Phone: "1", Aliases: []string{"乙校"}}
			reason := ReadField(&s, tt.field, tt.value)
			if got := ShowField(s, tt.field); got != tt.want || !strings.Contains(reason, tt.reason) || (reason == "") != (tt.reason == "") {
				t.Errorf("got %q, %q; want %q, %q", got, reason, tt.want, tt.reason)
			}
		})
	}
}
