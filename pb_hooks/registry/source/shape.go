package source

import (
	"fmt"
	"slices"

	"gongkai/pb_hooks/registry"
)

// Shape is which fields came in how many rows of a reading.
type Shape struct {
	Rows   int            `json:"rows"`
	Fields map[string]int `json:"fields"` // rows in which the field had a value
}

// add counts a row.
func (s *Shape) add(row registry.Row) {
	if s.Fields == nil {
		s.Fields = map[string]int{}
	}
	s.Rows++
	for field := range row.Given {
		s.Fields[field]++
	}
}

// share is how many of 100 rows have the field, rounded down.
func (s Shape) share(field string) int {
	if s.Rows == 0 {
		return 0
	}
	return s.Fields[field] * 100 / s.Rows
}

// fewRows is how many rows say nothing of the shape of a source.
const fewRows = 20

// A field has vanished when it was usual and is gone; it is thin when it was usual and is rare.
const (
	usual = 50
	rare  = 5
)

// ShapeChange is a field that a source gave and gives no longer.
type ShapeChange struct {
	Field    string
	Was, Is  int    // of 100 rows
	Sentence string // Chinese, for the person who looks after the source
}

// CompareShapes tells which fields a source has lost since an earlier reading: renamed there, no longer given to us, or
// moved to another place. Readings of few rows are not compared: of three schools none may have a website.
func CompareShapes(before, now Shape) (changes []ShapeChange) {
	if before.Rows < fewRows || now.Rows < fewRows {
		return nil
	}
	names := registry.SaidNames()
	for field := range before.Fields {
		was, is := before.share(field), now.share(field)
		if was < usual || is > rare {
			continue
		}
		sentence := fmt.Sprintf("字段“%s”以前 %d%% 有值，这次只有 %d%%", registry.Label(field), was, is)
		if now.Fields[field] == 0 {
			sentence = fmt.Sprintf("字段“%s”以前 %d%% 有值，这次一个都没有", registry.Label(field), was)
		}
		changes = append(changes, ShapeChange{field, was, is, sentence + "：请核对来源是否改了字段名，必要时修改对应关系"})
	}
	slices.SortStableFunc(changes, func(a, b ShapeChange) int {
		return slices.Index(names, a.Field) - slices.Index(names, b.Field)
	})
	return changes
}
