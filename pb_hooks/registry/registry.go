// Package registry knows the schools as the district's register of institutions (区机构查询平台) lists them: how its file
// is read, and what a file changes in the schools already known. It stores nothing, asks nobody and has no clock; who
// asks brings the file and the schools.
package registry

import "slices"

// School is what the register says about one school.
type School struct {
	ID         string // of its record; empty for a school not stored yet
	RegistryID string // what the register itself calls it
	Code       string // 学校代码
	CreditCode string // 统一社会信用代码 (GB 32100)
	Name       string
	ShortName  string
	Aliases    []string // other and former names it is looked for by
	Initials   string   // see Initials
	Stages     []string // 学段, in the order of Stages
	Ownership  string   // 办学性质; empty if the register does not say
	Meals      bool     // 供餐
	Boarding   bool     // 住宿或校车
	Level      string   // 等级级别, in the register's words
	Principal  string   // 校长
	Town       string
	Address    string
	Postcode   string
	Campuses   []Campus
	Phone      string
	Website    string
	Status     string
	OpenedOn   string   // day, 2026-09-01; empty if nobody said
	EndedOn    string   // the day it was merged or closed; from it on it is no longer at work
	Successors []string // ids of the records of the schools that it became part of, or was split into
	Lon, Lat   float64
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

// Row is one line of a file. Given names the fields that were filled in: the others never change what is stored.
// A row with Problems is not to be used.
type Row struct {
	Line     int
	School   School
	Given    map[string]bool
	Problems []Problem
}

// Problem says in Chinese what is wrong with one field of one line.
type Problem struct {
	Line   int
	Field  string
	Reason string
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
