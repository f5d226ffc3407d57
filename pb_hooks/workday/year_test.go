package workday

import (
	"errors"
	"strings"
	"testing"
)

func TestParseYear(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		want       string // part of the sentence; empty if the file is good
	}{
		{"a file with a holiday and a make-up day is read", `{"year":2026,"papers":[],"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true},{"name":"元旦","date":"2026-01-04","isOffDay":false}]}`, ""},
		{"a schema address and other extra keys do no harm", `{"$schema":"x","year":2026,"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true}]}`, ""},
		{"a holiday may begin in the December before", `{"year":2023,"days":[{"name":"元旦","date":"2022-12-31","isOffDay":true}]}`, ""},
		{"text is not a calendar", `放假`, "JSON"},
		{"a page of the web is not a calendar", `<html>`, "JSON"},
		{"a list is not a calendar", `[]`, "JSON"},
		{"a year in words is refused", `{"year":"2026","days":[]}`, "JSON"},
		{"a file without a year is refused", `{"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true}]}`, "年份"},
		{"a year not yet announced is refused", `{"year":2027,"papers":[],"days":[]}`, "尚未公布"},
		{"an impossible date is refused with its place", `{"year":2026,"days":[{"name":"元旦","date":"2026-02-30","isOffDay":true}]}`, "第 1 项（2026-02-30）不是有效日期"},
		{"a date of another year is refused", `{"year":2026,"days":[{"name":"元旦","date":"2025-05-01","isOffDay":true}]}`, "不属于这一年"},
		{"a day after the year is refused", `{"year":2026,"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true}]}`, "不属于这一年"},
		{"a day named twice is refused", `{"year":2026,"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true},{"name":"元旦","date":"2026-01-01","isOffDay":false}]}`, "第 2 项（2026-01-01）重复"},
		{"a day that does not say off or worked is refused", `{"year":2026,"days":[{"name":"元旦","date":"2026-01-01"}]}`, "isOffDay"},
		{"a day without a name is refused", `{"year":2026,"days":[{"date":"2026-01-01","isOffDay":true}]}`, "name"},
		{"a weekday worked in place of a holiday is refused", `{"year":2026,"days":[{"name":"元旦","date":"2026-01-05","isOffDay":false}]}`, "本来就是工作日"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			year, err := ParseYear([]byte(tt.file))
			if tt.want == "" {
				if err != nil || len(year.Days) == 0 {
					t.Fatalf("got %v with %d days", err, len(year.Days))
				}
				return
			}
			var bad BadYear
			if !errors.As(err, &bad) || bad.Code() != "calendar_invalid" || bad.Params()["reason"] != bad.Reason {
				t.Fatalf("got %#v, want a BadYear", err)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %q, want %q in it", err, tt.want)
			}
		})
	}
}
