// Package annual knows the annual report on information disclosure (信息公开工作年度报告,
// 条例 arts. 49, 50) in the form of 国办公开办函〔2021〕30号: its six parts and what is
// written in them, what a school publishes in a year by column group (表2-校), the
// sentences that the figures make, what stands against signing, its days, and where
// a report is on its way. It knows no database and no clock.
package annual

import (
	"fmt"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

// Column is where a report is published.
const Column = "A0104"

// FirstYear is the first that there can be a report of: 条例 is of 2007.
const FirstYear = 2008

// Report is all that a report says. Names and texts may be hostile: whoever draws
// them cleans them.
type Report struct {
	Demo   bool   // a demonstration: the document says so
	Issuer string // the school, or the bureau for the district
	Year   int
	Made   workday.Date
	Frozen bool // the figures are fixed; else they are those of now
	Texts  Texts
	Groups GroupTable
	Names  []GroupName
	Table3 foi.ApplicationTable
	Table4 foi.DisputeTable
}

// GroupName is a column group of the standard (一级栏目) with its name, in the order
// of 表2-校.
type GroupName struct{ Code, Name string }

// Title is what the report is called: 示范区晨光小学2025年度信息公开工作年度报告.
func (r Report) Title() string {
	return fmt.Sprintf("%s%d年信息公开工作年度报告", r.Issuer, r.Year)
}

// OpensOn is the day on which the figures of a year are frozen and its report can be
// written: 1 January of the next year.
func OpensOn(year int) workday.Date { return dayAfter(year, 1, 1) }

// TextBy is by when a school has written its text: 15 January.
func TextBy(year int) workday.Date { return dayAfter(year, 1, 15) }

// DueOn is by when a report must be public: 31 January (条例 art. 49).
func DueOn(year int) workday.Date { return dayAfter(year, 1, 31) }

func dayAfter(year, month, day int) workday.Date {
	return workday.Date(fmt.Sprintf("%04d-%02d-%02d", year+1, month, day))
}

// LastYear is the last year that can be reported on: the one before today's.
func LastYear(today workday.Date) int { return today.Year() - 1 }
