package statement_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/statement"
)

// parsed is what the tests look at of a document.
type parsed struct {
	Paragraphs []paragraph `xml:"body>p"`
	Tables     []struct {
		Columns []struct{} `xml:"tblGrid>gridCol"`
		Rows    []struct {
			Heading *struct{} `xml:"trPr>tblHeader"`
			Cells   []struct {
				Span  value       `xml:"tcPr>gridSpan"`
				Merge value       `xml:"tcPr>vMerge"`
				Lines []paragraph `xml:"p"`
			} `xml:"tc"`
		} `xml:"tr"`
	} `xml:"body>tbl"`
}

type value struct {
	Val string `xml:"val,attr"`
}

type paragraph struct {
	Texts []string `xml:"r>t"`
}

func parts(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if all[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// read lays the tables out: every place of a merged cell says what the cell says.
func read(t *testing.T, name string, d statement.Data) (text string, tables [][][]string) {
	t.Helper()
	data, err := statement.Docx(d)
	data = kept(t, name, data, err)
	if again, err := statement.Docx(d); err != nil || !bytes.Equal(data, again) {
		t.Fatalf("the same data give other bytes (%v)", err)
	}
	var doc parsed
	if err := xml.Unmarshal(parts(t, data)["word/document.xml"], &doc); err != nil {
		t.Fatal(err)
	}
	for _, p := range doc.Paragraphs {
		text += strings.Join(p.Texts, "") + "\n"
	}
	for _, table := range doc.Tables {
		var rows [][]string
		for i, row := range table.Rows {
			var places []string
			for _, c := range row.Cells {
				var lines []string
				for _, line := range c.Lines {
					lines = append(lines, strings.Join(line.Texts, ""))
				}
				said := strings.Join(lines, "\n")
				if c.Merge.Val == "continue" {
					said = rows[i-1][len(places)]
				}
				span, _ := strconv.Atoi(c.Span.Val)
				places = append(places, slices.Repeat([]string{said}, max(span, 1))...)
			}
			if len(places) != len(table.Columns) {
				t.Fatalf("row %d fills %d of %d columns: %q", i, len(places), len(table.Columns), places)
			}
			rows = append(rows, places)
		}
		tables = append(tables, rows)
	}
	return text, tables
}

func wantRow(t *testing.T, what string, got []string, want ...int) {
	t.Helper()
	for i, n := range want {
		if got[i] != strconv.Itoa(n) {
			t.Errorf("%s, figure %d: got %s, want %d", what, i+1, got[i], n)
		}
	}
}

func TestTheDocumentHasEveryFigure(t *testing.T) {
	d := district(t)
	text, tables := read(t, "district.docx", d)
	if len(tables) != 4 {
		t.Fatalf("%d tables", len(tables))
	}
	above := []string{"", "", ""}
	for row, labels := range form {
		got := tables[0][3+row]
		split := strings.Split(labels, "|")
		for column := range 3 {
			switch {
			case column >= len(split): // the last label reaches over the rest
				above[column] = above[column-1]
			case split[column] != "":
				above[column] = split[column]
			}
		}
		if !slices.Equal(got[:3], above) {
			t.Errorf("row %d: %q, want %q", row+1, got[:3], above)
		}
		for column := 1; column <= 7; column++ {
			wantRow(t, labels, got[2+column:], d.Table3.At(row+1, column).Count)
		}
	}
	if got := tables[0][28]; got[0] != "核对：一＋二＝三（七）＋四" || !slices.Equal(got[3:], slices.Repeat([]string{"相符"}, 7)) {
		t.Errorf("the check is %q", got)
	}
	if got := tables[0][2][3:]; !slices.Equal(got, foi.Table3Heads()) {
		t.Errorf("the heads are %q", got)
	}
	wantRow(t, "table 4", tables[1][3], disputesOf(d.Table4, foi.Reconsider, foi.Litigate, foi.LitigateReview)...)
	for i, want := range disputesOf(d.Table4, foi.ToBureau) {
		wantRow(t, "表4-校", tables[2][2][3*i:], want, want, want)
	}
	lines := append(slices.Clone(d.Schools), statement.SchoolLine{Name: "合计", Code: "合计", Table3: d.Table3})
	for i, s := range lines {
		got := tables[3][2+i]
		if got[0] != s.Name || got[1] != s.Code || got[12] != "相符" {
			t.Errorf("the line of %s is %q", s.Name, got)
		}
		for j, rows := range groups {
			wantRow(t, s.Name, got[2+j:], sumOf(s.Table3, rows))
		}
	}
	for _, want := range []string{"示范区教育局2025年度依申请公开统计表\n", "制表单位：示范区教育局　统计期间：2025年1月1日至2025年12月31日\n数据状态：已冻结　制表日期：2026年1月5日　计量单位：件\n", "\n示范区教育局\n2026年1月5日\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q: %s", want, text)
		}
	}
	if strings.Contains(text, "演示") || strings.Contains(text, "注：") {
		t.Errorf("it says too much: %s", text)
	}
}

func TestADemonstrationSaysSoOnEveryPage(t *testing.T) {
	text, tables := read(t, "school.docx", school(t))
	data, err := statement.Docx(school(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(tables) != 3 || !strings.Contains(text, "演示数据：") || !strings.Contains(string(parts(t, data)["word/header.xml"]), "演示数据") {
		t.Error("it can be taken for a real one, or has a table of schools")
	}
	if !strings.Contains(text, "数据状态：实时统计") || strings.Count(text, "注：") != 2 {
		t.Errorf("it does not say that it may change: %s", text)
	}
}

func TestFiguresThatDoNotFitAreNotPrinted(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(*statement.Data)
		want  error
	}{
		{"a figure without its cases", func(d *statement.Data) { d.Table3.Figures[0][0].Count++ }, foi.Unbalanced{Row: 1, Column: 1, Sentence: "数字与案件不一致"}},
		{"one of a school", func(d *statement.Data) { d.Schools[1].Table3.Figures[0][0].Count++ }, foi.Unbalanced{Row: 1, Column: 1, Sentence: "数字与案件不一致"}},
		{"table 4 of another year", func(d *statement.Data) { d.Table4.Period = foi.YearOf(2024) }, foi.BadPeriod{Period: foi.YearOf(2024)}},
		{"one school of another year", func(d *statement.Data) { d.Schools[1].Table3.Period = foi.YearOf(2024) }, foi.BadPeriod{Period: foi.YearOf(2024)}},
		{"a school left out", func(d *statement.Data) { d.Schools = d.Schools[1:] },
			statement.Unequal{Row: 1, Column: 1, Schools: district(t).Table3.At(1, 1).Count - district(t).Schools[0].Table3.At(1, 1).Count, District: district(t).Table3.At(1, 1).Count}},
	} {
		d := district(t)
		tt.spoil(&d)
		for _, write := range []func(statement.Data) ([]byte, error){statement.Xlsx, statement.Docx} {
			if data, err := write(d); !errors.Is(err, tt.want) || data != nil {
				t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
			}
		}
	}
}
