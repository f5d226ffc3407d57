package statement_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/statement"
)

const tab3, tab4, tabs = "表3申请办理情况", "表4复议诉讼和申诉情况", "各校办理情况"

func opened(t *testing.T, name string, d statement.Data) *excelize.File {
	t.Helper()
	data, err := statement.Xlsx(d)
	data = kept(t, name, data, err)
	if again, err := statement.Xlsx(d); err != nil || !bytes.Equal(data, again) {
		t.Fatalf("the same data give other bytes (%v)", err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func at(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err)
	}
	return name
}

func textAt(t *testing.T, f *excelize.File, tab, cell string) string {
	t.Helper()
	text, err := f.GetCellValue(tab, cell)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// wantNumber holds a cell to a number, not a text that looks like one.
func wantNumber(t *testing.T, f *excelize.File, tab, cell string, want int) {
	t.Helper()
	kind, err := f.GetCellType(tab, cell)
	if err != nil {
		t.Fatal(err)
	}
	if got := textAt(t, f, tab, cell); got != strconv.Itoa(want) || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("%s %s: got %s of type %v, want %d", tab, cell, got, kind, want)
	}
}

func mergesOf(t *testing.T, f *excelize.File, tab string) []string {
	t.Helper()
	all, err := f.GetMergeCells(tab)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, m := range all {
		list = append(list, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	return list
}

func calculated(t *testing.T, f *excelize.File, tab, cell string) string {
	t.Helper()
	result, err := f.CalcCellValue(tab, cell)
	if err != nil {
		t.Fatalf("%s %s: %v", tab, cell, err)
	}
	return result
}

func TestTable3IsTheOfficialForm(t *testing.T) {
	for _, d := range []statement.Data{district(t), school(t)} {
		f := opened(t, "table3.xlsx", d)
		for row, labels := range form {
			for i, label := range strings.Split(labels, "|") {
				// a merged cell says everywhere what it says; a blank place continues one
				if got := textAt(t, f, tab3, at(1+i, 7+row)); label != "" && got != label {
					t.Errorf("row %d: got %s, want %s", row+1, got, label)
				}
			}
			for column := 1; column <= 7; column++ {
				wantNumber(t, f, tab3, at(3+column, 7+row), d.Table3.At(row+1, column).Count)
			}
		}
		for cell, want := range map[string]string{"A1": "表3　收到和处理政府信息公开申请情况", "A4": "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "D4": "申请人情况",
			"D5": "自然人", "E5": "法人或其他组织", "J5": "总计", "E6": "商业企业", "F6": "科研机构", "G6": "社会公益组织", "H6": "法律服务机构", "I6": "其他", "A32": "核对：一＋二＝三（七）＋四"} {
			if got := textAt(t, f, tab3, cell); got != want {
				t.Errorf("%s: got %s, want %s", cell, got, want)
			}
		}
		got := mergesOf(t, f, tab3)
		for _, m := range merged {
			if !slices.Contains(got, m) {
				t.Errorf("%s is not merged", m)
			}
		}
		extra := 3 + 2 // title lines, and the notes of what is not frozen or not a year
		if d.Frozen {
			extra = 3
		}
		if len(got) != len(merged)+extra {
			t.Errorf("merged are %v", got)
		}
	}
}

func TestTheCheckIsAFormula(t *testing.T) {
	f := opened(t, "district.xlsx", district(t))
	for column := 4; column <= 10; column++ {
		letter := string(rune('A' + column - 1))
		cell := letter + "32"
		formula, err := f.GetCellFormula(tab3, cell)
		if want := fmt.Sprintf(`IF(%[1]s7+%[1]s8=%[1]s30+%[1]s31,"相符","不相符")`, letter); err != nil || formula != want {
			t.Errorf("%s: %s, want %s (%v)", cell, formula, want, err)
		}
		if got := calculated(t, f, tab3, cell); got != "相符" {
			t.Errorf("%s says %s", cell, got)
		}
	}
	if props, err := f.GetCalcProps(); err != nil || props.FullCalcOnLoad == nil || !*props.FullCalcOnLoad {
		t.Errorf("it is not calculated when it is opened (%v)", err)
	}
	if err := f.SetCellInt(tab3, "D7", 9999); err != nil {
		t.Fatal(err)
	}
	if got := calculated(t, f, tab3, "D32"); got != "不相符" {
		t.Errorf("a changed figure is %s", got)
	}
}

func TestTable4(t *testing.T) {
	d := district(t)
	f := opened(t, "district.xlsx", d)
	for i, want := range disputesOf(d.Table4, foi.Reconsider, foi.Litigate, foi.LitigateReview) {
		wantNumber(t, f, tab4, at(1+i, 8), want)
	}
	for i, want := range disputesOf(d.Table4, foi.ToBureau) {
		wantNumber(t, f, tab4, at(1+3*i, 13), want)
	}
	for cell, want := range map[string]string{"A5": "行政复议", "F5": "行政诉讼", "A6": "结果\n维持", "D6": "尚未\n审结", "E6": "总计", "F6": "未经复议直接起诉", "K6": "复议后起诉",
		"F7": "结果\n维持", "J7": "总计", "K7": "结果\n维持", "O7": "总计", "A11": "向教育局申诉", "A12": "结果维持", "D12": "结果纠正", "G12": "其他结果", "J12": "尚未审结", "M12": "总计"} {
		if got := textAt(t, f, tab4, cell); got != want {
			t.Errorf("%s: got %s, want %s", cell, got, want)
		}
	}
	got := mergesOf(t, f, tab4)
	for _, m := range []string{"A5:E5", "F5:O5", "A6:A7", "E6:E7", "F6:J6", "K6:O6", "A11:O11", "A12:C12", "A13:C13", "M13:O13"} {
		if !slices.Contains(got, m) {
			t.Errorf("%s is not merged: %v", m, got)
		}
	}
}

func TestTheSchoolsAddUp(t *testing.T) {
	d := district(t)
	f := opened(t, "district.xlsx", d)
	total := 6 + len(d.Schools)
	for i, s := range d.Schools {
		if name, code := textAt(t, f, tabs, at(1, 6+i)), textAt(t, f, tabs, at(2, 6+i)); name != s.Name || code != s.Code {
			t.Errorf("line %d is %s, %s", i, name, code)
		}
		if got := calculated(t, f, tabs, at(13, 6+i)); got != "相符" {
			t.Errorf("%s: %s", s.Name, got)
		}
	}
	for i, rows := range groups {
		sum := 0
		for j, s := range d.Schools {
			wantNumber(t, f, tabs, at(3+i, 6+j), sumOf(s.Table3, rows))
			sum += sumOf(s.Table3, rows)
		}
		wantNumber(t, f, tabs, at(3+i, total), sum)
		check := at(3+i, total+1)
		if sum != sumOf(d.Table3, rows) || calculated(t, f, tabs, check) != "相符" {
			t.Errorf("column %d: %d, %s", i, sum, calculated(t, f, tabs, check))
		}
	}
	for cell, want := range map[string]string{"A4": "学校名称", "C4": "一、\n本年\n新收", "E5": "（一）\n予以\n公开", "F5": "（二）\n部分\n公开", "K5": "（七）\n总计", "L4": "四、\n结转\n下年度", "M4": "一＋二\n＝三\n（七）\n＋四"} {
		if got := textAt(t, f, tabs, cell); got != want {
			t.Errorf("%s: got %q, want %q", cell, got, want)
		}
	}
	for _, cell := range []string{at(3, total+1), at(7, total+1)} { // a school's figure, and one of the form
		if err := f.SetCellInt(tabs, map[bool]string{true: "C6", false: "G6"}[cell[0] == 'C'], 9999); err != nil {
			t.Fatal(err)
		}
		if got := calculated(t, f, tabs, cell); got != "不相符" {
			t.Errorf("%s: a changed figure is %s", cell, got)
		}
	}
	if err := f.SetCellInt(tab3, "J15", 9999); err != nil {
		t.Fatal(err)
	}
	if got := calculated(t, f, tabs, at(7, total+1)); got != "不相符" {
		t.Errorf("a changed figure of table 3 is %s", got)
	}
	if names := opened(t, "school.xlsx", school(t)).GetSheetList(); !slices.Equal(names, []string{tab3, tab4}) {
		t.Errorf("a school has %v", names)
	}
}

func TestNamesNeverBecomeFormulas(t *testing.T) {
	d := district(t)
	d.Issuer = `=HYPERLINK("http://x","y")`
	d.Schools[5].Name, d.Schools[5].Code = "甲\n=1+1\x00\u202e", "=2+2"
	f := opened(t, "hostile.xlsx", d)
	for i, s := range d.Schools {
		for column, want := range []string{s.Name, s.Code} {
			if i == 5 {
				want = []string{"甲 =1+1", "=2+2"}[column]
			}
			cell := at(1+column, 6+i)
			kind, err := f.GetCellType(tabs, cell)
			if err != nil {
				t.Fatal(err)
			}
			formula, err := f.GetCellFormula(tabs, cell)
			if got := textAt(t, f, tabs, cell); err != nil || got != want || formula != "" || kind != excelize.CellTypeSharedString {
				t.Errorf("%s: got %q, formula %q, type %v (%v)", cell, got, formula, kind, err)
			}
		}
	}
	for _, tab := range f.GetSheetList() {
		formula, err := f.GetCellFormula(tab, "A2")
		if got := textAt(t, f, tab, "A2"); err != nil || formula != "" || !strings.HasPrefix(got, "制表单位：=HYPERLINK") {
			t.Errorf("%s: %s, formula %q (%v)", tab, got, formula, err)
		}
	}
}

func TestEachSheetSaysWhatItIs(t *testing.T) {
	for _, tt := range []struct {
		d                     statement.Data
		about, notice, header string
		notes                 int
	}{
		{district(t), "制表单位：示范区教育局　统计期间：2025年1月1日至2025年12月31日　数据状态：已冻结　制表日期：2026年1月5日　计量单位：件", "", "", 0},
		{school(t), "制表单位：示范区晨光小学　统计期间：2025年1月1日至2025年6月30日　数据状态：实时统计　制表日期：2025年7月2日　计量单位：件", "演示数据：表中的学校和数字均为虚构", "&C演示数据", 2},
	} {
		f := opened(t, "about.xlsx", tt.d)
		for _, tab := range f.GetSheetList() {
			if about, notice := textAt(t, f, tab, "A2"), textAt(t, f, tab, "A3"); about != tt.about || notice != tt.notice {
				t.Errorf("%s: %s, %s", tab, about, notice)
			}
			rows, err := f.GetRows(tab)
			if err != nil {
				t.Fatal(err)
			}
			notes := 0
			for _, row := range rows {
				if len(row) > 0 && strings.HasPrefix(row[0], "注：") {
					notes++
				}
			}
			pages, err := f.GetHeaderFooter(tab)
			if err != nil || notes != tt.notes || pages.OddHeader != tt.header || pages.OddFooter != "&C第 &P 页，共 &N 页" {
				t.Errorf("%s: %d notes, %+v (%v)", tab, notes, pages, err)
			}
			layout, err := f.GetPageLayout(tab)
			if err != nil || *layout.Orientation != "landscape" || *layout.Size != 9 || *layout.FitToWidth != 1 || (*layout.FitToHeight == 0) != (tab == tabs) {
				t.Errorf("%s: %+v (%v)", tab, layout, err)
			}
			// table 4 is short; of the others the heads stay in sight and are on every page
			panes, err := f.GetPanes(tab)
			heads := map[string][2]int{tab3: {3, 6}, tab4: {}, tabs: {2, 5}}[tab]
			if err != nil || [2]int{panes.XSplit, panes.YSplit} != heads || panes.Freeze != (tab != tab4) {
				t.Errorf("%s: %+v (%v)", tab, panes, err)
			}
			repeated := slices.ContainsFunc(f.GetDefinedName(), func(n excelize.DefinedName) bool {
				return n.Name == "_xlnm.Print_Titles" && n.Scope == tab && n.RefersTo == fmt.Sprintf("'%s'!$4:$%d", tab, heads[1])
			})
			if repeated != (tab != tab4) {
				t.Errorf("%s: the heads are %v", tab, f.GetDefinedName())
			}
			props, err := f.GetSheetProps(tab)
			if err != nil || !*props.FitToPage {
				t.Errorf("%s does not fit the page (%v)", tab, err)
			}
		}
	}
}

// The library writes its author's name unless it is told another.
func TestThePropertiesNameNobody(t *testing.T) {
	data, err := statement.Xlsx(district(t))
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	props, err := f.GetDocProps()
	if err != nil || props.Creator != "示范区教育局" || props.LastModifiedBy != "" || props.Title != "2025年度依申请公开统计表" || props.Created != "2026-01-05T00:00:00Z" {
		t.Errorf("%+v (%v)", props, err)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range z.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil || bytes.Contains(raw, []byte("xuri")) {
			t.Errorf("%s names the author of the library (%v)", file.Name, err)
		}
	}
}
