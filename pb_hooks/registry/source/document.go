package source

import (
	"slices"

	"gongkai/pb_hooks/registry"
)

// document is one answer, read: JSON or HTML.
type document interface {
	rows() ([]item, error) // a Fault where the place of the rows is not there
	total() int            // -1 where it does not say
	next() string          // cursor or address of the next page
	beginning() string
	offers() (lists []string, places []Place) // where rows could be, and what the first of them has
}

// item is one row of an answer or a file, as it came.
type item interface {
	value(f Field) any // loosely typed; nil where there is none
	raw() string
	isBlank(m mapping) bool // is no row of a school: a line of titles or of empty cells
}

// mapping makes schools of items.
type mapping struct {
	fields []mapped
}

// asked are the values of the parameters that a page was asked for with.
type asked map[string]string

// row reads one item.
func (m mapping) row(line int, it item, with asked) registry.Row {
	values := map[string]any{}
	var problems []registry.Problem
	for _, f := range m.fields {
		value, reason := f.read(it, with)
		if reason != "" {
			problems = append(problems, registry.Problem{Line: line, Field: f.name, Reason: reason})
			continue
		}
		values[f.name] = value
	}
	row := registry.ReadRow(line, values)
	for _, p := range problems {
		row.Given[p.Field] = true // it came, though not as it should
		if p.Field == "name" {
			row.Problems = slices.DeleteFunc(row.Problems, func(said registry.Problem) bool { return said.Field == "name" })
		}
	}
	row.Problems = append(row.Problems, problems...)
	return row
}

// longestRaw is how many characters of a row as it came are shown.
const longestRaw = 4000

// sample shows how one item is read.
func (m mapping) sample(line int, it item, with asked) Sample {
	row := m.row(line, it, with)
	s := Sample{Line: line, Raw: first(it.raw(), longestRaw), Values: []SampleValue{}, Problems: []registry.Problem{}}
	problems := map[string]string{}
	for _, p := range row.Problems {
		problems[p.Field] = p.Reason
	}
	for _, f := range m.fields {
		raw, _ := registry.LooseText(f.origin(it, with))
		value := SampleValue{Field: f.name, Label: registry.Label(f.name), Raw: first(raw, longestRaw), Problem: problems[f.name]}
		if value.Problem == "" {
			value.Value = shown(row, f.name)
		}
		s.Values = append(s.Values, value)
		delete(problems, f.name)
	}
	for _, p := range row.Problems {
		if _, left := problems[p.Field]; left {
			s.Problems = append(s.Problems, p)
		}
	}
	return s
}

// shown is a value as a person reads it; "" where the row has none.
func shown(row registry.Row, field string) string {
	switch {
	case !row.Given[field]:
		return ""
	case field == "status":
		return registry.StatusLabel(row.School.Status)
	}
	return registry.ShowField(row.School, field)
}

func first(text string, runes int) string {
	n := 0
	for i := range text {
		if n == runes {
			return text[:i]
		}
		n++
	}
	return text
}
