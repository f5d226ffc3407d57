// Package registry knows the schools as the district's register of institutions (区机构查询平台) lists them: how its file
// is read, and what a file (Diff) or an answer of the register (Compare) changes in the schools already known. It stores
// nothing, asks nobody and has no clock; who asks brings the file or the answer, and the schools.
package registry

import "slices"

// School is what the register says about one school.
type School struct {
	ID         string   `json:"id,omitempty"`          // of its record; empty for a school not stored yet
	RegistryID string   `json:"registry_id,omitempty"` // what the register itself calls it
	Code       string   `json:"code,omitempty"`        // 学校代码
	CreditCode string   `json:"credit_code,omitempty"` // 统一社会信用代码 (GB 32100)
	Name       string   `json:"name,omitempty"`
	ShortName  string   `json:"short_name,omitempty"`
	Aliases    []string `json:"aliases,omitempty"`   // other and former names it is looked for by
	Initials   string   `json:"initials,omitempty"`  // see Initials
	Stages     []string `json:"stages,omitempty"`    // 学段, in the order of Stages
	Ownership  string   `json:"ownership,omitempty"` // 办学性质; empty if the register does not say
	Meals      bool     `json:"meals,omitempty"`     // 供餐
	Boarding   bool     `json:"boarding,omitempty"`  // 住宿或校车
	Level      string   `json:"level,omitempty"`     // 等级级别, in the register's words
	Principal  string   `json:"principal,omitempty"` // 校长
	Town       string   `json:"town,omitempty"`
	Address    string   `json:"address,omitempty"`
	Postcode   string   `json:"postcode,omitempty"`
	Campuses   []Campus `json:"campuses,omitempty"`
	Phone      string   `json:"phone,omitempty"`
	Website    string   `json:"website,omitempty"`
	Status     string   `json:"status,omitempty"`
	OpenedOn   string   `json:"opened_on,omitempty"`  // day, 2026-09-01; empty if nobody said
	EndedOn    string   `json:"ended_on,omitempty"`   // the day it was merged or closed; from it on it is no longer at work
	Successors []string `json:"successors,omitempty"` // ids of the records of the schools that it became part of, or was split into; in a Row what the register calls them
	Lon        float64  `json:"lon,omitempty"`
	Lat        float64  `json:"lat,omitempty"`
}

// Campus is one more place of a school (校区) that is not a school of its own.
type Campus struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Phone   string `json:"phone"`
}

// District is what new codes and short names are made from.
type District struct {
	Code string // 行政区划代码, six digits
	Name string // 闵行区 or 上海市闵行区
}

// Row is one line of a file or one school of an answer. Given names the fields that were filled in: the others never change what is stored.
// A row with Problems is not to be used.
type Row struct {
	Line     int
	School   School
	Given    map[string]bool
	Problems []Problem
}

// Problem says in Chinese what is wrong with one field of one line.
type Problem struct {
	Line   int    `json:"line"`
	Field  string `json:"field"`
	Reason string `json:"reason"`
}

// Stages are the 学段 a school may have, in the order they are written.
var Stages = []string{"幼儿园", "小学", "初中", "高中", "九年一贯制", "十二年一贯制", "完全中学", "特殊教育", "中等职业"}

// Ownerships are the two kinds of 办学性质.
var Ownerships = []string{"公办", "民办"}

// The states of a school.
const (
	Open    = "open"    // 开办
	Planned = "planned" // 筹建
	Merged  = "merged"  // 已合并
	Closed  = "closed"  // 已撤销
)

// clone returns a copy that shares no list with s.
func (s School) clone() School {
	s.Aliases = slices.Clone(s.Aliases)
	s.Stages = slices.Clone(s.Stages)
	s.Campuses = slices.Clone(s.Campuses)
	s.Successors = slices.Clone(s.Successors)
	return s
}
