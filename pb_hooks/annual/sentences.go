package annual

import (
	"fmt"
	"strconv"

	"gongkai/pb_hooks/foi"
)

// Sentences are what the figures say in a section. They stand before the school's
// own text and are never edited, so that they cannot contradict the tables.
func (r Report) Sentences(section string) string {
	switch section {
	case "disclosure":
		return r.ofDisclosure()
	case "requests":
		return r.ofRequests()
	}
	return ""
}

func (r Report) ofDisclosure() string {
	sum := r.Groups.Total()
	s := fmt.Sprintf("%d年，通过本平台主动公开信息%d条，更新%d条，撤下%d条，年末现行有效%d条。", r.Year, sum.Published, sum.Updated, sum.Removed, sum.Valid)
	if days, ok := sum.Average(); ok {
		s += "从信息生成到公开平均" + decimal(days) + "天。"
	}
	if percent, ok := sum.Share(); ok {
		s += fmt.Sprintf("有公开时限的%d条中，按时公开%d条，占%s%%。", sum.Timed, sum.OnTime, decimal(percent))
	}
	return s
}

func (r Report) ofRequests() string {
	at := func(row int) int { return r.Table3.At(row, foi.Table3Columns).Count }
	received, carried, closed, open := at(foi.RowNew), at(foi.RowCarried), at(foi.RowClosed), at(foi.RowOpen)
	s := fmt.Sprintf("%d年，收到信息公开申请%d件，上年结转%d件；办结%d件，结转下年度继续办理%d件。", r.Year, received, carried, closed, open)
	disputes := 0
	for _, remedy := range foi.Remedies() {
		disputes += r.Table4.Total(remedy).Count
	}
	if disputes == 0 {
		return s + "没有因信息公开引起的行政复议、行政诉讼和申诉。"
	}
	return s + fmt.Sprintf("因信息公开引起的行政复议、行政诉讼和申诉共%d件，见第四部分。", disputes)
}

// decimal writes a number to one place, without a zero at its end.
func decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
