package statement_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongkai/pb_hooks/statement"
	"gongkai/pb_hooks/survey"
)

func TestSurveyXlsx(t *testing.T) {
	told := survey.Line{Name: "信息编辑员", Asked: 12, Answered: 11, Satisfied: 10, Share: "90.9%", Levels: []int{4, 3, 3, 1, 0}}
	s := statement.Survey{Demo: true, Issuer: hostile[0], Made: "2026-11-23", Title: "平台满意度调查", From: "2025-11-01", Until: "2025-11-30",
		Results: survey.Results{Overall: told, Questions: []survey.Line{told}, Duties: []survey.Line{told, {Name: "校长", Asked: 9, Hidden: true}}, Improve: hostile}}
	raw, err := statement.SurveyXlsx(s)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := statement.SurveyXlsx(s); err != nil || !bytes.Equal(raw, again) {
		t.Error("the same results gave other bytes", err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("满意度")
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, r := range rows {
		said = append(said, strings.Join(r, "|"))
	}
	all := strings.Join(said, "\n")
	for _, want := range []string{"信息编辑员|12|11|4|3|3|1|0|10|90.9%", "校长|9|不足 10 份", "演示数据", "2025年11月1日至2025年11月30日"} {
		if !strings.Contains(all, want) {
			t.Errorf("it does not say %s:\n%s", want, all)
		}
	}
	for i, text := range hostile {
		at := fmt.Sprint("B", 5+i)
		if got, err := f.GetCellValue("改进意见", at); err != nil || got != text {
			t.Errorf("%s: %q, want %q (%v)", at, got, text, err)
		}
		if formula, _ := f.GetCellFormula("改进意见", at); formula != "" {
			t.Errorf("%s became the formula %s", at, formula)
		}
	}
	if _, err := statement.SurveyXlsx(statement.Survey{Title: "空", Made: "2026-11-23"}); err != nil {
		t.Errorf("without an answer: %v", err)
	}
}
