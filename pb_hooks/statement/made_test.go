package statement_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/statement"
	"gongkai/pb_hooks/workday"
)

var keep = flag.String("keep", "", "also write the files to this folder, to look at them")

// hostile are names that a spreadsheet would like to calculate.
var hostile = []string{"=1+1", "@SUM(A1:A9)", "+1", "-2+3", "=cmd|' /C calc'!A0", "示范区晨光小学"}

// table3 counts cases of which no two figures are alike if it can be helped.
func table3(t testing.TB, school int, p foi.Period) foi.ApplicationTable {
	t.Helper()
	var cases []foi.AnnualCase
	add := func(n int, received, closed workday.Date, outcome foi.OutcomeCode, class foi.ApplicantClass) {
		for range n {
			cases = append(cases, foi.AnnualCase{ID: fmt.Sprintf("s%d-%d", school, len(cases)), ReceivedOn: received, ClosedOn: closed, Outcome: outcome, Class: class})
		}
	}
	for i, code := range foi.OutcomeCodes() {
		for j, class := range foi.ApplicantClasses() {
			add((i*7+j*3+school)%5, "2025-03-03", "2025-03-20", code, class)
		}
	}
	for j, class := range foi.ApplicantClasses() {
		add(j+school, "2024-12-30", "2025-01-20", "1.1", class)
		add((j+school)%3, "2024-12-30", "", "", class)
		add((j+2*school)%4, "2025-12-30", "", "", class)
	}
	table, err := foi.Table3(cases, p)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func table4(t testing.TB, p foi.Period) foi.DisputeTable {
	t.Helper()
	var disputes []foi.Dispute
	for i, remedy := range foi.Remedies() {
		for j, result := range foi.Results() {
			d := foi.Dispute{Remedy: remedy, AcceptedOn: "2025-05-05", ConcludedOn: "2025-06-06", Result: result}
			if result == foi.Unfinished {
				d.ConcludedOn = ""
			}
			for range 1 + 4*i + j {
				d.ID = fmt.Sprint(len(disputes))
				disputes = append(disputes, d)
			}
		}
	}
	table, err := foi.Table4(disputes, p)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// district has as many schools as there are hostile names.
func district(t testing.TB) statement.Data {
	t.Helper()
	p := foi.YearOf(2025)
	d := statement.Data{Issuer: "示范区教育局", Made: "2026-01-05", Frozen: true, Table4: table4(t, p)}
	var tables []foi.ApplicationTable
	for i, name := range hostile {
		s := statement.SchoolLine{Name: name, Code: fmt.Sprintf("310199%04d", i+1), Table3: table3(t, i, p)}
		d.Schools, tables = append(d.Schools, s), append(tables, s.Table3)
	}
	var err error
	if d.Table3, err = foi.SumTable3(tables...); err != nil {
		t.Fatal(err)
	}
	return d
}

func school(t testing.TB) statement.Data {
	t.Helper()
	p := foi.Period{From: "2025-01-01", To: "2025-06-30"}
	return statement.Data{Demo: true, Issuer: "示范区晨光小学", Made: "2025-07-02", Table3: table3(t, 1, p), Table4: table4(t, p)}
}

func kept(t testing.TB, name string, data []byte, err error) []byte {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if *keep != "" {
		if err := os.WriteFile(filepath.Join(*keep, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return data
}

// form is table 3 as the official form has it, written down here a second time:
// labels in the three columns, and where a row only continues the one above, nothing.
var form = strings.Split(`一、本年新收政府信息公开申请数量
二、上年结转政府信息公开申请数量
三、本年度办理结果|（一）予以公开
|（二）部分公开（区分处理的，只计这一情形，不计其他情形）
|（三）不予公开|1.属于国家秘密
||2.其他法律行政法规禁止公开
||3.危及“三安全一稳定”
||4.保护第三方合法权益
||5.属于三类内部事务信息
||6.属于四类过程性信息
||7.属于行政执法案卷
||8.属于行政查询事项
|（四）无法提供|1.本机关不掌握相关政府信息
||2.没有现成信息需要另行制作
||3.补正后申请内容仍不明确
|（五）不予处理|1.信访举报投诉类申请
||2.重复申请
||3.要求提供公开出版物
||4.无正当理由大量反复申请
||5.要求行政机关确认或重新出具已获取信息
|（六）其他处理|1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
||2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请
||3.其他
|（七）总计
四、结转下年度继续办理`, "\n")

// merged are the merged cells of the sheet of table 3, its title lines left out.
var merged = []string{"A4:C6", "D4:J4", "D5:D6", "E5:I5", "J5:J6", "A7:C7", "A8:C8", "A9:A30", "B9:C9", "B10:C10", "B11:B18", "B19:B21", "B22:B26", "B27:B29", "B30:C30", "A31:C31", "A32:C32"}

// groups are the rows of table 3 in each figure of a school's line.
var groups = [][2]int{{1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 12}, {13, 15}, {16, 20}, {21, 23}, {24, 24}, {25, 25}}

func sumOf(table foi.ApplicationTable, rows [2]int) int {
	sum := 0
	for row := rows[0]; row <= rows[1]; row++ {
		sum += table.At(row, 7).Count
	}
	return sum
}

// disputesOf are the fifteen figures of table 4 and the five of 表4-校.
func disputesOf(table foi.DisputeTable, remedies ...foi.Remedy) []int {
	var all []int
	for _, remedy := range remedies {
		for _, f := range table.Figures[remedy] {
			all = append(all, f.Count)
		}
	}
	return all
}
