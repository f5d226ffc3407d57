package statement_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongkai/pb_hooks/statement"
)

// A list holds the longest text that a visitor may send, and hostile ones, as texts.
func TestAListOfTexts(t *testing.T) {
	l := statement.List{Demo: true, Issuer: "示范区晨光小学", Title: "征集到的意见", Made: "2026-11-23",
		Columns: []statement.ListColumn{{Name: "序号", Width: 700}, {Name: "意见", Width: 5000}}, Figures: []statement.ListFigure{{Name: "收到的意见（份）", Count: 7}}}
	texts := append([]string{strings.Repeat("意见\n", 2500)}, hostile...)
	for _, text := range texts {
		l.Rows = append(l.Rows, []string{"1", text})
	}
	file, err := l.Xlsx()
	if err != nil {
		t.Fatal(err)
	}
	again, err := l.Xlsx()
	if err != nil || !bytes.Equal(file, again) {
		t.Errorf("the same list gives other bytes (%v)", err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetCols("清单")
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d columns (%v)", len(rows), err)
	}
	for i, text := range texts {
		if got := rows[1][4+i]; got != text {
			t.Errorf("row %d: %.40q, want %.40q", i, got, text)
		}
	}
	if notice, err := book.GetCellValue("清单", "A3"); err != nil || !strings.Contains(notice, "演示数据") {
		t.Errorf("the notice: %q (%v)", notice, err)
	}
}
