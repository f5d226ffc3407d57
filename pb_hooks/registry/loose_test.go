package registry

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestReadRow(t *testing.T) {
	for _, tt := range []struct {
		name  string
		field string
		value any
		want  string
	}{
		{"a text", "phone", " 021-6430 0001 ", "021-6430 0001"},
		{"a number of JSON keeps all its digits", "code", json.Number("31011200010000000001"), "31011200010000000001"},
		{"a number with .0 is whole", "code", json.Number("3101120001.0"), "3101120001"},
		{"a number in exponents is whole", "code", json.Number("3.101120001E9"), "3101120001"},
		{"a number of Go", "code", 3101120001, "3101120001"},
		{"degrees stay as they are", "lon", json.Number("121.38"), "121.38"},
		{"true is yes", "meals", true, "是"},
		{"one is yes", "meals", json.Number("1"), "是"},
		{"false is no", "boarding", false, "否"},
		{"a list of texts", "stages", []any{"初中", " 小学", nil}, "小学、初中"},
		{"a day of a sheet", "opened_on", "46266", "2026-09-01"},
		{"a day without signs", "opened_on", json.Number("20260901"), "2026-09-01"},
		{"seconds of an evening that is a new day here", "opened_on", json.Number("1788195600"), "2026-09-01"},
		{"milliseconds", "opened_on", json.Number("1788195600000"), "2026-09-01"},
		{"an instant", "ended_on", "2026-08-31T16:30:00Z", "2026-09-01"},
		{"a time without a zone", "ended_on", "2026-09-01T08:00:00", "2026-09-01"},
		{"a day as people write it", "ended_on", "2026年9月1日", "2026-09-01"},
		{"a day of zeros is not given", "ended_on", "0000-00-00", ""},
		{"null is not given", "town", nil, ""},
		{"blanks are not given", "town", " 　 ", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			values := map[string]any{"name": "甲学校", tt.field: tt.value}
			if tt.field == "lon" {
				values["lat"] = "31.1"
			}
			row := ReadRow(7, values)
			if len(row.Problems) > 0 || row.Line != 7 {
				t.Fatalf("got %+v", row)
			}
			if got := fieldNamed(tt.field).show(row.School); got != tt.want || row.Given[tt.field] != (tt.want != "") {
				t.Errorf("got %q, given %v", got, row.Given)
			}
		})
	}
	for _, tt := range []struct {
		name   string
		values map[string]any
		field  string
		want   string
	}{
		{"a name is needed", map[string]any{"phone": "021-1"}, "name", "没有填写"},
		{"an unknown word is named", map[string]any{"name": "甲", "status": "停办"}, "status", "“停办”"},
		{"an object is no value", map[string]any{"name": "甲", "town": map[string]any{"id": 1}}, "town", "不是文字"},
		{"a list of objects is no value", map[string]any{"name": "甲", "town": []any{map[string]any{}}}, "town", "不是文字"},
		{"a day that is none is named", map[string]any{"name": "甲", "opened_on": "去年"}, "opened_on", "“去年”"},
		{"a place needs both degrees", map[string]any{"name": "甲", "lon": 121.3}, "lon", "同时"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			row := ReadRow(1, tt.values)
			if len(row.Problems) != 1 || row.Problems[0].Field != tt.field || !strings.Contains(row.Problems[0].Reason, tt.want) {
				t.Errorf("got %v", row.Problems)
			}
		})
	}
}

func TestFieldOf(t *testing.T) {
	for title, want := range map[string]string{"学校名称": "name", " ＮＡＭＥ": "name", "办学性质": "ownership", "颜色": ""} {
		if got := FieldOf(title); got != want {
			t.Errorf("%q is %q, want %q", title, got, want)
		}
	}
}
