package registry

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cast"
)

// sayable are the fields, and what a row says of its school that is stored in another way: the schools that took over, which
// a register names by its id, code or name and a stored school by ids of records. Compare finds them.
var sayable = append(slices.Clone(fields), field{"successors", []string{"承接学校", "并入学校", "successors"},
	func(s *School, cell string) string { s.Successors = splitList(cell); return "" },
	func(s School) string { return strings.Join(s.Successors, "、") },
	func(*School, School) {}})

// SaidNames are the fields that a row may have, in the order of the table.
func SaidNames() []string { return namesOf(sayable) }

// FieldOf is the field that a column with this title holds; empty for a title that nobody knows.
func FieldOf(title string) string {
	title = strings.ToLower(narrow(clean(title)))
	for _, f := range sayable {
		if slices.Contains(f.headers, title) {
			return f.name
		}
	}
	return ""
}

// Decode returns the text of a file in UTF-8, GBK or GB18030 without a byte order mark; else a BadFile.
func Decode(data []byte) (string, error) { return decode(data) }

// ReadRow reads the values that a register gives for one school, by the names of SaidNames. They may be of any type that
// comes out of JSON, a page or a sheet: 3101120001, "3101120001", true, ["小学", "初中"]. A value that is null, empty or
// of a name that is no field is not given. Only the name is needed: what else a register does not say stays as it is
// stored, and whether that is enough for a new school is for the caller to see.
func ReadRow(line int, values map[string]any) Row {
	row := Row{Line: line, Given: map[string]bool{}}
	bad := func(field, reason string) {
		row.Problems = append(row.Problems, Problem{line, field, reason})
	}
	for _, f := range sayable {
		cell, ok := LooseText(values[f.name])
		if !ok {
			bad(f.name, "不是文字、数字或它们的列表")
			continue
		}
		if cell = clean(cell); isDay(f.name) {
			cell = looseDay(cell)
		}
		if cell == "" {
			continue
		}
		if reason := f.read(&row.School, cell); reason != "" {
			bad(f.name, reason)
		}
		row.Given[f.name] = true
	}
	if !row.Given["name"] {
		bad("name", "没有填写")
	}
	if row.Given["lon"] != row.Given["lat"] {
		bad("lon", "经度和纬度要同时填写")
	}
	return row
}

// LooseText writes a loosely typed value as a cell of a table; ok is false for an object.
func LooseText(value any) (text string, ok bool) {
	switch v := value.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		return wholeNumber(v), true
	case []any:
		var parts []string
		for _, one := range v {
			part, ok := LooseText(one)
			if !ok {
				return "", false
			}
			if part = clean(part); part != "" {
				parts = append(parts, part)
			}
		}
		return strings.Join(parts, "、"), true
	}
	text, err := cast.ToStringE(value)
	return text, err == nil
}

// wholeNumber drops the .0 that some systems write behind numbers that count nothing.
func wholeNumber(number json.Number) string {
	text := number.String()
	if !strings.ContainsAny(text, ".eE") {
		return text
	}
	n, err := number.Float64()
	if err != nil || n != math.Trunc(n) || math.Abs(n) >= 1<<53 {
		return text
	}
	return strconv.FormatInt(int64(n), 10)
}
