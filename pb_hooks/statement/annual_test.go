package statement_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/richtext"
	"gongkai/pb_hooks/statement"
)

func annualReport(t testing.TB) annual.Report {
	t.Helper()
	p := foi.YearOf(2025)
	r := annual.Report{Issuer: "示范区晨光小学", Year: 2025, Made: "2026-01-20", Frozen: true, Texts: annual.Texts{annual.Fees: "12.5"}, Table3: table3(t, 1, p), Table4: table4(t, p),
		Names:  []annual.GroupName{{Code: "A01", Name: "公开指南与制度"}, {Code: "A02", Name: "学校概况"}},
		Groups: annual.GroupTable{"A02": {Published: 7, Updated: 3, Removed: 2, Valid: 6, Dated: 4, Days: 10, Timed: 3, OnTime: 2}}}
	for _, s := range annual.Sections() {
		if s.Fewest > 0 {
			r.Texts[s.Key] = "学校的文字<" + s.Key + ">\n第二段。"
		}
	}
	return r
}

var parted = regexp.MustCompile(`<(h2|h3|caption)>([^<]*)`)

// The text of the article has the six parts and five tables in the order of the
// form, and cleaning keeps all of it.
func TestTheReportAsHTML(t *testing.T) {
	body, err := statement.ReportHTML(annualReport(t))
	if err != nil {
		t.Fatal(err)
	}
	clean, err := richtext.Clean(body)
	if err != nil || len(clean.Notes) > 0 {
		t.Fatalf("cleaned with %v (%v)", clean.Notes, err)
	}
	if clean.HTML != body {
		t.Errorf("cleaning changes the report from %d to %d bytes", len(body), len(clean.HTML))
	}
	var heads []string
	for _, m := range parted.FindAllStringSubmatch(body, -1) {
		heads = append(heads, m[1]+" "+m[2])
	}
	want := []string{"h2 一、总体情况", "h3 （一）主动公开情况", "h3 （二）依申请公开情况", "h3 （三）信息管理情况", "h3 （四）公开平台建设情况", "h3 （五）监督保障情况",
		"h2 二、主动公开信息情况", "caption 表2 主动公开信息情况", "caption 表2-校 各栏目主动公开情况", "h2 三、收到和处理信息公开申请情况", "caption 表3 收到和处理政府信息公开申请情况",
		"h2 四、因信息公开被申请行政复议、提起行政诉讼情况", "caption 表4 行政复议、行政诉讼情况", "caption 表4-校 向教育局申诉情况", "h2 五、存在的主要问题及改进情况", "h2 六、其他需要报告的事项"}
	if !slices.Equal(heads, want) {
		t.Errorf("%s", strings.Join(heads, "\n"))
	}
	for _, said := range []string{"<p>2025年，通过本平台主动公开信息7条，更新3条，撤下2条，年末现行有效6条。从信息生成到公开平均2.5天。有公开时限的3条中，按时公开2条，占66.7%。</p><p>学校的文字&lt;disclosure&gt;</p><p>第二段。</p>",
		`<th scope="row">学校概况</th><td align="center">7</td><td align="center">3</td><td align="center">2</td><td align="center">6</td><td align="center">2.5</td><td align="center">3</td><td align="center">2</td><td align="center">66.7</td>`,
		`<th scope="row">公开指南与制度</th><td align="center">0</td><td align="center">0</td><td align="center">0</td><td align="center">0</td><td align="center">—</td>`,
		`<th scope="row">行政事业性收费</th><td colspan="3" align="center">12.5</td>`, `<p align="right">2026年1月20日</p>`} {
		if !strings.Contains(body, said) {
			t.Errorf("the report lacks %s", said)
		}
	}
	r := annualReport(t)
	r.Frozen, r.Texts = false, nil
	if body, err = statement.ReportHTML(r); err != nil || !strings.Contains(body, "还没有冻结") || strings.Count(body, "（还没有写）") != 5 || !strings.Contains(body, `<td colspan="3" align="center">0</td>`) {
		t.Errorf("an unwritten report: %v\n%s", err, body)
	}
}

// Each row of each table fills its grid.
func TestTablesOfTheReportAreWhole(t *testing.T) {
	data, err := statement.ReportDocx(annualReport(t))
	data = kept(t, "report.docx", data, err)
	if again, err := statement.ReportDocx(annualReport(t)); err != nil || !bytes.Equal(data, again) {
		t.Fatalf("the same data give other bytes (%v)", err)
	}
	var doc parsed
	if err := xml.Unmarshal(parts(t, data)["word/document.xml"], &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Tables) != 5 {
		t.Fatalf("%d tables", len(doc.Tables))
	}
	for n, table := range doc.Tables {
		for i, row := range table.Rows {
			width := 0
			for _, c := range row.Cells {
				span := 1
				if c.Span.Val != "" {
					fmt.Sscan(c.Span.Val, &span)
				}
				width += span
			}
			if width != len(table.Columns) {
				t.Errorf("table %d, row %d fills %d of %d columns", n+1, i+1, width, len(table.Columns))
			}
		}
	}
	if first := strings.Join(doc.Paragraphs[0].Texts, ""); first != "示范区晨光小学2025年信息公开工作年度报告" {
		t.Errorf("it begins with %s", first)
	}
	bad := annualReport(t)
	bad.Table3.Figures[0][0].Count++
	if _, err := statement.ReportDocx(bad); !errors.As(err, &foi.Unbalanced{}) {
		t.Errorf("a table that does not fit together: %v", err)
	}
	if _, err := statement.ReportHTML(bad); !errors.As(err, &foi.Unbalanced{}) {
		t.Errorf("a table that does not fit together: %v", err)
	}
}

// rollup is a district of schools of which no two are alike.
func rollup(t testing.TB) statement.Rollup {
	t.Helper()
	p := foi.YearOf(2025)
	r := statement.Rollup{Report: annualReport(t)}
	r.Issuer, r.Groups = "示范区教育局", annual.GroupTable{}
	var threes []foi.ApplicationTable
	var fours []foi.DisputeTable
	var fees []string
	for i, name := range hostile {
		s := statement.SchoolReport{Name: name, Code: fmt.Sprintf("310199%04d", i+1), State: annual.Published.Name(), PublishedOn: "2026-01-30", Timeliness: annual.OnTime, Fees: fmt.Sprintf("%d.25", i),
			Groups: annual.GroupTable{"A02": {Published: 5 + i, Valid: 4, Dated: 3, Days: 7 * i, Timed: 2, OnTime: i % 3}}, Table3: table3(t, i, p), Table4: table4(t, p)}
		if i == 0 {
			s.State, s.PublishedOn, s.Timeliness = annual.Writing.Name(), "", annual.Missing
		}
		r.Schools, r.Groups = append(r.Schools, s), annual.SumGroups(r.Groups, s.Groups)
		threes, fours, fees = append(threes, s.Table3), append(fours, s.Table4), append(fees, s.Fees)
	}
	var err error
	if r.Table3, err = foi.SumTable3(threes...); err != nil {
		t.Fatal(err)
	}
	if r.Table4, err = foi.SumTable4(fours...); err != nil {
		t.Fatal(err)
	}
	r.Texts[annual.Fees] = annual.AddSums(fees...)
	return r
}

func TestTheRollupNamesEverySchool(t *testing.T) {
	r := rollup(t)
	data, err := statement.RollupXlsx(r)
	data = kept(t, "rollup.xlsx", data, err)
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, want := f.GetSheetList(), []string{"各校年度报告公开情况", "表2主动公开情况", "表2-校各栏目公开情况", "各校主动公开情况", tab3, tab4, tabs}; !slices.Equal(got, want) {
		t.Errorf("sheets %v", got)
	}
	for i, name := range hostile {
		if got := textAt(t, f, "各校年度报告公开情况", at(1, 5+i)); got != name {
			t.Errorf("school %d is %q", i+1, got)
		}
		wantNumber(t, f, "各校主动公开情况", at(3, 5+i), 5+i)
	}
	if got := textAt(t, f, "各校年度报告公开情况", at(5, 5)); got != "逾期未公开" {
		t.Errorf("the missing one is %q", got)
	}
	wantNumber(t, f, "各校主动公开情况", at(3, 5+len(hostile)), r.Groups.Total().Published)
	doc, err := statement.RollupDocx(r)
	doc = kept(t, "rollup.docx", doc, err)
	if text := string(parts(t, doc)["word/document.xml"]); !strings.Contains(text, "逾期未公开") || !strings.Contains(text, "=1+1") {
		t.Error("the document does not list the schools")
	}
}

// A district that is not the sum of its schools is drawn nowhere.
func TestTheRollupIsTheSum(t *testing.T) {
	for name, change := range map[string]func(*statement.Rollup){
		"table 2":  func(r *statement.Rollup) { r.Texts[annual.Fees] = "1" },
		"表2-校":     func(r *statement.Rollup) { r.Groups["A02"] = r.Groups["A02"].Plus(annual.GroupRow{Days: 1}) },
		"table 3":  func(r *statement.Rollup) { r.Schools[1].Table3 = r.Schools[2].Table3 },
		"table 4":  func(r *statement.Rollup) { r.Schools[1].Table4 = foi.DisputeTable{Period: foi.YearOf(2025)} },
		"one less": func(r *statement.Rollup) { r.Schools = r.Schools[1:] },
	} {
		r := rollup(t)
		change(&r)
		_, err := statement.RollupXlsx(r)
		_, err2 := statement.RollupDocx(r)
		var coded interface{ Code() string }
		if !errors.As(err, &coded) || err2 == nil || coded.Code() != "statement_unequal" || err.Error() == "" {
			t.Errorf("%s: %v, %v", name, err, err2)
		}
	}
}
